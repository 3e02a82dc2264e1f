/// \file
/// What an evidence pack says of itself: its period, what is in it byte for byte, and which pack came before. Form:
/// docs/schema/evidence-manifest.schema.json, docs/evidence-pack.md. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "platform/json_form.h"

namespace gokajo::hub {

inline constexpr const char* kManifestFormat = "gokajo-evidence/1";
inline constexpr std::size_t kMaxMembers = 20000;
inline constexpr std::size_t kMaxManifestBytes = 4U << 20U;  ///< kMaxMembers of them, with names of usual length
inline constexpr std::int64_t kMaxPackNumber = 1'000'000'000;

/// internal 社内用: everything. submission 提出用: names no PC, no user and no share.
enum class PackKind { internal, submission };
BOOST_DESCRIBE_ENUM(PackKind, internal, submission)

struct PackMember {
  std::string name;
  std::int64_t size = 0;
  std::string sha256;
};
BOOST_DESCRIBE_STRUCT(PackMember, (), (name, size, sha256))

/// `from` to `until`, which is outside. `key`: the public half of the key that signs, in hex. `previous`: SHA-256 of the manifest of the
/// company's pack before, which has the number before; none for the first. `members`: in the order in which they stand in the file, without
/// the manifest and its signature.
struct Manifest {
  std::string format = kManifestFormat;
  PackKind kind = PackKind::internal;
  std::string company;
  std::int64_t number = 1;
  platform::Time from{};
  platform::Time until{};
  platform::Time made_at{};
  std::string made_by;
  std::string key;
  std::optional<std::string> previous;
  std::vector<PackMember> members;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (format, kind, company, number, from, until, made_at, made_by, key, previous, members))

/// The bytes that are signed, and whose SHA-256 the next pack names.
std::string write_manifest(const Manifest& manifest);

/// Error{malformed, too_large} names the place: another format, a name that cannot be a member's (hub/evidence/zip.h) or is there twice, a
/// size or number out of range, a hash that is none.
platform::Result<Manifest> read_manifest(std::string_view text);

/// JSON Schema 2020-12.
platform::Json manifest_schema();

/// 64 characters of 0-9a-f.
bool is_sha256(std::string_view text);

/// What people compare: the first 12 characters of the SHA-256 of a manifest.
inline constexpr std::size_t kHeadCharacters = 12;
inline std::string head_of(const std::string& manifest_sha256) { return manifest_sha256.substr(0, kHeadCharacters); }
/// "3a7f 9c02 11de": as people read it out to each other.
std::string in_groups(const std::string& hex);

}  // namespace gokajo::hub

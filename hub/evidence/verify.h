/// \file
/// Whether an evidence pack is what was signed. Needs the file alone: no hub, no store. Foreign bytes: memory is bounded by kMaxMembers and
/// kMaxManifestBytes, time by the file's length, which is read twice at the most. Any thread.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "hub/evidence/manifest.h"

namespace gokajo::hub {

/// changed: a member's bytes are not those that were signed. missing, added: a member, or bytes behind the end. moved: a member stands in
/// another place among the others. head: what stands before a member; directory: its line in the list at the end; end: what the file ends
/// with. manifest: it cannot be read. signature: the manifest is not what was signed. unreadable: no pack at all, or one in which nothing
/// more can be found from that place on.
enum class Damage { changed, missing, added, moved, head, directory, end, manifest, signature, unreadable };
BOOST_DESCRIBE_ENUM(Damage, changed, missing, added, moved, head, directory, end, manifest, signature, unreadable)

/// `from` to `until`, which is outside: the bytes of the file it is about; both 0 for what is not there. `detail`: in English, for who
/// wants to know more.
struct PackProblem {
  Damage damage = Damage::changed;
  std::string member;
  std::uint64_t from = 0;
  std::uint64_t until = 0;
  std::string detail;
};

inline constexpr std::size_t kMaxProblems = 1000;

/// `manifest`: as it stands in the file, whether or not it is signed; none where it cannot be read. `sha256`: of its bytes. `all_problems`
/// counts those beyond kMaxProblems, too. What it holds is worth what the key is worth.
struct Verification {
  std::optional<Manifest> manifest;
  std::string sha256;
  std::string key_fingerprint;  ///< SHA-256 of the key's 32 bytes
  std::vector<PackProblem> problems;
  std::size_t all_problems = 0;
  bool whole() const { return all_problems == 0 && manifest.has_value(); }
};

/// `file` can be sought in and is `size` bytes long. A file that cannot be read on is one that ends there.
Verification verify_pack(std::istream& file, std::uint64_t size);

/// The same of a file by its name. Error{not_found, failed}.
platform::Result<Verification> verify_pack_file(const std::string& path);

/// Whether `next` follows `before`: of the same company, with the next number, naming its manifest.
bool follows(const Verification& before, const Verification& next);

}  // namespace gokajo::hub

/// \file
/// Evidence packs made by hand, and taken apart, for tests.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "hub/evidence/pack_writer.h"
#include "hub/evidence/verify.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using Members = std::vector<std::pair<std::string, std::string>>;

inline protocol::DeviceKey key_of_tests() { return *protocol::DeviceKey::from_seed(std::string(protocol::DeviceKey::kSeedBytes, '7')); }

inline hub::Manifest manifest_of_tests() {
  hub::Manifest manifest;
  manifest.company = "山田工務店";
  manifest.from = *platform::parse_time("2026-10-01");
  manifest.until = *platform::parse_time("2026-11-01");
  manifest.made_at = *platform::parse_time("2026-11-27");
  manifest.made_by = "gokajo-hub/test";
  return manifest;
}

inline std::string bytes_of_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline std::string pack_of(const Members& members, hub::Manifest manifest = manifest_of_tests(),
                           const protocol::DeviceKey& key = key_of_tests()) {
  const TemporaryDirectory directory;
  auto writer = hub::PackWriter::create(directory.path() + "/making");
  REQUIRE(writer);
  for (const auto& [name, bytes] : members) REQUIRE((*writer)->member(name, bytes));
  REQUIRE((*writer)->settle());
  REQUIRE((*writer)->finish(std::move(manifest), key, directory.path() + "/1.zip"));
  return bytes_of_file(directory.path() + "/1.zip");
}

inline hub::Verification verified(const std::string& bytes) {
  std::istringstream file(bytes);
  return hub::verify_pack(file, bytes.size());
}

/// Everything in the file, the manifest and its signature last. The file must be whole.
inline Members members_of(const std::string& bytes) {
  const auto whole = verified(bytes);
  REQUIRE(whole.whole());
  Members members;
  std::size_t at = 0;
  const auto take = [&](const std::string& name, std::size_t size) {
    at += hub::kLocalHeadBytes + name.size();
    members.emplace_back(name, bytes.substr(at, size));
    at += size;
  };
  for (const auto& member : whole.manifest->members) take(member.name, static_cast<std::size_t>(member.size));
  take("manifest.json", hub::write_manifest(*whole.manifest).size());
  take("manifest.sig", 64);
  return members;
}

/// As somebody with a good ZIP program would put them together anew.
inline std::string zipped(const Members& members) {
  std::string bytes, directory;
  for (const auto& [name, data] : members) {
    hub::PackDigest digest;
    digest.add(data);
    const hub::ZipEntry entry{name, static_cast<std::uint32_t>(data.size()), digest.crc32(), static_cast<std::uint32_t>(bytes.size())};
    bytes += hub::local_head(entry) + data;
    directory += hub::directory_line(entry);
  }
  const auto at = bytes.size();
  return bytes + directory + hub::end_of_directory(members.size(), directory.size(), at);
}

/// What lies at each byte: the member it belongs to, or "" for the end of the file.
inline std::vector<std::string> owners_of(const Members& members) {
  std::vector<std::string> owners;
  for (const auto& [name, data] : members) owners.resize(owners.size() + hub::kLocalHeadBytes + name.size() + data.size(), name);
  for (const auto& [name, data] : members) owners.resize(owners.size() + hub::kDirectoryHeadBytes + name.size(), name);
  owners.resize(owners.size() + hub::kEndBytes);
  return owners;
}

/// Whether a problem names that byte, and whose it is.
inline bool names(const hub::Verification& found, std::size_t at, const std::string& owner) {
  for (const auto& one : found.problems)
    if (one.from <= at && at < one.until && one.member == owner) return true;
  return false;
}

inline bool says(const hub::Verification& found, hub::Damage damage, const std::string& member) {
  for (const auto& one : found.problems)
    if (one.damage == damage && one.member == member) return true;
  return false;
}

}  // namespace gokajo::tests

#include <algorithm>
#include <set>

#include "collectors/disk.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::no_fact, compliance::Volume, compliance::VolumeState;
using platform::ask, platform::AskApi, platform::AskWmi, platform::ErrorKind, platform::Host, platform::Row, platform::Rows, platform::Seen;

namespace {

constexpr const char* kBitLocker = "BitLocker";
constexpr std::int64_t kSystem = 0, kData = 1;                             // VolumeType; 2 is removable
constexpr std::int64_t kUnprotected = 0, kProtected = 1, kLocked = 2;      // GetProtectionStatus
constexpr std::int64_t kDecrypted = 0, kEncrypted = 1, kLastChanging = 5;  // GetConversionStatus; 2 to 5 are on the way or paused

// An out-parameter of a method that says it succeeded.
std::optional<std::int64_t> told(const Row& row, const std::string& method, const std::string& parameter) {
  const auto result = number_in(row, method + ".ReturnValue"), value = number_in(row, method + "." + parameter);
  return result && *result == std::int64_t{0} && value ? *value : std::nullopt;
}

Volume volume_of(const Row& row, const std::string& drive, const Seen<Rows>& seen) {
  Volume volume{drive, kBitLocker, {}};
  const auto protection = told(row, "GetProtectionStatus", "ProtectionStatus");
  const auto conversion = told(row, "GetConversionStatus", "ConversionStatus");
  if (protection == kLocked)  // its key is not even in this PC; nothing else of it can be asked
    volume.encrypted = observed(true, seen);
  else if (conversion && *conversion > kEncrypted && *conversion <= kLastChanging) {
    volume.encrypted = no_fact<bool>({ErrorKind::not_asked, "on the way"}, seen.source, seen.observed_at);
    volume.state = VolumeState::changing;
  } else if (conversion == kDecrypted) {
    volume.encrypted = observed(false, seen);
  } else if (conversion == kEncrypted && protection == kUnprotected) {
    volume.encrypted = observed(false, seen);
    volume.state = VolumeState::key_open;
  } else if (conversion == kEncrypted && protection == kProtected) {
    volume.encrypted = observed(true, seen);
  } else {
    volume.encrypted = no_fact<bool>({ErrorKind::failed, drive + ": its state was not told"}, seen.source, seen.observed_at);
  }
  return volume;
}

// Fixed drives that the class does not know: whether they are encrypted is for nobody to say here.
void add_others(const Host& host, const std::set<std::string>& known, std::vector<Volume>& volumes) {
  const auto drives = ask(host, AskApi{.api = "drives"});
  if (!drives) {
    volumes.push_back({"*", kBitLocker, unavailable<bool>(drives)});
    return;
  }
  // The one Windows runs from is always there: a list without any says nothing.
  if (drives->rows.empty())
    volumes.push_back({"*", kBitLocker, no_fact<bool>({ErrorKind::malformed, "no drive"}, drives.source, drives.observed_at)});
  for (const auto& row : drives->rows) {
    const auto drive = text_in(row, "drive");
    if (!drive || !*drive) {
      volumes.push_back(
          {"*", kBitLocker, no_fact<bool>({ErrorKind::malformed, "a drive without a letter"}, drives.source, drives.observed_at)});
      continue;
    }
    if (known.contains(**drive)) continue;
    volumes.push_back({**drive, kBitLocker, no_fact<bool>({ErrorKind::not_found, **drive}, drives.source, drives.observed_at)});
  }
}

}  // namespace

Fact<std::vector<Volume>> collect_disk_windows(const Host& host) {
  using Volumes = std::vector<Volume>;
  const auto seen = ask(host, AskWmi{.name_space = "root\\CIMV2\\Security\\MicrosoftVolumeEncryption",
                                     .class_name = "Win32_EncryptableVolume",
                                     .properties = {"DriveLetter", "VolumeType"},
                                     .where_property = {},
                                     .where_text = {},
                                     // The property of the same name is a copy that may be old: the methods ask the volume.
                                     .methods = {{.name = "GetProtectionStatus"}, {.name = "GetConversionStatus"}}});
  if (!seen) return unavailable<Volumes>(seen);
  if (seen->rows.empty()) return malformed<Volumes>("no volume at all", seen);
  Volumes volumes;
  std::set<std::string> known;
  for (const auto& row : seen->rows) {
    const auto drive = text_in(row, "DriveLetter");
    const auto type = number_in(row, "VolumeType");
    if (!drive || !type) return malformed<Volumes>((!drive ? drive.error() : type.error()).detail, seen);
    if (!*drive || (*drive)->empty()) continue;  // without a letter: the ones Windows starts and repairs itself from
    known.insert(**drive);
    if (!*type || **type == kSystem || **type == kData) volumes.push_back(volume_of(row, **drive, seen));
  }
  add_others(host, known, volumes);
  return observed(std::move(volumes), seen);
}

}  // namespace gokajo::collectors

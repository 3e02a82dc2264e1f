/// \file
/// /var/log/wtmp as events of power (power_events.h): no user, terminal, host, address or clock time leaves it. utmp(5); the two layouts of
/// glibc's struct utmp, told apart by what the bytes can be: 384 bytes with times of 32 bits (x86), 400 with times of 64 (arm64).
/// What begins and ends a start is read as last(1) of util-linux 2.38.1 does. A record left empty is a place where records were lost, and a
/// record of a clock that was set makes all dates before it doubtful: what stands before either is dropped.
#include <optional>

#include "platform/reducer.h"
#include "platform/reducers/power_events.h"

namespace gokajo::platform::reducers {
namespace {

enum Type { kEmpty = 0, kRunLevel = 1, kBoot = 2, kNewTime = 3, kOldTime = 4, kLastType = 9 };

struct Layout {
  std::size_t size;
  std::size_t seconds;
  std::size_t seconds_bytes;
};
constexpr Layout kLayouts[] = {{384, 340, 4}, {400, 344, 8}};

std::uint64_t little_endian(std::string_view record, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8U | static_cast<unsigned char>(record[at + i]);
  return value;
}

struct Record {
  std::uint64_t type;
  std::uint64_t level;  ///< of a run level: its character
  bool shutdown;
  Time at;
};

// nullopt: no record can look like this.
std::optional<Record> read_record(std::string_view bytes, const Layout& layout) {
  constexpr std::uint64_t kYear2100 = 4102444800;
  const auto type = little_endian(bytes, 0, 2), seconds = little_endian(bytes, layout.seconds, layout.seconds_bytes);
  const auto micros = little_endian(bytes, layout.seconds + layout.seconds_bytes, layout.seconds_bytes);
  if (type > kLastType || seconds > kYear2100 || micros >= 1000000 || (type != kEmpty && seconds == 0)) return std::nullopt;
  return Record{type, little_endian(bytes, 4, 1), bytes.substr(44, 9) == std::string_view("shutdown\0", 9),
                Time{std::chrono::seconds{static_cast<std::int64_t>(seconds)}}};
}

// nullopt: not of this layout. A last record cut short is passed over: the C library drops it too, at the next one.
std::optional<std::vector<Record>> read_records(std::string_view bytes, const Layout& layout) {
  std::vector<Record> records;
  for (; bytes.size() >= layout.size; bytes.remove_prefix(layout.size)) {
    const auto record = read_record(bytes.substr(0, layout.size), layout);
    if (!record) return std::nullopt;
    records.push_back(*record);
  }
  return records;
}

std::size_t filled(const std::optional<std::vector<Record>>& records) {
  std::size_t count = 0;
  if (records)
    for (const auto& record : *records) count += record.type != kEmpty ? 1 : 0;
  return count;
}

}  // namespace

Result<std::string> wtmp_days(std::string_view bytes) {
  const auto wide = read_records(bytes, kLayouts[1]), narrow = read_records(bytes, kLayouts[0]);
  if ((!wide && !narrow) || (wide && narrow && filled(wide) > 0 && filled(wide) == filled(narrow)))
    return Error{ErrorKind::malformed, "not a file of utmp records"};
  if (bytes.size() > 0 && filled(wide) + filled(narrow) == 0) return Error{ErrorKind::malformed, "no utmp record in it"};
  PowerEvents events;
  for (const auto& record : filled(wide) > filled(narrow) ? *wide : narrow ? *narrow : *wide) {
    const bool level_down = record.type == kRunLevel && (record.shutdown || record.level == '0' || record.level == '6');
    if (record.type == kEmpty || record.type == kNewTime || record.type == kOldTime)
      events.forget();
    else
      events.add(record.type == kBoot ? "boot" : level_down ? "down" : "seen", record.at);
  }
  return events.text();
}

}  // namespace gokajo::platform::reducers

#include <windows.h>
#include <winevt.h>

#include <map>
#include <vector>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/handle.h"
#include "platform/windows/time.h"

namespace gokajo::platform::api {
namespace {

using Event = Freed<std::remove_pointer_t<EVT_HANDLE>, &EvtClose>;

constexpr const wchar_t* kStarts =
    L"*[System[(Provider[@Name='Microsoft-Windows-Kernel-General'] and (EventID=12 or EventID=13)) or "
    L"(Provider[@Name='Microsoft-Windows-Kernel-Boot'] and EventID=27) or "
    L"(Provider[@Name='Microsoft-Windows-Power-Troubleshooter'] and EventID=1) or "
    L"(Provider[@Name='Microsoft-Windows-Kernel-Power'] and EventID=42) or (Provider[@Name='EventLog'] and EventID=6008)]]";
constexpr int kMaxEvents = 5000;
constexpr int kMaxDays = 60;
constexpr DWORD kPiece = 64;
constexpr DWORD kWait = 5000;  // ms for a piece

struct Mark {
  Time at{};
  bool on = false;  ///< on from here; false: off from here
};

Time day_in_japan(Time time) { return std::chrono::floor<Days>(time + std::chrono::minutes{kJapanOffset}); }

}  // namespace

// From marks of starts (and wakes) and ends (and sleep) to days: every day between a start and its end the PC was on. A start without its
// end is on that day alone, and the days up to the next start are not sure.
Result<Rows> days_on(const Arguments&) {
  const Event query(EvtQuery(nullptr, L"System", kStarts, EvtQueryChannelPath | EvtQueryReverseDirection));
  if (!query) return last_windows_error("EvtQuery System");
  LPCWSTR paths[] = {L"Event/System/TimeCreated/@SystemTime", L"Event/System/EventID", L"Event/System/Provider/@Name"};
  const Event context(EvtCreateRenderContext(3, paths, EvtRenderContextValues));
  if (!context) return last_windows_error("EvtCreateRenderContext");
  std::vector<Mark> marks;  // newest first
  EVT_HANDLE events[kPiece];
  DWORD count = 0;
  while (marks.size() < kMaxEvents && EvtNext(query.get(), kPiece, events, kWait, 0, &count)) {
    for (DWORD i = 0; i < count; ++i) {
      const Event event(events[i]);
      std::byte bytes[1024];
      DWORD used = 0, properties = 0;
      if (!EvtRender(context.get(), event.get(), EvtRenderEventValues, sizeof(bytes), bytes, &used, &properties) || properties < 2)
        continue;
      const auto* values = reinterpret_cast<const EVT_VARIANT*>(bytes);
      if (values[0].Type != EvtVarTypeFileTime || values[1].Type != EvtVarTypeUInt16) continue;
      const FILETIME time{static_cast<DWORD>(values[0].FileTimeVal), static_cast<DWORD>(values[0].FileTimeVal >> 32U)};
      const auto id = values[1].UInt16Val;
      if (id == 6008) continue;  // tells of an end that left no mark: the missing mark tells the same
      marks.push_back({time_of(time), id == 12 || id == 27 || id == 1});
    }
  }
  const auto code = GetLastError();
  if (code != ERROR_NO_MORE_ITEMS && marks.size() < kMaxEvents) return windows_error("EvtNext", code);
  if (marks.empty()) return Error{ErrorKind::not_found, "System: no start is recorded"};

  const Time today = day_in_japan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
  std::map<Time, bool> days;  // true: sure
  const auto mark_on = [&](Time from, Time to, bool sure) {
    for (Time day = from; day <= to && day >= today - Days{kMaxDays}; day += Days{1}) {
      auto& known = days.try_emplace(day, sure).first->second;
      known = known || sure;
    }
  };
  Time until = today;
  bool ended = true;  // the newest start lasts until now
  for (const auto& mark : marks) {
    const Time day = day_in_japan(mark.at);
    if (day < today - Days{kMaxDays}) break;
    if (!mark.on) {
      until = day;
      ended = true;
      continue;
    }
    mark_on(day, day, true);
    mark_on(day, until, ended);
    until = day;
    ended = false;
  }
  Rows rows;
  const Time first = std::max(day_in_japan(marks.back().at), today - Days{kMaxDays});
  for (Time day = first; day <= today; day += Days{1}) {
    const auto known = days.find(day);
    Row row;
    row["day"] = cell(format_time(day));
    row["on"] = cell(known != days.end());
    row["unsure"] = cell(known != days.end() && !known->second);
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace gokajo::platform::api

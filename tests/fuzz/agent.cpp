/// \file
/// The room agent: its own files, and the whole way from a snapshot to what a person reads.
#include <algorithm>

#include "agent/enrol.h"
#include "agent/identity.h"
#include "agent/offered_briefings.h"
#include "agent/own_page.h"
#include "agent/person_message.h"
#include "agent/render_html.h"
#include "agent/render_text.h"
#include "agent/report.h"
#include "agent/scan.h"
#include "agent/schedule.h"
#include "agent/shown_notices.h"
#include "agent/start_record.h"
#include "agent/state.h"
#include "agent/summary.h"
#include "agent/told_readings.h"
#include "compliance/layout.h"
#include "compliance/scan_document.h"
#include "platform/bytes.h"
#include "platform/reducer.h"
#include "platform/remembering_host.h"
#include "platform/snapshot.h"
#include "tests/fuzz/drawn.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace agent;
using compliance::built_in_pack, compliance::built_in_wording;
using compliance::columns_of, compliance::padded, compliance::wrapped;
using platform::parse_json, platform::to_form;

const platform::Time kNow{std::chrono::seconds{1795305600}};  // 2026-11-22

void declarations(std::string_view bytes) {
  const auto json = parse_json(bytes, kMaxStateBytes);
  if (!json) return;
  const auto read = read_declarations_document(*json);
  if (!read) return;
  const auto written = write_declarations_document(*read);
  const auto again = read_declarations_document(written);
  HOLDS(again && write_declarations_document(*again) == written);
}

// What the reducer lets through is of the form that evidence is read from; briefings that come along are always offered.
void briefings_read(std::string_view bytes) {
  const auto reduced = platform::find_reducer("briefings_read")(bytes);
  if (!reduced) return;
  const auto json = parse_json(*reduced, 1U << 20U);
  HOLDS(json);
  compliance::BriefingsRead read;
  HOLDS(platform::read_form(*json, read, platform::Place{}));
  HOLDS(read.format == compliance::kBriefingsReadFormat && read.read.size() <= 500);
  const auto offered = offered_briefings(kNow);
  HOLDS(offered && !offered->empty());
}

void remembered(std::string_view bytes) {
  const auto answers = platform::read_remembered(bytes);
  const auto written = platform::write_remembered(answers);
  HOLDS(platform::write_remembered(platform::read_remembered(written)) == written);
}

// What is let through is in its one form, and holds nothing that a URL could take for another host, a user or a path.
void addresses(std::string_view bytes) {
  for (const auto read : {&read_hub_address, &read_proxy}) {
    const auto address = read(bytes);
    if (!address) continue;
    HOLDS(*read(*address) == *address);
    HOLDS(address->find_first_of("@?#%\\ ") == std::string::npos);
    HOLDS(address->find('/', address->find("//") + 2) == std::string::npos);
  }
  if (const auto pin = read_pin(bytes)) HOLDS(pin->size() == 52);
}

// Whatever an earlier run left on the disk: a scan comes within the longest period, and none comes twice.
void schedule(std::string_view bytes) {
  if (const auto read = read_schedule(bytes)) HOLDS(24 % read->hours == 0 && read->minute < 24 * 60 && read->weekday < 7);
  const auto start = read_start_record(bytes);
  HOLDS(write_start_record(read_start_record(write_start_record(start))) == write_start_record(start));
  const auto record = read_schedule_record(bytes);
  HOLDS(write_schedule_record(read_schedule_record(write_schedule_record(record))) == write_schedule_record(record));
  platform::Moment now{kNow, std::chrono::minutes{1}, "a start"};
  Planner planner({}, record, now);
  int scans = 0;
  for (int hour = 0; hour < 30; ++hour) {
    if (planner.due(now)) {
      ++scans;
      planner.scan_began(now);
      HOLDS(!planner.due(now));
    }
    now.wall += std::chrono::hours{1};
    now.since_start += std::chrono::hours{1};
  }
  HOLDS(scans >= 1 && scans <= 3);
}

// A file from somebody's USB stick, and one that anybody may read.
void setup(std::string_view bytes) {
  if (const auto read = read_setup(bytes)) {
    HOLDS(*read_hub_address(read->hub) == read->hub);
    HOLDS(!read->code || read->code->size() == protocol::kCodeLength);
    HOLDS(!read->proxy || read_proxy(*read->proxy));
  }
  if (const auto read = read_summary(bytes)) {
    HOLDS(write_summary(*read_summary(write_summary(*read))) == write_summary(*read));
    const auto text = render_summary(*read, compliance::Language::ja, 540, kNow);
    HOLDS(platform::printable_utf8(text) == text);
  }
}

// What any program of anybody signed in may say to the service, what an impostor may answer, and a record of one's own.
void person(std::string_view bytes) {
  if (const auto message = read_person_message(bytes)) {
    HOLDS(write_person_message(*read_person_message(write_person_message(*message))) == write_person_message(*message));
    HOLDS(!message->briefing || message->briefing->find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
  }
  std::vector<Notice> notices;
  if (auto answer = read_person_answer(bytes)) {
    HOLDS(write_person_answer(*read_person_answer(write_person_answer(*answer))) == write_person_answer(*answer));
    notices = std::move(answer->notices);
  }
  ShownNotices shown;
  if (auto read = read_shown_notices(bytes)) shown = std::move(*read);
  notices.push_back({.kind = NoticeKind::restart, .days = 9});
  if (const auto notice = next_notice(notices, shown, kNow, 540)) {
    const auto text = text_of(*notice, compliance::Language::ja, 540);
    HOLDS(platform::printable_utf8(text.text) == text.text);
    note_shown(shown, notice->kind, kNow, 540);
    HOLDS(!next_notice(notices, shown, kNow, 540));
    HOLDS(read_shown_notices(write_shown_notices(shown)));
  }
  HOLDS(!is_sid(bytes) || bytes.find_first_of("/\\.") == std::string_view::npos);
}

// A file of the service's own that may have been damaged; whatever it holds, the page is text and no markup.
void own_page(std::string_view bytes) {
  const auto read = read_own_page(bytes);
  if (!read) return;
  HOLDS(write_own_page(*read_own_page(write_own_page(*read))) == write_own_page(*read));
  for (const auto language : {compliance::Language::ja, compliance::Language::en}) {
    const auto page = render_own_page(*read, {}, language);
    HOLDS(page.find("<script") == std::string::npos);
    HOLDS(platform::printable_utf8(page) == page);
  }
}

// Blanks of both widths may go at the end of a line.
std::string without_blanks(std::string_view text) {
  constexpr std::string_view kWide = "　";
  std::string out;
  while (!text.empty()) {
    const auto blank = text.starts_with(kWide) ? kWide.size() : text[0] == ' ' || text[0] == '\n' ? 1U : 0U;
    if (blank == 0) out += text[0];
    text.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return out;
}

void layout(std::string_view bytes) {
  const auto text = platform::printable_utf8(bytes.substr(0, 2000));
  HOLDS(columns_of(text) >= 0);
  for (const int columns : {4, 20, 80}) {
    std::string joined;
    for (const auto& line : wrapped(text, columns)) {
      HOLDS(columns_of(line) <= columns);
      HOLDS(platform::is_valid_utf8(line));
      joined += line;
    }
    HOLDS(without_blanks(joined) == without_blanks(text));
    HOLDS(columns_of(padded(text, columns)) >= std::min(columns, columns_of(text)));
  }
}

// Nothing that reaches a terminal or a page can control it, whatever the PC is called.
void is_fit_to_show(const ScanResult& result) {
  const compliance::Reader reader{.systems = compliance::system_names(result.evidence)};
  for (const auto language : {compliance::Language::ja, compliance::Language::en}) {
    const auto report = make_report(result, built_in_wording(), reader, language);
    const auto text = render_text(report, {.columns = 80, .colour = false});
    HOLDS(platform::printable_utf8(text) == text);
    const auto page = render_html(report);
    HOLDS(platform::printable_utf8(page) == page);
    HOLDS(page.find("<script") == std::string::npos);
  }
}

void report(std::string_view bytes) {
  Drawn drawn(bytes);
  static const auto pack = *built_in_pack("6kajo");
  ScanResult result;
  result.scanned_at = kNow;
  result.evidence = drawn_evidence(drawn);
  result.pack = pack;
  result.judgement = compliance::judge(result.evidence, pack, {compliance::kPolicyFormat, {}, {}, {}}, {}, kNow);
  is_fit_to_show(result);
}

void scanned(std::string_view bytes) {
  auto snapshot = platform::read_snapshot(bytes);
  if (!snapshot) return;
  const auto now = snapshot->recorded_at;
  static const auto pack = *built_in_pack("6kajo");
  const platform::SnapshotHost host(std::move(*snapshot));
  const auto result = scan(host, ScanInput{pack}, now);
  HOLDS(result);
  const auto written = compliance::write_evidence(result->evidence);
  const auto read = compliance::read_evidence(written);
  HOLDS(read && compliance::write_evidence(*read) == written);
  is_fit_to_show(*result);
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"declarations",
       declarations,
       {},
       {R"({"format": "gokajo-declarations/1", "declarations": [{"question": "passwords.reuse", "about": "", "answer": "yes", "who": "taro",
"answered_at": "2026-11-22T00:00:00Z", "valid_until": "2027-11-22T00:00:00Z"}]})"}},
      {"briefings_read",
       briefings_read,
       {},
       {R"({"format": "gokajo-briefings-read/1", "read": [{"id": "2026-11-invoice", "understood_at": "2026-11-22T00:00:00Z", "answers_right": 3}]})"}},
      {"remembered",
       remembered,
       {},
       {platform::write_remembered({}),
        platform::write_remembered({{R"({"list_processes":{}})", {1, {platform::Reply{platform::HelperOutput{0, {"out"}, {}}}, kNow}}}})}},
      {"addresses",
       addresses,
       {},
       {"https://hub.example.jp:8443/", "https://[2001:db8::1]:8443", "http://proxy.example.jp:3128", "socks5h://192.0.2.7:1080",
        "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="}},
      {"own_page",
       own_page,
       {},
       {R"({"format": "gokajo-own-page/1", "ja": {"language": "ja", "device": "PC-09", "day": "2026年11月24日", "time": "", "os": "Debian", "pack": "5か条", "counts": [],
"rules": [{"number": 1, "name": "更新", "verdict": "fail", "verdict_name": "要対応", "findings": [{"check": "updates.os-supported", "verdict": "fail", "verdict_name": "要対応", "name": "OS", "label": "", "saw": "a", "why": "b", "fix": ["c"], "next": "", "command": ""}]}],
"advice": [], "questions": [], "looked_at": "x", "not_looked_at": "y"}, "en": {"language": "en", "device": "PC-09", "day": "24 November 2026", "time": "", "os": "Debian", "pack": "5", "counts": [],
"rules": [], "advice": [], "questions": [], "looked_at": "x", "not_looked_at": "y"}})"}},
      {"person",
       person,
       {},
       {R"({"format":"gokajo-person/1","wish":"understood","briefing":"2026-11-invoice"})",
        R"({"format":"gokajo-person/1","wish":"notices"})",
        R"({"format":"gokajo-person-answer/1","taken":"yes","notices":[{"kind":"not_arriving","day":"2026-11-12T00:00:00Z"},{"kind":"restart","days":9},{"kind":"briefing","minutes":3}]})",
        R"({"format":"gokajo-notices-shown/1","shown":[{"kind":"begun","day":"2026-11-20T00:00:00Z"}]})", "S-1-5-21-1-2-3-1001"}},
      {"setup",
       setup,
       {},
       {R"({"format": "gokajo-setup/1", "hub": "https://hub.example.jp:8443", "pin": "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
"ca": "-----BEGIN CERTIFICATE-----\n", "proxy": "http://proxy:3128", "code": "K7WM-P2QX"})",
        R"({"format": "gokajo-summary/1", "scanned_at": "2026-11-22T00:00:00Z", "rules": [{"number": 1, "name": {"ja": "更新", "en": "Updates"}, "verdict": "fail"}],
"checks": [{"check": "updates.os-supported", "rule": 1, "name": {"ja": "OS", "en": "OS"}, "verdict": "fail"}], "company": "x", "not_arriving": true})"}},
      {"schedule",
       schedule,
       {},
       {"daily", "every 4h", "weekly mon 10:00",
        R"({"format":"gokajo-schedule/1","last_scan":{"wall":"2026-11-21T00:00:00Z","since_start_ms":60000,"start":"a start"},"scanned_period":20000})"}},
      {"layout",
       layout,
       {"compliance/briefings/*.json"},
       {"このPCの「共有」は、だれでも開けます。 Shared folders, wide open: /srv/office-documents-for-everybody"}},
      {"report", report, {}, drawn_seeds()},
      {"scanned",
       scanned,
       {"tests/data/snapshots/*.json"},
       {R"({"format": "gokajo-snapshot/1", "recorded_at": "2026-11-22T00:00:00Z", "answers": [
{"question": {"read_file": {"path": "/etc/os-release", "reducer": "verbatim", "max_bytes": 1048576}}, "observed_at": "2026-11-22T00:00:00Z",
 "reply": {"file": {"bytes": "ID=debian\nVERSION_ID=12\nNAME=Debian\n", "status": {"type": "regular", "mode": 420, "uid": 0, "gid": 0, "size": 1, "modified": "2026-11-22T00:00:00Z",
 "changed": "2026-11-22T00:00:00Z"}}}},
{"question": {"list_processes": {}}, "observed_at": "2026-11-22T00:00:00Z", "reply": {"processes": {"processes": []}}}]})"}},
  };
  return all;
}

}  // namespace gokajo::fuzz

/// \file
/// The room protocol: what a hub, a device, a captive portal or anybody else may send.
#include "protocol/body.h"
#include "protocol/carried.h"
#include "protocol/content.h"
#include "protocol/enrolment.h"
#include "protocol/problem.h"
#include "protocol/receipt.h"
#include "protocol/report.h"
#include "protocol/settings.h"
#include "protocol/wishes.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace protocol;

// What is read is written and read again the same; what is refused says why.
template <class Read, class Write>
void reads_back(std::string_view bytes, const Read& read, const Write& write) {
  const auto first = read(bytes);
  if (!first) {
    HOLDS(!first.error().detail.empty());
    return;
  }
  const auto written = write(*first);
  const auto again = read(written);
  HOLDS(again && write(*again) == written);
}

void receipt(std::string_view bytes) { reads_back(bytes, read_receipt, write_receipt); }
void wishes(std::string_view bytes) { reads_back(bytes, read_wishes, write_wishes); }
void settings(std::string_view bytes) { reads_back(bytes, read_settings, write_settings); }

void handed_out_path(std::string_view bytes) {
  const auto asked = read_handed_out_path(bytes);
  if (!asked) return;
  HOLDS(protocol::handed_out_path(asked->kind, asked->sha256) == bytes);
  HOLDS(asked->sha256.find_first_not_of("0123456789abcdef") == std::string::npos);
}
void problem(std::string_view bytes) { reads_back(bytes, read_problem, write_problem); }
void enrol(std::string_view bytes) { reads_back(bytes, read_enrol, write_enrol); }
void enrolled(std::string_view bytes) { reads_back(bytes, read_enrolled, write_enrolled); }
void carried(std::string_view bytes) { reads_back(bytes, read_carried, write_carried); }
void code(std::string_view bytes) { reads_back(bytes, read_code, shown_code); }

void body(std::string_view bytes) {
  constexpr std::size_t kMax = 1U << 20U;
  const auto text = expand(bytes, kMax);
  if (!text) return;
  HOLDS(text->size() <= kMax);
  HOLDS(*expand(compress(*text), kMax) == *text);
}

// A report, and what stands in it: a content, or differences to one.
void report(std::string_view bytes) {
  reads_back(bytes, read_report, write_report);
  const auto read = read_report(bytes);
  if (!read) return;
  if (read->content) {
    const auto content = read_content(*read->content, read->scanned_at);
    if (content) HOLDS(read_content(write_content(*content), read->scanned_at));
  } else {
    static const platform::Json before = {{"evidence", {{"device", {{"a", 1}}}}}, {"memory", {{"b", {1, 2, 3}}}}};
    const auto now = apply_changes(before, read->changes->changes, kMaxReportBytes);
    if (now) HOLDS(*apply_changes(before, changes_between(before, *now), kMaxReportBytes) == *now);
  }
}

// A signature that verifies is the one that was made: any bytes as the signature, or as the head's path, are refused.
void signature(std::string_view bytes) {
  static const auto key = DeviceKey::from_seed(std::string(DeviceKey::kSeedBytes, '7'));
  RequestHead head{"POST", "/v1/reports", key->id(), {1, 2}, sha256_hex("{}")};
  static const auto made = *sign_request(head, *key);
  HOLDS(verify_request(head, made, key->public_key()));
  HOLDS(bytes == made || !verify_request(head, bytes, key->public_key()));
  if (bytes == head.path) return;
  head.path = std::string(bytes);
  HOLDS(!verify_request(head, made, key->public_key()));
}

}  // namespace

namespace {

constexpr const char* kHead =
    R"({"format":"gokajo-report/1","device":"x","epoch":1,"seq":2,"scanned_at":"2026-11-24T00:00:00Z","agent_version":"1","pack":{"id":"5kajo","version":"1"},)";

std::string an_enrol() {
  Enrol enrol;
  enrol.code = "K7WMP2QX";
  enrol.public_key = platform::base64_encode(std::string(32, 'k'));
  enrol.label = "PC-09 設計";
  return write_enrol(enrol);
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"receipt",
       receipt,
       {},
       {write_receipt(Receipt{kReceiptFormat, sha256_hex("key"), 3, 42, sha256_hex("{}"), {}, true, {}, {}, {}}), "<html>"}},
      {"wishes", wishes, {}, {write_wishes({kWishesFormat, sha256_hex("{}"), platform::Time{}}), write_wishes({}), "<html>"}},
      {"signature", signature, {}, {"/v1/reports", "/v1/reports\n", std::string(88, 'A')}},
      {"settings",
       settings,
       {},
       {write_settings({}), "{}",
        R"({"format":"gokajo-settings/1","company":"x","pack":"5kajo","schedule":"daily","small_company":true,"offset_minutes":540,
"policy":{"format":"gokajo-policy/1","settings":[],"roles":[],"exceptions":[]},"declarations":[],
"packs":[{"id":"5kajo","version":"2027.1","sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}],
"briefings":[{"id":"2027-spring-parcel","published":"2027-03-01","sha256":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"}]})"}},
      {"handed_out_path",
       handed_out_path,
       {},
       {protocol::handed_out_path(HandedOut::pack, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
        protocol::handed_out_path(HandedOut::briefing, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a")}},
      {"problem", problem, {}, {write_problem({}), "<html>"}},
      {"enrol", enrol, {}, {an_enrol()}},
      {"enrolled", enrolled, {}, {write_enrolled({kEnrolledFormat, "x", 1, "山田工務店", DeviceState::approved})}},
      {"carried", carried, {}, {write_carried({kCarriedFormat, "POST", "/v1/reports", "x", 1, 2, "s", kZstd, "body"})}},
      {"code", code, {}, {"K7WM-P2QX", "k7wm p2qx"}},
      {"body", body, {}, {compress("{}"), compress(std::string(300000, 'a')), "{}"}},
      {"report",
       report,
       {},
       {std::string(kHead) +
            R"("content":{"evidence":{},"memory":{"format":"gokajo-memory/1","first_seen":{},"last_good":{},"not_offered":{}},"findings":[]}})",
        std::string(kHead) +
            R"("changes":{"since_seq":1,"sha256":"","changes":[{"op":"replace","path":"/memory/b/1","value":7},{"op":"remove","path":"/evidence/device/a"}]}})"}},
  };
  return all;
}

}  // namespace gokajo::fuzz

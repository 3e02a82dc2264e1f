#include "collectors/defender_windows.h"

#include "collectors/cim_time.h"
#include "collectors/rows.h"
#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::AntivirusProduct, compliance::Definitions, compliance::Fact, compliance::no_fact, compliance::RealTime, compliance::Time;
using platform::ask, platform::AskWmi, platform::ErrorKind, platform::Host, platform::Row, platform::Rows, platform::Seen;

namespace {

constexpr std::int64_t kNever16 = 65535, kNever32 = 4294967295;

bool is_never(std::int64_t days) { return days == kNever16 || days == kNever32; }

// The one object of the class, or why there is none.
Seen<Row> status_of(const Host& host) {
  auto seen = ask(host, AskWmi{.name_space = "root\\Microsoft\\Windows\\Defender",
                               .class_name = "MSFT_MpComputerStatus",
                               .properties = {"AMRunningMode", "RealTimeProtectionEnabled", "AntivirusSignatureAge",
                                              "AntivirusSignatureLastUpdated", "AntivirusSignatureVersion", "DefenderSignaturesOutOfDate",
                                              "QuickScanAge", "FullScanAge", "FullScanEndTime", "IsTamperProtected"}});
  Seen<Row> status{platform::Error{}, seen.source, seen.observed_at, seen.no_newer};
  if (!seen)
    status.result = seen.error();
  else if (seen->rows.size() != 1)
    status.result = platform::Error{ErrorKind::malformed, "expected one object"};
  else
    status.result = std::move(seen.result->rows.front());
  return status;
}

// The mode is read first: a product that stands back may still call everything enabled.
Fact<RealTime> real_time(const Seen<Row>& status, const std::optional<Registered>& registered, bool beside_another) {
  const bool off = registered && !registered->on, on = registered && registered->on;
  if (!status) {
    if (on) return observed(RealTime::on, status);
    if (!off) return unavailable<RealTime>(status);
    // Off beside another product is what standing back looks like.
    return observed(beside_another ? RealTime::passive : RealTime::off, status);
  }
  const auto mode = text_in(*status, "AMRunningMode");
  const auto enabled = truth_in(*status, "RealTimeProtectionEnabled");
  if (!mode || !enabled) return malformed<RealTime>((!mode ? mode.error() : enabled.error()).detail, status);
  if (*mode == "Passive Mode" || *mode == "SxS Passive Mode") return observed(RealTime::passive, status);
  if (*mode == "EDR Block Mode" && off) return observed(RealTime::passive, status);
  if (*mode == "Not running" && !on) return observed(RealTime::off, status);
  if (*mode != "Normal")
    return no_fact<RealTime>({ErrorKind::malformed, "AMRunningMode: " + mode->value_or("")}, status.source, status.observed_at);
  if (!*enabled) return malformed<RealTime>("no RealTimeProtectionEnabled", status);
  return observed(**enabled && !off ? RealTime::on : RealTime::off, status);
}

// A time, or that many whole days before the answer; not_found: never.
Fact<Time> when(const Seen<Row>& status, const char* time, const char* age) {
  if (!status) return unavailable<Time>(status);
  if (time) {
    const auto text = text_in(*status, time);
    if (!text) return malformed<Time>(text.error().detail, status);
    if (*text) {
      const auto parsed = parse_cim_time(**text);
      return parsed ? observed(*parsed, status) : malformed<Time>(std::string(time) + ": expected a time", status);
    }
  }
  const auto days = number_in(*status, age);
  if (!days) return malformed<Time>(days.error().detail, status);
  if (!*days || **days < 0) return no_fact<Time>({ErrorKind::not_asked, age}, status.source, status.observed_at);
  if (is_never(**days)) return no_fact<Time>({ErrorKind::not_found, age}, status.source, status.observed_at);
  if (**days > 36500) return malformed<Time>(std::string(age) + ": too many days", status);
  return observed(status.observed_at - platform::Days{**days}, status);
}

Fact<Definitions> definitions(const Seen<Row>& status, const std::optional<Registered>& registered) {
  Definitions found;
  if (registered) found.called_current = registered->current;
  const auto published = when(status, "AntivirusSignatureLastUpdated", "AntivirusSignatureAge");
  found.published = published.value;
  if (status) {
    // That they were current days ago says nothing of today; the date does.
    const auto outdated = truth_in(*status, "DefenderSignaturesOutOfDate");
    if (outdated && *outdated && (**outdated || !status.no_newer))
      found.called_current = !**outdated && found.called_current.value_or(true);
    if (const auto version = text_in(*status, "AntivirusSignatureVersion"); version && *version) found.version = **version;
  }
  if (found.published || found.called_current) return observed(std::move(found), status);
  // 65535 days are "not known" here, never "none".
  const auto reason = published.absent == ErrorKind::not_found ? ErrorKind::not_asked : published.absent;
  return no_fact<Definitions>({reason, published.detail}, published.source, published.observed_at);
}

Fact<bool> tamper_protected(const Seen<Row>& status) {
  if (!status) return unavailable<bool>(status);
  const auto on = truth_in(*status, "IsTamperProtected");
  if (!on) return malformed<bool>(on.error().detail, status);
  // Platforms of before 2019 do not know it.
  return *on ? observed(**on, status) : no_fact<bool>({ErrorKind::not_found, "IsTamperProtected"}, status.source, status.observed_at);
}

}  // namespace

std::optional<AntivirusProduct> defender(const Host& host, const std::optional<Registered>& registered, const Fact<bool>& service,
                                         const DefenderAsked& asked) {
  const bool ask_class = asked.of_class;
  const bool no_service = !service && service.absent == ErrorKind::not_found;
  if (no_service && !registered) return std::nullopt;
  AntivirusProduct product;
  product.name = "Microsoft Defender";
  product.proof = "WinDefend";
  product.licensed = no_fact<bool>({ErrorKind::unsupported, "needs no licence"}, service.source, service.observed_at);
  product.expires = no_fact<Time>({ErrorKind::unsupported, "needs no licence"}, service.source, service.observed_at);
  Seen<Row> status{platform::Error{ErrorKind::not_asked, "another product is on"}, "MSFT_MpComputerStatus", service.observed_at};
  if (ask_class) status = status_of(host);
  // What the class said earlier counts only beside the Security Center, which says now that all is well: were it not heard, it might say
  // no.
  if (status.no_newer && (!asked.called_good || !registered || !registered->on)) status = held_back(status);
  product.real_time = real_time(status, registered, !ask_class);
  product.definitions = definitions(status, registered);
  product.tamper_protected = tamper_protected(status);
  product.scanned = when(status, "FullScanEndTime", "FullScanAge");
  product.quick_scanned = when(status, nullptr, "QuickScanAge");
  product.running = service;
  if (no_service) product.running = compliance::fact(false, service.source, service.observed_at);
  // The Security Center calls it off, its service runs and its class does not answer: whether it works, stands back or is broken is not
  // known.
  if (registered && !registered->on && ask_class && !status && service.value == true)
    product.running = no_fact<bool>(status.error(), status.source, status.observed_at);
  // The Security Center's word that it is on, or its own class that it works, stands where services did not answer.
  if (!service && !no_service && product.real_time && (*product.real_time == RealTime::on || *product.real_time == RealTime::passive))
    product.running = compliance::fact(true, product.real_time.source, product.real_time.observed_at);
  return product;
}

}  // namespace gokajo::collectors

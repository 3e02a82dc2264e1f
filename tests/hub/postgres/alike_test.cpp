// What pages ask is answered by PostgreSQL as by SQLite: the same data in both, and every question put to both.
#include <SQLiteCpp/SQLiteCpp.h>

#include "hub/checks_view.h"
#include "hub/device_pages.h"
#include "hub/open_store.h"
#include "hub/postgres/open.h"
#include "hub/rejudging_store.h"
#include "platform/json_form.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;
using platform::Json;

namespace {

#define ON_POSTGRES *doctest::skip(!Place::on_postgres())

const std::vector<std::string> kRules{"updates", "antivirus", "passwords"};

void fill(Store& store) {
  REQUIRE(store.begin());
  for (const char* tenant : {"yamada", "sato"}) {
    Company company;
    company.id = company.name = tenant;
    company.created = at(0);
    REQUIRE(store.put_company(company));
  }
  // Names in both cases, with letters that only some sorting and folding knows, and bytes that are no text.
  const std::vector<std::string> names{"PC-01",  "pc-02", "ＰＣ-03", "Ärzte", "ärzte", "設計 B", "経理",  "b_c%",
                                       "b-c",    "B",     "a",       "",      "",      "é",      "e",     std::string("x\xFFy", 3),
                                       "PC-10a", "PC-1",  "İ",       "i",     "zz",    "ZZ",     "~tilde"};
  int number = 0;
  for (const auto& name : names) {
    Device device;
    device.tenant = number % 7 == 6 ? "sato" : "yamada";
    device.id = protocol::sha256_hex("device " + std::to_string(number));
    device.label = name;
    device.host_name = number % 2 == 0 ? "HOST-" + std::to_string(number) : "host-" + std::to_string(number);
    device.standing = number % 5 == 4 ? Standing::waiting : number % 11 == 10 ? Standing::removed : Standing::approved;
    device.enrolled = at(number);
    if (number % 3 != 0) device.last_receipt = at(number * 1000);
    if (number % 4 == 1) {
      device.resting_since = at(number % 8 == 1 ? 0 : 900000);
      device.resting_until = at(number % 12 == 1 ? 500 : 1000000);
    }
    REQUIRE(store.put_device(device));
    std::map<std::string, Verdict> rules;
    std::vector<KeptFinding> findings;
    constexpr Verdict kVerdicts[] = {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable};
    for (std::size_t i = 0; i < kRules.size(); ++i) {
      if (number % 6 == 5 && i == 1) continue;
      const auto verdict = number % 8 == 0 ? Verdict::pass : kVerdicts[(static_cast<std::size_t>(number) * (i + 1)) % 5];
      rules[kRules[i]] = verdict;
      findings.push_back({kRules[i] + ".check",
                          kRules[i],
                          number % 2 == 1,
                          verdict,
                          {},
                          i == 2 ? "" : R"({"situation":"設\u0001 \"x\"","n":)" + std::to_string(number) + ",\"a\":[1,{\"b\":null}]}"});
      auto& finding = findings.back();
      finding.situation = number % 3 == 0 ? "late" : number % 3 == 1 ? "later" : "";
      if (number % 4 != 0) finding.late_since = at(number / 2);
      constexpr ToDo kToDos[] = {ToDo::now, ToDo::catching_up, ToDo::excepted, ToDo::beside};
      if (finding.required && verdict == Verdict::fail) finding.to_do = kToDos[static_cast<std::size_t>(number / 2) % 4];
    }
    if (number != 3) REQUIRE(store.set_verdicts(device, findings, rules, at(number), number % 2 ? std::optional(at(1)) : std::nullopt));
    REQUIRE(store.set_group(device.tenant, device.id, number % 3 == 0 ? "" : number % 3 == 1 ? "支店" : "Branch"));
    REQUIRE(store.put_plan(device.tenant, {device.id, "updates.check", number % 2 ? PlanState::doing : PlanState::planned,
                                           number % 2 ? std::nullopt : std::optional(at(99)), "田中", at(number)}));
    REQUIRE(store.put_declaration(device.tenant, {device.id, {"q", "設", "yes", "田中", at(0), at(86400)}, std::nullopt}));
    ++number;
  }
  const auto numbered = [](int n) { return protocol::sha256_hex("device " + std::to_string(n)); };
  REQUIRE(store.mark_silent("yamada", {numbered(2), numbered(3), numbered(8), numbered(14), numbered(22)}, at(9)));
  for (int i = 0; i < 12; ++i) {
    REQUIRE(store.add_deed(
        {i % 4 == 3 ? "" : "yamada", at(i / 3), i % 2 ? "田中" : "Suzuki", i % 3 ? "pc.rename" : "pc.rest", "s", "b", std::to_string(i)}));
    REQUIRE(store.put_daily_count("yamada", {at(0) + platform::Days{i / 2}, i % 2 ? "" : "updates", i, 1, 2, 3, 4, 5, 6}));
  }
  REQUIRE(store.put_comment("yamada", {"一言", "田中", at(3)}));
  REQUIRE(store.put_sheet({"yamada", "51234567890", 2, "2026-11-20", "2027-11-20", "counts"}));
  REQUIRE(store.put_feed({"jvn", "https://jvn.jp/", "\"e\"", "m", "{\"注\":1}", at(5), std::nullopt, ""}));
  REQUIRE(store.put_feed({"jpcert", "a", "", "", "", std::nullopt, at(6), "failed: x"}));
  for (const auto state : {BriefingState::refused, BriefingState::approved})
    REQUIRE(store.put_company_briefing({"yamada", state == BriefingState::approved ? "2026-autumn-notices-11" : "2026-autumn-notices-10",
                                        state, state == BriefingState::approved ? "2026-11" : "2026-10", at(7), "sha", "{\"題\":1}", "{}",
                                        at(8), at(9), "田中"}));
  auto& rejudgings = rejudgings_of(store);
  REQUIRE(rejudgings.put_rejudging({"yamada", at(9), "b", 40, 90}));
  REQUIRE(rejudgings.put_rejudging({"yamada", at(9), protocol::sha256_hex("device 2"), 80, 90}));
  REQUIRE(rejudgings.put_rejudging({"sato", at(4), "", 0, 2}));
  REQUIRE(store.put_hub_value("mail", std::string("\0\xFF'\x01", 4)));
  Person person;
  person.id = "p1";
  person.mail = "tanaka@example.jp";
  person.name = "田中";
  person.language = "ja";
  person.created = at(0);
  REQUIRE(store.put_person(person));
  REQUIRE(store.put_membership({"yamada", "p1", Role::administrator, at(0)}));
  REQUIRE(store.commit());
}

Json of(const Device& device) {
  return {device.id, device.tenant, Json::binary({device.label.begin(), device.label.end()}), device.host_name};
}
Json of(const std::string& text) { return text; }
Json of(const Json& json) { return json; }
Json of(const DeviceRule& one) { return {one.device, one.rule, static_cast<int>(one.verdict)}; }
Json of(const KeptFinding& one) {
  return {one.check, one.rule, one.required, static_cast<int>(one.verdict), platform::format_time(one.since), one.form};
}
Json of(const DeviceFinding& one) { return {one.device, Json::binary({one.label.begin(), one.label.end()}), of(one.finding)}; }
Json of(const Change& one) {
  return {platform::format_time(one.at), one.kind, one.subject, one.before, one.after, one.seen_at.has_value()};
}
Json of(const Deed& one) { return {platform::format_time(one.at), one.who, one.what, one.after}; }
Json of(const Plan& one) {
  return {one.device, one.check, static_cast<int>(one.state), one.until.has_value(), one.who, platform::format_time(one.noted)};
}
Json of(const DailyCount& one) { return {platform::format_time(one.day), one.rule, one.pass, one.fail, one.resting}; }
Json of(const MailNote& one) { return {one.tenant, one.recipient, one.kind, one.state, one.tries, platform::format_time(one.created)}; }
Json of(const Comment& one) { return {one.text, one.who, platform::format_time(one.at)}; }
Json of(const CompanySheet& one) { return {one.declaration, one.star, one.declared_on, one.review_on, one.mail_detail}; }
Json of(const KeptFeed& one) {
  return {one.feed, one.address, one.etag, one.modified, one.items, one.good.has_value(), one.tried.has_value(), one.problem};
}
Json of(const CompanyBriefing& one) {
  return {one.tenant,
          one.id,
          static_cast<int>(one.state),
          one.month,
          platform::format_time(one.published),
          one.sha256,
          one.text,
          one.about,
          platform::format_time(one.made),
          one.decided.has_value(),
          one.who};
}
Json of(const Rejudging& one) { return {one.tenant, platform::format_time(one.begun), one.last, one.judged, one.pcs}; }
Json of(const std::optional<Rejudging>& one) { return one ? of(*one) : Json(); }
Json of(const NamedDevice& one) { return {one.device, Json::binary({one.label.begin(), one.label.end()})}; }
Json of(const Cause& one) { return {one.check, one.situation, one.rule, one.pcs}; }
Json of(const std::map<std::string, std::int64_t>& counts) { return counts; }
Json of(const std::pair<std::string, std::int64_t>& one) { return {one.first, one.second}; }
Json of(const JudgedDevice& one) { return {of(one.device), one.verdicts}; }
Json of(const DevicePage& page) {
  Json all = {page.all};
  for (const auto& one : page.devices) all.push_back({of(one.device), one.group});
  return all;
}
Json of(const CheckCounts& counts) {
  Json all = Json::array();
  for (const auto& [check, verdicts] : counts)
    for (const auto& [verdict, devices] : verdicts) all.push_back({check, static_cast<int>(verdict), devices});
  return all;
}
template <class T>
Json of(const std::vector<T>& many) {
  Json all = Json::array();
  for (const auto& one : many) all.push_back(of(one));
  return all;
}

// As hub/contacts.h has it, but for habits: these are `heard`.
Silence silence_of(Store& store, const std::string& tenant, Time unheard_before, Time now, const std::vector<std::string>& heard) {
  Silence silence;
  silence.marked = *store.marked_silent(tenant);
  const auto devices = store.quiet_devices(tenant, unheard_before, now);
  REQUIRE(devices);
  for (const auto& device : *devices) {
    if (device.resting_until && now < *device.resting_until) {
      silence.resting.push_back(device.id);
      if (device.last_receipt && *device.last_receipt > *device.resting_since) silence.in_use.push_back(device.id);
    } else if (std::find(heard.begin(), heard.end(), device.id) == heard.end()) {
      silence.silent.push_back({device.id, device.shown_name()});
    }
  }
  return silence;
}

// Every question, put to one of them.
Json answers(Store& store) {
  Json all = Json::array();
  const auto note = [&](const auto& answer) {
    REQUIRE_MESSAGE(answer, (answer ? "" : answer.error().detail));
    all.push_back(of(*answer));
  };
  const auto devices = *store.devices("yamada");
  const std::vector<std::string> some{devices[1].id, devices[4].id, devices[9].id, "none"};
  for (const auto& tenant : {"yamada", "sato", "nobody"}) {
    for (const std::int64_t before : {-1, 3000, 12000, 900000}) {
      note(store.quiet_devices(tenant, at(before), at(700)));
      for (const auto kind : {DeviceKind::any, DeviceKind::waiting, DeviceKind::silent, DeviceKind::resting})
        for (const auto order : {DeviceOrder::worst, DeviceOrder::name, DeviceOrder::last_heard}) {
          DeviceQuery query;
          query.kind = kind;
          query.order = order;
          query.silence = silence_of(store, tenant, at(before), at(700), before == 3000 ? some : std::vector<std::string>{});
          note(page_of_devices(store, tenant, query));
          query.offset = 2;
          query.limit = 3;
          note(page_of_devices(store, tenant, query));
        }
      for (const auto verdict : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable})
        for (const auto& rule : {"", "updates", "antivirus"}) {
          DeviceQuery query;
          query.verdict = verdict;
          query.rule = rule;
          query.silence = silence_of(store, tenant, at(before), at(700), some);
          note(page_of_devices(store, tenant, query));
          query.order = DeviceOrder::name;
          query.text = "PC";
          note(page_of_devices(store, tenant, query));
        }
    }
    for (const auto* text : {"pc", "PC", "ＰＣ", "ä", "Ä", "%", "_", "host-1", "HOST", "é", "i", "İ", "1\nHOST", "設計"})
      for (const auto& group : {std::optional<std::string>(), std::optional<std::string>(""), std::optional<std::string>("支店")}) {
        DeviceQuery query;
        query.text = text;
        query.group = group;
        note(page_of_devices(store, tenant, query));
        query.order = DeviceOrder::last_heard;
        note(page_of_devices(store, tenant, query));
      }
    note(store.rules_of(tenant, {}));
    note(store.rules_of(tenant, some));
    for (const auto& but : {std::vector<std::string>{}, some}) {
      note(store.causes(tenant, but));
      note(store.catching_up(tenant, but, false, 100));
      note(store.catching_up(tenant, but, true, 2));
    }
    note(store.names_of(tenant, some));
    note(store.states_of(tenant, some));
    note(store.state_counts(tenant));
    const Device* last = nullptr;
    std::vector<JudgedDevice> behind;
    do {
      behind = *store.devices_behind(tenant, last, 4);
      note(platform::Result<std::vector<JudgedDevice>>(behind));
      last = behind.empty() ? nullptr : &behind.back().device;
      note(store.changes(tenant, at(3)));
      for (const std::int64_t newest : {0, 1, 7, 1000}) note(store.rule_changes(tenant, at(3), newest));
    } while (last);
    for (const auto& rule : kRules) {
      for (const auto verdict : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask}) {
        note(store.findings_of_check(tenant, rule + ".check", verdict, 0, 100));
        note(store.findings_of_check(tenant, rule + ".check", verdict, 1, 2));
      }
      note(worst_first(store, tenant, rule + ".check", 2, 3));
      for (const auto* situation : {"", "late", "later"})
        for (const std::int64_t forms : {0, 2, 3}) note(store.findings_of_cause(tenant, rule + ".check", situation, some, 3, forms));
      note(store.devices_asking(tenant, rule + ".check", 2));
      note(store.devices_asking(tenant, rule + ".check", 100));
    }
    note(store.check_counts(tenant));
    note(store.silent_check_counts(tenant));
    note(store.marked_silent(tenant));
    note(store.check_counts_of(tenant, some, ""));
    note(store.check_counts_of(tenant, some, "updates.check"));
    for (const auto& one : devices) {
      note(store.changes_of(tenant, one.id, 3));
      note(store.group(tenant, one.id));
      note(store.plans(tenant, one.id));
    }
    note(store.groups(tenant));
    note(store.plans(tenant, ""));
    note(store.daily_counts(tenant, at(0) + platform::Days{2}));
    note(store.comment(tenant));
    note(store.sheet(tenant));
    note(store.company_briefings(tenant, 9));
    note(store.company_briefings(tenant, 1));
    note(rejudgings_of(store).rejudging(tenant));
    note(rejudgings_of(store).ids_behind(tenant, "", 4));
    note(rejudgings_of(store).ids_behind(tenant, some.front(), 100));
    note(store.devices_waiting(tenant, 2));
    note(store.devices_waiting(tenant, static_cast<std::size_t>(-1)));
    note(store.devices_called(tenant, "b-c", "HOST-2", 9));
    for (const auto& filter : {DeedFilter{"", ""}, DeedFilter{"田中", ""}, DeedFilter{"", "pc.rest"}, DeedFilter{"Suzuki", "pc.rename"}})
      for (const std::size_t skip : {0, 2}) note(store.deeds_matching(tenant, filter, skip, 4));
    note(store.who_did(tenant));
    note(store.what_was_done(tenant));
  }
  note(store.deeds_matching("", {}, 0, 9));
  note(store.hub_value("mail"));
  note(rejudgings_of(store).rejudgings());
  note(store.feeds());
  note(store.feed("jvn"));
  note(store.company_briefing("yamada", "2026-autumn-notices-11"));
  note(store.approved_briefing("yamada", "sha"));
  note(store.recent_mails(3));
  for (const auto& one : devices) note(store.everything_of_device("yamada", one.id));
  note(store.everything_of_person("p1"));
  return all;
}

void compare(const Json& sqlite, const Json& postgres) {
  REQUIRE(sqlite.size() == postgres.size());
  for (std::size_t i = 0; i < sqlite.size(); ++i) {
    CAPTURE(i);
    const auto text = [](const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); };
    CHECK(text(postgres[i]) == text(sqlite[i]));
  }
}

}  // namespace

TEST_CASE("PostgreSQL: every question of the pages is answered as by SQLite, before and after something was erased" ON_POSTGRES) {
  const TemporaryDirectory directory;
  const auto sqlite = *open_store(directory.path() + "/hub.db");
  const Place place, moved_to;
  const auto postgres = place.store();
  for (auto* store : {sqlite.get(), postgres.get()}) fill(*store);
  for (const auto& where : {directory.path() + "/hub.db", place.where()}) {
    auto queue = *open_mail_queue(where);
    for (int i = 0; i < 5; ++i)
      REQUIRE(*queue->add({0, i % 2 ? "yamada" : "sato", std::to_string(i) + "@hub", i == 2 ? "tanaka@example.jp" : "x", "weekly", "text",
                           MailState::waiting, 0, at(0), at(i), std::nullopt}));
  }
  compare(answers(*sqlite), answers(*postgres));
  // And once more where it came by moving.
  const auto moved = move_to_postgres(directory.path() + "/hub.db", moved_to.owner());
  REQUIRE_MESSAGE(moved, (moved ? "" : moved.error().detail));
  for (const char* table : {"plans", "daily_counts", "comments", "sheets", "hub_values", "feeds", "company_briefings", "rejudgings"})
    CHECK_MESSAGE(moved->at(table) > 0, table);
  compare(answers(*sqlite), answers(*moved_to.store()));

  const auto gone = sqlite->devices("yamada")->at(2).id;
  for (auto* store : {sqlite.get(), postgres.get()}) {
    REQUIRE(store->begin());
    REQUIRE(rejudgings_of(*store).put_rejudging({"yamada", at(9), gone, 80, 90}));
    REQUIRE(rejudgings_of(*store).end_rejudging("sato"));
    REQUIRE(store->erase_device("yamada", gone, {"s"}, "…"));
    CHECK(*rejudgings_of(*store).rejudging("yamada") == Rejudging{"yamada", at(9), "", 0, 90});
    REQUIRE(store->erase_person("p1", {"田中", "tanaka@example.jp"}, "田…"));
    CHECK(*store->forget_daily_counts(at(0) + platform::Days{2}, 3) == 3);
    CHECK(store->erase_device("yamada", gone, {}, "…").error().kind == platform::ErrorKind::not_found);
    CHECK(store->erase_person("p1", {}, "…").error().kind == platform::ErrorKind::not_found);
    REQUIRE(store->commit());
    REQUIRE(store->begin());
    Person again;
    again.id = "p1";
    again.mail = "tanaka@example.jp";
    again.name = "田…";
    again.created = at(0);
    REQUIRE(store->put_person(again));
    REQUIRE(store->commit());
  }
  compare(answers(*sqlite), answers(*postgres));
  // Its bytes lie there until the tables are written anew.
  REQUIRE(place.holds(gone));
  const auto overwritten = postgres->overwrite_erased();
  REQUIRE_MESSAGE(overwritten, (overwritten ? "" : overwritten.error().detail));
  CHECK_FALSE(place.holds(gone));
  CHECK(*sqlite->counters("yamada") == *postgres->counters("yamada"));
  CHECK(sqlite->generation("yamada").value() == postgres->generation("yamada").value());
}

}  // namespace gokajo::tests

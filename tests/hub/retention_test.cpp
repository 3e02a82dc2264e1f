// What goes with time, and that nothing else does. The days are those of docs/operations.md, 「What it keeps, and how long」: reports 90
// days, changes of verdicts and texts of mails 13 months (396 days), each day's counts two years (of 366 days), what people did and
// briefings of a company's own three, ended codes 30 days, ended sign-ins at once; the report a PC's state rests on, its verdicts and
// answers stay, of a PC that was removed they go 90 days after its last report.
#include <algorithm>
#include <tuple>

#include "hub/chores.h"
#include "hub/device_change.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::Days, platform::Time;

namespace {

const Time kNow = *platform::parse_time("2027-06-15T02:00:00Z");
constexpr std::chrono::seconds kSecond{1};

std::string table_of(const std::string& row) { return row.substr(0, row.find('\x1f')); }
bool holds(const std::string& row, const std::string& part) { return row.find(part) != std::string::npos; }

struct Kept {
  Office office;
  Store& store = *office.store;
  Chores chores{store};

  template <class Work>
  void write(const Work& work) {
    REQUIRE(store.begin());
    work();
    REQUIRE(store.commit());
  }
  void all_chores(Time now) {
    for (;;) {
      const auto more = chores.step(now);
      REQUIRE_MESSAGE(more, (more ? "" : more.error().detail));
      if (!*more) return;
    }
  }
  // Enrolled, with reports of these moments; the last is what its state rests on.
  void pc(const Pc& pc, const std::vector<Time>& reports) {
    office.enrol(pc);
    std::int64_t seq = 0;
    for (const auto time : reports) office.receipt(pc.report({1, ++seq}, time, content_of_pc("falcon-on", time)), time);
  }
  void note(const Pc& pc) {
    write([&] {
      REQUIRE(store.put_plan("yamada", {pc.id(), "updates.os-supported", PlanState::planned, kNow, "田中", kNow}));
      REQUIRE(store.put_declaration("yamada",
                                    {pc.id(), {"passwords", "", "long-enough", "田中", kNow - Days{200}, kNow + Days{100}}, std::nullopt}));
    });
  }
  bool has_report(const Pc& pc, std::int64_t seq) { return static_cast<bool>(store.report("yamada", pc.id(), {1, seq})); }
  // Reports apart: their bodies may lie in a table of their day.
  std::vector<std::string> rows() const {
    auto rows = office.place.rows();
    std::erase_if(rows, [](const std::string& row) { return table_of(row).starts_with("report"); });
    return rows;
  }
};

}  // namespace

TEST_CASE("each table loses the rows whose days are over, and no other") {
  Kept kept;
  auto& store = kept.store;
  const Pc used, gone, gone_lately;
  const auto reports = kNow - Days{90};
  // Of one that is in use, what its state rests on stays however old it is; of what came before, the days count.
  kept.pc(used, {reports - Days{70}, reports - kSecond, reports, reports + kSecond});
  kept.pc(gone, {reports - Days{2}, reports - kSecond});
  kept.pc(gone_lately, {reports - kSecond, reports});
  for (const auto* pc : {&used, &gone, &gone_lately}) kept.note(*pc);
  const Pc silent;
  kept.pc(silent, {reports - Days{60}});
  kept.all_chores(kNow - std::chrono::hours{1});  // of this day all is judged and counted now

  kept.write([&] {
    for (const auto* pc : {&gone, &gone_lately}) REQUIRE(remove_device(store, kept.office.device(*pc), kNow));
    const auto at_end = [](Time end, const auto& put) {
      put("due-", end - kSecond);
      put("kept-", end);
    };
    at_end(kNow - Days{396}, [&](const std::string& mark, Time time) {
      REQUIRE(store.add_change({"yamada", time, used.id(), "check", mark, "pass", "fail", {}}));
    });
    at_end(kNow - Days{2 * 366}, [&](const std::string& mark, Time time) {
      REQUIRE(store.put_daily_count("yamada", {time, mark + "updates", 1, 0, 0, 0, 0, 0, 0}));
    });
    at_end(kNow - Days{3 * 366}, [&](const std::string& mark, Time time) {
      REQUIRE(store.add_deed({"yamada", time, "田中", "company.set", mark, "", ""}));
      REQUIRE(store.add_deed({"", time, "田中", "hub.mail", mark, "", ""}));
    });
    at_end(kNow - Days{3 * 366}, [&](const std::string& mark, Time time) {
      REQUIRE(store.put_company_briefing(
          {"yamada", mark + "briefing", BriefingState::approved, "2026-11", time, "", "", "", time, time, "田中"}));
    });
    at_end(kNow - Days{30}, [&](const std::string& mark, Time time) {
      REQUIRE(store.add_code({"yamada", 0, mark + "code", CodeKind::install_day, 3, time - Days{3}, time, std::nullopt}));
    });
    REQUIRE(store.put_person({"p1", "tanaka@example.jp", "田中", "ja", "", "", 0, true, kNow - Days{900}}));
    REQUIRE(store.put_membership({"yamada", "p1", Role::owner, kNow - Days{900}}));
    // An ended sign-in opens nothing any more; one that ends in a second still does.
    at_end(kNow + kSecond, [&](const std::string& mark, Time time) {
      REQUIRE(store.put_sign_in({mark + "sign-in", "p1", kNow - Days{1}, kNow - Days{1}, time, "Firefox"}));
      REQUIRE(store.add_key({mark + "key", KeyPurpose::sign_in, "p1", time}));
    });
    // What has no days: as long as the company is there.
    REQUIRE(store.put_declaration("yamada", {"", {"nas", "", "restricted", "田中", kNow - Days{900}, kNow - Days{500}}, std::nullopt}));
    REQUIRE(store.put_comment("yamada", {"来週うかがいます", "佐藤", kNow - Days{900}}));
    REQUIRE(store.put_sheet({"yamada", "50000000001", 1, "2023-01-01", "2024-01-01", ""}));
    REQUIRE(store.put_hub_value("metrics", "x"));
    REQUIRE(store.put_feed({"jvn", "https://jvn.jp/", "", "", "{}", kNow - Days{2000}, kNow - Days{2000}, ""}));
  });
  // Of a mail the text goes, when it was sent stays: the next mails go by that. One that waits is sent first.
  const auto queue = kept.office.place.queue();
  const std::vector<std::tuple<std::string, Time, bool>> mails{
      {"old", kNow - Days{396} - kSecond, true}, {"young", kNow - Days{396}, true}, {"waiting", kNow - Days{900}, false}};
  for (const auto& [name, created, sent] : mails) {
    REQUIRE(*queue->add({0, "yamada", name + "@hub", "owner@example.jp", "weekly", "text-of-" + name, MailState::waiting, 0, created,
                         created, std::nullopt}));
    if (sent) REQUIRE(queue->mark_sent(queue->newest("yamada", 1)->front().id, created));
  }

  auto expected = kept.rows();
  for (auto& row : expected)
    if (const auto text = row.find("text-of-old"); text != std::string::npos)
      row.replace(text, std::string("text-of-old").size(), Place::on_postgres() ? "\"\"" : "");
  const std::vector<std::string> of_a_pc{"contents", "memories", "findings", "finding_forms", "rules", "plans", "declarations"};
  int due = 0;
  std::erase_if(expected, [&](const std::string& row) {
    const bool goes =
        holds(row, "due-") || (holds(row, gone.id()) && std::find(of_a_pc.begin(), of_a_pc.end(), table_of(row)) != of_a_pc.end());
    due += goes ? 1 : 0;
    return goes;
  });
  for (const auto& table : of_a_pc) {
    CAPTURE(table);
    CHECK(std::any_of(expected.begin(), expected.end(),
                      [&](const std::string& row) { return table_of(row) == table && holds(row, gone_lately.id()); }));
  }
  CHECK(due > 20);
  kept.all_chores(kNow - kSecond);
  CHECK(kept.rows().size() == expected.size() + static_cast<std::size_t>(due));  // once an hour is often enough
  kept.all_chores(kNow);
  const auto left = kept.rows();
  const auto told = [](const std::vector<std::string>& rows, const std::vector<std::string>& others) {
    std::string text;
    for (const auto& row : rows)
      if (std::find(others.begin(), others.end(), row) == others.end()) text += row.substr(0, 200) + "\n";
    return text;
  };
  CHECK(told(expected, left) == "");  // what went too much
  CHECK(told(left, expected) == "");  // what stayed too long
  CHECK(left.size() == expected.size());

  CHECK_FALSE(kept.has_report(used, 1));
  CHECK_FALSE(kept.has_report(used, 2));
  CHECK(kept.has_report(used, 3));
  CHECK(kept.has_report(used, 4));
  CHECK(kept.has_report(silent, 1));  // what is said of it rests on that one
  CHECK_FALSE(kept.has_report(gone, 1));
  CHECK_FALSE(kept.has_report(gone, 2));
  CHECK_FALSE(kept.has_report(gone_lately, 1));
  CHECK(kept.has_report(gone_lately, 2));
  CHECK(kept.office.device(gone).standing == Standing::removed);  // that it was here
}

}  // namespace gokajo::tests

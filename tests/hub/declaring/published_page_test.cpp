#include "hub/declaring/page_desk.h"
#include "hub/declaring/to_do.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr const char* kAddress = "https://www.yamada.example.jp/policy.html";
const PolicyTold kTold{"山田太郎", "", "2026-11-27", {PolicyInfo::customers}, {}};

PolicyPaper paper() { return policy_paper("山田工務店", "", kTold); }

FetchFeed answers(const std::string& body) {
  return [body](const FeedRequest&) -> Result<FeedReply> { return FeedReply{false, body, {}, {}}; };
}
FetchFeed fails(ErrorKind kind) {
  return [kind](const FeedRequest&) -> Result<FeedReply> { return Error{kind, "x"}; };
}

// A company with a draft and a published page.
struct PublishedOffice {
  Office office;
  Scene scene{*office.store};
  int asked = 0;
  FetchFeed fetch;

  PublishedOffice() {
    scene.write([&] {
      auto company = *office.store->company("yamada");
      company.name = "山田工務店";
      REQUIRE(office.store->put_company(company));
      REQUIRE(keep_policy(*office.store, company, kept(), kTold, "田中", day(0)));
      REQUIRE(keep_address(*office.store, company, "", kAddress, "田中", day(0)));
    });
    show(policy_html(policy_paper("山田工務店", office.store->company("yamada")->responsible, kTold)));
  }
  void show(const std::string& body) {
    fetch = [this, body](const FeedRequest& request) -> Result<FeedReply> {
      ++asked;
      CHECK(request.address == kAddress);
      CHECK(request.most <= std::size_t{2} << 20U);
      return FeedReply{false, body, {}, {}};
    };
  }
  KeptPolicy kept() { return *kept_policy(*office.store, "yamada"); }
  int round(platform::Time now) {
    const auto looks = look_round(*office.store, now, fetch);
    REQUIRE(looks);
    return *looks;
  }
};

}  // namespace

TEST_CASE("only a name of the Internet over https is asked") {
  for (const char* address : {"https://www.example.jp/policy.html", "https://example.jp", "https://example.mx:443/a?b=c#d",
                              "https://xn--eckwd4c7c.example/%E6%96%B9%E9%87%9D"}) {
    CAPTURE(address);
    CHECK(is_published_address(address));
  }
  for (const std::string address : {"",
                                    "http://www.example.jp/",
                                    "https://",
                                    "https:///x",
                                    "https://localhost/",
                                    "https://fileserver/policy",
                                    "https://127.0.0.1/",
                                    "https://192.168.0.1/x",
                                    "https://[::1]/",
                                    "https://2130706433/",
                                    "https://127.1/",
                                    "https://0x7f.0x1/",
                                    "https://user@example.jp/",
                                    "https://example.jp@192.168.0.1/",
                                    "https://.example.jp/",
                                    "https://example.jp./",
                                    "https://example.jp/方針",
                                    "https://example.jp/a b",
                                    "https://example.jp:8443/",
                                    "https://example.jp:443@x.jp/",
                                    "https://example.jp:/",
                                    "https://example.jp/\r\nHost: x",
                                    "ftp://example.jp/",
                                    "file:///etc/passwd"}) {
    CAPTURE(address);
    CHECK_FALSE(is_published_address(address));
    // And nothing goes out where one is kept all the same.
    int asked = 0;
    const auto outcome = look_at(address, paper(), [&](const FeedRequest&) -> Result<FeedReply> {
      ++asked;
      return FeedReply{};
    });
    CHECK(outcome == Published::refused);
    CHECK(asked == 0);
  }
  CHECK_FALSE(is_published_address("https://example.jp/" + std::string(400, 'a')));
}

TEST_CASE("what an answer means") {
  const auto html = policy_html(paper());
  CHECK(look_at(kAddress, paper(), answers(html)) == Published::there);
  CHECK(look_at(kAddress, paper(), answers("<h1>情報セキュリティ基本方針</h1>山田工務店")) == Published::changed);
  CHECK(look_at(kAddress, paper(), answers("<h1>会社案内</h1>山田工務店")) == Published::missing);
  CHECK(look_at(kAddress, paper(), answers("%PDF-1.5\n\x82\xa0\xff")) == Published::unreadable);
  CHECK(look_at(kAddress, paper(), answers("")) == Published::unreadable);
  CHECK(look_at(kAddress, paper(), fails(ErrorKind::too_large)) == Published::unreadable);
  for (const auto kind : {ErrorKind::failed, ErrorKind::timed_out, ErrorKind::denied})
    CHECK(look_at(kAddress, paper(), fails(kind)) == Published::unreachable);
}

TEST_CASE("what was told is kept with who and when, and changes stand in the record once") {
  PublishedOffice office;
  auto kept = office.kept();
  CHECK(
      (kept.told.signer == "山田太郎" && kept.told.since == "2026-11-27" && kept.told.infos == kTold.infos && kept.told.promises.empty()));
  CHECK((kept.told_by == "田中" && kept.told_at == day(0) && kept.address == kAddress && kept.wanted && !kept.look));
  auto told = kTold;
  told.promises = {PolicyPromise::backup, PolicyPromise::law};
  office.scene.write(
      [&] { REQUIRE(keep_policy(*office.office.store, *office.office.store->company("yamada"), kept, told, "鈴木", day(1))); });
  kept = office.kept();
  CHECK((kept.told.promises == told.promises && kept.told_by == "鈴木" && kept.told_at == day(1)));
  const auto deeds = *office.office.store->deeds_matching("yamada", {"鈴木", "declaring.paper"}, 0, 20);
  REQUIRE(deeds.size() == 1);
  CHECK((deeds[0].subject == "promises" && deeds[0].before.empty() && deeds[0].after == "backup law"));
  // No step is said to be done by it.
  DeclaringFacts facts;
  set_said(*office.office.store->declarations("yamada"), day(1), facts);
  CHECK((facts.counting.empty() && facts.ended.empty()));
}

TEST_CASE("a page is looked at when it is new, a month later, a week later where it was not found, and when a person asks") {
  PublishedOffice office;
  CHECK(office.round(day(0)) == 1);
  CHECK(office.kept().look->outcome == Published::there);
  CHECK_FALSE(office.kept().wanted);
  CHECK(office.round(day(0)) == 0);
  CHECK(office.round(day(29)) == 0);
  CHECK(office.round(day(30)) == 1);
  office.show("<h1>会社案内</h1>");
  const auto want = [&](platform::Time now) {
    office.scene.write([&] { REQUIRE(want_look(*office.office.store, *office.office.store->company("yamada"), "田中", now)); });
  };
  // Not within a minute of the last one, whoever presses the button how often.
  want(day(30));
  CHECK(office.round(day(30) + std::chrono::seconds{59}) == 0);
  CHECK(office.round(day(30) + std::chrono::seconds{60}) == 1);
  CHECK(office.kept().look->outcome == Published::missing);
  CHECK(office.round(day(37)) == 0);
  CHECK(office.round(day(38)) == 1);
  CHECK(office.asked == 4);
  const auto deeds = *office.office.store->deeds_matching("yamada", {"Gokajo", "declaring.looked"}, 0, 20);
  REQUIRE(deeds.size() == 4);
  CHECK((deeds[1].before == "there" && deeds[1].after == "missing" && deeds[1].subject == kAddress));
}

TEST_CASE("another address is looked at anew, and what was seen of the old one says nothing of it") {
  PublishedOffice office;
  CHECK(office.round(day(0)) == 1);
  office.scene.write(
      [&] { REQUIRE(keep_address(*office.office.store, *office.office.store->company("yamada"), kAddress, "", "田中", day(1))); });
  CHECK_FALSE(office.kept().look);
  CHECK(office.round(day(60)) == 0);
}

TEST_CASE("what the page shows ticks the step while it counts; a PDF says nothing, a page that is gone is told of") {
  const auto by = [](const DeclaringFacts& facts) {
    return declaring_to_do(declaring_steps(), facts, "2026-11-27").at(static_cast<std::size_t>(DeclaringStep::policy)).by;
  };
  DeclaringFacts facts;
  facts.looked_on = "2026-11-20";
  for (const auto& [outcome, done, told] :
       std::initializer_list<std::tuple<Published, DoneBy, bool>>{{Published::there, DoneBy::page, false},
                                                                  {Published::changed, DoneBy::page, false},
                                                                  {Published::missing, DoneBy::nobody, true},
                                                                  {Published::unreachable, DoneBy::nobody, true},
                                                                  {Published::unreadable, DoneBy::nobody, false}}) {
    CAPTURE(boost::describe::enum_to_string(outcome, ""));
    facts.published = outcome;
    CHECK(by(facts) == done);
    const auto reminders = declaring_reminders(facts, "2026-11-27");
    REQUIRE(reminders.size() == (told ? 1U : 0U));
    if (told) CHECK((reminders[0].of == DeclaringReminderOf::page && reminders[0].day == "2026-11-20"));
  }
  // A person's word stands beside a page that was not found.
  facts.published = Published::missing;
  facts.counting.emplace(DeclaringStep::policy, SaidDone{"田中", day(0), day(300)});
  CHECK(by(facts) == DoneBy::person);
  CHECK(declaring_reminders(facts, "2026-11-27").size() == 1);
}

}  // namespace gokajo::tests

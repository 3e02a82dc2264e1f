#include "hub/mail/postmaster.h"

#include <doctest/doctest.h>

#include "compliance/finding_form.h"
#include "compliance/pack.h"
#include "hub/kept_finding.h"
#include "hub/owner_confirmation.h"
#include "tests/hub/place.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;
using platform::Time;

namespace {

Time jst(const char* text, int hour, int minute = 0) {
  return *platform::parse_time(text) + std::chrono::hours{hour - 9} + std::chrono::minutes{minute};
}

// One company with one PC, and a hub whose clock a test turns.
struct Office {
  Place place;
  std::unique_ptr<Store> store = place.store();
  std::unique_ptr<MailQueue> queue = place.queue();
  std::unique_ptr<Postmaster> postmaster;
  Device pc;

  explicit Office(std::optional<Mailbox> adviser = std::nullopt) {
    Company company;
    company.id = "yamada";
    company.name = "山田工務店";
    company.owner_name = "山田";
    company.owner_mail = "yamada@example.jp";
    company.person_in_charge = "田中";
    company.stated_devices = 1;
    company.created = jst("2026-11-02", 9);
    pc.tenant = "yamada";
    pc.id = protocol::sha256_hex("pc");
    pc.label = "PC-11 受付";
    pc.standing = Standing::approved;
    pc.enrolled = jst("2026-11-02", 10);
    write([&] {
      REQUIRE(store->put_company(company));
      REQUIRE(store->put_device(pc));
    });
    postmaster =
        std::make_unique<Postmaster>(*store, *queue, PostmasterSettings{{"山田工務店", "gokajo@example.jp"}, {}, std::move(adviser)});
  }

  template <class Work>
  void write(const Work& work) {
    REQUIRE(store->begin());
    work();
    REQUIRE(store->commit());
  }

  // A report with one verdict on antivirus, and passes elsewhere.
  void report(Time at, Verdict antivirus) {
    pc.last_receipt = pc.last_scanned = at;
    compliance::JudgedFinding judged;
    judged.finding.check = "antivirus.active";
    judged.finding.situation = antivirus == Verdict::fail ? "expired" : "active";
    judged.finding.verdict = antivirus;
    judged.rule = "antivirus";
    judged.role = compliance::Role::required;
    std::map<std::string, Verdict> rules = {{"antivirus", antivirus}};
    for (const char* rule : {"updates", "passwords", "sharing", "threats"}) rules[rule] = Verdict::pass;
    write([&] {
      REQUIRE(store->put_device(pc));
      REQUIRE(store->set_verdicts(pc, {kept_finding(judged, at)}, rules, at, at));
    });
  }

  // Lives from one time to another in steps of ten minutes; a report each morning.
  std::vector<std::pair<std::string, Time>> live(Time from, Time until, Verdict antivirus = Verdict::pass) {
    const auto before = *queue->newest("yamada", 1000);
    for (auto now = from; now < until; now += std::chrono::minutes{10}) {
      const auto local = now + std::chrono::hours{9};
      if ((local - std::chrono::floor<platform::Days>(local)) == std::chrono::hours{9}) report(now, antivirus);
      REQUIRE(postmaster->run(now));
    }
    std::vector<std::pair<std::string, Time>> mails;
    const auto all = *queue->newest("yamada", 1000);
    for (auto mail = all.rbegin(); mail != all.rend(); ++mail)
      if (std::none_of(before.begin(), before.end(), [&](const Mail& one) { return one.id == mail->id; }))
        mails.emplace_back(mail->kind.substr(0, mail->kind.find(' ')), mail->created);
    return mails;
  }
  std::string newest_body() { return queue->newest("yamada", 1)->front().body; }
};

// The text part of a mail (hub/mail/message.h writes both parts in base64).
std::string text_in(const std::string& mail) {
  auto at = mail.find("Content-Type: text/plain");
  REQUIRE(at != std::string::npos);
  at = mail.find("\r\n\r\n", at) + 4;
  std::string base64 = mail.substr(at, mail.find("\r\n--", at) - at), text;
  std::erase_if(base64, [](char c) { return c == '\r' || c == '\n'; });
  const auto decoded = platform::base64_decode(base64).value_or("");
  for (const char c : decoded)
    if (c != '\r') text += c;
  return text;
}

using Mails = std::vector<std::pair<std::string, Time>>;

}  // namespace

TEST_CASE("a month of mails: the first a day after the first PC, then each week's first business day at ten, none twice") {
  Office office;
  const auto mails = office.live(jst("2026-11-02", 10), jst("2026-12-02", 0));
  CHECK(mails == Mails{{"first", jst("2026-11-04", 8)},  // 3 November is a holiday
                       {"weekly", jst("2026-11-09", 10)},
                       {"weekly", jst("2026-11-16", 10)},
                       {"weekly", jst("2026-11-24", 10)},
                       {"weekly", jst("2026-11-30", 10)}});
}

TEST_CASE("nobody writes where no PC has reported, or no owner is named") {
  Office office;
  for (auto now = jst("2026-11-02", 10); now < jst("2026-11-20", 0); now += std::chrono::hours{1}) CHECK(*office.postmaster->run(now) == 0);
  office.report(jst("2026-11-20", 9), Verdict::pass);
  auto company = *office.store->company("yamada");
  company.owner_mail.clear();
  office.write([&] { REQUIRE(office.store->put_company(company)); });
  for (auto now = jst("2026-11-20", 10); now < jst("2026-12-20", 0); now += std::chrono::hours{6}) CHECK(*office.postmaster->run(now) == 0);
}

TEST_CASE("a grave change is told once after the second scan, and once more when it is right") {
  Office office;
  office.live(jst("2026-11-02", 10), jst("2026-11-10", 0));
  // One scan is not enough.
  CHECK(office.live(jst("2026-11-10", 8), jst("2026-11-10", 23), Verdict::fail).empty());
  const auto told = office.live(jst("2026-11-11", 8), jst("2026-11-14", 23), Verdict::fail);
  CHECK(told == Mails{{"grave", jst("2026-11-11", 9)}});
  CHECK(office.newest_body().find("Subject: =?UTF-8?B?") != std::string::npos);
  const auto mended = office.live(jst("2026-11-15", 8), jst("2026-11-15", 23));
  CHECK(mended == Mails{{"mended", jst("2026-11-15", 9)}});
  // The same trouble again is another one.
  office.live(jst("2026-11-17", 8), jst("2026-11-17", 23), Verdict::fail);
  CHECK(office.live(jst("2026-11-18", 8), jst("2026-11-18", 23), Verdict::fail) == Mails{{"grave", jst("2026-11-18", 9)}});
}

TEST_CASE("a hub that stood still when the mail was due writes the late one two hours after its start") {
  Office office;
  office.live(jst("2026-11-02", 10), jst("2026-11-19", 18));
  const Stopped stopped{jst("2026-11-19", 18), jst("2026-11-25", 9)};
  office.report(jst("2026-11-25", 9, 30), Verdict::pass);
  CHECK(*office.postmaster->run(jst("2026-11-25", 10, 50), stopped) == 0);
  CHECK(*office.postmaster->run(jst("2026-11-25", 11), stopped) == 1);
  CHECK(*office.postmaster->run(jst("2026-11-25", 12), stopped) == 0);
  const auto mail = office.queue->newest("yamada", 1)->front();
  CHECK(mail.kind == "weekly");
  // 遅れてのお届け stands at the front of the subject: 【Gokajo】遅れてのお届け in base64.
  CHECK(mail.body.find(platform::base64_encode("【Gokajo】遅れてのお届け").substr(0, 40)) != std::string::npos);
}

TEST_CASE("every weekly mail carries the number until it was typed in, and the digest names whose mail nobody confirmed") {
  Office office(Mailbox{"佐藤", "sato@example.jp"});
  const auto text_of = [&](const char* kind) {
    const auto mails = *office.queue->newest("yamada", 100);
    for (const auto& mail : mails)
      if (mail.kind == kind) return text_in(mail.body);
    return std::string();
  };
  const auto company = *office.store->company("yamada");
  const auto code = "■確認番号　" + confirmation_of(company) + "\nこの番号を田中さんに伝えてください。\n";
  office.live(jst("2026-11-02", 12, 10), jst("2026-11-10", 0));
  CHECK(text_of("first").find(code) != std::string::npos);
  CHECK(text_of("weekly").find(code) != std::string::npos);
  CHECK(text_of("digest").find("社長に届いたか未確認") != std::string::npos);
  office.write(
      [&] { REQUIRE(*confirm_owner(*office.store, "yamada", confirmation_of(company), jst("2026-11-10", 9)) == Confirmation::confirmed); });
  office.live(jst("2026-11-10", 10), jst("2026-11-17", 0));
  CHECK(text_of("weekly").find("確認番号") == std::string::npos);
  CHECK(text_of("digest").find("未確認") == std::string::npos);
}

TEST_CASE("the link is asked for before each weekly mail, and stands in it only while it verifies") {
  Office office;
  std::vector<Time> asked;
  std::string link;
  PostmasterSettings settings{{"山田工務店", "gokajo@example.jp"}, {}, {}};
  settings.link = [&](Time now) {
    asked.push_back(now);
    return link;
  };
  office.postmaster = std::make_unique<Postmaster>(*office.store, *office.queue, settings);
  office.live(jst("2026-11-02", 10), jst("2026-11-10", 0));
  CHECK(asked == std::vector<Time>{jst("2026-11-09", 10)});
  CHECK(text_in(office.newest_body()).find("http") == std::string::npos);
  link = "https://hub.example.jp/";
  office.live(jst("2026-11-10", 10), jst("2026-11-17", 0));
  CHECK(asked.size() == 2);
  CHECK(text_in(office.newest_body()).find("\nhttps://hub.example.jp/\n") != std::string::npos);
}

TEST_CASE("the company's own days off are no business days, for every mail and for the day by which PCs are told of as silent") {
  Office office;
  auto company = *office.store->company("yamada");
  // The Wednesday of the first mail, the Monday of the second week, and the days behind an outage.
  company.closed_days = {"2026-11-04", "2026-11-09", "2026-11-27", "2026-11-30"};
  office.write([&] { REQUIRE(office.store->put_company(company)); });
  CHECK(office.live(jst("2026-11-02", 10), jst("2026-11-19", 18)) ==
        Mails{{"first", jst("2026-11-05", 8)}, {"weekly", jst("2026-11-10", 10)}, {"weekly", jst("2026-11-16", 10)}});
  const Stopped stopped{jst("2026-11-19", 18), jst("2026-11-25", 9)};
  REQUIRE(*office.postmaster->run(jst("2026-11-25", 11), stopped) == 1);
  // Two days on is the 27th, a day off, then a weekend, then the 30th, another one.
  CHECK(text_in(office.newest_body()).find("12月1日までに届かなければ") != std::string::npos);
}

TEST_CASE("the adviser's digest goes with the week") {
  Office office(Mailbox{"佐藤", "sato@example.jp"});
  const auto mails = office.live(jst("2026-11-02", 12, 10), jst("2026-11-17", 0));
  CHECK(mails == Mails{{"first", jst("2026-11-04", 8)},
                       {"weekly", jst("2026-11-09", 10)},
                       {"digest", jst("2026-11-09", 10)},
                       {"weekly", jst("2026-11-16", 10)},
                       {"digest", jst("2026-11-16", 10)}});
}

}  // namespace gokajo::tests

#include "hub/feeds/reading.h"

#include <deque>
#include <fstream>
#include <sstream>

#include "compliance/briefing.h"
#include "hub/feeds/desk.h"
#include "hub/feeds/proposal.h"
#include "platform/json_form.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

std::string file(const char* name) {
  std::ifstream in(std::string(GOKAJO_SOURCE_DIR "/tests/data/feeds/") + name, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

// A publisher that answers what it is told to, and remembers what it was asked.
struct Publisher {
  std::deque<Result<FeedReply>> answers;
  std::vector<FeedRequest> asked;
  FetchFeed fetch() {
    return [this](const FeedRequest& request) -> Result<FeedReply> {
      asked.push_back(request);
      if (answers.empty()) return Error{ErrorKind::failed, "nothing to say"};
      auto answer = std::move(answers.front());
      answers.pop_front();
      return answer;
    };
  }
};

// Only JPCERT/CC's is read.
FeedSettings only(const std::string& id) {
  FeedSettings settings;
  settings.read = true;
  for (const auto& feed : public_feeds())
    if (feed.id != id) settings.addresses[feed.id] = "";
  return settings;
}

FeedReply good() { return {false, file("rss1.rdf"), "\"one\"", "Thu, 12 Nov 2026 00:00:00 GMT"}; }

constexpr std::int64_t kHour = 3600, kDay = 86400;

}  // namespace

TEST_CASE("a feed is asked at most twice a day, conditionally, and what was good stays through everything") {
  Office office;
  Publisher publisher;
  FeedReading reading(*office.store, only("jpcert"), publisher.fetch());
  REQUIRE(reading.begin());
  const auto row = [&] { return *office.store->feed("jpcert"); };
  publisher.answers.emplace_back(good());
  CHECK(*reading.step(at(0)));
  CHECK_FALSE(*reading.step(at(0)));
  CHECK_FALSE(*reading.step(at(12 * kHour - 1)));
  REQUIRE(publisher.asked.size() == 1);
  CHECK(publisher.asked[0].etag.empty());
  CHECK(publisher.asked[0].most == kMaxFeedBytes);
  const auto kept = row();
  CHECK(kept.good == at(0));
  CHECK(kept.problem.empty());
  CHECK(read_notices(kept.items)->notices.size() == 2);

  publisher.answers.emplace_back(FeedReply{true, {}, {}, {}});
  CHECK(*reading.step(at(12 * kHour)));
  CHECK(publisher.asked[1].etag == "\"one\"");
  CHECK(publisher.asked[1].modified == "Thu, 12 Nov 2026 00:00:00 GMT");
  CHECK(row().good == at(12 * kHour));
  CHECK(row().items == kept.items);

  const std::pair<Result<FeedReply>, const char*> troubles[] = {
      {Error{ErrorKind::timed_out, "t"}, "timed_out: t"},
      {Error{ErrorKind::failed, "HTTP 500"}, "failed: HTTP 500"},
      {Error{ErrorKind::denied, "d"}, "denied: d"},
      {Error{ErrorKind::too_large, "l"}, "too_large: l"},
      {FeedReply{false, good().body.substr(0, 900), "\"two\"", ""}, "malformed: line "},
      {FeedReply{false, "<!DOCTYPE a><rdf:RDF/>", "\"two\"", ""}, "malformed: line 1: a document type"},
      {FeedReply{false, "<html>sign in</html>", "\"two\"", ""}, "malformed: line 1: expected"},
      {FeedReply{false, "<rdf:RDF></rdf:RDF>", "\"two\"", ""}, "malformed: no entry"},
      {FeedReply{false, "", "", ""}, "malformed: "},
  };
  std::int64_t hours = 12;
  for (const auto& [answer, problem] : troubles) {
    CAPTURE(problem);
    publisher.answers.push_back(answer);
    hours += 12;
    CHECK(*reading.step(at(hours * kHour)));
    CHECK_MESSAGE(row().problem.starts_with(problem), row().problem);
    CHECK(row().good == at(12 * kHour));
    CHECK(row().items == kept.items);
    CHECK(row().etag == "\"one\"");
    CHECK(publisher.asked.back().etag == "\"one\"");
  }
  // A clock that went back must not keep it waiting.
  publisher.answers.emplace_back(good());
  CHECK(*reading.step(at(0)));
  CHECK(row().problem.empty());
}

TEST_CASE("what another address gave is asked for anew; a feed that is not read any more says nothing of its age") {
  Office office;
  Publisher publisher;
  publisher.answers.emplace_back(good());
  auto settings = only("jpcert");
  FeedReading first(*office.store, settings, publisher.fetch());
  CHECK(*first.step(at(0)));
  settings.addresses["jpcert"] = "https://mirror.example.jp/jpcert.rdf";
  FeedReading second(*office.store, settings, publisher.fetch());
  CHECK(*second.step(at(kDay)));
  CHECK(publisher.asked.back().address == "https://mirror.example.jp/jpcert.rdf");
  CHECK(publisher.asked.back().etag.empty());
  CHECK(office.store->feed("jpcert")->good == at(0));  // nothing came from there
  CHECK(old_feeds(*office.store->feeds(), at(30 * kDay)).size() == 1);
  FeedReading none(*office.store, {}, publisher.fetch());
  REQUIRE(none.begin());
  CHECK_FALSE(*none.step(at(30 * kDay)));
  CHECK(old_feeds(*office.store->feeds(), at(30 * kDay)).empty());
}

TEST_CASE("a copy older than a week is told with its age and why, one that never came at once") {
  const KeptFeed kept{"jpcert", "a", "", "", "", at(0), at(6 * kDay), "timed_out: x"};
  CHECK(old_feeds({kept}, at(7 * kDay - 1)).empty());
  const auto old = old_feeds({kept}, at(7 * kDay));
  REQUIRE(old.size() == 1);
  CHECK(old.front().good == at(0));
  CHECK(old.front().why == "timed_out");
  CHECK(words_of_feed_problem(old.front().why).ja == "相手が時間内に答えませんでした");
  CHECK(words_of_feed_problem("no such kind").en == words_of_feed_problem("failed").en);
  const KeptFeed never{"jvn", "", "", "", "", std::nullopt, at(0), "failed: x"};
  CHECK_FALSE(old_feeds({never}, at(1)).front().good);
}

TEST_CASE("one round reads each feed once and proposes one briefing a month, of programs the company has") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  auto content = content_of_pc("office-plain", at(0));
  (void)office.receipt(pc.report({1, 1}, at(0), content));
  Publisher publisher;
  publisher.answers.emplace_back(good());
  FeedReading reading(*office.store, only("jpcert"), publisher.fetch());
  LookedThrough looked;
  auto round = feed_round(*office.store, reading, looked, at(0), false);
  REQUIRE_MESSAGE(round, (round ? "" : round.error().detail));
  CHECK(round->feeds == 1);
  CHECK(round->proposals == 1);
  round = feed_round(*office.store, reading, looked, at(60), false);
  CHECK(round->feeds == 0);
  CHECK(round->proposals == 0);
  const auto kept = *office.store->company_briefings("yamada", 9);
  REQUIRE(kept.size() == 1);
  CHECK(kept.front().id == "2026-autumn-notices-11");
  CHECK(kept.front().state == BriefingState::proposed);
  CHECK(kept.front().month == "2026-11");
  const auto whole = *office.store->company_briefing("yamada", kept.front().id);
  const auto briefing = compliance::read_briefing(whole.text);
  REQUIRE_MESSAGE(briefing, (briefing ? "" : briefing.error().detail));
  CHECK(fault_of_texts(*briefing).empty());
  CHECK(briefing->questions.size() == 3);
  CHECK(briefing->sources.front().url == "https://www.jpcert.or.jp/at/2026/at269901.html");
  CHECK(whole.text.find('{' + std::string("programs")) == std::string::npos);
  // A month later it gives way to the next.
  publisher.answers.emplace_back(FeedReply{true, {}, {}, {}});
  CHECK(feed_round(*office.store, reading, looked, at(10 * kDay), false)->proposals == 1);
  CHECK(office.store->company_briefing("yamada", kept.front().id)->state == BriefingState::refused);
  CHECK(office.store->company_briefing("yamada", kept.front().id)->who.empty());
  // Whoever asks for it before a person approved it gets nothing, and settings do not name it.
  CHECK(office.store->approved_briefing("yamada", whole.sha256).error().kind == ErrorKind::not_found);
}

TEST_CASE("a proposal names programs and links; of a notice's text nothing but its title stands there") {
  const auto now = *platform::parse_time("2026-11-20");
  Notice notice;
  notice.title = "Adobe Acrobat {programs} {exploited} の問題";
  notice.link = "https://jvn.jp/1";
  notice.published = now;
  notice.exploited = true;
  Programs programs;
  programs.programs["adobe acrobat"] = {"Adobe Acrobat", 4};
  programs.pcs = 4;
  const auto proposal = propose("2026-12", {notice}, programs, now);
  REQUIRE(proposal);
  CHECK(proposal->briefing.id == "2026-winter-notices-12");
  CHECK(proposal->briefing.title.ja == "Adobe Acrobat・Readerの更新を確かめましょう");
  CHECK(proposal->briefing.what_happens.ja.find("すでに攻撃に使われている") != std::string::npos);
  CHECK(proposal->briefing.sources.front().title == notice.title);
  CHECK(proposal->reasons.products.front().pcs == 4);
  const auto text = write_briefing(proposal->briefing);
  const auto json = platform::Json::parse(text);
  CHECK(json.at("published") == "2026-11-20");
  CHECK(compliance::read_briefing(text));
  auto without = *proposal;
  without.briefing.sources.clear();
  const auto ours = write_briefing(without.briefing);
  CHECK(ours.find("の問題") == std::string::npos);
  CHECK(ours.find('{' + std::string("p")) == std::string::npos);
  CHECK(read_reasons(write_reasons(proposal->reasons))->products.size() == 1);
  // Nothing fits: the alerts to everybody; nothing at all: no proposal.
  CHECK_FALSE(propose("2026-12", {notice}, Programs{}, now));
  notice.alert = true;
  const auto general = propose("2026-12", {notice}, Programs{}, now);
  REQUIRE(general);
  CHECK(general->reasons.kind == "general");
  CHECK(general->briefing.what_happens.ja.find("見つかりませんでした") != std::string::npos);
  CHECK(propose("2026-12", {notice}, std::nullopt, now)->briefing.what_happens.ja.find("調べていません") != std::string::npos);
  CHECK_FALSE(propose("2026-12", {}, programs, now));
}

TEST_CASE("months are the company's, and have their season's name") {
  CHECK(month_of(*platform::parse_time("2026-11-30T15:00:00Z"), 540) == "2026-12");
  CHECK(month_of(*platform::parse_time("2026-11-30T14:59:59Z"), 540) == "2026-11");
  CHECK(proposal_id("2027-02") == "2027-winter-notices-02");
  CHECK(proposal_id("2027-03") == "2027-spring-notices-03");
  CHECK(proposal_id("2027-06") == "2027-summer-notices-06");
  CHECK(proposal_id("2027-09") == "2027-autumn-notices-09");
}

}  // namespace gokajo::tests

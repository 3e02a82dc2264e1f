#include "agent/uplink.h"

#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>

#include <doctest/doctest.h>

#include "agent/handed_out.h"
#include "agent/hub_request.h"
#include "protocol/body.h"
#include "protocol/wishes.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using platform::Error, platform::ErrorKind, platform::Result;
using protocol::DeviceKey, protocol::Position, protocol::Problem, protocol::ProblemKind, protocol::Receipt;
using namespace std::chrono_literals;

namespace {

// A hub: answers from a list, or by a rule; verifies every signature.
class FakeHub : public HttpClient {
 public:
  explicit FakeHub(const DeviceKey& key) : key_(key) {}

  Result<HttpReply> send(const HttpRequest& request) override {
    requests.push_back(request);
    protocol::RequestHead head{request.method, request.path, key_.id(), {}, protocol::sha256_hex(request.body)};
    std::string signature;
    for (const auto& line : request.headers) {
      const auto value = line.substr(line.find(": ") + 2);
      if (line.starts_with("Gokajo-Epoch:")) head.position.epoch = std::stoll(value);
      if (line.starts_with("Gokajo-Seq:")) head.position.seq = std::stoll(value);
      if (line.starts_with("Gokajo-Signature:")) signature = value;
      if (line.starts_with("Gokajo-Device:")) CHECK(value == key_.id());
    }
    CHECK(protocol::verify_request(head, signature, key_.public_key()));
    if (request.path == "/v1/settings") return HttpReply{settings_status, settings, {}};
    if (request.path == protocol::kWishesPath) {
      ++asked;
      if (unreachable) return Error{ErrorKind::timed_out, "no network"};
      return HttpReply{wishes_status, wishes, {}};
    }
    if (request.method == "GET") return handed_out.contains(request.path) ? handed_out.at(request.path) : HttpReply{503, "", {}};
    if (!answers.empty()) {
      auto answer = std::move(answers.front());
      answers.pop_front();
      return answer;
    }
    auto receipt = receipt_for(head);
    receipt.settings_sha256 = settings_sha256;
    receipt.scan_wanted = scan_wanted;
    if (wants_full) receipt.wants_full = true;
    arrived.push_back(head.position.seq);
    return HttpReply{200, protocol::write_receipt(receipt), {}};
  }

  Receipt receipt_for(const protocol::RequestHead& head) const {
    Receipt receipt;
    receipt.device = head.device;
    receipt.epoch = head.position.epoch;
    receipt.seq = head.position.seq;
    receipt.body_sha256 = head.body_sha256;
    return receipt;
  }

  void says(ProblemKind kind, std::optional<std::chrono::seconds> retry_after = {}) {
    answers.emplace_back(
        HttpReply{protocol::status_of(kind), protocol::write_problem({protocol::kProblemFormat, kind, "a test"}), retry_after});
  }

  std::deque<Result<HttpReply>> answers;
  std::vector<HttpRequest> requests;
  std::vector<std::int64_t> arrived;
  std::map<std::string, HttpReply> handed_out;  // by path
  std::string settings;
  int settings_status = 200;
  std::string wishes = protocol::write_wishes({});
  int wishes_status = 200;
  bool unreachable = false;  ///< for wishes
  int asked = 0;             ///< for wishes
  std::optional<std::string> settings_sha256;
  std::optional<platform::Time> scan_wanted;
  bool wants_full = false;

 private:
  const DeviceKey& key_;
};

struct Pc {
  explicit Pc(std::string where) : directory(std::move(where)) {
    REQUIRE(Sequence::begin(directory + "/sequence.json", 2));
    start_again();
  }

  void start_again() {
    uplink.reset();
    outbox.reset();
    spool = std::make_unique<Spool>(std::move(*Spool::open(directory + "/spool")));
    sequence = std::make_unique<Sequence>(std::move(*Sequence::open(directory + "/sequence.json")));
    outbox = std::make_unique<Outbox>(Outbox::open(directory, key.id(), *spool, *sequence));
    uplink = std::make_unique<Uplink>(
        directory, Uplink::Parts{key, sequence->epoch(), *spool, *outbox, hub, clock, [this] { return random; }, [] { return true; }});
  }

  void report(int count = 1) {
    for (int i = 0; i < count; ++i)
      REQUIRE(
          spool->add(*sequence->next(), SpoolKind::change, "report " + std::to_string(i) + " " + std::to_string(spool->waiting().size())));
  }

  std::string directory;
  DeviceKey key = DeviceKey::make();
  FakeHub hub{key};
  FakeClock clock;
  double random = 1.0;
  std::unique_ptr<Spool> spool;
  std::unique_ptr<Sequence> sequence;
  std::unique_ptr<Outbox> outbox;
  std::unique_ptr<Uplink> uplink;
};

std::string some_settings(const char* schedule = "daily", const char* pack = "5kajo") {
  protocol::Settings settings;
  settings.company = "山田工務店";
  settings.pack = pack;
  settings.schedule = schedule;
  return protocol::write_settings(settings);
}

}  // namespace

TEST_CASE("what waits is sent oldest first, and leaves for its receipt only") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  CHECK(pc.uplink->step().receipted == 0);
  CHECK(pc.hub.requests.empty());
  pc.report(3);
  CHECK(pc.uplink->step().receipted == 3);
  CHECK(pc.hub.arrived == std::vector<std::int64_t>{1, 2, 3});
  CHECK(pc.spool->waiting().empty());
  CHECK(pc.uplink->record().contact == HubContact::well);
  std::ifstream sent(place.path() + "/last-sent.report");
  CHECK(std::string(std::istreambuf_iterator<char>(sent), {}) == pc.hub.requests.back().body);
}

TEST_CASE("whatever is no receipt for these bytes removes nothing") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report(2);
  const auto body = *pc.spool->read(pc.spool->waiting().front().position);
  const protocol::RequestHead head{"POST", "/v1/reports", pc.key.id(), {2, 1}, protocol::sha256_hex(body)};
  std::vector<HttpReply> others = {
      {200, "", {}},
      {200, "<html>Please log in</html>", {}},
      {200, "{}", {}},
      {204, "", {}},
      {302, "", {}},
      {500, "oops", {}},
      {502, "<html>", {}},
      {404, "", {}},
      {400, "<html>Bad Request</html>", {}},
      {413, "{\"error\": \"too large\"}", {}},
      {401, protocol::write_problem({protocol::kProblemFormat, ProblemKind::malformed, "another status"}), {}},
      {400, protocol::write_problem({protocol::kProblemFormat, ProblemKind::too_large, "another status"}), {}}};
  for (const auto change : {0, 1, 2, 3, 4}) {
    auto receipt = pc.hub.receipt_for(head);
    if (change == 0) receipt.device = protocol::sha256_hex("another device");
    if (change == 1) receipt.epoch = 1;
    if (change == 2) receipt.seq = 2;
    if (change == 3) receipt.body_sha256 = protocol::sha256_hex("other bytes");
    if (change == 4) receipt.format = "gokajo-receipt/2";
    others.push_back({200, protocol::write_receipt(receipt), {}});
  }
  auto whole = protocol::write_receipt(pc.hub.receipt_for(head));
  others.push_back({200, whole.substr(0, whole.size() / 2), {}});
  others.push_back({201, whole, {}});
  for (const auto& reply : others) {
    CAPTURE(reply.body);
    CAPTURE(reply.status);
    pc.hub.answers.emplace_back(reply);
    CHECK(pc.uplink->step().receipted == 0);
    CHECK(pc.spool->waiting().size() == 2);
    CHECK(pc.uplink->left_alone() > 0ms);
    pc.clock.pass(1h);
  }
  CHECK(pc.spool->discarded().empty());
  CHECK(pc.hub.arrived.empty());
  CHECK(pc.uplink->step().receipted == 2);
}

TEST_CASE("a report the hub cannot read is counted and set aside; the others arrive") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report(100);
  pc.hub.says(ProblemKind::malformed);
  pc.hub.says(ProblemKind::too_large);
  CHECK(pc.uplink->step().receipted == 98);
  CHECK(pc.spool->discarded() == std::map<std::string, std::int64_t>{{"refused", 2}});
  CHECK(std::distance(std::filesystem::directory_iterator(place.path() + "/spool/quarantine"), {}) == 2);
}

TEST_CASE("waits double up to an hour, are random below that, survive restarts, and a hub that answers ends them") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report();
  std::chrono::milliseconds expected = 5s;
  for (int failure = 0; failure < 15; ++failure) {
    CAPTURE(failure);
    pc.hub.answers.emplace_back(Error{ErrorKind::failed, "no route"});
    pc.uplink->step();
    CHECK(pc.uplink->left_alone() == expected);
    const auto asked = pc.hub.requests.size();
    pc.clock.pass(expected - 1s);
    if (failure % 2) pc.start_again();
    pc.uplink->step();
    CHECK(pc.hub.requests.size() == asked);
    pc.clock.pass(1s);
    expected = std::min<std::chrono::milliseconds>(expected * 2, 1h);
  }
  CHECK(pc.uplink->record().contact == HubContact::unreachable);
  CHECK(pc.uplink->step().receipted == 1);
  CHECK(pc.uplink->left_alone() == 0ms);
  pc.report();
  pc.random = 0.5;
  pc.hub.answers.emplace_back(Error{ErrorKind::failed, "no route"});
  pc.uplink->step();
  CHECK(pc.uplink->left_alone() == 2500ms);
  pc.clock.pass(1h);
  pc.random = 0.0;
  pc.hub.answers.emplace_back(Error{ErrorKind::failed, "no route"});
  pc.uplink->step();
  CHECK(pc.uplink->left_alone() == 1s);
}

TEST_CASE("a clock set by a year neither ends a wait nor makes it longer") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report();
  for (const auto jump : {24h * 366, -24h * 366}) {
    pc.hub.says(ProblemKind::refused);
    pc.uplink->step();
    REQUIRE(pc.uplink->left_alone() == 1h);
    pc.clock.moment.wall += jump;
    CHECK(pc.uplink->left_alone() == 1h);
    pc.start_again();
    CHECK(pc.uplink->left_alone() == 1h);
    // The PC starts anew with that clock: at most the wait once more, counted by the clock that cannot be set.
    pc.clock.moment.start += "x";
    pc.clock.moment.since_start = 1min;
    pc.start_again();
    CHECK(pc.uplink->left_alone() <= 1h);
    pc.clock.moment.wall -= 24h * 700;
    pc.clock.moment.since_start += 1h;
    CHECK(pc.uplink->left_alone() == 0ms);
    pc.clock.moment.wall += 24h * 700 - jump + 1h;
  }
}

TEST_CASE("Retry-After is followed between a second and a day; another's than a hub's for an hour at most") {
  struct Row {
    std::optional<std::chrono::seconds> said;
    bool hub;
    std::chrono::milliseconds wait;
  };
  for (const Row& row : std::vector<Row>{{0s, true, 1s},
                                         {1s, true, 1s},
                                         {600s, true, 600s},
                                         {99999999s, true, 24h},
                                         {{}, true, 5s},
                                         {600s, false, 600s},
                                         {24h, false, 1h},
                                         {{}, false, 5s}}) {
    const TemporaryDirectory place;
    Pc pc(place.path());
    pc.report();
    if (row.hub)
      pc.hub.says(ProblemKind::busy, row.said);
    else
      pc.hub.answers.emplace_back(HttpReply{503, "<html>", row.said});
    pc.uplink->step();
    CHECK(pc.uplink->left_alone() == row.wait);
    CHECK(pc.spool->waiting().size() == 1);
  }
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report();
  pc.hub.says(ProblemKind::busy, 60s);
  auto& answer = *pc.hub.answers.front();
  answer.status = 429;
  pc.uplink->step();
  CHECK(pc.uplink->left_alone() == 60s);
}

TEST_CASE("refused and newer keep everything and try once an hour") {
  for (const auto kind : {ProblemKind::refused, ProblemKind::newer, ProblemKind::not_found}) {
    const TemporaryDirectory place;
    Pc pc(place.path());
    pc.report(3);
    for (int hour = 0; hour < 5; ++hour) {
      pc.hub.says(kind);
      pc.uplink->step();
      CHECK(pc.uplink->left_alone() == 1h);
      pc.clock.pass(1h);
    }
    CHECK(pc.hub.requests.size() == 5);
    CHECK(pc.uplink->step().receipted == 3);
  }
}

TEST_CASE("a device that was removed sends no report, asks once an hour, and goes on when it is put back") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report(2);
  pc.hub.says(ProblemKind::removed);
  pc.uplink->step();
  CHECK(pc.uplink->record().contact == HubContact::removed);
  pc.hub.settings_status = 403;
  for (int hour = 0; hour < 5; ++hour) {
    pc.clock.pass(1h);
    if (hour == 2) pc.start_again();
    pc.uplink->step();
    CHECK(pc.uplink->left_alone() == 1h);
  }
  CHECK(pc.hub.requests.size() == 1 + 5);
  for (std::size_t i = 1; i < pc.hub.requests.size(); ++i) CHECK(pc.hub.requests[i].body.empty());
  pc.hub.settings_status = 200;
  pc.hub.settings = some_settings();
  pc.clock.pass(1h);
  CHECK(pc.uplink->step().receipted == 2);
}

TEST_CASE("a number that was used needs a new enrolment; afterwards only that report is given up") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report(3);
  pc.hub.says(ProblemKind::number_used);
  pc.uplink->step();
  pc.clock.pass(24h * 30);
  pc.uplink->step();
  pc.start_again();
  pc.uplink->step();
  CHECK(pc.hub.requests.size() == 1);
  CHECK(pc.spool->waiting().size() == 3);
  REQUIRE(Sequence::begin(place.path() + "/sequence.json", 3));
  pc.start_again();
  pc.report();
  pc.hub.says(ProblemKind::number_used);
  CHECK(pc.uplink->step().receipted == 3);
  CHECK(pc.spool->discarded() == std::map<std::string, std::int64_t>{{"number_used", 1}});
}

TEST_CASE("settings are fetched when they are others, and what does not read leaves those there were") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  const auto settings = some_settings();
  pc.hub.settings = settings;
  pc.hub.settings_sha256 = protocol::sha256_hex(settings);
  pc.report();
  CHECK(pc.uplink->step().settings_changed);
  CHECK(read_hub_settings(place.path())->company == "山田工務店");
  const auto asked = pc.hub.requests.size();
  pc.start_again();
  pc.report(2);
  CHECK_FALSE(pc.uplink->step().settings_changed);
  CHECK(pc.hub.requests.size() == asked + 2);
  for (const auto& bad :
       {std::string("{}"), std::string("<html>"), some_settings("0 4 * * *"), some_settings("daily", "a pack of later")}) {
    pc.hub.settings = bad;
    pc.hub.settings_sha256 = protocol::sha256_hex(bad);
    pc.report(3);
    const auto before = pc.hub.requests.size();
    CHECK_FALSE(pc.uplink->step().settings_changed);
    CHECK(pc.hub.requests.size() == before + 3 + 1);  // asked for once
    CHECK(read_hub_settings(place.path())->schedule == "daily");
  }
  pc.hub.settings = some_settings("every 4h");
  pc.hub.settings_sha256 = protocol::sha256_hex(pc.hub.settings);
  pc.report();
  CHECK(pc.uplink->step().settings_changed);
  CHECK(read_hub_settings(place.path())->schedule == "every 4h");
}

TEST_CASE("what settings name is fetched once, by a signed request; what is not what they named is refused, and what there was stays") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  auto pack = *compliance::built_in_pack_alone("5kajo");
  auto briefing = compliance::built_in_briefings().front();
  briefing.id = "2027-spring-parcel";
  protocol::Settings settings;
  settings.pack = "5kajo";
  settings.schedule = "daily";
  // Names these bytes and hands them out; says which requests that makes.
  const auto hand_out = [&](const std::string& version, const std::string& bytes, const std::string& reply) {
    settings.packs = {{"5kajo", version, protocol::sha256_hex(bytes)}};
    pc.hub.handed_out = {{protocol::handed_out_path(protocol::HandedOut::pack, protocol::sha256_hex(bytes)), HttpReply{200, reply, {}}}};
    if (settings.briefings) {
      const auto text = platform::to_form(briefing).dump();
      pc.hub.handed_out[protocol::handed_out_path(protocol::HandedOut::briefing, protocol::sha256_hex(text))] = HttpReply{200, text, {}};
    }
    pc.hub.settings = protocol::write_settings(settings);
    pc.hub.settings_sha256 = protocol::sha256_hex(pc.hub.settings);
    pc.report();
    return pc.uplink->step().handed_out;
  };
  const auto version = [&] { return pack_in_force(place.path(), "5kajo")->version; };
  const auto written = [&](const std::string& of_version, const char* check = nullptr) {
    auto one = pack;
    one.version = of_version;
    if (check) one.extras.front().check = check;
    return platform::to_form(one).dump();
  };
  settings.briefings = {{briefing.id, briefing.published, protocol::sha256_hex(platform::to_form(briefing).dump())}};
  const auto first = written("2027.1");
  CHECK(hand_out("2027.1", first, first) ==
        std::vector<std::string>{"taken from the hub: pack 5kajo 2027.1", "taken from the hub: briefing 2027-spring-parcel of " +
                                                                              platform::format_time(briefing.published).substr(0, 10)});
  CHECK(version() == "2027.1");
  CHECK(all_briefings(place.path()).size() == compliance::built_in_briefings().size() + 1);
  const auto asked = pc.hub.requests.size();
  pc.start_again();
  pc.report();
  CHECK(pc.uplink->step().handed_out.empty());
  CHECK(pc.hub.requests.size() == asked + 1);  // the report alone
  const auto second = written("2027.2");
  const auto unknown = written("2027.3", "no.such-check");
  struct Row {
    std::string version, named, reply;
    const char* expected;
  };
  const Row rows[] = {
      {"2027.2", second, first, "another SHA-256 than the hub named"},
      {"2027.2", second + " ", "<html>Please log in</html>", "another SHA-256 than the hub named"},
      {"2027.3", second.substr(0, 5000), second.substr(0, 5000), "pack 5kajo 2027.3: "},
      {"2027.3", unknown, unknown, "extras[0]: no check \"no.such-check\" in this version"},
      {"2027.4", std::string(compliance::kMaxPackBytes + 1, ' '), std::string(compliance::kMaxPackBytes + 1, ' '), "bytes"},
      {"2026.12.1", written("2026.12.1"), written("2026.12.1"), "older than what this PC has (2027.1), and is left"},
  };
  for (const Row& row : rows) {
    const auto told = hand_out(row.version, row.named, row.reply);
    CAPTURE(row.version);
    REQUIRE(told.size() == 1);
    CHECK_MESSAGE(told.front().find(row.expected) != std::string::npos, told.front());
    CHECK(version() == "2027.1");
    const auto before = pc.hub.requests.size();
    pc.report();
    CHECK(pc.uplink->step().handed_out.empty());  // not asked for again
    CHECK(pc.hub.requests.size() == before + 1);
  }
  settings.briefings.reset();
  CHECK(hand_out("2027.2", second, second).size() == 1);
  CHECK(version() == "2027.2");
  CHECK(all_briefings(place.path()).size() == compliance::built_in_briefings().size());  // no longer named
}

TEST_CASE("what cannot be had just now is asked for after an hour, also when nothing is to be reported, and no report waits for it") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  auto pack = *compliance::built_in_pack_alone("5kajo");
  pack.version = "2027.1";
  const auto text = platform::to_form(pack).dump();
  protocol::Settings settings;
  settings.pack = "5kajo";
  settings.schedule = "daily";
  settings.packs = {{"5kajo", "2027.1", protocol::sha256_hex(text)}};
  pc.hub.settings = protocol::write_settings(settings);
  pc.hub.settings_sha256 = protocol::sha256_hex(pc.hub.settings);
  pc.report(3);
  CHECK(pc.uplink->step().receipted == 3);
  CHECK(pc.hub.requests.size() == 3 + 1 + 1);
  CHECK(pc.uplink->record().contact == HubContact::well);
  pc.clock.pass(59min);
  pc.uplink->step();
  CHECK(pc.hub.requests.size() == 5);
  pc.hub.handed_out[protocol::handed_out_path(protocol::HandedOut::pack, protocol::sha256_hex(text))] = HttpReply{200, text, {}};
  pc.clock.pass(1min);
  CHECK(pc.uplink->step().handed_out == std::vector<std::string>{"taken from the hub: pack 5kajo 2027.1"});
  pc.clock.pass(24h);
  pc.uplink->step();
  CHECK(pc.hub.requests.size() == 6 + static_cast<std::size_t>(pc.hub.asked));
  std::filesystem::remove(place.path() + "/packs/5kajo.json");  // as after a crash between settings and pack
  pc.start_again();
  pc.uplink->step();
  CHECK(pack_in_force(place.path(), "5kajo")->version == "2027.1");
}

TEST_CASE("a wish for a scan is heard once; a hub without the base gets the next in full, soon") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.hub.scan_wanted = pc.clock.moment.wall;
  pc.report();
  CHECK(pc.uplink->step().scan_wanted);
  pc.report();
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  pc.start_again();
  pc.report();
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  pc.hub.scan_wanted = pc.clock.moment.wall + 1s;
  pc.report();
  CHECK(pc.uplink->step().scan_wanted);
  std::ofstream(place.path() + "/outbox-base.json") << "{}";
  pc.hub.wants_full = true;
  pc.report();
  CHECK(pc.uplink->step().scan_wanted);
  CHECK_FALSE(std::filesystem::exists(place.path() + "/outbox-base.json"));
}

TEST_CASE("with nothing to report the hub is asked what it wishes: soon after a start, then hourly, and a wish is heard once") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.clock.pass(59s);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  CHECK(pc.hub.asked == 0);
  pc.clock.pass(1s);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  CHECK(pc.hub.asked == 1);
  // The latest that it waits: an hour and a quarter.
  const auto wish = pc.clock.moment.wall;
  pc.hub.wishes = protocol::write_wishes({protocol::kWishesFormat, {}, wish});
  pc.clock.pass(75min - 1s);
  pc.uplink->step();
  CHECK(pc.hub.asked == 1);
  pc.clock.pass(1s);
  CHECK(pc.uplink->step().scan_wanted);
  CHECK(pc.hub.asked == 2);
  // Not again, neither an hour later nor after a restart nor by a receipt.
  pc.clock.pass(75min);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  pc.start_again();
  pc.clock.pass(1min);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  CHECK(pc.hub.asked == 4);
  pc.hub.scan_wanted = wish;
  pc.report();
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  // A receipt is the hub's word, too.
  pc.clock.pass(75min - 1s);
  pc.uplink->step();
  CHECK(pc.hub.asked == 4);
  pc.hub.settings = some_settings("every 4h");
  pc.hub.wishes = protocol::write_wishes({protocol::kWishesFormat, protocol::sha256_hex(pc.hub.settings), wish + 1s});
  pc.clock.pass(1s);
  const auto outcome = pc.uplink->step();
  CHECK(outcome.scan_wanted);
  CHECK(outcome.settings_changed);
}

TEST_CASE("a wish is heard soon after the network came, and whoever has none asks ever more seldom") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  const auto wish = pc.clock.moment.wall;
  pc.hub.wishes = protocol::write_wishes({protocol::kWishesFormat, {}, wish});
  pc.hub.unreachable = true;
  pc.clock.pass(1min);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  CHECK(pc.hub.asked == 1);
  // A quarter more than it says: 75 s, 150 s, 300 s …, and an hour and a quarter at last.
  for (const auto wait : {75s, 150s, 300s, 600s, 1200s, 2400s, 4500s, 4500s}) {
    CAPTURE(wait.count());
    const int before = pc.hub.asked;
    pc.clock.pass(wait - 1s);
    pc.uplink->step();
    CHECK(pc.hub.asked == before);
    pc.clock.pass(1s);
    CHECK_FALSE(pc.uplink->step().scan_wanted);
    CHECK(pc.hub.asked == before + 1);
    CHECK_FALSE(pc.uplink->notice_due());
  }
  // A hub that is busy is asked again as well; then once more from the beginning.
  pc.hub.unreachable = false;
  pc.clock.pass(75min);
  CHECK(pc.uplink->step().scan_wanted);
  pc.hub.wishes = protocol::write_wishes({protocol::kWishesFormat, {}, wish + 1s});
  pc.hub.wishes_status = 503;
  pc.clock.pass(75min);
  CHECK_FALSE(pc.uplink->step().scan_wanted);
  pc.hub.wishes_status = 200;
  pc.clock.pass(75s);
  CHECK(pc.uplink->step().scan_wanted);
}

TEST_CASE("a hub that cannot be asked, or answers something else, is no news to anybody") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  for (const auto& reply : {std::string(), std::string("<html>Please log in</html>"), std::string(R"({"format":"gokajo-wishes/2"})")}) {
    pc.hub.wishes = reply;
    pc.clock.pass(2h);
    CHECK_FALSE(pc.uplink->step().scan_wanted);
    CHECK(pc.uplink->record().contact == HubContact::well);
    CHECK(pc.uplink->left_alone() == 0ms);
    CHECK_FALSE(pc.uplink->notice_due());
  }
  CHECK(pc.hub.asked == 3);
  // A hub of before this question: once a day.
  pc.hub.wishes_status = 404;
  pc.hub.wishes = protocol::write_problem({protocol::kProblemFormat, ProblemKind::not_found, "no such path"});
  pc.clock.pass(2h);
  pc.uplink->step();
  CHECK(pc.hub.asked == 4);
  pc.clock.pass(29h);
  pc.uplink->step();
  CHECK(pc.hub.asked == 4);
  pc.clock.pass(1h);
  pc.uplink->step();
  CHECK(pc.hub.asked == 5);
}

TEST_CASE("after 7 days without a receipt the person is to be told, also when it was a different clock that said so") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report();
  for (int day = 0; day < 7; ++day) {
    CHECK_FALSE(pc.uplink->notice_due());
    pc.hub.answers.emplace_back(Error{ErrorKind::failed, "no route"});
    pc.uplink->step();
    pc.clock.pass(24h);
    if (day % 2) {
      pc.clock.moment.start += "x";
      pc.clock.moment.since_start = 1min;
    }
    pc.start_again();
  }
  CHECK(pc.uplink->notice_due());
  CHECK(pc.uplink->step().receipted == 1);
  CHECK_FALSE(pc.uplink->notice_due());
}

TEST_CASE("an entry that is damaged on the disk does not hold the others") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  pc.report(3);
  std::ofstream(place.path() + "/spool/00000000000000000002-00000000000000000001-c.report") << "damaged";
  CHECK(pc.uplink->step().receipted == 2);
  CHECK(pc.spool->discarded() == std::map<std::string, std::int64_t>{{"damaged", 1}});
}

TEST_CASE("answers of all kinds: never a hot loop, never a loss") {
  const TemporaryDirectory place;
  Pc pc(place.path());
  unsigned seed = 1;
  std::size_t made = 0;
  for (int i = 0; i < 300; ++i) {
    seed = seed * 1103515245U + 12345U;
    const unsigned draw = seed / 65536 % 12;
    pc.random = static_cast<double>(seed / 65536 % 100) / 100;
    if (pc.spool->waiting().empty()) pc.report(), ++made;
    pc.hub.answers.clear();
    if (draw == 0) pc.hub.answers.emplace_back(Error{ErrorKind::timed_out, "x"});
    if (draw == 1) pc.hub.answers.emplace_back(Error{ErrorKind::denied, "x"});
    if (draw == 2) pc.hub.answers.emplace_back(HttpReply{500, "x", {}});
    if (draw == 3) pc.hub.answers.emplace_back(HttpReply{200, "x", {}});
    if (draw == 4) pc.hub.says(ProblemKind::busy, std::chrono::seconds{seed / 65536 % 100});
    if (draw == 5) pc.hub.says(ProblemKind::refused);
    if (draw == 6) pc.hub.says(ProblemKind::newer);
    const auto asked = pc.hub.requests.size();
    pc.uplink->step();
    const bool failed = !pc.spool->waiting().empty();
    REQUIRE(pc.hub.requests.size() <= asked + 1);
    if (failed) REQUIRE(pc.uplink->left_alone() >= 1s);
    pc.clock.pass(pc.uplink->left_alone());
  }
  pc.hub.answers.clear();
  pc.uplink->step();
  CHECK(pc.hub.arrived.size() == made);
  CHECK(pc.spool->discarded().empty());
}

}  // namespace gokajo::tests

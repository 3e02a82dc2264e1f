#include "agent/service.h"

#include <deque>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "agent/enrol.h"
#include "agent/handed_out.h"
#include "agent/own_page.h"
#include "compliance/check.h"
#include "platform/json_form.h"
#include "platform/snapshot.h"
#include "protocol/body.h"
#include "protocol/report.h"
#include "tests/support/fake_clock.h"
#include "tests/support/recorded_pcs.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::Language;
using platform::Error, platform::ErrorKind, platform::Result;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

std::string header(const HttpRequest& request, const std::string& name) {
  for (const auto& line : request.headers)
    if (line.starts_with(name + ": ")) return line.substr(name.size() + 2);
  return "";
}

// What the hub at the other end of every connection of a test has seen, and answers.
struct Office {
  std::vector<HttpRequest> requests;
  std::string company = "山田工務店";
  std::int64_t epoch = 1;
  bool down = false;
  bool other_device = false;
  std::optional<HttpReply> instead;

  Result<HttpReply> answer(const HttpRequest& request) {
    requests.push_back(request);
    if (down) return Error{ErrorKind::failed, "no route"};
    if (instead) return *instead;
    if (request.path == "/v1/unenrol") return HttpReply{204, "", {}};
    const auto device = other_device ? protocol::sha256_hex("another") : header(request, "Gokajo-Device");
    if (request.path == "/v1/enrol")
      return HttpReply{
          200, protocol::write_enrolled({protocol::kEnrolledFormat, device, epoch, company, protocol::DeviceState::approved}), {}};
    protocol::Receipt receipt;
    receipt.device = device;
    receipt.epoch = std::stoll(header(request, "Gokajo-Epoch"));
    receipt.seq = std::stoll(header(request, "Gokajo-Seq"));
    receipt.body_sha256 = protocol::sha256_hex(request.body);
    return HttpReply{200, protocol::write_receipt(receipt), {}};
  }
  std::size_t reports() const {
    return static_cast<std::size_t>(
        std::count_if(requests.begin(), requests.end(), [](const auto& request) { return request.path == "/v1/reports"; }));
  }
};

class Line : public HttpClient {
 public:
  explicit Line(Office& office) : office_(office) {}
  Result<HttpReply> send(const HttpRequest& request) override { return office_.answer(request); }

 private:
  Office& office_;
};

platform::Snapshot office_pc() {
  for (const auto& pc : recorded_pcs())
    if (pc.name == "office-plain.json") return pc.snapshot;
  FAIL("no such PC");
  return {};
}

struct Pc {
  explicit Pc(std::string where) : directory(std::move(where)) { clock.moment.wall = snapshot.recorded_at; }

  ServiceParts parts() {
    return {directory,
            [this] { return std::make_unique<platform::SnapshotHost>(snapshot); },
            clock,
            [this](const HubConnection&) { return std::make_unique<Line>(office); },
            [] { return 1.0; },
            [] { return true; },
            [this](const std::string& line) { log.push_back(line); },
            {}};
  }
  void enrol_at(const std::string& hub) {
    Line line(office);
    Enrolment enrolled;
    const auto failure =
        enrol(directory, {kSetupFormat, hub, {}, {}, {}, "K7WMP2QX"}, "PC-09 設計", "pc09", line, clock.moment.wall, enrolled);
    REQUIRE_MESSAGE(!failure, failure->error.detail);
  }

  std::string directory;
  platform::Snapshot snapshot = office_pc();
  FakeClock clock;
  Office office;
  std::vector<std::string> log;
};

std::optional<Service> opened(Pc& pc) {
  auto service = Service::open(pc.parts());
  REQUIRE_MESSAGE(service, service.error().detail);
  return std::move(*service);
}

}  // namespace

TEST_CASE("one service at a time; what it leaves is its owner's alone but for the summary and the employee's page") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  auto service = opened(pc);
  REQUIRE(service);
  CHECK_FALSE(opened(pc));
  service->tick();
  CHECK(fs::status(pc.directory).permissions() == fs::perms{0711});
  int seen = 0;
  for (const auto& entry : fs::recursive_directory_iterator(pc.directory)) {
    CAPTURE(entry.path().string());
    const auto others = entry.status().permissions() & fs::perms{0077};
    const auto name = entry.path().filename();
    const bool for_all = name == "summary.json" || entry.path().extension() == ".html";
    CHECK(others == (for_all ? fs::perms{0044} : name == "public" ? fs::perms{0055} : fs::perms::none));
    ++seen;
  }
  CHECK(seen >= 5);
  service.reset();
  CHECK(opened(pc));
}

TEST_CASE("the employee's page follows the scan, the receipt and the silence of the hub, also over a restart") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  const auto page = [&] {
    std::ifstream file(own_page_file(pc.directory, Language::ja));
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  const auto says = [&](const char* words) { return page().find(words) != std::string::npos; };
  auto service = opened(pc);
  service->tick();
  CHECK(says("どこにも送っていません"));
  pc.clock.pass(15min);
  pc.enrol_at("https://hub.example.jp");
  service->tick();
  CHECK(pc.office.reports() == 1);
  CHECK(says("報告先: 山田工務店"));
  CHECK(says("の報告に入っていたもの"));
  CHECK_FALSE(says("報告先に届いていません"));

  pc.office.down = true;
  for (int hour = 0; hour < 24 * 12; ++hour) {
    pc.clock.pass(1h);
    service->tick();
  }
  CHECK(says("報告先に届いていません"));
  // The next service has not scanned yet when the hub answers again.
  service.reset();
  auto next = opened(pc);
  pc.office.down = false;
  pc.clock.pass(2h);
  next->tick();
  CHECK_FALSE(says("報告先に届いていません"));
  CHECK(says("の報告に入っていたもの"));
}

TEST_CASE("a laptop woken for a moment once a day tells its user of a silent hub as well") {
  for (const bool restarted : {false, true}) {
    CAPTURE(restarted);
    const TemporaryDirectory place;
    Pc pc(place.path() + "/state");
    pc.enrol_at("https://hub.example.jp");
    auto service = std::make_unique<Service>(std::move(*opened(pc)));
    service->tick();
    CHECK(pc.office.reports() == 1);
    pc.office.down = true;
    for (int day = 1; day <= 9; ++day) {
      CHECK_FALSE(service_summary(pc.directory)->not_arriving);
      pc.clock.pass(24h);
      if (restarted) {
        service.reset();
        pc.clock.moment.start = "start of day " + std::to_string(day);
        pc.clock.moment.since_start = 2min;
        service = std::make_unique<Service>(std::move(*opened(pc)));
      }
      service->tick();
    }
    CHECK(service->waiting().value_or(0) > 0);
    CHECK(service_summary(pc.directory)->not_arriving);
  }
}

TEST_CASE("a person at the PC is told that results do not arrive, and may have it looked at again") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  pc.enrol_at("https://hub.example.jp");
  platform::ChannelAnswer ask;
  struct Channel : platform::PersonChannel {};
  auto parts = pc.parts();
  parts.people.channel = [&](platform::ChannelAnswer answer) -> Result<std::unique_ptr<platform::PersonChannel>> {
    ask = std::move(answer);
    return std::unique_ptr<platform::PersonChannel>(std::make_unique<Channel>());
  };
  auto opened = Service::open(std::move(parts));
  REQUIRE_MESSAGE(opened, opened.error().detail);
  auto& service = **opened;
  const auto say = [&](PersonWish wish) {
    const auto answer = read_person_answer(ask({"S-1-5-21-1-2-3-1001", 2}, write_person_message({.wish = wish})));
    REQUIRE_MESSAGE(answer, answer.error().detail);
    return *answer;
  };
  service.tick();
  const auto first_scan = service.scanned_at();
  REQUIRE(first_scan);
  auto notices = say(PersonWish::notices).notices;
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].kind == NoticeKind::begun);

  CHECK(say(PersonWish::scan).taken == Taken::yes);
  pc.clock.pass(5min);
  service.tick();
  CHECK(service.scanned_at() == first_scan);  // at most one in 10 minutes
  pc.clock.pass(6min);
  service.tick();
  CHECK(*service.scanned_at() == *first_scan + 11min);
  pc.clock.pass(11min);
  service.tick();
  CHECK(*service.scanned_at() == *first_scan + 11min);  // one wish, one scan

  pc.office.down = true;
  for (int hour = 0; hour < 24 * 9; ++hour) {
    pc.clock.pass(1h);
    service.tick();
  }
  notices = say(PersonWish::notices).notices;
  REQUIRE(notices.size() >= 1);
  CHECK(notices[0].kind == NoticeKind::not_arriving);
  CHECK(notices[0].day);
}

TEST_CASE("without an enrolment it scans and reports to nobody; once enrolled, beside it, the first report goes") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  auto service = opened(pc);
  service->tick();
  CHECK(pc.office.requests.empty());
  CHECK_FALSE(service->waiting());
  CHECK(service_summary(pc.directory)->rules.size() == 5);
  CHECK_FALSE(service_summary(pc.directory)->company);
  pc.clock.pass(15min);
  pc.enrol_at("https://hub.example.jp");
  service->tick();
  CHECK(pc.office.reports() == 1);
  CHECK(service->waiting() == 0);
  CHECK(service_summary(pc.directory)->company == "山田工務店");
  for (int minute = 0; minute < 300; ++minute) {
    pc.clock.pass(1min);
    service->tick();
  }
  CHECK(pc.office.reports() <= 2);
  const auto before = pc.office.reports();
  REQUIRE(forget_enrolment(pc.directory));
  for (int hour = 0; hour < 48; ++hour) {
    pc.clock.pass(1h);
    service->tick();
  }
  CHECK(pc.office.reports() == before);
}

TEST_CASE("reports made for one company never go to another; the count tells that there were some") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  pc.enrol_at("https://hub.example.jp");
  pc.office.down = true;
  opened(pc)->once();
  CHECK(pc.office.reports() == 1);
  pc.office.down = false;
  pc.office.company = "別の会社";
  pc.office.epoch = 2;
  pc.enrol_at("https://other.example.jp");
  pc.clock.pass(2h);
  const auto before = pc.office.reports();
  auto service = opened(pc);
  service->once();
  CHECK(pc.office.reports() == before + 1);
  CHECK(header(pc.office.requests.back(), "Gokajo-Epoch") == "2");
  // The same company's hub under another address gets what waits.
  pc.office.down = true;
  service->once();
  service.reset();
  pc.office.down = false;
  pc.enrol_at("https://moved.example.jp");
  pc.clock.pass(2h);
  opened(pc)->tick();
  CHECK(pc.office.reports() >= before + 3);
}

TEST_CASE("numbers or a key that cannot be trusted stop the reports, not the scans") {
  for (const char* file : {"/sequence.json", "/device.key", "/enrolment.json"}) {
    CAPTURE(std::string(file));
    const TemporaryDirectory place;
    Pc pc(place.path() + "/state");
    pc.enrol_at("https://hub.example.jp");
    opened(pc)->once();
    CHECK(pc.office.reports() == 1);
    std::ofstream(pc.directory + file, std::ios::trunc) << "damaged, and long enough to be a key";
    pc.clock.pass(2h);
    auto service = opened(pc);
    service->once();
    CHECK(pc.office.reports() == 1);
    CHECK(service->scanned_at());
    REQUIRE_FALSE(pc.log.empty());
    service->tick();
    CHECK(std::count_if(pc.log.begin(), pc.log.end(), [](const auto& line) { return line.starts_with("nothing can be reported"); }) == 1);
  }
}

TEST_CASE("enrolment believes only an answer for this device; the code is in no error") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  Line line(pc.office);
  Enrolment enrolled;
  const auto attempt = [&] {
    return enrol(pc.directory, {kSetupFormat, "https://hub", {}, {}, {}, "K7WMP2QX"}, "", "", line, {}, enrolled);
  };
  pc.office.other_device = true;
  auto failure = attempt();
  REQUIRE(failure);
  CHECK_FALSE(failure->problem);
  pc.office.other_device = false;
  pc.office.instead = HttpReply{200, "<html>Please log in</html>", {}};
  failure = attempt();
  REQUIRE(failure);
  CHECK(failure->error.kind == ErrorKind::malformed);
  pc.office.instead = HttpReply{401, protocol::write_problem({protocol::kProblemFormat, protocol::ProblemKind::refused, "no"}), {}};
  failure = attempt();
  REQUIRE(failure);
  CHECK(failure->problem == protocol::ProblemKind::refused);
  CHECK(failure->error.detail.find("K7WM") == std::string::npos);
  CHECK(read_enrolment(pc.directory).error().kind == ErrorKind::not_found);
  pc.office.instead.reset();
  CHECK_FALSE(attempt());
  CHECK(device_key(pc.directory)->id() == read_enrolment(pc.directory)->device);
  platform::Status forgotten = platform::Done{};
  pc.office.down = true;
  CHECK_FALSE(unenrol(pc.directory, *read_enrolment(pc.directory), line, forgotten));
  CHECK(forgotten);
  CHECK(read_enrolment(pc.directory).error().kind == ErrorKind::not_found);
  CHECK_MESSAGE(device_key(pc.directory), "the same PC stays the same device");
}

TEST_CASE("what a hub handed out goes with it: at the end of an enrolment, at another hub, and what arrives late") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  pc.enrol_at("https://hub.example.jp");
  const auto put = [&] {
    auto pack = *compliance::built_in_pack_alone("5kajo");
    pack.version = "2027.1";
    const auto text = platform::to_form(pack).dump();
    REQUIRE(keep_handed_out(pc.directory, {protocol::HandedOut::pack, "5kajo", protocol::sha256_hex(text), "2027.1", {}}, text));
    protocol::Settings settings;
    settings.pack = "5kajo";
    settings.schedule = "daily";
    std::ofstream(pc.directory + "/settings.json") << protocol::write_settings(settings);
  };
  const auto is_there = [&] { return fs::exists(pc.directory + "/packs/5kajo.json") || fs::exists(pc.directory + "/settings.json"); };
  put();
  pc.enrol_at("https://hub.example.jp");
  CHECK_MESSAGE(is_there(), "the same hub: nothing of it is lost");
  auto service = opened(pc);
  service->once();
  pc.enrol_at("https://other.example.jp");
  CHECK_FALSE(is_there());
  put();  // the running service was just fetching
  service->tick();
  CHECK_FALSE(is_there());
  put();
  Line line(pc.office);
  platform::Status forgotten = platform::Done{};
  REQUIRE(unenrol(pc.directory, *read_enrolment(pc.directory), line, forgotten));
  CHECK(forgotten);
  CHECK_FALSE(is_there());
  put();
  service->tick();
  CHECK_FALSE(is_there());
  CHECK(pack_in_force(pc.directory, "5kajo")->version == compliance::built_in_pack("5kajo")->version);
}

TEST_CASE("a scan is made with the pack that was handed out and says so; a policy that does not fit leaves no PC unscanned") {
  const TemporaryDirectory place;
  Pc pc(place.path() + "/state");
  pc.enrol_at("https://hub.example.jp");
  auto pack = *compliance::built_in_pack_alone("5kajo");
  pack.version = "2027.1";
  const auto text = platform::to_form(pack).dump();
  const std::string sha256 = protocol::sha256_hex(text);
  REQUIRE(keep_handed_out(pc.directory, {protocol::HandedOut::pack, "5kajo", sha256, "2027.1", {}}, text));
  auto briefing = compliance::built_in_briefings().front();
  briefing.id = "another";
  briefing.published = *platform::parse_time("2026-10-01");  // one that is still to come is not reported
  const auto words = platform::to_form(briefing).dump();
  REQUIRE(keep_handed_out(pc.directory, {protocol::HandedOut::briefing, "another", protocol::sha256_hex(words), {}, briefing.published},
                          words));
  protocol::Settings settings;
  settings.pack = "5kajo";
  settings.schedule = "daily";
  settings.packs = {{"5kajo", "2027.1", sha256}};
  settings.briefings = {{"another", briefing.published, protocol::sha256_hex(words)}};
  // Of a check that exists and that this pack does not hold.
  for (const auto* check : compliance::all_checks()) {
    const auto whole = *compliance::built_in_pack("5kajo");
    const auto holds = [&](const std::vector<compliance::PackCheck>& entries) {
      return std::any_of(entries.begin(), entries.end(), [&](const auto& one) {
        const auto ids = one.checks();
        return std::find(ids.begin(), ids.end(), check->id) != ids.end();
      });
    };
    if (holds(whole.extras) || std::any_of(whole.rules.begin(), whole.rules.end(), [&](const auto& rule) { return holds(rule.checks); }))
      continue;
    settings.policy.roles = {{std::string(check->id), compliance::Role::advice, "r", *platform::parse_time("2099-01-01")}};
  }
  std::ofstream(pc.directory + "/settings.json") << protocol::write_settings(settings);
  fs::permissions(pc.directory + "/settings.json", fs::perms{0600});
  auto service = opened(pc);
  service->once();
  REQUIRE(pc.office.reports() == 1);
  const auto sent =
      std::find_if(pc.office.requests.begin(), pc.office.requests.end(), [](const auto& one) { return one.path == "/v1/reports"; });
  const auto report = protocol::read_report(*protocol::expand(sent->body, protocol::kMaxReportBytes));
  REQUIRE(report);
  CHECK(report->pack.version == "2027.1");
  CHECK(report->content->dump().find("\"another\"") != std::string::npos);
  const bool told =
      std::any_of(pc.log.begin(), pc.log.end(), [](const auto& line) { return line.find("policy does not fit") != std::string::npos; });
  CHECK(told == !settings.policy.roles.empty());
}

TEST_CASE("a setup file is read strictly, and its code is in no error") {
  const std::string good = R"({"format": "gokajo-setup/1", "hub": "https://hub.example.jp:8443", "code": "K7WM-P2QX"})";
  CHECK(read_setup(good)->code == "K7WMP2QX");
  CHECK(read_setup(good)->hub == "https://hub.example.jp:8443");
  // As the hub writes it.
  Setup written{kSetupFormat, "https://[2001:db8::10]:8443", {}, "-----BEGIN CERTIFICATE-----", {}, protocol::shown_code("K7WMP2QX")};
  const auto of_hub = read_setup(protocol::write_setup(written));
  REQUIRE(of_hub);
  CHECK(of_hub->hub == written.hub);
  CHECK(of_hub->ca == written.ca);
  CHECK(of_hub->code == "K7WMP2QX");
  for (const auto& bad : {std::string("{}"), std::string(R"({"format": "gokajo-setup/2", "hub": "hub"})"),
                          std::string(R"({"format": "gokajo-setup/1", "hub": "http://hub"})"),
                          std::string(R"({"format": "gokajo-setup/1", "hub": "hub", "pin": "x"})"),
                          std::string(R"({"format": "gokajo-setup/1", "hub": "hub", "ca": "/etc/passwd"})"),
                          std::string(R"({"format": "gokajo-setup/1", "hub": "hub", "run": "id"})"),
                          std::string(R"({"format": "gokajo-setup/1", "hub": "hub", "code": "SECRET0!"})")}) {
    const auto read = read_setup(bad);
    REQUIRE_FALSE(read);
    CHECK(read.error().detail.find("SECRET") == std::string::npos);
  }
}

TEST_CASE("the summary tells verdicts and names of checks, and no thing that was found") {
  const auto snapshot = office_pc();
  const auto result = *scan(platform::SnapshotHost(snapshot), {*compliance::built_in_pack("5kajo")}, snapshot.recorded_at);
  auto summary = summary_of(result);
  const auto text = write_summary(summary);
  int items = 0;
  for (const auto& judged : result.judgement.findings)
    for (const auto& item : judged.finding.items)
      if (const auto name = item.find("name"); name != item.end())
        if (const auto* found = std::get_if<compliance::Name>(&name->second); found && found->value.size() > 3) {
          CHECK(text.find(found->value) == std::string::npos);
          ++items;
        }
  CHECK(items > 0);
  CHECK(text.find("yamada") == std::string::npos);
  const auto read = read_summary(text);
  REQUIRE(read);
  CHECK(write_summary(*read) == text);
  CHECK(exit_code(*read) == 1);
  const auto shown = render_summary(*read, Language::ja, 540, snapshot.recorded_at);
  CHECK(shown.find("このPCの自己点検（サービスの最後の結果）") == 0);
  CHECK(shown.find("届いていません") == std::string::npos);
  summary.not_arriving = true;
  const auto later = render_summary(summary, Language::en, 540, snapshot.recorded_at + 24h * 8);
  CHECK(later.find("more than a week old") != std::string::npos);
  CHECK(later.find("have not reached") != std::string::npos);
  for (const std::string bad : {"", "{}", "[]", "{\"format\": \"gokajo-summary/2\"}"}) CHECK_FALSE(read_summary(bad));
}

}  // namespace gokajo::tests

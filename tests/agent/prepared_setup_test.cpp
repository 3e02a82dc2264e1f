#include "agent/prepared_setup.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "protocol/problem.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using platform::Error, platform::ErrorKind, platform::ManagedSettings, platform::Result;
using namespace std::chrono_literals;

namespace {

constexpr const char* kPin = "sha256//47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
constexpr const char* kCa = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";

struct Hub {
  std::vector<HubConnection> connections;
  std::vector<std::string> bodies;
  bool down = false;
  std::optional<protocol::ProblemKind> problem;
};

class Line : public HttpClient {
 public:
  explicit Line(Hub& hub) : hub_(hub) {}
  Result<HttpReply> send(const HttpRequest& request) override {
    hub_.bodies.push_back(request.body);
    if (hub_.down) return Error{ErrorKind::failed, "no route"};
    if (hub_.problem)
      return HttpReply{protocol::status_of(*hub_.problem), protocol::write_problem({protocol::kProblemFormat, *hub_.problem, "no"}), {}};
    std::string device;
    for (const auto& line : request.headers)
      if (line.starts_with("Gokajo-Device: ")) device = line.substr(15);
    return HttpReply{
        200, protocol::write_enrolled({protocol::kEnrolledFormat, device, 1, "山田工務店", protocol::DeviceState::approved}), {}};
  }

 private:
  Hub& hub_;
};

struct Pc {
  Pc() { REQUIRE(platform::own_private_directory(directory)); }
  void look() {
    prepared.look(policy, clock.now(), [this](const std::string& line) { log.push_back(line); });
  }
  void leave(const Setup& setup) { REQUIRE(leave_setup(directory, setup)); }
  bool file_there() const { return std::filesystem::exists(directory + "/gokajo-setup.json"); }
  std::size_t asked() const { return hub.bodies.size(); }
  void wait(std::chrono::milliseconds time) {
    clock.pass(time);
    look();
  }

  TemporaryDirectory place;
  std::string directory = place.path() + "/state";
  ManagedSettings policy;
  FakeClock clock;
  Hub hub;
  std::vector<std::string> log;
  PreparedEnrolment prepared{directory,
                             [this](const HubConnection& connection) {
                               hub.connections.push_back(connection);
                               return std::make_unique<Line>(hub);
                             },
                             [] { return 1.0; }};
};

Setup prepared_file() {
  Setup setup;
  setup.hub = "https://hub.example.jp:8443";
  setup.code = "K7WMP2QX";
  return setup;
}

bool repeats_code(const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(), [](const auto& line) { return line.find("K7WM") != std::string::npos; });
}

}  // namespace

TEST_CASE("a PC enrols by the file that was left, under its label, and the code is on the disk no longer") {
  Pc pc;
  auto setup = prepared_file();
  setup.label = "経理ソ表能";
  pc.leave(setup);
  pc.look();
  REQUIRE(pc.asked() == 1);
  CHECK(read_enrolment(pc.directory)->hub == "https://hub.example.jp:8443");
  CHECK(read_enrolment(pc.directory)->label == "経理ソ表能");
  CHECK_FALSE(pc.file_there());
  pc.wait(48h);
  CHECK(pc.asked() == 1);
  CHECK_FALSE(repeats_code(pc.log));
}

TEST_CASE("without a network it is tried again, more and more rarely, until it works; the file stays until then") {
  Pc pc;
  pc.hub.down = true;
  pc.leave(prepared_file());
  pc.look();
  CHECK(pc.asked() == 1);
  pc.wait(20s);
  CHECK(pc.asked() == 1);
  pc.wait(41s);
  CHECK(pc.asked() == 2);
  pc.wait(61s);
  CHECK(pc.asked() == 2);
  for (int tick = 0; tick < 24 * 60 * 3; ++tick) pc.wait(20s);
  CHECK(pc.asked() >= 24);
  CHECK(pc.asked() <= 32);
  CHECK(pc.file_there());
  CHECK(pc.log.size() == 1);
  pc.hub.down = false;
  pc.wait(61min);
  CHECK(read_enrolment(pc.directory));
  CHECK_FALSE(pc.file_there());
}

TEST_CASE("a refused code is not tried again and does not stay; a number in use waits for a person") {
  Pc refused;
  refused.hub.problem = protocol::ProblemKind::refused;
  refused.leave(prepared_file());
  refused.look();
  refused.wait(48h);
  CHECK(refused.asked() == 1);
  CHECK_FALSE(refused.file_there());
  CHECK_FALSE(repeats_code(refused.log));
  auto another = prepared_file();
  another.code = "AAAABBBB";
  refused.hub.problem.reset();
  refused.leave(another);
  refused.wait(20s);
  CHECK(read_enrolment(refused.directory));

  Pc used;
  used.hub.problem = protocol::ProblemKind::number_used;
  used.leave(prepared_file());
  used.look();
  CHECK(used.file_there());
  used.wait(59min);
  CHECK(used.asked() == 1);
  used.hub.problem.reset();
  used.wait(2min);
  CHECK(read_enrolment(used.directory));
}

TEST_CASE("at that hub already: no code is used up, and the file goes; at another hub it is enrolled anew") {
  Pc pc;
  pc.leave(prepared_file());
  pc.look();
  pc.leave(prepared_file());
  pc.wait(20s);
  CHECK(pc.asked() == 1);
  CHECK_FALSE(pc.file_there());
  auto moved = prepared_file();
  moved.hub = "https://new.example.jp";
  pc.leave(moved);
  pc.wait(20s);
  CHECK(pc.asked() == 2);
  CHECK(read_enrolment(pc.directory)->hub == "https://new.example.jp");
}

TEST_CASE("a file that others could read, that is damaged or holds no code enrols nothing") {
  for (const char* text :
       {"", "{", R"({"format": "gokajo-setup/1", "hub": "http://hub"})", R"({"format": "gokajo-setup/2", "hub": "hub"})"}) {
    CAPTURE(std::string(text));
    Pc pc;
    REQUIRE(platform::write_file_durably(pc.directory + "/gokajo-setup.json", text));
    pc.look();
    pc.wait(24h);
    CHECK(pc.asked() == 0);
    CHECK(pc.log.size() == 1);
  }
  Pc no_code;
  auto setup = prepared_file();
  setup.code.reset();
  setup.label = "受付";
  no_code.leave(setup);
  no_code.look();
  no_code.wait(24h);
  CHECK(no_code.asked() == 0);
  CHECK(no_code.log.size() == 1);
  CHECK_MESSAGE(no_code.file_there(), "it may be completed by a policy");
  no_code.policy = {{"EnrollToken", "K7WMP2QX"}};
  no_code.wait(20s);
  CHECK(read_enrolment(no_code.directory)->label == "受付");
}

TEST_CASE("the policy enrols without a file, and wins over one") {
  Pc alone;
  alone.policy = {{"HubUrl", "hub.example.jp"}, {"EnrollToken", "k7wm-p2qx"}, {"HubPin", kPin}, {"Proxy", "http://proxy:8080"}};
  alone.look();
  REQUIRE(alone.asked() == 1);
  CHECK(alone.hub.connections[0].address == "https://hub.example.jp");
  CHECK(alone.hub.connections[0].pin == kPin);
  CHECK(alone.hub.connections[0].proxy == "http://proxy:8080");
  CHECK(read_enrolment(alone.directory));
  CHECK_FALSE(repeats_code(alone.log));

  Pc both;
  both.policy = {{"HubUrl", "https://policy.example.jp"}};
  auto setup = prepared_file();
  setup.ca = kCa;
  both.leave(setup);
  both.look();
  // The file's code and authority are another hub's: they must not be shown to this one.
  CHECK(both.asked() == 0);
  CHECK_FALSE(both.file_there());
  both.policy["EnrollToken"] = "AAAA-BBBB";
  both.wait(20s);
  CHECK(both.asked() == 1);
  for (const auto& body : both.hub.bodies) CHECK(body.find("K7WM") == std::string::npos);
}

TEST_CASE("a policy that is wrong is said, names its value and never the code, and nothing is enrolled by half of it") {
  for (const auto& [name, value] : ManagedSettings{
           {"HubUrl", "http://hub"}, {"EnrollToken", "K7WMP2Q"}, {"HubPin", "sha256//short"}, {"Proxy", "http://taro:secret@proxy:8080"}}) {
    CAPTURE(name);
    Pc pc;
    pc.policy = {{"HubUrl", "https://hub"}, {"EnrollToken", "K7WMP2QX"}};
    pc.policy[name] = value;
    pc.look();
    CHECK(pc.asked() == 0);
    REQUIRE(pc.log.size() == 1);
    CHECK(pc.log[0].find(name) != std::string::npos);
    CHECK_FALSE(repeats_code(pc.log));
    CHECK(pc.log[0].find("secret") == std::string::npos);
  }
}

TEST_CASE("what an installer was given becomes the file; nothing given leaves nothing; half is refused") {
  CHECK_FALSE(*installed_setup({}));
  CHECK_FALSE(*installed_setup({{"HubUrl", "="}, {"EnrollToken", "="}, {"Label", "="}}));
  const auto whole = installed_setup({{"HubUrl", "=hub.example.jp"},
                                      {"EnrollToken", "=k7wm-p2qx"},
                                      {"EnrollTokenFile", "="},
                                      {"Label", "=#9 経理"},
                                      {"Proxy", "=http://proxy:8080"}});
  REQUIRE(whole);
  REQUIRE(*whole);
  CHECK((*whole)->hub == "https://hub.example.jp");
  CHECK((*whole)->code == "K7WMP2QX");
  CHECK((*whole)->label == "#9 経理");
  CHECK((*whole)->proxy == "http://proxy:8080");
  CHECK_FALSE(installed_setup({{"EnrollToken", "=K7WMP2QX"}}));
  CHECK_FALSE(*installed_setup({{"Label", "=受付"}}));
  EnrolPolicy policy;
  policy.hub = "https://ordered";
  const auto named = installed_setup({{"Label", "=受付"}}, policy);
  REQUIRE(named);
  REQUIRE(*named);
  CHECK((*named)->hub == "https://ordered");
  CHECK((*named)->label == "受付");
  CHECK_FALSE(installed_setup({{"HubUrl", "=hub"}, {"EnrollTokenFile", "=/nowhere/code"}}));
  const auto bad = installed_setup({{"HubUrl", "=hub"}, {"EnrollToken", "=K7WMP2Q"}});
  REQUIRE_FALSE(bad);
  CHECK(bad.error().detail.find("K7WM") == std::string::npos);

  const TemporaryDirectory place;
  auto setup = prepared_file();
  setup.ca = kCa;
  setup.pin = kPin;
  REQUIRE(platform::write_file_durably(place.path() + "/kit.json", protocol::write_setup(setup)));
  REQUIRE(platform::write_file_durably(place.path() + "/code.txt", "AAAA-BBBB\r\n"));
  const auto kit = installed_setup({{"SetupFile", "=" + place.path() + "/kit.json"}, {"Label", "=受付"}});
  REQUIRE(kit);
  CHECK((*kit)->ca == kCa);
  CHECK((*kit)->pin == kPin);
  CHECK((*kit)->label == "受付");
  const auto file = installed_setup({{"HubUrl", "=hub"}, {"EnrollTokenFile", "=" + place.path() + "/code.txt"}});
  REQUIRE(file);
  CHECK((*file)->code == "AAAABBBB");
}

TEST_CASE("a policy's proxy and pin hold for a PC that is enrolled; a pin of another hub does not") {
  const HubConnection enrolled{"https://hub", std::nullopt, "", std::nullopt};
  EnrolPolicy policy;
  policy.proxy = "http://proxy:8080";
  policy.pin = kPin;
  CHECK(under_policy(enrolled, policy).proxy == "http://proxy:8080");
  CHECK(under_policy(enrolled, policy).pin == kPin);
  policy.hub = "https://another";
  CHECK_FALSE(under_policy(enrolled, policy).pin);
}

}  // namespace gokajo::tests

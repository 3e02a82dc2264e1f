// Expected by people.md section 1.4: a link appears only when `public_url` verifies against public roots. The server here is the hub's own,
// its authority stands for the public ones where a test says so.
#include "hub/mail/public_link.h"

#include <chrono>
#include <future>
#include <thread>

#include "hub/certificates.h"
#include "hub/post_office.h"
#include "hub/service.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using Kind = LinkFailure::Kind;

namespace {

platform::Time real_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

// A hub that serves on loopback with a certificate of its own for `name`.
class Served {
 public:
  explicit Served(const std::string& name, platform::Time made = real_now()) {
    const auto files = own_certificate(directory_.path() + "/tls", {name}, made);
    REQUIRE(files);
    auto state = open_state(directory_.path() + "/hub");
    REQUIRE(state);
    ServerOptions options;
    options.address = "127.0.0.1";
    options.port = 0;
    options.certificate = *files;
    auto service = Service::start(std::move(*state), std::move(options), real_now);
    REQUIRE_MESSAGE(service, (service ? "" : service.error().detail));
    service_ = std::move(*service);
    thread_ = std::thread([this] { service_->run([](const platform::Error&) {}); });
  }
  ~Served() {
    service_->stop();
    thread_.join();
  }
  Served(const Served&) = delete;
  Served& operator=(const Served&) = delete;

  std::string roots() const { return directory_.path() + "/tls/ca.pem"; }
  std::string url(const std::string& path = "/") const { return "https://localhost:" + std::to_string(service_->port()) + path; }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
};

}  // namespace

TEST_CASE("a link verifies by chain and name against the roots, and only where a page answers") {
  const Served served("localhost"), other("hub.example.jp");
  const auto why = [](const std::optional<LinkFailure>& failure) { return failure ? failure->detail : std::string("verified"); };
  const auto fine = verify_public_url(served.url(), served.roots());
  CHECK_MESSAGE(!fine, why(fine));
  // The public roots of this machine know nothing of an office's own authority.
  for (const auto& [url, roots, kind] : std::vector<std::tuple<std::string, std::string, Kind>>{
           {served.url(), "", Kind::certificate},
           {served.url(), other.roots(), Kind::certificate},
           {other.url(), other.roots(), Kind::certificate},  // another name
           {served.url("/nothing"), served.roots(), Kind::answer},
           {"https://localhost:1/", served.roots(), Kind::connection},
           {"http" + served.url().substr(5), served.roots(), Kind::connection},
       }) {
    CAPTURE(url);
    const auto failure = verify_public_url(url, roots);
    REQUIRE(failure);
    CHECK_MESSAGE(failure->kind == kind, failure->detail);
    CHECK(failure->detail.find(url) == 0);
  }
  const Served ended("localhost", real_now() - std::chrono::days{4000});
  CHECK(verify_public_url(ended.url(), ended.roots())->kind == Kind::certificate);
}

TEST_CASE("what a look showed holds for ten minutes, and is told when it becomes another") {
  int looks = 0;
  std::optional<LinkFailure> answer = LinkFailure{Kind::connection, "x"};
  std::vector<bool> told;
  PublicLink link(
      "https://hub.example.jp/", [&](const std::optional<LinkFailure>& failure) { told.push_back(!failure); },
      [&](const std::string& url) {
        CHECK(url == "https://hub.example.jp/");
        ++looks;
        return answer;
      });
  CHECK(link.at(at(0)).empty());
  answer.reset();
  CHECK(link.at(at(599)).empty());
  CHECK(looks == 1);
  CHECK(link.at(at(600)) == "https://hub.example.jp/");
  answer = LinkFailure{Kind::certificate, "x"};
  CHECK(link.at(at(1199)) == "https://hub.example.jp/");
  CHECK(link.at(at(1200)).empty());
  CHECK(link.at(at(1800)).empty());
  answer = LinkFailure{Kind::answer, "x"};
  CHECK(link.at(at(2400)).empty());
  CHECK(looks == 5);
  CHECK(told == std::vector<bool>{false, true, false, false});
  // A clock set back is no reason to believe an old look.
  answer.reset();
  CHECK(link.at(at(0)) == "https://hub.example.jp/");
  PublicLink none("", {}, [&](const std::string&) -> std::optional<LinkFailure> {
    FAIL("asked");
    return std::nullopt;
  });
  CHECK(none.at(at(0)).empty());
}

TEST_CASE("the office looks at the link when it opens, and says why there is none") {
  Office office;
  std::promise<std::optional<LinkFailure>> told;
  const TemporaryDirectory directory;
  PostOfficeOptions options{directory.path(),     office.place.where(),   {}, postmaster_settings({}),
                            [] { return at(0); }, "https://localhost:1/", {}, {}};
  options.complain = [](const platform::Error&) {};
  options.link_changed = [&](const std::optional<LinkFailure>& failure) { told.set_value(failure); };
  const PostOffice open(std::move(options));
  auto answer = told.get_future();
  REQUIRE(answer.wait_for(std::chrono::seconds{kLinkSeconds + 20}) == std::future_status::ready);
  const auto failure = answer.get();
  REQUIRE(failure);
  CHECK(failure->kind == Kind::connection);
}

TEST_CASE("public_url is https, a host's name, and short enough for a line of the mail; anything else is refused with its line") {
  CHECK_FALSE(*read_public_url(""));
  CHECK_FALSE(*read_public_url("[mail]\nfrom = \"a@example.jp\"\n"));
  for (const char* url : {"https://hub.example.jp/", "https://hub.example.jp", "https://a.b:8443/go_kajo/x-1"}) {
    const auto read = read_public_url("# above\npublic_url = \"" + std::string(url) + "\"\n");
    REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
    CHECK(**read == url);
  }
  for (const std::string wrong :
       {"\"http://hub.example.jp/\"", "\"https://\"", "\"https://hub/\"", "\"https://localhost/\"", "\"https://192.0.2.7/\"",
        "\"https://[2001:db8::7]/\"", "\"https://a@b.example.jp/\"", "\"https://Hub.example.jp/\"", "\"https://hub.example.jp/?key=1\"",
        "\"https://hub.example.jp/#x\"", "\"https://hub.example.jp/a b\"", "\"https://hub.example.jp/\\r\\nBcc: x\"",
        "\"https://hub.example.jp:/\"", "\"https://hub.example.jp:123456/\"", "\"https://.example.jp/\"",
        "\"https://hub.example.jp/aaaaaaaaaaaaaaaaaa\"", "7", "\"\"", "[\"https://a.b/\"]"}) {
    CAPTURE(wrong);
    const auto read = read_public_url("# above\npublic_url = " + wrong + "\n");
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == platform::ErrorKind::malformed);
    CHECK(read.error().detail.find("line 2: public_url: ") == 0);
  }
  const auto misplaced = read_public_url("[mail]\npublic_url = \"https://hub.example.jp/\"\n");
  REQUIRE_FALSE(misplaced);
  CHECK(misplaced.error().detail.find("line 2: public_url: ") == 0);
}

}  // namespace gokajo::tests

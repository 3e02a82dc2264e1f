#include <doctest/doctest.h>

#include "collectors/antivirus.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace compliance;
using namespace platform;
using collectors::collect_antivirus_linux;

namespace {

Process process(std::int64_t pid, const std::string& executable, std::optional<bool> guards = false) {
  Process p;
  p.pid = pid;
  p.name = executable.substr(executable.rfind('/') + 1).substr(0, 15);
  p.executable = executable;
  p.fanotify_permission = guards;
  return p;
}

// What a program without rights sees of another user's process.
Process hidden(const std::string& name) {
  Process p;
  p.name = name;
  p.executable_denied = true;
  return p;
}

void runs(FakeHost& host, std::vector<Process> list) { host.answers(ListProcesses{}, Reply{Processes{std::move(list)}}); }

void installed(FakeHost& host, const std::string& path) { host.answers(StatFile{.path = path}, Reply{FileStatusReply{}}); }

void database(FakeHost& host, const std::string& name, const std::string& header) {
  host.answers(ReadFile{.path = "/var/lib/clamav/" + name, .reducer = "cvd_header", .prefix_bytes = 512},
               Reply{FileContents{{header}, {}}});
}

const std::string kDaily = "ClamAV-VDB:14 Oct 2026 08-26 +0000:27800:100:90::::1791966360";

FakeHost clamav() {
  FakeHost host;
  installed(host, "/usr/sbin/clamd");
  host.file_from("/etc/clamav/clamd.conf", "linux/antivirus/clamd.conf", "clamd_conf");
  database(host, "daily.cvd", kDaily);
  return host;
}

AntivirusProduct only(const FakeHost& host) {
  const auto antivirus = collect_antivirus_linux(host);
  REQUIRE(antivirus.products);
  REQUIRE(antivirus.products->size() == 1);
  return (*antivirus.products)[0];
}

}  // namespace

TEST_CASE("nothing installed is an empty list; a process list nobody may read leaves other guards denied") {
  FakeHost host;
  runs(host, {process(1, "/usr/lib/systemd/systemd")});
  CHECK(collect_antivirus_linux(host).products->empty());
  CHECK(collect_antivirus_linux(host).other_guards->empty());
  runs(host, {process(1, "/usr/lib/systemd/systemd"), process(812, "/usr/libexec/something", std::nullopt)});
  CHECK_FALSE(collect_antivirus_linux(host).other_guards);
  CHECK(collect_antivirus_linux(host).other_guards.absent == ErrorKind::denied);
}

TEST_CASE("a first process that hides even from root is no product's engine") {
  FakeHost host;
  auto first = hidden("init");
  first.pid = 1;
  runs(host, {first});
  REQUIRE(collect_antivirus_linux(host).other_guards);
  CHECK(collect_antivirus_linux(host).other_guards->empty());
}

TEST_CASE("a product's folder that may not be looked into is not an empty list") {
  FakeHost host;
  runs(host, {});
  host.answers(StatFile{.path = "/opt/traps/bin/pmd"}, Error{ErrorKind::denied, "/opt"});
  CHECK(collect_antivirus_linux(host).products.absent == ErrorKind::denied);
}

TEST_CASE("a running program with permission marks that is no known product is named, fapolicyd is not") {
  FakeHost host;
  runs(host, {process(7, "/opt/newav/guard", true), process(8, "/usr/sbin/fapolicyd", true)});
  CHECK(*collect_antivirus_linux(host).other_guards == std::vector<std::string>{"/opt/newav/guard"});
}

TEST_CASE("ClamAV installed and stopped") {
  auto host = clamav();
  runs(host, {process(1, "/usr/lib/systemd/systemd"), process(9, "/usr/bin/freshclam")});
  const auto product = only(host);
  CHECK(product.name == "ClamAV");
  CHECK(*product.running == false);
  CHECK(*product.real_time == RealTime::off);
  CHECK(format_time(*product.definitions->published) == "2026-10-14T08:26:00Z");
  CHECK_FALSE(product.definitions->loaded.has_value());
}

TEST_CASE("ClamAV works with what it has loaded: the same, older, or nothing") {
  auto host = clamav();
  runs(host, {process(5, "/usr/sbin/clamd")});
  const AskSocket version{.path = "/var/run/clamav/clamd.ctl", .send = {std::string("zVERSION\0", 9)}};
  const auto answer = [&](const std::string& text) { host.answers(version, Reply{SocketReply{{text}}}); };
  answer(test_data("linux/antivirus/clamd-version.txt"));
  CHECK_FALSE(only(host).definitions->loaded.has_value());
  answer("ClamAV 1.4.6/27700/Mon Jul 06 08:26:00 2026");
  CHECK(format_time(*only(host).definitions->loaded) == "2026-07-06T08:26:00Z");
  answer(test_data("linux/antivirus/clamd-version-bare.txt"));
  CHECK_FALSE(only(host).definitions->published.has_value());
  answer("COMMAND UNAVAILABLE");
  CHECK(only(host).definitions.absent == ErrorKind::malformed);
  host.answers(version, Error{ErrorKind::denied, ""});
  CHECK(only(host).definitions.absent == ErrorKind::denied);
}

TEST_CASE("of two databases the higher version counts; none is an answer, an unreadable one is not") {
  auto host = clamav();
  runs(host, {});
  database(host, "daily.cld", "ClamAV-VDB:20 Nov 2026 08-26 +0000:27830:100:90::::1795163160");
  CHECK(only(host).definitions->version == "27830");
  host.unreadable("/x", ErrorKind::denied);
  host.answers(ReadFile{.path = "/var/lib/clamav/daily.cld", .reducer = "cvd_header", .prefix_bytes = 512}, Error{ErrorKind::denied, ""});
  CHECK(only(host).definitions.absent == ErrorKind::denied);
  FakeHost bare;
  installed(bare, "/usr/sbin/clamd");
  runs(bare, {});
  CHECK(only(bare).definitions);
  CHECK_FALSE(only(bare).definitions->published.has_value());
}

TEST_CASE("clamonacc protects only with permission marks") {
  auto host = clamav();
  const auto with = [&](std::optional<bool> marks, const std::string& conf) {
    host.file("/etc/clamav/clamd.conf", conf, "clamd_conf");
    runs(host, {process(5, "/usr/sbin/clamd"), process(6, "/usr/sbin/clamonacc", marks)});
    return only(host).real_time;
  };
  CHECK(*with(true, "OnAccessIncludePath /home\nOnAccessPrevention yes\n") == RealTime::on);
  CHECK(*with(false, "OnAccessIncludePath /home\n") == RealTime::notices_only);
  CHECK(*with(false, "OnAccessIncludePath /home\nOnAccessPrevention yes\n") == RealTime::off);
  CHECK(*with(false, "") == RealTime::off);
  CHECK(with(std::nullopt, "OnAccessIncludePath /home\n").absent == ErrorKind::denied);
}

TEST_CASE("without rights neither running nor stopped is said of ClamAV") {
  auto host = clamav();
  runs(host, {hidden("systemd"), hidden("clamd"), hidden("clamonacc")});
  const auto product = only(host);
  CHECK(product.running.absent == ErrorKind::denied);
  CHECK(product.real_time.absent == ErrorKind::denied);
}

TEST_CASE("Defender in passive mode is passive although it calls itself healthy; without an answer it is unknown") {
  FakeHost host;
  installed(host, "/opt/microsoft/mdatp/sbin/wdavdaemon");
  runs(host, {process(5, "/opt/microsoft/mdatp/sbin/wdavdaemon")});
  host.prints("mdatp", {"health", "--output", "json"}, test_data("linux/antivirus/mdatp-passive.json"));
  CHECK(*only(host).real_time == RealTime::passive);
  host.prints("mdatp", {"health", "--output", "json"}, test_data("linux/antivirus/mdatp-active.json"));
  CHECK(*only(host).real_time == RealTime::on);
  host.prints("mdatp", {"health", "--output", "json"}, "", 1);
  CHECK(only(host).real_time.absent == ErrorKind::failed);
  host.fails("mdatp", {"health", "--output", "json"}, ErrorKind::timed_out);
  CHECK(only(host).real_time.absent == ErrorKind::timed_out);
  CHECK(only(host).licensed.absent == ErrorKind::timed_out);
}

TEST_CASE("a product whose tool cannot be asked is not one that has no way to tell") {
  FakeHost host;
  for (const char* path : {"/opt/microsoft/mdatp/sbin/wdavdaemon", "/opt/CrowdStrike/falconctl", "/opt/sentinelone/bin/sentinelctl",
                           "/opt/eset/eea/sbin/startd", "/opt/bitdefender-security-tools/bin/bduitool", "/usr/sbin/clamd"})
    installed(host, path);
  runs(host, {process(5, "/opt/microsoft/mdatp/sbin/wdavdaemon"), process(6, "/opt/CrowdStrike/falcon-sensor"),
              process(7, "/opt/eset/eea/lib/scand"), process(8, "/usr/sbin/clamd")});
  host.unreadable("/etc/clamav/clamd.conf", ErrorKind::unsupported, "clamd_conf");
  using Arguments = std::vector<std::string>;
  for (const auto& [tool, arguments] : {std::pair<const char*, Arguments>{"mdatp", {"health", "--output", "json"}},
                                        {"falconctl", {"-g", "--rfm-state"}},
                                        {"sentinelctl", {"control", "status"}},
                                        {"eset-upd", {"--list-modules"}},
                                        {"eset-lic", {"--status"}},
                                        {"bduitool", {"get", "ps"}}})
    host.fails(tool, arguments, ErrorKind::unsupported);
  const auto antivirus = collect_antivirus_linux(host);
  REQUIRE(antivirus.products);
  REQUIRE(antivirus.products->size() == 6);
  for (const auto& product : *antivirus.products) {
    CAPTURE(product.name);
    const bool hidden = product.running.absent == ErrorKind::failed || product.real_time.absent == ErrorKind::failed ||
                        product.licensed.absent == ErrorKind::failed;
    CHECK(hidden);
    const bool made_up = product.definitions && product.definitions->used;
    CHECK_FALSE(made_up);
  }
}

TEST_CASE("CrowdStrike in reduced functionality mode is blind, and it knows no definitions") {
  FakeHost host;
  installed(host, "/opt/CrowdStrike/falconctl");
  runs(host, {process(5, "/opt/CrowdStrike/falcon-sensor-bpf")});
  host.prints("falconctl", {"-g", "--rfm-state"}, test_data("linux/antivirus/falconctl-rfm-true.txt"));
  CHECK(*only(host).running);
  CHECK(*only(host).real_time == RealTime::blind);
  CHECK_FALSE(only(host).definitions->used);
  host.prints("falconctl", {"-g", "--rfm-state"}, test_data("linux/antivirus/falconctl-rfm-unset.txt"));
  CHECK(only(host).real_time.absent == ErrorKind::malformed);
  host.fails("falconctl", {"-g", "--rfm-state"}, ErrorKind::denied);
  CHECK(only(host).real_time.absent == ErrorKind::denied);
}

TEST_CASE("an agent of Trend Micro without its antivirus part is no product; one whose engine is unknown says nothing of running") {
  FakeHost host;
  installed(host, "/opt/ds_agent/ds_agent");
  runs(host, {process(5, "/opt/ds_agent/ds_agent")});
  CHECK(collect_antivirus_linux(host).products->empty());
  installed(host, "/opt/sophos-spl/plugins/av");
  CHECK(only(host).running.absent == ErrorKind::unsupported);
  runs(host, {process(6, "/opt/sophos-spl/plugins/av/sbin/soapd", true)});
  CHECK(*only(host).real_time == RealTime::on);
}

}  // namespace gokajo::tests

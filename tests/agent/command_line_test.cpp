#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <regex>
#include <string>
#include <thread>
#include <tuple>

#include <doctest/doctest.h>

#include "agent/files.h"
#include "platform/json_form.h"
#include "tests/support/temporary_directory.h"

// The program itself, started by a shell as a person would.
namespace gokajo::tests {

namespace fs = std::filesystem;
using platform::Json;

namespace {

struct Ran {
  int code = -1;
  std::string out;
};

// `arguments` in shell syntax; standard error too where it says 2>&1. State and home are `directory`'s.
Ran run(const TemporaryDirectory& directory, const std::string& arguments, const std::string& environment = "LC_ALL=C") {
  const std::string command = "env -i PATH=/usr/bin:/bin HOME=" + directory.path() + " GOKAJO_STATE=" + directory.path() + "/state " +
                              environment + " " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  Ran ran;
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) ran.out.append(buffer, n);
  ran.code = pclose(pipe) >> 8;
  return ran;
}

const std::string kGokajo = GOKAJO_BINARY;

// A PC that says nothing: every answer is not_asked.
std::string empty_snapshot(const TemporaryDirectory& directory) {
  const std::string file = directory.path() + "/empty.json";
  REQUIRE(agent::write_whole_file(file, R"({"format": "gokajo-snapshot/1", "recorded_at": "2026-11-22T00:00:00Z", "answers": []})"));
  return file;
}

std::string without_times(const std::string& text) { return std::regex_replace(text, std::regex(R"(\d{4}-\d\d-\d\dT[\d:]+Z)"), "TIME"); }

// A package that stands in the inventory and nowhere else in the result: no check is about it, no update waits for it.
Json in_inventory_alone(const Json& scan) {
  Json rest = scan;
  rest["evidence"].erase("inventory");
  const std::string text = rest.dump();
  for (const auto& entry : scan["evidence"]["inventory"]["apt"]["value"])
    if (entry["name"].get<std::string>().size() > 6 && text.find(entry["name"].get<std::string>()) == std::string::npos) return entry;
  return nullptr;
}

}  // namespace

TEST_CASE("a scan of a PC that says nothing ends with 2 in every form and language") {
  const TemporaryDirectory directory;
  const auto snapshot = empty_snapshot(directory);
  for (const char* form : {"text", "json", "html"})
    for (const char* language : {"ja", "en"}) {
      CAPTURE(form);
      const auto ran = run(directory, kGokajo + " scan --from " + snapshot + " --format " + form + " --lang " + language);
      CHECK(ran.code == 2);
      CHECK(ran.out.find('\x1b') == std::string::npos);
      CHECK(ran.out.find("適合1") == std::string::npos);
    }
  CHECK_FALSE(fs::exists(directory.path() + "/state"));
}

TEST_CASE("the locale chooses the language, --lang wins, and Japanese is used when unsure") {
  const TemporaryDirectory directory;
  const std::string scan = kGokajo + " scan --from " + empty_snapshot(directory);
  CHECK(run(directory, scan, "LC_ALL=C").out.find("調べていないもの") != std::string::npos);
  CHECK(run(directory, scan, "LANG=en_US.UTF-8").out.find("Not looked at") != std::string::npos);
  CHECK(run(directory, scan + " --lang ja", "LANG=en_US.UTF-8").out.find("調べていないもの") != std::string::npos);
}

TEST_CASE("help speaks one language") {
  const TemporaryDirectory directory;
  for (const char* command : {"", " scan", " explain", " learn", " answer", " record"}) {
    CAPTURE(command);
    const auto japanese = run(directory, kGokajo + command + " --help --lang ja").out;
    CHECK(japanese.find("使い方: gokajo") != std::string::npos);
    for (const char* word : {"Usage", "OPTIONS", "Options:", "Subcommands", "SUBCOMMAND", "Positionals"})
      CHECK(japanese.find(word) == std::string::npos);
    CHECK(run(directory, kGokajo + command + " --help --lang en").out.find("Usage: gokajo") != std::string::npos);
  }
}

TEST_CASE("colour appears on a terminal only, and not with NO_COLOR") {
  const TemporaryDirectory directory;
  const std::string scan = kGokajo + " scan --from " + empty_snapshot(directory);
  const auto terminal = [&](const std::string& environment) {
    return run(directory, "script -qec '" + scan + "' /dev/null", environment).out;
  };
  CHECK(terminal("TERM=xterm").find("\x1b[33m[") != std::string::npos);
  CHECK(terminal("TERM=xterm NO_COLOR=1").find('\x1b') == std::string::npos);
  CHECK(terminal("TERM=dumb").find('\x1b') == std::string::npos);
  CHECK(run(directory, scan + " | cat", "TERM=xterm").out.find('\x1b') == std::string::npos);
}

TEST_CASE("wrong words and files are named, with the place and what was expected, and end with a code of sysexits") {
  const TemporaryDirectory directory;
  const std::string broken = directory.path() + "/broken.json", policy = directory.path() + "/policy.json",
                    pack = directory.path() + "/pack.json";
  REQUIRE(agent::write_whole_file(broken, R"({"format": "gokajo-snapshot/1", "recorded_at": 3, "answers": []})"));
  REQUIRE(agent::write_whole_file(policy, R"({"format": "gokajo-policy/7", "settings": [], "roles": [], "exceptions": []})"));
  REQUIRE(agent::write_whole_file(pack, R"({"format": "gokajo-pack/1")"));
  struct Row {
    std::string arguments;
    int code;
    std::string names;
  };
  const Row rows[] = {
      {"", 64, "gokajo --help"},
      {"scna", 64, "scna"},
      {"scan --format pdf", 64, "pdf"},
      {"scan --pack 7kajo", 64, "5kajo, 6kajo"},
      {"scan --pack " + pack, 65, pack},
      {"scan --from " + directory.path() + "/none.json", 66, "none.json"},
      {"scan --from " + broken, 65, "recorded_at"},
      {"scan --no-memory --policy " + policy, 65, "gokajo-policy/1"},
      {"scan --from " + empty_snapshot(directory) + " --output /nowhere/x", 73, "/nowhere/x"},
      {"explain no.such-check", 64, "no.such-check"},
      {"answer no-such-question yes", 64, "nas"},
      {"answer nas perhaps", 64, "unsure"},
  };
  for (const auto& row : rows)
    for (const char* locale : {"LC_ALL=C", "LC_ALL=en_US.UTF-8"}) {
      CAPTURE(row.arguments);
      const auto ran = run(directory, kGokajo + " " + row.arguments + " 2>&1 >/dev/null", locale);
      CAPTURE(ran.out);
      CHECK(ran.code == row.code);
      CHECK(ran.out.find(row.names) != std::string::npos);
    }
}

TEST_CASE("recording this PC and scanning the record twice and the PC itself gives the same findings but for times") {
  const TemporaryDirectory directory;
  const std::string record = directory.path() + "/pc.json";
  REQUIRE(run(directory, kGokajo + " answer nas none").code == 0);
  REQUIRE(run(directory, kGokajo + " scan --format json").code <= 2);  // there is a memory to carry along
  REQUIRE(run(directory, kGokajo + " record " + record).code == 0);
  const auto first = run(directory, kGokajo + " scan --format json --from " + record);
  const auto again = run(directory, kGokajo + " scan --format json --from " + record);
  const auto native = run(directory, kGokajo + " scan --format json");
  CHECK(first.out == again.out);
  CHECK(first.code == native.code);
  const Json a = Json::parse(without_times(first.out)), b = Json::parse(without_times(native.out));
  CHECK(a["rules"] == b["rules"]);
  REQUIRE(a["findings"].size() == b["findings"].size());
  for (std::size_t i = 0; i < a["findings"].size(); ++i) {
    CAPTURE(a["findings"][i]["check"]);
    CHECK(a["findings"][i].dump() == b["findings"][i].dump());
  }
  CHECK(a["evidence"]["declarations"] == b["evidence"]["declarations"]);
}

TEST_CASE("a damaged memory is told and kept, and the scan goes on; a directory of others is refused by root") {
  const TemporaryDirectory directory;
  fs::create_directories(directory.path() + "/state");
  REQUIRE(agent::write_whole_file(directory.path() + "/state/memory.json", "{"));
  const auto ran = run(directory, kGokajo + " scan 2>&1 >/dev/null");
  CHECK(ran.code <= 2);
  CHECK(ran.out.find("memory.json.damaged") != std::string::npos);
  CHECK(fs::exists(directory.path() + "/state/memory.json.damaged"));
  fs::permissions(directory.path() + "/state", fs::perms::all);
  const auto open = run(directory, kGokajo + " scan 2>&1 >/dev/null");
  CHECK(open.out.find(directory.path() + "/state") != std::string::npos);
  if (fs::path("/proc/self").string().empty() || run(directory, "id -u").out == "0\n") CHECK(open.code == 78);
}

TEST_CASE("--no-memory leaves no trace") {
  const TemporaryDirectory directory;
  CHECK(run(directory, kGokajo + " scan --no-memory").code <= 2);
  CHECK_FALSE(fs::exists(directory.path() + "/state"));
}

// dpkg-query(1) tells the packages of this PC.
TEST_CASE("a policy switches the inventory off, also in what an earlier scan kept") {
  const TemporaryDirectory directory;
  if (run(directory, "which dpkg-query").code != 0) {
    MESSAGE("no dpkg-query here: not looked at");
    return;
  }
  const std::string policy = directory.path() + "/policy.json";
  REQUIRE(agent::write_whole_file(policy,
                                  R"({"format": "gokajo-policy/1", "settings": [], "roles": [], "exceptions": [], "inventory": "off"})"));
  // What changed in the last two seconds is not remembered (platform/fingerprint.h), and somebody may just have installed something.
  while (fs::file_time_type::clock::now() - fs::last_write_time("/var/lib/dpkg") < std::chrono::seconds{4})
    std::this_thread::sleep_for(std::chrono::milliseconds{200});
  const auto on = run(directory, kGokajo + " scan --format json");
  const auto scan = Json::parse(on.out), inventory = scan["evidence"]["inventory"], entry = in_inventory_alone(scan);
  REQUIRE(entry.is_object());
  CHECK(inventory["hardware"].contains("value"));
  const std::string name = entry["name"].get<std::string>(), listed = entry.dump(),
                    printed = name + "\t" + entry["version"].get<std::string>();
  const auto holds = [&](const std::string& file, const std::string& text) {
    const auto kept = agent::read_whole_file(directory.path() + "/state/" + file, 32U << 20U);
    REQUIRE(kept);
    return kept->find(text) != std::string::npos;
  };
  CHECK(holds("last-scan.json", listed));
  CHECK(holds("answers.cbor", printed));

  const auto off = run(directory, kGokajo + " scan --format json --policy " + policy);
  const auto left = Json::parse(off.out)["evidence"]["inventory"];
  CHECK(left.size() == inventory.size());
  for (const auto& [source, fact] : left.items()) {
    CAPTURE(source);
    CHECK_FALSE(fact.contains("value"));
    CHECK(fact["absent"] == "not_asked");
    CHECK(fact["detail"] == "switched off by the company's policy");
  }
  CHECK(off.code == on.code);
  CHECK(off.out.find(name) == std::string::npos);
  for (const auto& file : fs::directory_iterator(directory.path() + "/state")) {
    CAPTURE(file.path().string());
    CHECK_FALSE(holds(file.path().filename().string(), listed));
    CHECK_FALSE(holds(file.path().filename().string(), printed));
  }
  CHECK(Json::parse(off.out)["evidence"]["updates"]["software"].contains("value"));  // the check on support still has its facts

  for (const std::string form : {"text", "html"}) {
    CAPTURE(form);
    const auto shown = run(directory, kGokajo + " scan --format " + form).out;
    CHECK(shown.size() > 100);
    CHECK(shown.find(name) == std::string::npos);
  }
}

TEST_CASE("what is collected can be read in both languages, with what is not looked at first") {
  const TemporaryDirectory directory;
  for (const auto& [language, head, last] :
       {std::tuple{"ja", "■ 見ないもの\n", "自己申告"}, std::tuple{"en", "■ What is not looked at\n", "self-reported"}}) {
    CAPTURE(language);
    const auto ran = run(directory, kGokajo + " collected --lang " + language);
    CHECK(ran.code == 0);
    CHECK(ran.out.starts_with(head));
    CHECK(ran.out.find(last) != std::string::npos);
  }
  const auto page = run(directory, kGokajo + " collected --format markdown").out;
  CHECK(page.find("## 見ないもの") < page.find("## 見るもの"));
  CHECK(page.find("# 集めるもの") < page.find("# What is collected"));
  CHECK(page.find("`inventory.apt[].name`") != std::string::npos);
}

TEST_CASE("an answer is shown as 自己申告 and can be withdrawn") {
  const TemporaryDirectory directory;
  REQUIRE(run(directory, kGokajo + " answer nas none").code == 0);
  CHECK(run(directory, kGokajo + " answer nas --list").out.find("自己申告") != std::string::npos);
  CHECK(run(directory, kGokajo + " scan").out.find("1件に回答済み（自己申告）") != std::string::npos);
  REQUIRE(run(directory, kGokajo + " answer nas --withdraw").code == 0);
  CHECK(run(directory, kGokajo + " answer nas --list").out.find("未回答") != std::string::npos);
}

TEST_CASE("at a terminal answer says first how many questions wait and how to stop, learn after a wrong answer") {
  const TemporaryDirectory directory;
  const auto typed = [&](const std::string& keys, const std::string& command) {
    return run(directory, "sh -c \"(sleep 1; printf '" + keys + "') | script -qec '" + kGokajo + command + "' /dev/null\"").out;
  };
  const auto first = typed("1\\n", " answer");
  const auto count = first.find("質問が"), stop = first.find("CtrlキーとCキー");
  CHECK(count < stop);
  REQUIRE(first.find("\n  1 ") != std::string::npos);
  CHECK(stop < first.find("\n  1 "));
  const auto waiting = [](const std::string& text) { return std::atoi(text.c_str() + text.find("質問が") + std::string("質問が").size()); };
  CHECK(waiting(first) > 1);
  CHECK(waiting(typed("", " answer")) == waiting(first) - 1);
  CHECK(typed("\\n\\n\\n1\\n", " learn 2026-autumn-mail-fraud").find("Ctrlキー") == std::string::npos);
  CHECK(typed("\\n\\n\\n2\\n", " learn 2026-autumn-mail-fraud").find("記録されません") != std::string::npos);
  CHECK(run(directory, kGokajo + " answer").out.find("Ctrl") == std::string::npos);  // no terminal, nobody to tell
}

TEST_CASE("a briefing is recorded only when all three questions are answered right") {
  const TemporaryDirectory directory;
  const std::string own = directory.path() + "/own/gokajo/briefings.json",
                    environment = "LC_ALL=C XDG_STATE_HOME=" + directory.path() + "/own";
  // 2026-autumn-mail-fraud: the right choices are 1, 3, 2.
  const auto learn = [&](const std::string& answers) {
    return run(directory, "sh -c \"printf '" + answers + "' | " + kGokajo + " learn 2026-autumn-mail-fraud\"", environment);
  };
  CHECK(learn("1\\n3\\n").code == 1);
  CHECK_FALSE(fs::exists(own));
  CHECK(learn("2\\n1\\n3\\n1\\n").code == 1);
  CHECK_FALSE(fs::exists(own));
  CHECK(learn("2\\n1\\n3\\n2\\n").code == 0);
  const auto text = agent::read_whole_file(own, 10000);
  REQUIRE(text);
  CHECK(Json::parse(*text)["read"][0]["id"] == "2026-autumn-mail-fraud");
  CHECK(run(directory, kGokajo + " learn 2>&1", environment + " SUDO_UID=1000").code == (run(directory, "id -u").out == "0\n" ? 77 : 1));
}

TEST_CASE("completions and man page are taken by the programs they are for") {
  const TemporaryDirectory directory;
  const std::string script = directory.path() + "/gokajo.completion";
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    CAPTURE(shell);
    REQUIRE(run(directory, kGokajo + " completion " + shell + " > " + script).code == 0);
    if (run(directory, "which " + shell).code != 0) continue;
    CHECK(run(directory, shell + " -n " + script).code == 0);
  }
  REQUIRE(run(directory, kGokajo + " completion bash > " + script).code == 0);
  const auto complete = [&](const std::string& words, int at) {
    return run(directory, "bash -c 'source " + script + "; COMP_WORDS=(" + words + "); COMP_CWORD=" + std::to_string(at) +
                              "; _gokajo; echo \"${COMPREPLY[@]}\"'")
        .out;
  };
  CHECK(complete("gokajo sc", 1) == "scan\n");
  CHECK(complete("gokajo scan --form", 2) == "--format\n");
  CHECK(complete("gokajo scan --format j", 3) == "json\n");
  CHECK(complete("gokajo explain updates.os", 2) == "updates.os-supported\n");
  CHECK(complete("gokajo answer na", 2) == "nas\n");
  for (const std::string language : {"ja", "en"}) {
    CAPTURE(language);
    const std::string page = directory.path() + "/gokajo.1";
    REQUIRE(run(directory, kGokajo + " man --lang " + language + " > " + page).code == 0);
    if (run(directory, "which mandoc").code == 0) CHECK(run(directory, "mandoc -Tlint -Wwarning " + page).out == "");
    if (run(directory, "which groff").code == 0)
      CHECK(run(directory, "sh -c 'groff -Tutf8 -K utf8 -man -ww -z " + page + " 2>&1'").out == "");
  }
}

}  // namespace gokajo::tests

// The commands of gokajo-hub as a person gives them, in this process: by a clock of the test's, over a directory of its own.
#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "hub/command_line.h"
#include "hub/commands/command.h"
#include "hub/owner_confirmation.h"
#include "platform/json_form.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using platform::Time;

namespace {

struct Said {
  int code = 0;
  std::string text;  // both streams
};

// Sends what the process prints into a file meanwhile.
class Listening {
 public:
  explicit Listening(const std::string& path) : path_(path) {
    const int file = open(path.c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
    REQUIRE(file >= 0);
    std::fflush(nullptr);
    for (const int stream : {1, 2}) {
      kept_[stream - 1] = dup(stream);
      dup2(file, stream);
    }
    close(file);
  }
  ~Listening() {
    std::fflush(nullptr);
    for (const int stream : {1, 2}) {
      dup2(kept_[stream - 1], stream);
      close(kept_[stream - 1]);
    }
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;

 private:
  std::string path_;
  int kept_[2] = {};
};

struct Terminal {
  TemporaryDirectory directory;
  Time now = *platform::parse_time("2026-11-26T01:00:00Z");
  std::string state = directory.path() + "/hub";

  Said run(std::vector<std::string> words) {
    words.insert(words.end(), {"--state", state});
    Said said;
    const auto printed = directory.path() + "/printed";
    {
      const Listening listening(printed);
      Session session;
      session.now = now;
      const auto app = command_tree(session);
      std::reverse(words.begin(), words.end());
      try {
        app->parse(words);
        said.code = session.exit_code;
      } catch (const CLI::ParseError& problem) {
        said.code = problem.get_exit_code();
      }
    }
    std::ostringstream text;
    text << std::ifstream(printed).rdbuf();
    said.text = text.str();
    return said;
  }
  // A company with one PC.
  void set_up() {
    REQUIRE(run({"company", "add", "yamada", "--name", "山田工務店", "--devices", "1", "--owner-mail", "yamada@example.jp"}).code == 0);
    const auto opened = open_state(state);
    REQUIRE(opened);
    Device device;
    device.tenant = "yamada";
    device.id = std::string(64, 'a');
    device.label = "PC-05";
    device.standing = Standing::approved;
    device.enrolled = now;
    REQUIRE(opened->store->begin());
    REQUIRE(opened->store->put_device(device));
    REQUIRE(opened->store->commit());
  }
  Device device() {
    const auto opened = open_state(state);
    REQUIRE(opened);
    return *opened->store->device_by_id(std::string(64, 'a'));
  }
};

bool holds(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("device rest: until a day within a year, shown in the list, ended by hand; anything else is refused with its place") {
  Terminal terminal;
  terminal.set_up();
  const auto rest = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {"device", "rest", "yamada", "PC-05"};
    words.insert(words.end(), more.begin(), more.end());
    return terminal.run(words);
  };
  for (const char* day : {"2026-11-25", "2027-11-28", "2026-13-01", "31.12.2026", "2026-12-31T00:00:00Z", ""}) {
    CAPTURE(day);
    const auto said = rest({"--until", day});
    CHECK(said.code == 64);
    CHECK(holds(said.text, "--until"));
    CHECK_FALSE(terminal.device().resting_until);
  }
  CHECK(rest({}).code == 64);
  CHECK(rest({"--until", "2026-12-31", "--end"}).code == 64);
  CHECK(terminal.run({"device", "rest", "yamada", "PC-99", "--until", "2026-12-31"}).code == 66);
  const auto said = rest({"--until", "2026-12-31"});
  CHECK(said.code == 0);
  CHECK(holds(said.text, "PC-05: 2026-12-31まで休ませます"));
  CHECK(terminal.device().resting_until == *platform::parse_time("2026-12-31T15:00:00Z"));
  CHECK(terminal.device().resting_since == terminal.now);
  CHECK(holds(terminal.run({"device", "list", "yamada"}).text, "休止中（2026-12-31まで）"));
  CHECK(holds(terminal.run({"device", "list", "yamada", "--lang", "en"}).text, "at rest until 2026-12-31"));
  CHECK(rest({"--end"}).code == 0);
  CHECK_FALSE(terminal.device().resting_until);
  CHECK_FALSE(terminal.device().resting_since);
  CHECK_FALSE(holds(terminal.run({"device", "list", "yamada"}).text, "休止中"));
  // Today is a day that can be named, and so is the last one.
  for (const char* day : {"2026-11-26", "2027-11-27"}) CHECK(rest({"--until", day}).code == 0);
}

TEST_CASE("company confirm: shown as unconfirmed until the number is typed in, refused when wrong, unconfirmed again for another address") {
  Terminal terminal;
  terminal.set_up();
  const auto listed = [&] { return terminal.run({"company", "list"}).text + terminal.run({"company", "show", "yamada"}).text; };
  const auto number = [&] { return confirmation_of(*open_state(terminal.state)->store->company("yamada")); };
  const auto right = number();
  const std::string wrong = right == "0000" ? "0001" : "0000";
  CHECK(holds(terminal.run({"company", "list"}).text, "社長に届いたか未確認"));
  CHECK(holds(terminal.run({"company", "show", "yamada"}).text, "メールの到着：社長に届いたか未確認"));
  CHECK(holds(terminal.run({"company", "show", "yamada", "--lang", "en"}).text, "owner's mail not confirmed"));
  CHECK(terminal.run({"company", "confirm", "yamada", "41"}).code == 64);
  CHECK(terminal.run({"company", "confirm", "sato", right}).code == 66);
  for (int i = 0; i < kWrongNumbers; ++i) {
    const auto said = terminal.run({"company", "confirm", "yamada", wrong});
    CHECK(said.code == 65);
    CHECK(holds(said.text, "番号が違います"));
  }
  // Counted over runs of the program.
  CHECK(terminal.run({"company", "confirm", "yamada", right}).code == 75);
  terminal.now += std::chrono::hours{1} + std::chrono::seconds{1};
  CHECK(holds(listed(), "未確認"));
  CHECK(terminal.run({"company", "confirm", "yamada", right}).code == 0);
  CHECK_FALSE(holds(listed(), "未確認"));
  CHECK(holds(listed(), "社長に届いたことを2026年11月26日に確認"));
  // Other changes keep it, another address does not.
  CHECK(terminal.run({"company", "set", "yamada", "--owner-mail", "yamada@example.jp", "--devices", "2"}).code == 0);
  CHECK_FALSE(holds(listed(), "未確認"));
  CHECK(terminal.run({"company", "set", "yamada", "--owner-mail", "suzuki@example.jp"}).code == 0);
  CHECK(holds(listed(), "社長に届いたか未確認"));
  CHECK(number() != right);
  CHECK(terminal.run({"company", "set", "yamada", "--owner-mail", ""}).code == 0);
  CHECK(holds(listed(), "社長のメールアドレスが未登録"));
  CHECK(terminal.run({"company", "confirm", "yamada", number()}).code == 64);
}

TEST_CASE("device replace: a PC that was installed anew goes on as the one it was, with its name and its days") {
  Terminal terminal;
  terminal.set_up();
  const std::string old_id(64, 'a'), new_id(64, 'b');
  const auto at_store = [&](const auto& work) {
    const auto opened = open_state(terminal.state);
    REQUIRE(opened);
    REQUIRE(opened->store->begin());
    work(*opened->store);
    REQUIRE(opened->store->commit());
  };
  const auto finding = [](const char* check, compliance::Verdict verdict) {
    return KeptFinding{check, "updates", true, verdict, {}, "{}"};
  };
  const auto before = terminal.now - std::chrono::hours{240};
  at_store([&](Store& store) {
    REQUIRE(store.put_memory(
        "yamada", old_id,
        R"({"format":"gokajo-memory/1","first_seen":{"finding/x":"2026-11-01T00:00:00Z"},"last_good":{},"not_offered":{}})"));
    REQUIRE(store.set_verdicts(
        *store.device_by_id(old_id),
        {finding("updates.os-supported", compliance::Verdict::fail), finding("updates.restart-done", compliance::Verdict::fail)},
        {{"updates", compliance::Verdict::fail}}, before, before));
    Device anew = *store.device_by_id(old_id);
    anew.id = new_id;
    anew.label = "PC-05";
    anew.standing = Standing::waiting;
    REQUIRE(store.put_device(anew));
    REQUIRE(store.set_verdicts(
        anew, {finding("updates.os-supported", compliance::Verdict::fail), finding("updates.restart-done", compliance::Verdict::pass)},
        {{"updates", compliance::Verdict::fail}}, terminal.now, terminal.now));
    REQUIRE(store.set_group("yamada", old_id, "現場"));
    // 対応予定 of the old one: of a check that still fails on the new one, and of one that is well there.
    for (const char* check : {"updates.os-supported", "updates.restart-done"})
      REQUIRE(store.put_plan("yamada", {old_id, check, PlanState::planned, terminal.now + std::chrono::hours{240}, "田中", before}));
  });
  // Both have the name: it names neither, and the list says what to do.
  CHECK(holds(terminal.run({"device", "list", "yamada"}).text, "device replace"));
  CHECK(terminal.run({"device", "replace", "yamada", "PC-05", "bbbbbb"}).code == 65);
  CHECK(terminal.run({"device", "replace", "yamada", "aaaaaa", "aaaaaa"}).code == 64);
  CHECK(terminal.run({"device", "replace", "yamada", "aaaaaa", "cccccc"}).code == 66);
  CHECK(terminal.device().standing == Standing::approved);
  const auto said = terminal.run({"device", "replace", "yamada", "aaaaaa", "bbbbbb"});
  CHECK(said.code == 0);
  CHECK(holds(said.text, "PC-05: 前のPCの続きとして登録しました"));
  at_store([&](Store& store) {
    CHECK(store.device_by_id(old_id)->standing == Standing::removed);
    CHECK(store.device_by_id(new_id)->standing == Standing::approved);
    CHECK(store.counters("yamada")->at("device").at("approved") == 1);
    CHECK(store.counters("yamada")->at("updates").at("fail") == 1);
    const auto findings = store.findings("yamada", new_id);
    REQUIRE(findings->size() == 2);
    CHECK(findings->at(0).since == before);        // still so
    CHECK(findings->at(1).since == terminal.now);  // another verdict
    CHECK(holds(*store.memory("yamada", new_id), "2026-11-01T00:00:00Z"));
    CHECK(*store.group("yamada", new_id) == "現場");
    CHECK(store.plans("yamada", old_id)->empty());
    const auto plans = store.plans("yamada", new_id);
    REQUIRE(plans->size() == 1);
    CHECK(plans->front().check == "updates.os-supported");
    CHECK(plans->front().until == terminal.now + std::chrono::hours{240});
    CHECK(plans->front().who == "田中");
    CHECK(plans->front().noted == before);
  });
  // The name is the new one's now.
  CHECK(terminal.run({"device", "scan", "yamada", "PC-05"}).code == 0);
  at_store([&](Store& store) { CHECK(store.changes_of("yamada", new_id, 1)->front().after == "scan-wanted"); });
  CHECK(terminal.run({"device", "replace", "yamada", "bbbbbb", "aaaaaa"}).code == 64);

  // One that never reported takes over what was found, until it reports itself.
  at_store([&](Store& store) {
    Device third = *store.device_by_id(new_id);
    third.id = std::string(64, 'c');
    REQUIRE(store.put_device(third));
  });
  CHECK(terminal.run({"device", "replace", "yamada", "bbbbbb", "cccccc"}).code == 0);
  at_store([&](Store& store) {
    CHECK(store.findings("yamada", std::string(64, 'c'))->size() == 2);
    CHECK(store.rules("yamada", std::string(64, 'c'))->empty());  // and nothing passes by it
  });
}

TEST_CASE("token new --folder: the file that enrols without typing, made before rights are given up, never over another") {
  Terminal terminal;
  terminal.set_up();
  REQUIRE(terminal.run({"company", "set", "yamada", "--responsible", "田中", "--staff-told"}).code == 0);
  const auto folder = terminal.directory.path() + "/usb";
  const auto file = folder + "/gokajo-setup.json";
  const std::vector<std::string> command = {"token", "new", "yamada", "--install-day", "--folder", folder};
  CHECK(terminal.run(command).code == 66);  // no such folder
  std::filesystem::create_directory(folder);
  // The hub never served: no sheet, and no file is left.
  CHECK(terminal.run(command).code == 64);
  CHECK_FALSE(std::filesystem::exists(file));
  std::filesystem::create_directory(terminal.state + "/tls");
  std::ofstream(terminal.state + "/tls/ca.pem") << "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n";
  REQUIRE(write_serving(terminal.state, {{"192.0.2.10", "2001:db8::10"}, 8443, "sha256//pin", terminal.now, {}, true}));
  const auto said = terminal.run(command);
  CHECK(said.code == 0);
  CHECK(holds(said.text, file.c_str()));
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  const auto json = platform::parse_json(text.str(), 1 << 20);
  REQUIRE(json);
  CHECK((*json)["hub"] == "https://192.0.2.10:8443");
  CHECK((*json)["pin"] == "sha256//pin");
  CHECK(holds((*json)["ca"].get<std::string>(), "BEGIN CERTIFICATE"));
  CHECK(holds(said.text, (*json)["code"].get<std::string>().c_str()));
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms::others_read) == std::filesystem::perms::none);
  CHECK(terminal.run(command).code != 0);  // it is there already
  std::ostringstream again;
  again << std::ifstream(file).rdbuf();
  CHECK(again.str() == text.str());
}

TEST_CASE("data: what is in force, and a file that is checked before it is put there") {
  Terminal hub;
  hub.set_up();
  auto said = hub.run({"data", "list", "--lang", "ja"});
  CHECK(said.code == 0);
  CHECK(holds(said.text, "5kajo"));
  CHECK(holds(said.text, "内蔵"));
  auto pack = *compliance::built_in_pack_alone("5kajo");
  const auto put = [&](const std::string& name) {
    std::ofstream(hub.directory.path() + "/" + name) << platform::to_form(pack).dump();
    return hub.directory.path() + "/" + name;
  };
  CHECK(holds(hub.run({"company", "show", "yamada", "--lang", "ja"}).text, ("5kajo " + pack.version + "（内蔵）").c_str()));
  CHECK(hub.run({"data", "add", put("same.json")}).code == 65);  // not later
  pack.version = "2027.1";
  pack.extras.front().check = "no.such-check";
  CHECK(hub.run({"data", "add", put("unknown.json")}).code == 65);
  CHECK_FALSE(std::filesystem::exists(hub.state + "/packs/5kajo.json"));
  pack.extras.front() = compliance::built_in_pack_alone("5kajo")->extras.front();
  said = hub.run({"data", "add", put("newer.json"), "--lang", "ja"});
  CHECK(said.code == 0);
  CHECK(holds(said.text, "5kajo: ルール集を置きました"));
  CHECK(holds(hub.run({"data", "list", "--lang", "ja"}).text, "2027.1\tファイル"));
  CHECK(holds(hub.run({"company", "show", "yamada", "--lang", "ja"}).text, "5kajo 2027.1（ファイル）"));
  CHECK(hub.run({"data", "add", hub.directory.path() + "/nowhere.json"}).code == 66);
  std::ofstream(hub.state + "/briefings/bad.json") << "{";
  said = hub.run({"data", "list", "--lang", "ja"});
  CHECK(said.code == 65);
  CHECK(holds(said.text, "5kajo"));
}

TEST_CASE("device export, erase: everything of one PC, and only when it is meant") {
  Terminal terminal;
  terminal.set_up();
  const auto file = terminal.run({"device", "export", "yamada", "PC-05"});
  CHECK(file.code == 0);
  const auto json = platform::parse_json(file.text, 1U << 20U);
  REQUIRE(json);
  CHECK((*json)["kept"]["devices"][0]["label"] == "PC-05");
  CHECK(terminal.run({"device", "erase", "yamada", "PC-05"}).code == 64);
  CHECK(terminal.device().label == "PC-05");
  CHECK(terminal.run({"device", "erase", "yamada", "PC-99", "--yes"}).code == 66);
  CHECK(terminal.run({"device", "erase", "yamada", "PC-05", "--yes"}).code == 0);
  CHECK(terminal.run({"device", "export", "yamada", "PC-05"}).code == 66);
  std::ostringstream bytes;
  bytes << std::ifstream(terminal.state + "/hub.db", std::ios::binary).rdbuf();
  CHECK(bytes.str().find("PC-05") == std::string::npos);
}

TEST_CASE("person export, erase: everything of one person, and not while a company sheet names them") {
  Terminal terminal;
  terminal.set_up();
  {
    const auto opened = open_state(terminal.state);
    REQUIRE(opened);
    Person person;
    person.id = "1";
    person.mail = "yamada@example.jp";  // the owner of the company, too
    person.name = "山田";
    REQUIRE(opened->store->begin());
    REQUIRE(opened->store->put_person(person));
    REQUIRE(opened->store->commit());
  }
  CHECK(holds(terminal.run({"person", "export", "YAMADA@example.jp"}).text, "\"山田\""));
  CHECK(terminal.run({"person", "erase", "yamada@example.jp"}).code == 64);
  const auto said = terminal.run({"person", "erase", "yamada@example.jp", "--yes"});
  CHECK(said.code == 64);
  CHECK(holds(said.text, "山田工務店"));
  CHECK(terminal.run({"company", "set", "yamada", "--owner-mail", "other@example.jp"}).code == 0);
  CHECK(terminal.run({"person", "erase", "yamada@example.jp", "--yes"}).code == 0);
  CHECK(terminal.run({"person", "export", "yamada@example.jp"}).code == 66);
}

// PCs refuse all settings whose schedule they cannot read, so none may be kept.
TEST_CASE("company set --schedule takes what PCs understand, and nothing else") {
  Terminal terminal;
  terminal.set_up();
  CHECK(terminal.run({"company", "set", "yamada", "--schedule", "every 4h"}).code == 0);
  const auto said = terminal.run({"company", "set", "yamada", "--schedule", "hourly"});
  CHECK(said.code == 65);
  CHECK(holds(said.text, "schedule"));
  CHECK(holds(terminal.run({"company", "show", "yamada"}).text, "every 4h"));
}

TEST_CASE("person: a lost password or phone is ended at the hub's own machine, with every sign-in of theirs, and never by the pages") {
  Terminal hub;
  hub.set_up();
  Person person;
  person.id = "tanaka";
  person.mail = "tanaka@example.jp";
  person.name = "田中";
  person.password = "a hash";
  person.totp = "a secret";
  std::string key = "key";
  const auto put = [&] {
    const auto opened = open_state(hub.state);
    REQUIRE(opened);
    REQUIRE(opened->store->begin());
    REQUIRE(opened->store->put_person(person));
    REQUIRE(opened->store->put_sign_in({"one", "tanaka", hub.now, hub.now, hub.now + std::chrono::hours{12}, "Firefox"}));
    REQUIRE(opened->store->put_sign_in({"two", "tanaka", hub.now, hub.now, hub.now + std::chrono::hours{12}, "Chrome"}));
    REQUIRE(opened->store->add_key({key += "+", KeyPurpose::sign_in, "tanaka", hub.now + std::chrono::hours{1}}));
    REQUIRE(opened->store->commit());
  };
  const auto held = [&] {
    const auto opened = open_state(hub.state);
    REQUIRE(opened);
    return *opened->store->person("tanaka");
  };
  const auto sign_ins = [&] {
    const auto opened = open_state(hub.state);
    REQUIRE(opened);
    return opened->store->sign_ins("tanaka")->size();
  };
  put();
  REQUIRE(sign_ins() == 2);
  const auto said = hub.run({"person", "sign-out", "Tanaka@example.jp", "--lang", "ja"});
  CHECK(said.code == 0);
  CHECK(holds(said.text, "終わらせたサインイン: 2"));
  CHECK(sign_ins() == 0);
  CHECK(open_state(hub.state)->store->key(key, hub.now).error().kind == platform::ErrorKind::not_found);
  CHECK(held().password == "a hash");
  CHECK(hub.run({"person", "sign-out", "nobody@example.jp"}).code == 66);
  put();
  Serving serving;
  serving.names = {"hub.example.jp"};
  serving.port = 8443;
  REQUIRE(write_serving(hub.state, serving));
  const auto linked = hub.run({"person", "link", "tanaka@example.jp", "--end-password"});
  CHECK(linked.code == 0);
  CHECK(holds(linked.text, "https://hub.example.jp:8443/enter?key="));
  CHECK(held().password.empty());
  CHECK(held().totp == "a secret");
  CHECK(sign_ins() == 0);
  put();
  CHECK(hub.run({"person", "link", "tanaka@example.jp", "--end-second-step"}).code == 0);
  CHECK(held().totp.empty());
  CHECK(held().password == "a hash");
  put();
  CHECK(hub.run({"person", "link", "tanaka@example.jp"}).code == 0);
  CHECK(held().totp == "a secret");
  CHECK(sign_ins() == 2);
}

}  // namespace gokajo::tests

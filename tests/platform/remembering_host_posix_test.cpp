#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "platform/fingerprint.h"
#include "platform/remembering_host.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace platform;

namespace {

// Counts how often the PC is really asked; answers with the count.
class CountingHost : public Host {
 public:
  mutable int asked = 0;
  std::int64_t exit_code = 0;
  bool fails = false;
  std::string changes;  ///< a file that changes while the helper runs
  Time now{};

  Answer ask(const Question&) const override {
    ++asked;
    if (!changes.empty()) std::ofstream(changes, std::ios::app) << "more";
    if (fails) return {Error{ErrorKind::timed_out, "helper"}, now};
    return {Reply{HelperOutput{exit_code, {"run " + std::to_string(asked)}, {}}}, now};
  }
};

void write(const std::string& path, const std::string& text) { std::ofstream(path) << text; }

// As if everything had been written a while ago: what changed just now is not remembered.
Time later() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + std::chrono::seconds{10}; }

struct Pc {
  TemporaryDirectory place;
  CountingHost real;
  RememberedAnswers kept;
  Time now = later();
  std::string input = place.path() + "/lists";
  RunHelper question{.helper = "systemctl", .arguments = {"is-active"}, .unchanged_while = {input}};

  Pc() {
    std::filesystem::create_directory(input);
    write(input + "/a", "one");
  }
  // One scan: what the question was answered with, through the store's bytes.
  std::string scan() {
    real.now = now;
    const RememberingHost host(real, read_remembered(write_remembered(kept)), now);
    const auto seen = platform::ask(host, question);
    kept = host.answers();
    return seen ? seen->out.data + " at " + format_time(seen.observed_at) : "error";
  }
};

}  // namespace

TEST_CASE("an answer stands while its inputs are what they were, and keeps the time it was observed at") {
  Pc pc;
  const std::string first = pc.scan();
  CHECK(first == "run 1 at " + format_time(pc.now));
  pc.now += std::chrono::hours{23};
  CHECK(pc.scan() == first);
  CHECK(pc.real.asked == 1);
}

TEST_CASE("every change of an input asks again") {
  struct Row {
    const char* what;
    void (*change)(const std::string& input);
  };
  const Row rows[] = {
      {"a file in the directory grew", [](const std::string& input) { write(input + "/a", "longer"); }},
      {"a file kept size and was written again", [](const std::string& input) { write(input + "/a", "two"); }},
      {"a file kept size and mtime, as rsync and tar -x leave it",
       [](const std::string& input) {
         const auto stamp = std::filesystem::last_write_time(input + "/a");
         write(input + "/a", "two");
         std::filesystem::last_write_time(input + "/a", stamp);
       }},
      {"a file was replaced",
       [](const std::string& input) {
         write(input + "/../b", "one");
         std::filesystem::rename(input + "/../b", input + "/a");
       }},
      {"a name came", [](const std::string& input) { write(input + "/b", ""); }},
      {"a name went", [](const std::string& input) { std::filesystem::remove(input + "/a"); }},
      {"rights changed", [](const std::string& input) { chmod((input + "/a").c_str(), 0600); }},
      {"the directory went", [](const std::string& input) { std::filesystem::remove_all(input); }},
      {"a link took its place",
       [](const std::string& input) {
         std::filesystem::rename(input, input + ".old");
         std::filesystem::create_directory_symlink(input + ".old", input);
       }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    Pc pc;
    pc.scan();
    pc.now += std::chrono::minutes{1};
    row.change(pc.input);
    CHECK(pc.scan().starts_with("run 2"));
  }
}

TEST_CASE("an input that is a link is followed to what it leads to") {
  Pc pc;
  const std::string target = pc.place.path() + "/target";
  write(target, "one");
  std::filesystem::create_symlink(target, pc.input + "/link");
  pc.scan();
  CHECK(pc.scan().starts_with("run 1"));
  write(target, "changed");
  CHECK(pc.scan().starts_with("run 2"));
}

TEST_CASE("an input that is not there counts as such, and its coming asks again") {
  Pc pc;
  pc.question.unchanged_while.push_back(pc.place.path() + "/later");
  pc.scan();
  CHECK(pc.scan().starts_with("run 1"));
  write(pc.place.path() + "/later", "");
  CHECK(pc.scan().starts_with("run 2"));
}

TEST_CASE("offers of packages are remembered as a helper's answer is") {
  Pc pc;
  pc.real.now = pc.now;
  const ListPackageOffers question{.lists = {"a"}, .unchanged_while = {pc.input}};
  const RememberingHost first(pc.real, {}, pc.now);
  first.ask(question);
  CHECK(pc.real.asked == 1);
  const RememberingHost second(pc.real, read_remembered(write_remembered(first.answers())), pc.now);
  second.ask(question);
  CHECK(pc.real.asked == 1);
  second.ask(ListPackageOffers{.lists = {"b"}, .unchanged_while = {pc.input}});
  CHECK(pc.real.asked == 2);
}

TEST_CASE("an answer older than a day, or from the future, is not used") {
  Pc pc;
  pc.scan();
  pc.now += std::chrono::hours{24} + std::chrono::seconds{1};
  CHECK(pc.scan().starts_with("run 2"));
  pc.now -= std::chrono::hours{1};
  CHECK(pc.scan().starts_with("run 3"));
}

TEST_CASE("errors, failed runs, moving inputs and questions without inputs are asked every time") {
  Pc fails;
  fails.real.fails = true;
  CHECK(fails.scan() == "error");
  fails.real.fails = false;
  CHECK(fails.scan().starts_with("run 2"));

  Pc exits;
  exits.real.exit_code = 100;
  exits.scan();
  CHECK(exits.scan().starts_with("run 2"));

  Pc moving;
  moving.real.changes = moving.input + "/a";
  moving.scan();
  CHECK(moving.kept.empty());

  Pc fresh;  // written within the last two seconds: may still change without a trace in its times
  fresh.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  fresh.scan();
  CHECK(fresh.scan().starts_with("run 2"));

  Pc plain;
  plain.question.unchanged_while.clear();
  plain.scan();
  CHECK(plain.scan().starts_with("run 2"));
}

TEST_CASE("a changed answer is told apart from an unchanged one, so that an unchanged PC is written to by nobody") {
  Pc pc;
  pc.scan();
  const RememberingHost again(pc.real, pc.kept, pc.now);
  platform::ask(again, pc.question);
  CHECK_FALSE(again.changed());
  write(pc.input + "/b", "");
  platform::ask(again, pc.question);
  CHECK(again.changed());
}

TEST_CASE("a damaged store is an empty store") {
  Pc pc;
  pc.scan();
  const std::string bytes = write_remembered(pc.kept);
  REQUIRE(read_remembered(bytes).size() == 1);
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) CHECK(read_remembered(std::string_view(bytes).substr(0, cut)).empty());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x20);
    const auto read = read_remembered(damaged);
    // Only the case of the checksum's hexadecimal digits may change without a difference.
    CHECK((read.empty() || at < bytes.find('\n')));
  }
  CHECK(read_remembered(bytes + "x").empty());
  CHECK(read_remembered("gokajo-answers/1 0 00000000\n").empty());
  CHECK(read_remembered("gokajo-answers/2" + bytes.substr(16)).empty());
}

TEST_CASE("the store is bounded and keeps the newest answers") {
  RememberedAnswers answers;
  const Time now = later();
  for (int i = 0; i < 12; ++i)
    answers["answer " + std::to_string(10 + i)] = {
        1, {Reply{HelperOutput{0, {std::string(1U << 20U, 'x')}, {}}}, now + std::chrono::seconds{i}}};
  const std::string bytes = write_remembered(answers);
  CHECK(bytes.size() <= kMaxRememberedBytes);
  const auto kept = read_remembered(bytes);
  CHECK(kept.size() == 7);
  CHECK(kept.contains("answer 21"));
  CHECK_FALSE(kept.contains("answer 10"));
}

TEST_CASE("a store that others can write is not believed") {
  Pc pc;
  pc.scan();
  const std::string file = pc.place.path() + "/answers";
  REQUIRE(write_file_durably(file, write_remembered(pc.kept)));
  CHECK(load_remembered(file).size() == 1);
  chmod(file.c_str(), 0622);
  CHECK(load_remembered(file).empty());
  chmod(file.c_str(), 0600);
  if (geteuid() == 0) {
    REQUIRE(chown(file.c_str(), 65534, 65534) == 0);
    CHECK(load_remembered(file).empty());
  }
  CHECK(load_remembered(pc.place.path() + "/none").empty());
}

TEST_CASE("what is not to be kept is asked every time, and what was kept of it is gone at once") {
  Pc pc;
  RunHelper other{.helper = "busctl", .arguments = {"x"}, .unchanged_while = {pc.input}};
  pc.scan();
  REQUIRE(pc.kept.size() == 1);
  {
    const RememberingHost host(pc.real, pc.kept, pc.now);
    platform::ask(host, other);
    pc.kept = host.answers();
  }
  REQUIRE(pc.kept.size() == 2);
  pc.kept.emplace("no question", pc.kept.begin()->second);
  const auto passing = [](const Question& question) {
    const auto* run = std::get_if<RunHelper>(&question);
    return run && run->helper == "systemctl";
  };
  const int asked = pc.real.asked;
  const RememberingHost host(pc.real, pc.kept, pc.now, passing);
  CHECK(host.changed());
  CHECK(host.answers().size() == 1);
  CHECK(platform::ask(host, pc.question));
  CHECK(platform::ask(host, pc.question));
  CHECK(platform::ask(host, other));
  CHECK(pc.real.asked == asked + 2);
  CHECK(host.answers().size() == 1);
  CHECK(host.answers().begin()->first.find("busctl") != std::string::npos);
}

}  // namespace gokajo::tests

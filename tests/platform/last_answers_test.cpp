#include "platform/last_answers.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {

const AskApi kSlow{"update_client", {}};
const AskApi kWitness{"services", {"WinDefend"}};
const ReadRegistry kKey{.key = "HKLM\\SOFTWARE\\Witness", .values = {"Value"}};
const Time kMorning = *parse_time("2026-11-20T00:00:00Z");

std::optional<std::vector<Question>> witnesses(const Question& question) {
  const auto* api = std::get_if<AskApi>(&question);
  if (!api || api->api != kSlow.api) return std::nullopt;
  return std::vector<Question>{kWitness, kKey};
}

Reply row(const std::string& text) { return Rows{{{{"text", Cell{text}}}}}; }

// A PC with one question that foreign code answers, and two that Windows itself does.
struct Pc : Host {
  Result<Reply> slow = row("first"), witness = row("running"), key = Error{ErrorKind::not_found, "key"};
  Time now = kMorning;
  RememberedAnswers kept;

  Answer ask(const Question& question) const override {
    if (const auto* api = std::get_if<AskApi>(&question)) return {api->api == kSlow.api ? slow : witness, now};
    return {key, now};
  }
  // One scan, through the store's bytes.
  Answer scan() {
    const LastAnswersHost host(*this, read_remembered(write_remembered(kept)), now, &witnesses);
    auto answer = host.ask(kSlow);
    if (host.changed()) kept = host.answers();
    return answer;
  }
  void falls_silent(ErrorKind kind = ErrorKind::timed_out) { slow = Error{kind, "no answer"}; }
};

std::string text_of(const Answer& answer) {
  if (!answer.reply) return to_form(answer.reply.error().kind).get<std::string>();
  return cell_of(std::get<Rows>(*answer.reply).rows.at(0), "text")->text().value_or("");
}

}  // namespace

TEST_CASE("where no answer comes in time the last one stands in, with its own time and the reason") {
  Pc pc;
  CHECK_FALSE(pc.scan().no_newer);
  pc.falls_silent();
  for (int day = 1; day <= 30; ++day) {
    pc.now += Days{1};
    const auto answer = pc.scan();
    CHECK(text_of(answer) == "first");
    CHECK(answer.observed_at == kMorning);
    REQUIRE(answer.no_newer);
    CHECK(answer.no_newer->kind == ErrorKind::timed_out);
  }
  pc.now += Days{1};
  CHECK(text_of(pc.scan()) == "timed_out");
  pc.slow = row("again");
  CHECK(text_of(pc.scan()) == "again");
  CHECK_FALSE(pc.scan().no_newer);
}

TEST_CASE("a PC that refuses, or has no such thing any more, has answered: no earlier answer lives on") {
  for (const auto kind : {ErrorKind::not_found, ErrorKind::denied, ErrorKind::too_large, ErrorKind::failed, ErrorKind::unsupported,
                          ErrorKind::malformed, ErrorKind::not_asked}) {
    CAPTURE(to_form(kind).get<std::string>());
    Pc pc;
    pc.scan();
    pc.falls_silent(kind);
    CHECK(text_of(pc.scan()) == to_form(kind).get<std::string>());
    pc.falls_silent();
    CHECK(text_of(pc.scan()) == "timed_out");
  }
}

TEST_CASE("what Windows itself says must be what it was") {
  const auto silent_after = [](auto change) {
    Pc pc;
    pc.scan();
    pc.falls_silent();
    change(pc);
    return text_of(pc.scan());
  };
  CHECK(silent_after([](Pc&) {}) == "first");
  CHECK(silent_after([](Pc& pc) { pc.witness = row("stopped"); }) == "timed_out");
  CHECK(silent_after([](Pc& pc) { pc.key = Reply{Registry{{{"", kMorning, {{"Value", Cell{std::int64_t{1}}}}}}, {}}}; }) == "timed_out");
  // A witness that says nothing vouches for nothing, even where it said as little before.
  for (const auto kind : {ErrorKind::denied, ErrorKind::timed_out, ErrorKind::failed, ErrorKind::not_asked}) {
    CHECK(silent_after([&](Pc& pc) { pc.witness = Error{kind, "services"}; }) == "timed_out");
    Pc pc;
    pc.witness = Error{kind, "services"};
    pc.scan();
    pc.falls_silent();
    CHECK(text_of(pc.scan()) == "timed_out");
  }
  // When a key was last written tells of other values as well.
  Pc pc;
  pc.key = Reply{Registry{{{"", kMorning, {}}}, {}}};
  pc.scan();
  pc.falls_silent();
  pc.key = Reply{Registry{{{"", kMorning + Days{1}, {}}}, {}}};
  CHECK(text_of(pc.scan()) == "first");
}

TEST_CASE("a clock that was set back, another question and a damaged store bring nothing back") {
  Pc pc;
  pc.scan();
  pc.falls_silent();
  pc.now -= Days{1};
  CHECK(text_of(pc.scan()) == "timed_out");
  CHECK(pc.kept.empty());
  pc.kept["not a question"] = {1, {row("foreign"), pc.now}};
  const LastAnswersHost host(pc, pc.kept, pc.now, &witnesses);
  CHECK(host.answers().empty());
  CHECK(host.changed());
  pc.falls_silent();
  CHECK_FALSE(host.ask(kWitness).no_newer);
}

TEST_CASE("only what is new: an earlier answer is the error it stands in for") {
  Pc pc;
  pc.scan();
  pc.falls_silent();
  const LastAnswersHost last(pc, pc.kept, pc.now, &witnesses);
  const OnlyNewAnswers only_new(last, pc.now + Days{1});
  CHECK(text_of(only_new.ask(kWitness)) == "running");
  CHECK_FALSE(only_new.held_back());
  const auto answer = only_new.ask(kSlow);
  CHECK(text_of(answer) == "timed_out");
  CHECK(answer.observed_at == pc.now + Days{1});
  CHECK(only_new.held_back() == kMorning);
  const OnlyNewAnswers since(last, pc.now + Days{1}, kMorning), later(last, pc.now + Days{1}, kMorning + std::chrono::seconds{1});
  CHECK(text_of(since.ask(kSlow)) == "first");
  CHECK_FALSE(since.held_back());
  CHECK(text_of(later.ask(kSlow)) == "timed_out");
}

}  // namespace gokajo::tests

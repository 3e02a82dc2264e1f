#include "platform/remembering_host.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <boost/crc.hpp>

#include "platform/fingerprint.h"
#include "platform/helper.h"
#include "platform/json_form.h"
#include "platform/own_file.h"
#include "platform/snapshot.h"

namespace gokajo::platform {
namespace {

constexpr std::string_view kFormat = "gokajo-answers/1";
constexpr std::chrono::hours kLongest{24};

// What decides the answer; empty when it is not to be remembered at all.
std::vector<std::string> inputs_of(const Question& question) {
  if (const auto* run = std::get_if<RunHelper>(&question); run && !run->unchanged_while.empty()) {
    auto paths = run->unchanged_while;
    if (const Helper* helper = find_helper(run->helper)) paths.insert(paths.end(), helper->paths.begin(), helper->paths.end());
    return paths;
  }
  if (const auto* offers = std::get_if<ListPackageOffers>(&question)) return offers->unchanged_while;
  if (const auto* file = std::get_if<ReadFile>(&question); file && file->reducer != "verbatim" && file->max_bytes > kDefaultMaxBytes)
    return {file->path};
  return {};
}

// A key that is no question was not written by us: it goes too.
bool passes(const std::string& key, RememberingHost::Passing passing) {
  const Json json = Json::parse(key, nullptr, false);
  Question question;
  return json.is_discarded() || !read_form(json, question, Place{}) || passing(question);
}

bool worth_keeping(const Answer& answer) {
  if (!answer.reply) return false;
  if (const auto* output = std::get_if<HelperOutput>(&*answer.reply)) return output->exit_code == 0;
  if (std::holds_alternative<PackageOffers>(*answer.reply)) return true;
  const auto* file = std::get_if<FileContents>(&*answer.reply);
  return file && file->status.size > kDefaultMaxBytes;
}

std::uint32_t crc_of(std::string_view bytes) {
  boost::crc_32_type crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::size_t size_of(const std::string& key, const RememberedAnswer& kept) {
  std::size_t size = key.size() + 256;
  if (!kept.answer.reply) return size;
  if (const auto* output = std::get_if<HelperOutput>(&*kept.answer.reply)) size += output->out.data.size() + output->err.data.size();
  if (const auto* offers = std::get_if<PackageOffers>(&*kept.answer.reply)) size += offers->offers.size() * 400;  // about that in CBOR
  if (const auto* file = std::get_if<FileContents>(&*kept.answer.reply)) size += file->bytes.data.size();
  return size;
}

template <class Number>
bool take_number(std::string_view& text, char end, int base, Number& into) {
  const auto stop = text.find(end);
  if (stop == std::string_view::npos) return false;
  const auto [at, problem] = std::from_chars(text.data(), text.data() + stop, into, base);
  if (problem != std::errc{} || at != text.data() + stop) return false;
  text.remove_prefix(stop + 1);
  return true;
}

bool read_entries(const Json& json, RememberedAnswers& into) {
  if (!json.is_object()) return false;
  for (const auto& [key, entry] : json.items()) {
    const auto fingerprint = entry.is_object() ? entry.find("fingerprint") : entry.end();
    if (!entry.is_object() || fingerprint == entry.end() || !fingerprint->is_number_unsigned() || !entry.contains("answer")) return false;
    RememberedAnswer kept{fingerprint->get<std::uint64_t>(), {}};
    if (!read_answer(entry["answer"], kept.answer, Place{}) || !kept.answer.reply) return false;
    into.emplace(key, std::move(kept));
  }
  return true;
}

}  // namespace

std::string write_remembered(const RememberedAnswers& answers) {
  std::vector<RememberedAnswers::const_iterator> newest;
  for (auto at = answers.begin(); at != answers.end(); ++at) newest.push_back(at);
  std::sort(newest.begin(), newest.end(),
            [](const auto& a, const auto& b) { return a->second.answer.observed_at > b->second.answer.observed_at; });
  Json entries = Json::object();
  std::size_t total = 0;
  for (const auto& at : newest) {
    total += size_of(at->first, at->second);
    if (total > kMaxRememberedBytes) break;
    entries[at->first] = {{"fingerprint", at->second.fingerprint}, {"answer", write_answer(at->second.answer)}};
  }
  std::string body;
  Json::to_cbor(entries, body);
  entries = nullptr;  // several MiB on a PC with much software
  std::array<char, 9> crc{};
  std::snprintf(crc.data(), crc.size(), "%08x", crc_of(body));
  body.insert(0, std::string(kFormat) + " " + std::to_string(body.size()) + " " + crc.data() + "\n");
  return body;
}

RememberedAnswers read_remembered(std::string_view bytes) {
  if (!bytes.starts_with(kFormat) || bytes.size() <= kFormat.size() || bytes[kFormat.size()] != ' ') return {};
  bytes.remove_prefix(kFormat.size() + 1);
  std::size_t size = 0;
  std::uint32_t crc = 0;
  if (!take_number(bytes, ' ', 10, size) || !take_number(bytes, '\n', 16, crc)) return {};
  if (bytes.size() != size || crc_of(bytes) != crc) return {};
  const Json json = Json::from_cbor(bytes.begin(), bytes.end(), true, false);
  RememberedAnswers answers;
  if (json.is_discarded() || !read_entries(json, answers)) return {};
  return answers;
}

RememberedAnswers load_remembered(const std::string& path) {
  const auto bytes = read_own_file(path, 2 * kMaxRememberedBytes);
  return bytes ? read_remembered(*bytes) : RememberedAnswers{};
}

RememberingHost::RememberingHost(const Host& inner, RememberedAnswers answers, Time now, Passing passing)
    : inner_(inner), now_(now), passing_(passing), answers_(std::move(answers)) {
  const auto before = answers_.size();
  std::erase_if(answers_, [&](const auto& entry) {
    const auto at = entry.second.answer.observed_at;
    return at > now_ || at + kLongest < now_ || !worth_keeping(entry.second.answer) || (passing_ && passes(entry.first, passing_));
  });
  changed_ = answers_.size() != before;
}

Answer RememberingHost::ask(const Question& question) const {
  const auto inputs = inputs_of(question);
  if (inputs.empty() || (passing_ && passing_(question))) return inner_.ask(question);
  const std::string key = question_key(question);
  const auto before = fingerprint(inputs, now_);
  {
    const std::lock_guard lock(mutex_);
    const auto kept = answers_.find(key);
    if (kept != answers_.end() && before && kept->second.fingerprint == *before) return kept->second.answer;
    if (kept != answers_.end()) {
      answers_.erase(kept);
      changed_ = true;
    }
  }
  Answer answer = inner_.ask(question);
  // What changed while it was asked decides nothing about the answer in hand, so it is not kept.
  if (before && worth_keeping(answer) && fingerprint(inputs, now_) == before) {
    const std::lock_guard lock(mutex_);
    answers_.insert_or_assign(key, RememberedAnswer{*before, answer});
    changed_ = true;
  }
  return answer;
}

RememberedAnswers RememberingHost::answers() const {
  const std::lock_guard lock(mutex_);
  return answers_;
}

bool RememberingHost::changed() const {
  const std::lock_guard lock(mutex_);
  return changed_;
}

}  // namespace gokajo::platform

#include "hub/evidence/contents.h"

#include <algorithm>
#include <set>

#include "compliance/finding_form.h"
#include "compliance/thing_question.h"
#include "hub/counted.h"
#include "hub/diagnosis/answers.h"
#include "hub/diagnosis/history.h"
#include "hub/rejudging_store.h"
#include "hub/scs3/answers.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Json, platform::Result, platform::Status;

namespace {

constexpr std::size_t kDeedsAtOnce = 1000;

template <class E>
std::string word_of(E value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  return name ? name : "";
}

template <class E>
void add_words(std::set<std::string, std::less<>>& words) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) { words.insert(one.name); });
}

// What the hub itself writes into a change: anything else may be a name.
bool is_word_of_ours(const std::string& text) {
  static const auto kWords = [] {
    std::set<std::string, std::less<>> words{"", "left", "unenrolled", "replaced", "replaces"};
    add_words<compliance::Verdict>(words);
    add_words<Standing>(words);
    return words;
  }();
  return kWords.contains(text);
}

bool is_word_of_level(const std::string& text) {
  Level level{};
  return boost::describe::enum_from_string(text.c_str(), level);
}

void set_time(Json& row, const char* name, const std::optional<Time>& time) {
  if (time) row[name] = platform::format_time(*time);
}

class Contents {
 public:
  Contents(PackWriter& writer, const PackSource& source, const Company& company, PackKind kind, const PackPeriod& period)
      : writer_(writer), source_(source), store_(source.store), company_(company), internal_(kind == PackKind::internal), period_(period) {}

  Result<PackCounts> write() {
    const auto shelf = shelf_of(source_.library);
    auto pack = shelf->pack(company_.pack);
    if (!pack) return pack.error();
    // What is signed must not be of two minds.
    const auto rejudging = rejudgings_of(store_).rejudging(company_.id);
    if (!rejudging) return rejudging.error();
    if (*rejudging)
      return Error{ErrorKind::timed_out, "evidence pack: the company's PCs are being judged again; make it when that has ended"};
    auto devices = store_.devices(company_.id);
    if (!devices) return devices.error();
    devices_ = std::move(*devices);
    // By what the number tells nothing about: an id is a hash.
    std::sort(devices_.begin(), devices_.end(), [](const Device& a, const Device& b) { return a.id < b.id; });
    counts_.devices = static_cast<std::int64_t>(devices_.size());
    if (devices_.size() + kOtherMembers > kMaxMembers) return Error{ErrorKind::too_large, "evidence pack: more PCs than it has room for"};
    for (const auto& part : {
             std::function([&] { return company(); }),
             std::function([&] { return policy(); }),
             std::function([&] { return packs(*shelf); }),
             std::function([&] { return devices_list(); }),
             std::function([&] { return declarations(*pack); }),
             std::function([&] { return verdicts(); }),
             std::function([&] { return count_results(*pack); }),
             std::function([&] { return changes(); }),
             std::function([&] { return days(); }),
             std::function([&] { return deeds(); }),
             std::function([&] { return reports(); }),
         })
      if (auto done = part(); !done) return done.error();
    return counts_;
  }

 private:
  static constexpr std::size_t kOtherMembers = 20;

  bool inside(Time time) const { return time >= period_.from && time < period_.until; }
  Status line(const Json& row) { return writer_.append(platform::to_text(row) + "\n"); }
  // As it is written elsewhere: from outside, made fit for JSON.
  static std::string plain(const std::string& text) { return platform::printable_utf8(text); }

  Status company() {
    const auto sheet = store_.sheet(company_.id);
    if (!sheet) return sheet.error();
    Json row{{"id", company_.id},
             {"name", plain(company_.name)},
             {"pack", company_.pack},
             {"offset_minutes", company_.offset_minutes},
             {"created", platform::format_time(company_.created)},
             {"declaration", sheet->declaration},
             {"star", sheet->star},
             {"declared_on", sheet->declared_on},
             {"review_on", sheet->review_on}};
    if (company_.stated_devices) row["stated_devices"] = *company_.stated_devices;
    set_time(row, "staff_told", company_.staff_told);
    if (internal_) {
      row["closed_days"] = company_.closed_days;
      row["responsible"] = plain(company_.responsible);
      row["owner_name"] = plain(company_.owner_name);
      row["person_in_charge"] = plain(company_.person_in_charge);
    }
    return writer_.member("company.json", platform::to_text(row));
  }

  Status policy() {
    auto row = platform::to_form(company_.policy);
    if (!internal_) {
      // Reasons, owners and things are words of people's.
      for (auto& exception : row["exceptions"]) {
        const bool one_thing = exception.contains("about");
        exception = Json{{"check", exception["check"]}, {"until", exception["until"]}, {"of_one_thing", one_thing}};
      }
      for (auto& setting : row["settings"]) {
        setting.erase("reason");
        if (setting["value"].is_array()) setting["value"] = {{"names", setting["value"].size()}};
      }
      for (auto& role : row["roles"]) role.erase("reason");
    }
    return writer_.member("policy.json", platform::to_text(row));
  }

  Status packs(const Shelf& shelf) {
    for (const auto* one : shelf.chain(company_.pack))
      if (auto put = writer_.member("packs/" + one->pack.id + ".json", one->text); !put) return put;
    return Done{};
  }

  Status devices_list() {
    if (auto begun = writer_.begin("devices.jsonl"); !begun) return begun;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      const auto& device = devices_[i];
      Json row{{"pc", i + 1},
               {"standing", word_of(device.standing)},
               {"enrolled", platform::format_time(device.enrolled)},
               {"discarded", device.discarded}};
      set_time(row, "last_receipt", device.last_receipt);
      set_time(row, "last_scanned", device.last_scanned);
      set_time(row, "resting_since", device.resting_since);
      set_time(row, "resting_until", device.resting_until);
      if (internal_) {
        const auto group = store_.group(company_.id, device.id);
        if (!group) return group.error();
        row["device"] = device.id;
        row["public_key"] = platform::base64_encode({reinterpret_cast<const char*>(device.key.data()), device.key.size()});
        row["label"] = plain(device.label);
        row["host_name"] = plain(device.host_name);
        row["group"] = plain(*group);
        row["agent_version"] = plain(device.agent_version);
      }
      if (auto put = line(row); !put) return put;
    }
    return Done{};
  }

  Status declarations(const compliance::Pack& pack) {
    const auto kept = store_.declarations(company_.id);
    if (!kept) return kept.error();
    std::set<std::string, std::less<>> answers;
    for (const auto& choice : compliance::thing_choices()) answers.insert(choice.id);
    for (const auto& question : pack.questions)
      for (const auto& choice : question.choices) answers.insert(choice.id);
    if (auto begun = writer_.begin("declarations.jsonl"); !begun) return begun;
    for (const auto& one : *kept) {
      const auto& said = one.declaration;
      // Everything that counted at some time of the period.
      if (said.answered_at >= period_.until || said.valid_until + platform::Days{1} <= period_.from ||
          (one.withdrawn && *one.withdrawn < period_.from))
        continue;
      Json row{{"question", plain(said.question)},
               {"answered_at", platform::format_time(said.answered_at)},
               {"valid_until", platform::format_time(said.valid_until)}};
      const auto number = diagnosis_number(said);
      if (number) row["number"] = *number;
      if (is_scs_answer(said)) row["criterion"] = plain(said.about);
      if (internal_ || answers.contains(said.answer) || ((number || is_scs_answer(said)) && is_word_of_level(said.answer)))
        row["answer"] = plain(said.answer);
      set_time(row, "withdrawn", one.withdrawn);
      if (!one.device.empty()) row["pc"] = number_of(one.device);
      if (internal_) {
        row["about"] = plain(said.about);
        row["who"] = plain(said.who);
      } else if (!number && !is_scs_answer(said)) {
        row["of_one_thing"] = !said.about.empty();
      }
      ++counts_.declarations;
      if (auto put = line(row); !put) return put;
    }
    return Done{};
  }

  Status verdicts() {
    if (auto begun = writer_.begin("verdicts.jsonl"); !begun) return begun;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      const auto findings = store_.findings(company_.id, devices_[i].id);
      if (!findings) return findings.error();
      for (const auto& finding : *findings) {
        Json row{{"pc", i + 1},
                 {"check", plain(finding.check)},
                 {"rule", plain(finding.rule)},
                 {"required", finding.required},
                 {"verdict", word_of(finding.verdict)},
                 {"since", platform::format_time(finding.since)}};
        const auto form = platform::parse_json(finding.form, kMostForm);
        const bool known = form && form->is_object();
        if (known && form->contains("exception")) row["excepted"] = true;
        if (known && internal_) row["finding"] = *form;
        if (auto put = line(row); !put) return put;
      }
      const auto rules = store_.rules(company_.id, devices_[i].id);
      if (!rules) return rules.error();
      for (const auto& [rule, verdict] : *rules)
        if (auto put = line({{"pc", i + 1}, {"rule", plain(rule)}, {"verdict", word_of(verdict)}}); !put) return put;
    }
    return Done{};
  }

  // As a company's page counts them: a silent PC passes nothing.
  Status count_results(const compliance::Pack& pack) {
    const auto counted = counted_now(store_, company_, source_.now);
    if (!counted) return counted.error();
    for (const auto& rule : pack.rules) {
      const auto found = counted->counters.find(rule.id);
      counts_.rules.push_back({rule.name, found == counted->counters.end() ? std::map<std::string, std::int64_t>() : found->second});
    }
    return Done{};
  }

  // PC by PC, each the oldest first: there may be many.
  Status changes() {
    if (auto begun = writer_.begin("changes.jsonl"); !begun) return begun;
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      auto all = store_.changes_of(company_.id, devices_[i].id, kMostChangesOfDevice);
      if (!all) return all.error();
      if (static_cast<std::int64_t>(all->size()) == kMostChangesOfDevice && all->back().at >= period_.from)
        return Error{ErrorKind::too_large, "evidence pack: a PC with more changes than it has room for; take a shorter period"};
      std::reverse(all->begin(), all->end());
      for (const auto& change : *all) {
        if (!inside(change.at)) continue;
        const bool of_pc = change.kind == "device";
        Json row{{"pc", i + 1}, {"at", platform::format_time(change.at)}, {"kind", plain(change.kind)}};
        set_time(row, "seen_at", change.seen_at);
        if (!of_pc) row["subject"] = plain(change.subject);
        if (internal_ || is_word_of_ours(change.before)) row["before"] = plain(change.before);
        if (internal_ || is_word_of_ours(change.after)) row["after"] = plain(change.after);
        ++counts_.changes;
        if (auto put = line(row); !put) return put;
      }
    }
    return Done{};
  }

  Status days() {
    if (auto begun = writer_.begin("days.jsonl"); !begun) return begun;
    // Its days are midnights in the company's time, written as UTC.
    const auto local = std::chrono::minutes{company_.offset_minutes};
    const auto counts = store_.daily_counts(company_.id, std::chrono::floor<platform::Days>(period_.from + local));
    if (!counts) return counts.error();
    for (const auto& count : *counts) {
      if (count.day >= period_.until + local) continue;
      const Json row{{"day", platform::format_time(count.day).substr(0, 10)},
                     {"rule", plain(count.rule)},
                     {"pass", count.pass},
                     {"fail", count.fail},
                     {"unknown", count.unknown},
                     {"ask", count.ask},
                     {"not_applicable", count.not_applicable},
                     {"silent", count.silent},
                     {"resting", count.resting}};
      if (auto put = line(row); !put) return put;
    }
    return Done{};
  }

  // The newest first, as the store has them.
  Status deeds() {
    if (auto begun = writer_.begin("deeds.jsonl"); !begun) return begun;
    for (std::size_t skip = 0;; skip += kDeedsAtOnce) {
      const auto some = store_.deeds_matching(company_.id, {}, skip, kDeedsAtOnce);
      if (!some) return some.error();
      for (const auto& deed : *some) {
        if (!inside(deed.at)) continue;
        Json row{{"at", platform::format_time(deed.at)}, {"what", plain(deed.what)}};
        if (internal_) {
          row["who"] = plain(deed.who);
          row["subject"] = plain(deed.subject);
          row["before"] = plain(deed.before);
          row["after"] = plain(deed.after);
        } else if (const auto points = deed.what == kDiagnosisResult ? result_in(deed.after) : std::nullopt) {
          row["after"] = result_text(*points);
        }
        ++counts_.deeds;
        if (auto put = line(row); !put) return put;
      }
      if (some->size() < kDeedsAtOnce || some->back().at < period_.from) return Done{};
    }
  }

  Status reports() {
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      if (!source_.goes_on()) return Error{ErrorKind::timed_out, "evidence pack: the hub ends"};
      const auto marks = store_.report_marks(company_.id, devices_[i].id, period_.from, period_.until);
      if (!marks) return marks.error();
      if (marks->empty()) continue;
      const auto digits = std::to_string(i + 1);
      if (auto begun = writer_.begin("reports/" + std::string(5 - digits.size(), '0') + digits + ".jsonl"); !begun) return begun;
      for (const auto& mark : *marks) {
        const auto report = store_.report(company_.id, devices_[i].id, mark.position);
        if (!report) return report.error();
        Json row{{"epoch", mark.position.epoch},
                 {"seq", mark.position.seq},
                 {"stored_at", platform::format_time(mark.stored_at)},
                 {"size", report->body.size()},
                 {"sha256", report->body_sha256}};
        set_time(row, "scanned_at", mark.scanned_at);
        if (mark.discarded) row["discarded"] = *mark.discarded;
        if (internal_) row["body"] = platform::base64_encode(report->body);
        if (!counts_.reports_from || mark.stored_at < *counts_.reports_from) counts_.reports_from = mark.stored_at;
        ++counts_.reports;
        if (auto put = line(row); !put) return put;
      }
    }
    return Done{};
  }

  // 0: of none that is still there.
  std::size_t number_of(const std::string& device) const {
    const auto at =
        std::lower_bound(devices_.begin(), devices_.end(), device, [](const Device& one, const std::string& id) { return one.id < id; });
    return at == devices_.end() || at->id != device ? 0 : static_cast<std::size_t>(at - devices_.begin()) + 1;
  }

  static constexpr std::size_t kMostForm = 1U << 20U;
  PackWriter& writer_;
  const PackSource& source_;
  Store& store_;
  const Company& company_;
  bool internal_;
  PackPeriod period_;
  std::vector<Device> devices_;
  PackCounts counts_;
};

}  // namespace

Result<PackCounts> write_contents(PackWriter& writer, const PackSource& source, const Company& company, PackKind kind,
                                  const PackPeriod& period) {
  return Contents(writer, source, company, kind, period).write();
}

}  // namespace gokajo::hub

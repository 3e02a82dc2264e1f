#include "hub/answers.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "hub/read_finding.h"
#include "hub/rejudging.h"

namespace gokajo::hub {

using compliance::PackQuestion, platform::Result;

namespace {

constexpr const char* kMonths = "answer_valid_months";

const PackQuestion* question_named(const compliance::Pack& pack, const std::string& id) {
  const auto found = std::find_if(pack.questions.begin(), pack.questions.end(), [&](const PackQuestion& one) { return one.id == id; });
  return found == pack.questions.end() ? nullptr : &*found;
}

std::int64_t months_of(const std::string& check, const compliance::PackCheck& entry) {
  const auto* declared = compliance::find_check(check);
  if (!declared || !declared->settings.contains(kMonths)) return compliance::kThingMonths;
  auto settings = declared->settings;
  if (entry.settings)
    for (const auto& [name, value] : *entry.settings) settings.insert_or_assign(name, value);
  return std::max<std::int64_t>(compliance::number(settings, kMonths), 1);
}

// The things a finding asks about; one without a name is the PC itself.
std::vector<std::string> things_of(const KeptFinding& kept) {
  const auto judged = read_finding(kept);
  if (!judged) return {};
  std::vector<std::string> things;
  for (const auto& item : judged->finding.items) {
    const auto name = item.find("name");
    const auto* text = name == item.end() ? nullptr : std::get_if<compliance::Name>(&name->second);
    things.push_back(text ? text->value : "");
  }
  if (things.empty()) things.emplace_back();
  return things;
}

// Puts devices to questions.
class Gathering {
 public:
  Gathering(Store& store, const CompanyPage& page) : store_(store), page_(page) {}

  Result<std::vector<ThingQuestion>> all() {
    for (const auto& rule : page_.pack.rules)
      for (const auto& entry : rule.checks)
        if (auto status = add(entry); !status) return status.error();
    for (const auto& entry : page_.pack.extras)
      if (auto status = add(entry); !status) return status.error();
    if (auto status = add_answered(); !status) return status.error();
    for (auto& question : questions_) {
      std::sort(question.devices.begin(), question.devices.end(), [](const AskedDevice& a, const AskedDevice& b) {
        return std::tie(a.device.shown_name(), a.device.id) < std::tie(b.device.shown_name(), b.device.id);
      });
    }
    std::stable_sort(questions_.begin(), questions_.end(), [&](const ThingQuestion& a, const ThingQuestion& b) {
      return std::tie(order_.at(a.check), a.about) < std::tie(order_.at(b.check), b.about);
    });
    return std::move(questions_);
  }

 private:
  platform::Status add(const compliance::PackCheck& entry) {
    for (const auto& check : entry.checks()) {
      if (!compliance::heeds_answers(check) || compliance::settling_question(page_.pack, check)) continue;
      order_.emplace(check, order_.size());
      entries_.emplace(check, &entry);
      if (auto status = add_asking(check); !status) return status;
    }
    return platform::Done{};
  }

  // With few questions to the store, however many PCs ask; but those that wait for approval one by one.
  platform::Status add_asking(const std::string& check) {
    const auto& tenant = page_.company.id;
    auto asking = store_.devices_asking(tenant, check, kMostAsking);
    if (!asking) return asking.error();
    if (asking->empty()) return platform::Done{};
    const auto found = store_.findings_of_check(tenant, check, compliance::Verdict::ask, 0, kMostAsking);
    if (!found) return found.error();
    std::map<std::string, const KeptFinding*> of_approved;
    for (const auto& one : *found) of_approved.emplace(one.device, &one.finding);
    DeviceFilter these;
    these.only = std::move(*asking);
    const auto devices = store_.page_devices(tenant, these, DeviceOrder::name, 0, kMostAsking);
    if (!devices) return devices.error();
    for (const auto& one : *devices) {
      if (const auto finding = of_approved.find(one.device.id); finding != of_approved.end()) {
        put_things(*finding->second, one.device);
        continue;
      }
      const auto findings = store_.findings(tenant, one.device.id);
      if (!findings) return findings.error();
      for (const auto& kept : *findings)
        if (kept.check == check && kept.verdict == compliance::Verdict::ask) put_things(kept, one.device);
    }
    return platform::Done{};
  }

  void put_things(const KeptFinding& kept, const Device& device) {
    for (const auto& thing : things_of(kept)) put(kept.check, thing, device).asks = true;
  }

  platform::Status add_answered() {
    for (const auto& kept : page_.declarations) {
      const auto& one = kept.declaration;
      if (kept.device.empty() || kept.withdrawn || !entries_.contains(one.question)) continue;
      const auto device = store_.device_by_id(kept.device);
      if (!device && device.error().kind != platform::ErrorKind::not_found) return device.error();
      if (!device || device->tenant != page_.company.id || device->standing == Standing::removed) continue;
      put(one.question, one.about, *device).answer = kept;
    }
    return platform::Done{};
  }

  AskedDevice& put(const std::string& check, const std::string& thing, const Device& device) {
    const auto [found, added] = places_.emplace(std::pair(check, thing), questions_.size());
    if (added) {
      const auto* entry = entries_.at(check);
      questions_.push_back({check, thing, entry->role == compliance::Role::required, months_of(check, *entry), {}});
    }
    auto& devices = questions_[found->second].devices;
    const auto same = std::find_if(devices.begin(), devices.end(), [&](const AskedDevice& one) { return one.device.id == device.id; });
    if (same != devices.end()) return *same;
    devices.push_back({device, false, std::nullopt});
    return devices.back();
  }

  Store& store_;
  const CompanyPage& page_;
  std::map<std::string, std::size_t> order_;
  std::map<std::string, const compliance::PackCheck*> entries_;
  std::map<std::pair<std::string, std::string>, std::size_t> places_;
  std::vector<ThingQuestion> questions_;
};

bool is_choice(const std::vector<compliance::Choice>& choices, const std::string& id) {
  return std::any_of(choices.begin(), choices.end(), [&](const compliance::Choice& one) { return one.id == id; });
}

Result<Answered> kept_for_company(Store& store, CompanyBook& book, const std::string& tenant, const KeptDeclaration& kept, Time now) {
  if (auto put = store.put_declaration(tenant, kept); !put) return put.error();
  if (auto judged = judge_company_again(store, book, tenant, now); !judged) return judged.error();
  return Answered::taken;
}

Result<Answered> kept_for_device(Store& store, CompanyBook& book, const Device& device, const KeptDeclaration& kept, Time now) {
  if (auto put = store.put_declaration(device.tenant, kept); !put) return put.error();
  if (auto judged = Review(store, book).again(device, now); !judged) return judged.error();
  return Answered::taken;
}

}  // namespace

Time months_later(Time from, std::int64_t months, std::int64_t offset_minutes) {
  const std::chrono::year_month_day day{platform::local_day(from, static_cast<int>(offset_minutes))};
  const auto month = std::chrono::year_month{day.year(), day.month()} + std::chrono::months{months};
  const auto last = std::chrono::year_month_day{month / std::chrono::last};
  return std::chrono::sys_days{month / std::min(day.day(), last.day())};
}

bool has_ended(const KeptDeclaration& answer, Time now) { return answer.declaration.valid_until + platform::Days{1} <= now; }

std::optional<KeptDeclaration> company_answer(const std::vector<KeptDeclaration>& all, const std::string& question) {
  for (const auto& one : all)
    if (one.device.empty() && one.declaration.question == question && one.declaration.about.empty() && !one.withdrawn) return one;
  return std::nullopt;
}

Result<std::vector<ThingQuestion>> thing_questions(Store& store, const CompanyPage& page) { return Gathering(store, page).all(); }

Result<Answered> answer_for_company(Store& store, CompanyBook& book, const std::string& tenant, const std::string& question,
                                    const std::string& choice, const std::string& who, Time now) {
  const auto page = book.of(tenant, now);
  if (!page) return page.error();
  const auto* asked = question_named((*page)->pack, question);
  if (!asked) return Answered::no_question;
  if (!is_choice(asked->choices, choice)) return Answered::no_choice;
  if (who.empty()) return Answered::nobody;
  return kept_for_company(
      store, book, tenant,
      {"", {question, "", choice, who, now, months_later(now, asked->valid_months, (*page)->company.offset_minutes)}, std::nullopt}, now);
}

Result<Answered> withdraw_for_company(Store& store, CompanyBook& book, const std::string& tenant, const std::string& question, Time now) {
  const auto page = book.of(tenant, now);
  if (!page) return page.error();
  if (!question_named((*page)->pack, question)) return Answered::no_question;
  auto kept = company_answer((*page)->declarations, question);
  if (!kept) return Answered::no_answer;
  kept->withdrawn = now;
  return kept_for_company(store, book, tenant, *kept, now);
}

Result<Answered> answer_for_device(Store& store, CompanyBook& book, const AskedDevice& one, const ThingQuestion& question,
                                   const std::string& choice, const std::string& who, Time now) {
  if (!is_choice(compliance::thing_choices(), choice)) return Answered::no_choice;
  if (who.empty()) return Answered::nobody;
  const auto page = book.of(one.device.tenant, now);
  if (!page) return page.error();
  return kept_for_device(
      store, book, one.device,
      {one.device.id,
       {question.check, question.about, choice, who, now, months_later(now, question.months, (*page)->company.offset_minutes)},
       std::nullopt},
      now);
}

Result<Answered> withdraw_for_device(Store& store, CompanyBook& book, const AskedDevice& one, Time now) {
  if (!one.answer) return Answered::no_answer;
  auto kept = *one.answer;
  kept.withdrawn = now;
  return kept_for_device(store, book, one.device, kept, now);
}

}  // namespace gokajo::hub

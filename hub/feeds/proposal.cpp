#include "hub/feeds/proposal.h"

#include <algorithm>
#include <set>

#include "compliance/evidence.h"
#include "hub/feeds/catalogue.h"
#include "hub/feeds/reading.h"
#include "hub/kept_content.h"
#include "platform/json_form.h"
#include "protocol/content.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using compliance::Briefing, compliance::Text;
using platform::Error, platform::ErrorKind, platform::Result, platform::Time;

namespace {

constexpr std::size_t kMaxTemplates = 256U << 10U;
constexpr std::int64_t kPcsAtOnce = 200;
constexpr std::size_t kNameCharacters = 40;

/// Texts with {placeholders}; `exploited`, `looked`: sentences that stand in them or not.
struct Templates {
  std::string about;
  Briefing match;
  Briefing general;
  Text exploited;
  Text none_found;
  Text not_looked;
};
BOOST_DESCRIBE_STRUCT(Templates, (), (about, match, general, exploited, none_found, not_looked))

// A test reads it whole.
const std::optional<Templates>& templates() {
  static const std::optional<Templates> kTemplates = []() -> std::optional<Templates> {
    Templates read;
    const auto json = platform::parse_json(feeds_data("proposals.json"), kMaxTemplates);
    if (!json || !platform::read_form(*json, read, platform::Place{"proposals"})) return std::nullopt;
    return read;
  }();
  return kTemplates;
}

std::string small(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

struct Value {
  const char* name;
  Text text;
};

void fill(std::string& text, const std::string& name, const std::string& value) {
  for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size())) text.replace(at, name.size(), value);
}

void fill(Text& text, const std::vector<Value>& values) {
  for (const auto& value : values) {
    fill(text.ja, value.name, value.text.ja);
    fill(text.en, value.name, value.text.en);
  }
}

void fill(Briefing& briefing, const std::vector<Value>& values) {
  fill(briefing.title, values);
  fill(briefing.what_happens, values);
  for (auto* list : {&briefing.how_to_notice, &briefing.what_to_do})
    for (auto& text : *list) fill(text, values);
  for (auto& question : briefing.questions) {
    fill(question.ask, values);
    fill(question.because, values);
    for (auto& choice : question.choices) fill(choice, values);
  }
}

// Braces would be placeholders, and a name is a name.
std::string name_for_text(const std::string& name) {
  auto line = plain_line(name, kNameCharacters);
  std::erase_if(line, [](char c) { return c == '{' || c == '}'; });
  return line;
}

Text joined(const std::vector<ProposedProduct>& products) {
  Text names;
  for (std::size_t i = 0; i < products.size(); ++i) {
    names.ja += (i == 0 ? "" : "、") + products[i].ja;
    names.en += (i == 0 ? "" : i + 1 == products.size() ? " and " : ", ") + products[i].en;
  }
  return names;
}

void add_source(std::vector<compliance::BriefingSource>& sources, const Notice& notice, std::size_t most) {
  const bool there = std::any_of(sources.begin(), sources.end(), [&](const auto& one) { return one.url == notice.link; });
  if (!there && sources.size() < most) sources.push_back({notice.title, notice.link});
}

Proposal of_matches(const std::vector<Match>& found) {
  Proposal proposal{templates()->match, {"match", true, 0, 0, 0, {}}};
  auto& sources = proposal.briefing.sources;
  sources.clear();
  bool exploited = false;
  for (const auto& match : found) {
    if (proposal.reasons.products.size() == kMostProducts) break;
    auto& product = proposal.reasons.products.emplace_back();
    product.ja = name_for_text(match.name.ja);
    product.en = name_for_text(match.name.en);
    product.pcs = match.pcs;
    product.exploited = match.exploited;
    for (const auto& notice : match.notices) add_source(product.notices, notice, kMostSources);
    exploited = exploited || match.exploited;
  }
  // One of each product first, so that each is in it.
  for (std::size_t i = 0; i < kMostSources; ++i)
    for (const auto& product : proposal.reasons.products)
      if (i < product.notices.size() && sources.size() < kMostSources) sources.push_back(product.notices[i]);
  fill(proposal.briefing,
       {{"{exploited}", exploited ? templates()->exploited : Text{}}, {"{programs}", joined(proposal.reasons.products)}});
  return proposal;
}

std::optional<Proposal> of_alerts(const std::vector<Notice>& notices, bool inventory, Time now) {
  std::vector<const Notice*> alerts;
  for (const auto& notice : notices)
    if (notice.alert && notice.published + kNoticeReaches >= now) alerts.push_back(&notice);
  if (alerts.empty()) return std::nullopt;
  std::stable_sort(alerts.begin(), alerts.end(), [](const Notice* a, const Notice* b) { return a->published > b->published; });
  Proposal proposal{templates()->general, {"general", inventory, 0, 0, 0, {}}};
  proposal.briefing.sources.clear();
  for (const auto* alert : alerts) add_source(proposal.briefing.sources, *alert, kMostSources);
  fill(proposal.briefing, {{"{looked}", inventory ? templates()->none_found : templates()->not_looked}});
  return proposal;
}

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool fits(const Text& text) { return letters_in(text.ja) <= kBriefingTextJa && letters_in(text.en) <= kBriefingTextEn; }

std::string fault_of_list(const std::vector<Text>& list, const std::string& name) {
  constexpr std::size_t kLeast = 2, kMost = 6;
  if (list.size() < kLeast || list.size() > kMost) return name;
  return std::all_of(list.begin(), list.end(), fits) ? "" : name;
}

// The programs of one PC; false: it sent no list.
Result<bool> add_programs(Store& store, const Device& device, Programs& all) {
  const auto kept = store.content(device.tenant, device.id, Store::Which::current);
  if (!kept) return kept.error().kind == ErrorKind::not_found ? Result<bool>(false) : kept.error();
  auto json = content_of(*kept);
  if (!json) return json.error();
  const auto content = protocol::read_content(std::move(*json), kept->scanned_at);
  if (!content) return false;
  const auto& inventory = content->evidence.inventory;
  std::set<std::string> here;
  bool listed = false;
  for (const auto* list : {&inventory.windows, &inventory.apt, &inventory.rpm, &inventory.pacman, &inventory.snap, &inventory.flatpak}) {
    if (!*list) continue;
    listed = true;
    for (const auto& entry : **list) {
      const auto key = small(entry.name);
      if (!here.insert(key).second) continue;
      auto& program = all.programs[key];
      if (program.name.empty()) program.name = entry.name;
      ++program.pcs;
    }
  }
  return listed;
}

// One month's is enough to think about: what nobody decided on before is refused by nobody.
platform::Status let_earlier_go(Store& store, const std::string& tenant, Time now) {
  constexpr std::size_t kEarlier = 24;
  const auto all = store.company_briefings(tenant, kEarlier);
  if (!all) return all.error();
  for (const auto& bare : *all) {
    if (bare.state != BriefingState::proposed) continue;
    auto whole = store.company_briefing(tenant, bare.id);
    if (!whole) return whole.error();
    whole->state = BriefingState::refused;
    whole->decided = now;
    if (auto put = store.put_company_briefing(*whole); !put) return put;
  }
  return platform::Done{};
}

}  // namespace

std::string month_of(Time now, std::int64_t offset_minutes) {
  const Time local{platform::local_day(now, static_cast<int>(offset_minutes))};
  return platform::format_time(local).substr(0, 7);
}

std::string proposal_id(const std::string& month) {
  const auto number = month.substr(5);
  const char* season = number == "12" || number < "03" ? "winter" : number < "06" ? "spring" : number < "09" ? "summer" : "autumn";
  return month.substr(0, 4) + "-" + season + "-notices-" + number;
}

std::optional<Proposal> propose(const std::string& month, const std::vector<Notice>& notices, const std::optional<Programs>& programs,
                                Time now) {
  if (!templates()) return std::nullopt;
  const auto found = programs ? matches(notices, *programs, now) : std::vector<Match>{};
  auto proposal = found.empty() ? of_alerts(notices, programs.has_value(), now) : std::optional(of_matches(found));
  if (!proposal) return std::nullopt;
  proposal->briefing.id = proposal_id(month);
  proposal->briefing.published = std::chrono::floor<platform::Days>(now);
  if (!programs) return proposal;
  proposal->reasons.pcs = programs->pcs;
  proposal->reasons.without = programs->without;
  proposal->reasons.left_out = programs->left_out;
  return proposal;
}

std::string write_briefing(const Briefing& briefing) {
  auto form = platform::to_form(briefing);
  form["published"] = platform::format_time(briefing.published).substr(0, 10);
  return platform::to_text(form);
}

std::string fault_of_texts(const Briefing& briefing) {
  if (!fits(briefing.title)) return "title";
  if (!fits(briefing.what_happens)) return "what_happens";
  if (auto fault = fault_of_list(briefing.how_to_notice, "how_to_notice"); !fault.empty()) return fault;
  return fault_of_list(briefing.what_to_do, "what_to_do");
}

std::string write_reasons(const ProposalReasons& reasons) { return platform::to_text(platform::to_form(reasons)); }

Result<ProposalReasons> read_reasons(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxTemplates);
  if (!json) return json.error();
  ProposalReasons reasons;
  if (auto status = platform::read_form(*json, reasons, platform::Place{"about"}); !status) return status.error();
  return reasons;
}

Result<Programs> programs_of(Store& store, const std::string& tenant) {
  Programs all;
  std::optional<Device> last;
  std::int64_t looked = 0;
  for (;;) {
    auto devices = store.devices_behind(tenant, last ? &*last : nullptr, kPcsAtOnce);
    if (!devices) return devices.error();
    for (const auto& [device, judged] : *devices) {
      if (device.standing != Standing::approved) continue;
      if (looked == kMostPcsLookedAt) {
        ++all.left_out;
        continue;
      }
      ++looked;
      const auto listed = add_programs(store, device, all);
      if (!listed) return listed.error();
      ++(*listed ? all.pcs : all.without);
    }
    if (static_cast<std::int64_t>(devices->size()) < kPcsAtOnce) return all;
    last = std::move(devices->back().device);
  }
}

Result<std::vector<Notice>> fresh_notices(Store& store, Time now) {
  std::vector<Notice> all;
  const auto feeds = store.feeds();
  if (!feeds) return feeds.error();
  for (const auto& feed : *feeds) {
    if (!feed.good || now - *feed.good >= kFeedOld) continue;
    const auto whole = store.feed(feed.feed);
    if (!whole) return whole.error();
    // What another version kept is read anew with the next visit.
    auto read = read_notices(whole->items);
    if (!read) continue;
    const auto known =
        std::find_if(public_feeds().begin(), public_feeds().end(), [&](const PublicFeed& one) { return one.id == feed.feed; });
    const bool alerts = known != public_feeds().end() && known->use == FeedUse::briefing;
    for (auto& notice : read->notices) {
      // IPA's list holds nothing but what concerns everybody; JPCERT/CC's holds reports too, and says which are alerts.
      notice.alert = alerts && (notice.alert || feed.feed != "jpcert");
      all.push_back(std::move(notice));
    }
  }
  return all;
}

Result<bool> propose_for(Store& store, const Company& company, const std::vector<Notice>& notices, Time now) {
  const auto month = month_of(now, company.offset_minutes);
  const auto before = store.company_briefing(company.id, proposal_id(month));
  if (before) return false;
  if (before.error().kind != ErrorKind::not_found) return before.error();
  std::optional<Programs> programs;
  if (compliance::wants_inventory(company.policy)) {
    auto read = programs_of(store, company.id);
    if (!read) return read.error();
    programs = std::move(*read);
  }
  const auto proposal = propose(month, notices, programs, now);
  if (!proposal) return false;
  const auto text = write_briefing(proposal->briefing);
  if (const auto sound = compliance::read_briefing(text); !sound) return sound.error();
  if (auto begun = store.begin(); !begun) return begun.error();
  const CompanyBriefing one{company.id,
                            proposal->briefing.id,
                            BriefingState::proposed,
                            month,
                            proposal->briefing.published,
                            protocol::sha256_hex(text),
                            text,
                            write_reasons(proposal->reasons),
                            now,
                            std::nullopt,
                            ""};
  // Another hub, or a person, may have been at it while the PCs were looked at.
  const auto meanwhile = store.company_briefing(company.id, one.id);
  if (meanwhile || meanwhile.error().kind != ErrorKind::not_found) {
    store.rollback();
    return meanwhile ? Result<bool>(false) : meanwhile.error();
  }
  auto put = let_earlier_go(store, company.id, now);
  if (put) put = store.put_company_briefing(one);
  if (!put) {
    store.rollback();
    return put.error();
  }
  if (auto committed = store.commit(); !committed) return committed.error();
  return true;
}

}  // namespace gokajo::hub

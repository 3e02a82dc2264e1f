#include "hub/declaring/published_page.h"

#include <algorithm>
#include <initializer_list>
#include <map>

#include "hub/answers.h"
#include "hub/feeds/public_address.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// Words about steps begin alike (hub/declaring/to_do.h), so that no PC is told of these either.
constexpr const char* kPaper = "declaring.paper";
constexpr const char* kLook = "declaring.look";
constexpr const char* kLooked = "declaring.looked";
constexpr const char* kWanted = "wanted";
// The hub itself looks once a month.
constexpr const char* kHub = "Gokajo";
constexpr std::int64_t kToldMonths = 12;
constexpr std::size_t kLooksRead = 20;

bool only(std::string_view text, std::string_view characters) { return text.find_first_not_of(characters) == std::string_view::npos; }

// "customers staff", and back; a word that is none is left out.
template <class Enum>
std::string words_of(const std::set<Enum>& all) {
  std::string text;
  for (const auto one : all) text += (text.empty() ? "" : " ") + std::string(boost::describe::enum_to_string(one, ""));
  return text;
}

template <class Enum>
std::set<Enum> words_in(const std::string& text) {
  std::set<Enum> all;
  for (std::size_t from = 0; from < text.size();) {
    const auto end = std::min(text.find(' ', from), text.size());
    Enum one{};
    if (boost::describe::enum_from_string(text.substr(from, end - from).c_str(), one)) all.insert(one);
    from = end + 1;
  }
  return all;
}

std::map<std::string, std::string> fields_of(const PolicyTold& told) {
  return {{"signer", told.signer},
          {"contact", told.contact},
          {"since", told.since},
          {"infos", words_of(told.infos)},
          {"promises", words_of(told.promises)}};
}

Status put(Store& store, const Company& company, const char* question, const std::string& about, const std::string& answer,
           const std::string& who, Time now, const std::optional<Time>& withdrawn = std::nullopt) {
  return store.put_declaration(
      company.id, {"", {question, about, answer, who, now, months_later(now, kToldMonths, company.offset_minutes)}, withdrawn});
}

}  // namespace

bool is_published_address(const std::string& address) {
  if (address.size() > kMaxPublishedAddress || !address.starts_with("https://")) return false;
  if (!only(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/?#[]@!$&'()*+,;=-._~%")) return false;
  const auto host = host_in(address);
  // https and its own port alone.
  const auto rest = std::string_view(address).substr(std::string_view("https://").size());
  const auto authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority != host && authority != std::string(host) + ":443") return false;
  // A name of the Internet; figures alone are an address in one of many ways to write it.
  const auto dot = host.rfind('.');
  if (dot == std::string_view::npos || host.front() == '.' || dot + 1 == host.size()) return false;
  const auto last = host.substr(dot + 1);
  return only(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.") && !only(last, "0123456789") &&
         !last.starts_with("0x");
}

Published look_at(const std::string& address, const PolicyPaper& paper, const FetchFeed& fetch) {
  if (!is_published_address(address)) return Published::refused;
  const auto reply = fetch({address, {}, {}, kMaxPublishedPage, {}});
  if (!reply) {
    if (reply.error().kind == ErrorKind::too_large) return Published::unreadable;
    return reply.error().kind == ErrorKind::malformed ? Published::refused : Published::unreachable;
  }
  if (visible_text(reply->body).empty()) return Published::unreadable;
  const auto found = find_policy(paper, reply->body);
  if (!found.named) return Published::missing;
  return found.sentences == found.of ? Published::there : Published::changed;
}

Result<KeptPolicy> kept_policy(Store& store, const std::string& tenant) {
  const auto declarations = store.declarations(tenant);
  if (!declarations) return declarations.error();
  KeptPolicy kept;
  std::map<std::string, std::string> fields;
  for (const auto& one : *declarations) {
    const auto& said = one.declaration;
    if (!one.device.empty() || one.withdrawn) continue;
    if (said.question == kLook) kept.wanted = said.answer == kWanted;
    if (said.question != kPaper) continue;
    fields[said.about] = said.answer;
    if (said.about == "address" || said.answered_at < kept.told_at) continue;
    kept.told_by = said.who;
    kept.told_at = said.answered_at;
  }
  kept.told = {fields["signer"], fields["contact"], fields["since"], words_in<PolicyInfo>(fields["infos"]),
               words_in<PolicyPromise>(fields["promises"])};
  kept.address = fields["address"];
  const auto deeds = store.deeds_matching(tenant, {{}, kLooked}, 0, kLooksRead);
  if (!deeds) return deeds.error();
  for (const auto& deed : *deeds) {
    PublishedLook look{{}, deed.at};
    if (deed.subject != kept.address || !boost::describe::enum_from_string(deed.after.c_str(), look.outcome)) continue;
    kept.look = look;
    break;
  }
  return kept;
}

Status keep_policy(Store& store, const Company& company, const KeptPolicy& before, const PolicyTold& told, const std::string& who,
                   Time now) {
  const auto old = fields_of(before.told);
  for (const auto& [name, value] : fields_of(told)) {
    if (auto kept = put(store, company, kPaper, name, value, who, now); !kept) return kept;
    if (old.at(name) == value) continue;
    if (auto told_record = store.add_deed({company.id, now, who, "declaring.paper", name, old.at(name), value}); !told_record)
      return told_record;
  }
  return Done{};
}

Status keep_address(Store& store, const Company& company, const std::string& before, const std::string& address, const std::string& who,
                    Time now) {
  if (before == address) return Done{};
  if (auto kept = put(store, company, kPaper, "address", address, who, now); !kept) return kept;
  if (auto told = store.add_deed({company.id, now, who, "declaring.paper", "address", before, address}); !told) return told;
  return address.empty() ? Status(Done{}) : want_look(store, company, who, now);
}

Status want_look(Store& store, const Company& company, const std::string& who, Time now) {
  return put(store, company, kLook, "", kWanted, who, now);
}

Status keep_look(Store& store, const Company& company, const std::string& address, const std::optional<PublishedLook>& before,
                 Published outcome, Time now) {
  if (auto kept = put(store, company, kLook, "", kWanted, kHub, now, now); !kept) return kept;
  return store.add_deed({company.id, now, kHub, kLooked, address, before ? boost::describe::enum_to_string(before->outcome, "") : "",
                         boost::describe::enum_to_string(outcome, "")});
}

bool is_look_due(const KeptPolicy& kept, Time now) {
  if (kept.address.empty()) return false;
  if (!kept.look) return true;
  if (now < kept.look->at) return true;  // the clock was set back
  const auto since = now - kept.look->at;
  if (kept.wanted) return since >= kPageGap;
  return since >= (is_published(kept.look->outcome) ? kPageAgain : kMissingPageAgain);
}

}  // namespace gokajo::hub

#include "platform/deb/offers.h"

#include <algorithm>

#include "platform/deb/stanzas.h"
#include "platform/deb/version.h"

namespace gokajo::platform::deb {
namespace {

constexpr std::size_t kMaxName = 256;
constexpr std::size_t kMaxInstalled = 200000;
constexpr std::size_t kMaxVersions = 64;  // of one package above the installed one
constexpr std::size_t kMaxSiblings = 8;

// The name in the first field, where apt and dpkg write it; anywhere else it is looked for.
std::string_view package_name(std::string_view stanza) {
  constexpr std::string_view kFirst = "Package: ";
  if (!stanza.starts_with(kFirst)) return field(stanza, "Package");
  return stanza.substr(kFirst.size(), std::min(stanza.find('\n'), stanza.size()) - kFirst.size());
}

std::string both(std::string_view a, std::string_view b) {
  std::string text{a};
  if (!a.empty() && !b.empty()) text += ", ";
  return text.append(b);
}

PackageRelations relations_of(std::string_view stanza, std::string_view name, std::string_view version) {
  PackageRelations relations;
  relations.name = name;
  relations.version = version;
  relations.depends = both(field(stanza, "Pre-Depends"), field(stanza, "Depends"));
  relations.recommends = field(stanza, "Recommends");
  relations.conflicts = both(field(stanza, "Conflicts"), field(stanza, "Breaks"));
  relations.provides = field(stanza, "Provides");
  return relations;
}

bool usable(std::string_view text) {
  return !text.empty() && text.size() <= kMaxName && text.find_first_of(" \t\n") == std::string_view::npos;
}

}  // namespace

void OfferFinder::add_installed(std::string_view stanza) {
  const auto name = package_name(stanza), version = field(stanza, "Version"), status = field(stanza, "Status");
  const std::string architecture{field(stanza, "Architecture")};
  const auto want_end = status.find(' '), state_begin = status.rfind(' ');
  if (!usable(name) || !usable(version) || architecture.empty() || want_end == std::string_view::npos) return;
  const auto state = status.substr(state_begin + 1);
  // dpkg(1), PACKAGE STATES: in these two there is no program of it on the PC.
  if (state == "not-installed" || state == "config-files") return;
  if (static_cast<std::size_t>(installed_count_) >= kMaxInstalled) return;
  if (state != "installed" && state != "triggers-pending" && state != "triggers-awaited") broken_.emplace_back(name);
  ++installed_count_;
  if (name == "dpkg") native_ = architecture;
  const auto source = field(stanza, "Source");
  Installed entry;
  entry.offer.name = name;
  entry.offer.architecture = architecture;
  entry.offer.installed = version;
  entry.source = entry.offer.source = source.empty() ? std::string(name) : std::string(source.substr(0, source.find(' ')));
  entry.architecture = architecture;
  entry.offer.held = status.substr(0, want_end) == "hold";
  entry.now = relations_of(stanza, name, version);
  installed_[std::string(name)].push_back(std::move(entry));
}

void OfferFinder::add_offered(std::string_view stanza, std::int64_t list) {
  ++offered_count_;
  key_ = package_name(stanza);
  const auto found = installed_.find(key_);
  if (found == installed_.end()) {
    if (stanza.find("\nEssential: yes\n") != std::string_view::npos && usable(key_) && essential_missing_.size() < kMaxVersions &&
        slot_architecture(std::string(field(stanza, "Architecture"))) == native_)
      essential_missing_.insert(key_);
    return;
  }
  const auto version = field(stanza, "Version");
  const std::string architecture{field(stanza, "Architecture")};
  if (!usable(version)) return;
  for (auto& installed : found->second) {
    if (slot_architecture(installed.offer.architecture) != slot_architecture(architecture)) continue;
    if (compare_versions(version, installed.offer.installed) <= 0) continue;
    if (installed.newer.size() >= kMaxVersions && !installed.newer.contains(std::string(version))) continue;
    if (installed.newest.version.empty() || compare_versions(version, installed.newest.version) > 0)
      installed.newest = relations_of(stanza, key_, version);
    auto& offered = installed.newer[std::string(version)];
    offered.version = version;
    offered.architecture = architecture;
    if (offered.lists.empty() || offered.lists.back() != list) offered.lists.push_back(list);
    const auto percent = field(stanza, "Phased-Update-Percentage");
    if (!percent.empty() && percent.size() <= 3 && percent.find_first_not_of("0123456789") == std::string_view::npos)
      offered.phased_percent = std::min<std::int64_t>(offered.phased_percent, std::stol(std::string(percent)));
  }
}

bool OfferFinder::is_plain() const {
  if (!broken_.empty() || !essential_missing_.empty()) return false;
  std::vector<PackageRelations> after;
  for (const auto& [name, slots] : installed_)
    for (const auto& slot : slots) {
      // Two architectures beside one another have rules of their own.
      if (slot_architecture(slot.offer.architecture) != native_) return false;
      after.push_back(slot.newer.empty() ? slot.now : slot.newest);
      if (slot.newer.empty()) continue;
      after.back().changed = true;
      after.back().before_recommends = slot.now.recommends;
    }
  return stand_together(after);
}

void OfferFinder::add_siblings(PackageOffers& found) const {
  std::unordered_map<std::string, std::vector<PackageOffer*>> lacking;
  for (auto& offer : found.offers) {
    offer.siblings.emplace();
    lacking[offer.source].push_back(&offer);
  }
  for (const auto& [name, slots] : installed_)
    for (const auto& slot : slots) {
      const auto offers = lacking.find(slot.source);
      if (offers == lacking.end()) continue;
      for (auto* offer : offers->second)
        if (compare_versions(slot.now.version, offer->installed) > 0)
          offer->siblings->push_back({slot.now.name, slot.architecture, slot.now.version});
    }
  for (auto& offer : found.offers) {
    std::sort(offer.siblings->begin(), offer.siblings->end(),
              [](const auto& a, const auto& b) { return std::tie(a.name, a.architecture) < std::tie(b.name, b.architecture); });
    if (offer.siblings->size() > kMaxSiblings) offer.siblings->resize(kMaxSiblings);
  }
}

PackageOffers OfferFinder::result() {
  PackageOffers found;
  found.plain = is_plain();
  found.installed_count = installed_count_;
  found.offered_count = offered_count_;
  found.broken = broken_;
  found.native = native_;
  found.essential_missing.assign(essential_missing_.begin(), essential_missing_.end());
  for (auto& [name, slots] : installed_)
    for (auto& slot : slots) {
      if (slot.newer.empty()) continue;
      for (auto& [version, offered] : slot.newer) slot.offer.newer.push_back(std::move(offered));
      std::sort(slot.offer.newer.begin(), slot.offer.newer.end(),
                [](const auto& a, const auto& b) { return compare_versions(a.version, b.version) < 0; });
      found.offers.push_back(std::move(slot.offer));
    }
  std::sort(found.offers.begin(), found.offers.end(),
            [](const auto& a, const auto& b) { return std::tie(a.name, a.architecture) < std::tie(b.name, b.architecture); });
  add_siblings(found);
  return found;
}

}  // namespace gokajo::platform::deb

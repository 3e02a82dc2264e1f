#include <algorithm>
#include <array>

#include "collectors/software.h"

namespace gokajo::collectors {

using compliance::SoftwareCopy, compliance::SoftwareKind, compliance::SoftwareOrigin;

namespace {

constexpr std::array<std::string_view, 3> kYears = {"2019", "2021", "2024"};

// Ids of 2016, the one release whose ids name no year ("Product IDs that are supported by the Office Deployment Tool",
// learn.microsoft.com/microsoft-365/troubleshoot/installation/product-ids-supported-office-deployment-click-to-run).
constexpr std::array<std::string_view, 13> kOf2016 = {"HomeBusiness", "HomeStudent", "Personal", "Professional", "ProPlus",
                                                      "Standard",     "Word",        "Excel",    "PowerPoint",   "Outlook",
                                                      "Access",       "Publisher",   "OneNote"};

// Subscriptions of Visio and Project have the ids of 2016; language packs and Access' runtime open no document by themselves.
constexpr std::array<std::string_view, 5> kNoSuite = {"Visio", "Project", "LanguagePack", "AccessRuntime", "ProofingTools"};

SoftwareCopy copy(const char* product, const char* name, std::string_view version) {
  return {product, SoftwareKind::office, name, std::string(version), SoftwareOrigin::vendor, ""};
}

}  // namespace

std::optional<SoftwareCopy> office_of_product(std::string_view id) {
  for (const auto year : kYears)
    if (id.find(year) != std::string_view::npos) return copy("microsoft-office", "Microsoft Office", year);
  if (id.starts_with("O365")) return copy("microsoft-365", "Microsoft 365 Apps", "");
  for (const auto beginning : kNoSuite)
    if (id.starts_with(beginning)) return std::nullopt;
  auto name = id;
  for (const std::string_view end : {"Retail", "Volume"})
    if (name.ends_with(end)) name.remove_suffix(end.size());
  const bool of_2016 = std::find(kOf2016.begin(), kOf2016.end(), name) != kOf2016.end();
  // Others (Office Premium of new PCs, "HomeBusinessPipcRetail") tell no release.
  return copy("microsoft-office", "Microsoft Office", of_2016 ? "2016" : "");
}

}  // namespace gokajo::collectors

#include <algorithm>
#include <array>

#include "collectors/installed_software_windows.h"
#include "collectors/parse/lines.h"
#include "collectors/rows.h"
#include "collectors/seen.h"
#include "collectors/software.h"

namespace gokajo::collectors {

using compliance::Fact, compliance::InstalledSoftware, compliance::SoftwareCopy, compliance::SoftwareKind, compliance::SoftwareOrigin,
    compliance::WindowsProfile;
using platform::AskApi, platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ReadRegistry, platform::RegistryView,
    platform::Seen;

namespace {

using People = Fact<std::vector<WindowsProfile>>;

constexpr auto kOffice = SoftwareKind::office;
constexpr auto kBrowser = SoftwareKind::browser;
constexpr auto kRuntime = SoftwareKind::runtime;

constexpr const char* kClickToRun = "HKLM\\SOFTWARE\\Microsoft\\Office\\ClickToRun\\Configuration";
constexpr const char* kOfficePolicy = "HKLM\\SOFTWARE\\Policies\\Microsoft\\Office\\16.0\\common\\officeupdate";
constexpr const char* kFramework = "HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full";

// Names of entries: what stands before the version.
struct Known {
  std::string_view before;
  std::string_view product;
  SoftwareKind kind;
  std::string_view name;
};

constexpr Known kKnown[] = {
    {"LibreOffice ", "libreoffice", kOffice, "LibreOffice"},
    {"Microsoft .NET Core Runtime - ", "dotnet", kRuntime, ".NET"},
    {"Microsoft .NET Runtime - ", "dotnet", kRuntime, ".NET"},
    {"Microsoft Windows Desktop Runtime - ", "dotnet", kRuntime, ".NET"},
    {"Eclipse Temurin JDK with Hotspot ", "eclipse-temurin", kRuntime, "Eclipse Temurin"},
    {"Eclipse Temurin JRE with Hotspot ", "eclipse-temurin", kRuntime, "Eclipse Temurin"},
    {"Microsoft Build of OpenJDK with Hotspot ", "microsoft-openjdk", kRuntime, "Microsoft Build of OpenJDK"},
    {"Java(TM) SE Development Kit ", "oracle-jdk", kRuntime, "Oracle JDK"},
    {"Java SE Development Kit ", "oracle-jdk", kRuntime, "Oracle JDK"},
    {"Java ", "oracle-jdk", kRuntime, "Oracle Java"},
};

// Suites and programs of Office whose names end in the year, from an MSI or Click-to-Run ("… 2016 - ja-jp").
constexpr std::array<std::string_view, 22> kSuites = {"Microsoft Office Professional Plus",
                                                      "Microsoft Office LTSC Professional Plus",
                                                      "Microsoft Office Standard",
                                                      "Microsoft Office LTSC Standard",
                                                      "Microsoft Office Professional",
                                                      "Microsoft Office Home and Business",
                                                      "Microsoft Office Home and Student",
                                                      "Microsoft Office Personal",
                                                      "Microsoft Office Enterprise",
                                                      "Microsoft Office Ultimate",
                                                      "Microsoft Office Small Business",
                                                      "Microsoft Word",
                                                      "Microsoft Excel",
                                                      "Microsoft PowerPoint",
                                                      "Microsoft Outlook",
                                                      "Microsoft Access",
                                                      "Microsoft Publisher",
                                                      "Microsoft Office Word",
                                                      "Microsoft Office Excel",
                                                      "Microsoft Office PowerPoint",
                                                      "Microsoft Office Outlook",
                                                      "Microsoft Office Access"};

std::string_view leading_version(std::string_view text) { return text.substr(0, text.find_first_not_of("0123456789.")); }

SoftwareCopy copy_of(std::string_view product, SoftwareKind kind, std::string_view name, std::string_view version, SoftwareOrigin origin,
                     std::string_view found_as) {
  return {std::string(product), kind, std::string(name), std::string(version), origin, std::string(found_as)};
}

std::optional<SoftwareCopy> suite_of(std::string_view name) {
  for (const auto suite : kSuites) {
    if (!name.starts_with(suite)) continue;
    auto rest = name.substr(suite.size());
    const bool year = rest.size() >= 5 && rest.starts_with(" 20") && leading_version(rest.substr(1)).size() == 4;
    if (!year || (rest.size() > 5 && !rest.substr(5).starts_with(" - "))) continue;
    return copy_of("microsoft-office", kOffice, "Microsoft Office", rest.substr(1, 4), SoftwareOrigin::vendor, name);
  }
  return std::nullopt;
}

std::optional<SoftwareCopy> browser_of(std::string_view name, std::string_view version) {
  // What these lists say of browsers may be old (they update themselves without telling it), so by itself it proves no end.
  if (name == "Google Chrome") return copy_of("google-chrome", kBrowser, name, version, SoftwareOrigin::unknown, name);
  if (name == "Microsoft Edge") return copy_of("microsoft-edge", kBrowser, name, version, SoftwareOrigin::unknown, name);
  constexpr std::string_view kFirefox = "Mozilla Firefox";
  if (!name.starts_with(kFirefox)) return std::nullopt;
  const auto rest = name.substr(kFirefox.size());
  const bool esr = rest.find(" ESR") != std::string_view::npos;
  const bool versioned = rest.size() > 1 && rest[0] == ' ' && !leading_version(rest.substr(1)).empty();
  if (!rest.empty() && !rest.starts_with(" (") && !rest.starts_with(" ESR") && !versioned) return std::nullopt;
  return copy_of(esr ? "firefox-esr" : "firefox", kBrowser, esr ? "Firefox ESR" : "Firefox", version, SoftwareOrigin::unknown, name);
}

// Why a list that decides could not be had.
std::optional<Error> problem_of(const Seen<platform::Registry>& seen) {
  if (seen || seen.error().kind == ErrorKind::not_found) return std::nullopt;
  return seen.error();
}

// An updater that notes what it installed (`pv`) and, until the browser is started again, what still runs (`opv`).
std::optional<Error> add_updated(const Host& host, ReadRegistry question, std::string_view product, std::string_view name,
                                 InstalledSoftware& software) {
  question.values = {"pv", "opv"};
  const auto seen = ask(host, question);
  if (!seen) return problem_of(seen);
  if (seen->keys.empty() || !seen->keys.front().path.empty()) return Error{ErrorKind::malformed, question.key};
  const auto& key = seen->keys.front();
  const auto installed = text_in(key.values, "pv"), running = text_in(key.values, "opv");
  if (!installed || !running) return (!installed ? installed : running).error();
  if (!*installed || (*installed)->empty()) return std::nullopt;  // what was removed leaves its key
  const bool of_person = question.key.starts_with("HKU");
  auto copy = copy_of(product, kBrowser, name, **installed, SoftwareOrigin::vendor, of_person ? "HKCU" : "HKLM");
  copy.brought_up = key.changed;
  if (*running && !(*running)->empty()) copy.still_running = **running;
  software.copies.push_back(std::move(copy));
  return std::nullopt;
}

std::optional<Error> add_browsers(const Host& host, const People& people, InstalledSoftware& software) {
  const std::string chrome = "\\Google\\Update\\Clients\\{8A69D345-D564-463C-AFF1-A69D9E530F96}";  // the stable channel
  const std::string edge = "HKLM\\SOFTWARE\\Microsoft\\EdgeUpdate\\Clients\\{56EB18F8-B008-4CBD-B6D2-8C97FE7E9062}";
  const ReadRegistry edge_here{.key = edge, .values = {}, .view = RegistryView::bits32};
  const ReadRegistry chrome_here{.key = "HKLM\\SOFTWARE" + chrome, .values = {}, .view = RegistryView::bits32};
  if (auto problem = add_updated(host, edge_here, "microsoft-edge", "Microsoft Edge", software)) return problem;
  if (auto problem = add_updated(host, chrome_here, "google-chrome", "Google Chrome", software)) return problem;
  for (const auto& person : *people)
    if (auto problem = add_updated(host, ReadRegistry{.key = "HKU\\" + person.sid + "\\Software" + chrome, .values = {}}, "google-chrome",
                                   "Google Chrome", software))
      return problem;
  return std::nullopt;
}

std::optional<Error> add_office(const Host& host, InstalledSoftware& software) {
  const auto seen = ask(host, ReadRegistry{kClickToRun, {"ProductReleaseIds", "VersionToReport", "UpdatesEnabled"}});
  if (!seen) return problem_of(seen);
  const auto policy = values_of(host, ReadRegistry{kOfficePolicy, {"enableautomaticupdates"}});
  if (!policy) return policy.error();
  if (seen->keys.empty()) return Error{ErrorKind::malformed, kClickToRun};
  const auto& values = seen->keys.front().values;
  const auto ids = text_in(values, "ProductReleaseIds"), version = text_in(values, "VersionToReport"),
             updates = text_in(values, "UpdatesEnabled");
  const auto wanted = number_in(*policy, "enableautomaticupdates");
  for (const auto* text : {&ids, &version, &updates})
    if (!*text) return text->error();
  if (!wanted) return wanted.error();
  const bool off = *wanted ? **wanted == 0 : parse::lower(updates->value_or("")) == "false";
  const auto list = ids->value_or("");
  for (const auto id : parse::fields(list, ',')) {
    auto copy = office_of_product(parse::trimmed(id));
    if (parse::trimmed(id).empty() || !copy) continue;
    copy->found_as = std::string(parse::trimmed(id));
    if (copy->product == "microsoft-365") copy->version = version->value_or("");
    if (off) copy->updates_off = true;
    software.copies.push_back(std::move(*copy));
  }
  return std::nullopt;
}

// Only 4.6.2 and older end before Windows itself does. Release numbers: learn.microsoft.com/dotnet/framework/install/how-to-determine-
// which-versions-are-installed; the smallest of each version.
void add_framework(const Host& host, InstalledSoftware& software) {
  struct Release {
    std::int64_t from;
    const char* version;
  };
  static constexpr Release kReleases[] = {{460798, ""}, {394802, "4.6.2"}, {394254, "4.6.1"}, {393295, "4.6"}, {379893, "4.5.2"}};
  const auto values = values_of(host, ReadRegistry{kFramework, {"Release"}});
  if (!values) return;  // runtimes only advise
  const auto release = number_in(*values, "Release");
  if (!release || !*release) return;
  for (const auto& [from, version] : kReleases) {
    if (**release < from) continue;
    if (*version)
      software.copies.push_back(copy_of("dotnet-framework", kRuntime, ".NET Framework", version, SoftwareOrigin::vendor, kFramework));
    return;
  }
}

// The program itself tells its version, where it lies in its usual folder.
void ask_firefox(const Host& host, InstalledFor where, SoftwareCopy& copy) {
  if (where == InstalledFor::one_person) return;
  const std::string folder = where == InstalledFor::everybody32 ? "C:\\Program Files (x86)" : "C:\\Program Files";
  const auto seen = ask(host, AskApi{.api = "file_version", .arguments = {folder + "\\Mozilla Firefox\\firefox.exe"}});
  if (!seen || seen->rows.size() != 1) return;
  const auto version = text_in(seen->rows.front(), "version");
  if (!version || !*version) return;
  copy.version = **version;
  copy.origin = SoftwareOrigin::vendor;
}

bool has(const InstalledSoftware& software, const std::string& product) {
  return std::any_of(software.copies.begin(), software.copies.end(), [&](const auto& copy) { return copy.product == product; });
}

bool has(const InstalledSoftware& software, const SoftwareCopy& one) {
  return std::any_of(software.copies.begin(), software.copies.end(),
                     [&](const auto& copy) { return copy.product == one.product && copy.version == one.version; });
}

void add_entries(const Host& host, const InstalledEntries& entries, InstalledSoftware& software) {
  const bool chrome = has(software, "google-chrome"), edge = has(software, "microsoft-edge");
  for (const auto& entry : entries.entries) {
    auto copy = software_of_entry(entry.name, entry.version, entry.publisher);
    if (!copy || (chrome && copy->product == "google-chrome") || (edge && copy->product == "microsoft-edge")) continue;
    if (copy->product.starts_with("firefox")) ask_firefox(host, entry.where, *copy);
    if (!has(software, *copy)) software.copies.push_back(std::move(*copy));
  }
}

}  // namespace

std::optional<SoftwareCopy> software_of_entry(std::string_view name, std::string_view version, std::string_view publisher) {
  if (auto suite = suite_of(name)) return suite;
  if (auto browser = browser_of(name, version)) return browser;
  // Its entry tells the version in a value alone.
  if (name.starts_with("Amazon Corretto") && publisher.starts_with("Amazon"))
    return copy_of("amazon-corretto", kRuntime, "Amazon Corretto", version, SoftwareOrigin::vendor, name);
  for (const auto& known : kKnown) {
    if (!name.starts_with(known.before)) continue;
    const auto rest = name.substr(known.before.size());
    const auto told = leading_version(rest);
    if (told.empty() || told == ".") return std::nullopt;
    const auto after = rest.substr(told.size());
    // "LibreOffice 24.8 Help Pack (Japanese)" is none.
    if (known.kind == kOffice && !after.empty()) return std::nullopt;
    // Oracle goes on with Java 8, for a fee or for private use, beyond the date of the table: its end is no PC's to tell.
    const bool open_end = known.product == "oracle-jdk" && told == "8";
    return copy_of(known.product, known.kind, known.name, told, open_end ? SoftwareOrigin::unknown : SoftwareOrigin::vendor, name);
  }
  return std::nullopt;
}

Fact<InstalledSoftware> collect_software_windows(const Host& host, const People& people) {
  const auto entries = installed_entries_windows(host, people);
  if (!entries) return unavailable<InstalledSoftware>(entries);
  InstalledSoftware software;
  software.looked_through = entries->lists + static_cast<std::int64_t>(entries->entries.size());
  const auto failed = [&](Error problem) {
    return compliance::no_fact<InstalledSoftware>(std::move(problem), entries.source, entries.observed_at);
  };
  if (auto problem = add_browsers(host, people, software)) return failed(std::move(*problem));
  if (auto problem = add_office(host, software)) return failed(std::move(*problem));
  add_framework(host, software);
  add_entries(host, *entries, software);
  return observed(std::move(software), entries);
}

}  // namespace gokajo::collectors

#include "agent/own_page.h"

#include "compliance/scan_document.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "platform/public_directory.h"

namespace gokajo::agent {

using compliance::Language;
using platform::Result, platform::Status;

namespace {

constexpr std::size_t kMaxOwnPage = 1U << 20U;
constexpr std::size_t kMaxPage = 4U << 20U;
constexpr const char* kOwnPageFile = "/own-page.json";
constexpr const char* kPublicFolder = "/public";

}  // namespace

OwnPage own_page_of(const ScanResult& scan, int offset_minutes, const std::vector<compliance::Briefing>& briefings) {
  const compliance::Reader reader{offset_minutes, compliance::system_names(scan.evidence)};
  const auto in = [&](Language language) {
    return make_report(scan, compliance::built_in_wording(), reader, language, Audience::everybody);
  };
  std::vector<compliance::Briefing> reading;
  for (const auto* one : {compliance::current_briefing(briefings, scan.scanned_at), compliance::current_drill(briefings, scan.scanned_at)})
    if (one) reading.push_back(*one);
  return {kOwnPageFormat, in(Language::ja), in(Language::en), std::move(reading)};
}

std::string write_own_page(const OwnPage& page) { return platform::to_form(page).dump() + "\n"; }

Result<OwnPage> read_own_page(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxOwnPage);
  if (!json) return json.error();
  OwnPage page;
  const platform::Place top{"page"};
  if (auto status = platform::read_form(*json, page, top); !status) return status.error();
  if (page.format != kOwnPageFormat) return platform::misplaced(top.key("format"), std::string("expected ") + kOwnPageFormat);
  return page;
}

std::string own_page_file(const std::string& directory, Language language) {
  return directory + kPublicFolder + (language == Language::ja ? "/page.html" : "/page-en.html");
}

Result<std::string> published_page(const std::string& directory, Language language) {
  if (auto folder = platform::check_public_directory(directory + kPublicFolder); !folder) return folder.error();
  auto file = own_page_file(directory, language);
  if (const auto page = platform::read_own_file(file, kMaxPage); !page) return page.error();
  return file;
}

Status keep_own_page(const std::string& directory, const OwnPage& page) {
  return platform::write_file_durably(directory + kOwnPageFile, write_own_page(page));
}

Status publish_own_page(const std::string& directory, const Reached& reached) {
  const auto text = platform::read_own_file(directory + kOwnPageFile, kMaxOwnPage);
  if (!text) return text.error();
  const auto page = read_own_page(*text);
  if (!page) return page.error();
  if (auto status = platform::own_public_directory(directory + kPublicFolder); !status) return status;
  for (const auto language : {Language::ja, Language::en}) {
    const auto written = platform::write_file_durably(own_page_file(directory, language), render_own_page(*page, reached, language),
                                                      platform::Readers::everybody);
    if (!written) return written;
  }
  return platform::Done{};
}

}  // namespace gokajo::agent

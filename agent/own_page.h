/// \file
/// The employee's own page 「このパソコン」: what the last scan found, in words that every user of the PC may read (agent/for_everybody.h),
/// and what the company is told. Made by the service after each scan, on the PC alone:
///
///   own-page.json        what the page is made from, its owner's alone (0600): after a restart the page can still say what changed
///   public/page.html     the page in Japanese, public/page-en.html in English: 0644 in a folder of 0755
///
/// The pages hold dates and no clock times, no script, and nothing from elsewhere.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/report.h"
#include "agent/sent_report.h"
#include "compliance/briefing.h"

namespace gokajo::agent {

inline constexpr const char* kOwnPageFormat = "gokajo-own-page/1";

/// The last scan, for everybody. `reading`: the newest briefing and the newest drill that are out; a page kept before there was any has
/// none.
struct OwnPage {
  std::string format = kOwnPageFormat;
  Report ja;
  Report en;
  std::optional<std::vector<compliance::Briefing>> reading = {};
};
BOOST_DESCRIBE_STRUCT(OwnPage, (), (format, ja, en, reading))

/// Where results go. `company`: absent where the PC reports to nobody. `received`: the day the hub last said that it holds a report.
/// `not_arriving`: for more than 7 days it did not.
struct Reached {
  std::optional<std::string> company;
  std::optional<platform::Time> received;
  bool not_arriving = false;
  std::optional<SentReport> sent;
  int offset_minutes = 540;
};

/// `briefings`: newest first (agent/handed_out.h).
OwnPage own_page_of(const ScanResult& scan, int offset_minutes, const std::vector<compliance::Briefing>& briefings);

std::string write_own_page(const OwnPage& page);
/// Error{malformed, too_large} names the place.
platform::Result<OwnPage> read_own_page(std::string_view text);

/// The page as HTML.
std::string render_own_page(const OwnPage& page, const Reached& reached, compliance::Language language);

/// Of the service in `directory`.
std::string own_page_file(const std::string& directory, compliance::Language language);

/// Where the page lies, once it is sure that the service of `directory` laid it there: its folder is no link, the service's or the
/// system's, and nobody else's to write to, and so is the file. Error{not_found}: there is none yet; denied: it is not the service's;
/// too_large, failed.
platform::Result<std::string> published_page(const std::string& directory, compliance::Language language);

/// Keeps what the pages of this scan are made from.
platform::Status keep_own_page(const std::string& directory, const OwnPage& page);
/// Writes both pages from what was kept. Error{not_found}: nothing was kept yet.
platform::Status publish_own_page(const std::string& directory, const Reached& reached);

}  // namespace gokajo::agent

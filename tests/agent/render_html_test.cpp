#include "agent/render_html.h"

#include <regex>

#include <doctest/doctest.h>

#include "tests/support/markup.h"

namespace gokajo::tests {

using namespace agent;

namespace {

Report hostile() {
  const std::string bad = "<script>alert(1)</script>\"'&\x1b[31m{{title}}";
  Report report;
  report.device = bad;
  report.os = bad;
  report.day = "2026年11月24日";
  report.counts = {"直すもの1"};
  ReportFinding finding{bad, Verdict::fail, "要対応", bad, bad, bad, bad, {bad}, bad, bad};
  report.rules = {{4, bad, Verdict::fail, "要対応", {finding}}};
  report.advice = {finding};
  report.questions = {{"nas", bad, bad, bad, bad, bad}};
  report.looked_at = bad;
  report.not_looked_at = bad;
  return report;
}

}  // namespace

TEST_CASE("nothing a PC, a pack or a person says becomes markup or controls") {
  const std::string page = render_html(hostile());
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(page.find("&lt;script&gt;") != std::string::npos);
  CHECK(page.find("{{title}}") != std::string::npos);  // not read as a template
  CHECK_FALSE(std::regex_search(page, std::regex("(src|href)=|url\\(|@import| on[a-z]+=")));
}

TEST_CASE("every element of the page is closed, and it says its language") {
  for (const auto language : {Language::ja, Language::en}) {
    auto report = hostile();
    report.language = language;
    const std::string page = render_html(report);
    CHECK(page.find(language == Language::ja ? "<html lang=\"ja\">" : "<html lang=\"en\">") != std::string::npos);
    check_every_element_is_closed(page);
  }
}

TEST_CASE("the words of a verdict stand beside its colour") {
  const std::string page = render_html(hostile());
  CHECK(page.find("<span class=\"mark fail\">要対応</span>") != std::string::npos);
}

}  // namespace gokajo::tests

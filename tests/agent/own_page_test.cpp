#include "agent/own_page.h"

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <doctest/doctest.h>
#include <kainjow/mustache.hpp>

#include "agent/for_everybody.h"
#include "compliance/collected.h"
#include "platform/durable_file.h"
#include "tests/support/described_windows.h"
#include "tests/support/markup.h"
#include "tests/support/recorded_pcs.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::Finding, compliance::Language, compliance::Name, compliance::Verdict;
using platform::Json;

namespace {

namespace fs = std::filesystem;

ScanResult scan_of(const std::string& name) {
  for (const auto& pc : recorded_pcs())
    if (pc.name == name) {
      ScanInput input;
      input.pack = *compliance::built_in_pack("5kajo");
      auto result = scan(platform::SnapshotHost(pc.snapshot), input, pc.snapshot.recorded_at);
      REQUIRE(result);
      return std::move(*result);
    }
  FAIL("no such PC");
  return {};
}

Reached enrolled() {
  Reached reached;
  reached.company = "山田工務店";
  reached.received = *platform::parse_time("2026-11-24T00:02:00Z");
  reached.sent = SentReport{*platform::parse_time("2026-11-24T00:00:00Z"), Json::object()};
  return reached;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string part(const std::string& page, const std::string& from, const std::string& to) {
  const auto begin = page.find(from), end = page.find(to, begin);
  REQUIRE(begin != std::string::npos);
  REQUIRE(end != std::string::npos);
  return page.substr(begin, end - begin);
}

// Names of people, folders, programs that listen, and addresses in what was found.
std::vector<std::string> names_nobody_else_sees(const ScanResult& scan) {
  std::vector<std::string> names;
  for (const auto& judged : scan.judgement.findings) {
    const auto& check = judged.finding.check;
    if (check.starts_with("updates.") || check.starts_with("antivirus.")) continue;
    for (const auto& item : judged.finding.items)
      if (const auto found = item.find("name"); found != item.end())
        if (const auto* name = std::get_if<Name>(&found->second); name && name->value.size() > 3) names.push_back(name->value);
  }
  return names;
}

}  // namespace

TEST_CASE("on the page for everybody no account, folder, address or service that was found is named, whatever PC it is") {
  int looked_for = 0;
  for (const auto& pc : recorded_pcs()) {
    CAPTURE(pc.name);
    const auto scan = scan_of(pc.name);
    const auto page = own_page_of(scan, 540, compliance::built_in_briefings());
    for (const auto language : {Language::ja, Language::en}) {
      const auto& report = language == Language::ja ? page.ja : page.en;
      std::string said;
      for (const auto& rule : report.rules)
        for (const auto& finding : rule.findings) {
          said += finding.saw + "\n" + finding.why + "\n";
          for (const auto& step : finding.fix) said += step + "\n";
        }
      for (const auto& name : names_nobody_else_sees(scan)) {
        CAPTURE(name);
        CHECK_FALSE(has(said, "「" + name + "」"));
        CHECK_FALSE(std::regex_search(
            said, std::regex("(^|[ \n:,、（(\"])" + std::regex_replace(name, std::regex(R"([.\[{}()\\*+?|^$])"), R"(\$&)") +
                             "($|[ \n:,、）)\"])")));
        ++looked_for;
      }
    }
  }
  CHECK(looked_for > 40);  // the PCs do have such names
}

TEST_CASE("what of a finding everybody may read") {
  const auto& wording = compliance::built_in_wording();
  const compliance::Reader reader{540, {}};
  Finding blank;
  blank.check = "passwords.none-blank";
  blank.verdict = Verdict::fail;
  blank.situation = "blank";
  blank.items = {{{"name", Name{"tanaka"}}}};
  const auto hidden = for_everybody(blank, wording, reader);
  CHECK_FALSE(has(hidden.saw.ja, "tanaka"));
  CHECK_FALSE(has(hidden.saw.en, "tanaka"));
  CHECK(hidden.items.empty());
  CHECK(has(hidden.saw.ja, "直すところがあります"));
  CHECK_FALSE(hidden.fix.empty());  // what to do names nobody

  Finding os;
  os.check = "updates.os-supported";
  os.verdict = Verdict::fail;
  os.situation = "ended";
  os.parameters = {{"name", Name{"Debian 10"}}, {"date", compliance::Date{}}};
  CHECK(has(for_everybody(os, wording, reader).saw.ja, "Debian 10"));

  // A program in somebody's own folder tells of that person.
  Finding software;
  software.check = "updates.software-supported";
  software.verdict = Verdict::fail;
  software.situation = "ended";
  software.items = {{{"name", Name{"Firefox"}}, {"version", compliance::Version{"60"}}, {"where", Name{"/opt/firefox"}}}};
  CHECK(has(for_everybody(software, wording, reader).saw.ja, "Firefox"));
  software.items[0]["where"] = Name{"C:\\Users\\tanaka\\AppData\\Local\\firefox"};
  CHECK_FALSE(has(for_everybody(software, wording, reader).saw.ja, "tanaka"));

  // What nobody has thought of is not shown.
  Finding unknown_to_all;
  unknown_to_all.check = "passwords.new-check";
  unknown_to_all.verdict = Verdict::ask;
  unknown_to_all.situation = "tanaka-has-none";
  CHECK_FALSE(has(for_everybody(unknown_to_all, wording, reader).saw.ja, "tanaka"));
}

TEST_CASE("an exception's reason, the company's answers and the hour of the scan are not for everybody") {
  auto scan = scan_of("office-plain.json");
  for (auto& judged : scan.judgement.findings)
    judged.exception = compliance::PolicyException{
        .check = judged.finding.check, .reason = "社長のPCのため", .until = *platform::parse_time("2026-12-31T00:00:00Z")};
  const auto& wording = compliance::built_in_wording();
  const compliance::Reader reader{540, {}};
  const auto all = make_report(scan, wording, reader, Language::ja);
  const auto everybody = make_report(scan, wording, reader, Language::ja, Audience::everybody);
  CHECK_FALSE(all.time.empty());
  CHECK(everybody.time.empty());
  CHECK_FALSE(all.questions.empty());
  CHECK(everybody.questions.empty());
  CHECK(has(platform::to_form(all).dump(), "社長のPCのため"));
  const auto text = platform::to_form(everybody).dump();
  CHECK_FALSE(has(text, "社長のPCのため"));
  CHECK(has(text, "例外"));
}

TEST_CASE("the page: in both languages, without clock times, script or anything from elsewhere") {
  const auto page = own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings());
  for (const auto language : {Language::ja, Language::en}) {
    const auto html = render_own_page(page, enrolled(), language);
    CHECK(has(html, language == Language::ja ? "<html lang=\"ja\">" : "<html lang=\"en\">"));
    CHECK(has(html, language == Language::ja ? "会社に見えていないもの" : "What the company cannot see"));
    CHECK_FALSE(std::regex_search(html, std::regex("[0-9]{1,2}(時[0-9]|:[0-9]{2})")));
    CHECK_FALSE(std::regex_search(html, std::regex("<(script|img|iframe|object|link|form)|src=|url\\(|@import| on[a-z]+=|https?:")));
    const std::regex link("href=\"([^\"]*)\"");
    for (std::sregex_iterator at(html.begin(), html.end(), link), end; at != end; ++at)
      CHECK(std::regex_match((*at)[1].str(), std::regex("page(-en)?\\.html")));
    CHECK(has(html, "default-src 'none'"));
    check_every_element_is_closed(html);
    CHECK_FALSE(has(html, "{{"));
  }
}

TEST_CASE("nothing that a scan or a hub says becomes markup") {
  const std::string bad = "<script>alert(1)</script>\"'&\x1b[31m{{title}}";
  OwnPage page;
  for (auto* report : {&page.ja, &page.en}) {
    ReportFinding finding{bad, Verdict::fail, "要対応", bad, bad, bad, bad, {bad}, bad, bad};
    report->device = report->day = report->os = report->pack = report->looked_at = report->not_looked_at = bad;
    report->rules = {{4, bad, Verdict::fail, "要対応", {finding}}};
  }
  auto reached = enrolled();
  reached.company = bad;
  const auto html = render_own_page(page, reached, Language::ja);
  CHECK_FALSE(has(html, "<script"));
  CHECK_FALSE(has(html, "\x1b"));
  CHECK(has(html, "&lt;script&gt;"));
  CHECK(has(html, "{{title}}"));
}

TEST_CASE("what was kept reads back; anything else is refused") {
  const auto page = own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings());
  const auto text = write_own_page(page);
  CHECK(write_own_page(*read_own_page(text)) == text);
  CHECK_FALSE(read_own_page("{}"));
  CHECK_FALSE(read_own_page(""));
  auto other = *platform::parse_json(text, 1U << 20U);
  other["format"] = "gokajo-own-page/2";
  CHECK_FALSE(read_own_page(other.dump()));
}

TEST_CASE("報告先に届いていません stands at the top after 7 days, and only then") {
  const auto page = own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings());
  auto reached = enrolled();
  CHECK_FALSE(has(render_own_page(page, reached, Language::ja), "報告先に届いていません"));
  reached.not_arriving = true;
  const auto html = render_own_page(page, reached, Language::ja);
  CHECK(html.find("報告先に届いていません") < html.find("すること"));
  CHECK(has(html, "最後に届いた日: 2026年11月24日"));
}

TEST_CASE("without a hub the page says that nothing goes out, and lists nothing as seen") {
  const auto html =
      render_own_page(own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings()), Reached{}, Language::ja);
  CHECK(has(html, "どこにも送っていません"));
  CHECK_FALSE(has(part(html, "id=\"seen\"", "id=\"unseen\""), "<details>"));
  CHECK(has(html, "キーボードで打ったもの"));
}

TEST_CASE("the newest briefing and the drill can be read on the page alone, in both languages, and the questions are not given away") {
  const auto page = own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings());
  REQUIRE(page.reading);
  REQUIRE(page.reading->size() == 2);
  CHECK((!compliance::is_drill((*page.reading)[0].id) && compliance::is_drill((*page.reading)[1].id)));
  for (const auto language : {Language::ja, Language::en}) {
    const auto html = render_own_page(*read_own_page(write_own_page(page)), enrolled(), language);
    const auto section = part(html, "id=\"briefings\"", "id=\"seen\"");
    const auto holds = [&](const compliance::Text& text) { return has(section, kainjow::mustache::html_escape(text.in(language))); };
    for (const auto& one : *page.reading) {
      CHECK(holds(one.title));
      CHECK(holds(one.what_happens));
      for (const auto& line : one.how_to_notice) CHECK(holds(line));
      for (const auto& line : one.what_to_do) CHECK(holds(line));
      for (const auto& question : one.questions) CHECK_FALSE(holds(question.because));
    }
    CHECK(has(section, "Gokajo Learn"));
  }
  auto older = Json::parse(write_own_page(page));
  older.erase("reading");
  const auto kept = read_own_page(older.dump());
  REQUIRE(kept);
  CHECK_FALSE(has(render_own_page(*kept, enrolled(), Language::ja), "id=\"briefings\""));
  CHECK_FALSE(has(render_own_page(own_page_of(scan_of("office-plain.json"), 540, {}), enrolled(), Language::ja), "id=\"briefings\""));
}

TEST_CASE("what the company sees is what was in the report that was sent, group by group") {
  const auto page = own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings());
  auto reached = enrolled();
  const auto what = [](const char* field) {
    for (const auto& topic : compliance::built_in_collected().topics)
      for (const auto& group : topic.groups)
        if (std::find(group.fields.begin(), group.fields.end(), field) != group.fields.end()) return group.what.ja;
    FAIL("not in the catalogue");
    return std::string();
  };
  const auto host = what("device.system.host_name"), hardware = what("inventory.hardware.vendor"),
             readers = what("threats.people{}.read[].id");
  reached.sent->evidence = {{"device", {{"system", {{"value", {{"host_name", "PC-09"}}}}}}},
                            {"inventory", {{"hardware", {{"absent", "not_asked"}}}}},
                            {"threats", {{"people", {{"value", {{"1000", {{"name", "tanaka"}, {"read", {{"value", Json::array()}}}}}}}}}}}};
  const auto html = render_own_page(page, reached, Language::ja);
  const auto seen = part(html, "の報告に入っていたもの", "集めることがあるが"),
             rest = part(html, "集めることがあるが", "会社に見えていないもの");
  CHECK(has(seen, host));
  CHECK_FALSE(has(rest, host));
  CHECK(has(rest, hardware));
  CHECK_FALSE(has(seen, hardware));
  CHECK(has(seen, readers));  // the name of the account
  // Where only differences are here, everything that may be sent is named: too much rather than too little.
  reached.sent->evidence = nullptr;
  const auto all = render_own_page(page, reached, Language::ja);
  for (const auto& topic : compliance::built_in_collected().topics)
    for (const auto& group : topic.groups)
      CHECK(has(part(all, "送ることがあるもの", "会社に見えていないもの"), group.what.ja.substr(0, 9)));
}

TEST_CASE("a field holds something when there is an answer in it") {
  const Json evidence = {{
                             "a",
                             {{"value", {{{"id", "x"}}}}},
                         },
                         {"b", {{"value", Json::array()}}},
                         {"c", {{"absent", "denied"}, {"detail", "/x"}}},
                         {"d", {{"e", nullptr}, {"f", false}}},
                         {"m", {{"value", {{"one", {{"read", {{"value", {{{"id", "y"}}}}}}}}}}}}};
  for (const char* field : {"a[].id", "d.f", "m{}.read[].id", "*.absent", "*.detail"}) {
    CAPTURE(field);
    CHECK(holds_field(evidence, field));
  }
  for (const char* field : {"a[].other", "b[].id", "c", "c.x", "d.e", "e", "m{}.name", "*.source", "a.id", ""}) {
    CAPTURE(field);
    CHECK(holds_field(evidence, field) == (std::string(field).empty()));
  }
}

TEST_CASE("every field of a recorded PC's evidence that has a value is found by its name in the catalogue") {
  const auto evidence = compliance::write_evidence(scan_of("office-plain.json").evidence);
  CHECK(holds_field(evidence, "device.system.host_name"));
  CHECK(holds_field(evidence, "inventory.apt[].name"));
  CHECK_FALSE(holds_field(evidence, "inventory.rpm[].name"));
  CHECK(holds_field(evidence, "threats.people{}.name"));
  CHECK_FALSE(holds_field(evidence, "device.windows.build"));
}

TEST_CASE("the pages lie where everybody may read and only the service may write; what they are made from is the service's alone") {
  const TemporaryDirectory place;
  const auto directory = place.path();
  CHECK(publish_own_page(directory, enrolled()).error().kind == platform::ErrorKind::not_found);
  CHECK_FALSE(fs::exists(directory + "/public"));
  REQUIRE(keep_own_page(directory, own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings())));
  REQUIRE(publish_own_page(directory, enrolled()));
  std::ifstream file(own_page_file(directory, Language::ja));
  std::stringstream text;
  text << file.rdbuf();
  CHECK(has(text.str(), "このパソコン"));
  CHECK(fs::exists(own_page_file(directory, Language::en)));
}

// What `gokajo open` and a notice that is pressed show.
TEST_CASE("a stranger's page is not shown: by a link, in a folder that is one, or where others may write") {
  const TemporaryDirectory place;
  const auto directory = place.path() + "/state", elsewhere = place.path() + "/elsewhere";
  fs::create_directory(directory);
  fs::create_directory(elsewhere);
  const auto shown = [&] {
    const auto page = published_page(directory, Language::ja);
    return page ? std::string("shown") : std::string(boost::describe::enum_to_string(page.error().kind, "?"));
  };
  CHECK(shown() == "not_found");
  REQUIRE(keep_own_page(directory, own_page_of(scan_of("office-plain.json"), 540, compliance::built_in_briefings())));
  REQUIRE(publish_own_page(directory, enrolled()));
  CHECK(shown() == "shown");
  CHECK(*published_page(directory, Language::ja) == own_page_file(directory, Language::ja));

  const auto file = own_page_file(directory, Language::ja), folder = directory + "/public";
  std::ofstream(elsewhere + "/page.html") << "<h1>Sign in</h1>";
  fs::permissions(elsewhere + "/page.html", fs::perms{0644});
  fs::permissions(file, fs::perms{0666});
  CHECK(shown() == "denied");
  fs::permissions(file, fs::perms{0664});
  CHECK(shown() == "denied");
  fs::permissions(file, fs::perms{0644});
  CHECK(shown() == "shown");
  fs::permissions(folder, fs::perms{0777});
  CHECK(shown() == "denied");
  fs::permissions(folder, fs::perms{0775});
  CHECK(shown() == "denied");
  fs::permissions(folder, fs::perms{0755});
  CHECK(shown() == "shown");

  fs::rename(file, file + ".old");
  fs::create_directory(file);
  CHECK(shown() == "denied");
  fs::remove(file);
  fs::create_symlink("/dev/zero", file);
  CHECK(shown() == "denied");
  fs::remove(file);
  CHECK(shown() == "not_found");
  fs::rename(file + ".old", file);
  CHECK(shown() == "shown");

  fs::rename(folder, folder + ".old");
  fs::create_directory_symlink(elsewhere, folder);
  CHECK(shown() == "denied");
  fs::remove(folder);
  std::ofstream(folder) << "no folder";
  CHECK(shown() == "denied");
}

}  // namespace gokajo::tests

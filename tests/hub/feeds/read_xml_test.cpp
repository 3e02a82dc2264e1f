#include "hub/feeds/read_xml.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

#include "hub/feeds/read_kev.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind, platform::Time;

namespace {

const Time kNow = *platform::parse_time("2026-11-20T00:00:00Z");

std::string file(const char* name) {
  std::ifstream in(std::string(GOKAJO_SOURCE_DIR "/tests/data/feeds/") + name, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  REQUIRE_FALSE(out.str().empty());
  return out.str();
}

Time at(const char* text) { return *platform::parse_time(text); }

std::string item(const std::string& inside) {
  return "<rdf:RDF><item><title>t</title><link>https://www.ipa.go.jp/a</link><dc:date>2026-11-12</dc:date>" + inside + "</item></rdf:RDF>";
}

}  // namespace

TEST_CASE("RSS 1.0: titles, links and dates of known publishers, by name and not by order; texts are left") {
  const auto read = read_feed_xml(file("rss1.rdf"), kNow);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
  REQUIRE(read->notices.size() == 2);
  CHECK(read->left_out == 1);  // another publisher's
  const auto& alert = read->notices.front();
  CHECK(alert.title == "注意喚起: 見本 Adobe Acrobat の弱点に関する注意喚起 (公開)");
  CHECK(alert.link == "https://www.jpcert.or.jp/at/2026/at269901.html");
  CHECK(alert.published == at("2026-11-12T05:31:00Z"));  // without seconds, east of UTC
  CHECK(alert.alert);
  CHECK_FALSE(read->notices.back().alert);
  CHECK(write_notices(*read).find("alert(1)") == std::string::npos);
}

TEST_CASE("JVNRSS: the day of the last change, and products as CPE") {
  const auto read = read_feed_xml(file("jvnrss.rdf"), kNow);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
  REQUIRE(read->notices.size() == 1);
  CHECK(read->notices.front().published == at("2026-11-14T01:00:00Z"));
  CHECK(read->notices.front().products == std::vector<std::string>{"cpe:/a:example:reader"});
}

TEST_CASE("RSS 2.0 and Atom: markup in a title is none, http becomes https, the link is that of the page") {
  const auto two = read_feed_xml(file("rss2.xml"), kNow);
  REQUIRE_MESSAGE(two, (two ? "" : two.error().detail));
  REQUIRE(two->notices.size() == 1);
  CHECK(two->left_out == 1);
  CHECK(two->notices.front().title == "Sample & advisory one");
  CHECK(two->notices.front().link == "https://www.cisa.gov/news-events/alerts/sample");
  CHECK(two->notices.front().published == at("2026-11-12T05:31:00Z"));
  const auto atom = read_feed_xml(file("atom.xml"), kNow);
  REQUIRE_MESSAGE(atom, (atom ? "" : atom.error().detail));
  REQUIRE(atom->notices.size() == 1);
  CHECK(atom->notices.front().link == "https://www.ipa.go.jp/security/security-alert/2026/sample.html");
  CHECK(atom->notices.front().published == at("2026-11-12T01:00:00Z"));
}

TEST_CASE("Shift_JIS is read where the text says so; what is another encoding than it says is refused with its byte") {
  const auto bytes = file("shift_jis.rdf");
  const auto read = read_feed_xml(bytes, kNow);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
  CHECK(read->notices.front().title == "見本ソフトの弱点の対策について～表示ソ");
  auto wrong = bytes;
  wrong.replace(wrong.find("Shift_JIS"), 9, "UTF-8");
  const auto refused = read_feed_xml(wrong, kNow);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::malformed);
  CHECK(refused.error().detail ==
        "byte " + std::to_string(wrong.find("<title>") + 7) + ": no character of UTF-8, which the text says it is");
  auto other = bytes;
  other.replace(other.find("Shift_JIS"), 9, "EUC-JP");
  CHECK(read_feed_xml(other, kNow).error().kind == ErrorKind::unsupported);
  auto broken = bytes;
  broken.insert(broken.find("</title>"), "\x81");
  CHECK(read_feed_xml(broken, kNow).error().detail.find("no character of Shift_JIS") != std::string::npos);
  CHECK(read_feed_xml("\xff\xfe<\0a\0", kNow).error().kind == ErrorKind::unsupported);
  CHECK(read_feed_xml("\xef\xbb\xbf" + item(""), kNow)->notices.size() == 1);
}

TEST_CASE("what would make an entity, go deep or never end is refused with its place") {
  struct Row {
    std::string text;
    const char* detail;
    ErrorKind kind;
  };
  const std::string bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<rdf:RDF>&b;</rdf:RDF>";
  const auto whole = file("rss1.rdf");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  std::string wide = "<rdf:RDF>";
  for (std::size_t i = 0; i <= kMaxFeedElements; ++i) wide += "<a/>";
  const Row rows[] = {
      {bomb, "line 2: a document type; entities are not read", ErrorKind::malformed},
      {"<rdf:RDF>\n<!-- -->\n<![CDATA[ <!DOCTYPE ]]>\n<!ELEMENT a>", "line 4: a document type", ErrorKind::malformed},
      {whole.substr(0, whole.size() / 2), "line ", ErrorKind::malformed},
      {whole.substr(0, whole.size() - 12), "the text ends inside 1 elements", ErrorKind::malformed},
      {deep, "line 1: deeper than 32", ErrorKind::too_large},
      {wide + "</rdf:RDF>", "more than 200000 elements", ErrorKind::too_large},
      {std::string(kMaxFeedBytes + 1, ' '), "more than 8388608 bytes", ErrorKind::too_large},
      {"", "no element", ErrorKind::malformed},
      {"<html><body>sign in</body></html>", "expected rdf:RDF, rss or feed, found html", ErrorKind::malformed},
      {"<rdf:RDF></item></rdf:RDF>", "line 1: ", ErrorKind::malformed},
      {"</a>", "line 1: an end without a beginning", ErrorKind::malformed},
      {"<rdf:RDF a=\"", "line 1: an element is not closed", ErrorKind::malformed},
      {"<rdf:RDF>\n<!-- ", "line 2: a comment is not closed", ErrorKind::malformed},
      {std::string("<rdf:RDF>\n\0</rdf:RDF>", 21), "line 2: a byte of zero", ErrorKind::malformed},
      {"<rss></rss>", "rss: no channel", ErrorKind::malformed},
      {"<rdf:RDF><status:Status retCd=\"1\" errCd=\"invalid_feed\" errMsg=\"x\"/></rdf:RDF>", "retCd 1, errCd invalid_feed",
       ErrorKind::failed},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text.substr(0, 60));
    const auto read = read_feed_xml(row.text, kNow);
    REQUIRE_FALSE(read);
    CHECK(read.error().kind == row.kind);
    CHECK_MESSAGE(read.error().detail.find(row.detail) != std::string::npos, read.error().detail);
  }
}

TEST_CASE("entities nobody declared stay the letters they are") {
  const auto read = read_feed_xml(
      "<rss><channel><item><title>&b; "
      "&#x202e;&amp;&#7;</title><link>https://www.ipa.go.jp/a</link><pubDate>2026-11-12</pubDate></item></channel></rss>",
      kNow);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
  CHECK(read->notices.front().title == "&b; &");
}

TEST_CASE("no more than so many notices and letters are kept, the newest") {
  std::string text = "<rdf:RDF>";
  for (int i = 0; i < 600; ++i)
    text += "<item><title>" + std::string(500, 'a') + "</title><link>https://www.ipa.go.jp/" + std::to_string(i) +
            "</link><dc:date>2026-11-" + (i < 300 ? "01" : "02") + "</dc:date></item>";
  const auto read = read_feed_xml(text + "</rdf:RDF>", kNow);
  REQUIRE(read);
  CHECK(read->notices.size() == kMaxNotices);
  CHECK(read->left_out == 100);
  CHECK(read->notices.front().published == at("2026-11-02"));
  CHECK(read->notices.front().title.size() == kMaxTitle);
}

TEST_CASE("KEV: what was added lately, each exploited; what is cut or otherwise than its schema is refused with its place") {
  const auto text = file("kev.json");
  const auto read = read_kev(text, kNow);
  REQUIRE_MESSAGE(read, (read ? "" : read.error().detail));
  REQUIRE(read->notices.size() == 2);
  CHECK(read->left_out == 1);
  CHECK(read->notices.front().link == "https://nvd.nist.gov/vuln/detail/CVE-2026-99902");
  CHECK(read->notices.front().exploited);
  CHECK(read->notices.front().products == std::vector<std::string>{"Adobe Acrobat and Reader"});
  const auto refusal = [&](const std::string& from, const std::string& to) {
    auto other = text;
    const auto found = other.find(from);
    REQUIRE(found != std::string::npos);
    other.replace(found, from.size(), to);
    const auto refused = read_kev(other, kNow);
    REQUIRE_FALSE(refused);
    return refused.error().detail;
  };
  CHECK(refusal("\"count\": 3", "\"count\": 4").starts_with("count: "));
  CHECK(refusal("\"vulnerabilities\"", "\"other\"").starts_with("vulnerabilities: "));
  CHECK(refusal("CVE-2026-99901", "CVE-x").starts_with("vulnerabilities[0]"));
  CHECK(refusal("2026-11-18", "soon").starts_with("vulnerabilities[0]"));
  CHECK_FALSE(read_kev(text.substr(0, text.size() / 2), kNow));
  CHECK_FALSE(read_kev(std::string(100'000, '['), kNow));
  CHECK(read_kev(std::string(kMaxFeedBytes + 1, ' '), kNow).error().kind == ErrorKind::too_large);
}

TEST_CASE("dates as feeds write them; one of the future is the day it came") {
  struct Row {
    const char* text;
    const char* expected;
  };
  const Row rows[] = {{"2026-08-15T14:31+09:00", "2026-08-15T05:31:00Z"},
                      {"2026-08-15T14:31:30+0900", "2026-08-15T05:31:30Z"},
                      {"2026-08-15T14:31:30.25Z", "2026-08-15T14:31:30Z"},
                      {" 2026-08-15 ", "2026-08-15T00:00:00Z"},
                      {"2026-08-15T00:10-01:00", "2026-08-15T01:10:00Z"},
                      {"Sat, 11 Jul 2026 09:12:44 +0200", "2026-07-11T07:12:44Z"},
                      {"2099-01-01T00:00:00Z", "2026-11-20T00:00:00Z"},
                      {"2026-02-30", nullptr},
                      {"2026-08-15T25:00Z", nullptr},
                      {"2026-08-15T10:00+99:00", nullptr},
                      {"15.8.2026", nullptr},
                      {"", nullptr},
                      {"2026-08-15T10:00Zx", nullptr},
                      {"0000-01-01T00:00+09:00", nullptr}};
  for (const auto& row : rows) {
    CAPTURE(row.text);
    const auto read = feed_date(row.text, kNow);
    REQUIRE(read.has_value() == (row.expected != nullptr));
    if (read) CHECK(platform::format_time(*read) == row.expected);
  }
}

TEST_CASE("only https pages of known publishers are links") {
  CHECK(link_of_publisher(" http://jvn.jp/jp/JVN1/index.html\n") == "https://jvn.jp/jp/JVN1/index.html");
  CHECK(link_of_publisher("https://jvndb.jvn.jp/ja?x=1#y") == "https://jvndb.jvn.jp/ja?x=1#y");
  for (const char* other : {"javascript:alert(1)", "ftp://jvn.jp/", "//jvn.jp/", "https://evil.example/", "https://jvn.jp.evil.example/",
                            "https://evil-jvn.jp/", "https://jvn.jp@evil.example/", "https://jvn.jp:8080/", "https://JVN.jp/",
                            "https://www.jvn.jp\".evil/", "https://jvn.jp/<b>", "https://jvn.jp/ a", "https:///jvn.jp", ""})
    CHECK_MESSAGE(link_of_publisher(other).empty(), other);
  CHECK(link_of_publisher("https://jvn.jp/" + std::string(kMaxNoticeLink, 'a')).empty());
}

}  // namespace gokajo::tests

#include "hub/feeds/catalogue.h"

#include <set>

#include <doctest/doctest.h>

#include "hub/feeds/matching.h"
#include "hub/feeds/public_address.h"

namespace gokajo::tests {

using namespace hub;

TEST_CASE("every feed of the list is asked over https, at most twice a day, and MyJVN once") {
  std::set<std::string> ids;
  REQUIRE(public_feeds().size() == 6);
  for (const auto& feed : public_feeds()) {
    CAPTURE(feed.id);
    CHECK(ids.insert(feed.id).second);
    CHECK(feed.address.starts_with("https://"));
    CHECK(is_publisher(host_in(feed.address)));
    CHECK(feed.hours >= (feed.id.starts_with("myjvn") ? 24 : 12));
    CHECK_FALSE(feed.name.ja.empty());
    CHECK_FALSE(feed.name.en.empty());
  }
}

TEST_CASE("hub.toml: nothing is read unless it says so; addresses can be others, or none") {
  CHECK_FALSE(read_feed_settings("")->has_value());
  CHECK(chosen_feeds({}).empty());
  const auto settings = **read_feed_settings(
      "[feeds]\nread = true\nauthorities = \"/etc/ca.pem\"\n[feeds.addresses]\njvn = \"https://mirror.example.jp/jvn.rdf\"\njvndb = "
      "\"\"\n");
  CHECK(settings.authorities == "/etc/ca.pem");
  const auto chosen = chosen_feeds(settings);
  CHECK(chosen.size() == public_feeds().size() - 1);
  for (const auto& feed : chosen) {
    CHECK(feed.id != "jvndb");
    if (feed.id == "jvn") CHECK(feed.address == "https://mirror.example.jp/jvn.rdf");
  }
  const auto refusal = [](const char* text) {
    const auto read = read_feed_settings(text);
    REQUIRE_FALSE(read);
    return read.error().detail;
  };
  CHECK(refusal("feeds = 1") == "line 1: feeds: expected a table");
  CHECK(refusal("[feeds]\n\nread = \"yes\"") == "line 3: feeds: read: expected true or false");
  CHECK(refusal("[feeds]\nevery = 1").starts_with("line 2: feeds: expected read"));
  CHECK(refusal("[feeds.addresses]\nnone = \"https://a.example/\"") == "line 2: feeds: addresses: no such feed");
  for (const char* address : {"http://a.example/", "https://u:p@a.example/", "https://", "file:///etc/passwd", "https://a.example/ b"})
    CHECK_MESSAGE(refusal(("[feeds.addresses]\njvn = \"" + std::string(address) + "\"").c_str())
                      .starts_with("line 2: feeds: addresses: expected https"),
                  address);
}

TEST_CASE("public addresses are those of the whole Internet") {
  for (const char* open : {"8.8.8.8", "192.0.1.1", "172.15.0.1", "172.32.0.1", "2001:4860:4860::8888", "2606:4700::1", "64:ff9b::808:808",
                           "::ffff:8.8.8.8", "2002:808:808::1"})
    CHECK_MESSAGE(is_public_address(open), open);
  for (const char* closed : {"127.0.0.1",
                             "127.1.2.3",
                             "0.0.0.0",
                             "10.1.2.3",
                             "172.16.0.1",
                             "172.31.255.255",
                             "192.168.1.1",
                             "169.254.169.254",
                             "100.64.0.1",
                             "198.18.0.1",
                             "192.0.2.1",
                             "224.0.0.1",
                             "240.0.0.1",
                             "255.255.255.255",
                             "::1",
                             "::",
                             "fe80::1",
                             "fe80::1%eth0",
                             "fc00::1",
                             "fd12::1",
                             "ff02::1",
                             "::ffff:127.0.0.1",
                             "::ffff:10.0.0.1",
                             "64:ff9b::a00:1",
                             "2002:a00:1::1",
                             "2001:db8::1",
                             "2001::1",
                             "localhost",
                             "",
                             "1.2.3",
                             "0x7f000001"})
    CHECK_MESSAGE(!is_public_address(closed), closed);
  CHECK(is_own_machine("localhost"));
  CHECK(is_own_machine("::1"));
  CHECK_FALSE(is_own_machine("192.168.1.1"));
  CHECK(host_in("https://[::1]:8443/a") == "::1");
  CHECK(host_in("https://a.example:1/b@c") == "a.example");
  CHECK(host_in("https://u@a.example/").empty());
}

namespace {

Notice notice(const std::string& title, std::vector<std::string> products = {}, bool exploited = false, int days_ago = 1) {
  Notice one;
  one.title = title;
  one.link = "https://jvn.jp/" + std::to_string(title.size()) + "-" + std::to_string(days_ago);
  one.published = *platform::parse_time("2026-11-20") - platform::Days{days_ago};
  one.products = std::move(products);
  one.exploited = exploited;
  return one;
}

Programs programs(std::initializer_list<std::pair<const char*, std::int64_t>> names) {
  Programs all;
  for (const auto& [name, pcs] : names) all.programs[name] = {name, pcs};
  all.pcs = 18;
  return all;
}

}  // namespace

TEST_CASE("notices are matched with programs by known products, then by name; never by a part of another word") {
  const auto now = *platform::parse_time("2026-11-20");
  const auto installed =
      programs({{"Adobe Acrobat (64-bit)", 12}, {"Google Chrome", 18}, {"Example Reader 2.1", 3}, {"LINE", 2}, {"Git", 1}, {"Go", 1}});
  const auto found =
      matches({notice("Adobe Acrobat および Reader における脆弱性"), notice("x", {"Adobe Acrobat and Reader"}, true),
               notice("Google Chromeの更新"), notice("見本リーダーにおける問題", {"cpe:/a:example:reader"}), notice("Chromebook の問題"),
               notice("オンラインストアの問題"), notice("Microsoft Windows の問題", {"Microsoft Windows"}),
               notice("古い Adobe Acrobat の問題", {}, false, 60), notice("y", {"Golang Go"})},
              installed, now);
  REQUIRE(found.size() == 3);
  CHECK(found[0].name.ja == "Adobe Acrobat・Reader");  // exploited comes first
  CHECK(found[0].exploited);
  CHECK(found[0].pcs == 12);
  CHECK(found[0].notices.size() == 2);
  CHECK(found[1].name.en == "Google Chrome");
  CHECK(found[2].name.ja == "Example Reader 2.1");
  CHECK(found[2].pcs == 3);
  CHECK(matches({notice("Adobe Acrobat")}, programs({}), now).empty());
}

TEST_CASE("words: letters and digits, Japanese apart from Latin") {
  CHECK(words_in("Adobe Acrobatの7-Zip、LINE") == std::vector<std::string>{"adobe", "acrobat", "の", "7", "zip", "、", "line"});
  CHECK(words_in("").empty());
}

}  // namespace gokajo::tests

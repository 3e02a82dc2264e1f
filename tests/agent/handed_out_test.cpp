#include "agent/handed_out.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "agent/files.h"
#include "agent/offered_briefings.h"
#include "platform/embedded.h"
#include "protocol/device_key.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace agent;
using compliance::Briefing, compliance::Pack;
using platform::ErrorKind, platform::Json;
using protocol::HandedOut;

namespace {

namespace fs = std::filesystem;

std::string pack_text(const std::string& version, const std::string& check = "") {
  auto pack = *compliance::built_in_pack_alone("5kajo");
  pack.version = version;
  if (!check.empty()) pack.extras.front().check = check;
  return platform::to_form(pack).dump();
}

std::string briefing_text(const std::string& day, const std::string& id = "2027-spring-parcel") {
  auto briefing = compliance::built_in_briefings().front();
  briefing.id = id;
  briefing.published = *platform::parse_time(day);
  return platform::to_form(briefing).dump();
}

NamedFile named_pack(const std::string& text, const std::string& version, const std::string& id = "5kajo") {
  return {HandedOut::pack, id, protocol::sha256_hex(text), version, {}};
}

NamedFile named_briefing(const std::string& text, const std::string& day, const std::string& id = "2027-spring-parcel") {
  return {HandedOut::briefing, id, protocol::sha256_hex(text), {}, *platform::parse_time(day)};
}

// Windows 11 25H2's month, as of a table that is later than the one compiled in.
std::string table_text(const std::string& version) {
  return R"({"format": "gokajo-windows-levels/1", "version": ")" + version +
         R"(", "about": {}, "builds": [{"build": 26200, "levels": [{"level": 9100, "day": "2026-11-10", "kind": "B", "source": "S"}]}]})";
}

NamedFile named_table(const std::string& text, const std::string& version, const std::string& id = "windows-levels") {
  return {HandedOut::table, id, protocol::sha256_hex(text), version, {}};
}

protocol::Settings settings_naming(const std::vector<NamedFile>& files) {
  protocol::Settings settings;
  settings.pack = "5kajo";
  settings.schedule = "daily";
  settings.packs.emplace();
  settings.briefings.emplace();
  for (const auto& file : files) {
    if (file.kind == HandedOut::pack) settings.packs->push_back({file.id, file.version, file.sha256});
    if (file.kind == HandedOut::table) settings.tables.emplace().push_back({file.id, file.version, file.sha256});
    if (file.kind == HandedOut::briefing) settings.briefings->push_back({file.id, file.published, file.sha256});
  }
  return settings;
}

int files_in(const std::string& folder) {
  std::error_code none;
  int count = 0;
  for (fs::directory_iterator at(folder, none), end; !none && at != end; at.increment(none)) ++count;
  return count;
}

}  // namespace

TEST_CASE("a pack of the hub that is later is judged by; one that is damaged on the disk is not, and is fetched again") {
  const TemporaryDirectory place;
  const auto text = pack_text("2027.1");
  const auto file = named_pack(text, "2027.1");
  const auto settings = settings_naming({file});
  REQUIRE(lacking(place.path(), settings).files.size() == 1);
  CHECK(lacking(place.path(), settings).files.front().path() == "/v1/packs/" + file.sha256);
  const auto kept = keep_handed_out(place.path(), file, text);
  REQUIRE_MESSAGE(kept, kept.error().detail);
  CHECK(lacking(place.path(), settings).files.empty());
  CHECK(pack_in_force(place.path(), "5kajo")->version == "2027.1");
  const auto over = pack_in_force(place.path(), "6kajo");  // its own version, over the base that was handed out
  CHECK(over->version == compliance::built_in_pack("6kajo")->version);
  const auto path = place.path() + "/packs/5kajo.json";
  CHECK((fs::status(path).permissions() & fs::perms{077}) == fs::perms::none);
  REQUIRE(write_whole_file(path, text.substr(0, text.size() / 2)));
  CHECK(pack_in_force(place.path(), "5kajo")->version == compliance::built_in_pack("5kajo")->version);
  CHECK(lacking(place.path(), settings).files.size() == 1);
  REQUIRE(write_whole_file(path, text));
  fs::permissions(path, fs::perms{0666});  // what others may have written is not believed
  CHECK(pack_in_force(place.path(), "5kajo")->version == compliance::built_in_pack("5kajo")->version);
}

TEST_CASE("a table of the hub that is later is gone by in every pack; one that is older, damaged or not named is not") {
  const TemporaryDirectory place;
  const auto in_force = [&] { return pack_in_force(place.path(), "5kajo")->tables.windows_levels().version; };
  const auto built_in = compliance::built_in_table_version(compliance::kWindowsLevelsTable);
  CHECK(in_force() == built_in);
  const auto text = table_text("2099.1");
  const auto file = named_table(text, "2099.1");
  const auto settings = settings_naming({file});
  REQUIRE(lacking(place.path(), settings).files.size() == 1);
  CHECK(lacking(place.path(), settings).files.front().path() == "/v1/tables/" + file.sha256);
  const auto kept = keep_handed_out(place.path(), file, text);
  REQUIRE_MESSAGE(kept, kept.error().detail);
  CHECK(lacking(place.path(), settings).files.empty());
  CHECK(in_force() == "2099.1");
  CHECK(pack_in_force(place.path(), "6kajo")->tables.windows_levels().version == "2099.1");
  const auto back = lacking(place.path(), settings_naming({named_table("x", "2098.1")}));
  CHECK(back.files.empty());
  REQUIRE(back.older.size() == 1);
  CHECK(back.older.front() == "table windows-levels 2098.1 of the hub is older than what this PC has (2099.1), and is left");
  CHECK(lacking(place.path(), settings_naming({named_table("x", "2020.1")})).older.size() == 1);
  CHECK(lacking(place.path(), settings_naming({named_table("x", "2099.1", "holidays")})).files.empty());  // nobody here goes by such a one
  REQUIRE(write_whole_file(place.path() + "/tables/windows-levels.json", text.substr(0, 50)));
  CHECK(in_force() == built_in);
  REQUIRE(write_whole_file(place.path() + "/tables/windows-levels.json", table_text("2020.1")));
  CHECK(in_force() == built_in);
  REQUIRE(keep_handed_out(place.path(), file, text));
  forget_unnamed(place.path(), settings_naming({}));
  CHECK(in_force() == built_in);
}

TEST_CASE("a table is refused that is not what was named") {
  const TemporaryDirectory place;
  const auto refused = [&](const NamedFile& file, const std::string& bytes) {
    const auto status = keep_handed_out(place.path(), file, bytes);
    CHECK(files_in(place.path() + "/tables") == 0);
    return status ? "kept" : status.error().detail;
  };
  const auto text = table_text("2099.1");
  CHECK(refused(named_table(text, "2099.1"), text + " ") == "table windows-levels 2099.1: another SHA-256 than the hub named");
  CHECK(refused(named_table(text, "2099.2"), text) == "table windows-levels 2099.2: format, version: others than the hub named");
  CHECK(refused(named_table(text, "2099.1", "lifecycle"), text) == "table lifecycle 2099.1: format, version: others than the hub named");
  const auto pack = pack_text("2099.1");
  CHECK(refused(named_table(pack, "2099.1"), pack).find("format: expected") != std::string::npos);
}

TEST_CASE("what is not what the hub named is refused with the reason, and what there was stays") {
  const TemporaryDirectory place;
  const auto good = pack_text("2027.1");
  REQUIRE(keep_handed_out(place.path(), named_pack(good, "2027.1"), good));
  const auto refused = [&](const NamedFile& file, const std::string& bytes) {
    const auto status = keep_handed_out(place.path(), file, bytes);
    CHECK(pack_in_force(place.path(), "5kajo")->version == "2027.1");
    CHECK(files_in(place.path() + "/packs") == 1);
    CHECK(files_in(place.path() + "/briefings") == 0);
    return status ? "kept" : status.error().detail;
  };
  const auto has = [](const std::string& text, const char* part) { CHECK_MESSAGE(text.find(part) != std::string::npos, text); };
  const auto later = pack_text("2028.1"), unknown = pack_text("2028.1", "no.such-check");
  has(refused(named_pack(good, "2028.1"), later), "another SHA-256 than the hub named");
  has(refused(named_pack(later, "2029.1"), later), "pack 5kajo 2029.1: id, version: others than the hub named");
  has(refused(named_pack(later, "2028.1", "6kajo"), later), "id, version: others than the hub named");
  has(refused(named_pack(unknown, "2028.1"), unknown), "extras[0]: no check \"no.such-check\" in this version");
  const auto cut = later.substr(0, later.size() / 2);
  has(refused(named_pack(cut, "2028.1"), cut), "pack 5kajo 2028.1: ");
  const std::string huge(compliance::kMaxPackBytes + 1, ' ');
  has(refused(named_pack(huge, "2028.1"), huge), "more than 1048576 bytes");
  for (const std::string& id : {std::string("../x"), std::string("a/b"), std::string(65, 'a'), std::string("a\x1b[2J"), std::string()}) {
    const auto own = pack_text("2028.1");
    has(refused(named_pack(own, "2028.1", id), own), "id: expected at most 64");
  }
  CHECK_FALSE(fs::exists(place.path() + "/x.json"));
  const auto briefing = briefing_text("2027-03-01"), other = briefing_text("2027-03-01", "another");
  has(refused(named_briefing(other, "2027-03-01"), other), "id, published: others than the hub named");
  has(refused(named_briefing(briefing, "2027-03-02"), briefing), "id, published: others than the hub named");
  const std::string big = briefing + std::string(compliance::kMaxBriefingBytes, ' ');
  has(refused(named_briefing(big, "2027-03-01"), big), "more than 65536 bytes");
  auto hostile = Json::parse(briefing);
  hostile["title"]["ja"] = "\x1b]0;x\x07";
  has(refused(named_briefing(hostile.dump(), "2027-03-01"), hostile.dump()), "title.ja: a control character");
  hostile = Json::parse(briefing);
  hostile["title"].erase("en");
  has(refused(named_briefing(hostile.dump(), "2027-03-01"), hostile.dump()), "title.en: missing");
}

TEST_CASE("what is older than what there is, is left; what is as old as the one compiled in is not asked for") {
  const TemporaryDirectory place;
  const auto built_in = compliance::built_in_pack_alone("5kajo")->version;
  CHECK(lacking(place.path(), settings_naming({named_pack("x", built_in)})).files.empty());
  CHECK(lacking(place.path(), settings_naming({named_pack("x", built_in)})).older.empty());
  const auto older = lacking(place.path(), settings_naming({named_pack("x", "2020.1")}));
  CHECK(older.files.empty());
  REQUIRE(older.older.size() == 1);
  CHECK(older.older.front() == "pack 5kajo 2020.1 of the hub is older than what this PC has (" + built_in + "), and is left");
  const auto text = pack_text("2027.5");
  REQUIRE(keep_handed_out(place.path(), named_pack(text, "2027.5"), text));
  const auto back = lacking(place.path(), settings_naming({named_pack("x", "2027.4")}));
  CHECK(back.files.empty());
  CHECK(back.older.size() == 1);
  const auto briefing = briefing_text("2027-03-01");
  REQUIRE(keep_handed_out(place.path(), named_briefing(briefing, "2027-03-01"), briefing));
  const auto earlier = lacking(place.path(), settings_naming({named_briefing("x", "2027-02-01")}));
  CHECK(earlier.files.empty());
  CHECK(earlier.older.size() == 1);
  const auto& own = compliance::built_in_briefings().back();
  CHECK(lacking(place.path(), settings_naming({{HandedOut::briefing, own.id, std::string(64, '0'), {}, own.published}})).files.empty());
}

TEST_CASE("briefings of the hub are offered beside those compiled in, to everybody, the later of one id") {
  const TemporaryDirectory place;
  const auto now = *platform::parse_time("2028-04-01");
  const auto without = offered_briefings(now, place.path())->size();
  const auto text = briefing_text("2028-03-01");
  REQUIRE(keep_handed_out(place.path(), named_briefing(text, "2028-03-01"), text));
  const auto renewed = compliance::built_in_briefings().back().id;
  const auto again = briefing_text("2028-02-01", renewed);
  REQUIRE(keep_handed_out(place.path(), named_briefing(again, "2028-02-01", renewed), again));
  const auto all = all_briefings(place.path());
  REQUIRE(all.size() == without + 1);
  CHECK(compliance::current_briefing(all, now)->id == "2027-spring-parcel");
  CHECK(all[1].id == renewed);
  CHECK(offered_briefings(now, place.path())->front().id == "2027-spring-parcel");
  CHECK(offered_briefings(now)->size() == without);
  CHECK((fs::status(place.path() + "/briefings").permissions() & fs::perms{0777}) == fs::perms{0755});
  CHECK((fs::status(place.path() + "/briefings/2027-spring-parcel.json").permissions() & fs::perms{0777}) == fs::perms{0644});
  std::ofstream(place.path() + "/briefings/other.json") << text;  // under another name than its own
  std::ofstream(place.path() + "/briefings/bad.json") << "{";
  CHECK(all_briefings(place.path()).size() == without + 1);
  CHECK(all_briefings(place.path() + "/nowhere").size() == without);
}

TEST_CASE("what is no longer named goes, and everything when the hub does") {
  const TemporaryDirectory place;
  const auto text = pack_text("2027.1"), first = briefing_text("2027-03-01", "first"), second = briefing_text("2027-03-01", "second");
  REQUIRE(keep_handed_out(place.path(), named_pack(text, "2027.1"), text));
  for (const auto& [id, bytes] : {std::pair{"first", first}, std::pair{"second", second}})
    REQUIRE(keep_handed_out(place.path(), named_briefing(bytes, "2027-03-01", id), bytes));
  std::ofstream(place.path() + "/packs/5kajo.json.a8Xk2Q") << "begun by a run that was killed";
  forget_unnamed(place.path(), settings_naming({named_pack("x", "2027.2"), named_briefing(second, "2027-03-01", "second")}));
  CHECK(files_in(place.path() + "/packs") == 1);
  CHECK(pack_in_force(place.path(), "5kajo")->version == "2027.1");
  CHECK(files_in(place.path() + "/briefings") == 1);
  forget_unnamed(place.path(), settings_naming({}));
  CHECK(files_in(place.path() + "/packs") + files_in(place.path() + "/briefings") == 0);
  REQUIRE(keep_handed_out(place.path(), named_pack(text, "2027.1"), text));
  std::ofstream(place.path() + "/settings.json") << "{}";
  REQUIRE(forget_hub_data(place.path()));
  CHECK(files_in(place.path()) == 0);
  REQUIRE(forget_hub_data(place.path()));
}

TEST_CASE("a base is fetched before what extends it") {
  const TemporaryDirectory place;
  const auto all = lacking(place.path(), settings_naming({named_pack("a", "2099.1", "6kajo"), named_pack("b", "2099.1")}));
  REQUIRE(all.files.size() == 2);
  CHECK(all.files.front().id == "5kajo");
}

}  // namespace gokajo::tests

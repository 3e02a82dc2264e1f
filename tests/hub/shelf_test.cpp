#include "hub/shelf.h"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "hub/rejudging.h"
#include "protocol/settings.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict;
using platform::ErrorKind, platform::Json;
using protocol::HandedOut;

namespace {

namespace fs = std::filesystem;

std::string pack_text(const std::string& version, const std::string& id = "5kajo") {
  auto pack = *compliance::built_in_pack_alone(id);
  pack.version = version;
  return platform::to_form(pack).dump();
}

std::string briefing_text(const std::string& id, const std::string& day) {
  auto briefing = compliance::built_in_briefings().front();
  briefing.id = id;
  briefing.published = *platform::parse_time(day);
  return platform::to_form(briefing).dump();
}

// Windows 11 25H2's month, as of a table that is later than the one compiled in.
std::string table_text(const std::string& version) {
  return R"({"format": "gokajo-windows-levels/1", "version": ")" + version +
         R"(", "about": {}, "builds": [{"build": 26200, "levels": [{"level": 9100, "day": "2026-11-10", "kind": "B", "source": "S"}]}]})";
}

// A hub's data folder.
struct Folder {
  TemporaryDirectory directory;
  Folder() {
    for (const auto& folder : {packs_folder(path()), briefings_folder(path()), tables_folder(path())}) {
      fs::create_directory(folder);
      fs::permissions(folder, fs::perms{0700});
    }
  }
  std::string path() const { return directory.path(); }
  void put(const std::string& name, const std::string& text) const { std::ofstream(path() + "/" + name, std::ios::binary) << text; }
  std::string only_problem() const {
    const auto shelf = read_shelf(path());
    REQUIRE(shelf.problems.size() == 1);
    return shelf.problems.front().detail;
  }
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("of one id the later version is in force, of the same the one compiled in") {
  const Folder folder;
  const auto built_in = built_in_shelf();
  CHECK(built_in->problems.empty());
  CHECK(built_in->packs.size() == compliance::built_in_pack_ids().size());
  CHECK(read_shelf(folder.path()).packs.at("5kajo").origin == Origin::built_in);
  folder.put("packs/5kajo.json", pack_text(built_in->packs.at("5kajo").pack.version));
  CHECK(read_shelf(folder.path()).packs.at("5kajo").origin == Origin::built_in);
  folder.put("packs/5kajo.json", pack_text("2020.1"));
  CHECK(read_shelf(folder.path()).packs.at("5kajo").origin == Origin::built_in);
  const auto text = pack_text("2027.1");
  folder.put("packs/5kajo.json", text);
  const auto& newest = compliance::built_in_briefings().front();
  folder.put("briefings/" + newest.id + ".json", briefing_text(newest.id, "2099-01-01"));
  folder.put("briefings/another.json", briefing_text("another", "2020-01-01"));
  folder.put("packs/readme.txt", "no pack");
  const auto shelf = read_shelf(folder.path());
  CHECK(shelf.problems.empty());
  CHECK(shelf.packs.at("5kajo").origin == Origin::file);
  CHECK(shelf.pack("6kajo")->version == built_in->packs.at("6kajo").pack.version);
  REQUIRE(shelf.chain("6kajo").size() == 2);
  CHECK(shelf.chain("6kajo")[1]->pack.version == "2027.1");
  CHECK(shelf.briefings.size() == built_in->briefings.size() + 1);
  CHECK(shelf.briefings.front().briefing.id == newest.id);
  CHECK(shelf.briefings.back().briefing.id == "another");
  CHECK(*shelf.find({HandedOut::pack, protocol::sha256_hex(text)}) == text);
  CHECK_FALSE(shelf.find({HandedOut::briefing, protocol::sha256_hex(text)}));
  CHECK_FALSE(shelf.pack("none"));
}

TEST_CASE("a file that cannot be used is named with its place, and what is compiled in goes on") {
  const Folder folder;
  auto json = Json::parse(pack_text("2027.1"));
  json["rules"][0]["checks"][0]["check"] = "no.such-check";
  folder.put("packs/5kajo.json", json.dump());
  CHECK(folder.only_problem() == folder.path() + "/packs/5kajo.json: rules[0].checks[0]: no check \"no.such-check\" in this version");
  CHECK(read_shelf(folder.path()).packs.at("5kajo").origin == Origin::built_in);
  auto lax = Json::parse(pack_text("2027.1"));
  lax["rules"][0]["checks"][1]["settings"]["max_days"] = 31;
  folder.put("packs/5kajo.json", lax.dump());
  CHECK(folder.only_problem() == folder.path() + "/packs/5kajo.json: rules[0].checks[1].settings.max_days: expected 1 to 30");
  folder.put("packs/5kajo.json", pack_text("2027.1").substr(0, 1000));
  CHECK(holds(folder.only_problem(), "packs/5kajo.json: "));
  folder.put("packs/5kajo.json", pack_text("2027.1", "6kajo"));
  CHECK(holds(folder.only_problem(), "the file must be called 6kajo.json"));
  folder.put("packs/5kajo.json", std::string(compliance::kMaxPackBytes + 1, ' '));
  CHECK(holds(folder.only_problem(), "packs/5kajo.json"));
  folder.put("packs/5kajo.json", pack_text("2027.1"));
  fs::permissions(folder.path() + "/packs/5kajo.json", fs::perms{0666});
  CHECK(holds(folder.only_problem(), "others can change this file"));
  fs::remove(folder.path() + "/packs/5kajo.json");
  json = Json::parse(briefing_text("another", "2027-01-01"));
  json["title"]["ja"] = "\x1b[2J";
  folder.put("briefings/another.json", json.dump());
  CHECK(holds(folder.only_problem(), "briefings/another.json: title.ja: a control character"));
  fs::permissions(folder.path() + "/briefings", fs::perms{0777});
  CHECK(holds(folder.only_problem(), "/briefings"));
}

TEST_CASE("packs that do not go together are not put together") {
  const Folder folder;
  auto one = *compliance::built_in_pack_alone("6kajo");
  one.id = "a";
  one.version = "1";
  one.extends = "b";
  folder.put("packs/a.json", platform::to_form(one).dump());
  CHECK(holds(folder.only_problem(), "packs/a.json: "));  // no base
  one.id = "b";
  one.extends = "a";
  folder.put("packs/b.json", platform::to_form(one).dump());
  auto shelf = read_shelf(folder.path());
  REQUIRE(shelf.problems.size() == 2);
  CHECK(shelf.problems[0].detail == folder.path() + "/packs/a.json: extends: b: extends: a cycle: \"a\" extends \"b\" extends \"a\"");
  CHECK(shelf.problems[1].detail == folder.path() + "/packs/b.json: extends: a: extends: a cycle: \"b\" extends \"a\" extends \"b\"");
  CHECK(shelf.packs.size() == built_in_shelf()->packs.size());
  auto base = *compliance::built_in_pack_alone("5kajo");
  base.id = "b";
  base.version = "1";
  folder.put("packs/b.json", platform::to_form(base).dump());
  shelf = read_shelf(folder.path());
  CHECK(shelf.problems.empty());
  CHECK(shelf.pack("a"));
}

TEST_CASE("at most 24 briefings are named, the newest") {
  const Folder folder;
  for (int i = 0; i < 40; ++i)
    folder.put("briefings/b" + std::to_string(i) + ".json",
               briefing_text("b" + std::to_string(i), "2099-01-" + std::to_string(10 + i % 20)));
  const auto shelf = read_shelf(folder.path());
  CHECK(shelf.briefings.size() == protocol::kMaxNamedBriefings);
  CHECK(shelf.briefings.back().briefing.published > *platform::parse_time("2099-01-01"));
}

TEST_CASE("a new file is taken only where it is later and fits") {
  const auto& shelf = *built_in_shelf();
  CHECK(fits_on(shelf, pack_text("2027.1"))->id == "5kajo");
  CHECK(fits_on(shelf, briefing_text("another", "2020-01-01"))->kind == HandedOut::briefing);
  CHECK(fits_on(shelf, pack_text("2020.1")).error().kind == ErrorKind::unsupported);
  const auto& newest = compliance::built_in_briefings().front();
  CHECK(fits_on(shelf, platform::to_form(newest).dump()).error().kind == ErrorKind::unsupported);
  CHECK(fits_on(shelf, "{}").error().kind == ErrorKind::malformed);
  CHECK(fits_on(shelf, pack_text("2027.1").substr(0, 99)).error().kind == ErrorKind::malformed);
}

TEST_CASE("a table that is later is gone by in every pack, and handed out; what cannot be used is named") {
  const Folder folder;
  const auto built_in = compliance::built_in_table_version(compliance::kWindowsLevelsTable);
  const auto in_force = [&] { return read_shelf(folder.path()).pack("6kajo")->tables.windows_levels().version; };
  CHECK(in_force() == built_in);
  const auto text = table_text("2099.1");
  folder.put("tables/windows-levels.json", text);
  CHECK(in_force() == "2099.1");
  const auto shelf = read_shelf(folder.path());
  CHECK(shelf.problems.empty());
  CHECK(*shelf.find({HandedOut::table, protocol::sha256_hex(text)}) == text);
  CHECK_FALSE(shelf.find({HandedOut::pack, protocol::sha256_hex(text)}));
  CHECK(fits_on(shelf, table_text("2099.2"))->kind == HandedOut::table);
  CHECK(fits_on(shelf, table_text("2099.1")).error().kind == ErrorKind::unsupported);
  CHECK(fits_on(*built_in_shelf(), table_text("2020.1")).error().kind == ErrorKind::unsupported);
  folder.put("tables/windows-levels.json", table_text("2020.1"));
  CHECK(in_force() == built_in);
  CHECK(read_shelf(folder.path()).tables.empty());
  folder.put("tables/windows-levels.json", text.substr(0, 60));
  CHECK(holds(folder.only_problem(), "windows-levels.json: "));
  CHECK(in_force() == built_in);
  fs::remove(folder.path() + "/tables/windows-levels.json");
  folder.put("tables/lifecycle.json", text);
  CHECK(holds(folder.only_problem(), "the file must be called windows-levels.json"));
}

TEST_CASE("a newer table is told to PCs, and all packs are others by it") {
  Office office;
  const Folder folder;
  Library library(folder.path());
  office.ingest = std::make_unique<Ingest>(*office.store, office.pepper, 1, &library);
  const Pc pc;
  office.enrol(pc);
  const auto settings = [&] { return *protocol::read_settings(office.send(pc.request("GET", "/v1/settings", {1, 0}, "")).body); };
  CHECK_FALSE(settings().tables);
  const auto text = table_text("2099.1");
  folder.put("tables/windows-levels.json", text);
  CHECK_FALSE(library.look(at(5)));
  CHECK(library.look(at(10))->size() == built_in_shelf()->packs.size());
  REQUIRE(settings().tables);
  CHECK(settings().tables->front().version == "2099.1");
  const auto path = protocol::handed_out_path(HandedOut::table, settings().tables->front().sha256);
  CHECK(office.send(pc.request("GET", path, {1, 0}, "")).body == text);
}

TEST_CASE("files are read again when they stand still, and say which packs are others") {
  const Folder folder;
  Library library(folder.path());
  const auto before = library.shelf();
  CHECK_FALSE(library.look(at(0)));
  folder.put("packs/5kajo.json", pack_text("2027.1"));
  CHECK_FALSE(library.look(at(1)));  // too soon
  CHECK_FALSE(library.look(at(5)));  // just being written, maybe
  const auto changed = library.look(at(10));
  REQUIRE(changed);
  CHECK(*changed == std::set<std::string>{"5kajo", "6kajo", "scs3"});
  CHECK(library.shelf()->packs.at("5kajo").pack.version == "2027.1");
  CHECK(before->packs.at("5kajo").origin == Origin::built_in);
  CHECK_FALSE(library.look(at(15)));
  folder.put("briefings/another.json", briefing_text("another", "2027-01-01"));
  CHECK_FALSE(library.look(at(20)));
  CHECK(library.look(at(25))->empty());
  CHECK(library.shelf()->briefings.size() == before->briefings.size() + 1);
  fs::remove(folder.path() + "/packs/5kajo.json");
  CHECK_FALSE(library.look(at(30)));
  CHECK(library.look(at(35))->size() == 3);
  CHECK(library.shelf()->packs.at("5kajo").origin == Origin::built_in);
}

TEST_CASE("a newer pack is told to a company's PCs, handed out to them only, and what they sent is judged by it") {
  Office office;
  const Folder folder;
  Library library(folder.path());
  office.ingest = std::make_unique<Ingest>(*office.store, office.pepper, 1, &library);
  const Pc pc, stranger;
  office.enrol(pc);
  const auto settings = [&] { return *protocol::read_settings(office.send(pc.request("GET", "/v1/settings", {1, 0}, "")).body); };
  const auto first = office.receipt(pc.report({1, 1}, at(-60), content_of_pc("eset", at(-60))));
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  CHECK(settings().packs->front().version == built_in_shelf()->packs.at("5kajo").pack.version);
  auto pack = *compliance::built_in_pack_alone("5kajo");
  pack.version = "2027.1";
  for (auto& rule : pack.rules)
    if (rule.id == "antivirus")
      for (auto& entry : rule.checks)
        if (entry.checks().front() != "antivirus.active") entry.role = compliance::Role::required;
  std::erase_if(pack.rules, [](const compliance::PackRule& rule) { return rule.id == "threats"; });
  const auto text = platform::to_form(pack).dump();
  folder.put("packs/5kajo.json", text);
  folder.put("briefings/another.json", briefing_text("another", "2026-11-20"));
  CHECK_FALSE(library.look(at(5)));
  const auto changed = library.look(at(10));
  REQUIRE(changed);
  CHECK(office.store->rules("yamada", pc.id())->contains("threats"));
  REQUIRE(judge_companies_again(*office.store, *changed, at(10)));
  Rejudgings rejudgings(*office.store, &library, 1);
  while (*rejudgings.step(at(10))) {
  }
  CHECK_FALSE(office.store->rules("yamada", pc.id())->contains("threats"));  // judged again, without a report
  const auto again = office.receipt(pc.report({1, 2}, at(20), content_of_pc("eset", at(20))), at(20));
  CHECK(again.settings_sha256 != first.settings_sha256);
  const auto named = settings();
  CHECK(named.packs->front().version == "2027.1");
  const auto sha256 = protocol::sha256_hex(text);
  CHECK(named.packs->front().sha256 == sha256);
  const auto asked = [&](const Pc& who, const std::string& path, const std::string& body = "") {
    return office.send(who.request("GET", path, {1, 0}, body));
  };
  CHECK(asked(pc, protocol::handed_out_path(protocol::HandedOut::pack, sha256)).body == text);
  CHECK(asked(pc, protocol::handed_out_path(protocol::HandedOut::pack, sha256)).body ==
        text);  // the same request again: the same answer, nothing written
  for (const auto& one : *named.briefings)
    CHECK(protocol::sha256_hex(asked(pc, protocol::handed_out_path(protocol::HandedOut::briefing, one.sha256)).body) == one.sha256);
  CHECK(asked(stranger, protocol::handed_out_path(protocol::HandedOut::pack, sha256)).status == 401);
  CHECK(asked(pc, protocol::handed_out_path(protocol::HandedOut::briefing, sha256)).status == 404);
  CHECK(asked(pc, protocol::handed_out_path(protocol::HandedOut::pack, std::string(64, '0'))).status == 404);
  CHECK(asked(pc, protocol::handed_out_path(protocol::HandedOut::pack, sha256), "x").status == 400);
  for (const char* bad : {"/v1/packs/5kajo", "/v1/packs/", "/v1/packs/../hub.db", "/v1/packs/..%2f..%2fhub.db"})
    CHECK(asked(pc, bad).status == 404);
  auto changed_path = pc.request("GET", protocol::handed_out_path(protocol::HandedOut::pack, std::string(64, '0')), {1, 0}, "");
  changed_path.target = protocol::handed_out_path(protocol::HandedOut::pack, sha256);
  CHECK(office.send(changed_path).status == 401);
}

TEST_CASE("a company whose policy does not fit a new pack goes on by the one compiled in") {
  Office office;
  const Folder folder;
  auto company = *office.store->company("yamada");
  company.policy.roles = {{"antivirus.active", compliance::Role::advice, "r", *platform::parse_time("2099-01-01")}};
  auto pack = *compliance::built_in_pack_alone("5kajo");
  pack.version = "2027.1";
  std::erase_if(pack.rules, [](const compliance::PackRule& rule) { return rule.id == "antivirus"; });
  folder.put("packs/5kajo.json", platform::to_form(pack).dump());
  const Library library(folder.path());
  CompanyBook book(*office.store, &library);
  CHECK((*book.of("yamada", at(0)))->rests_on == library.shelf());
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company));
  REQUIRE(office.store->commit());
  const auto page = book.of("yamada", at(0));
  REQUIRE_MESSAGE(page, page.error().detail);
  CHECK((*page)->rests_on == built_in_shelf());
  CHECK(protocol::read_settings((*page)->settings)->packs->front().version == built_in_shelf()->packs.at("5kajo").pack.version);
}

}  // namespace gokajo::tests

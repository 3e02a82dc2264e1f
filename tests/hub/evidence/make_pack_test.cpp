#include "hub/evidence/make_pack.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "compliance/finding_form.h"
#include "hub/erasing.h"
#include "hub/evidence/cover.h"
#include "hub/evidence/period.h"
#include "hub/evidence/signing_key.h"
#include "hub/kept_finding.h"
#include "hub/sqlite_store_body.h"
#include "platform/bytes.h"
#include "protocol/body.h"
#include "tests/hub/company_scene.h"
#include "tests/hub/evidence/packs.h"

namespace gokajo::tests {

using namespace hub;
using platform::Json;

namespace {

constexpr const char* kLabel = "経理のPC-kakushita";
constexpr const char* kHost = "hosuto-kakushita";
constexpr const char* kShare = "mitsumori-kakushita";
constexpr const char* kUser = "tanaka-kakushita";
constexpr const char* kGroup = "osaka-kakushita";
constexpr const char* kReason = "riyuu-kakushita";

// Everything a person may have written or a PC may have said, under names that stand nowhere else.
struct Records {
  Office office;
  Store& store = *office.store;
  std::vector<Pc> pcs = std::vector<Pc>(3);
  std::set<std::string> bodies;  ///< of reports, that travelled

  Records() {
    const auto work = [&](const std::function<platform::Status()>& done) {
      REQUIRE(store.begin());
      REQUIRE(done());
      REQUIRE(store.commit());
    };
    auto company = *store.company("yamada");
    company.name = "山田工務店";
    company.responsible = company.owner_name = company.person_in_charge = kUser;
    company.policy.exceptions.push_back({"sharing.smb1-off", kShare, kReason, kUser, at(86400 * 90)});
    company.policy.settings.push_back({"updates.security-installed", "max_days", std::int64_t{20}, kReason, at(86400 * 90)});
    work([&] { return store.put_company(company); });
    for (auto& pc : pcs) {
      office.enrol(pc);
      send(pc, {1, 1}, at(0), "nfs-office");
      auto device = office.device(pc);
      device.label = kLabel;
      device.host_name = kHost;
      work([&] { return store.put_device(device); });
      work([&] { return store.set_group("yamada", pc.id(), kGroup); });
      work([&] {
        return store.put_declaration("yamada",
                                     {pc.id(), {"sharing.folders-restricted", kShare, "yes", kUser, at(5), at(86400 * 300)}, std::nullopt});
      });
      auto judged = found("sharing.folders-restricted", "sharing", "open", compliance::Verdict::fail,
                          {{"folder", compliance::Name{kShare}}, {"user", compliance::Name{kUser}}});
      judged.exception = company.policy.exceptions.front();
      work([&] {
        return store.set_verdicts(device, {kept_finding(judged, at(60))}, {{"sharing", compliance::Verdict::fail}}, at(60), at(60));
      });
      work([&] { return store.add_change({"yamada", at(70), pc.id(), "device", pc.id(), "", "approved", {}}); });
      work([&] { return store.add_change({"yamada", at(71), pc.id(), "device", pc.id(), kLabel, kHost, {}}); });
    }
    work([&] { return store.put_declaration("yamada", {"", {"nas", "", "none", kUser, at(5), at(86400 * 300)}, std::nullopt}); });
    work([&] { return store.add_deed({"yamada", at(80), kUser, "pc.rename", kLabel, kHost, kLabel}); });
    work([&] { return store.add_deed({"yamada", at(-86400 * 400), kUser, "sheet.name", "zu-furui", "", ""}); });
    work([&] { return store.put_daily_count("yamada", {*platform::parse_time("2026-11-26"), "sharing", 0, 3}); });
    office.add_company("sato");
    work([&] { return store.add_deed({"sato", at(80), "yoso-no-hito", "pc.rename", "yoso-no-pc", "", ""}); });
  }

  void send(const Pc& pc, protocol::Position position, Time when, const char* snapshot) {
    auto content = content_of_pc(snapshot, when);
    const auto request = pc.report(position, when, renamed(content));
    bodies.insert(request.body);
    (void)office.receipt(request, when);
  }

  // What a PC calls its shares and users.
  static Json renamed(Json json) {
    const std::function<void(Json&, const std::string&)> walk = [&](Json& value, const std::string& key) {
      if (value.is_string() && (key == "path" || key == "name" || key == "host_name")) value = value.get<std::string>() + kShare;
      if (value.is_structured())
        for (auto& [name, inner] : value.items()) walk(inner, name);
    };
    walk(json["evidence"], "");
    return json;
  }

  Result<EvidencePack> make(PackKind kind, Time now = at(3600)) {
    return make_pack({office.directory.path(), store, office.pepper}, {"yamada", kind, at(-86400), at(86400), "田中"}, now);
  }
  std::string file(const EvidencePack& pack) const { return bytes_of_file(pack_file(office.directory.path(), pack.tenant, pack.number)); }
};

std::vector<Json> lines_of(const Members& members, const std::string& name) {
  std::vector<Json> lines;
  for (const auto& [member, bytes] : members) {
    if (member != name) continue;
    std::istringstream text(bytes);
    for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
  }
  return lines;
}

std::string lower(std::string text) {
  for (auto& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return text;
}

// A name as it may stand in a file: as it is, escaped for JSON or an address, in UTF-16 of either order, as hex, and in base 64, where it
// looks different by where it begins.
std::vector<std::string> forms_of(const std::string& name) {
  std::vector<std::string> forms{name};
  std::string little, big, escaped, percent;
  for (std::size_t i = 0; i < name.size();) {
    const auto first = static_cast<unsigned char>(name[i]);
    const std::size_t bytes = first < 0x80 ? 1 : first < 0xE0 ? 2 : 3;
    unsigned unit = bytes == 1 ? first : bytes == 2 ? first & 0x1FU : first & 0x0FU;
    for (std::size_t k = 1; k < bytes; ++k) unit = unit << 6U | (static_cast<unsigned char>(name[i + k]) & 0x3FU);
    i += bytes;
    little += {static_cast<char>(unit & 0xFFU), static_cast<char>(unit >> 8U)};
    big += {static_cast<char>(unit >> 8U), static_cast<char>(unit & 0xFFU)};
    char hex[8];
    std::snprintf(hex, sizeof hex, "\\u%04x", unit);
    escaped += hex;
  }
  for (const unsigned char c : name) {
    char hex[4];
    std::snprintf(hex, sizeof hex, "%%%02x", c);
    percent += hex;
  }
  forms.insert(forms.end(), {little, big, escaped, percent, hex_of(name)});
  for (std::size_t before = 0; before < 3; ++before) {
    const auto base64 = platform::base64_encode(std::string(before, 'x') + name);
    // Without the characters that depend on what stands around it.
    const std::size_t begin = before == 0 ? 0 : before == 1 ? 2 : 3;
    forms.push_back(base64.substr(begin, (before + name.size()) / 3 * 4 - begin));
  }
  return forms;
}

bool holds(const std::string& bytes, const std::string& name) {
  const auto text = lower(bytes);
  for (const auto& form : forms_of(name))
    if (text.find(lower(form)) != std::string::npos) return true;
  return false;
}

}  // namespace

TEST_CASE("a pack for the company itself holds what was kept of the period, reports byte for byte") {
  Records records;
  records.send(records.pcs[0], {1, 2}, at(600), "office-plain");
  const auto pack = records.make(PackKind::internal);
  REQUIRE_MESSAGE(pack, pack.error().detail);
  const auto bytes = records.file(*pack);
  const auto found = verified(bytes);
  REQUIRE(found.whole());
  CHECK(pack->number == 1);
  CHECK(pack->manifest == found.sha256);
  CHECK(pack->key == found.key_fingerprint);
  CHECK(pack->size == static_cast<std::int64_t>(bytes.size()));
  CHECK(found.manifest->company == "山田工務店");
  CHECK_FALSE(found.manifest->previous);
  CHECK(found.manifest->from == at(-86400));
  CHECK(found.manifest->until == at(3600));  // what lies ahead is not in it

  const auto members = members_of(bytes);
  const auto devices = lines_of(members, "devices.jsonl");
  REQUIRE(devices.size() == 3);
  std::set<std::string> packed;
  for (std::size_t pc = 1; pc <= 3; ++pc) {
    const auto& device = devices[pc - 1];
    CHECK(device["pc"] == pc);
    CHECK(device["label"] == kLabel);
    CHECK(device["host_name"] == kHost);
    CHECK(device["group"] == kGroup);
    const auto reports = lines_of(members, "reports/0000" + std::to_string(pc) + ".jsonl");
    CHECK(reports.size() == (device["device"] == records.pcs[0].id() ? 2 : 1));
    for (const auto& report : reports) {
      const auto body = platform::base64_decode(report["body"].get<std::string>());
      REQUIRE(body);
      CHECK(protocol::sha256_hex(*body) == report["sha256"]);
      CHECK(body->size() == report["size"]);
      packed.insert(*body);
    }
  }
  CHECK(packed == records.bodies);
  // Of the two that were not judged again since.
  std::size_t judged_by_hand = 0;
  for (const auto& row : lines_of(members, "verdicts.jsonl")) {
    if (!row.contains("excepted")) continue;
    CHECK(row["check"] == "sharing.folders-restricted");
    CHECK(row["verdict"] == "fail");
    CHECK(row["finding"]["finding"]["parameters"]["folder"]["name"] == kShare);
    ++judged_by_hand;
  }
  CHECK(judged_by_hand == 2);
  const auto deeds = lines_of(members, "deeds.jsonl");
  REQUIRE(deeds.size() == 1);  // neither that of another company nor one from before
  CHECK(deeds[0]["who"] == kUser);
  CHECK(lines_of(members, "declarations.jsonl").size() == 4);
  CHECK(lines_of(members, "days.jsonl")[0]["fail"] == 3);
  std::set<std::string> kinds;
  for (const auto& change : lines_of(members, "changes.jsonl")) kinds.insert(change["kind"].get<std::string>());
  CHECK(kinds == std::set<std::string>{"check", "device", "rule"});
  for (const auto& [name, data] : members)
    if (name == "packs/5kajo.json") CHECK(data == built_in_shelf()->packs.at("5kajo").text);
  for (const char* other : {"yoso-no", "zu-furui"}) CHECK(bytes.find(other) == std::string::npos);
  // Names are what is looked for in the other kind: they must be found here.
  for (const char* name : {kLabel, kHost, kShare, kUser, kGroup, kReason}) CHECK_MESSAGE(holds(bytes, name), name);
}

TEST_CASE("a pack to be handed in names no PC, no user and no share, in whatever form") {
  Records records;
  const auto pack = records.make(PackKind::submission);
  REQUIRE_MESSAGE(pack, pack.error().detail);
  const auto bytes = records.file(*pack);
  REQUIRE(verified(bytes).whole());
  for (const char* name : {kLabel, kHost, kShare, kUser, kGroup, kReason, "kakushita"}) CHECK_MESSAGE(!holds(bytes, name), name);
  for (const auto& pc : records.pcs) CHECK_FALSE(holds(bytes, pc.id()));
  // What it is for is there all the same.
  const auto members = members_of(bytes);
  CHECK(lines_of(members, "devices.jsonl").size() == 3);
  CHECK(lines_of(members, "declarations.jsonl").size() == 4);
  for (const auto& row : lines_of(members, "declarations.jsonl")) CHECK(row.contains("answer"));
  std::size_t verdicts = 0, rules = 0;
  for (const auto& row : lines_of(members, "verdicts.jsonl")) ++(row.contains("check") ? verdicts : rules);
  CHECK(verdicts == 3);
  CHECK(rules == 3);
  std::set<std::string> hashes;
  for (int pc = 1; pc <= 3; ++pc)
    for (const auto& report : lines_of(members, "reports/0000" + std::to_string(pc) + ".jsonl")) {
      CHECK_FALSE(report.contains("body"));
      hashes.insert(report["sha256"].get<std::string>());
    }
  for (const auto& body : records.bodies) CHECK(hashes.contains(protocol::sha256_hex(body)));
  // The cover tells the result before anything else.
  const auto cover = std::find_if(members.begin(), members.end(), [](const auto& one) { return one.first == "cover.txt"; });
  REQUIRE(cover != members.end());
  CHECK_MESSAGE(cover->second.find("適合 0 / 要対応 3 / 測定不能 0 / 要確認 0 / 対象外 0 / 連絡なし 0 / 休止中 0") != std::string::npos,
                cover->second);
  CHECK(lines_of(members, "deeds.jsonl")[0] == Json{{"at", platform::format_time(at(80))}, {"what", "pc.rename"}});
}

TEST_CASE("each pack names the one before, and an old one cannot be slipped in") {
  Records records;
  const auto first = records.make(PackKind::internal);
  const auto second = records.make(PackKind::submission, at(7200));
  const auto third = records.make(PackKind::internal, at(7300));
  REQUIRE(first);
  REQUIRE(second);
  REQUIRE(third);
  CHECK(third->number == 3);
  const auto a = verified(records.file(*first)), b = verified(records.file(*second)), c = verified(records.file(*third));
  CHECK(follows(a, b));
  CHECK(follows(b, c));
  CHECK_FALSE(follows(a, c));
  CHECK(a.key_fingerprint == c.key_fingerprint);
  const auto chain = *packs_of(records.store).evidence_packs("yamada", 10);
  REQUIRE(chain.size() == 3);
  CHECK(chain[0].number == 3);
  CHECK(chain[0].who == "田中");
  CHECK(chain[1].kind == PackKind::submission);
  CHECK(packs_of(records.store).evidence_packs("sato", 10)->empty());
  CHECK(packs_of(records.store).evidence_pack("yamada", 2)->manifest == second->manifest);
  CHECK(packs_of(records.store).evidence_pack("yamada", 4).error().kind == platform::ErrorKind::not_found);
  CHECK(packs_of(records.store).evidence_pack("sato", 1).error().kind == platform::ErrorKind::not_found);
  // Its number is taken.
  REQUIRE(records.store.begin());
  CHECK_FALSE(packs_of(records.store).add_evidence_pack(*second));
  records.store.rollback();
  // The record tells who made them.
  const auto deeds = *records.store.deeds_matching("yamada", {"田中", "evidence.make"}, 0, 10);
  REQUIRE(deeds.size() == 3);
  CHECK(deeds[0].subject == "3");
  CHECK(deeds[0].after == head_of(third->manifest));
}

TEST_CASE("the key is made once, lies sealed, and a store without its pepper gets another") {
  Records records;
  auto& store = records.store;
  CHECK_FALSE(*pack_key_fingerprint(store, records.office.pepper));
  const auto first = records.make(PackKind::internal);
  REQUIRE(first);
  CHECK(*pack_key_fingerprint(store, records.office.pepper) == first->key);
  REQUIRE(store.begin());
  const auto key = *pack_key(store, records.office.pepper, at(0));
  store.rollback();
  CHECK(store.hub_value("evidence.key")->find(key.seed()) == std::string::npos);
  const Pepper other(std::string(Pepper::kBytes, 'q'));
  CHECK_FALSE(*pack_key_fingerprint(store, other));
  const auto next =
      make_pack({records.office.directory.path(), store, other}, {"yamada", PackKind::internal, at(-1), at(10), "x"}, at(7200));
  REQUIRE(next);
  CHECK(next->key != first->key);
  CHECK(next->number == 2);
  // Both are told, in the hub's own record.
  const auto deeds = *store.deeds_matching("", {"", "evidence.key"}, 0, 10);
  REQUIRE(deeds.size() == 2);
  CHECK(deeds[0].after == next->key);
  CHECK(deeds[1].after == first->key);
}

TEST_CASE("whoever asks for no company, no period or too long a one gets no pack, and nothing is left behind") {
  Records records;
  const PackMaker maker{records.office.directory.path(), records.store, records.office.pepper};
  const auto before = records.office.fingerprint();
  CHECK(make_pack(maker, {"yamada", PackKind::internal, at(5), at(5), "x"}, at(9)).error().kind == platform::ErrorKind::malformed);
  CHECK(make_pack(maker, {"yamada", PackKind::internal, at(10), at(20), "x"}, at(9)).error().kind == platform::ErrorKind::malformed);
  CHECK(make_pack(maker, {"yamada", PackKind::internal, at(-86400 * 401), at(5), "x"}, at(9)).error().kind ==
        platform::ErrorKind::malformed);
  CHECK(make_pack(maker, {"suzuki", PackKind::internal, at(0), at(5), "x"}, at(9)).error().kind == platform::ErrorKind::not_found);
  CHECK(records.office.fingerprint() == before);
  CHECK_FALSE(std::filesystem::exists(maker.directory + "/evidence"));
  // The disk has no room: here, a file where the folder should be.
  std::ofstream(maker.directory + "/evidence") << "x";
  CHECK_FALSE(records.make(PackKind::internal));
  CHECK(packs_of(records.store).evidence_packs("yamada", 1)->empty());
}

// Reading takes its time where there is much; what PCs send meanwhile is taken.
TEST_CASE("while a pack is made others write, and what they write is not in it") {
  if (Place::on_postgres()) return;  // readers there are told nothing of writers by the server itself
  Records records;
  struct Busy : SqliteStore {
    using SqliteStore::SqliteStore;
    std::function<void()> in_between;
    Result<StoredReport> report(const std::string& tenant, const std::string& device, protocol::Position position) override {
      in_between();
      return SqliteStore::report(tenant, device, position);
    }
  };
  auto database = Database::open(records.office.place.where());
  REQUIRE(database);
  Busy busy(std::move(*database));
  int written = 0;
  busy.in_between = [&] {
    ++written;
    records.send(records.pcs[0], {1, 1 + written}, at(100 + written), "office-plain");
  };
  const auto pack = make_pack({records.office.directory.path(), busy, records.office.pepper},
                              {"yamada", PackKind::internal, at(-1), at(999), "x"}, at(999));
  REQUIRE_MESSAGE(pack, pack.error().detail);
  CHECK(written == 3);
  std::size_t reports = 0;
  for (const auto& [name, data] : members_of(records.file(*pack)))
    if (name.starts_with("reports/")) reports += lines_of({{name, data}}, name).size();
  CHECK(reports == 3);
}

TEST_CASE("two that are made at once: the later one is told to try again, and leaves nothing") {
  if (Place::on_postgres()) return;  // one way to stop in the middle is enough
  Records records;
  struct Busy : SqliteStore {
    using SqliteStore::SqliteStore;
    std::function<void()> in_between;
    Result<std::vector<KeptDeclaration>> declarations(const std::string& tenant) override {
      in_between();
      return SqliteStore::declarations(tenant);
    }
  };
  auto database = Database::open(records.office.place.where());
  REQUIRE(database);
  Busy busy(std::move(*database));
  busy.in_between = [&] { CHECK(records.make(PackKind::internal)); };
  const auto pack = make_pack({records.office.directory.path(), busy, records.office.pepper},
                              {"yamada", PackKind::internal, at(-1), at(999), "x"}, at(999));
  REQUIRE_FALSE(pack);
  CHECK(pack.error().kind == platform::ErrorKind::timed_out);
  CHECK(packs_of(records.store).evidence_packs("yamada", 10)->size() == 1);
  std::size_t files = 0;
  for (const auto& file : std::filesystem::directory_iterator(records.office.directory.path() + "/evidence/yamada"))
    files += file.is_regular_file();
  CHECK(files == 1);
}

// Making takes minutes where there is much, and what was read before would be handed out for 30 days.
TEST_CASE("a PC that is erased while a pack is made is in none") {
  if (Place::on_postgres()) return;  // one way to stop in the middle is enough
  Records records;
  struct Busy : SqliteStore {
    using SqliteStore::SqliteStore;
    std::function<void()> in_between;
    Result<std::vector<KeptDeclaration>> declarations(const std::string& tenant) override {
      std::exchange(in_between, [] {})();
      return SqliteStore::declarations(tenant);
    }
  };
  auto database = Database::open(records.office.place.where());
  REQUIRE(database);
  Busy busy(std::move(*database));
  const auto gone = records.pcs[1].id();
  busy.in_between = [&] {
    REQUIRE(records.store.begin());
    REQUIRE(erase_device(records.store, records.office.device(records.pcs[1]), "田中", at(900)));
    REQUIRE(records.store.commit());
  };
  const PackMaker maker{records.office.directory.path(), busy, records.office.pepper};
  const PackWish wish{"yamada", PackKind::internal, at(-1), at(999), "x"};
  const auto pack = make_pack(maker, wish, at(999));
  REQUIRE_FALSE(pack);
  CHECK(pack.error().kind == platform::ErrorKind::timed_out);
  CHECK(packs_of(records.store).evidence_packs("yamada", 10)->empty());
  for (const auto& file : std::filesystem::recursive_directory_iterator(records.office.directory.path() + "/evidence"))
    CHECK_MESSAGE(!file.is_regular_file(), file.path().string());
  const auto again = make_pack(maker, wish, at(999));
  REQUIRE_MESSAGE(again, again.error().detail);
  const auto bytes = records.file(*again);
  CHECK(lines_of(members_of(bytes), "devices.jsonl").size() == 2);
  CHECK_FALSE(holds(bytes, gone));
}

TEST_CASE("answers to the 25 questions stand in both kinds by their number, and what was no answer in none to be handed in") {
  Records records;
  auto& store = records.store;
  REQUIRE(store.begin());
  const auto answer = [&](const char* number, const char* said) {
    return store.put_declaration("yamada", {"", {"diagnosis.v3", number, said, kUser, at(5), at(86400 * 300)}, std::nullopt});
  };
  REQUIRE(answer("7", "partly"));
  REQUIRE(answer("8", kShare));
  REQUIRE(store.add_deed({"yamada", at(90), kUser, "diagnosis.result", "v3", "", "66 = 18 + 34 + 14 (25/25)"}));
  REQUIRE(store.add_deed({"yamada", at(91), kUser, "diagnosis.result", "v3", "", kShare}));
  REQUIRE(store.commit());
  for (const auto kind : {PackKind::internal, PackKind::submission}) {
    const bool internal = kind == PackKind::internal;
    CAPTURE(internal);
    const auto pack = records.make(kind);
    REQUIRE(pack);
    const auto bytes = records.file(*pack);
    const auto members = members_of(bytes);
    std::map<std::int64_t, Json> told;
    for (const auto& row : lines_of(members, "declarations.jsonl"))
      if (row["question"] == "diagnosis.v3") told[row["number"].get<std::int64_t>()] = row;
    REQUIRE(told.size() == 2);
    CHECK(told[7]["answer"] == "partly");
    CHECK(told[7].contains("who") == internal);
    CHECK(told[8].contains("answer") == internal);
    const auto deeds = lines_of(members, "deeds.jsonl");
    CHECK(std::count_if(deeds.begin(), deeds.end(), [](const Json& deed) {
            return deed["what"] == "diagnosis.result" && deed.value("after", "") == "66 = 18 + 34 + 14 (25/25)";
          }) == 1);
    CHECK(holds(bytes, kShare) == internal);
  }
}

TEST_CASE("a pack's file goes after 30 days, with the twelfth after it, and when a PC or a person is erased; its line in the chain stays") {
  Records records;
  const auto& directory = records.office.directory.path();
  const auto there = [&](std::int64_t number) { return std::filesystem::exists(pack_file(directory, "yamada", number)); };
  for (int i = 1; i <= 13; ++i) REQUIRE(records.make(PackKind::submission, at(3600 + i)));
  REQUIRE(sweep_pack_files(directory, records.store, at(4000)));
  CHECK_FALSE(there(1));
  for (std::int64_t i = 2; i <= 13; ++i) CHECK(there(i));
  REQUIRE(sweep_pack_files(directory, records.store, at(3600 + 12) + kKeepPackFiles));
  CHECK_FALSE(there(12));
  CHECK(there(13));
  // A file without a row may be one that is finished just now; an old one is what a hub left behind.
  std::ofstream(pack_file(directory, "yamada", 99)) << "x";
  std::ofstream(directory + "/evidence/yamada/making-old") << "x";
  std::ofstream(directory + "/evidence/yamada/notes.txt") << "x";
  REQUIRE(sweep_pack_files(directory, records.store, at(4000)));
  CHECK(there(99));
  for (const char* name : {"99.zip", "making-old"})
    std::filesystem::last_write_time(directory + "/evidence/yamada/" + name,
                                     std::filesystem::file_time_type::clock::now() - std::chrono::hours{25});
  REQUIRE(sweep_pack_files(directory, records.store, at(4000)));
  CHECK_FALSE(there(99));
  CHECK_FALSE(std::filesystem::exists(directory + "/evidence/yamada/making-old"));
  CHECK(std::filesystem::exists(directory + "/evidence/yamada/notes.txt"));
  REQUIRE(records.store.begin());
  REQUIRE(records.store.erase_device("yamada", records.pcs[0].id(), {kLabel}, "…"));
  REQUIRE(records.store.commit());
  REQUIRE(sweep_pack_files(directory, records.store, at(4000)));
  CHECK_FALSE(there(13));
  CHECK(packs_of(records.store).evidence_packs("yamada", 100)->size() == 13);
}

TEST_CASE("a period is named by its first and last day, in the company's time") {
  const auto october = period_of_days("2026-10-01", "2026年10月31日", platform::kJapanOffset);
  REQUIRE(october);
  CHECK(october->from == *platform::parse_time("2026-09-30T15:00:00Z"));
  CHECK(october->until == *platform::parse_time("2026-10-31T15:00:00Z"));
  const auto day = period_of_days("2026-10-01", "2026-10-01", 0);
  REQUIRE(day);
  CHECK(day->until - day->from == platform::Days{1});
  CHECK(period_of_days("2026-01-01", "2027-02-04", 0));
  CHECK_FALSE(period_of_days("2026-01-01", "2027-02-05", 0));
  for (const auto& [first, last] : std::vector<std::pair<const char*, const char*>>{
           {"2026-10-02", "2026-10-01"}, {"", "2026-10-01"}, {"2026-10-01", ""}, {"2026-13-01", "2026-12-31"}, {"x", "y"}})
    CHECK_FALSE(period_of_days(first, last, 0));
}

TEST_CASE("the cover says what the pack proves and what not, in both languages, and never a certificate") {
  Records records;
  const auto company = *records.store.company("yamada");
  auto manifest = manifest_of_tests();
  manifest.number = 2;
  manifest.previous = "3a7f9c0211de" + std::string(52, '0');
  for (const auto language : {compliance::Language::ja, compliance::Language::en})
    for (const auto kind : {PackKind::internal, PackKind::submission}) {
      manifest.kind = kind;
      const auto text = text_of(cover_of({company, manifest, {}, std::string(64, 'b')}, language));
      CAPTURE(text);
      CHECK(text.find("山田工務店") != std::string::npos);
      CHECK(text.find("3a7f 9c02 11de") != std::string::npos);
      CHECK(text.find("bbbb bbbb") != std::string::npos);
      CHECK(text.find(language == compliance::Language::ja ? "第三者による証明ではありません" : "no proof by a third party") !=
            std::string::npos);
      CHECK(text.find("90") != std::string::npos);
      for (const char* never : {"認定", "取得", "evidence.cover"}) CHECK(text.find(never) == std::string::npos);
      const bool says_no_names =
          text.find(language == compliance::Language::ja ? "PCは番号で示し" : "PCs have numbers") != std::string::npos;
      CHECK(says_no_names == (kind == PackKind::submission));
    }
}

}  // namespace gokajo::tests

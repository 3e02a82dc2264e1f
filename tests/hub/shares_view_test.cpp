// Expected by the documented meaning of the facts (compliance/evidence/sharing.h, sharing_windows.h): what is not known is never told as
// closed, and what the checks of rule "sharing" fail is never told as restricted.
#include "hub/shares_view.h"

#include "hub/checks_view.h"
#include "hub/software_view.h"
#include "tests/hub/company_scene.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Access, compliance::Evidence, compliance::Reach, compliance::Verdict;

namespace {

Evidence windows_pc() {
  Evidence evidence;
  evidence.device.system = compliance::fact(compliance::System{compliance::OsFamily::windows, "pc", "", "", "", true, {}}, "test", at(0));
  evidence.sharing.windows_services = compliance::fact(std::vector<std::string>{"LanmanServer"}, "test", at(0));
  evidence.sharing.windows_guest = compliance::fact(compliance::WindowsGuest{false, true}, "test", at(0));
  return evidence;
}

Evidence linux_pc(Reach reach) {
  Evidence evidence;
  evidence.device.system = compliance::fact(compliance::System{compliance::OsFamily::linux_os, "pc", "", "", "", true, {}}, "test", at(0));
  evidence.sharing.sockets =
      compliance::fact(std::vector<compliance::OpenSocket>{{"tcp", "0.0.0.0", 445, "/usr/sbin/smbd", true, reach, reach}}, "test", at(0));
  return evidence;
}

}  // namespace

TEST_CASE("who opens a Windows share follows its rights, Guest's account, and what could not be read") {
  struct Row {
    const char* name;
    std::optional<Access> anonymous, guests, accounts;
    Opens expected;
  };
  const Row rows[] = {
      {"a", Access::write, Access::none, Access::write, Opens::anybody_writes},
      {"b", Access::read, Access::none, Access::write, Opens::anybody_reads},
      {"c", std::nullopt, Access::none, Access::none, Opens::not_known},
      {"d", Access::none, Access::none, std::nullopt, Opens::not_known},
      {"e", Access::none, Access::write, Access::read, Opens::accounts},  // Guest is off
      {"f", Access::none, Access::none, Access::none, Opens::chosen},
  };
  auto evidence = windows_pc();
  std::vector<compliance::WindowsShare> shares;
  for (const auto& row : rows)
    shares.push_back({row.name, "C:\\" + std::string(row.name), false, row.anonymous, row.guests, row.accounts, ""});
  shares.push_back({"printer", "", true, Access::write, Access::write, Access::write, ""});
  evidence.sharing.windows_shares = compliance::fact(shares, "test", at(0));
  const auto folders = folders_of(evidence, at(0));
  REQUIRE(folders.size() == std::size(rows));
  for (std::size_t i = 0; i < folders.size(); ++i) {
    CAPTURE(rows[i].name);
    CHECK(folders[i].name == rows[i].name);
    CHECK(folders[i].opens == rows[i].expected);
  }
  // Guest comes in: e is open to anybody.
  evidence.sharing.windows_guest = compliance::fact(compliance::WindowsGuest{true, false}, "test", at(0));
  CHECK(folders_of(evidence, at(0))[1].name == "e");
  CHECK(folders_of(evidence, at(0))[1].opens == Opens::anybody_writes);
}

TEST_CASE("a list of shares that could not be read is not known, and a PC that serves none has none") {
  auto evidence = windows_pc();
  REQUIRE(folders_of(evidence, at(0)).size() == 1);
  CHECK(folders_of(evidence, at(0)).front().opens == Opens::not_known);
  evidence.sharing.windows_services = compliance::fact(std::vector<std::string>{}, "test", at(0));
  CHECK(folders_of(evidence, at(0)).empty());
  CHECK(folders_of(Evidence{}, at(0)).front().opens == Opens::not_known);
  auto silent = linux_pc(Reach::everyone);
  silent.sharing.sockets = compliance::fact(std::vector<compliance::OpenSocket>{}, "test", at(0));
  CHECK(folders_of(silent, at(0)).empty());
}

TEST_CASE("a Samba share is as open as the packet filter lets it be, and not known where that is not") {
  const auto opens = [](Reach reach, Access strangers, bool everyone) {
    auto evidence = linux_pc(reach);
    compliance::Samba samba;
    samba.shares = {{"見積", "/srv/m", "smb.conf", strangers, everyone, true, Reach::everyone}};
    evidence.sharing.samba = compliance::fact(samba, "test", at(0));
    const auto folders = folders_of(evidence, at(0));
    REQUIRE(folders.size() == 1);
    return folders.front().opens;
  };
  CHECK(opens(Reach::everyone, Access::write, false) == Opens::anybody_writes);
  CHECK(opens(Reach::some, Access::read, false) == Opens::anybody_reads);
  CHECK(opens(Reach::everyone, Access::none, true) == Opens::accounts);
  CHECK(opens(Reach::everyone, Access::none, false) == Opens::chosen);
  CHECK(opens(Reach::nobody, Access::write, false) == Opens::closed);
  CHECK(opens(Reach::not_known, Access::write, false) == Opens::not_known);
  CHECK(opens(Reach::not_known, Access::none, true) == Opens::not_known);
  CHECK(opens(Reach::not_known, Access::none, false) == Opens::chosen);
}

TEST_CASE("a person's answer marks a folder for everybody, while it is valid") {
  auto evidence = linux_pc(Reach::everyone);
  compliance::Samba samba;
  samba.shares = {{"共通", "/srv/k", "smb.conf", Access::none, true, true, Reach::everyone}};
  evidence.sharing.samba = compliance::fact(samba, "test", at(0));
  evidence.declarations = {{"sharing.folders-restricted", "共通", "yes", "田中", at(-60), at(86400 * 300)}};
  CHECK(folders_of(evidence, at(0)).front().meant);
  CHECK(folders_of(evidence, at(0)).front().opens == Opens::accounts);
  CHECK_FALSE(folders_of(evidence, at(86400 * 302)).front().meant);
  evidence.declarations.front().answer = "no";
  CHECK_FALSE(folders_of(evidence, at(0)).front().meant);
}

TEST_CASE("shares across an office come with the PC they are on, and what is installed with where") {
  Office office;
  const Pc pc, other;
  for (const auto* one : {&pc, &other}) office.enrol(*one);
  office.receipt(pc.report({1, 1}, at(0), content_of_pc("nfs-office", at(0))), at(0));
  auto content = content_of_pc("eset", at(0));
  content["evidence"]["inventory"]["apt"] = {{"value", {{{"name", "Zulu"}, {"version", "1"}}, {{"name", "abc"}, {"version", "2"}}}},
                                             {"source", "dpkg"}};
  office.receipt(other.report({1, 1}, at(0), content), at(0));
  const auto shares = shares_view(*office.store, "yamada", 0, 25, at(60), nullptr);
  REQUIRE(shares);
  for (const auto& device : shares->devices) CHECK_FALSE(device.folders.empty());
  CHECK(static_cast<std::int64_t>(shares->devices.size()) + shares->none == 2);
  REQUIRE(shares->none > 0);
  CHECK(shares->not_heard == 0);
  // Silent for three weeks: what they shared nothing of then is not known now.
  const auto later = shares_view(*office.store, "yamada", 0, 25, at(21 * 86400), nullptr);
  REQUIRE(later);
  CHECK(later->none == 0);
  CHECK(later->not_heard == shares->none);
  const auto company = *office.store->company("yamada");
  auto software = software_view(*office.store, company, "", 0, 50, at(60));
  REQUIRE(software);
  CHECK(software->pcs == 2);
  REQUIRE(software->programs_in_all >= 2);
  software = software_view(*office.store, company, "ZUL", 0, 50, at(60));
  REQUIRE(software->programs.size() == 1);
  CHECK(software->programs.front().name == "Zulu");
  CHECK(software->programs.front().versions.at("1").front().device == other.id());
}

TEST_CASE("each check counts the PCs that are heard, and of one in use while at rest only what fails") {
  Office office;
  Scene scene{*office.store};
  const auto late = scene.add("PC-01", day(0)), silent = scene.add("PC-02", day(-20));
  auto in_use = scene.add("PC-03", day(0));
  in_use.resting_since = day(-10);
  in_use.resting_until = day(10);
  scene.put(in_use);
  const auto missing = found("antivirus.active", "antivirus", "no-product");
  const auto good = found("updates.security-installed", "updates", "none-missing", Verdict::pass);
  for (const auto* device : {&late, &silent, &std::as_const(in_use)}) scene.judge(*device, day(-1), {missing, good});
  const auto view = checks_view(*office.store, "yamada", day(0), nullptr);
  REQUIRE(view);
  CHECK(view->quiet == 1);
  const auto counts = [&](const std::string& check) {
    for (const auto& rule : view->rules)
      for (const auto& line : rule.checks)
        if (line.check == check) return line.counts;
    return std::map<Verdict, std::int64_t>{};
  };
  CHECK(counts("antivirus.active") == std::map<Verdict, std::int64_t>{{Verdict::fail, 2}});
  CHECK(counts("updates.security-installed") == std::map<Verdict, std::int64_t>{{Verdict::pass, 1}});
  const auto company = *office.store->company("yamada");
  const auto pcs = checked_devices(*office.store, company, "antivirus.active", 0, 2, day(0));
  REQUIRE(pcs);
  CHECK(pcs->devices.size() == 2);
  CHECK(pcs->more);
  CHECK_FALSE(checked_devices(*office.store, company, "antivirus.active", 2, 2, day(0))->more);
}

}  // namespace gokajo::tests

// 「点検の記録ファイル」: asked for on a page, made by the desk, fetched, and gone where it must be.
#include <filesystem>
#include <thread>

#include "hub/evidence_store.h"
#include "tests/hub/evidence/packs.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const std::map<std::string, std::string> kWish = {{"from", "2026-11-01"}, {"until", "2026-11-26"}, {"kind", "submission"}};

// Until the desk is done with what was asked of it.
void wait(Desk& desk, const std::string& tenant = "yamada") {
  for (int i = 0; i < 3000 && desk.pages.packs.of(tenant) == PackWork::waiting; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  REQUIRE(desk.pages.packs.of(tenant) != PackWork::waiting);
}

std::string file_of(const Desk& desk, std::int64_t number) { return pack_file(desk.pages.office.directory.path(), "yamada", number); }

}  // namespace

TEST_CASE("a record file is asked for, made beside the pages, listed with its check number, and fetched") {
  Desk desk;
  const Pc pc;
  desk.add(pc, "PC-05-keiri", "office-plain");
  const auto before = desk.browser.get("/c/yamada/evidence");
  CHECK(before.status == 200);
  CHECK(shows(before, "まだありません"));
  CHECK(shows(before, "value=\"2026-10-01\""));  // last month is offered
  CHECK(shows(before, "value=\"2026-10-31\""));
  CHECK(desk.browser.post("/c/yamada/evidence", kWish).status == 303);
  wait(desk);
  const auto packs = *packs_of(*desk.pages.store).evidence_packs("yamada", 10);
  REQUIRE(packs.size() == 1);
  CHECK(packs[0].who == "田中");
  CHECK(packs[0].kind == PackKind::submission);
  CHECK(desk.did("evidence.make"));
  const auto page = desk.browser.get("/c/yamada/evidence");
  CHECK(shows(page, in_groups(head_of(packs[0].manifest))));
  CHECK(shows(page, in_groups(packs[0].key)));
  CHECK(shows(page, "第1号（提出用）"));
  CHECK(shows(page, "2026年11月1日〜2026年11月26日"));
  const auto file = desk.browser.get("/c/yamada/evidence/1");
  REQUIRE(file.status == 200);
  CHECK(file.headers.at("content-type") == "application/zip");
  CHECK(file.headers.at("content-disposition") == "attachment; filename=\"gokajo-yamada-1-teishutsu.zip\"");
  CHECK(file.file == file_of(desk, 1));
  const auto found = verify_pack_file(file.file);
  REQUIRE(found);
  CHECK(found->whole());
  CHECK(found->sha256 == packs[0].manifest);
}

TEST_CASE("what is no period, no kind or no file is refused in plain words") {
  Desk desk;
  for (const auto& [from, until] : std::vector<std::pair<std::string, std::string>>{{"2026-11-26", "2026-11-25"},
                                                                                    {"", "2026-11-25"},
                                                                                    {"2026-11-01", "kinou"},
                                                                                    {"2025-01-01", "2026-11-25"},
                                                                                    {"2027-01-01", "2027-01-31"},
                                                                                    {kHostile, kHostile}}) {
    const auto reply = desk.refused("/c/yamada/evidence", {{"from", from}, {"until", until}, {"kind", "internal"}});
    CHECK(refuses(reply, "期間を、古い日から新しい日へ"));
    CHECK_FALSE(shows(reply, "<script>alert"));
  }
  CHECK(refuses(desk.refused("/c/yamada/evidence", {{"from", "2026-11-01"}, {"until", "2026-11-02"}, {"kind", "x"}}), "社内用か提出用か"));
  for (const char* number : {"1", "0", "99999999999", "some-0"}) {
    const auto reply = desk.browser.get(std::string("/c/yamada/evidence/") + number);
    CHECK(reply.status == 404);
    CHECK(shows(reply, "このファイルは集計サーバーにありません"));
  }
  CHECK(desk.pages.packs.of("yamada") == std::nullopt);
}

TEST_CASE("the file goes when a PC is erased, and its line stays") {
  Desk desk;
  const Pc pc, other;
  desk.add(pc, "PC-05", "office-plain");
  desk.add(other, "PC-06", "office-plain");
  REQUIRE(desk.browser.post("/c/yamada/evidence", kWish).status == 303);
  wait(desk);
  REQUIRE(std::filesystem::exists(file_of(desk, 1)));
  REQUIRE(desk.browser.post("/c/yamada/devices/" + pc.id() + "/erase", {{"name", "PC-05"}}).status == 303);
  CHECK_FALSE(std::filesystem::exists(file_of(desk, 1)));
  CHECK(desk.browser.get("/c/yamada/evidence/1").status == 404);
  const auto page = desk.browser.get("/c/yamada/evidence");
  CHECK(shows(page, "第1号"));
  CHECK(shows(page, "集計サーバーにはもうありません"));
}

TEST_CASE("one that cannot be made is said so on the page and told to the hub's log, and the next can be") {
  Desk desk;
  const auto folder = desk.pages.office.directory.path() + "/evidence";
  std::ofstream(folder) << "x";
  REQUIRE(desk.browser.post("/c/yamada/evidence", kWish).status == 303);
  wait(desk);
  CHECK(shows(desk.browser.get("/c/yamada/evidence"), "前回は作れませんでした"));
  REQUIRE(desk.pages.pack_troubles.size() == 1);
  std::filesystem::remove(folder);
  REQUIRE(desk.browser.post("/c/yamada/evidence", kWish).status == 303);
  wait(desk);
  CHECK_FALSE(shows(desk.browser.get("/c/yamada/evidence"), "前回は作れませんでした"));
  CHECK(packs_of(*desk.pages.store).evidence_packs("yamada", 10)->size() == 1);
}

}  // namespace gokajo::tests

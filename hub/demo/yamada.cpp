// 山田工務店: 20 PCs, of which 15 have nothing of their own; what the owner is told of them is the story of the mails (hub/mail).
#include "hub/demo/plan.h"

namespace gokajo::hub::demo {

using platform::Days;

namespace {

struct Row {
  const char* label;
  const char* account;  // empty: nobody's
};

constexpr Row kPcs[] = {
    {"PC-01 社長", "yamada"},    {"PC-02 事務", "sasaki"},    {"PC-03 経理", "suzuki"},     {"PC-04 総務", "watanabe"},
    {"PC-05 見積", "itou"},      {"PC-06 積算", "nakamura"},  {"PC-07 現場1", "kobayashi"}, {"PC-08 現場2", "katou"},
    {"PC-09 設計", "yoshida"},   {"PC-10 設計2", "yamamoto"}, {"PC-11 受付", "matsumoto"},  {"PC-12 倉庫", "inoue"},
    {"PC-13 営業", "kimura"},    {"PC-14 営業2", "hayashi"},  {"PC-15 営業3", "shimizu"},   {"PC-16 購買", "mori"},
    {"PC-17 現場ノート", "abe"}, {"PC-18 予備", ""},          {"PC-19 会議室", "tanaka"},   {"PC-20 図面の保管", ""},
};

PcPlan& at(std::vector<PcPlan>& pcs, int number) { return pcs[static_cast<std::size_t>(number - 1)]; }

}  // namespace

CompanyPlan plan_of_yamada(Day today) {
  CompanyPlan plan;
  auto& company = plan.company = demo_company(kYamada, "山田工務店", today);
  company.stated_devices = 20;
  company.responsible = "田中";
  company.person_in_charge = "田中";
  company.owner_name = "山田";
  company.owner_mail = "yamada@yamada.example";
  company.confirmed = company.created + Days{5};
  const auto first = business_day_from(today - kPast, {});
  int number = 0;
  for (const auto& row : kPcs) {
    PcPlan pc;
    pc.label = row.label;
    ++number;
    pc.host_name = "yamada-pc" + std::string(number < 10 ? "0" : "") + std::to_string(number);
    pc.account = row.account;
    pc.first = first;
    pc.update_days = 2 + number % 6;
    pc.minute = 10 + number * 7 % 30;
    pc.read_on = business_day_from(first + Days{20 + number % 12}, {});
    // Nobody ever set one: the cause that all have in common.
    pc.spells.push_back({Trouble::no_length_rule, first, std::nullopt, ""});
    plan.pcs.push_back(std::move(pc));
  }
  auto& pcs = plan.pcs;
  const auto ago = [&](int business_days) { return business_days_before(today, business_days); };
  const auto late = missed_update(today) - Days{2};
  at(pcs, 3).spells.push_back({Trouble::updates_late, late, std::nullopt, ""});
  at(pcs, 7).spells.push_back({Trouble::updates_late, late, ago(2), ""});
  at(pcs, 5).spells.push_back({Trouble::share_open, ago(11), std::nullopt, "見積"});
  at(pcs, 9).spells.push_back({Trouble::updates_unseen, ago(8), std::nullopt, ""});
  at(pcs, 11).first = ago(3);
  at(pcs, 11).read_on.reset();
  at(pcs, 11).spells.push_back({Trouble::antivirus_expired, ago(3), std::nullopt, ""});
  at(pcs, 12).spells.push_back({Trouble::share_for_accounts, first, std::nullopt, "共通"});
  at(pcs, 14).spells.push_back({Trouble::office_ended, first, std::nullopt, ""});
  at(pcs, 16).first = ago(14);
  at(pcs, 16).read_on.reset();
  at(pcs, 17).last = business_days_before(today - Days{10}, 2);
  at(pcs, 20).linux_pc = true;
  at(pcs, 20).spells.clear();
  // What was put right since the checking began.
  at(pcs, 2).spells.push_back({Trouble::real_time_off, ago(27), ago(25), ""});
  at(pcs, 4).spells.push_back({Trouble::auto_login, first, ago(22), ""});
  at(pcs, 8).spells.push_back({Trouble::remote_desktop_open, first, ago(19), ""});
  at(pcs, 13).spells.push_back({Trouble::firewall_off, first, ago(32), ""});
  at(pcs, 15).spells.push_back({Trouble::definitions_old, ago(24), ago(13), ""});
  at(pcs, 19).spells.push_back({Trouble::auto_login, first, ago(17), ""});
  at(pcs, 10).spells.push_back({Trouble::smb1_on, first, ago(29), ""});
  plan.answers = {{"mfa", "yes", "田中", first + Days{7}},
                  {"nas", "yes", "田中", first + Days{7}},
                  {"copier", "no", "田中", first + Days{7}},
                  {"copier", "yes", "田中", ago(15)}};
  // 田中 answers what is known, asks around, and answers the rest; two questions are still open.
  const auto done = Level::done, partly = Level::partly, not_done = Level::not_done, unsure = Level::unsure;
  plan.diagnoses = {{{{1, done},
                      {3, partly},
                      {4, partly},
                      {6, partly},
                      {7, partly},
                      {8, unsure},
                      {9, unsure},
                      {11, partly},
                      {12, partly},
                      {13, not_done},
                      {14, not_done},
                      {15, done},
                      {16, partly},
                      {17, done},
                      {18, partly},
                      {19, partly},
                      {20, not_done},
                      {21, unsure}},
                     "田中",
                     first + Days{12}},
                    {{{4, done},
                      {8, partly},
                      {9, done},
                      {12, done},
                      {13, partly},
                      {14, partly},
                      {20, partly},
                      {21, not_done},
                      {22, partly},
                      {23, partly},
                      {25, not_done}},
                     "田中",
                     ago(16)},
                    {{{7, done}, {21, partly}}, "山田", ago(4)}};
  plan.declaring = {{{DeclaringStep::gbizid, DeclaringStep::rules}, std::nullopt, 0, "", "田中", ago(14)},
                    {{},
                     PolicyTold{"代表取締役 山田太郎",
                                "総務 info@yamada.example",
                                platform::format_time(Time{ago(3)}).substr(0, 10),
                                {PolicyInfo::customers, PolicyInfo::partners},
                                {PolicyPromise::backup, PolicyPromise::incident}},
                     0,
                     "",
                     "山田",
                     ago(3)}};
  return plan;
}

}  // namespace gokajo::hub::demo

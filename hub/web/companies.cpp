#include <algorithm>

#include "hub/company_book.h"
#include "hub/counted.h"
#include "hub/counters.h"
#include "hub/export/xlsx.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/members.h"
#include "hub/web/new_company.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using platform::Done, platform::Result, platform::Status;

namespace {

// Of a company, as the list has it. `to_fix`: PCs that fail the rule most of them fail, of those that count. `last_heard`: of its PCs;
// none where nothing was ever heard.
struct Row {
  Company company;
  Role role = Role::viewer;
  std::int64_t devices = 0;
  std::int64_t to_fix = 0;
  std::int64_t silent = 0;
  std::int64_t waiting = 0;
  std::optional<Time> last_heard;
  bool fell_silent() const { return silent > 0 && silent == devices; }
};

// When the company was heard of last, where all its PCs are silent.
Status set_last_heard(Store& store, Row& row) {
  const auto devices = store.devices(row.company.id);
  if (!devices) return devices.error();
  for (const auto& device : *devices)
    if (device.standing == Standing::approved && device.last_receipt) row.last_heard = std::max(row.last_heard, device.last_receipt);
  return Done{};
}

Result<Row> row_of(Visit& visit, const Membership& membership) {
  auto& store = visit.store();
  auto company = store.company(membership.tenant);
  if (!company) return company.error();
  const auto counted = counted_now(store, *company, visit.now);
  if (!counted) return counted.error();
  const auto& counters = counted->counters;
  Row row{std::move(*company),
          membership.role,
          counter_of(counters, "device", "approved"),
          0,
          counted->silent,
          counter_of(counters, "device", "waiting"),
          {}};
  for (const auto& [what, verdicts] : counters)
    if (what != "device") row.to_fix = std::max(row.to_fix, counter_of(counters, what, "fail"));
  if (row.fell_silent())
    if (auto set = set_last_heard(store, row); !set) return set.error();
  return row;
}

PageData data_of(const Visit& visit, const Row& row) {
  PageData one;
  one.set("href", "/c/" + row.company.id);
  one.set("name", shown(row.company.name));
  one.set("role", page_word(std::string("role.") + boost::describe::enum_to_string(row.role, ""), visit.language));
  one.set("devices", std::to_string(row.devices));
  one.set("to_fix", std::to_string(row.to_fix));
  one.set("class", row.to_fix > 0 ? "fail" : "");
  one.set("silent", std::to_string(row.silent));
  one.set("waiting", std::to_string(row.waiting));
  one.set("silent_class", row.silent > 0 ? "verdict open" : "");
  if (row.last_heard) one.set("day", sentence(visit, "company.last_heard", {{"day", day_of(visit, *row.last_heard)}}));
  return one;
}

}  // namespace

Result<HttpReply> show_home(Visit& visit) {
  if (visit.memberships.size() == 1 && !visit.person->runs_hub) return see_other("/c/" + visit.memberships.front().tenant);
  std::vector<Row> rows;
  for (const auto& membership : visit.memberships) {
    auto row = row_of(visit, membership);
    if (!row) return row.error();
    rows.push_back(std::move(*row));
  }
  // The worst first; of those alike, whoever is heard of least.
  std::stable_sort(rows.begin(), rows.end(),
                   [](const Row& a, const Row& b) { return std::pair(a.to_fix, a.silent) > std::pair(b.to_fix, b.silent); });
  PageData list = new_list(), fell_silent = new_list();
  for (const auto& row : rows) {
    list << data_of(visit, row);
    if (row.fell_silent()) fell_silent << data_of(visit, row);
  }
  PageData data;
  data.set("companies", list);
  // A company whose PCs are all silent fails nothing, and would stand far down: it is named before the table.
  if (std::any_of(rows.begin(), rows.end(), [](const Row& row) { return row.fell_silent(); })) {
    data.set("any_fell_silent", yes());
    data.set("fell_silent", fell_silent);
  }
  if (rows.empty()) data.set("none", PageData::type::bool_true);
  if (visit.person->runs_hub) data.set("runs_hub", PageData::type::bool_true);
  if (can_write_xlsx()) data.set("xlsx", PageData::type::bool_true);
  return show(visit, "companies.html", "companies.title", data);
}

Result<HttpReply> show_new_company(Visit& visit) { return show(visit, "new_company.html", "new_company.title", {}); }

Result<HttpReply> add_company(Visit& visit) {
  if (!is_name(visit.field("company_name"))) {
    PageData data;
    data.set("problem", page_word("problem.company_name", visit.language));
    data.set("company_name", shown(visit.field("company_name")));
    return show(visit, "new_company.html", "new_company.title", data, 422);
  }
  const auto company = make_company(visit, visit.field("company_name"));
  if (!company) return company.error();
  if (auto put = visit.store().put_membership({company->id, visit.person->id, Role::administrator, visit.now}); !put) return put.error();
  return see_other("/c/" + company->id);
}

Result<Company> make_company(Visit& visit, const std::string& name) {
  Company company;
  company.id = "k";
  for (int i = 0; i < 9; ++i) company.id += static_cast<char>('0' + random_below(10));
  company.name = name;
  company.created = visit.now;
  if (auto put = visit.store().put_company(company); !put) return put.error();
  if (auto told = visit.store().add_deed(
          {company.id, visit.now, visit.person ? visit.person->name : visit.field("name"), "company.add", company.name, "", ""});
      !told)
    return told.error();
  return company;
}

}  // namespace gokajo::hub

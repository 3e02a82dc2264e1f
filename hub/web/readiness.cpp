// ★の宣言の一覧: for whoever has several companies, how far each is on the way to a star.
#include "hub/declaring/readiness.h"

#include "hub/export/xlsx.h"
#include "hub/web/handlers.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using platform::Result;

Result<HttpReply> show_readiness(Visit& visit) {
  std::vector<std::string> tenants;
  for (const auto& membership : visit.memberships) tenants.push_back(membership.tenant);
  PageData data, headings = new_list(), rows = new_list();
  TableRow labels;  // on a phone each cell has its heading before it
  bool first_row = true;
  const auto made = readiness_table({visit.store(), visit.parts.library, visit.language, visit.now}, tenants,
                                    [&](const TableRow& row) -> platform::Status {
                                      PageData cells = new_list();
                                      bool first = true;
                                      if (first_row) labels = row;
                                      for (std::size_t i = 0; i < row.size(); ++i) {
                                        PageData cell{"text", row[i].text};
                                        if (!row[i].empty()) cell.set("label", labels[i].text);
                                        if (first) cell.set("first", yes());
                                        first = false;
                                        (first_row ? headings : cells) << cell;
                                      }
                                      if (!first_row) {
                                        PageData one;
                                        one.set("cells", cells);
                                        rows << one;
                                      }
                                      first_row = false;
                                      return platform::Done{};
                                    });
  if (!made) return made.error();
  data.set("headings", headings);
  data.set("rows", rows);
  if (tenants.empty()) data.set("none", yes());
  if (can_write_xlsx()) data.set("xlsx", yes());
  data.set("scs_means", sentence(visit, "readiness.scs_means",
                                 {{"all", std::to_string(scs_facts().counts.criteria)},
                                  {"n", std::to_string(scs_facts().counts.machine)},
                                  {"as_of", compliance::render_day(*platform::parse_time(scs_facts().as_of), visit.language, {0, {}})}}));
  return show(visit, "readiness.html", "readiness.title", data);
}

}  // namespace gokajo::hub

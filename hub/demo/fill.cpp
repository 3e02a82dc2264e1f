#include "hub/demo/fill.h"

#include "hub/demo/levels.h"
#include "hub/demo/marker.h"
#include "platform/durable_file.h"
#include "platform/json_form.h"

namespace gokajo::hub::demo {

using platform::Done, platform::Error, platform::ErrorKind, platform::Status;

namespace {

Status write_levels(const std::string& directory, const compliance::WindowsLevels& levels) {
  if (levels.version == compliance::built_in_windows_levels().version) return Done{};
  return platform::write_file_durably(tables_folder(directory) + "/" + compliance::kWindowsLevelsTable + ".json",
                                      platform::to_form(levels).dump(1) + "\n");
}

}  // namespace

Status begin_demo(const HubState& state, Time now) {
  const auto companies = state.store->companies();
  if (!companies) return companies.error();
  if (!companies->empty()) return Error{ErrorKind::denied, state.directory + ": " + companies->front().name};
  if (auto marked = mark_demo(state.directory); !marked) return marked;
  return write_levels(state.directory, levels_until(now));
}

Status put_companies_and_people(Store& store, const std::vector<Company>& companies, const std::vector<PersonPlan>& people) {
  for (const auto& company : companies)
    if (auto put = store.put_company(company); !put) return put;
  int number = 0;
  for (const auto& planned : people) {
    Person person;
    person.id = "demo-" + std::to_string(++number);
    person.mail = planned.mail;
    person.name = planned.name;
    person.runs_hub = planned.runs_hub;
    person.created = companies.front().created;
    if (auto put = store.put_person(person); !put) return put;
    for (const auto& tenant : planned.tenants) {
      const auto since = person.created + std::chrono::hours{number};
      if (auto put = store.put_membership({tenant, person.id, planned.role, since}); !put) return put;
      const auto* role = boost::describe::enum_to_string(planned.role, "");
      if (auto told = store.add_deed({tenant, since, "gokajo-hub demo", "person.invite", person.name, "", role}); !told) return told;
    }
  }
  return Done{};
}

}  // namespace gokajo::hub::demo

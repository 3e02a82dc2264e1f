#include "hub/state.h"

#include <filesystem>

#include "hub/open_store.h"
#include "hub/postgres/open.h"
#include "hub/store_setting.h"
#include "platform/act_as_owner.h"
#include "platform/durable_file.h"
#include "platform/event_log.h"
#include "platform/invoker.h"
#include "platform/json_form.h"
#include "platform/own_file.h"
#include "platform/places.h"
#include "platform/state_directory.h"

namespace gokajo::hub {

using platform::Result, platform::Status;

namespace {

constexpr std::size_t kMaxServing = 64U << 10U;

// All hubs on one database need one pepper: the first leaves a mark of its own there, from which it cannot be told.
Result<Pepper> shared_pepper(const std::string& where, const std::string& file) {
  const auto wrong = [&](const std::string& what) {
    return platform::Error{platform::ErrorKind::unsupported,
                           file + ": " + what + "; copy the file of the hub that first used this database"};
  };
  const auto mark_of = [](const Pepper& pepper) { return pepper.hash("hub", "one pepper"); };
  std::error_code none;
  const auto known = common_fact(where, "pepper", std::nullopt);
  if (!known) return known.error();
  if (*known && !std::filesystem::exists(file, none)) return wrong("missing");
  auto pepper = load_pepper(file);
  if (!pepper) return pepper;
  const auto mark = common_fact(where, "pepper", mark_of(*pepper));
  if (!mark) return mark.error();
  if (*mark != mark_of(*pepper)) return wrong("another pepper");
  return pepper;
}

}  // namespace

std::string hub_directory(const std::string& named) {
  if (!named.empty()) return named;
  return platform::environment("GOKAJO_HUB_STATE").value_or(platform::service_state_directory("gokajo-hub"));
}

Result<HubState> open_state(const std::string& directory, const std::function<void(const std::string&)>& tell) {
  if (auto status = platform::act_as_owner(directory); !status) return status.error();
  if (tell) {
    const auto taken =
        platform::take_state_directory(directory, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    if (!taken) return taken.error();
    for (const auto& line : platform::lines_of(*taken, directory)) tell(line);
    platform::log_events_of(*taken, directory);
  }
  if (auto made = platform::own_private_directory(directory); !made) return made.error();
  const auto where = find_store(directory);
  if (!where) return where.error();
  auto store = open_store(*where);
  if (!store) return store.error();
  // The transaction keeps two programs from making two peppers.
  if (auto begun = (*store)->begin(); !begun) return begun.error();
  auto pepper = is_postgres(*where) ? shared_pepper(*where, directory + "/pepper") : load_pepper(directory + "/pepper");
  (*store)->rollback();
  if (!pepper) return pepper.error();
  // Made here, so that they are of whom they must be.
  for (const auto& folder : {packs_folder(directory), briefings_folder(directory), tables_folder(directory)})
    if (std::error_code none; !std::filesystem::exists(std::filesystem::symlink_status(folder, none)))
      if (auto made = platform::own_private_directory(folder); !made) return made.error();
  return HubState{directory, *where, std::move(*store), std::move(*pepper), std::make_shared<Library>(directory)};
}

Status write_serving(const std::string& directory, const Serving& serving) {
  return platform::write_file_durably(directory + "/serving.json", platform::to_form(serving).dump() + "\n");
}

Result<Serving> read_serving(const std::string& directory) {
  const auto text = platform::read_own_file(directory + "/serving.json", kMaxServing);
  if (!text) return text.error();
  const auto json = platform::parse_json(*text, kMaxServing);
  if (!json) return json.error();
  Serving serving;
  if (auto status = platform::read_form(*json, serving, {}); !status) return status.error();
  return serving;
}

}  // namespace gokajo::hub

#include "hub/state.h"

#include <filesystem>

#include "hub/sqlite_store.h"
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
  auto store = open_sqlite_store(directory + "/hub.db");
  if (!store) return store.error();
  // The transaction keeps two programs from making two peppers.
  if (auto begun = (*store)->begin(); !begun) return begun.error();
  auto pepper = load_pepper(directory + "/pepper");
  (*store)->rollback();
  if (!pepper) return pepper.error();
  // Made here, so that they are of whom they must be.
  for (const auto& folder : {packs_folder(directory), briefings_folder(directory), tables_folder(directory)})
    if (std::error_code none; !std::filesystem::exists(std::filesystem::symlink_status(folder, none)))
      if (auto made = platform::own_private_directory(folder); !made) return made.error();
  return HubState{directory, std::move(*store), std::move(*pepper), std::make_shared<Library>(directory)};
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

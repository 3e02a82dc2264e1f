#include <algorithm>

#include "hub/commands/command.h"
#include "hub/review.h"
#include "hub/silence.h"
#include "protocol/enrolment.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

struct Options {
  std::string company;
  std::string device;
  std::string label;
};

// By the beginning of its id (at least six characters) or its whole name in the office.
Result<Device> find(HubState& state, const Options& options) {
  const auto devices = state.store->devices(options.company);
  if (!devices) return devices.error();
  std::vector<Device> found;
  for (const auto& device : *devices)
    if (device.label == options.device || (options.device.size() >= 6 && device.id.starts_with(options.device))) found.push_back(device);
  if (found.empty()) return Error{ErrorKind::not_found, options.company + " " + options.device};
  if (found.size() > 1) return Error{ErrorKind::malformed, options.device + ": " + std::to_string(found.size()) + " PCs"};
  return found.front();
}

std::string standing_of(const Session& session, const Company& company, const Device& device) {
  switch (device.standing) {
    case Standing::waiting:
      return session.say("承認待ち", "waiting");
    case Standing::removed:
      return session.say("外しました", "removed");
    case Standing::approved:
      break;
  }
  return is_silent(company, device, session.now) ? session.say("連絡なし", "silent") : session.say("登録", "approved");
}

int list(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto company = state.store->company(options.company);
    if (!company) return Error{company.error().kind, options.company};
    const auto devices = state.store->devices(options.company);
    if (!devices) return devices.error();
    for (const auto& device : *devices) {
      const auto twice = std::count_if(devices->begin(), devices->end(), [&](const Device& other) {
        return other.standing != Standing::removed && other.label == device.label;
      });
      print(
          device.id.substr(0, 12) + "\t" + device.label + "\t" + device.host_name + "\t" + standing_of(session, *company, device) + "\t" +
          (device.last_receipt ? platform::format_time(*device.last_receipt).substr(0, 10) : "-") +
          (twice > 1 && device.standing != Standing::removed ? session.say("\t同じ名前のPCがあります", "\tanother PC has this name") : ""));
    }
    return 0;
  });
}

// Changes one device and judges it by what holds now.
int alter(const Session& session, const Options& options, const char* logged, const std::function<void(Device&)>& how, const char* done) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto device = find(state, options);
    if (!device) return device.error();
    how(*device);
    if (auto status = state.store->put_device(*device); !status) return status.error();
    if (*logged != '\0')
      if (auto status = state.store->add_change({device->tenant, session.now, device->id, "device", device->id, "", logged}); !status)
        return status.error();
    print(device->id.substr(0, 12) + " " + device->label + ": " + done);
    return 0;
  });
}

int approve(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto device = find(state, options);
    if (!device) return device.error();
    if (device->standing == Standing::removed)
      return misuse(session,
                    session.say("外したPCは、新しいコードでつなぎ直してください", "a removed PC must enrol again with a new code"));
    device->standing = Standing::approved;
    if (auto status = state.store->put_device(*device); !status) return status.error();
    if (auto status = state.store->add_change({device->tenant, session.now, device->id, "device", device->id, "waiting", "approved"});
        !status)
      return status.error();
    print(device->id.substr(0, 12) + " " + device->label + ": " + session.say("承認しました", "approved"));
    return 0;
  });
}

int rename(const Session& session, const Options& options) {
  const auto characters =
      std::count_if(options.label.begin(), options.label.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
  const bool control =
      std::any_of(options.label.begin(), options.label.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (characters < 1 || characters > static_cast<std::ptrdiff_t>(protocol::kMaxLabel) || control)
    return misuse(session, session.say("呼び名は1〜60文字です", "a name has 1 to 60 characters"));
  return alter(session, options, "", [&](Device& device) { device.label = options.label; }, session.say("呼び名を変えました", "renamed"));
}

}  // namespace

void add_device_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("device", session.say("PCの一覧、承認、取り外し", "List, approve and remove PCs"));
  command->require_subcommand(1);
  auto options = std::make_shared<Options>();
  const auto sub = [&](const char* name, const char* ja, const char* en, bool one) {
    auto* made = command->add_subcommand(name, session.say(ja, en));
    add_common_options(*made, session);
    made->add_option("COMPANY", options->company, session.say("会社のID", "the company's id"))->required();
    if (one)
      made->add_option("PC", options->device, session.say("呼び名か、一覧の左の文字", "its name, or the first characters of its id"))
          ->required();
    return made;
  };
  sub("list", "PCの一覧を表示します", "List the PCs", false)->callback([options, &session] {
    session.exit_code = list(session, *options);
  });
  sub("approve", "承認し、数に入れます", "Approve a PC: it counts", true)->callback([options, &session] {
    session.exit_code = approve(session, *options);
  });
  sub("remove", "外します（結果を受け取らなくなります）", "Remove a PC: its results are refused", true)->callback([options, &session] {
    session.exit_code = alter(
        session, *options, "removed", [](Device& device) { device.standing = Standing::removed; }, session.say("外しました", "removed"));
  });
  sub("scan", "早めの点検を頼みます", "Ask for a scan soon", true)->callback([options, &session] {
    session.exit_code = alter(
        session, *options, "", [&](Device& device) { device.scan_wanted = session.now; },
        session.say("次に連絡があったときに点検を頼みます", "will be asked to scan when it is heard of next"));
  });
  auto* renaming = sub("rename", "呼び名を変えます", "Change a PC's name", true);
  renaming->add_option("NAME", options->label, session.say("新しい呼び名", "the new name"))->required();
  renaming->callback([options, &session] { session.exit_code = rename(session, *options); });
}

}  // namespace gokajo::hub

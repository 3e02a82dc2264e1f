#include <algorithm>
#include <cstdio>

#include "hub/commands/command.h"
#include "hub/device_change.h"
#include "hub/erasing.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

struct Options {
  std::string company;
  std::string device;
  std::string successor;
  std::string label;
  std::string until;
  bool end = false;
  bool sure = false;
};

// By the beginning of its id (at least six characters) or its whole name in the office; removed ones only where no other is meant.
Result<Device> find(HubState& state, const std::string& company, const std::string& name) {
  const auto devices = state.store->devices(company);
  if (!devices) return devices.error();
  std::vector<Device> found;
  for (const auto& device : *devices)
    if (device.label == name || (name.size() >= 6 && device.id.starts_with(name))) found.push_back(device);
  const auto first_removed =
      std::stable_partition(found.begin(), found.end(), [](const Device& one) { return one.standing != Standing::removed; });
  if (first_removed != found.begin()) found.erase(first_removed, found.end());
  if (found.empty()) return Error{ErrorKind::not_found, company + " " + name};
  if (found.size() > 1) return Error{ErrorKind::malformed, name + ": " + std::to_string(found.size()) + " PCs"};
  return found.front();
}

Result<Device> find(HubState& state, const Options& options) { return find(state, options.company, options.device); }

std::string date_of(Day day) { return platform::format_time(Time{day}).substr(0, 10); }

Result<std::string> standing_of(const Session& session, HubState& state, const Calendar& calendar, const Device& device) {
  if (device.standing == Standing::waiting) return std::string(session.say("承認待ち", "waiting"));
  if (device.standing == Standing::removed) return std::string(session.say("外しました", "removed"));
  const auto contact = contact_of(*state.store, calendar, device, session.now);
  if (!contact) return contact.error();
  const auto rest = [&] {
    const auto day = date_of(last_day_of_rest(device, calendar));
    return session.ja() ? "休止中（" + day + "まで）" : "at rest until " + day;
  };
  switch (*contact) {
    case Contact::silent:
      return std::string(session.say("連絡なし", "silent"));
    case Contact::resting:
      return rest();
    case Contact::resting_heard:
      return rest() + session.say("、連絡がありました", ", but heard of");
    case Contact::heard:
      break;
  }
  return std::string(session.say("登録", "approved"));
}

int list(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto company = state.store->company(options.company);
    if (!company) return Error{company.error().kind, options.company};
    const auto devices = state.store->devices(options.company);
    if (!devices) return devices.error();
    const auto calendar = calendar_of(*company);
    for (const auto& device : *devices) {
      const auto standing = standing_of(session, state, calendar, device);
      if (!standing) return standing.error();
      const auto twice = std::count_if(devices->begin(), devices->end(), [&](const Device& other) {
        return other.standing != Standing::removed && other.label == device.label;
      });
      print(device.id.substr(0, 12) + "\t" + device.label + "\t" + device.host_name + "\t" + *standing + "\t" +
            (device.last_receipt ? platform::format_time(*device.last_receipt).substr(0, 10) : "-") +
            (twice > 1 && device.standing != Standing::removed
                 ? session.say("\t同じ名前のPCがあります（入れ直したPCなら device replace）",
                               "\tanother PC has this name (the same PC, installed anew? device replace)")
                 : ""));
    }
    return 0;
  });
}

// What a person got wrong, or 0 and `done` told.
int tell(const Session& session, DeviceChange outcome, const Options& options, const Device& device, const std::string& done) {
  switch (outcome) {
    case DeviceChange::removed:
      return misuse(session,
                    session.say("外したPCは、新しいコードでつなぎ直してください", "a removed PC must enrol again with a new code"));
    case DeviceChange::not_counted:
      return misuse(session, session.say("登録されているPCだけを休ませられます", "only a PC that counts can rest"));
    case DeviceChange::same:
      return misuse(session, session.say("同じPCです。一覧の左の文字で、前のPCと入れ直したPCを指定してください",
                                         "this is one and the same: name the old and the new by the characters at the left of the list"));
    case DeviceChange::bad_label:
      return misuse(session, session.say("呼び名は1〜60文字です", "a name has 1 to 60 characters"));
    case DeviceChange::bad_day:
      return misuse(session, "--until " + options.until +
                                 session.say(": 今日から1年以内の日付を、2026-12-31 の形で指定してください",
                                             ": expected a day from today to a year from now, like 2026-12-31"));
    case DeviceChange::done:
      break;
  }
  print(device.id.substr(0, 12) + " " + device.label + ": " + done);
  return 0;
}

// Does something to the device that was named.
int alter(const Session& session, const Options& options, const std::function<Result<DeviceChange>(Store&, Device&)>& how,
          const std::string& done) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto device = find(state, options);
    if (!device) return device.error();
    const auto outcome = how(*state.store, *device);
    if (!outcome) return outcome.error();
    return tell(session, *outcome, options, *device, done);
  });
}

int approve(const Session& session, const Options& options) {
  return alter(
      session, options, [&](Store& store, Device& device) { return approve_device(store, device, session.now); },
      session.say("承認しました", "approved"));
}

int replace(const Session& session, const Options& options) {
  return change(session, [&](HubState& state) -> Result<int> {
    auto old = find(state, options);
    if (!old) return old.error();
    auto successor = find(state, options.company, options.successor);
    if (!successor) return successor.error();
    const auto outcome = replace_device(*state.store, *old, *successor, session.now);
    if (!outcome) return outcome.error();
    successor->label = old->label;
    return tell(session, *outcome, options, *successor, session.say("前のPCの続きとして登録しました", "goes on as the PC it was before"));
  });
}

int rename(const Session& session, const Options& options) {
  return alter(
      session, options,
      [&](Store& store, Device& device) {
        auto outcome = rename_device(store, device, options.label);
        device.label = options.label;
        return outcome;
      },
      session.say("呼び名を変えました", "renamed"));
}

int rest(const Session& session, const Options& options) {
  if (options.end == !options.until.empty())
    return misuse(session, session.say("--until 日付（いつまで休ませるか）か、--end（休みを終える）のどちらかを指定してください",
                                       "give either --until DATE (until when it rests) or --end (its rest is over)"));
  return change(session, [&](HubState& state) -> Result<int> {
    const auto company = state.store->company(options.company);
    if (!company) return Error{company.error().kind, options.company};
    auto device = find(state, options);
    if (!device) return device.error();
    const auto outcome = rest_device(*state.store, calendar_of(*company), *device, options.until, session.now);
    if (!outcome) return outcome.error();
    return tell(session, *outcome, options, *device,
                options.end    ? session.say("休みを終えました", "its rest is over")
                : session.ja() ? options.until + "まで休ませます。その間は「適合」に数えません"
                               : "rests until " + options.until + "; until then it passes nothing");
  });
}

int hand_out(const Session& session, const Options& options) {
  std::string text;
  const int code = change(session, [&](HubState& state) -> Result<int> {
    const auto device = find(state, options);
    if (!device) return device.error();
    const auto all = export_device(*state.store, *device, session.now);
    if (!all) return all.error();
    text = all->dump(1) + "\n";
    return 0;
  });
  if (code == 0) std::fputs(text.c_str(), stdout);
  return code;
}

int erase(const Session& session, const Options& options) {
  if (!options.sure)
    return misuse(session, session.say("元に戻せません。よければ --yes を付けてください（先に device export で控えを取れます）",
                                       "this cannot be undone: give --yes if you mean it (device export makes a copy)"));
  return change_and_overwrite(session, [&](HubState& state) -> Result<int> {
    const auto device = find(state, options);
    if (!device) return device.error();
    if (auto gone = erase_device(*state.store, *device, "gokajo-hub", session.now); !gone) return gone.error();
    print(device->id.substr(0, 12) + ": " + session.say("消しました", "erased"));
    return 0;
  });
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
  auto* replacing =
      sub("replace", "入れ直したPCを、前のPCの続きにします", "Let a PC that was installed anew go on as the one it was", true);
  replacing
      ->add_option("NEW", options->successor,
                   session.say("入れ直した後のPC（一覧の左の文字）", "the PC as it is now (characters at the left of the list)"))
      ->required();
  replacing->callback([options, &session] { session.exit_code = replace(session, *options); });
  sub("remove", "外します（結果を受け取らなくなります）", "Remove a PC: its results are refused", true)->callback([options, &session] {
    session.exit_code = alter(
        session, *options, [&](Store& store, Device& device) { return remove_device(store, device, session.now); },
        session.say("外しました", "removed"));
  });
  sub("scan", "早めの点検を頼みます", "Ask for a scan soon", true)->callback([options, &session] {
    session.exit_code = alter(
        session, *options, [&](Store& store, Device& device) { return scan_device(store, device, session.now); },
        session.say("次に連絡があったときに点検を頼みます", "will be asked to scan when it is heard of next"));
  });
  auto* resting = sub("rest", "しばらく使わないPCを休ませます（連絡なしと数えません）", "Let a PC rest: it is not told as silent", true);
  resting->add_option("--until", options->until, session.say("この日まで（2026-12-31 の形）", "until this day (2026-12-31)"))
      ->type_name("DATE");
  resting->add_flag("--end", options->end, session.say("休みを終えます", "its rest is over"));
  resting->callback([options, &session] { session.exit_code = rest(session, *options); });
  sub("export", "PCについて残しているものをすべて書き出します (JSON)", "Print everything kept of a PC (JSON)", true)
      ->callback([options, &session] { session.exit_code = hand_out(session, *options); });
  auto* erasing = sub("erase", "PCについて残しているものをすべて消します", "Erase everything kept of a PC", true);
  erasing->add_flag("--yes", options->sure, session.say("元に戻せないことを確かめました", "it cannot be undone"));
  erasing->callback([options, &session] { session.exit_code = erase(session, *options); });
  auto* renaming = sub("rename", "呼び名を変えます", "Change a PC's name", true);
  renaming->add_option("NAME", options->label, session.say("新しい呼び名", "the new name"))->required();
  renaming->callback([options, &session] { session.exit_code = rename(session, *options); });
}

}  // namespace gokajo::hub

// One function for each trouble: what the described PC that has it tells otherwise than the healthy one.
#include "hub/demo/pc.h"

namespace gokajo::hub::demo {

using compliance::Evidence, platform::Days;

namespace {

using Afflict = void (*)(Evidence& evidence, const Ailment& ailment, Time at);

void expire_antivirus(Evidence& evidence, const Ailment&, Time at) {
  auto& products = *evidence.antivirus.products;
  auto& defender = products.front();
  const auto source = defender.running.source;
  compliance::AntivirusProduct trial;
  const auto untold = [&](const char* detail) { return platform::Error{platform::ErrorKind::unsupported, detail}; };
  const std::string told_by = "Windows API: security_products";
  trial.name = "McAfee LiveSafe";
  trial.proof = "C:\\Program Files\\McAfee\\WPS\\mc-launch.exe";
  trial.running = compliance::fact(true, told_by, at);
  trial.real_time = compliance::fact(compliance::RealTime::off, told_by, at);
  trial.definitions = compliance::fact(compliance::Definitions{true, {}, "", {}, false}, told_by, at);
  trial.licensed = compliance::fact(false, told_by, at);
  trial.expires = compliance::no_fact<Time>(untold("no date is told"), told_by, at);
  trial.scanned = compliance::no_fact<Time>(untold("not told"), told_by, at);
  trial.quick_scanned = compliance::no_fact<Time>(untold("not told"), told_by, at);
  defender.running = compliance::fact(false, source, at);
  defender.real_time = compliance::fact(compliance::RealTime::off, defender.real_time.source, at);
  products.insert(products.begin(), std::move(trial));
}

compliance::WindowsFirewallProfile& profile_in_use(Evidence& evidence) {
  for (auto& profile : *evidence.sharing.windows_firewall)
    if (profile.in_use) return profile;
  return evidence.sharing.windows_firewall->front();
}

void let_guest_in(Evidence& evidence) {
  for (auto& account : *evidence.passwords.windows.accounts)
    if (account.sid.ends_with("-501")) account.enabled = true;
  *evidence.passwords.windows.guest_kept_off_network = false;
  *evidence.sharing.windows_guest = {true, false};
}

void share_with_accounts(Evidence& evidence, const Ailment& ailment, Time) {
  profile_in_use(evidence).file_sharing = true;
  using compliance::Access;
  evidence.sharing.windows_shares->push_back(
      {ailment.item, "D:\\共有\\" + ailment.item, false, Access::none, Access::write, Access::write, ""});
}

void share_with_all(Evidence& evidence, const Ailment& ailment, Time at) {
  share_with_accounts(evidence, ailment, at);
  let_guest_in(evidence);
}

void age_definitions(Evidence& evidence, const Ailment& ailment, Time) {
  auto& definitions = *evidence.antivirus.products->front().definitions;
  definitions.published = ailment.since;
  definitions.called_current = false;
}

void turn_firewall_off(Evidence& evidence, const Ailment&, Time) {
  for (auto& profile : *evidence.sharing.windows_firewall) profile.on = false;
  *evidence.sharing.windows_firewall_health = compliance::SecurityHealth::poor;
}

void open_remote_desktop(Evidence& evidence, const Ailment&, Time) {
  profile_in_use(evidence).remote_desktop = true;
  *evidence.sharing.windows_remote_desktop = {true, false};
}

void sign_in_alone(Evidence& evidence, const Ailment&, Time) {
  const auto& folder = evidence.passwords.windows.profiles->front().folder;
  *evidence.passwords.windows.auto_login = {true, folder.substr(folder.rfind('\\') + 1), true};
}

void switch_guest_on(Evidence& evidence, const Ailment&, Time) {
  let_guest_in(evidence);
  *evidence.passwords.windows.guest_kept_off_network = true;
  evidence.sharing.windows_guest->denied = true;
}

void have_old_office(Evidence& evidence, const Ailment&, Time) {
  compliance::SoftwareCopy copy;
  copy.product = "microsoft-office";
  copy.kind = compliance::SoftwareKind::office;
  copy.name = "Microsoft Office";
  copy.version = "2021";
  copy.origin = compliance::SoftwareOrigin::vendor;
  copy.found_as = "ProPlus2021Volume";
  evidence.updates.software->copies.push_back(std::move(copy));
}

void wait_for_restart(Evidence& evidence, const Ailment& ailment, Time) {
  evidence.device.system->booted = std::chrono::floor<Days>(ailment.since) - Days{2} - std::chrono::minutes{30};
  *evidence.updates.windows_restart_wanted = true;
  *evidence.updates.windows_restart_marks = {{"RebootRequired", ailment.since}, {"RebootPending", ailment.since}};
}

void refuse_shares(Evidence& evidence, const Ailment&, Time at) {
  auto& shares = evidence.sharing.windows_shares;
  shares = compliance::no_fact<std::vector<compliance::WindowsShare>>({platform::ErrorKind::denied, "access is denied"}, shares.source, at);
}

struct Row {
  Trouble trouble;
  Afflict afflict;
};

constexpr Row kRows[] = {
    {Trouble::no_length_rule, [](Evidence& e, const Ailment&, Time) { e.passwords.windows.rules->min_length = 0; }},
    {Trouble::short_length_rule, [](Evidence& e, const Ailment&, Time) { e.passwords.windows.rules->min_length = 8; }},
    {Trouble::updates_late, [](Evidence&, const Ailment&, Time) {}},  // by PcOnDay::updated_until
    {Trouble::updates_unseen, [](Evidence& e, const Ailment&, Time) { e.updates.sources->sources.front().fetched_at.reset(); }},
    {Trouble::updates_paused, [](Evidence& e, const Ailment&, Time at) { e.updates.windows_settings->paused_until = at + Days{26}; }},
    {Trouble::restart_waits, wait_for_restart},
    {Trouble::office_ended, have_old_office},
    {Trouble::antivirus_expired, expire_antivirus},
    {Trouble::real_time_off,
     [](Evidence& e, const Ailment&, Time) { *e.antivirus.products->front().real_time = compliance::RealTime::off; }},
    {Trouble::definitions_old, age_definitions},
    {Trouble::share_open, share_with_all},
    {Trouble::share_for_accounts, share_with_accounts},
    {Trouble::shares_unseen, refuse_shares},
    {Trouble::smb1_on, [](Evidence& e, const Ailment&, Time) { *e.sharing.windows_smb1_client = *e.sharing.windows_smb1_server = true; }},
    {Trouble::firewall_off, turn_firewall_off},
    {Trouble::remote_desktop_open, open_remote_desktop},
    {Trouble::auto_login, sign_in_alone},
    {Trouble::guest_on, switch_guest_on},
    {Trouble::screen_never_locks, [](Evidence& e, const Ailment&, Time) { e.passwords.windows.sleep->plugged_in = 0; }},
    {Trouble::disk_open, [](Evidence& e, const Ailment&, Time) { *e.extras.volumes->front().encrypted = false; }},
};

}  // namespace

void afflict(Evidence& evidence, const Ailment& ailment, Time at) {
  for (const auto& row : kRows)
    if (row.trouble == ailment.trouble) row.afflict(evidence, ailment, at);
}

}  // namespace gokajo::hub::demo

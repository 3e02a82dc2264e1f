/// \file
/// The room collectors: every parser of collectors/parse/ (tests/house/fuzz_targets.py sees that none is forgotten). A target is named
/// after its header and runs all of the header's parsers on the same bytes.
#include <algorithm>
#include <set>

#include "collectors/parse/antivirus_tools.h"
#include "collectors/parse/clamav.h"
#include "collectors/parse/dnf.h"
#include "collectors/parse/iptables_save.h"
#include "collectors/parse/key_file.h"
#include "collectors/parse/lines.h"
#include "collectors/parse/mounts.h"
#include "collectors/parse/network_manager.h"
#include "collectors/parse/nft_ruleset.h"
#include "collectors/parse/pacman.h"
#include "collectors/parse/pam.h"
#include "collectors/parse/passwdqc.h"
#include "collectors/parse/power_events.h"
#include "collectors/parse/pwquality.h"
#include "collectors/parse/rpm.h"
#include "collectors/parse/samba_config.h"
#include "collectors/parse/services.h"
#include "collectors/parse/sshd_config.h"
#include "collectors/parse/zypper.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace collectors;
using namespace collectors::parse;

bool is_readable_or_none(const std::optional<platform::Time>& time) { return !time || is_readable(*time); }

// Every named thing has a name without blanks; a list is no longer than its text.
template <class Rows>
void are_named(const std::optional<Rows>& rows, std::string_view bytes) {
  if (!rows) return;
  HOLDS(rows->size() <= bytes.size() + 1);
  for (const auto& row : *rows) HOLDS(!row.name.empty() && row.name.find_first_of(" \t\n") == std::string::npos);
}

void antivirus_tools(std::string_view bytes) {
  if (const auto health = parse_mdatp_health(bytes)) {
    HOLDS(is_readable(health->definitions_updated));
    HOLDS(is_readable_or_none(health->expires));
  }
  if (parse_falcon_rfm(bytes)) HOLDS(bytes.find("rfm-state=") != std::string_view::npos);
  (void)parse_sentinel_status(bytes);
  if (const auto engine = parse_eset_modules(bytes)) HOLDS(is_readable(engine->built));
  if (const auto licence = parse_eset_licence(bytes)) HOLDS(is_readable_or_none(licence->until));
  if (const auto status = parse_bduitool(bytes)) HOLDS(is_readable_or_none(status->content));
}

void clamav(std::string_view bytes) {
  const auto conf = parse_clamd_conf(bytes);
  HOLDS(conf.watched >= 0 && conf.watched <= static_cast<std::int64_t>(bytes.size()));
  if (const auto header = parse_cvd_header(bytes)) HOLDS(is_readable(header->built) && header->version >= 0);
  if (const auto version = parse_clamd_version(bytes)) HOLDS(is_readable_or_none(version->built) && !version->engine.empty());
}

void dnf(std::string_view bytes) {
  are_named(dnf_offers(bytes), bytes);
  if (const auto table = dnf_transaction(bytes))
    HOLDS(table->installs.size() + table->changes.size() + table->removals.size() + table->skipped.size() <= bytes.size());
  are_named(dnf_advisories(bytes), bytes);
  if (const auto advisories = dnf5_advisories(bytes))
    for (const auto& one : *advisories) HOLDS(is_readable_or_none(one.updated));
  for (const auto& [id, date] : dnf_advisory_dates(bytes)) HOLDS(!id.empty() && is_readable(date));
}

// Whatever the rules are, a packet gets an answer in bounded time, and more rules seen never make it a surer one of both ends at once.
void rules_answer(const FilterRules& rules, std::string_view bytes) {
  std::size_t count = 0;
  for (const auto& [key, chain] : rules.chains) {
    HOLDS(key == chain_key(chain.family, chain.table, chain.name));
    count += chain.rules.size();
  }
  HOLDS(count <= 64 * bytes.size() + 64);
  for (const bool ipv6 : {false, true})
    for (const std::int64_t port : {22, 445, 65535}) {
      (void)reach_of({.ipv6 = ipv6, .port = port}, rules);
      (void)reach_of({.ipv6 = ipv6, .udp = true, .port = port, .unlisted = true, .elsewhere = true}, rules);
    }
  const auto summary = summary_of(rules);
  if (!rules.complete) HOLDS(summary.ipv4 != compliance::Inbound::accepted || summary.managers.size() <= 2);
}

void iptables_save(std::string_view bytes) {
  for (const auto* family : {"ip", "ip6"})
    if (const auto rules = parse_iptables_save(bytes, family)) rules_answer(*rules, bytes);
  const auto target = bytes.substr(0, bytes.find('\n'));
  if (action_of_target(target) == FilterRule::Action::accept) HOLDS(target == "ACCEPT");
}

void nft_ruleset(std::string_view bytes) {
  const auto ruleset = parse_nft_ruleset(bytes);
  if (!ruleset) return;
  rules_answer(ruleset->rules, bytes);
  HOLDS(ruleset->opaque.size() <= 3);
}

void key_file(std::string_view bytes) {
  std::int64_t before = 0;
  for (const auto& line : parse_key_file(bytes)) {
    HOLDS(line.line > before);
    before = line.line;
    HOLDS(trimmed(line.key) == line.key && line.key.find('=') == std::string::npos);
    HOLDS(trimmed(line.value) == line.value && line.value.find('\n') == std::string::npos);
  }
  HOLDS(before <= static_cast<std::int64_t>(lines(bytes).size()));
}

void line_by_line(std::string_view bytes) {
  std::size_t total = 0;
  for (const auto line : lines(bytes)) {
    HOLDS(line.find('\n') == std::string_view::npos);
    total += line.size();
  }
  HOLDS(total <= bytes.size());
  HOLDS(trimmed(trimmed(bytes)) == trimmed(bytes));
  HOLDS(lower(lower(bytes)) == lower(bytes) && lower(bytes).size() == bytes.size());
  for (const auto& word : words(bytes)) HOLDS(!word.empty() && word.find_first_of(" \t\r\n") == std::string::npos);
  std::string joined;
  for (const auto part : fields(bytes, ':')) joined.append(part).append(":");
  joined.pop_back();
  HOLDS(joined == bytes);
  HOLDS(shell_unquoted(bytes).size() <= bytes.size());
  if (bytes.find_first_of("\"'\\") == std::string_view::npos) HOLDS(shell_unquoted(bytes) == bytes);
  if (const auto value = number(bytes)) HOLDS(*value >= 0 && std::stoll(std::string(bytes)) == *value);
}

void mounts(std::string_view bytes) {
  std::set<std::string> places;
  for (const auto& mount : parse_mountinfo(bytes)) {
    HOLDS(places.insert(mount.place).second);
    HOLDS(!mount.device.empty());
  }
  if (const auto swaps = parse_swaps(bytes)) HOLDS(swaps->size() < lines(bytes).size());
}

void network_manager(std::string_view bytes) {
  (void)parse_wifi_connection(bytes);
  for (const auto& properties : parse_busctl_properties(bytes)) HOLDS(properties.size() <= bytes.size());
  const auto word = words(bytes);
  if (word.size() == 3)
    if (const auto flags = number(word[0]), wpa = number(word[1]), rsn = number(word[2]); flags && wpa && rsn) {
      const auto security = security_of_access_point(*flags, *wpa, *rsn);
      // No bit set at all is an open network, whatever else.
      if (*wpa == 0 && *rsn == 0 && *flags == 0) HOLDS(security == compliance::WifiSecurity::open);
    }
}

void pacman(std::string_view bytes) {
  are_named(pacman_upgrades(bytes), bytes);
  are_named(pacman_packages(bytes), bytes);
  HOLDS(is_readable_or_none(pacman_install_date(bytes)));
}

void pam(std::string_view bytes) {
  std::int64_t before = 0;
  for (const auto& line : parse_pam(bytes)) {
    HOLDS(line.line > before);
    before = line.line;
    for (const auto* returned : {"success", "auth_err", "ignore", "new_authtok_reqd"}) {
      const auto action = line.control.action(returned);
      HOLDS(action.kind != PamAction::Kind::jump || action.jump > 0);
    }
    HOLDS(line.module.find('/') == std::string::npos || line.kind != PamLine::Kind::module);
    (void)pam_has(line, "nullok");
    (void)pam_value(line, "minlen", "6");
  }
}

void passwdqc(std::string_view bytes) {
  PasswdqcSettings settings;
  (void)parse_passwdqc(bytes, "/etc/passwdqc.conf", settings);
  const auto shortest = shortest_taken(settings);
  HOLDS(!shortest || *shortest >= 0);
  HOLDS(kinds_demanded(settings) >= 0 && kinds_demanded(settings) <= 4);
}

void pwquality(std::string_view bytes) {
  PwqualitySettings settings;
  (void)parse_pwquality(bytes, "/etc/security/pwquality.conf", settings);
  HOLDS(settings.minlen >= 6);
  const auto shortest = shortest_taken(settings), kinds = kinds_demanded(settings);
  HOLDS(shortest >= 1 && kinds >= 0 && kinds <= 4);
  HOLDS(!settings.enforcing || shortest >= kinds);
}

void power_events(std::string_view bytes) {
  const auto events = parse_power_events(bytes);
  if (!events) return;
  HOLDS(events->size() <= 2000 && events->size() == lines(bytes).size());
  for (const auto& event : *events) HOLDS(is_readable(event.day));
}

// Two versions and the order of both ways; a version is itself.
void evr_is_ordered(std::string_view a, std::string_view b) {
  const auto sign = [](int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; };
  HOLDS(compare_evr(a, a) == 0 && compare_evr(b, b) == 0);
  HOLDS(sign(compare_evr(a, b)) == -sign(compare_evr(b, a)));
}

void rpm(std::string_view bytes) {
  const auto text = lines(bytes);
  for (std::size_t i = 1; i < std::min<std::size_t>(text.size(), 20); ++i) evr_is_ordered(text[i - 1], text[i]);
  for (const auto& owner : rpm_owners(bytes)) HOLDS(!owner.name.empty() && owner.name.find('\t') == std::string::npos);
  if (const auto packages = rpm_packages(bytes))
    for (const auto& package : *packages) {
      HOLDS(!package.name.empty() && package.name != "gpg-pubkey");
      HOLDS(is_readable_or_none(package.installed_at));
    }
  if (const auto name = nevra(bytes)) HOLDS(!name->name.empty() && !name->evr.empty() && !name->architecture.empty());
  for (const auto& section : sections(bytes)) {
    (void)is_on(section, "enabled", true);
    for (const auto& [key, value] : section.values) HOLDS(key.find('=') == std::string::npos && value.find('\n') == std::string::npos);
  }
  if (const auto index = repository_index(bytes)) HOLDS(is_readable_or_none(index->made));
}

void samba_config(std::string_view bytes) {
  if (const auto sections = parse_testparm(bytes)) {
    HOLDS(!sections->empty() && sections->front().name == "global" && sections->size() <= 10000);
    for (const auto& section : *sections)
      for (const auto& [key, value] : section.values) HOLDS(lower(key) == key);
  }
  if (const auto share = parse_usershare(bytes)) HOLDS(share->path.starts_with('/') && share->path.find('\n') == std::string::npos);
  const auto text = lines(bytes);
  if (text.size() >= 2) {
    (void)samba_hosts(text[0], text[1]);
    // To deny more never lets anybody in: with nothing to allow and all denied nobody is left.
    HOLDS(samba_hosts("", "ALL") == compliance::Reach::nobody);
  }
}

void services(std::string_view bytes) {
  if (const auto exports = parse_etab(bytes))
    for (const auto& one : *exports) HOLDS(!one.path.empty());
  std::int64_t before = 0;
  for (const auto& line : parse_exports(bytes)) {
    HOLDS(line.line >= before && !line.path.empty());
    before = line.line;
  }
  (void)clients_of(bytes);
  if (const auto modules = parse_rsyncd(bytes)) HOLDS(modules->size() <= bytes.size());
  (void)parse_vsftpd_anonymous(bytes);
  (void)parse_proftpd_anonymous(bytes);
  HOLDS(parse_shared_printers(bytes).size() <= bytes.size());
}

void sshd_config(std::string_view bytes) {
  const auto matches = parse_sshd_matches(bytes);
  for (const auto& address : matches.addresses) HOLDS(!address.empty() && address.find_first_of("*? \n") == std::string::npos);
  for (const auto& user : matches.users) HOLDS(!user.empty() && user.find_first_of("*?") == std::string::npos);
  (void)accepts_password(parse_sshd_effective(bytes));
  (void)example_address(bytes);
}

void zypper(std::string_view bytes) {
  if (const auto offers = zypper_offers(bytes)) HOLDS(offers->size() <= bytes.size());
  if (const auto patches = zypper_security_patches(bytes))
    for (const auto& patch : *patches) HOLDS(is_readable_or_none(patch.issued));
  (void)zypper_transaction(bytes);
  for (const auto& fix : zypper_fixes(bytes)) HOLDS(!fix.fixed_in.empty() && fix.package.find(':') == std::string::npos);
  (void)zypper_locks(bytes);
  const auto text = lines(bytes);
  if (text.size() >= 2) {
    HOLDS(matches_glob("*", text[1]));
    (void)matches_glob(text[0], text[1]);
    if (text[0].find_first_of("*?") == std::string_view::npos) HOLDS(matches_glob(text[0], text[1]) == (text[0] == text[1]));
  }
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"antivirus_tools", antivirus_tools, {"tests/data/linux/antivirus/*.txt", "tests/data/linux/antivirus/*.json"}},
      {"clamav",
       clamav,
       {"tests/data/linux/antivirus/clamd*"},
       {"ClamAV-VDB:14 Oct 2026 08-26 +0000:27800:2067201:90::::1792052760", "ClamAV-VDB:14 Oct 2026 08-26 +0000:27800:2067201:90:::"}},
      {"dnf", dnf, {"tests/data/dnf/*"}},
      {"iptables_save", iptables_save, {"tests/data/firewall/*.txt"}},
      {"key_file", key_file, {}, {"[Daemon]\nAutolock=true\n# no\n[a][b]\nTimeout = 5\n;x\n[c][$i]\nk=v=w\nnothing\n"}},
      {"lines", line_by_line, {"tests/data/pacman/*"}, {"a::b\r\n\t c \n", "123456789012345678", "0"}},
      {"mounts",
       mounts,
       {},
       {"25 30 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n26 25 0:5 / /proc rw - proc proc rw\n27 25 8:2 / /mnt\\040x rw - ext4 "
        "/dev/sda2 rw\n",
        "Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/dm-2                               partition\t1000\t\t0\t\t-2\n/swapfile "
        "file 1 0 -3\n"}},
      {"network_manager",
       network_manager,
       {},
       {"[connection]\ntype=wifi\n[wifi]\nmode=infrastructure\n[wifi-security]\nkey-mgmt=wpa-psk\n",
        "{\"type\":\"u\",\"data\":1}\n{\"type\":\"s\",\"data\":\"x\"}\n{\"type\":\"ao\",\"data\":[\"/a\"]}\n", "1 0 392", "0 0 0"}},
      {"nft_ruleset", nft_ruleset, {"tests/data/firewall/*.json"}},
      {"pacman", pacman, {"tests/data/pacman/*"}},
      {"pam",
       pam,
       {},
       {"auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\n@include common-auth\n-session optional "
        "pam_systemd.so\n"
        "password [success=2 new_authtok_reqd=done default=die] /lib/security/pam_pwquality.so retry=3 minlen=12 [a b]\naccount include "
        "system-auth\n"
        "auth substack x\nauth [success=reset bogus=1] y\n"}},
      {"passwdqc", passwdqc, {}, {"min=disabled,24,11,8,7\nenforce=everyone\n# x\nconfig=/etc/p\n", "min=9,8,7,6,5\nenforce=none"}},
      {"pwquality", pwquality, {}, {"minlen = 12\ndcredit = -1\nucredit=2\nminclass 3\n# x\ndictcheck = 0\nenforcing=1\nretry=3\n"}},
      {"power_events", power_events, {"tests/data/power/*.txt"}, {"boot 2026-11-10\nseen 2026-11-10\ndown 2026-11-12\n"}},
      {"rpm",
       rpm,
       {"tests/data/rpm/*"},
       {"hana\tnoarch\t1:1.0-1.el9\tOffice\t1792052760\ngpg-pubkey\t(none)\t1-1\t(none)\t1\n", "hana-1:1.1-1.el9.noarch",
        "[main]\ngpgcheck=1\n[a]\nenabled=0\nexclude=x\n  y\n",
        "<?xml version=\"1.0\"?>\n<repomd xmlns=\"http://linux.duke.edu/metadata/repo\"><revision>1792052760</revision>\n"
        "<data type=\"updateinfo\"><timestamp>1792052761</timestamp></data></repomd>"}},
      {"samba_config",
       samba_config,
       {"tests/data/samba/*/testparm.txt", "tests/data/samba/*/usershares/*"},
       {"192.168.0.0/16 EXCEPT 192.168.1.1\nALL\n", "127. .local\n\n"}},
      {"services",
       services,
       {},
       {"/srv\t*(rw,sync,wdelay,hide,nocrossmnt,secure,root_squash,no_all_squash,sec=sys,rw,secure)\n",
        "/srv host(rw) 10.0.0.0/8(ro)\n\"/a b\" *\n",
        "uid = nobody\n[office]\npath = /srv\nauth users = taro\nhosts allow = 192.168.0.0/16\nread only = no\n", "anonymous_enable=YES\n",
        "<Anonymous ~ftp>\n</Anonymous>\nInclude /etc/x\n", "<Printer Office>\nShared Yes\n</Printer>\n", "192.168.0.0/255.255.0.0"}},
      {"sshd_config",
       sshd_config,
       {"tests/data/sshd/*/sshd_config", "tests/data/sshd/*/sshd_config.d/*"},
       {"port 22\npasswordauthentication yes\nusepam yes\nkbdinteractiveauthentication no\nauthenticationmethods publickey,password any\n",
        "10.9.*", "10.0.0.0/8", "fe80::/10"}},
      {"zypper", zypper, {"tests/data/zypper/*"}, {"kernel-*\nkernel-default\n"}},
  };
  return all;
}

}  // namespace gokajo::fuzz

/// \file
/// Every reducer (platform/reducers/reducers.inc): whatever stands around it, a planted secret does not come out.
#include <algorithm>

#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using platform::Json;

constexpr std::string_view kSecret = "cAnArY7x";

/// `secrets`: lines of the file's own kind, "%" where a secret stands, that must leave nothing of it behind. `json`: the secret is planted
/// as a further member of every object. `check`: what holds of the reduced text beyond that.
struct Row {
  const char* name;
  std::vector<const char*> secrets;
  std::vector<const char*> seeds;
  std::vector<std::string> written;
  bool json = false;
  void (*check)(std::string_view reduced) = nullptr;
};

void holds_no_secret(platform::Reducer reduce, const std::string& bytes) {
  const auto reduced = reduce(bytes);
  if (reduced)
    HOLDS(reduced->find(kSecret) == std::string::npos);
  else
    HOLDS(reduced.error().detail.find(kSecret) == std::string::npos);
}

std::string line_with_secret(std::string_view line) {
  std::string out;
  for (const char c : line) c == '%' ? out.append(kSecret) : out.append(1, c);
  return out;
}

// In front, behind, and at a line end of the input that its size picks; an empty line before it ends what a line above continues.
void plant_lines(const Row& row, platform::Reducer reduce, std::string_view bytes) {
  const auto at = bytes.empty() ? std::string_view::npos : bytes.find('\n', static_cast<unsigned char>(bytes.front()) * 97U % bytes.size());
  for (const auto* secret : row.secrets) {
    const auto line = line_with_secret(secret) + "\n";
    const std::string text(bytes);
    holds_no_secret(reduce, line + text);
    holds_no_secret(reduce, text + "\n\n" + line);
    if (at != std::string_view::npos) holds_no_secret(reduce, text.substr(0, at + 1) + "\n" + line + text.substr(at + 1));
  }
}

void plant_members(Json& json) {
  if (json.is_object()) json["secretToken"] = kSecret;
  if (json.is_structured())
    for (auto& member : json) plant_members(member);
}

void check_row(const Row& row, std::string_view bytes) {
  const auto reduce = platform::find_reducer(row.name);
  HOLDS(reduce != nullptr);
  const auto reduced = reduce(bytes);
  if (!reduced) HOLDS(reduced.error().detail.size() < 2000);
  if (reduced) {
    HOLDS(reduced->size() <= std::max<std::size_t>(16 * bytes.size() + 64, 100000));
    if (row.check) row.check(*reduced);
  }
  if (bytes.find(kSecret) != std::string_view::npos) return;
  plant_lines(row, reduce, bytes);
  if (!row.json) return;
  if (auto json = platform::parse_json(bytes, 4U << 20U); json && json->is_structured()) {
    plant_members(*json);
    holds_no_secret(reduce, json->dump(-1, ' ', false, Json::error_handler_t::replace));
  }
}

// The fields that hold checksum, signature and builder are empty.
void cvd_is_reduced(std::string_view text) {
  HOLDS(text.size() <= 512 + 8);  // a short header still gets its colons
  for (int field = 0; field < 9; ++field) {
    const auto end = std::min(text.find(':'), text.size());
    if (field >= 5 && field <= 7) HOLDS(end == 0);
    for (const char c : text.substr(0, end)) HOLDS(c >= ' ' && c <= '~');
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

void dconf_is_reduced(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    HOLDS(end != std::string_view::npos);
    HOLDS(text.starts_with("/org/") || text.starts_with("lock /org/"));
    text.remove_prefix(end + 1);
  }
}

void is_json_or_nothing(std::string_view text) { HOLDS(text.empty() || platform::parse_json(text, 8U << 20U)); }

void shadow_is_reduced(std::string_view text) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    HOLDS(end != std::string_view::npos);
    auto line = text.substr(0, end);
    text.remove_prefix(end + 1);
    HOLDS(line.find(':') != std::string_view::npos);
    line.remove_prefix(line.find(':') + 1);
    for (const char c : line) HOLDS((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == ':' || c == '-');
  }
}

// "boot 2026-11-10": a word and a day, nothing of who or when on it.
void power_is_reduced(std::string_view text) {
  HOLDS(std::count(text.begin(), text.end(), '\n') <= 1000);
  for (; !text.empty(); text.remove_prefix(16)) {
    HOLDS(text.size() >= 16 && text[15] == '\n');
    HOLDS(text.starts_with("boot ") || text.starts_with("seen ") || text.starts_with("down "));
    HOLDS(platform::parse_time(text.substr(5, 10)));
  }
}

void made_is_reduced(std::string_view text) { HOLDS(text.size() == 21 && platform::parse_time(text.substr(0, 20))); }

// "2026-11-10<tab>hana<tab>1.0-1"
void history_is_reduced(std::string_view text) {
  HOLDS(std::count(text.begin(), text.end(), '\n') <= 5000);
  while (!text.empty()) {
    const auto line = text.substr(0, text.find('\n'));
    HOLDS(std::count(line.begin(), line.end(), '\t') == 2 && line.find(' ') == std::string_view::npos && line.size() <= 412);
    text.remove_prefix(line.size() + 1);
  }
}

void timestamp_is_reduced(std::string_view text) {
  HOLDS(text.size() >= 10 && text.size() <= 40);
  HOLDS(text.find_first_not_of("0123456789-+:.TZ ") == std::string_view::npos);
}

void place_is_reduced(std::string_view text) { HOLDS(text == "remote" || text.starts_with("local /")); }

void release_is_reduced(std::string_view text) { HOLDS(text.size() <= 11002); }

void changelog_is_reduced(std::string_view text) { HOLDS(std::count(text.begin(), text.end(), '\n') <= 40); }

const std::vector<Row>& rows() {
  using namespace std::string_literals;
  static const std::vector<Row> all = {
      {"verbatim", {}, {}, {"any bytes\n"}},
      {"shadow",
       {"x:$6$salt$%:19700:0:99999:7:::", "x:!$y$j9T$%$%:19700::::::", "x:%:1:::::", "x:!!%", "% no colon"},
       {},
       {"root:*:19700:0:99999:7:::\ntaro:$y$j9T$F5Jx5fExrKuPp53xLKQ..1$E5KnJ7Nu7HQmyFpnD4digsPfS862vqq7bOHXU.cs.10:19700:0:99999:7:::\n"
        "hana:!$6$s$h:19700::::::\nguest::19700::::::\nold:_J9..rasmBYk8r9AiWNc:1::::::\nolder:saVe/3GMAF02U:::::::\n"},
       false,
       shadow_is_reduced},
      {"network_connection",
       {"psk=%", "password = %", "ssid=%", "#psk=%", "wep-key0=%", "leap-password=%", "private-key-password=%", "identity=%", "%"},
       {},
       {"[connection]\nid=Office\ntype=wifi\n\n[wifi]\nssid=Office\nmode=infrastructure\n\n[wifi-security]\nkey-mgmt=wpa-psk\npsk=correct "
        "horse\n[802-1x]\neap=peap;\nidentity=taro\npassword=hunter2\n"}},
      {"ubuntu_pro",
       {},
       {},
       {R"({"attached": true, "account": {"name": "taro"}, "services": [{"name": "esm-infra", "status": "enabled", "available": "yes"}]})"},
       true,
       is_json_or_nothing},
      {"apt_sources",
       {"deb http://u:%@host/debian stable main", "# %", "  # %", "deb http://host/debian stable main # %",
        "deb http://host/ stable main\t# %", "URIs: https://u:%@host/",
        "deb [signed-by=/usr/share/keyrings/a.gpg] https://u:%@host stable main", "URIs: https://host/ https://u:%@other/",
        "deb stable # % http://host/"},
       {},
       {"deb http://deb.debian.org/debian bookworm main # comment\nTypes: deb\nURIs: https://u:p@h/ubuntu\nSuites: noble\nComponents: "
        "main\nSigned-By: /usr/share/keyrings/ubuntu-archive-keyring.gpg\n"}},
      {"apt_release",
       {" % 100 main/binary-amd64/Packages", "Description: %", "SHA256: %"},
       {},
       {"Origin: Debian\nLabel: Debian-Security\nSuite: stable-security\nVersion: 12\nCodename: bookworm-security\nDate: Wed, 18 Nov 2026 "
        "09:12:44 UTC\nValid-Until: Wed, 25 Nov 2026 09:12:44 UTC\nMD5Sum:\n 0f 1 main/Packages\n"},
       false,
       release_is_reduced},
      {"debian_changelog",
       {" -- % <%@example.org>  Sat, 11 Jul 2026 09:12:44 +0200", "  * %"},
       {},
       {"gokajo (1.0-1) unstable; urgency=medium\n\n  * First.\n\n -- Taro <taro@example.org>  Sat, 11 Jul 2026 09:12:44 +0200\n",
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\xcf\xcf\x4e\xcc\xca\x57\xd0\x30\xd4\x33\xd0\x35\xd4\x54\x28\x2d\xc9\x4b\xcc\x4d\xd5\x51\x28\x00"s},
       false,
       changelog_is_reduced},
      {"cvd_header",
       {},
       {},
       {"ClamAV-VDB:14 Oct 2026 08-26 +0000:27800:2067201:90:b8a1:Fg/signature:raynman:1792052760                    "},
       false,
       cvd_is_reduced},
      {"clamd_conf", {"VirusEvent /usr/bin/curl -u me:%", "# LocalSocket %", "%"}, {"tests/data/linux/antivirus/clamd.conf"}, {}},
      {"sudo_rules", {}, {"tests/data/sudoers/*"}, {}, true, is_json_or_nothing},
      {"dconf_settings", {}, {"tests/data/linux/dconf/*", "tests/data/passwords/dconf/*"}, {}, false, dconf_is_reduced},
      {"briefings_read",
       {},
       {},
       {R"({"format": "gokajo-briefings-read/1", "read": [{"id": "2026-11-invoice", "understood_at": "2026-11-22T00:00:00Z", "answers_right": 3}]})"},
       true,
       is_json_or_nothing},
      {"samba_config",
       {"ldap admin dn = cn=%", "passwd program = /bin/x %", "\tldap suffix = %", "# %", "preexec = %"},
       {"tests/data/samba/*/testparm.txt"},
       {}},
      {"sshd_matches",
       {"HostKey /etc/ssh/%", "# Match %", "ForceCommand %", "AuthorizedKeysCommand /bin/x %"},
       {"tests/data/sshd/*/sshd_config", "tests/data/sshd/*/sshd_config.d/*"},
       {}},
      {"ftp_config",
       {"SQLConnectInfo database@host user %", "# anonymous_enable=%", "rsa_private_key_file=/%"},
       {},
       {"anonymous_enable=YES\nlisten=NO\n<Anonymous ~ftp>\n  User ftp\n</Anonymous>\nInclude /etc/proftpd/conf.d/\n"}},
      {"cups_printers",
       {"DeviceURI smb://u:%@host/printer", "Info %", "AuthInfoRequired %"},
       {},
       {"<DefaultPrinter Office>\nUUID urn:uuid:1\nInfo Office\nDeviceURI ipp://printer/\nShared Yes\n</Printer>\n"}},
      {"rsync_modules",
       {"secrets file = /%", "post-xfer exec = %", "# path = %", "comment = %"},
       {},
       {"uid = nobody\n[office]\npath = /srv/office\nauth users = taro, hana\nsecrets file = /etc/rsyncd.secrets\nhosts allow = "
        "192.168.0.0/16\n"
        "read only = no\n&include /etc/rsyncd.d\n"}},
      {"pam_stack",
       {"auth required pam_mysql.so user=x passwd=%", "# %", "auth [success=1 default=ignore] pam_mysql.so passwd=%",
        "session optional pam_exec.so %", "auth required pam_unix.so nullok # %", "@include common-auth %",
        "password required pam_ldap.so \\\n passwd=%"},
       {"tests/data/passwords/pam/*"},
       {"auth [success=1 default=ignore] pam_unix.so nullok\nauth requisite pam_deny.so\n@include common-auth\n-session optional \\\n "
        "pam_systemd.so\npassword [success=1 default=ignore] pam_unix.so obscure use_authtok minlen=12\n"}},
      {"sssd",
       {"ldap_default_authtok = %", "ldap_default_bind_dn=%", "# domains = %", "%"},
       {},
       {"[sssd]\ndomains = example.org\n[domain/example.org]\nid_provider = ldap\nldap_default_authtok = x\n"}},
      {"backup_place",
       {"ssh://u:%@host/./repository", "%@host:/srv/backup", "backup\t%@host:/home/\t."},
       {},
       {"/mnt/backup/borg\n", "ssh://taro@host:22/./repo\n", "config_version\t1.2\nsnapshot_root\t/srv/rsnapshot/\n", "file:///mnt/b\n"},
       false,
       place_is_reduced},
      {"timestamp", {}, {}, {"2026-11-20T03:00:05.123456\n", "2026-11-20"}, false, timestamp_is_reduced},
      {"apt_history",
       {"Commandline: apt install hana=%", "Requested-By: % (1000)", "Error: %", "# %"},
       {"tests/data/apt/history.log"},
       {},
       false,
       history_is_reduced},
      {"deb_made",
       {},
       {},
       {"!<arch>\ndebian-binary   1792052760  0     0     100644  4         `\n2.0\n", "!<arch>\ndebian-binary   999999999999"},
       false,
       made_is_reduced},
      {"dnf_automatic",
       {"email_to = %", "command_format = \"mail -s % {email_to}\"", "# apply_updates = %", "email_password=%"},
       {},
       {"[commands]\nupgrade_type = security\napply_updates = yes\n  no\n[emitters]\nemit_via = email\n[email]\nemail_to = root\n"}},
      {"wtmp_days", {}, {"tests/data/power/*.wtmp"}, {}, false, power_is_reduced},
      {"boot_days", {}, {"tests/data/power/*.json"}, {}, true, power_is_reduced},
      {"session_choice", {"PasswordHint=%", "Icon=/home/%"}, {}, {"[User]\nSession=gnome\nXSession=\nIcon=/x\nSystemAccount=false\n"}},
      {"package_repositories",
       {"password=%", "username = %", "proxy=http://u:%@proxy:3128/", "baseurl=https://u:%@host/os/",
        "baseurl=https://host/ https://u:%@other/", "baseurl=https://host/,https://u:%@other/", "mirrorlist=https://host/list?token=%",
        "sslclientkey=/etc/%", "# %", "proxy_password=%", "baseurl=https://host/\n  https://u:%@other/",
        "baseurl=https://host/a?token=% https://other/b?token=%", "cachedir=ftp://u:%@h/"},
       {},
       {"[main]\ngpgcheck=1\n[baseos]\nname=AlmaLinux $releasever - BaseOS\nmirrorlist=https://mirrors.almalinux.org/mirrorlist/9/baseos\n"
        "enabled=1\n[office]\nbaseurl=https://u:p@repo.example/os/\n   https://b.example/\nexclude=kernel*\n  glibc\n"}},
  };
  return all;
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = [] {
    std::vector<Target> made;
    for (const auto& row : rows())
      made.push_back({row.name, [&row](std::string_view bytes) { check_row(row, bytes); }, row.seeds, row.written});
    return made;
  }();
  return all;
}

}  // namespace gokajo::fuzz

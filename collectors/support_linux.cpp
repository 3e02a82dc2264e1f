#include <algorithm>

#include <nlohmann/json.hpp>

#include "collectors/parse/lines.h"
#include "collectors/seen.h"
#include "collectors/support.h"
#include "platform/json_form.h"

namespace gokajo::collectors {

using compliance::Device, compliance::Fact, compliance::ReleasePin, compliance::SaidEnd, compliance::UbuntuPro;
using platform::ask, platform::ErrorKind, platform::Host, platform::ReadFile, platform::Time;

namespace {

constexpr const char* kProStatus = "/var/lib/ubuntu-advantage/status.json";
constexpr std::size_t kMaxStatusBytes = 1U << 20U;

// The value of a column by its heading; rows may end early (releases without an extension).
std::optional<Time> dated(const std::vector<std::string_view>& heading, const std::vector<std::string_view>& row, std::string_view column) {
  const auto at = static_cast<std::size_t>(std::find(heading.begin(), heading.end(), column) - heading.begin());
  return at < row.size() && at < heading.size() ? platform::parse_time(parse::trimmed(row[at])) : std::nullopt;
}

std::string text_of(const platform::Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool is_like(const compliance::OsRelease& os, std::string_view id) {
  return os.id == id || std::find(os.id_like.begin(), os.id_like.end(), id) != os.id_like.end();
}

// A pin is a minor release: "9" and "43" are what the PC would follow anyway.
bool is_minor(std::string_view release) { return release.find('.') != std::string_view::npos; }

}  // namespace

std::optional<SaidEnd> parse_distro_info(std::string_view csv, std::string_view version_id) {
  const auto lines = parse::lines(csv);
  if (lines.empty() || version_id.empty()) return std::nullopt;
  const auto heading = parse::fields(lines.front(), ',');
  if (heading.empty() || heading.front() != "version") return std::nullopt;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const auto row = parse::fields(lines[i], ',');
    const auto version = parse::words(row.front());
    if (version.empty() || version.front() != version_id) continue;
    SaidEnd said;
    said.free = dated(heading, row, "eol-lts");
    if (!said.free) said.free = dated(heading, row, "eol");
    said.esm = dated(heading, row, "eol-esm");
    said.legacy = dated(heading, row, "eol-legacy");
    return said;
  }
  return std::nullopt;
}

Fact<UbuntuPro> collect_ubuntu_pro_linux(const Host& host, const Device& device) {
  if (!device.os || device.os->id != "ubuntu") return {};
  const auto seen = ask(host, ReadFile{.path = kProStatus, .reducer = "ubuntu_pro"});
  if (!seen) return unavailable<UbuntuPro>(seen);
  const auto json = platform::parse_json(seen->bytes.data, kMaxStatusBytes);
  if (!json || !json->is_object() || !json->contains("attached") || !(*json)["attached"].is_boolean())
    return malformed<UbuntuPro>("expected an object with \"attached\"", seen);
  UbuntuPro pro;
  pro.attached = (*json)["attached"].get<bool>();
  if (const auto services = json->find("services"); services != json->end() && services->is_array())
    for (const auto& service : *services)
      if (service.is_object() && text_of(service, "status") == "enabled") pro.enabled.push_back(text_of(service, "name"));
  return observed(std::move(pro), seen);
}

Fact<std::vector<SaidEnd>> collect_ends_said_linux(const Host& host, const Device& device) {
  if (!device.os)
    return compliance::no_fact<std::vector<SaidEnd>>({device.os.absent, device.os.detail}, device.os.source, device.os.observed_at);
  std::vector<SaidEnd> ends;
  if (device.os->support_end) {
    const auto status = ask(host, platform::StatFile{.path = device.os.source});
    ends.push_back({"SUPPORT_END", status ? status->modified : Time{}, device.os->support_end, std::nullopt, std::nullopt});
  }
  // Only the distribution's own releases: a derivative has ends of its own.
  if (device.os->id == "debian" || device.os->id == "ubuntu") {
    const std::string path = "/usr/share/distro-info/" + device.os->id + ".csv";
    const auto csv = ask(host, ReadFile{.path = path});
    if (!csv && csv.error().kind != ErrorKind::not_found) return unavailable<std::vector<SaidEnd>>(csv);
    auto said = csv ? parse_distro_info(csv->bytes.data, device.os->version_id) : std::nullopt;
    if (said) {
      said->by = path;
      said->as_of = csv->status.modified;
      ends.push_back(std::move(*said));
    }
  }
  return compliance::fact(std::move(ends), device.os.source, device.os.observed_at);
}

Fact<ReleasePin> collect_release_pin_linux(const Host& host, const Device& device) {
  if (!device.os || !is_like(*device.os, "rhel")) return {};
  ReleasePin pin;
  Fact<ReleasePin> fact = compliance::fact(pin, "/etc/dnf/vars/releasever", device.os.observed_at);
  for (const char* path : {"/etc/dnf/vars/releasever", "/etc/yum/vars/releasever"}) {
    const auto seen = ask(host, ReadFile{.path = path});
    if (!seen && seen.error().kind != ErrorKind::not_found) return unavailable<ReleasePin>(seen);
    if (!seen) continue;
    const auto release = parse::trimmed(seen->bytes.data);
    if (is_minor(release)) return observed(ReleasePin{std::string(release), path}, seen);
  }
  return fact;
}

}  // namespace gokajo::collectors

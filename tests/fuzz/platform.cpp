/// \file
/// The room platform: JSON, snapshots, times, bytes, Debian's formats, compressed files.
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "platform/bytes.h"
#include "platform/credentials.h"
#include "platform/deb/offers.h"
#include "platform/deb/relations.h"
#include "platform/deb/stanzas.h"
#include "platform/deb/version.h"
#include "platform/expanded_file.h"
#include "platform/json_form.h"
#include "platform/linux/filter_tables.h"
#include "platform/sddl.h"
#include "platform/snapshot.h"
#include "platform/system_proxy.h"
#include "platform/time.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace platform;

void json(std::string_view bytes) {
  HOLDS(!parse_json(bytes, bytes.size() / 2) || bytes.size() < 2);
  const auto parsed = parse_json(bytes, 1U << 20U);
  const auto known = Json::parse(bytes, nullptr, false);
  if (!parsed) {
    HOLDS(is_valid_utf8(parsed.error().detail));
    const auto& why = parsed.error().detail;
    HOLDS(known.is_discarded() || why.starts_with("JSON nested deeper") || why.starts_with("JSON: duplicate key"));
    return;
  }
  HOLDS(*parsed == known && to_text(*parsed) == known.dump());
  const auto again = parse_json(parsed->dump(), 8U << 20U);
  HOLDS(again && *again == *parsed);
}

// Whoever is named nowhere has no right, an entry more that allows takes none away, and nobody is trusted with what a list gives to all.
void sddl(std::string_view bytes) {
  const auto descriptor = parse_sddl(bytes);
  if (!descriptor) {
    HOLDS(descriptor.error().kind == ErrorKind::malformed || bytes.size() > kMaxSddlBytes);
    return;
  }
  HOLDS(descriptor->everybody_may || rights_of(*descriptor, {"S-1-5-21-7-7-7-7007"}, kAnyWrite) == 0);
  auto more = *descriptor;
  more.entries.push_back({true, "S-1-1-0", kReadData, false, false});
  const auto before = rights_of(*descriptor, {"S-1-1-0"}, kAnyWrite | kReadData);
  HOLDS((rights_of(more, {"S-1-1-0"}, kAnyWrite | kReadData) & before) == before);
  if (rights_of(*descriptor, {"S-1-1-0"}, kAnyWrite) != 0) HOLDS(stranger_with(*descriptor, {"S-1-5-18"}, kAnyWrite).has_value());
}

// What is taken for a proxy is always of one form, and names no user.
void proxy_list(std::string_view bytes) {
  const auto proxy = first_proxy(bytes);
  HOLDS(!proxy || (proxy->starts_with("http://") && proxy->find('@') == std::string::npos && first_proxy(*proxy) == proxy));
  HOLDS(is_bypassed("hub", std::string(bytes) + ";hub"));
}

void base64(std::string_view bytes) {
  const auto decoded = base64_decode(base64_encode(bytes));
  HOLDS(decoded && *decoded == bytes);
  if (const auto foreign = base64_decode(bytes)) HOLDS(base64_encode(*foreign).size() == bytes.size());
}

void text(std::string_view bytes) {
  const auto printable = printable_utf8(bytes);
  HOLDS(is_valid_utf8(printable));
  HOLDS(printable_utf8(printable) == printable);
  HOLDS(std::none_of(printable.begin(), printable.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n' && c != '\t'; }));
  HOLDS(printable.size() <= 3 * bytes.size());
  const auto bare = without_credentials(bytes);
  HOLDS(bare.size() <= bytes.size());
  if (bytes.find("cAnArY7x") == std::string_view::npos)
    HOLDS(without_credentials(std::string(bytes) + " https://taro:cAnArY7x@host/ " + std::string(bytes)).find("cAnArY7x") ==
          std::string::npos);
}

void time(std::string_view bytes) {
  if (const auto read = parse_time(bytes)) HOLDS(is_readable(*read));
  if (const auto read = parse_rfc5322_date(bytes)) HOLDS(is_readable(*read));
}

void snapshot(std::string_view bytes) {
  const auto read = read_snapshot(bytes);
  if (!read) return;
  const auto written = write_snapshot(*read);
  const auto again = read_snapshot(written);
  HOLDS(again);
  HOLDS(write_snapshot(*again) == written);
}

// What comes out of a file is what comes out of memory, and never more than was asked for.
void expanded_file(std::string_view bytes) {
  constexpr std::size_t kMax = 1U << 20U;
  const auto from_memory = expanded(bytes, kMax);
  if (from_memory) HOLDS(from_memory->size() <= kMax);
  const int descriptor = memfd_create("fuzz", MFD_CLOEXEC);
  HOLDS(descriptor >= 0);
  HOLDS(write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  HOLDS(lseek(descriptor, 0, SEEK_SET) == 0);
  ExpandedFile file(descriptor, kMax);
  std::string from_file;
  std::array<char, 4093> piece{};
  while (true) {
    const auto got = file.read(piece.data(), piece.size());
    if (!got) {
      HOLDS(!from_memory);
      return;
    }
    HOLDS(*got <= piece.size());
    if (*got == 0) break;
    from_file.append(piece.data(), *got);
    HOLDS(from_file.size() <= kMax);
  }
  HOLDS(from_memory && *from_memory == from_file);
}

std::vector<std::string> stanzas_read_in(std::string_view bytes, std::size_t step) {
  std::vector<std::string> found;
  const auto status = deb::for_each_stanza(
      [&](char* into, std::size_t size) -> Result<std::size_t> {
        const auto n = std::min({size, step, bytes.size()});
        std::copy_n(bytes.data(), n, into);
        bytes.remove_prefix(n);
        return n;
      },
      [&](std::string_view stanza) { found.emplace_back(stanza); });
  if (!status) found.clear();
  return found;
}

// How the bytes arrive makes no difference.
void deb_stanzas(std::string_view bytes) {
  const auto whole = stanzas_read_in(bytes, bytes.size() + 1);
  if (bytes.size() < 4096) HOLDS(stanzas_read_in(bytes, 1) == whole || bytes.find('\0') != std::string_view::npos);
  HOLDS(stanzas_read_in(bytes, 13) == whole || bytes.find('\0') != std::string_view::npos);
  deb::OfferFinder finder;
  std::size_t number = 0;
  for (const auto& stanza : whole) {
    HOLDS(deb::field(stanza, "Package").find('\0') == std::string_view::npos);
    if (number % 2 == 0)
      finder.add_installed(stanza);
    else
      finder.add_offered(stanza, static_cast<std::int64_t>(number % 3));
    ++number;
  }
  for (const auto& offer : finder.result().offers) {
    HOLDS(!offer.newer.empty() && !offer.name.empty());
    std::string_view before = offer.installed;
    for (const auto& newer : offer.newer) {
      HOLDS(deb::compare_versions(before, newer.version) <= 0);
      HOLDS(deb::compare_versions(offer.installed, newer.version) < 0);
      HOLDS(newer.phased_percent >= 0 && newer.phased_percent <= 100);
      before = newer.version;
    }
  }
}

// One datagram of the kernel: tables with a family each, and never more than the datagram can hold.
void filter_tables(std::string_view bytes) {
  FilterTables tables;
  const auto last = parse_filter_tables(bytes, tables);
  HOLDS(tables.tables.size() <= bytes.size() / 16);
  for (const auto& table : tables.tables) HOLDS(!table.family.empty() && table.name.find('\0') == std::string::npos);
  if (!last) HOLDS(!last.error().detail.empty());
}

int sign(int order) { return order < 0 ? -1 : order > 0 ? 1 : 0; }

// A total order: of three lines as three versions.
void deb_version(std::string_view bytes) {
  std::array<std::string_view, 3> v;
  for (auto& one : v) {
    const auto end = std::min(bytes.find('\n'), bytes.size());
    one = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  const auto order = [](std::string_view a, std::string_view b) { return sign(deb::compare_versions(a, b)); };
  for (const auto a : v) {
    HOLDS(order(a, a) == 0);
    for (const auto b : v) {
      HOLDS(order(a, b) == -order(b, a));
      for (const auto c : v) {
        if (order(a, b) <= 0 && order(b, c) <= 0) HOLDS(order(a, c) <= 0);
        if (order(a, b) == 0 && order(b, c) == 0) HOLDS(order(a, c) == 0);
      }
    }
  }
}

// A package nobody needs and that needs nothing stands with any that stand together; a list that cannot be read stands with nobody.
void deb_relations(std::string_view bytes) {
  std::vector<std::vector<deb::Relation>> groups;
  const bool read = deb::parse_relations(bytes, groups);
  if (read)
    for (const auto& group : groups) {
      HOLDS(!group.empty());
      for (const auto& one : group) {
        HOLDS(!one.name.empty() && one.name.find_first_of(" \t\n|,()[]<>!") == std::string_view::npos);
        HOLDS(one.relation.empty() == one.version.empty() && one.version.find_first_of("()<>= \n") == std::string_view::npos);
      }
    }
  deb::PackageRelations package{.name = "hana", .version = "1.0", .changed = true};
  const std::string list(bytes);
  for (auto field : {&deb::PackageRelations::depends, &deb::PackageRelations::conflicts, &deb::PackageRelations::provides,
                     &deb::PackageRelations::recommends}) {
    auto one = package;
    one.*field = list;
    const bool stands = deb::stand_together({one});
    if (!read) HOLDS(!stands);
    HOLDS(deb::stand_together({one, {.name = "umi-no-one-names-this", .version = "0"}}) == stands ||
          list.find("umi-no") != std::string::npos);
  }
}

}  // namespace

const std::vector<Target>& targets() {
  using namespace std::string_literals;
  static const std::vector<Target> all = {
      {"json", json, {"tests/data/linux/disks/*.json", "tests/data/dnf/*.json"}, {R"({"a": [1, -2.5e3, "é\n", null, true, {"b": {}}]})"}},
      {"base64", base64, {}, {"any", "QUJD", "QQ=="}},
      {"text", text, {"tests/data/dnf/*.txt"}, {"\xe3\x81\x82 \xc2\x9b\x1b[0m\x7f\xf0\x9f\x98\x80 http://u:p@h/"}},
      {"time", time, {}, {"2026-11-22T00:00:00Z", "2026-11-22", "Sat, 11 Jul 2026 09:12:44 +0200", "1 Jan 2026 00:00:00 UTC"}},
      {"snapshot",
       snapshot,
       {"tests/data/snapshots/*.json"},
       {R"({"format": "gokajo-snapshot/1", "recorded_at": "2026-11-22T00:00:00Z", "memory": {}, "declarations": [], "answers": [
{"question": {"read_file": {"path": "/etc/os-release", "reducer": "verbatim", "max_bytes": 1048576}}, "observed_at": "2026-11-22T00:00:00Z",
 "reply": {"file": {"bytes": {"base64": "QQ=="}, "status": {"type": "regular", "mode": 420, "uid": 0, "gid": 0, "size": 1, "modified": "2026-11-22T00:00:00Z",
 "changed": "2026-11-22T00:00:00Z"}}}},
{"question": {"run_helper": {"helper": "testparm", "arguments": ["-sv"], "reducer": "samba_config", "unchanged_while": ["/etc"]}}, "observed_at": "2026-11-22T00:00:00Z",
 "error": {"kind": "timed_out", "detail": "x"}},
{"question": {"list_processes": {}}, "observed_at": "2026-11-22T00:00:00Z", "reply": {"processes": {"processes": []}}}]})"}},
      {"expanded_file",
       expanded_file,
       {},
       {"plain", "BZh91AY&SY",
        "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\x4b\x4c\x4a\x4e\x49\x4d\x4b\xe7\x02\x00\x9c\x9d\x80\xea\x07\x00\x00\x00"s,
        "\xfd\x37\x7a\x58\x5a\x00\x00\x04\xe6\xd6\xb4\x46\x02\x00\x21\x01\x16\x00\x00\x00\x74\x2f\xe5\xa3"s,
        "\x28\xb5\x2f\xfd\x04\x58\x39\x00\x00"
        "abcdefg\x9e\xf2\xf4\x53"s,
        "\x04\x22\x4d\x18\x64\x40\xa7\x07\x00\x00\x80"
        "abcdefg\x00\x00\x00\x00\x2c\x5c\x4b\x0d"s}},
      {"deb_stanzas",
       deb_stanzas,
       {},
       {"Package: hana\nStatus: install ok installed\nVersion: 1.0-1\nArchitecture: amd64\nDescription: x\n y\n\nPackage: hana\nVersion: "
        "1.0-2\nArchitecture: amd64\nPhased-Update-Percentage: 30\nDepends: libc6 (>= 2.36), a | b\n\nPackage: dpkg\nStatus: hold ok "
        "installed\nVersion: 1\nArchitecture: amd64\n\nPackage: sora\nEssential: yes\nVersion: 2\nArchitecture: amd64\n"}},
      {"sddl",
       sddl,
       {},
       {"O:BAG:SYD:PAI(A;OICI;FA;;;SY)(D;;0x1200a9;;;S-1-5-21-1-2-3-1001)(XA;;GR;;;WD;(@User.Title==\"a (b)\"))S:(AU;SA;FA;;;WD)",
        "D:NO_ACCESS_CONTROL", "O:S-1-5-18D:AR(OA;CI;CCDC;bf967aba-0de6-11d0-a285-00aa003049e2;;AO)"}},
      {"proxy_list", proxy_list, {}, {"http=a:1;https=b.example:8080 [::1]:3128", "*.office.example;<local>;192.168.*"}},
      {"filter_tables",
       filter_tables,
       {},
       {"\x20\x00\x00\x00\x00\x0a\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\x0b\x00\x01\x00"
        "filter\x00\x00"
        "\x14\x00\x00\x00\x03\x00\x02\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"s,
        "\x14\x00\x00\x00\x02\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xff"s}},
      {"deb_version", deb_version, {}, {"1.0~rc1-1\n1.0-1\n1:0.9+dfsg-2~deb12u1", "00001\n1\n1.", "a-b-c\n2:a:1\n~~"}},
      {"deb_relations",
       deb_relations,
       {},
       {"libc6 (>= 2.36), python3:any (<< 3.12) | python3-minimal", "hana (= 1.0)", "a [amd64], b <!nocheck>, c:native"}},
  };
  return all;
}

}  // namespace gokajo::fuzz

#include "agent/handed_out.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "compliance/data_file.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "platform/public_directory.h"
#include "protocol/device_key.h"

namespace gokajo::agent {

using compliance::Briefing, compliance::Pack;
using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using protocol::HandedOut;

namespace {

namespace fs = std::filesystem;

constexpr const char* kSettings = "/settings.json";

struct Kind {
  HandedOut kind;
  const char* name;
  const char* folder;
  std::size_t max_bytes;
};
constexpr std::array<Kind, 3> kKinds = {{{HandedOut::pack, "pack", "/packs", compliance::kMaxPackBytes},
                                         {HandedOut::briefing, "briefing", "/briefings", compliance::kMaxBriefingBytes},
                                         {HandedOut::table, "table", "/tables", compliance::kMaxTableBytes}}};

const Kind& about(HandedOut kind) {
  return *std::find_if(kKinds.begin(), kKinds.end() - 1, [&](const Kind& one) { return one.kind == kind; });
}

std::string folder_of(const std::string& directory, HandedOut kind) { return directory + about(kind).folder; }

std::string file_of(const std::string& directory, HandedOut kind, const std::string& id) {
  return folder_of(directory, kind) + "/" + id + ".json";
}

std::string day_of(platform::Time time) { return platform::format_time(time).substr(0, 10); }

// Read as it would be used, or not there.
template <class T>
struct Held {
  std::string sha256;
  T value;
};

Result<Pack> usable_pack(std::string_view text) {
  auto pack = compliance::read_pack(text);
  if (!pack) return pack;
  if (auto status = compliance::only_known_checks(*pack); !status) return status.error();
  return pack;
}

std::optional<Held<Pack>> held_pack(const std::string& directory, const std::string& id) {
  if (!compliance::is_data_id(id)) return std::nullopt;
  const auto text = platform::read_own_file(file_of(directory, HandedOut::pack, id), compliance::kMaxPackBytes);
  if (!text) return std::nullopt;
  auto pack = usable_pack(*text);
  if (!pack || pack->id != id) return std::nullopt;
  return Held<Pack>{protocol::sha256_hex(*text), std::move(*pack)};
}

std::optional<Held<Briefing>> held_briefing(const std::string& directory, const std::string& id) {
  if (!compliance::is_data_id(id)) return std::nullopt;
  const auto text = platform::read_own_file(file_of(directory, HandedOut::briefing, id), compliance::kMaxBriefingBytes);
  if (!text) return std::nullopt;
  auto briefing = compliance::read_briefing(*text);
  if (!briefing || briefing->id != id) return std::nullopt;
  return Held<Briefing>{protocol::sha256_hex(*text), std::move(*briefing)};
}

std::optional<Held<compliance::TableFile>> held_table(const std::string& directory, const std::string& id) {
  const auto text = platform::read_own_file(file_of(directory, HandedOut::table, id), compliance::kMaxTableBytes);
  if (!text) return std::nullopt;
  auto table = compliance::read_table(*text);
  if (!table || table->id != id) return std::nullopt;
  return Held<compliance::TableFile>{protocol::sha256_hex(*text), std::move(*table)};
}

const Briefing* built_in_briefing(const std::string& id) {
  const auto& all = compliance::built_in_briefings();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Briefing& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

// The later of what is held and what is compiled in, without its base.
Result<Pack> latest_pack(const std::string& directory, std::string_view id) {
  auto built_in = compliance::built_in_pack_alone(id);
  auto held = held_pack(directory, std::string(id));
  if (held && (!built_in || compliance::is_later_version(held->value.version, built_in->version))) return std::move(held->value);
  return built_in;
}

compliance::PackLookup lookup_in(const std::string& directory) {
  return [directory](std::string_view id) { return latest_pack(directory, id); };
}

std::string left(const NamedFile& file, const std::string& than) {
  return file.name() + " of the hub is older than what this PC has (" + than + "), and is left";
}

void look_for(const std::string& directory, const protocol::NamedPack& named, Lacking& lacking) {
  const NamedFile file{HandedOut::pack, named.id, named.sha256, named.version, {}};
  const auto held = held_pack(directory, named.id);
  if (held && held->sha256 == named.sha256) return;
  const auto built_in = compliance::built_in_pack_alone(named.id);
  if (built_in && compliance::is_later_version(built_in->version, named.version))
    lacking.older.push_back(left(file, built_in->version));
  else if (held && compliance::is_later_version(held->value.version, named.version))
    lacking.older.push_back(left(file, held->value.version));
  else if (!built_in || compliance::is_later_version(named.version, built_in->version))
    lacking.files.push_back(file);
}

void look_for(const std::string& directory, const protocol::NamedBriefing& named, Lacking& lacking) {
  const NamedFile file{HandedOut::briefing, named.id, named.sha256, {}, named.published};
  const auto held = held_briefing(directory, named.id);
  if (held && held->sha256 == named.sha256) return;
  const auto* built_in = built_in_briefing(named.id);
  if (built_in && built_in->published > named.published)
    lacking.older.push_back(left(file, day_of(built_in->published)));
  else if (held && held->value.published > named.published)
    lacking.older.push_back(left(file, day_of(held->value.published)));
  else if (!built_in || named.published > built_in->published)
    lacking.files.push_back(file);
}

void look_for(const std::string& directory, const protocol::NamedTable& named, Lacking& lacking) {
  const NamedFile file{HandedOut::table, named.id, named.sha256, named.version, {}};
  const auto built_in = compliance::built_in_table_version(named.id);
  if (built_in.empty()) return;  // of a kind that only later agents know
  const auto held = held_table(directory, named.id);
  if (held && held->sha256 == named.sha256) return;
  if (compliance::is_later_version(built_in, named.version))
    lacking.older.push_back(left(file, built_in));
  else if (held && compliance::is_later_version(held->value.version, named.version))
    lacking.older.push_back(left(file, held->value.version));
  else if (compliance::is_later_version(named.version, built_in))
    lacking.files.push_back(file);
}

Status is_pack(const std::string& directory, const NamedFile& file, std::string_view bytes) {
  const auto pack = usable_pack(bytes);
  if (!pack) return pack.error();
  if (pack->id != file.id || pack->version != file.version) return Error{ErrorKind::malformed, "id, version: others than the hub named"};
  if (const auto whole = compliance::extended(*pack, lookup_in(directory)); !whole) return whole.error();
  return Done{};
}

Status is_briefing(const NamedFile& file, std::string_view bytes) {
  const auto briefing = compliance::read_briefing(bytes);
  if (!briefing) return briefing.error();
  if (briefing->id != file.id || briefing->published != file.published)
    return Error{ErrorKind::malformed, "id, published: others than the hub named"};
  return Done{};
}

Status is_table(const NamedFile& file, std::string_view bytes) {
  const auto table = compliance::read_table(bytes);
  if (!table) return table.error();
  if (table->id != file.id || table->version != file.version)
    return Error{ErrorKind::malformed, "format, version: others than the hub named"};
  return Done{};
}

Status is_what_was_named(const std::string& directory, const NamedFile& file, std::string_view bytes) {
  if (bytes.size() > file.max_bytes()) return Error{ErrorKind::too_large, "more than " + std::to_string(file.max_bytes()) + " bytes"};
  if (protocol::sha256_hex(bytes) != file.sha256) return Error{ErrorKind::malformed, "another SHA-256 than the hub named"};
  if (file.kind == HandedOut::pack) return is_pack(directory, file, bytes);
  return file.kind == HandedOut::briefing ? is_briefing(file, bytes) : is_table(file, bytes);
}

template <class T>
void forget_others(const std::string& folder, const std::optional<std::vector<T>>& named) {
  std::set<std::string> names;
  if (named)
    for (const auto& one : *named) names.insert(one.id + ".json");
  std::error_code problem;
  std::vector<fs::path> others;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem))
    if (!names.contains(at->path().filename().string())) others.push_back(at->path());
  for (const auto& other : others) fs::remove(other, problem);
}

}  // namespace

std::string NamedFile::path() const { return protocol::handed_out_path(kind, sha256); }

std::size_t NamedFile::max_bytes() const { return about(kind).max_bytes; }

std::string NamedFile::name() const {
  return std::string(about(kind).name) + " " + id + (kind == HandedOut::briefing ? " of " + day_of(published) : " " + version);
}

Lacking lacking(const std::string& directory, const protocol::Settings& settings) {
  Lacking all;
  if (settings.packs)
    for (auto named = settings.packs->rbegin(); named != settings.packs->rend(); ++named) look_for(directory, *named, all);
  if (settings.briefings)
    for (const auto& named : *settings.briefings) look_for(directory, named, all);
  if (settings.tables)
    for (const auto& named : *settings.tables) look_for(directory, named, all);
  return all;
}

Status keep_handed_out(const std::string& directory, const NamedFile& file, std::string_view bytes) {
  if (!compliance::is_data_id(file.id)) return Error{ErrorKind::malformed, "id: expected at most 64 of a-z, 0-9 and -"};
  if (auto status = is_what_was_named(directory, file, bytes); !status)
    return Error{status.error().kind, file.name() + ": " + status.error().detail};
  const auto folder = folder_of(directory, file.kind);
  const bool everybody = file.kind == HandedOut::briefing;
  if (auto status = everybody ? platform::own_public_directory(folder) : platform::own_private_directory(folder); !status) return status;
  return platform::write_file_durably(file_of(directory, file.kind, file.id), bytes,
                                      everybody ? platform::Readers::everybody : platform::Readers::owner);
}

void forget_unnamed(const std::string& directory, const protocol::Settings& settings) {
  forget_others(folder_of(directory, HandedOut::pack), settings.packs);
  forget_others(folder_of(directory, HandedOut::briefing), settings.briefings);
  forget_others(folder_of(directory, HandedOut::table), settings.tables);
}

Status forget_hub_data(const std::string& directory) {
  std::error_code problem;
  for (const auto& kind : kKinds) {
    fs::remove_all(directory + kind.folder, problem);
    if (problem) return Error{ErrorKind::failed, directory + kind.folder + ": " + problem.message()};
  }
  return platform::remove_file_durably(directory + kSettings);
}

Result<Pack> pack_in_force(const std::string& directory, const std::string& id) {
  auto pack = latest_pack(directory, id);
  if (pack) pack = compliance::extended(std::move(*pack), lookup_in(directory));
  if (!pack) pack = compliance::built_in_pack(id);
  if (!pack) pack = compliance::built_in_pack(kDefaultPack);
  if (pack)
    for (const auto* table : {compliance::kLifecycleTable, compliance::kWindowsLevelsTable})
      if (const auto held = held_table(directory, table);
          held && compliance::is_later_version(held->value.version, compliance::built_in_table_version(table)))
        pack->tables.put(held->value);
  return pack;
}

namespace {

std::vector<Briefing> held_briefings(const std::string& directory) {
  std::vector<Briefing> all;
  if (directory.empty()) return all;
  std::error_code problem;
  std::size_t left = protocol::kMaxNamedBriefings;
  for (fs::directory_iterator at(folder_of(directory, HandedOut::briefing), problem), end; !problem && at != end && left > 0;
       at.increment(problem)) {
    if (at->path().extension() != ".json") continue;
    --left;
    if (auto held = held_briefing(directory, at->path().stem().string())) all.push_back(std::move(held->value));
  }
  return all;
}

}  // namespace

std::size_t briefings_of_hub(const std::string& directory) { return held_briefings(directory).size(); }

std::vector<Briefing> all_briefings(const std::string& directory) {
  auto all = compliance::built_in_briefings();
  for (auto& held : held_briefings(directory)) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Briefing& one) { return one.id == held.id; });
    if (same == all.end())
      all.push_back(std::move(held));
    else if (held.published > same->published)
      *same = std::move(held);
  }
  compliance::sort_briefings(all);
  return all;
}

}  // namespace gokajo::agent

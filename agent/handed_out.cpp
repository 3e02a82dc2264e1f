#include "agent/handed_out.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include "compliance/data_file.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "protocol/device_key.h"

namespace gokajo::agent {

using compliance::Briefing, compliance::Pack;
using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using protocol::HandedOut;

namespace {

namespace fs = std::filesystem;

constexpr const char* kPacks = "/packs";
constexpr const char* kBriefings = "/briefings";
constexpr const char* kSettings = "/settings.json";

std::string folder_of(const std::string& directory, HandedOut kind) { return directory + (kind == HandedOut::pack ? kPacks : kBriefings); }

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

Status is_what_was_named(const std::string& directory, const NamedFile& file, std::string_view bytes) {
  if (bytes.size() > file.max_bytes()) return Error{ErrorKind::too_large, "more than " + std::to_string(file.max_bytes()) + " bytes"};
  if (protocol::sha256_hex(bytes) != file.sha256) return Error{ErrorKind::malformed, "another SHA-256 than the hub named"};
  return file.kind == HandedOut::pack ? is_pack(directory, file, bytes) : is_briefing(file, bytes);
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

std::string NamedFile::path() const { return kind == HandedOut::pack ? protocol::pack_path(sha256) : protocol::briefing_path(sha256); }

std::size_t NamedFile::max_bytes() const { return kind == HandedOut::pack ? compliance::kMaxPackBytes : compliance::kMaxBriefingBytes; }

std::string NamedFile::name() const {
  return kind == HandedOut::pack ? "pack " + id + " " + version : "briefing " + id + " of " + day_of(published);
}

Lacking lacking(const std::string& directory, const protocol::Settings& settings) {
  Lacking all;
  if (settings.packs)
    for (auto named = settings.packs->rbegin(); named != settings.packs->rend(); ++named) look_for(directory, *named, all);
  if (settings.briefings)
    for (const auto& named : *settings.briefings) look_for(directory, named, all);
  return all;
}

Status keep_handed_out(const std::string& directory, const NamedFile& file, std::string_view bytes) {
  if (!compliance::is_data_id(file.id)) return Error{ErrorKind::malformed, "id: expected at most 64 of a-z, 0-9 and -"};
  if (auto status = is_what_was_named(directory, file, bytes); !status)
    return Error{status.error().kind, file.name() + ": " + status.error().detail};
  const auto folder = folder_of(directory, file.kind);
  if (auto status = platform::own_private_directory(folder); !status) return status;
  const bool everybody = file.kind == HandedOut::briefing;
  std::error_code problem;
  if (everybody) fs::permissions(folder, fs::perms{0755}, problem);
  return platform::write_file_durably(file_of(directory, file.kind, file.id), bytes,
                                      everybody ? platform::Readers::everybody : platform::Readers::owner);
}

void forget_unnamed(const std::string& directory, const protocol::Settings& settings) {
  forget_others(folder_of(directory, HandedOut::pack), settings.packs);
  forget_others(folder_of(directory, HandedOut::briefing), settings.briefings);
}

Status forget_hub_data(const std::string& directory) {
  std::error_code problem;
  for (const auto kind : {HandedOut::pack, HandedOut::briefing}) {
    fs::remove_all(folder_of(directory, kind), problem);
    if (problem) return Error{ErrorKind::failed, folder_of(directory, kind) + ": " + problem.message()};
  }
  return platform::remove_file_durably(directory + kSettings);
}

Result<Pack> pack_in_force(const std::string& directory, const std::string& id) {
  if (auto own = latest_pack(directory, id))
    if (auto whole = compliance::extended(std::move(*own), lookup_in(directory))) return whole;
  auto built_in = compliance::built_in_pack(id);
  return built_in ? built_in : compliance::built_in_pack(kDefaultPack);
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

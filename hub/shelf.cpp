#include "hub/shelf.h"

#include <algorithm>
#include <filesystem>

#include "compliance/data_file.h"
#include "platform/embedded.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using compliance::Briefing, compliance::Pack;
using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using protocol::HandedOut;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxFiles = 64;
constexpr std::size_t kMaxBases = static_cast<std::size_t>(compliance::kMaxPackBases) + 1;
static_assert(kMaxBases <= protocol::kMaxNamedPacks);

compliance::PackLookup lookup_on(const Shelf& shelf) {
  return [&shelf](std::string_view id) -> Result<Pack> {
    const auto found = shelf.packs.find(id);
    if (found != shelf.packs.end()) return found->second.pack;
    return compliance::built_in_pack_alone(id);
  };
}

Result<ShelfPack> pack_of(std::string text, Origin origin) {
  auto pack = compliance::read_pack(text);
  if (!pack) return pack.error();
  if (auto status = compliance::only_known_checks(*pack); !status) return status.error();
  auto sha256 = protocol::sha256_hex(text);
  return ShelfPack{std::move(*pack), std::move(text), std::move(sha256), origin};
}

Result<ShelfBriefing> briefing_of(std::string text, Origin origin) {
  auto briefing = compliance::read_briefing(text);
  if (!briefing) return briefing.error();
  auto sha256 = protocol::sha256_hex(text);
  return ShelfBriefing{std::move(*briefing), std::move(text), std::move(sha256), origin};
}

Result<ShelfTable> table_of(std::string text) {
  auto table = compliance::read_table(text);
  if (!table) return table.error();
  auto sha256 = protocol::sha256_hex(text);
  return ShelfTable{std::move(*table), std::move(text), std::move(sha256)};
}

void sort_and_cut(std::vector<ShelfBriefing>& briefings) {
  std::sort(briefings.begin(), briefings.end(), [](const ShelfBriefing& a, const ShelfBriefing& b) {
    return a.briefing.published > b.briefing.published || (a.briefing.published == b.briefing.published && a.briefing.id < b.briefing.id);
  });
  if (briefings.size() > protocol::kMaxNamedBriefings) briefings.resize(protocol::kMaxNamedBriefings);
}

Shelf compiled_in() {
  Shelf shelf;
  for (const auto& file : embedded::packs())
    if (auto pack = pack_of(std::string(file.text), Origin::built_in)) {
      const auto id = pack->pack.id;
      shelf.packs.emplace(id, std::move(*pack));
    }
  for (const auto& file : embedded::briefings())
    if (auto briefing = briefing_of(std::string(file.text), Origin::built_in)) shelf.briefings.push_back(std::move(*briefing));
  return shelf;
}

// Paths of the *.json in a folder, by name; a folder that others may write to is a problem and holds none.
std::vector<fs::path> files_in(const std::string& folder, std::vector<Error>& problems) {
  std::error_code problem;
  if (!fs::exists(fs::symlink_status(folder, problem))) return {};
  if (auto owned = platform::own_private_directory(folder); !owned) {
    problems.push_back(owned.error());
    return {};
  }
  std::vector<fs::path> files;
  for (fs::directory_iterator at(folder, problem), end; !problem && at != end; at.increment(problem))
    if (at->path().extension() == ".json") files.push_back(at->path());
  if (problem) problems.push_back({ErrorKind::failed, folder + ": " + problem.message()});
  std::sort(files.begin(), files.end());
  if (files.size() > kMaxFiles) {
    problems.push_back({ErrorKind::too_large, folder + ": more than " + std::to_string(kMaxFiles) + " files; the last are left"});
    files.resize(kMaxFiles);
  }
  return files;
}

// What `read` makes of each file; what cannot be used is a problem.
template <class One, class Read>
std::vector<One> read_files(const std::string& folder, std::size_t max_bytes, std::vector<Error>& problems, const Read& read) {
  std::vector<One> all;
  for (const auto& path : files_in(folder, problems)) {
    auto text = platform::read_own_file(path.string(), max_bytes);
    auto one = text ? read(std::move(*text), path.stem().string()) : Result<One>(text.error());
    if (one)
      all.push_back(std::move(*one));
    else if (text)
      problems.push_back({one.error().kind, path.string() + ": " + one.error().detail});
    else
      problems.push_back({one.error().kind, one.error().detail.find(path.string()) == std::string::npos
                                                ? path.string() + ": " + one.error().detail
                                                : one.error().detail});
  }
  return all;
}

Error named_otherwise(const std::string& id) { return {ErrorKind::malformed, "id: the file must be called " + id + ".json"}; }

bool all_extend(const Shelf& shelf, Error& problem) {
  for (const auto& [id, one] : shelf.packs)
    if (auto whole = compliance::extended(one.pack, lookup_on(shelf)); !whole) {
      problem = {whole.error().kind, id + ": " + whole.error().detail};
      return false;
    }
  return true;
}

// Puts it there unless some pack could not be made then.
Status put(Shelf& shelf, ShelfPack pack) {
  auto tried = shelf;
  tried.packs.insert_or_assign(pack.pack.id, std::move(pack));
  Error problem;
  if (!all_extend(tried, problem)) return problem;
  shelf = std::move(tried);
  return Done{};
}

// One may need another: tried until none more fits.
void put_all(Shelf& shelf, std::vector<ShelfPack> packs, const std::string& folder) {
  for (bool more = true; more;) {
    more = false;
    for (auto at = packs.begin(); at != packs.end();) {
      if (put(shelf, *at)) {
        at = packs.erase(at);
        more = true;
      } else {
        ++at;
      }
    }
  }
  // Beside each other, so that of those that extend one another the cycle is named, and not that there is none of them.
  auto together = shelf;
  for (const auto& one : packs) together.packs.insert_or_assign(one.pack.id, one);
  for (auto& one : packs) {
    const auto path = folder + "/" + one.pack.id + ".json: ";
    const auto whole = compliance::extended(one.pack, lookup_on(together));
    const auto status = put(shelf, std::move(one));
    if (!status) shelf.problems.push_back({status.error().kind, path + (whole ? status.error() : whole.error()).detail});
  }
}

bool is_later(const Shelf& shelf, const ShelfPack& one) {
  const auto found = shelf.packs.find(one.pack.id);
  return found == shelf.packs.end() || compliance::is_later_version(one.pack.version, found->second.pack.version);
}

// Of the table in force: its file's, or of the one compiled in.
std::string version_of_table(const Shelf& shelf, const std::string& id) {
  const auto found = shelf.tables.find(id);
  return found == shelf.tables.end() ? compliance::built_in_table_version(id) : found->second.table.version;
}

bool is_later(const Shelf& shelf, const ShelfTable& one) {
  return compliance::is_later_version(one.table.version, version_of_table(shelf, one.table.id));
}

auto same_briefing(std::vector<ShelfBriefing>& briefings, const std::string& id) {
  return std::find_if(briefings.begin(), briefings.end(), [&](const ShelfBriefing& one) { return one.briefing.id == id; });
}

}  // namespace

Result<Pack> Shelf::pack(std::string_view id) const {
  const auto found = packs.find(id);
  if (found == packs.end()) {
    std::string known;
    for (const auto& [name, one] : packs) known += (known.empty() ? "" : ", ") + name;
    return Error{ErrorKind::not_found, "no rule pack \"" + std::string(id) + "\"; there are: " + known};
  }
  auto pack = compliance::extended(found->second.pack, lookup_on(*this));
  if (pack)
    for (const auto& [name, one] : tables) pack->tables.put(one.table);
  return pack;
}

std::vector<const ShelfPack*> Shelf::chain(std::string_view id) const {
  std::vector<const ShelfPack*> all;
  auto found = packs.find(id);
  while (found != packs.end() && all.size() < kMaxBases) {
    all.push_back(&found->second);
    found = found->second.pack.extends ? packs.find(*found->second.pack.extends) : packs.end();
  }
  return all;
}

const std::string* Shelf::find(const protocol::HandedOutPath& asked) const {
  const auto among = [&](const auto& all) -> const std::string* {
    for (const auto& [id, one] : all)
      if (one.sha256 == asked.sha256) return &one.text;
    return nullptr;
  };
  if (asked.kind == HandedOut::pack) return among(packs);
  if (asked.kind == HandedOut::table) return among(tables);
  for (const auto& one : briefings)
    if (one.sha256 == asked.sha256) return &one.text;
  return nullptr;
}

std::string packs_folder(const std::string& directory) { return directory + "/packs"; }
std::string briefings_folder(const std::string& directory) { return directory + "/briefings"; }
std::string tables_folder(const std::string& directory) { return directory + "/tables"; }

const std::shared_ptr<const Shelf>& built_in_shelf() {
  static const std::shared_ptr<const Shelf> kShelf = [] {
    auto shelf = compiled_in();
    sort_and_cut(shelf.briefings);
    return std::make_shared<const Shelf>(std::move(shelf));
  }();
  return kShelf;
}

Shelf read_shelf(const std::string& directory) {
  Shelf shelf = compiled_in();
  const auto folder = packs_folder(directory);
  auto packs = read_files<ShelfPack>(folder, compliance::kMaxPackBytes, shelf.problems,
                                     [](std::string text, const std::string& stem) -> Result<ShelfPack> {
                                       auto pack = pack_of(std::move(text), Origin::file);
                                       if (pack && pack->pack.id != stem) return named_otherwise(pack->pack.id);
                                       return pack;
                                     });
  std::erase_if(packs, [&](const ShelfPack& one) { return !is_later(shelf, one); });
  put_all(shelf, std::move(packs), folder);
  auto briefings = read_files<ShelfBriefing>(briefings_folder(directory), compliance::kMaxBriefingBytes, shelf.problems,
                                             [](std::string text, const std::string& stem) -> Result<ShelfBriefing> {
                                               auto briefing = briefing_of(std::move(text), Origin::file);
                                               if (briefing && briefing->briefing.id != stem) return named_otherwise(briefing->briefing.id);
                                               return briefing;
                                             });
  for (auto& one : briefings) {
    const auto found = same_briefing(shelf.briefings, one.briefing.id);
    if (found == shelf.briefings.end())
      shelf.briefings.push_back(std::move(one));
    else if (one.briefing.published > found->briefing.published)
      *found = std::move(one);
  }
  sort_and_cut(shelf.briefings);
  auto tables = read_files<ShelfTable>(tables_folder(directory), compliance::kMaxTableBytes, shelf.problems,
                                       [](std::string text, const std::string& stem) -> Result<ShelfTable> {
                                         auto table = table_of(std::move(text));
                                         if (table && table->table.id != stem) return named_otherwise(table->table.id);
                                         return table;
                                       });
  for (auto& one : tables)
    if (is_later(shelf, one)) {
      auto id = one.table.id;
      shelf.tables.insert_or_assign(std::move(id), std::move(one));
    }
  return shelf;
}

Result<NewFile> fits_on(const Shelf& shelf, const std::string& text) {
  const auto json = platform::parse_json(text, compliance::kMaxPackBytes);
  if (!json) return json.error();
  const auto format =
      json->is_object() && json->contains("format") && json->at("format").is_string() ? json->at("format").get<std::string>() : "";
  if (format == compliance::kBriefingFormat) {
    const auto briefing = compliance::read_briefing(text);
    if (!briefing) return briefing.error();
    for (const auto& one : shelf.briefings)
      if (one.briefing.id == briefing->id && one.briefing.published >= briefing->published)
        return Error{ErrorKind::unsupported, "published: not after the one in force"};
    return NewFile{HandedOut::briefing, briefing->id};
  }
  if (format == compliance::kLifecycleFormat || format == compliance::kWindowsLevelsFormat) {
    const auto table = table_of(text);
    if (!table) return table.error();
    if (!is_later(shelf, *table))
      return Error{ErrorKind::unsupported, "version: not after the one in force, " + version_of_table(shelf, table->table.id)};
    return NewFile{HandedOut::table, table->table.id};
  }
  auto pack = pack_of(text, Origin::file);
  if (!pack) return pack.error();
  const auto id = pack->pack.id;
  if (!is_later(shelf, *pack))
    return Error{ErrorKind::unsupported, "version: not after the one in force, " + shelf.packs.find(id)->second.pack.version};
  auto tried = shelf;
  if (auto status = put(tried, std::move(*pack)); !status) return status.error();
  return NewFile{HandedOut::pack, id};
}

}  // namespace gokajo::hub

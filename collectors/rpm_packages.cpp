#include "collectors/rpm_packages.h"

#include <algorithm>

#include "collectors/seen.h"

namespace gokajo::collectors {

using compliance::SourceState, compliance::Tristate, compliance::UpdateSource, compliance::UpdateSources;
using platform::ask, platform::Error, platform::ErrorKind, platform::Host, platform::ListDirectory, platform::ReadFile, platform::Seen,
    platform::Time;

namespace {

bool is_folder_of(std::string_view folder, std::string_view id, IndexFolders layout) {
  if (layout == IndexFolders::by_id) return folder == id;
  constexpr std::size_t kHash = 16;
  return folder.size() == id.size() + 1 + kHash && folder.starts_with(id) && folder[id.size()] == '-' &&
         folder.substr(id.size() + 1).find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The index of one repository: the newest where more than one folder fits (its address changed).
struct CachedIndex {
  std::optional<parse::RepositoryIndex> index;
  std::string path;
  std::optional<Time> fetched;
  std::optional<Error> unreadable;
};

// The fetch is seen by ctime: the server's own time is put on mtime. Both programs touch a file beside the index when nothing was new.
std::optional<Time> newest_change(const Host& host, const std::string& folder) {
  std::optional<Time> newest;
  const auto listing = ask(host, ListDirectory{.path = folder});
  if (listing)
    for (const auto& entry : listing->entries)
      if (entry.status.type == platform::FileType::regular) newest = std::max(newest.value_or(Time{}), entry.status.changed);
  return newest;
}

CachedIndex cached_index(const Host& host, const std::string& folder) {
  CachedIndex cached;
  cached.path = folder + "/repodata/repomd.xml";
  const auto file = ask(host, ReadFile{.path = cached.path});
  if (!file) {
    if (file.error().kind != ErrorKind::not_found) cached.unreadable = file.error();
    return cached;
  }
  cached.index = parse::repository_index(file->bytes.data);
  if (!cached.index) cached.unreadable = Error{ErrorKind::malformed, cached.path};
  cached.fetched = file->status.changed;
  for (const auto& beside : {newest_change(host, folder + "/repodata"), newest_change(host, folder)})
    if (beside) cached.fetched = std::max(*cached.fetched, *beside);
  return cached;
}

CachedIndex find_index(const Host& host, const std::vector<std::string>& folders, const std::string& cache, const std::string& id,
                       IndexFolders layout) {
  CachedIndex best;
  for (const auto& folder : folders) {
    if (!is_folder_of(folder, id, layout)) continue;
    auto cached = cached_index(host, cache + "/" + folder);
    if (cached.unreadable && !best.index)
      best = std::move(cached);
    else if (cached.index && (!best.index || best.fetched < cached.fetched))
      best = std::move(cached);
  }
  return best;
}

// All sections of all repository files; an unreadable file is an error, for it may hold any repository.
platform::Result<std::vector<parse::Section>> all_sections(const Host& host, const std::string& folder) {
  std::vector<parse::Section> all;
  const auto files = ask(host, ListDirectory{.path = folder});
  if (!files) return files.error();
  for (const auto& entry : files->entries) {
    if (!entry.name.ends_with(".repo")) continue;
    const auto file = ask(host, ReadFile{.path = folder + "/" + entry.name, .reducer = "package_repositories"});
    if (!file) return file.error();
    for (auto& section : parse::sections(file->bytes.data)) all.push_back(std::move(section));
  }
  return all;
}

bool leaves_out(const parse::Section& section) {
  return section.values.count("exclude") || section.values.count("excludepkgs") || section.values.count("includepkgs");
}

}  // namespace

Seen<std::vector<parse::RpmPackage>> installed_rpm_packages(const Host& host) {
  const auto seen = ask(host, platform::RunHelper{.helper = "rpm",
                                                  .arguments = {"-qa", "--qf", parse::kRpmFormat},
                                                  .unchanged_while = {"/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite",
                                                                      "/var/lib/rpm/Packages", "/usr/lib/sysimage/rpm/Packages.db"}});
  Seen<std::vector<parse::RpmPackage>> answer{Error{}, seen.source, seen.observed_at};
  if (!seen) {
    answer.result = seen.error();
  } else if (seen->exit_code != 0) {
    answer.result = Error{ErrorKind::failed, "rpm ended with " + std::to_string(seen->exit_code)};
  } else if (auto packages = parse::rpm_packages(seen->out.data); !packages) {
    answer.result = Error{ErrorKind::malformed, "expected five columns"};
  } else if (packages->empty()) {
    answer.result = Error{ErrorKind::failed, "the database of packages is empty"};
  } else {
    answer.result = std::move(*packages);
  }
  return answer;
}

std::string installed_version(const std::vector<parse::RpmPackage>& packages, const std::string& name, const std::string& architecture) {
  const parse::RpmPackage* found = nullptr;
  for (const auto& package : packages)
    if (package.name == name && package.architecture == architecture && (!found || found->installed_at < package.installed_at))
      found = &package;
  return found ? found->evr : "";
}

RpmRepositories rpm_repositories(const Host& host, compliance::PackageManager manager, const std::string& folder, const std::string& cache,
                                 IndexFolders layout) {
  RpmRepositories found;
  const auto listing = ask(host, ListDirectory{.path = cache});
  const auto sections = all_sections(host, folder);
  if (!sections || (!listing && listing.error().kind != ErrorKind::not_found)) {
    const Error error = sections ? listing.error() : sections.error();
    found.sources = compliance::no_fact<UpdateSources>(error, sections ? cache : folder, listing.observed_at);
    return found;
  }
  std::vector<std::string> folders;
  if (listing)
    for (const auto& entry : listing->entries) folders.push_back(entry.name);
  UpdateSources sources;
  sources.manager = manager;
  for (const auto& section : *sections) {
    if (section.id == "main") continue;
    UpdateSource source;
    source.name = section.id;
    if (!parse::is_on(section, "enabled", true)) {
      source.state = SourceState::disabled;
      sources.sources.push_back(std::move(source));
      continue;
    }
    const auto cached = find_index(host, folders, cache, section.id, layout);
    found.excluding = found.excluding || leaves_out(section);
    if (cached.index) {
      source.content_date = cached.index->made;
      source.fetched_at = cached.fetched;
      source.security = cached.index->has_advisories ? Tristate::yes : Tristate::unknown;
      if (cached.index->has_advisories) found.with_advisories.insert(section.id);
      found.indexes.push_back(cached.path);
    } else {
      source.state = cached.unreadable ? SourceState::unreadable : SourceState::never_fetched;
      found.unfetched.push_back(section.id);
    }
    sources.sources.push_back(std::move(source));
  }
  sources.security_channel = found.with_advisories.empty() ? compliance::SecurityChannel::unknown : compliance::SecurityChannel::advisories;
  found.sources = compliance::fact(std::move(sources), folder, listing.observed_at);
  return found;
}

}  // namespace gokajo::collectors

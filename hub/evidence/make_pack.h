/// \file
/// Makes an evidence pack, and keeps its file in <state>/evidence/<company>/<number>.zip until nobody needs it there any more.
#pragma once

#include <functional>
#include <string>

#include "hub/evidence/contents.h"
#include "hub/evidence_store.h"
#include "hub/library.h"
#include "hub/secrets.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr platform::Days kKeepPackFiles{30};
inline constexpr platform::Days kLongestPeriod{400};

/// `from` to `until`, which is outside; what lies ahead of now is left out. `who`: asked for it.
struct PackWish {
  std::string tenant;
  PackKind kind = PackKind::internal;
  Time from{};
  Time until{};
  std::string who;
};

/// `store`: for nothing else meanwhile, outside a transaction.
struct PackMaker {
  const std::string& directory;  ///< the hub's (hub/state.h)
  Store& store;
  const Pepper& pepper;
  const Library* library = nullptr;
  std::function<bool()> goes_on = [] { return true; };  ///< asked now and then; false: Error{timed_out}
};

/// Reads in one reading transaction, so that nobody waits; writes in two short ones. Errors: not_found (no such company); malformed (no
/// period, or too long a one); timed_out (another pack of the company was finished meanwhile, or something was erased: try again); the
/// store's and the writer's.
platform::Result<EvidencePack> make_pack(const PackMaker& maker, const PackWish& wish, Time now);

/// Where its file lies.
std::string pack_file(const std::string& directory, const std::string& tenant, std::int64_t number);
/// "gokajo-yamada-3-teishutsu.zip": for whoever fetches it.
std::string pack_file_name(const EvidencePack& pack);
inline bool is_kept(const EvidencePack& pack, Time now) { return pack.kept_until > now; }

/// Removes files of packs that are kept no longer, and what was left by a hub that ended while it made one. Outside a transaction.
platform::Status sweep_pack_files(const std::string& directory, Store& store, Time now);

}  // namespace gokajo::hub

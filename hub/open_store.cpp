#include "hub/open_store.h"

#include <cstdlib>

#include "hub/evidence_store.h"
#include "hub/postgres/open.h"
#include "hub/sqlite_store.h"

namespace gokajo::hub {

bool is_postgres(const std::string& where) { return where.starts_with("postgres://") || where.starts_with("postgresql://"); }

platform::Result<std::unique_ptr<Store>> open_store(const std::string& where) {
  return is_postgres(where) ? open_postgres_store(where) : open_sqlite_store(where);
}

platform::Result<std::unique_ptr<MailQueue>> open_mail_queue(const std::string& where) {
  return is_postgres(where) ? open_postgres_mail_queue(where) : open_sqlite_mail_queue(where);
}

// Beside hub/store.h, which all of the hub reads and few need this of.
EvidenceStore& packs_of(Store& store) {
  auto* packs = dynamic_cast<EvidenceStore*>(&store);
  if (!packs) std::abort();  // a body without that side is a fault of this program
  return *packs;
}

}  // namespace gokajo::hub

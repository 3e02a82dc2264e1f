#include "hub/open_store.h"

#include <cstdlib>

#include "hub/evidence_store.h"
#include "hub/postgres/open.h"
#include "hub/rejudging_store.h"
#include "hub/sqlite_store.h"

namespace gokajo::hub {

bool is_postgres(const std::string& where) { return where.starts_with("postgres://") || where.starts_with("postgresql://"); }

platform::Result<std::unique_ptr<Store>> open_store(const std::string& where) {
  return is_postgres(where) ? open_postgres_store(where) : open_sqlite_store(where);
}

platform::Result<std::unique_ptr<MailQueue>> open_mail_queue(const std::string& where) {
  return is_postgres(where) ? open_postgres_mail_queue(where) : open_sqlite_mail_queue(where);
}

namespace {

// Beside hub/store.h, which all of the hub reads and few need this of.
template <class Side>
Side& side_of(Store& store) {
  auto* side = dynamic_cast<Side*>(&store);
  if (!side) std::abort();  // a body without that side is a fault of this program
  return *side;
}

}  // namespace

EvidenceStore& packs_of(Store& store) { return side_of<EvidenceStore>(store); }
RejudgingStore& rejudgings_of(Store& store) { return side_of<RejudgingStore>(store); }

}  // namespace gokajo::hub

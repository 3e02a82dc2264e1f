#include "hub/open_store.h"

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

}  // namespace gokajo::hub

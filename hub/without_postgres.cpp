// A build without libpq.
#include "hub/postgres/open.h"

namespace gokajo::hub {
namespace {

platform::Error without() { return {platform::ErrorKind::unsupported, "PostgreSQL: this gokajo-hub was built without libpq"}; }

}  // namespace

platform::Result<std::unique_ptr<Store>> open_postgres_store(const std::string&) { return without(); }
platform::Result<std::unique_ptr<MailQueue>> open_postgres_mail_queue(const std::string&) { return without(); }
platform::Result<int> prepare_postgres(const std::string&) { return without(); }
platform::Result<std::optional<std::string>> common_fact(const std::string&, const std::string&, const std::optional<std::string>&) {
  return without();
}
platform::Result<Moved> move_to_postgres(const std::string&, const std::string&) { return without(); }

}  // namespace gokajo::hub

#include "hub/export/xlsx.h"

namespace gokajo::hub {

bool can_write_xlsx() { return false; }

platform::Result<std::string> xlsx_of(const std::string&, compliance::Language, const std::function<platform::Status(const RowSink&)>&) {
  return platform::Error{platform::ErrorKind::unsupported, "this gokajo-hub was built without libxlsxwriter"};
}

}  // namespace gokajo::hub

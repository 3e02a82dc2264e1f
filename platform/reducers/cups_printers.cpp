/// \file
/// CUPS's printers.conf with everything dropped but the printers' names and whether they are shared: a DeviceURI may hold a password.
#include "platform/reducer.h"
#include "platform/reducers/kept_lines.h"

namespace gokajo::platform::reducers {

Result<std::string> cups_printers(std::string_view bytes) {
  return kept_lines(bytes, [](std::string_view line) {
    return line.starts_with("<Printer ") || line.starts_with("<DefaultPrinter ") || line.starts_with("</") || line.starts_with("Shared ");
  });
}

}  // namespace gokajo::platform::reducers

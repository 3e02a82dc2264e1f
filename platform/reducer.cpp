#include "platform/reducer.h"

#include <array>
#include <utility>

#include "platform/pattern.h"

namespace gokajo::platform {
namespace reducers {
#define GOKAJO_REDUCER(name) Result<std::string> name(std::string_view bytes);
#include "platform/reducers/reducers.inc"
#undef GOKAJO_REDUCER
}  // namespace reducers

Reducer find_reducer(std::string_view name) {
#define GOKAJO_REDUCER(reducer) \
  if (name == #reducer) return reducers::reducer;
#include "platform/reducers/reducers.inc"
#undef GOKAJO_REDUCER
  return nullptr;
}

bool keeps_days_only(std::string_view name) { return name == "wtmp_days" || name == "boot_days"; }

bool may_read_verbatim(const std::string& path) {
  if (path.find("/../") != std::string::npos) return false;
#define GOKAJO_VERBATIM(pattern, what) \
  if (fits(pattern, path, '/')) return true;
#include "platform/verbatim_paths.inc"
#undef GOKAJO_VERBATIM
  return false;
}

}  // namespace gokajo::platform

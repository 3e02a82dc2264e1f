#include "platform/reducer.h"

namespace gokajo::platform::reducers {

Result<std::string> verbatim(std::string_view bytes) { return std::string(bytes); }

}  // namespace gokajo::platform::reducers

#include "agent/page_template.h"

#include "platform/embedded.h"

namespace gokajo::agent {

std::string page_template(std::string_view name) {
  for (const auto& file : embedded::templates())
    if (file.name == name) return std::string(file.text);
  return {};
}

}  // namespace gokajo::agent

#include "compliance/memory.h"

namespace gokajo::compliance {

std::optional<Time> first_seen(const Memory& memory, std::string_view key) {
  const auto found = memory.first_seen.find(std::string(key));
  if (found == memory.first_seen.end()) return std::nullopt;
  return found->second;
}

platform::Json write_memory(const Memory& memory) {
  platform::Json out = platform::to_form(memory);
  out["format"] = kMemoryFormat;
  return out;
}

platform::Result<Memory> read_memory(platform::Json json) {
  const platform::Place top{"memory"};
  if (!json.is_object()) return platform::expected(top, "an object", json);
  const auto format = json.find("format");
  if (format == json.end() || *format != kMemoryFormat)
    return platform::misplaced(top.key("format"), std::string("expected \"") + kMemoryFormat + "\"");
  json.erase(format);
  Memory memory;
  if (auto status = platform::read_form(json, memory, top); !status) return status.error();
  return memory;
}

}  // namespace gokajo::compliance

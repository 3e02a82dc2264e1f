/// \file
/// Prints one schema of agent/schemas.h, or that of an evidence pack's manifest: gokajo_schema NAME > docs/schema/NAME.schema.json. Without
/// a name it lists them.
#include <cstdio>
#include <string_view>

#include <nlohmann/json.hpp>

#include "agent/schemas.h"
#include "hub/evidence/manifest.h"

namespace {

constexpr std::string_view kOfHub = "evidence-manifest";

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    for (const auto name : gokajo::agent::schema_names()) std::printf("%s\n", std::string(name).c_str());
    std::printf("%s\n", std::string(kOfHub).c_str());
    return 0;
  }
  const auto schema = argv[1] == kOfHub ? gokajo::hub::manifest_schema() : gokajo::agent::schema_of(argv[1]);
  if (schema.is_null()) return 64;
  std::printf("%s\n", schema.dump(2).c_str());
  return 0;
}

/// \file
/// A room's targets under libFuzzer: GOKAJO_FUZZ_TARGET names the one to run; GOKAJO_FUZZ_SEEDS=<folder> writes the seeds that stand in no
/// file; GOKAJO_FUZZ_LIST=1 prints each target with its patterns of seeds and ends.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "tests/fuzz/target.h"

namespace {

const gokajo::fuzz::Target* chosen = nullptr;

void list() {
  for (const auto& target : gokajo::fuzz::targets()) {
    std::printf("%s", target.name);
    for (const auto* seeds : target.seeds) std::printf("\t%s", seeds);
    std::printf("\n");
  }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (std::getenv("GOKAJO_FUZZ_LIST")) {
    list();
    std::exit(0);
  }
  const char* name = std::getenv("GOKAJO_FUZZ_TARGET");
  for (const auto& target : gokajo::fuzz::targets())
    if (name && std::string_view(name) == target.name) chosen = &target;
  if (!chosen) {
    std::fprintf(stderr, "GOKAJO_FUZZ_TARGET names no target of this program\n");
    std::exit(64);
  }
  if (const char* folder = std::getenv("GOKAJO_FUZZ_SEEDS"))
    for (std::size_t i = 0; i < chosen->written.size(); ++i)
      std::ofstream(std::string(folder) + "/written-" + std::to_string(i), std::ios::binary) << chosen->written[i];
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}

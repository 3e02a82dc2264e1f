// One cycle of the service over a recorded PC: scan, spool, one attempt to send. Tells on standard output what is spooled for good, the
// moment it is. The program itself has no such switch: what it reports is always the PC it runs on.
//   one_cycle STATE SNAPSHOT       ends with 0 where nothing waits, 75 where something does
#include <cstdio>
#include <memory>
#include <random>

#include "agent/files.h"
#include "agent/service.h"
#include "platform/service.h"
#include "platform/snapshot.h"

using namespace gokajo;

int main(int argc, char** argv) {
  if (argc != 3) return 64;
  platform::ignore_broken_pipes();
  const auto text = agent::read_whole_file(argv[2], platform::kMaxSnapshotBytes);
  auto snapshot = text ? platform::read_snapshot(*text) : platform::Result<platform::Snapshot>(text.error());
  if (!snapshot) return 65;
  auto service = agent::Service::open({.directory = argv[1],
                                       .host = [&] { return std::make_unique<platform::SnapshotHost>(*snapshot); },
                                       .clock = platform::system_clock(),
                                       .connect = &agent::http_client,
                                       .random = [] { return 0.5; },
                                       .goes_on = [] { return true; },
                                       .log = [](const std::string& line) { std::fprintf(stderr, "%s\n", line.c_str()); },
                                       .spooled =
                                           [](protocol::Position position) {
                                             std::printf("spooled %lld %lld\n", static_cast<long long>(position.epoch),
                                                         static_cast<long long>(position.seq));
                                             std::fflush(stdout);
                                           }});
  if (!service) {
    std::fprintf(stderr, "%s\n", service.error().detail.c_str());
    return 78;
  }
  if (!*service) return 69;
  (*service)->once();
  return (*service)->waiting().value_or(0) == 0 ? 0 : 75;
}

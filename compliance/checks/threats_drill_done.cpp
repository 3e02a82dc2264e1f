#include "compliance/checks.h"
#include "compliance/readings.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  return judge_readings(ReadingKind::drill, "threats.drill-done", evidence, settings, memory, now);
}

}  // namespace

// A year, as SCS ★3 4-2-2-1 has it; briefings of the month are no drill.
const Check threats_drill_done{
    .id = "threats.drill-done", .judge = judge, .settings = {{"max_days", std::int64_t{365}}, {"grace_days", std::int64_t{30}}}};

}  // namespace gokajo::compliance

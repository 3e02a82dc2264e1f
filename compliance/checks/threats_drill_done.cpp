#include "compliance/checks.h"
#include "compliance/readings.h"

namespace gokajo::compliance {
namespace {

constexpr const char* kId = "threats.drill-done";

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  return judge_readings(ReadingKind::drill, kId, evidence, settings, memory, now);
}

}  // namespace

// A year, as SCS ★3 4-2-2-1 has it; briefings of the month are no drill.
const Check threats_drill_done{.id = kId, .judge = judge, .settings = {{"max_days", std::int64_t{365}}, {"grace_days", std::int64_t{30}}}};

}  // namespace gokajo::compliance

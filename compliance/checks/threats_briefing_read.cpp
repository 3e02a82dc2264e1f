#include "compliance/checks.h"
#include "compliance/readings.h"

namespace gokajo::compliance {
namespace {

Finding judge(const Evidence& evidence, const Settings& settings, const Memory& memory, Time now) {
  return judge_readings(ReadingKind::briefing, "threats.briefing-read", evidence, settings, memory, now);
}

}  // namespace

const Check threats_briefing_read{
    .id = "threats.briefing-read", .judge = judge, .settings = {{"max_days", std::int64_t{120}}, {"grace_days", std::int64_t{30}}}};

}  // namespace gokajo::compliance

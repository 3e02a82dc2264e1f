#include "collectors/collect.h"

#include "collectors/device.h"
#include "collectors/people.h"

namespace gokajo::collectors {

compliance::Evidence collect(const platform::Host& host, Progress progress, void* context) {
  const auto tell = [&](const char* topic) {
    if (progress) progress(topic, context);
  };
  compliance::Evidence evidence;
  tell("device");
  evidence.device = collect_device_linux(host);
  tell("extras");
  evidence.extras.people = collect_people_linux(host);
  return evidence;
}

}  // namespace gokajo::collectors

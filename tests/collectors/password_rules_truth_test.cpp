#include <filesystem>

#include <doctest/doctest.h>

#include "collectors/device.h"
#include "collectors/passwords.h"
#include "platform/json_form.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

namespace {

/// A PC made of the files that were recorded with the real programs' answer.
FakeHost recorded_host(const platform::Json& recorded) {
  FakeHost host;
  std::map<std::string, std::vector<std::string>> folders;
  for (const auto& [path, text] : recorded.at("files").items()) {
    if (path.starts_with("/etc/pam.d/")) {
      host.file(path, *platform::find_reducer("pam_stack")(text.get<std::string>()), "pam_stack");
    } else {
      host.file(path, text.get<std::string>());
      const auto slash = path.rfind('/');
      folders[path.substr(0, slash)].push_back(path.substr(slash + 1));
    }
  }
  for (const auto& [folder, names] : folders) host.directory(folder, names);
  return host;
}

}  // namespace

TEST_CASE("the shortest password we report is the first that pamtester really changed to") {
  std::size_t seen = 0;
  for (const auto& file : std::filesystem::directory_iterator(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/passwords/pam")) {
    const auto name = file.path().stem().string();
    if (name == "SOURCES") continue;
    CAPTURE(name);
    ++seen;
    const auto recorded = platform::parse_json(test_data("passwords/pam/" + name + ".json"), 1 << 20);
    REQUIRE(recorded);
    std::optional<std::int64_t> first;
    for (const auto* key : {"first_mixed", "first_lower"}) {
      const auto& value = recorded->at(key);
      if (value.is_number() && (!first || value.get<std::int64_t>() < *first)) first = value.get<std::int64_t>();
    }
    const auto host = recorded_host(*recorded);
    collectors::PamReader pam(host);
    const auto rules = collectors::collect_password_rules_linux(host, pam, collectors::collect_device_linux(host));
    REQUIRE_MESSAGE(rules, rules.detail);
    CHECK(rules->at("passwd").shortest == first);
  }
  CHECK(seen >= 38);
}

}  // namespace gokajo::tests

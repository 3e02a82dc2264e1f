#include "agent/windows_proof.h"

#include <doctest/doctest.h>

#include "tests/support/described_windows.h"

namespace gokajo::tests {

using platform::Json;

namespace {

struct Made {
  std::string text;
  Json json;
};

Made proof_of(const DescribedPc& pc) {
  const platform::RecordingHost recorder(pc.host);
  const auto result = agent::scan(recorder, agent::ScanInput{*compliance::built_in_pack("6kajo")}, pc.host.at());
  REQUIRE(result);
  auto text = agent::windows_proof({pc.host.at(), recorder.answers(), nullptr, nullptr}, *result, "1.2.3");
  auto json = Json::parse(text);
  return {std::move(text), std::move(json)};
}

const DescribedPc& described(const std::string& name) {
  for (const auto& pc : described_windows())
    if (pc.name == name) return pc;
  FAIL(name);
  return described_windows().front();
}

// All texts below a key of the description, and the names of accounts and shares.
void names_in(const Json& description, std::vector<std::string>& names) {
  for (const char* api : {"users", "shares"})
    if (const auto found = description.at("apis").find(api); found != description.at("apis").end() && found->is_array())
      for (const auto& row : *found)
        for (const char* column : {"name", "path", "remark"})
          if (row.contains(column) && row.at(column).is_string() && row.at(column).get<std::string>().size() > 3)
            names.push_back(row.at(column).get<std::string>());
}

}  // namespace

TEST_CASE("no name of a person, share or folder and no machine's SID is in a proof, of any described PC") {
  std::size_t looked_for = 0;
  for (const auto& pc : described_windows()) {
    CAPTURE(pc.name);
    if (!pc.host.description().contains("apis")) continue;
    const auto made = proof_of(pc);
    std::vector<std::string> names;
    names_in(pc.host.description(), names);
    for (const auto& name : names) {
      ++looked_for;
      CHECK_MESSAGE(made.text.find(Json(name).dump().substr(1, Json(name).dump().size() - 2)) == std::string::npos, name);
    }
    for (const char* part : {"3623811015", "3361044348", "30300820", "1004336348", "1943430372", "tanaka", "C:\\\\Users"})
      CHECK_MESSAGE(made.text.find(part) == std::string::npos, part);
  }
  CHECK(looked_for > 500);
}

TEST_CASE("a proof keeps what is to be proven") {
  const auto made = proof_of(described("japanese-names"));
  CHECK(made.json.at("format") == agent::kWindowsProofFormat);
  CHECK(made.json.at("version") == "1.2.3");
  REQUIRE(made.json.at("items").size() == 12);
  const auto& answers = made.json.at("answers");
  const auto answer = [&](const char* of, const char* name) -> const Json& {
    for (const auto& one : answers)
      if (one.at("asked").value(of, "") == name) return one;
    FAIL(name);
    return answers;
  };
  const auto& version = answer("registry", "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion").at("reply").at(0).at("values");
  CHECK(version.at("UBR").is_number());
  CHECK(version.at("EditionID") == "Professional");
  const auto& users = answer("api", "users").at("reply");
  CHECK(users.at(0).at("sid") == "S-1-5-21-#-#-#-500");
  CHECK(users.at(0).at("flags") == 66051);
  CHECK(users.at(4).at("name") == "(5 letters)");
  const auto& shares = answer("api", "shares").at("reply");
  CHECK(shares.at(4).at("share_sddl") == "D:(A;;0x1f01ff;;;S-1-5-21-#-#-#-1001)");
  // Every item that a scan asks for has its answers.
  for (const std::size_t item : {0, 2, 3, 4, 7, 8}) {
    CAPTURE(item);
    CHECK_FALSE(made.json.at("items").at(item).at("answers").empty());
  }
  for (const auto& one : made.json.at("findings")) CHECK_FALSE(one.contains("parameters"));
}

TEST_CASE("a proof tells what failed by its kind and Windows' numbers alone") {
  const auto made = proof_of(described("nothing-broken"));
  std::size_t errors = 0;
  for (const auto& one : made.json.at("answers"))
    if (one.contains("error")) {
      ++errors;
      CHECK(one.at("error").size() == 2);
      CHECK_FALSE(one.at("error").at("kind").get<std::string>().empty());
    }
  CHECK(errors > 5);
}

}  // namespace gokajo::tests

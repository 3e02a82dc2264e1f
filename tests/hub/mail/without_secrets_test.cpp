#include "hub/mail/without_secrets.h"

#include <doctest/doctest.h>

#include "hub/mail/oauth.h"
#include "platform/json_form.h"

namespace gokajo::tests {

using hub::without_secrets;

TEST_CASE("what a server repeats of a password is cut, in each form it may have") {
  const std::vector<std::string> secrets = {"p4ss wörd/1", ""};
  const auto plain = platform::base64_encode(std::string("\0taro@example.jp\0p4ss wörd/1", 29));
  struct Row {
    std::string said, shown;
  };
  const Row rows[] = {
      {"535 5.7.8 not accepted", "535 5.7.8 not accepted"},
      {"535 not p4ss wörd/1, and not p4ss wörd/1", "535 not ***, and not ***"},
      {"501 cannot decode " + plain + " here", "501 cannot decode *** here"},
      {"501 " + plain.substr(0, plain.find('=')) + "x is too long", "501 *** is too long"},
      {"400 client_secret=p4ss%20w%C3%B6rd%2F1&x=y", "400 client_secret=***&x=y"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.said);
    CHECK(without_secrets(row.said, secrets).starts_with(row.shown));
    CHECK(without_secrets(row.said, {}) == row.said);
  }
}

TEST_CASE("a token endpoint that repeats the client's secret does not bring it into a log") {
  const auto refused = hub::read_token(R"({"error":"invalid_grant","error_description":"no user of 1\/\/refresh and s3cret"})", {},
                                       {"1//refresh", "s3cret"});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().detail == "token endpoint: invalid_grant: no user of *** and ***");
}

}  // namespace gokajo::tests

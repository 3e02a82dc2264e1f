#include "hub/web/done.h"

#include <set>

#include "hub/web/layout.h"
#include "hub/web/route.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;

namespace {

bool shows(const HttpReply& reply, const std::string& text) { return reply.body.find(text) != std::string::npos; }

// Forms that lead to no page that was open before: they sign in or hand out a file, or their own page answers.
const std::set<std::string_view> kSayThemselves = {
    "/sign-in",
    "/sign-in/code",
    "/sign-in/mail",
    "/enter",
    "/set-up",
    "/me/totp",
    "/me/totp/off",
    "/me/export",
    "/c/{company}/enrol/codes",
    "/c/{company}/devices/{device}/export",
    "/hub/mail/test",
    "/hub/person/export",
    "/hub/person/erase",
};

HttpReply led_to(const std::string& location, int status = 303) {
  HttpReply reply{status, {{"location", location}}, {}};
  add_done(reply, *match_route("POST", "/c/yamada/people/remove")->route);
  return reply;
}

}  // namespace

TEST_CASE("every form says on the page behind it that it was taken, or is known to say so itself") {
  std::set<std::string_view> forms;
  for (const auto& route : routes()) {
    if (route.method != "POST") continue;
    INFO(route.path);
    forms.insert(route.path);
    CHECK(route.done.empty() == kSayThemselves.contains(route.path));
    if (!route.done.empty()) CHECK(has_page_word("done." + std::string(route.done)));
  }
  for (const auto& path : kSayThemselves) CHECK(forms.contains(path));
}

TEST_CASE("the word goes before the place on the page, and never beside another that stands there") {
  CHECK(led_to("/c/yamada/people").headers.at("location") == "/c/yamada/people?done=removed");
  CHECK(led_to("/c/yamada/answers#q-nas").headers.at("location") == "/c/yamada/answers?done=removed#q-nas");
  CHECK(led_to("/c/yamada/sheet?number=wrong").headers.at("location") == "/c/yamada/sheet?number=wrong");
  CHECK(led_to("/c/yamada/people", 422).headers.at("location") == "/c/yamada/people");
}

TEST_CASE("one who comes back from a form reads that it was taken; an address alone can say nothing else") {
  Pages pages;
  pages.add_person("keeper", "yamada", Role::administrator);
  Browser browser{pages};
  browser.sign_in(pages.add_person("tanaka", "yamada", Role::administrator));
  const auto reply = browser.post("/c/yamada/people/role", {{"person", "keeper"}, {"role", "viewer"}});
  REQUIRE(reply.status == 303);
  CHECK(reply.headers.at("location") == "/c/yamada/people?done=saved");
  const auto said = browser.get(reply.headers.at("location"));
  REQUIRE(said.status == 200);
  CHECK(shows(said, "<p class=\"done\" role=\"status\">保存しました。</p>"));
  for (const char* address : {"/c/yamada/people", "/c/yamada/people?done=", "/c/yamada/people?done=Bitte%20anrufen",
                              "/c/yamada/people?done=not_found", "/c/yamada/people?done=%3Cb%3E", "/c/yamada/nowhere?done=saved"})
    CHECK_FALSE(shows(browser.get(address), "class=\"done\""));
  // Nor does a form that was refused.
  CHECK_FALSE(
      shows(browser.post("/c/yamada/people/role", {{"person", "nobody"}, {"role", "viewer"}, {"done", "saved"}}), "class=\"done\""));
}

}  // namespace gokajo::tests

#include "hub/web/layout.h"
#include "hub/web/route.h"
#include "tests/hub/web/visitor.h"

namespace gokajo::tests {

using namespace hub;

namespace {

// Everybody who may come by. `tenant`: where they belong; the pages asked for are of "yamada".
struct Kind {
  const char* name;
  bool signed_in;
  std::string tenant;
  Role role;
  bool runs_hub;
};
const Kind kKinds[] = {
    {"nobody", false, "", Role::viewer, false},
    {"viewer", true, "yamada", Role::viewer, false},
    {"owner", true, "yamada", Role::owner, false},
    {"administrator", true, "yamada", Role::administrator, false},
    {"adviser", true, "yamada", Role::adviser, false},
    {"viewer of another", true, "sato", Role::viewer, false},
    {"owner of another", true, "sato", Role::owner, false},
    {"administrator of another", true, "sato", Role::administrator, false},
    {"adviser of another", true, "sato", Role::adviser, false},
    {"of no company", true, "", Role::viewer, false},
    {"who runs the hub", true, "", Role::viewer, true},
};

// Written out, not taken from hub/web/permission.h.
bool expected(const Kind& kind, Need need) {
  const bool inside = kind.signed_in && kind.tenant == "yamada";
  switch (need) {
    case Need::nobody:
      return true;
    case Need::person:
      return kind.signed_in;
    case Need::look:
      return inside;
    case Need::manage:
      return inside && kind.role != Role::viewer;
    case Need::run_hub:
      return kind.runs_hub;
  }
  return false;
}

std::string path_of(const Route& route, const std::string& company = "yamada") {
  std::string path(route.path);
  const auto named = path.find("{company}");
  if (named != std::string::npos) path.replace(named, 9, company);
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{'))
    path.replace(open, path.find('}', open) - open + 1, "some-0");
  return path;
}

bool is_refusal(const HttpReply& reply, const Browser& browser) {
  const auto language = browser.language == "en" ? compliance::Language::en : compliance::Language::ja;
  return (reply.status == 401 && reply.body.find("action=\"/sign-in\"") != std::string::npos) ||
         (reply.status == 404 && reply.body.find(page_word("message.not_found", language)) != std::string::npos);
}

struct Scene {
  explicit Scene(const Kind& kind) {
    pages.office.add_company("sato");
    // Somebody else manages each, so that nothing fails for want of a manager.
    pages.add_person("keeper", "yamada", Role::administrator);
    browser.get("/sign-in");
    if (kind.signed_in) browser.sign_in(pages.add_person("visitor", kind.tenant, kind.role, kind.runs_hub));
  }
  Pages pages;
  Browser browser{pages};
};

}  // namespace

TEST_CASE("each page opens to whom it is for, and to nobody else") {
  REQUIRE(routes().size() >= 20);
  for (const auto& kind : kKinds) {
    // A new one after whatever may have changed something; what is only looked at or refused does not.
    std::optional<Scene> scene;
    for (const auto& route : routes()) {
      if (!scene) scene.emplace(kind);
      const auto asked = [&](const std::string& path) {
        return route.method == "GET" ? scene->browser.get(path) : scene->browser.post(path, {});
      };
      const auto reply = asked(path_of(route));
      INFO(route.method, " ", route.path, " by ", kind.name, ": ", reply.status);
      if (route.need != Need::nobody) CHECK(is_refusal(reply, scene->browser) != expected(kind, route.need));
      CHECK(reply.status != 503);
      if (route.path.find("{company}") != std::string_view::npos && kind.signed_in)
        CHECK(is_refusal(asked(path_of(route, "nowhere")), scene->browser));
      if (route.need == Need::nobody || (route.method != "GET" && expected(kind, route.need))) scene.reset();
    }
  }
}

TEST_CASE("what is refused looks alike whether or not the company exists") {
  Scene scene(kKinds[7]);
  const auto other = scene.browser.get("/c/yamada");
  const auto nowhere = scene.browser.get("/c/nowhere");
  CHECK(other.status == 404);
  CHECK(other.body == nowhere.body);
}

TEST_CASE("opening a page changes nothing") {
  for (const auto& kind : kKinds) {
    Scene scene(kind);
    const auto before = scene.pages.office.fingerprint();
    for (const auto& route : routes()) {
      if (route.method != "GET") continue;
      scene.browser.get(path_of(route));
      scene.browser.get(path_of(route) + "?key=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA&person=keeper&role=viewer");
      INFO(route.path, " by ", kind.name);
      CHECK(scene.pages.office.fingerprint() == before);
    }
  }
}

TEST_CASE("no form is taken that another page sent, or that lacks this one's token") {
  for (const auto& route : routes()) {
    if (route.method != "POST") continue;
    Scene scene({"administrator who runs the hub", true, "yamada", Role::administrator, true});
    auto& browser = scene.browser;
    const auto before = scene.pages.office.fingerprint();
    const auto path = path_of(route);
    const std::map<std::string, std::string> fields{{"person", "keeper"}, {"role", "viewer"}, {"name", "x"}};
    INFO(path);
    const auto refused = [&](const HttpReply& reply) { return reply.status == 403 && scene.pages.office.fingerprint() == before; };
    CHECK(refused(browser.send({"POST", path, {}, "person=keeper&role=viewer", browser.address})));
    auto wrong = fields;
    wrong["token"] = std::string(64, '0');
    CHECK(refused(browser.post(path, wrong)));
    // The token of a visitor who is not signed in, and that of another person.
    Browser other{scene.pages};
    other.get("/sign-in");
    wrong["token"] = other.token;
    CHECK(refused(browser.post(path, wrong)));
    other.sign_in(scene.pages.add_person("other", "yamada", Role::administrator));
    const auto with_other = scene.pages.office.fingerprint();
    wrong["token"] = other.token;
    CHECK(browser.post(path, wrong).status == 403);
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{{"origin", "https://evil.example"},
                                                                                      {"origin", "null"},
                                                                                      {"origin", "http://hub.example.jp:8443"},
                                                                                      {"sec-fetch-site", "cross-site"},
                                                                                      {"sec-fetch-site", "same-site"},
                                                                                      {"sec-fetch-site", "none"}}) {
      browser.headers = {{name, value}};
      CHECK(browser.post(path, fields).status == 403);
    }
    CHECK(scene.pages.office.fingerprint() == with_other);
    // And what does come from it is taken.
    browser.headers = {{"origin", "https://hub.example.jp:8443"}, {"sec-fetch-site", "same-origin"}};
    CHECK(browser.post(path, fields).status != 403);
  }
}

TEST_CASE("what is not in the table does not exist") {
  Scene scene(kKinds[3]);
  for (const char* path :
       {"/debug", "/metrics", "/admin", "/c", "/c/", "/c/yamada/", "/c//people", "/c/yamada/people/", "/c/yamada/../sato", "/c/%79amada",
        "/c/yamada%00", "//", "/index.html", "/.git/config", "/me/", "/enter/x", "*", ""})
    CHECK(scene.browser.get(path).status == 404);
  for (const char* method : {"PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "get"})
    CHECK(scene.browser.send({method, "/me", {}, "", "192.0.2.9"}).status == 405);
  CHECK(scene.browser.get("/sign-out").status == 405);
}

}  // namespace gokajo::tests

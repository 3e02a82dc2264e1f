#include "tests/hub/web/visitor.h"

#include "hub/web/layout.h"

namespace gokajo::tests {

using namespace hub;

Person Pages::add_person(const std::string& name, const std::string& tenant, Role role, bool runs_hub) {
  Person person;
  person.id = name;
  person.mail = name + "@example.jp";
  person.name = name;
  person.runs_hub = runs_hub;
  person.created = at(0);
  write([&](Store& s) { return s.put_person(person); });
  if (!tenant.empty()) write([&](Store& s) { return s.put_membership({tenant, person.id, role, at(0)}); });
  return person;
}

void Pages::write(const std::function<platform::Status(Store&)>& work) {
  REQUIRE(office.store->begin());
  REQUIRE(work(*office.store));
  REQUIRE(office.store->commit());
}

std::string hidden(const std::string& page, const std::string& name) {
  const auto start = "name=\"" + name + "\" value=\"";
  const auto at = page.find(start);
  if (at == std::string::npos) return {};
  return page.substr(at + start.size(), page.find('"', at + start.size()) - at - start.size());
}

HttpReply Browser::send(HttpRequest request) {
  request.headers["accept-language"] = language;
  request.headers["host"] = "hub.example.jp:8443";
  for (const auto& [name, value] : headers) request.headers[name] = value;
  std::string jar;
  for (const auto& [name, value] : cookies) jar += (jar.empty() ? "" : "; ") + name + "=" + value;
  if (!jar.empty()) request.headers["cookie"] = jar;
  auto reply = pages.web.handle(request, now);
  if (const auto set = reply.headers.find("set-cookie"); set != reply.headers.end()) {
    const auto equals = set->second.find('=');
    cookies[set->second.substr(0, equals)] = set->second.substr(equals + 1, set->second.find(';') - equals - 1);
  }
  if (const auto found = hidden(reply.body, "token"); !found.empty()) token = found;
  return reply;
}

HttpReply Browser::post(const std::string& target, std::map<std::string, std::string> fields) {
  fields.emplace("token", token);
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + name + "=" + escaped_for_query(value);
  return send({"POST", target, {}, body, address});
}

void Browser::sign_in(const Person& person) {
  std::string link;
  pages.write([&](Store& s) -> platform::Status {
    link = *make_sign_in_link(s, pages.office.pepper, "", person, now + std::chrono::minutes{1});
    return platform::Done{};
  });
  const auto page = get(link);
  REQUIRE(page.status == 200);
  const auto entered = post("/enter", {{"key", hidden(page.body, "key")}});
  REQUIRE(entered.status == 303);
  get("/me");  // its token is the sign-in's
}

}  // namespace gokajo::tests

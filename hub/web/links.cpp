#include "hub/web/links.h"

#include "hub/post_office.h"
#include "hub/web/web.h"

namespace gokajo::hub {

using platform::Result;

namespace {

// A name of hosts, or an address that wants brackets.
std::string in_brackets(const std::string& name) { return name.find(':') == std::string::npos ? name : "[" + name + "]"; }

Result<std::string> add(Store& store, const Pepper& pepper, const std::string& start, PersonKey key) {
  const auto word = random_word(kCookieCharacters);
  key.hash = pepper.hash("link", word);
  if (auto added = store.add_key(key); !added) return added.error();
  return start + word;
}

}  // namespace

Result<std::string> hub_address(const HubState& state) {
  auto public_url = find_public_url(state.directory);
  if (!public_url) return public_url.error();
  if (!public_url->empty()) {
    while (public_url->ends_with('/')) public_url->pop_back();
    return *public_url;
  }
  const auto serving = read_serving(state);
  if (!serving) return serving.error();
  const auto name = serving->names.empty() ? std::string("localhost") : serving->names.front();
  return "https://" + in_brackets(name) + ":" + std::to_string(serving->port);
}

Result<std::string> make_set_up_link(Store& store, const Pepper& pepper, const std::string& address, Time now) {
  if (auto gone = store.remove_keys(""); !gone) return gone.error();
  return add(store, pepper, address + "/set-up?key=", {{}, KeyPurpose::set_up, {}, now + kSetUpFor});
}

Result<std::string> make_sign_in_link(Store& store, const Pepper& pepper, const std::string& address, const Person& person,
                                      Time valid_until) {
  return add(store, pepper, address + "/enter?key=", {{}, KeyPurpose::sign_in, person.id, valid_until});
}

}  // namespace gokajo::hub

#include "hub/web/done.h"

#include <algorithm>
#include <string>

namespace gokajo::hub {

bool is_done_word(std::string_view word) {
  const auto all = routes();
  return !word.empty() && std::any_of(all.begin(), all.end(), [&](const Route& one) { return one.done == word; });
}

void add_done(HttpReply& reply, const Route& form) {
  if (reply.status != 303 || form.done.empty()) return;
  auto& to = reply.headers["location"];
  if (to.find('?') != std::string::npos) return;
  to.insert(std::min(to.find('#'), to.size()), "?done=" + std::string(form.done));
}

}  // namespace gokajo::hub

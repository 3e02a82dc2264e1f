#include "hub/web/done.h"

#include <algorithm>
#include <string>

namespace gokajo::hub {

namespace {

struct Taken {
  std::string_view path;
  std::string_view word;
};

// A form that also comes back where nothing was done (/me/totp) has no row: its page shows how things stand.
constexpr Taken kTaken[] = {
    {"/sign-out", "signed_out"},
    {"/me/name", "saved"},
    {"/me/password", "saved"},
    {"/me/sign-ins/end", "ended"},
    {"/companies/new", "saved"},
    {"/c/{company}/comment", "saved"},
    {"/c/{company}/devices/{device}/scan", "asked"},
    {"/c/{company}/devices/{device}/group", "saved"},
    {"/c/{company}/devices/{device}/plan", "saved"},
    {"/c/{company}/devices/{device}/name", "saved"},
    {"/c/{company}/devices/{device}/rest", "saved"},
    {"/c/{company}/devices/{device}/wake", "saved"},
    {"/c/{company}/devices/{device}/remove", "removed"},
    {"/c/{company}/devices/{device}/replace", "saved"},
    {"/c/{company}/devices/{device}/erase", "erased"},
    {"/c/{company}/evidence", "asked"},
    {"/c/{company}/people/invite", "invited"},
    {"/c/{company}/people/role", "saved"},
    {"/c/{company}/people/remove", "removed"},
    {"/c/{company}/answers", "saved"},
    {"/c/{company}/answers/withdraw", "withdrawn"},
    {"/c/{company}/answers/pcs", "saved"},
    {"/c/{company}/answers/pcs/withdraw", "withdrawn"},
    {"/c/{company}/briefings", "saved"},
    {"/c/{company}/diagnosis/answers", "saved"},
    {"/c/{company}/declaring", "saved"},
    {"/c/{company}/basic-policy", "saved"},
    {"/c/{company}/basic-policy/published", "asked"},
    {"/c/{company}/sheet", "saved"},
    {"/c/{company}/sheet/owner", "saved"},
    {"/c/{company}/sheet/confirm", "confirmed"},
    {"/c/{company}/sheet/declaration", "saved"},
    {"/c/{company}/enrol/codes/revoke", "withdrawn"},
    {"/c/{company}/enrol/approve", "approved"},
    {"/c/{company}/enrol/refuse", "refused"},
    {"/c/{company}/exceptions", "saved"},
    {"/c/{company}/exceptions/end", "withdrawn"},
    {"/c/{company}/thresholds", "saved"},
    {"/c/{company}/thresholds/end", "withdrawn"},
    {"/hub/mail", "saved"},
    {"/hub/mail/end", "withdrawn"},
};

}  // namespace

std::string_view done_word(std::string_view path) {
  const auto* found = std::find_if(std::begin(kTaken), std::end(kTaken), [&](const Taken& one) { return one.path == path; });
  return found == std::end(kTaken) ? std::string_view() : found->word;
}

bool is_done_word(std::string_view word) {
  return std::any_of(std::begin(kTaken), std::end(kTaken), [&](const Taken& one) { return one.word == word; });
}

void add_done(HttpReply& reply, std::string_view path) {
  const auto word = done_word(path);
  if (reply.status != 303 || word.empty()) return;
  auto& to = reply.headers["location"];
  if (to.find('?') != std::string::npos) return;
  to.insert(std::min(to.find('#'), to.size()), "?done=" + std::string(word));
}

}  // namespace gokajo::hub

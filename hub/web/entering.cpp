#include "hub/web/entering.h"

#include <algorithm>
#include <charconv>

#include "hub/network.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/sealed.h"
#include "hub/web/totp.h"
#include "hub/web/web.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Result;

namespace {

constexpr const char* kHalf = "half";
constexpr std::size_t kBrowserBytes = 80;
constexpr std::size_t kLongestMail = 254;  // RFC 5321, 4.5.3.1.3; more of what is typed would fill the memory of tries

TokenBuckets::Now clock_of(const Visit& visit) { return std::chrono::duration_cast<TokenBuckets::Now>(visit.now.time_since_epoch()); }

// Who passed the first factor, until when, and where to: "<person>\n<seconds>\n<path>".
struct Half {
  std::string person;
  Time until{};
  std::string to;
};

std::optional<Half> read_half(const std::string& text) {
  const auto first = text.find('\n');
  const auto second = first == std::string::npos ? first : text.find('\n', first + 1);
  if (second == std::string::npos) return std::nullopt;
  std::int64_t seconds = 0;
  const auto read = std::from_chars(text.data() + first + 1, text.data() + second, seconds);
  if (read.ptr != text.data() + second) return std::nullopt;
  return Half{text.substr(0, first), Time{std::chrono::seconds{seconds}}, text.substr(second + 1)};
}

std::string cookie_for(const std::string& value, std::chrono::seconds left) {
  return std::string(kSignInCookie) + "=" + value + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(left.count());
}

HttpReply ask_code(const Visit& visit, const std::string& half, bool wrong) {
  PageData data;
  data.set("half", half);
  if (wrong) data.set("wrong", PageData::type::bool_true);
  return show(visit, "code.html", "sign_in.title", data, wrong ? 401 : 200);
}

}  // namespace

std::string tidy_mail(const std::string& mail) {
  auto small = mail;
  for (auto& c : small) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

std::string safe_path(const std::string& path) {
  // "//host" and "/\host" are other hosts to a browser.
  const bool own = path.size() <= 500 && path.starts_with('/') && !path.starts_with("//") && path.find('\\') == std::string::npos &&
                   std::all_of(path.begin(), path.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  return own ? path : "/";
}

bool may_try(Visit& visit, const std::string& typed) {
  const auto network = network_of(visit.request.address);
  const auto mail = typed.substr(0, kLongestMail);
  const auto now = clock_of(visit);
  auto& guessing = visit.guessing;
  if (guessing.by_network.has(network, now) && guessing.by_mail_from_there.has(mail + "\n" + network, now) &&
      guessing.by_mail.has(mail, now))
    return true;
  note(visit, "too-many-tries", {});
  return false;
}

void spent(Visit& visit, const std::string& typed) {
  const auto network = network_of(visit.request.address);
  const auto mail = typed.substr(0, kLongestMail);
  visit.guessing.by_network.take(network, clock_of(visit));
  visit.guessing.by_mail_from_there.take(mail + "\n" + network, clock_of(visit));
  visit.guessing.by_mail.take(mail, clock_of(visit));
}

bool may_try_code(Visit& visit, const Person& person) {
  if (!may_try(visit, person.mail)) return false;
  if (visit.guessing.codes.has(person.id, clock_of(visit))) return true;
  note(visit, "too-many-tries", "code", &person);
  return false;
}

void spent_code(Visit& visit, const Person& person) {
  spent(visit, person.mail);
  visit.guessing.codes.take(person.id, clock_of(visit));
}

Result<HttpReply> begin_sign_in(Visit& visit, const Person& person, const std::string& to, const std::string& by) {
  auto& store = visit.store();
  // Whoever signs in anew has no use for the sign-in this browser had.
  if (visit.sign_in)
    if (auto gone = store.remove_sign_in(visit.sign_in->hash); !gone) return gone.error();
  const auto value = random_word(kCookieCharacters);
  const auto browser = platform::printable_utf8(visit.request.header("user-agent").substr(0, kBrowserBytes));
  if (auto put = store.put_sign_in(
          {visit.parts.pepper.hash("sign-in", value), person.id, visit.now, visit.now, visit.now + kSignedInFor, browser});
      !put)
    return put.error();
  if (auto told = store.add_deed({"", visit.now, person.name, "sign_in", person.mail, "", ""}); !told) return told.error();
  visit.set["set-cookie"] = cookie_for(value, kSignedInFor);
  note_when_done(visit, "signed-in", by, person);
  return see_other(safe_path(to));
}

platform::Status renew_sign_in(Visit& visit) {
  auto& sign_in = *visit.sign_in;
  if (auto gone = visit.store().remove_sign_in(sign_in.hash); !gone) return gone;
  const auto value = random_word(kCookieCharacters);
  sign_in.hash = visit.parts.pepper.hash("sign-in", value);
  visit.set["set-cookie"] = cookie_for(value, sign_in.valid_until - visit.now);
  return visit.store().put_sign_in(sign_in);
}

Result<HttpReply> pass_first_factor(Visit& visit, const Person& person, const std::string& to, const std::string& by) {
  if (person.totp.empty()) return begin_sign_in(visit, person, to, by);
  const auto until = (visit.now + kHalfFor).time_since_epoch().count();
  return ask_code(visit, seal_text(visit.parts.pepper, kHalf, person.id + "\n" + std::to_string(until) + "\n" + safe_path(to)), false);
}

Result<HttpReply> sign_in_with_code(Visit& visit) {
  const auto opened = unseal_text(visit.parts.pepper, kHalf, visit.field("half"));
  const auto half = opened ? read_half(*opened) : std::nullopt;
  if (!half || half->until < visit.now) return see_other("/sign-in");
  auto person = visit.store().person(half->person);
  if (!person) return see_other("/sign-in");
  if (!may_try_code(visit, *person)) return message_page(visit, 429, "too_many");
  const auto secret = unseal(visit.parts.pepper, "totp", person->totp);
  const auto key = secret ? read_totp_key(*secret) : std::nullopt;
  const auto step = key ? match_totp(*key, visit.field("code"), visit.now, person->totp_step) : std::nullopt;
  if (!step) {
    spent_code(visit, *person);
    note(visit, "sign-in-refused", "code", &*person);
    return ask_code(visit, visit.field("half"), true);
  }
  person->totp_step = *step;
  if (auto put = visit.store().put_person(*person); !put) return put.error();
  return begin_sign_in(visit, *person, half->to, "code");
}

}  // namespace gokajo::hub

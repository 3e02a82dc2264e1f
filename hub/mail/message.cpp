#include "hub/mail/message.h"

#include <algorithm>
#include <array>

#include "platform/bytes.h"
#include "platform/json_form.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxAddress = 254;  // RFC 5321 section 4.5.3.1.3, without the brackets
constexpr std::size_t kWordBytes =
    39;  // 52 characters of base64: with "Reply-To: " the line stays below 78 (RFC 2047 section 2, RFC 5322 section 2.1.1)
constexpr std::size_t kBase64Line = 76;  // RFC 2045 section 6.8
constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

bool is_atom(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._%+-").find(c) != std::string_view::npos;
}

std::string one_line(std::string_view text) {
  std::string out = platform::printable_utf8(text);
  for (auto& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 0x7f; }) && text.find("=?") == std::string_view::npos;
}

// Words of at most kWordBytes of whole characters, each on a line of its own.
std::string encoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto end = std::min(kWordBytes, text.size());
    while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) --end;
    out += (out.empty() ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?") + platform::base64_encode(text.substr(0, end)) + "?=";
    text.remove_prefix(end);
  }
  return out;
}

// A subject: as it is where it is short ASCII.
std::string header_text(std::string_view raw) {
  const auto text = one_line(raw);
  return is_plain(text) && text.size() < kBase64Line ? text : encoded(text);
}

std::string header_mailbox(const Mailbox& box) {
  const auto name = one_line(box.name);
  if (name.empty()) return box.address;
  const bool word = is_plain(name) && name.size() < kWordBytes && name.find_first_of("\"\\()<>[]:;@,.") == std::string::npos;
  return (word ? name : encoded(name)) + "\r\n <" + box.address + ">";
}

std::string date_text(platform::Time time) {
  const auto day = std::chrono::floor<platform::Days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  const auto two = [](auto value) { return (value < 10 ? "0" : "") + std::to_string(value); };
  return std::string(kDays[std::chrono::weekday{day}.c_encoding()]) + ", " + two(static_cast<unsigned>(date.day())) + " " +
         kMonths[static_cast<unsigned>(date.month()) - 1] + " " + std::to_string(static_cast<int>(date.year())) + " " +
         two(clock.hours().count()) + ":" + two(clock.minutes().count()) + ":" + two(clock.seconds().count()) + " +0000";
}

std::string body_part(const char* type, std::string_view body) {
  std::string crlf;
  for (const char c : body) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const auto base64 = platform::base64_encode(crlf);
  std::string out = std::string("Content-Type: ") + type + "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n";
  for (std::size_t at = 0; at < base64.size(); at += kBase64Line) out += base64.substr(at, kBase64Line) + "\r\n";
  return out;
}

}  // namespace

bool is_mail_address(std::string_view address) {
  const auto at = address.find('@');
  if (address.size() > kMaxAddress || at == std::string_view::npos || at == 0 || at + 1 == address.size()) return false;
  const auto local = address.substr(0, at), domain = address.substr(at + 1);
  return std::all_of(local.begin(), local.end(), is_atom) && std::all_of(domain.begin(), domain.end(), is_atom) &&
         domain.find_first_of("_%+") == std::string_view::npos && domain.front() != '.' && domain.back() != '.' && address.front() != '-';
}

std::string make_message_id(std::string_view unique, const Mailbox& from) {
  const auto at = from.address.find('@');
  const auto domain = at == std::string::npos ? "gokajo.invalid" : from.address.substr(at + 1);
  return "<" + protocol::sha256_hex(unique).substr(0, 32) + "@" + domain + ">";
}

Result<std::string> write_message(const Message& message) {
  for (const auto* box : {&message.from, &message.to, &message.reply_to})
    if (!is_mail_address(box->address) && (box != &message.reply_to || !box->address.empty()))
      return Error{ErrorKind::malformed, "mail address \"" + one_line(box->address).substr(0, 80) + "\": expected name@domain"};
  const auto boundary = "gokajo-" + protocol::sha256_hex(message.message_id + message.text).substr(0, 32);
  std::string out = "From: " + header_mailbox(message.from) + "\r\nTo: " + header_mailbox(message.to) + "\r\n";
  if (!message.reply_to.address.empty()) out += "Reply-To: " + header_mailbox(message.reply_to) + "\r\n";
  out += "Subject: " + header_text(message.subject) + "\r\nDate: " + date_text(message.date) +
         "\r\nMessage-ID: " + one_line(message.message_id) +
         "\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\nContent-Type: multipart/alternative;\r\n boundary=\"" + boundary +
         "\"\r\n\r\n";
  out += "--" + boundary + "\r\n" + body_part("text/plain", message.text);
  out += "--" + boundary + "\r\n" + body_part("text/html", message.html);
  return out + "--" + boundary + "--\r\n";
}

}  // namespace gokajo::hub

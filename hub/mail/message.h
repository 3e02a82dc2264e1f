/// \file
/// An Internet message (RFC 5322, MIME) from a mail's parts: multipart/alternative, text first, both parts UTF-8 in base64; what stands in
/// a header beyond ASCII is an encoded word (RFC 2047, B) folded between characters. Pure.
#pragma once

#include <string>
#include <string_view>

#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::hub {

/// `name` is shown, `address` is where it goes.
struct Mailbox {
  std::string name;
  std::string address;
};

struct Message {
  Mailbox from;
  Mailbox to;
  Mailbox reply_to;  ///< empty address: none
  std::string subject;
  std::string text;
  std::string html;
  std::string message_id;  ///< "<...@...>", the same for every attempt
  platform::Time date{};
};

/// Whether this is an address this program writes to: local part and domain of letters, digits and ._%+-, one @, at most 254 characters. No
/// quoted local parts, no comments, no control character.
bool is_mail_address(std::string_view address);

/// "<" + what the caller gives (stable for the mail) + "@" + the sender's domain + ">".
std::string make_message_id(std::string_view unique, const Mailbox& from);

/// The message's bytes with CRLF line ends, no line longer than 998. Error{malformed} names an address that is none; control characters in
/// names and subject become blanks, so that nothing begins a header of its own.
platform::Result<std::string> write_message(const Message& message);

}  // namespace gokajo::hub

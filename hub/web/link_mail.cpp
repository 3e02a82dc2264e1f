#include "hub/web/link_mail.h"

#include "hub/mail/message.h"
#include "hub/web/layout.h"
#include "platform/bytes.h"

namespace gokajo::hub {

namespace {

// One line of somebody else's words: without what would end it.
std::string line(const std::string& from_outside) {
  std::string one = platform::printable_utf8(from_outside);
  for (auto& c : one)
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  return one;
}

std::string html_of(const std::string& text, const std::string& link) {
  auto html = kainjow::mustache::html_escape(text);
  for (auto at = html.find('\n'); at != std::string::npos; at = html.find('\n', at + 5)) html.insert(at, "<br>");
  const auto at = html.find(link);
  if (at != std::string::npos) html.replace(at, link.size(), "<a href=\"" + link + "\">" + link + "</a>");
  return "<!DOCTYPE html><html><body><p>" + html + "</p></body></html>\n";
}

}  // namespace

LinkText link_text(const LinkMail& letter) {
  const auto say = [&](const char* key) { return page_word(key, letter.language); };
  const bool ja = letter.language == compliance::Language::ja;
  std::string text = line(letter.to.name) + (ja ? say("mail.to") : ",") + "\n\n";
  if (letter.invited) {
    text +=
        line(letter.who) + say("mail.invite_before") + "\n" + (ja ? "　" : "  ") + line(letter.company) + "\n\n" + say("mail.invite_link");
  } else {
    text += say("mail.link_before");
  }
  text += "\n\n" + letter.link + "\n\n" + say(letter.invited ? "mail.invite_after" : "mail.link_after") + "\n";
  return {say(letter.invited ? "mail.invite_subject" : "mail.link_subject"), text};
}

platform::Status queue_link(MailQueue& queue, const PostmasterSettings& settings, const LinkMail& letter, Time now) {
  const auto text = link_text(letter);
  Message message;
  message.from = settings.from;
  message.to = {line(letter.to.name), letter.to.mail};
  message.reply_to = settings.reply_to;
  message.subject = text.subject;
  message.text = text.text;
  message.html = html_of(text.text, letter.link);
  message.message_id = make_message_id("link-" + random_word(22), settings.from);
  message.date = now;
  const auto written = write_message(message);
  if (!written) return written.error();
  Mail mail;
  mail.tenant = letter.tenant;
  mail.message_id = message.message_id.substr(1, message.message_id.size() - 2);
  mail.recipient = letter.to.mail;
  mail.kind = "link";
  mail.body = *written;
  mail.next_try = now;
  mail.created = now;
  const auto added = queue.add(mail);
  if (!added) return added.error();
  return platform::Done{};
}

}  // namespace gokajo::hub

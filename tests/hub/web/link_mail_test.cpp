#include "hub/web/link_mail.h"

#include "compliance/layout.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;

namespace {

LinkMail letter(bool invited) {
  LinkMail one;
  one.tenant = "yamada";
  one.to.name = "佐藤 花子";
  one.to.mail = "sato@example.jp";
  one.link = "https://hub.example.jp:8443/enter?key=AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH";
  one.invited = invited;
  one.who = "田中";
  one.company = "山田工務店";
  return one;
}

}  // namespace

TEST_CASE("a link's mail says what it is for and how long it opens, in lines of a phone") {
  const auto asked = link_text(letter(false));
  CHECK(asked.subject == "【Gokajo】サインイン用のリンク");
  CHECK(asked.text ==
        "佐藤 花子様\n\nサインイン用のリンクです。\n15分以内に、1回だけ使えます。\n\n"
        "https://hub.example.jp:8443/enter?key=AAAABBBBCCCCDDDDEEEEFFFFGGGGHHHH\n\n"
        "お心当たりがなければ、\nこのメールは捨ててください。\n何も変わりません。\n");
  const auto invited = link_text(letter(true));
  CHECK(invited.text.find("田中さんから、次の会社の\n自己点検のページに招待されました。\n　山田工務店\n") != std::string::npos);
  CHECK(invited.text.find("72時間以内") != std::string::npos);
  auto english = letter(true);
  english.language = compliance::Language::en;
  CHECK(link_text(english).text.find("田中 invites you to the self-check pages of\n  山田工務店\n") != std::string::npos);
  for (const auto& text : {asked.text, invited.text})
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      const auto line = text.substr(at, text.find('\n', at) - at);
      if (!line.starts_with("https://")) CHECK_MESSAGE(compliance::columns_of(line) <= 40, line);
    }
}

TEST_CASE("names in a link's mail begin no header, no line and no markup of their own") {
  Office office;
  const auto queue = office.place.queue();
  REQUIRE(queue);
  auto hostile = letter(true);
  hostile.to.name = "x\r\nBcc: thief@example.jp";
  hostile.who = "<b>\n.\nhttps://evil.example/";
  hostile.company = "<script>alert(1)</script>\xE2\x80\xAE";
  const auto text = link_text(hostile).text;
  CHECK(text.find("\nBcc:") == std::string::npos);
  CHECK(text.find("\nhttps://evil.example/") == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  PostmasterSettings settings;
  settings.from = {"Gokajo", "gokajo@example.jp"};
  REQUIRE(queue_link(*queue, settings, hostile, at(0)));
  const auto mails = queue->due(at(1), 9);
  REQUIRE(mails);
  REQUIRE(mails->size() == 1);
  const auto& mail = mails->front();
  CHECK(mail.recipient == "sato@example.jp");
  CHECK(mail.kind == "link");
  CHECK(mail.body.substr(0, mail.body.find("\r\n\r\n")).find("\r\nBcc:") == std::string::npos);
  // Each letter is another mail.
  REQUIRE(queue_link(*queue, settings, hostile, at(0)));
  CHECK(queue->due(at(1), 9)->size() == 2);
  hostile.to.mail = "no address";
  CHECK_FALSE(queue_link(*queue, settings, hostile, at(0)));
}

}  // namespace gokajo::tests

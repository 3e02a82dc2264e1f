#include "hub/mail/kept_settings.h"
#include "hub/post_office.h"
#include "platform/durable_file.h"
#include "tests/hub/web/forms.h"

namespace gokajo::tests {

using namespace hub;

namespace {

const std::map<std::string, std::string> kServer{{"provider", ""},
                                                 {"host", "smtp.example.jp"},
                                                 {"port", "４６５"},
                                                 {"security", "tls"},
                                                 {"from", "gokajo@example.jp"},
                                                 {"from_name", "山田工務店"},
                                                 {"user", ""},
                                                 {"smtp_password", "kaki no ki no shita"}};

std::map<std::string, std::string> with(std::map<std::string, std::string> fields, const std::string& name, const std::string& value) {
  fields[name] = value;
  return fields;
}

struct MailDesk : Desk {
  MailDesk() : Desk(Role::administrator, true) {}
  std::string directory() { return pages.office.directory.path(); }
  MailInForce in_force() {
    auto found = mail_in_force(directory(), *pages.store, pages.office.pepper);
    REQUIRE(found);
    return std::move(*found);
  }
  void write_toml(const std::string& text) { REQUIRE(platform::write_file_durably(directory() + "/hub.toml", text)); }
};

}  // namespace

TEST_CASE("a mail server is set on the page, and its password is sealed and never shown again") {
  MailDesk desk;
  CHECK(shows(desk.browser.get("/hub/mail"), "メールサーバーが設定されていません"));
  CHECK(desk.in_force().origin == MailOrigin::none);
  CHECK(desk.browser.post("/hub/mail", kServer).status == 303);
  const auto mail = desk.in_force();
  CHECK(mail.origin == MailOrigin::page);
  REQUIRE(mail.settings);
  CHECK(mail.settings->host == "smtp.example.jp");
  CHECK(mail.settings->port == 465);
  CHECK(mail.settings->security == SmtpSecurity::tls);
  CHECK(mail.settings->user == "gokajo@example.jp");
  CHECK(mail.settings->password == "kaki no ki no shita");
  const auto page = desk.browser.get("/hub/mail");
  CHECK(shows(page, "smtp.example.jp:465"));
  CHECK(shows(page, "保存してあります"));
  CHECK_FALSE(shows(page, "kaki no ki"));
  CHECK_FALSE(desk.pages.office.place.holds("kaki no ki"));
  CHECK(desk.did("hub.mail", ""));
  for (const auto& deed : desk.deeds("")) CHECK((deed.before + deed.after + deed.subject).find("kaki") == std::string::npos);
  // With another pepper (a restored copy) it opens nothing.
  CHECK(mail_in_force(desk.directory(), *desk.pages.store, Pepper(std::string(Pepper::kBytes, 'q')))->settings->password.empty());
}

TEST_CASE("the password stays while nothing but the sender changes, and goes to no other server") {
  MailDesk desk;
  CHECK(refuses(desk.refused("/hub/mail", with(kServer, "smtp_password", "")), "「メールのパスワード」を入れてください"));
  CHECK(desk.browser.post("/hub/mail", kServer).status == 303);
  CHECK(desk.browser.post("/hub/mail", with(with(kServer, "smtp_password", ""), "from_name", "Gokajo")).status == 303);
  CHECK(desk.in_force().settings->password == "kaki no ki no shita");
  CHECK(refuses(desk.refused("/hub/mail", with(with(kServer, "smtp_password", ""), "host", "evil.example")), "「メールのパスワード」を"));
  CHECK(refuses(desk.refused("/hub/mail", with(with(kServer, "smtp_password", ""), "user", "other")), "「メールのパスワード」を"));
  CHECK(desk.browser.post("/hub/mail/end", {}).status == 303);
  CHECK(desk.in_force().origin == MailOrigin::none);
  CHECK_FALSE(*has_mail_password(*desk.pages.store, desk.pages.office.pepper));
}

TEST_CASE("each field of the mail server that cannot be so is named, and everything typed but the password stays") {
  MailDesk desk;
  const struct {
    const char* field;
    std::string value;
    const char* sentence;
  } refusals[] = {{"provider", "nobody", "「メールの会社」を一覧から"},
                  {"provider", "microsoft365", "Microsoft 365は、パスワードでは"},
                  {"host", "", "「送信サーバー」を"},
                  {"host", "smtp.example.jp/x", "「送信サーバー」を"},
                  {"port", "0", "「ポート」は1から65535"},
                  {"port", "65536", "「ポート」は1から65535"},
                  {"port", "smtp", "「ポート」は1から65535"},
                  {"from", "gokajo", "「差出人のメールアドレス」の形"},
                  {"from", "", "「差出人のメールアドレス」の形"},
                  {"from_name", "a\nBcc: b@example.jp", "「差出人の名前」は1行"},
                  {"user", std::string(201, 'x'), "「ユーザー名」は1行"}};
  for (const auto& [field, value, sentence] : refusals) {
    INFO(field, " ", value);
    const auto reply = desk.refused("/hub/mail", with(kServer, field, value));
    CHECK(refuses(reply, sentence));
    CHECK_FALSE(shows(reply, "kaki no ki"));
    if (std::string(field) != "from_name") CHECK(shows(reply, "value=\"山田工務店\""));
  }
  CHECK(desk.browser.post("/hub/mail", with(with(kServer, "provider", "gmail"), "host", "")).status == 303);
  CHECK(desk.in_force().settings->host == "smtp.gmail.com");
}

TEST_CASE("where hub.toml has a mail server the page changes nothing and says so") {
  MailDesk desk;
  CHECK(desk.browser.post("/hub/mail", kServer).status == 303);
  desk.write_toml("[mail]\nhost = \"mail.file.example\"\nfrom = \"file@example.jp\"\npassword_file = \"/etc/x\"\n");
  CHECK(desk.in_force().origin == MailOrigin::file);
  CHECK(desk.in_force().settings->host == "mail.file.example");
  const auto page = desk.browser.get("/hub/mail");
  CHECK(shows(page, "hub.toml の [mail] で決まっている"));
  CHECK(shows(page, "mail.file.example"));
  CHECK_FALSE(shows(page, "id=\"smtp_password\""));
  CHECK(refuses(desk.refused("/hub/mail", kServer), "hub.toml で決まっているため"));
  // A file without that table leaves the page's in force; one that cannot be read leaves none.
  desk.write_toml("public_url = \"https://hub.example.jp/\"\n");
  CHECK(desk.in_force().origin == MailOrigin::page);
  desk.write_toml("[mail\n");
  CHECK(shows(desk.browser.get("/hub/mail"), "hub.toml を読めない"));
  CHECK(refuses(desk.refused("/hub/mail", kServer), "hub.toml で決まっているため"));
}

TEST_CASE("a test mail is asked for on the page, tried by the mails' thread, and told in plain words") {
  MailDesk desk;
  CHECK(refuses(desk.refused("/hub/mail/test", {{"to", "tanaka@example.jp"}}), "先に「メールサーバー」を設定"));
  CHECK(desk.browser.post("/hub/mail", with(with(kServer, "host", "[::1]"), "port", "1")).status == 303);
  CHECK(refuses(desk.refused("/hub/mail/test", {{"to", "tanaka"}}), "「試しに送る宛先」"));
  CHECK(desk.browser.post("/hub/mail/test", {{"to", "tanaka@example.jp"}}).status == 303);
  CHECK(shows(desk.browser.get("/hub/mail"), "送っています。"));
  // Nobody listens on that port.
  auto& store = *desk.pages.office.store;
  REQUIRE(post_test(store, desk.in_force().settings, at(60)));
  const auto test = *mail_test(store);
  REQUIRE(test);
  CHECK(test->done);
  CHECK_FALSE(test->sent);
  CHECK_FALSE(test->why.ja.empty());
  const auto page = desk.browser.get("/hub/mail");
  CHECK(shows(page, test->why.ja));
  CHECK_FALSE(shows(page, "送っています。"));
  CHECK(desk.did("hub.mail_test", ""));
  // It is tried once.
  REQUIRE(post_test(store, std::nullopt, at(120)));
  CHECK(mail_test(store)->value().why.ja == test->why.ja);
}

TEST_CASE("what became of the newest mails is listed, without their texts") {
  MailDesk desk;
  auto queue = desk.pages.office.place.queue();
  Mail mail;
  mail.tenant = "yamada";
  mail.recipient = "<b>owner@example.jp";
  mail.kind = "weekly";
  mail.body = "the text of it";
  mail.created = mail.next_try = at(0);
  mail.message_id = "a@x";
  REQUIRE(*queue->add(mail));
  mail.message_id = "b@x";
  mail.kind = "grave 0123456789abcdef/antivirus.active/2026";
  REQUIRE(*queue->add(mail));
  const auto due = *queue->due(at(1), 10);
  REQUIRE(due.size() == 2);
  REQUIRE(queue->mark_failed(due.front().id, std::nullopt));
  const auto page = desk.browser.get("/hub/mail");
  for (const char* text :
       {"週に1度のメール", "急ぎのメール", "送れませんでした", "送る前です", "&lt;b&gt;owner@example.jp", "yamada 工務店"})
    CHECK_MESSAGE(shows(page, text), text);
  CHECK_FALSE(shows(page, "the text of it"));
  CHECK_FALSE(shows(page, "0123456789abcdef"));
}

}  // namespace gokajo::tests

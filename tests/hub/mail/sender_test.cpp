#include "hub/mail/sender.h"

#include <filesystem>
#include <map>

#include <doctest/doctest.h>

#include "platform/durable_file.h"
#include "tests/hub/place.h"
#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;
using platform::ErrorKind, platform::Result, platform::Time;

namespace {

const Time kNow = *platform::parse_time("2026-11-24T01:00:00Z");

Mail mail(std::string id) {
  Mail out;
  out.tenant = "yamada";
  out.message_id = std::move(id);
  out.recipient = "owner@example.jp";
  out.kind = "weekly";
  out.body = "Subject: x\r\n\r\nbody of " + out.message_id + "\r\n";
  out.next_try = out.created = kNow;
  return out;
}

MailSettings settings_with(const std::string& password_file) {
  MailSettings settings;
  settings.host = "mail.example.jp";
  settings.user = settings.from.address = "gokajo@example.jp";
  settings.password_file = password_file;
  return settings;
}

struct Desk {
  TemporaryDirectory directory;
  Place place;
  std::unique_ptr<MailQueue> queue;
  std::string password_file;
  std::vector<std::string> sent;
  std::vector<std::string> passwords;
  std::optional<SmtpFailure> answer;

  Desk() : password_file(directory.path() + "/password") {
    auto store = place.store();
    Company company;
    company.id = "yamada";
    REQUIRE(store->begin());
    REQUIRE(store->put_company(company));
    REQUIRE(store->commit());
    queue = place.queue();
    REQUIRE(platform::write_file_durably(password_file, "s3cret\n"));
  }
  Sender sender(std::optional<MailSettings> settings) {
    return Sender(*queue, std::move(settings), directory.path() + "/outbox",
                  [this](const MailSettings&, const SmtpSecret& secret, const std::string&, const std::string& message) {
                    passwords.push_back(secret.password);
                    if (!answer) sent.push_back(message);
                    return answer;
                  });
  }
};

}  // namespace

TEST_CASE("what is due is sent once, with the same bytes") {
  Desk desk;
  REQUIRE(*desk.queue->add(mail("a")));
  REQUIRE(*desk.queue->add(mail("b")));
  CHECK_FALSE(*desk.queue->add(mail("a")));
  auto sender = desk.sender(settings_with(desk.password_file));
  const auto result = sender.run(kNow);
  REQUIRE(result);
  CHECK(result->sent == 2);
  CHECK(desk.sent == std::vector<std::string>{mail("a").body, mail("b").body});
  CHECK(desk.passwords.front() == "s3cret");
  CHECK(sender.run(kNow)->sent == 0);
}

TEST_CASE("after a failure a mail is tried five times more within two days, then given up; a refusal for good at once") {
  Desk desk;
  REQUIRE(*desk.queue->add(mail("a")));
  auto sender = desk.sender(settings_with(desk.password_file));
  desk.answer = SmtpFailure{SmtpProblem::later, 451, "busy"};
  int tries = 0;
  for (auto now = kNow; now < kNow + platform::Days{4}; now += std::chrono::minutes{5}) tries += sender.run(now)->failed;
  CHECK(tries == 6);
  CHECK(desk.queue->newest("yamada", 1)->front().state == MailState::given_up);
  CHECK(*next_try_after(5, kNow) - kNow < std::chrono::hours{48});
  CHECK_FALSE(next_try_after(6, kNow));
  REQUIRE(*desk.queue->add(mail("b")));
  desk.answer = SmtpFailure{SmtpProblem::address, 550, "no such user"};
  CHECK(sender.run(kNow)->failed == 1);
  CHECK(desk.queue->newest("yamada", 2)->front().state == MailState::given_up);
  CHECK(desk.sent.empty());
}

TEST_CASE("the provider's limit holds over runs, and ends") {
  Desk desk;
  for (int i = 0; i < 25; ++i) REQUIRE(*desk.queue->add(mail("m" + std::to_string(i))));
  auto settings = settings_with(desk.password_file);
  settings.limit = 10;
  settings.minutes = 15;
  auto sender = desk.sender(settings);
  const auto first = sender.run(kNow);
  CHECK(first->sent == 10);
  CHECK(first->waiting_for_limit);
  CHECK(sender.run(kNow + std::chrono::minutes{14})->sent == 0);
  CHECK(sender.run(kNow + std::chrono::minutes{15})->sent == 10);
  CHECK(sender.run(kNow + std::chrono::minutes{30})->sent == 5);
  CHECK(desk.sent.size() == 25);
}

TEST_CASE("without a mail server the mails lie in the outbox, whole, and only their owner can read them") {
  Desk desk;
  REQUIRE(*desk.queue->add(mail("a")));
  auto sender = desk.sender(std::nullopt);
  CHECK(sender.run(kNow)->put_aside == 1);
  CHECK(desk.sent.empty());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(desk.directory.path() + "/outbox")) {
    ++files;
    CHECK(entry.path().extension() == ".eml");
    CHECK((entry.status().permissions() & (std::filesystem::perms::group_all | std::filesystem::perms::others_all)) ==
          std::filesystem::perms::none);
  }
  CHECK(files == 1);
  CHECK((std::filesystem::status(desk.directory.path() + "/outbox").permissions() & std::filesystem::perms::others_all) ==
        std::filesystem::perms::none);
}

TEST_CASE("a secret that cannot be read is a failure of its own, never a mail without it") {
  Desk desk;
  REQUIRE(*desk.queue->add(mail("a")));
  auto sender = desk.sender(settings_with(desk.directory.path() + "/nothing"));
  const auto result = sender.run(kNow);
  REQUIRE(result);
  CHECK(result->failed == 1);
  CHECK(result->last->problem == SmtpProblem::secret);
  CHECK(desk.passwords.empty());
}

TEST_CASE("mail settings are read with the provider's facts, and refused with line and key") {
  const auto read = read_mail_settings(
      "[mail]\nprovider = \"lolipop\"\nfrom = \"gokajo@yamada.example\"\nfrom_name = \"山田工務店\"\npassword_file = "
      "\"/etc/gokajo/mail\"\n");
  REQUIRE(read);
  REQUIRE(*read);
  CHECK((*read)->host == "smtp.lolipop.jp");
  CHECK((*read)->port == 465);
  CHECK((*read)->security == SmtpSecurity::tls);
  CHECK((*read)->user == "gokajo@yamada.example");
  CHECK((*read)->limit == 100);
  CHECK_FALSE(*read_mail_settings("[hub]\nport = 8443\n"));
  const auto microsoft = read_mail_settings(
      "[mail]\nprovider = \"microsoft365\"\nfrom = \"a@b.example\"\n[mail.oauth]\ntenant = \"b.example\"\nclient_id = "
      "\"c\"\nclient_secret_file = \"/s\"\n");
  REQUIRE(microsoft);
  CHECK((*microsoft)->oauth->token_url == "https://login.microsoftonline.com/b.example/oauth2/v2.0/token");
  CHECK((*microsoft)->oauth->scope == "https://outlook.office365.com/.default");
  CHECK((*read_mail_settings("[mail]\nprovider = \"onamae\"\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n"))->host == "smtp.b.example");
  const std::map<std::string, std::string> refused = {
      {"[mail]\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n", "host"},
      {"[mail]\nhost = \"h\"\npassword_file = \"/p\"\n", "from"},
      {"[mail]\nhost = \"h\"\nfrom = \"nobody\"\npassword_file = \"/p\"\n", "line 3: mail.from"},
      {"[mail]\nhost = \"h\"\nfrom = \"a@b.example\"\n", "password_file"},
      {"[mail]\nhost = \"h\"\nfrom = \"a@b.example\"\npassword = \"x\"\npassword_file = \"/p\"\n", "line 4: mail.password: unknown key"},
      {"[mail]\nhost = \"h\"\nport = 0\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n", "line 3: mail.port"},
      {"[mail]\nhost = \"h\"\nsecurity = \"none\"\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n", "line 3: mail.security"},
      {"[mail]\nprovider = \"hotmail\"\nfrom = \"a@b.example\"\n", "line 2: mail.provider: expected one of microsoft365"},
      {"[mail]\nhost = \"h/../x\"\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n", "mail.host"},
      {"[mail]\nauth = \"google\"\nhost = \"h\"\nfrom = \"a@b.example\"\n[mail.oauth]\nclient_id = \"c\"\nclient_secret_file = "
       "\"/s\"\ntoken_url = \"http://x\"\n",
       "https://"},
      {"[mail\n", "line 1"},
      {"mail = 3\n", "expected a table"}};
  for (const auto& [text, place] : refused) {
    CAPTURE(text);
    const auto result = read_mail_settings(text);
    REQUIRE_FALSE(result);
    CHECK_MESSAGE(result.error().detail.find(place) != std::string::npos, result.error().detail);
  }
}

TEST_CASE("tokens are taken as the endpoints give them, and nothing else is one") {
  const auto token = read_token(R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ0eXAi.abc-_"})", kNow);
  REQUIRE(token);
  CHECK(token->token == "eyJ0eXAi.abc-_");
  CHECK(token->good_until == kNow + std::chrono::seconds{3539});
  CHECK(read_token(R"({"access_token":"a"})", kNow)->good_until == kNow);
  const auto refused = read_token(R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret"})", kNow);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::denied);
  CHECK(refused.error().detail.find("AADSTS7000215") != std::string::npos);
  for (const char* wrong :
       {"", "[]", "<html>", R"({"access_token":7})", R"({"access_token":"a\r\nRCPT TO:<x@y>"})", R"({"access_token":""})"})
    CHECK_FALSE(read_token(wrong, kNow));
}

TEST_CASE("every problem is explained in both languages") {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<SmtpProblem>>([](auto one) {
    const auto text = explanation({one.value, 0, ""});
    CHECK_FALSE(text.ja.empty());
    CHECK_FALSE(text.en.empty());
  });
}

}  // namespace gokajo::tests

// What the open post office owes to somebody who stands before the sign-in page: the mail that lets them in is on its way at once, not with
// the next round of the week's mails.
#include "hub/post_office.h"

#include <chrono>
#include <filesystem>
#include <thread>

#include "hub/open_store.h"
#include "tests/hub/office.h"

namespace gokajo::tests {

using namespace hub;
using namespace std::chrono_literals;

namespace {

platform::Time real_now() { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); }

std::size_t mails_in(const std::string& outbox) {
  std::error_code none;
  std::size_t mails = 0;
  for (const auto& file : std::filesystem::directory_iterator(outbox, none)) mails += file.path().extension() == ".eml";
  return mails;
}

}  // namespace

TEST_CASE("a link that somebody asked for goes within seconds; other mails wait for the round") {
  Office office;
  const TemporaryDirectory directory;
  PostOfficeOptions options{directory.path(), office.place.where(), {}, postmaster_settings({}), real_now, "", {}, {}};
  options.complain = [](const platform::Error& problem) { FAIL_CHECK(problem.detail); };
  const PostOffice open(std::move(options));
  // Its sign of life ends its first round.
  for (int tries = 0; tries < 600 && !std::filesystem::exists(directory.path() + "/alive.json"); ++tries)
    std::this_thread::sleep_for(100ms);
  auto queue = open_mail_queue(office.place.where());
  REQUIRE(queue);
  const auto outbox = directory.path() + "/outbox";
  const auto put = [&](const std::string& id, const std::string& kind) {
    Mail mail;
    mail.tenant = "yamada";
    mail.message_id = id;
    mail.recipient = "tanaka@example.jp";
    mail.kind = kind;
    mail.body = "Subject: " + id + "\r\n\r\nto be read\r\n";
    mail.next_try = mail.created = real_now();
    REQUIRE((*queue)->add(mail));
  };
  put("weekly@example.jp", "weekly");
  std::this_thread::sleep_for(5s);
  CHECK(mails_in(outbox) == 0);
  put("link@example.jp", "link");
  for (int tries = 0; tries < 200 && mails_in(outbox) < 2; ++tries) std::this_thread::sleep_for(100ms);
  CHECK(mails_in(outbox) == 2);
}

}  // namespace gokajo::tests

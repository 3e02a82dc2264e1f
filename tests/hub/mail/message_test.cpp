#include "hub/mail/message.h"

#include <cstdio>
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/support/temporary_directory.h"

namespace gokajo::tests {

using namespace hub;

namespace {

Message small_message() {
  Message message;
  message.from = {"山田工務店 Gokajo", "gokajo@example.jp"};
  message.to = {"山田 太郎", "owner@example.jp"};
  message.subject = "【Gokajo】要対応2台・連絡なし1台／全20台 11/24";
  message.text = "山田工務店　山田様\n\n2台に手当てが必要です（約30分）。\n";
  message.html = "<p>2台に手当てが必要です</p>\n";
  message.message_id = make_message_id("company/2026-11-24", message.from);
  message.date = *platform::parse_time("2026-11-24T01:00:00Z");
  return message;
}

// What Python's email package (RFC 5322, 2045-2047) reads of it.
nlohmann::json read_by_python(const std::string& message) {
  const TemporaryDirectory directory;
  const auto file = directory.path() + "/mail.eml";
  std::ofstream(file, std::ios::binary) << message;
  const auto command =
      "python3 -c '"
      "import email, email.policy, json, sys\n"
      "m = email.message_from_binary_file(open(sys.argv[1], \"rb\"), policy=email.policy.default)\n"
      "parts = [[p.get_content_type(), p.get_content().replace(chr(13), \"\")] for p in m.iter_parts()]\n"
      "print(json.dumps({\"headers\": [[k, str(v)] for k, v in m.items()], \"parts\": parts, \"defects\": len(m.defects),"
      " \"to\": [[a.display_name, a.addr_spec] for a in m[\"to\"].addresses]}))' " +
      file;
  FILE* pipe = popen(command.c_str(), "r");
  REQUIRE(pipe);
  std::string out;
  char buffer[4096];
  for (std::size_t n = 0; (n = fread(buffer, 1, sizeof(buffer), pipe)) > 0;) out.append(buffer, n);
  pclose(pipe);
  return nlohmann::json::parse(out, nullptr, false);
}

}  // namespace

TEST_CASE("another program reads the message as it was meant") {
  const auto message = small_message();
  const auto written = write_message(message);
  REQUIRE(written);
  const auto read = read_by_python(*written);
  REQUIRE(read.is_object());
  CHECK(read["defects"] == 0);
  CHECK(read["to"] == nlohmann::json::array({nlohmann::json::array({"山田 太郎", "owner@example.jp"})}));
  std::map<std::string, std::string> headers;
  for (const auto& header : read["headers"]) headers[header[0].get<std::string>()] = header[1].get<std::string>();
  CHECK(headers["Subject"] == message.subject);
  CHECK(headers["Date"] == "Tue, 24 Nov 2026 01:00:00 +0000");
  CHECK(headers["Message-ID"] == message.message_id);
  REQUIRE(read["parts"].size() == 2);
  CHECK(read["parts"][0] == nlohmann::json::array({"text/plain", message.text}));
  CHECK(read["parts"][1] == nlohmann::json::array({"text/html", message.html}));
  std::size_t longest = 0, start = 0;
  for (std::size_t end = 0; (end = written->find("\r\n", start)) != std::string::npos; start = end + 2)
    longest = std::max(longest, end - start);
  CHECK(longest <= 78);
  CHECK(written->find_first_not_of("\r\n") == 0);
  CHECK(make_message_id("company/2026-11-24", message.from) == message.message_id);
  CHECK(make_message_id("company/2026-11-30", message.from) != message.message_id);
}

TEST_CASE("names and subjects cannot begin a header, addresses cannot be anything else") {
  for (const char* evil :
       {"x\r\nBcc: evil@example.com", "x\nBcc: evil@example.com", "x\r\n\r\nbody",
        "=?UTF-8?Q?a=0D=0ABcc:_e@example.com?=", "\"<evil@example.com>,", "山田\r\nBcc: e@example.com",
        "very long name very long name very long name very long name very long name very long name very long name\r\nBcc: e@example.com"}) {
    CAPTURE(evil);
    auto message = small_message();
    message.from.name = message.to.name = message.subject = evil;
    const auto written = write_message(message);
    REQUIRE(written);
    const auto read = read_by_python(*written);
    REQUIRE(read.is_object());
    CHECK(read["headers"].size() == 8);
    for (const auto& header : read["headers"]) CHECK(header[0] != "Bcc");
    CHECK(read["to"].size() == 1);
    CHECK(read["to"][0][1] == "owner@example.jp");
    CHECK(read["parts"][0][1] == message.text);
  }
  for (const char* wrong : {"", "owner", "owner@", "@example.jp", "a b@example.jp", "a@b@c", "owner@example.jp\r\nBcc: x@y.z",
                            "<owner@example.jp>", "owner@example.jp,x@y.z", "\"a\"@example.jp", "-f@example.jp", "山田@example.jp"}) {
    CAPTURE(wrong);
    CHECK_FALSE(is_mail_address(wrong));
    auto message = small_message();
    message.to.address = wrong;
    CHECK_FALSE(write_message(message));
  }
  CHECK(is_mail_address("taro.yamada+pc@mail.example.co.jp"));
}

}  // namespace gokajo::tests

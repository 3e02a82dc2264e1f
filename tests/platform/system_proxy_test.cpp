#include "platform/system_proxy.h"

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

// Microsoft, WINHTTP_PROXY_INFO: ([<scheme>=][<scheme>"://"]<server>[":"<port>]), separated by semicolons or whitespace.
TEST_CASE("the proxy for https is taken out of WinHTTP's list") {
  struct Row {
    const char* list;
    const char* expected;  // nullptr: none
  };
  const Row rows[] = {
      {"proxy.example:8080", "http://proxy.example:8080"},
      {"http://proxy.example:8080", "http://proxy.example:8080"},
      {"http://Proxy.Example:8080/", "http://proxy.example:8080"},
      {"proxy.example", "http://proxy.example:80"},
      {"http=a.example:1;https=b.example:2", "http://b.example:2"},
      {"a.example:1;https=b.example:2", "http://b.example:2"},
      {"http=a.example:1", nullptr},
      {"ftp=a:1 https=http://b:2", "http://b:2"},
      {"a.example:1;b.example:2", "http://a.example:1"},
      {"  a.example:1\tb.example:2 ", "http://a.example:1"},
      {"[2001:db8::1]:3128", "http://[2001:db8::1]:3128"},
      {"[2001:db8::1]", "http://[2001:db8::1]:80"},
      {"", nullptr},
      {" ; ", nullptr},
      {"user:secret@proxy.example:8080", nullptr},
      {"http://user:secret@a:1;b:2", "http://b:2"},
      {"a.example:0", nullptr},
      {"a.example:65536", nullptr},
      {"a.example:80x", nullptr},
      {"a b.example:99999", "http://a:80"},
      {"https://a.example:443", nullptr},  // a proxy spoken to over TLS is not WinHTTP's
      {"a\x01.example:1", nullptr},
      {"[::1", nullptr},
      {"socks=a:1080", nullptr},
  };
  for (const Row& row : rows) {
    CAPTURE(row.list);
    CHECK(first_proxy(row.list).value_or("none") == (row.expected ? row.expected : "none"));
  }
}

TEST_CASE("a name on the list of exceptions is reached without a proxy") {
  CHECK(is_bypassed("hub.office.example", "*.office.example"));
  CHECK(is_bypassed("HUB.office.example", "other;*.Office.Example"));
  CHECK_FALSE(is_bypassed("hub.office.example.evil.example", "*.office.example"));
  CHECK_FALSE(is_bypassed("office.example", "*.office.example"));
  CHECK(is_bypassed("hub", "<local>"));
  CHECK_FALSE(is_bypassed("hub.example", "<local>"));
  CHECK_FALSE(is_bypassed("2001:db8::1", "<local>"));
  CHECK(is_bypassed("192.168.1.5", "192.168.*"));
  CHECK(is_bypassed("192.168.1.5", "10.*  192.168.*;"));
  CHECK(is_bypassed("anything", "*"));
  CHECK_FALSE(is_bypassed("anything", ""));
  CHECK_FALSE(is_bypassed("a", "a*b*c"));
  CHECK(is_bypassed("a-b-c", "a*b*c"));
}

}  // namespace gokajo::tests

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "platform/native_host.h"
#include "platform/reducer.h"
#include "platform/snapshot.h"

namespace gokajo::tests {

using namespace platform;

namespace {
// cl_cvdparse of clamav 1.4.6 reads these nine fields; 512 bytes, padded with blanks.
std::string header_of(const std::string& fields) { return fields + std::string(512 - fields.size(), ' '); }
const std::string kDaily =
    "ClamAV-VDB:21 Nov 2026 08-26 +0000:27823:2077000:90:0123456789abcdef0123456789abcdef:c2lnbmF0dXJl:builder:1795249560";
}  // namespace

TEST_CASE("only the first bytes of a large file are read when the question says so") {
  std::string path = std::filesystem::temp_directory_path() / "gokajo-prefix-XXXXXX";
  const int fd = mkstemp(path.data());
  REQUIRE(fd >= 0);
  close(fd);
  std::ofstream(path, std::ios::binary) << header_of(kDaily) << std::string(3 << 20, 'x');
  const auto host = native_host();
  const auto whole = ask(*host, ReadFile{.path = path, .reducer = "cvd_header"});
  const auto prefix = ask(*host, ReadFile{.path = path, .reducer = "cvd_header", .prefix_bytes = 512});
  std::filesystem::remove(path);
  REQUIRE_FALSE(whole);
  CHECK(whole.error().kind == ErrorKind::too_large);
  REQUIRE(prefix);
  CHECK(prefix->status.size == 512 + (3 << 20));
  CHECK(prefix->bytes.data.starts_with("ClamAV-VDB:21 Nov 2026 08-26 +0000:27823:"));
}

TEST_CASE("an older snapshot's question without prefix_bytes is the same question") {
  CHECK(question_key(ReadFile{.path = "/etc/os-release"}).find("prefix_bytes") == std::string::npos);
}

TEST_CASE("a database header keeps its dates and version, not its digest and signature") {
  const auto reduced = find_reducer("cvd_header")(header_of(kDaily));
  REQUIRE(reduced);
  CHECK(*reduced == "ClamAV-VDB:21 Nov 2026 08-26 +0000:27823:2077000:90::::1795249560");
  CHECK_FALSE(find_reducer("cvd_header")("PK\3\4 no database"));
  CHECK_FALSE(find_reducer("cvd_header")(""));
}

TEST_CASE("of clamd.conf only socket, databases and on-access settings stay") {
  const auto reduced = find_reducer("clamd_conf")(
      "# LocalSocket /not/this\nLocalSocket /var/run/clamav/clamd.ctl\nVirusEvent curl -u office:secret "
      "https://example.jp/%v\nOnAccessPrevention yes\n");
  REQUIRE(reduced);
  CHECK(*reduced == "LocalSocket /var/run/clamav/clamd.ctl\nOnAccessPrevention yes\n");
}

}  // namespace gokajo::tests

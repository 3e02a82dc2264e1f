#include <fcntl.h>
#include <lzma.h>
#include <sys/mman.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <lz4frame.h>

#include "platform/expanded_file.h"

namespace gokajo::tests {

namespace {

using platform::ErrorKind;

std::string sample() {
  std::string text;
  for (int i = 0; i < 40000; ++i) text += "Package: hana" + std::to_string(i * 7919 % 40000) + "\n";
  return text;
}

std::string gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), 0);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string xz(const std::string& text) {
  std::string out(text.size() + 1000, 0);
  std::size_t size = 0;
  REQUIRE(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const std::uint8_t*>(text.data()), text.size(),
                                  reinterpret_cast<std::uint8_t*>(out.data()), &size, out.size()) == LZMA_OK);
  return out.substr(0, size);
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), 0);
  return out.substr(0, ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
}

std::string lz4(const std::string& text) {
  std::string out(LZ4F_compressFrameBound(text.size(), nullptr), 0);
  return out.substr(0, LZ4F_compressFrame(out.data(), out.size(), text.data(), text.size(), nullptr));
}

platform::Result<std::string> read_all(const std::string& bytes, std::uint64_t limit = 1U << 30U, std::size_t step = 100000) {
  const int descriptor = memfd_create("test", MFD_CLOEXEC);
  REQUIRE(write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  lseek(descriptor, 0, SEEK_SET);
  platform::ExpandedFile file(descriptor, limit);
  std::string text;
  std::vector<char> buffer(step);
  while (true) {
    const auto got = file.read(buffer.data(), buffer.size());
    if (!got) return got.error();
    if (*got == 0) return text;
    text.append(buffer.data(), *got);
  }
}

}  // namespace

TEST_CASE("a file is read the same however it was compressed, in parts of any size, with one part following another") {
  const auto text = sample();
  for (const auto& packed : {text, gzip(text), xz(text), zstd(text), lz4(text)}) {
    for (const std::size_t step : {100U, 65536U, 1000000U}) {
      const auto read = read_all(packed, 1U << 30U, step);
      REQUIRE_MESSAGE(read, read.error().detail);
      CHECK((*read == text));
    }
    const auto twice = read_all(packed + packed);
    REQUIRE_MESSAGE(twice, twice.error().detail);
    CHECK((*twice == text + text));
    const auto from_memory = platform::expanded(packed, 10U << 20U);
    REQUIRE(from_memory);
    CHECK((*from_memory == text));
  }
  CHECK(read_all("")->empty());
}

TEST_CASE("compressed data that is cut off or damaged is malformed, never a shorter file") {
  const auto text = sample();
  for (const auto& packed : {gzip(text), xz(text), zstd(text), lz4(text)}) {
    for (const std::size_t size : {packed.size() - 1, packed.size() / 2, std::size_t{9}}) {
      const auto read = read_all(packed.substr(0, size));
      REQUIRE_FALSE(read);
      CHECK(read.error().kind == ErrorKind::malformed);
      CHECK(platform::expanded(packed.substr(0, size), 10U << 20U).error().kind == ErrorKind::malformed);
    }
  }
  auto damaged = gzip(text);
  damaged[damaged.size() / 2] = static_cast<char>(~damaged[damaged.size() / 2]);
  CHECK_FALSE(read_all(damaged));
  CHECK(read_all("BZh91AY").error().kind == ErrorKind::unsupported);
}

TEST_CASE("a file that expands past the limit is too large") {
  const std::string bomb(50U << 20U, 'a');
  for (const auto& packed : {gzip(bomb), zstd(bomb), lz4(bomb)}) {
    CHECK(read_all(packed, 1U << 20U).error().kind == ErrorKind::too_large);
    CHECK(platform::expanded(packed, 1U << 20U).error().kind == ErrorKind::too_large);
  }
}

}  // namespace gokajo::tests

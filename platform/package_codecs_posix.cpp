#include <lzma.h>
#include <zlib.h>

#include <cstdint>
#include <string>

#include <lz4frame.h>

#include "platform/package_codecs.h"

namespace gokajo::platform {
namespace {

constexpr std::uint64_t kMaxMemory = 64U << 20U;

Error damaged(const char* what) { return {ErrorKind::malformed, std::string(what) + " data is damaged"}; }

struct Gzip : Codec {
  z_stream stream{};
  Gzip() { inflateInit2(&stream, 15 + 16); }
  ~Gzip() override { inflateEnd(&stream); }
  Status step(std::string_view& in, char*& out, std::size_t& room, bool) override {
    if (finished && in.empty()) return Done{};
    if (finished) inflateReset(&stream);  // members may follow one another, RFC 1952 2.2
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out);
    stream.avail_out = static_cast<uInt>(room);
    const int code = inflate(&stream, Z_NO_FLUSH);
    in.remove_prefix(in.size() - stream.avail_in);
    out += room - stream.avail_out;
    room = stream.avail_out;
    if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return damaged("gzip");
    finished = code == Z_STREAM_END;
    return Done{};
  }
};

struct Xz : Codec {
  lzma_stream stream = LZMA_STREAM_INIT;
  Xz() { finished = lzma_stream_decoder(&stream, kMaxMemory, LZMA_CONCATENATED) != LZMA_OK; }
  ~Xz() override { lzma_end(&stream); }
  Status step(std::string_view& in, char*& out, std::size_t& room, bool last) override {
    stream.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
    stream.avail_in = in.size();
    stream.next_out = reinterpret_cast<std::uint8_t*>(out);
    stream.avail_out = room;
    const auto code = lzma_code(&stream, last ? LZMA_FINISH : LZMA_RUN);
    in.remove_prefix(in.size() - stream.avail_in);
    out += room - stream.avail_out;
    room = stream.avail_out;
    if (code == LZMA_MEMLIMIT_ERROR || code == LZMA_MEM_ERROR) return Error{ErrorKind::too_large, "xz data wants too much memory"};
    if (code != LZMA_OK && code != LZMA_STREAM_END && code != LZMA_BUF_ERROR) return damaged("xz");
    finished = code == LZMA_STREAM_END;
    return Done{};
  }
};

struct Lz4 : Codec {
  LZ4F_dctx* context = nullptr;
  Lz4() { LZ4F_createDecompressionContext(&context, LZ4F_VERSION); }
  ~Lz4() override { LZ4F_freeDecompressionContext(context); }
  Status step(std::string_view& in, char*& out, std::size_t& room, bool) override {
    if (finished && in.empty()) return Done{};
    std::size_t taken = in.size(), made = room;
    const auto code = LZ4F_decompress(context, out, &made, in.data(), &taken, nullptr);
    if (LZ4F_isError(code) != 0U) return damaged("lz4");
    in.remove_prefix(taken);
    out += made;
    room -= made;
    finished = code == 0;
    return Done{};
  }
};

}  // namespace

// The first bytes: RFC 1952, the .xz file format 2.1.1.1, the LZ4 frame format.
Result<std::unique_ptr<Codec>> package_codec(std::string_view start) {
  using namespace std::string_view_literals;
  const auto is = [&](std::string_view magic) { return start.starts_with(magic); };
  if (is("\x1F\x8B"sv)) return std::unique_ptr<Codec>(new Gzip);
  if (is("\xFD\x37zXZ\0"sv)) return std::unique_ptr<Codec>(new Xz);
  if (is("\x04\x22\x4D\x18"sv)) return std::unique_ptr<Codec>(new Lz4);
  return std::unique_ptr<Codec>();
}

}  // namespace gokajo::platform

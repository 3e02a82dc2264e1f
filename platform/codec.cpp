#include "platform/codec.h"

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include <lz4frame.h>

#include "platform/expanded_file.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kPieceBytes = 65536;
constexpr std::uint64_t kMaxMemory = 64U << 20U;

Error damaged(const char* what) { return {ErrorKind::malformed, std::string(what) + " data is damaged"}; }

struct Plain : Codec {
  Status step(std::string_view& in, char*& out, std::size_t& room, bool) override {
    const auto n = std::min(in.size(), room);
    std::memcpy(out, in.data(), n);
    in.remove_prefix(n);
    out += n;
    room -= n;
    return Done{};
  }
};

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

struct Zstandard : Codec {
  ZSTD_DStream* stream = ZSTD_createDStream();
  Zstandard() { ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 26); }
  ~Zstandard() override { ZSTD_freeDStream(stream); }
  Status step(std::string_view& in, char*& out, std::size_t& room, bool) override {
    if (finished && in.empty()) return Done{};  // asked again behind a frame it would want another
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out, room, 0};
    const auto code = ZSTD_decompressStream(stream, &output, &input);
    if (ZSTD_isError(code) != 0U) return damaged("zstd");
    in.remove_prefix(input.pos);
    out += output.pos;
    room -= output.pos;
    finished = code == 0;
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

// The first bytes: RFC 1952, the .xz file format 2.1.1.1, RFC 8878 3.1.1, the LZ4 frame format.
Result<std::unique_ptr<Codec>> codec_for(std::string_view start) {
  using namespace std::string_view_literals;
  const auto is = [&](std::string_view magic) { return start.starts_with(magic); };
  if (is("\x1F\x8B"sv)) return std::unique_ptr<Codec>(new Gzip);
  if (is("\xFD"
         "7zXZ\0"sv))
    return std::unique_ptr<Codec>(new Xz);
  if (is("\x28\xB5\x2F\xFD"sv)) return std::unique_ptr<Codec>(new Zstandard);
  if (is("\x04\x22\x4D\x18"sv)) return std::unique_ptr<Codec>(new Lz4);
  if (is("BZh"sv)) return Error{ErrorKind::unsupported, "bzip2 data"};
  return std::unique_ptr<Codec>(new Plain);
}

Result<std::string> expanded(std::string_view bytes, std::size_t max_bytes) {
  auto codec = codec_for(bytes);
  if (!codec) return codec.error();
  std::string text;
  const auto buffer = std::make_unique<char[]>(kPieceBytes);
  while (true) {
    char* out = buffer.get();
    std::size_t room = kPieceBytes;
    const auto in_before = bytes.size();
    if (auto status = (*codec)->step(bytes, out, room, true); !status) return status.error();
    const auto made = kPieceBytes - room;
    if (made > max_bytes - text.size()) return Error{ErrorKind::too_large, "expands to more than the limit"};
    text.append(buffer.get(), made);
    if (made == 0 && in_before == bytes.size()) break;
  }
  if (!bytes.empty() || !(*codec)->finished) return Error{ErrorKind::malformed, "compressed data is cut off"};
  return text;
}

}  // namespace gokajo::platform

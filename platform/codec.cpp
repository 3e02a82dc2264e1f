#include "platform/codec.h"

#include <zstd.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "platform/expanded_file.h"
#include "platform/package_codecs.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kPieceBytes = 65536;

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

struct Zstandard : Codec {
  ZSTD_DStream* stream = ZSTD_createDStream();
  Zstandard() { ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax, 26); }
  ~Zstandard() override { ZSTD_freeDStream(stream); }
  Status step(std::string_view& in, char*& out, std::size_t& room, bool) override {
    if (finished && in.empty()) return Done{};  // asked again behind a frame it would want another
    ZSTD_inBuffer input{in.data(), in.size(), 0};
    ZSTD_outBuffer output{out, room, 0};
    const auto code = ZSTD_decompressStream(stream, &output, &input);
    if (ZSTD_isError(code) != 0U) return Error{ErrorKind::malformed, "zstd data is damaged"};
    in.remove_prefix(input.pos);
    out += output.pos;
    room -= output.pos;
    finished = code == 0;
    return Done{};
  }
};

}  // namespace

// The first bytes: RFC 8878 3.1.1.
Result<std::unique_ptr<Codec>> codec_for(std::string_view start) {
  using namespace std::string_view_literals;
  if (start.starts_with("\x28\xB5\x2F\xFD"sv)) return std::unique_ptr<Codec>(new Zstandard);
  if (start.starts_with("BZh"sv)) return Error{ErrorKind::unsupported, "bzip2 data"};
  auto of_package = package_codec(start);
  if (!of_package || *of_package) return of_package;
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

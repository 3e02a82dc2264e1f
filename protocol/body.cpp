#include "protocol/body.h"

#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>
#include <limits>
#include <memory>

namespace gokajo::protocol {

using platform::Error, platform::ErrorKind;

namespace {

constexpr int kLevel = 3;
constexpr int kWindowLog = 23;              // 8 MiB
constexpr std::size_t kStep = 256U << 10U;  // grown by as much at a time, so that a lie about the size costs nothing

struct FreeCompressor {
  void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
};
struct FreeExpander {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

Error damaged(const char* what) { return {ErrorKind::malformed, std::string("body: ") + what}; }

}  // namespace

std::string compress(std::string_view text) {
  const std::unique_ptr<ZSTD_CCtx, FreeCompressor> context(ZSTD_createCCtx());
  std::string out(ZSTD_compressBound(text.size()), '\0');
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_compressionLevel, kLevel);
  ZSTD_CCtx_setParameter(context.get(), ZSTD_c_checksumFlag, 1);
  const auto size = ZSTD_compress2(context.get(), out.data(), out.size(), text.data(), text.size());
  // Cannot fail with a buffer of compressBound; if it did, the text as it is means the same.
  if (ZSTD_isError(size) != 0) return std::string(text);
  out.resize(size);
  return out;
}

bool is_compressed(std::string_view body) { return body.starts_with("\x28\xb5\x2f\xfd"); }

std::optional<std::size_t> expanded_size(std::string_view body) {
  if (!is_compressed(body)) return body.size();
  const auto size = ZSTD_getFrameContentSize(body.data(), body.size());
  if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > std::numeric_limits<std::size_t>::max())
    return std::nullopt;
  return static_cast<std::size_t>(size);
}

platform::Result<std::string> expand(std::string_view body, std::size_t max_bytes) {
  if (!is_compressed(body)) {
    if (body.size() > max_bytes) return Error{ErrorKind::too_large, "body: more than " + std::to_string(max_bytes) + " bytes"};
    return std::string(body);
  }
  const std::unique_ptr<ZSTD_DCtx, FreeExpander> context(ZSTD_createDCtx());
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, kWindowLog);
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  std::string text;
  for (;;) {
    const auto had = text.size();
    text.resize(std::min(had + kStep, max_bytes + 1));
    ZSTD_outBuffer out{text.data(), text.size(), had};
    const auto left = ZSTD_decompressStream(context.get(), &out, &in);
    const bool full = out.pos == out.size;
    text.resize(out.pos);
    if (ZSTD_isError(left) != 0) {
      if (ZSTD_getErrorCode(left) == ZSTD_error_frameParameter_windowTooLarge) return Error{ErrorKind::too_large, "body: window too large"};
      return damaged(ZSTD_getErrorName(left));
    }
    if (text.size() > max_bytes) return Error{ErrorKind::too_large, "body: more than " + std::to_string(max_bytes) + " bytes of text"};
    if (left == 0) break;
    if (in.pos == in.size && !full) return damaged("breaks off");
  }
  if (in.pos != in.size) return damaged("something follows the frame");
  return text;
}

}  // namespace gokajo::protocol

/// \file
/// A request's body as it travels: JSON text as it is, or compressed with Zstandard (RFC 8878). The signature and the receipt speak of the
/// bytes that travel.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::protocol {

/// The Content-Encoding of a body that is compressed. A body without the header is JSON text.
inline constexpr const char* kZstd = "zstd";

/// Zstandard at level 3, with its checksum.
std::string compress(std::string_view text);

/// Whether the bytes begin as a Zstandard frame does; no JSON text does.
bool is_compressed(std::string_view body);

/// The text of a body, compressed or not. One frame, at most `max_bytes` of text, a window of at most 8 MiB: what would need more is
/// Error{too_large} before it is unpacked. Error{malformed}: broken off, damaged, or something follows the frame.
platform::Result<std::string> expand(std::string_view body, std::size_t max_bytes);

/// How long the text of a body says it will be; nullopt: it does not say, or is damaged. expand() trusts it for nothing.
std::optional<std::size_t> expanded_size(std::string_view body);

}  // namespace gokajo::protocol

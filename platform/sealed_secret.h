/// \file
/// A secret of this PC as it lies on the disk. Windows seals it under the machine's own key (DPAPI): a copy of the file, a backup or a disk
/// in another PC does not give it away. Whoever may read the file on this PC may open it, so the file's rights stay what they are.
/// Elsewhere the file's mode alone guards it, and sealed is the same as plain.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "platform/result.h"

namespace gokajo::platform {

inline constexpr std::size_t kMaxSealedBytes = 4096;

/// What to write. Errors: failed (Windows has no key to seal with), too_large (above 1 KiB).
Result<std::string> seal_secret(std::string_view secret);

/// `sealed` false: it lay there in the clear, as before secrets were sealed, and should be written anew.
struct OpenedSecret {
  std::string secret;
  bool sealed = true;
};

/// Of what was read. Error{malformed}: sealed on another PC, or changed. Wipe the secret after use.
Result<OpenedSecret> open_secret(std::string_view bytes);

}  // namespace gokajo::platform

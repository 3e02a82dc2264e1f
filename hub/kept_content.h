/// \file
/// Contents as bytes and back. Pure; any thread.
#pragma once

#include "hub/records.h"
#include "platform/json_form.h"

namespace gokajo::hub {

/// One that was made here, of another and differences; packed.
KeptContent keep_content(protocol::Position position, const platform::Json& content, Time scanned_at, Time received_at);

/// Error: the store's bytes are not what was put there.
platform::Result<platform::Json> content_of(const KeptContent& kept);

}  // namespace gokajo::hub

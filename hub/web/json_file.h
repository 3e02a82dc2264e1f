/// \file
/// A file of JSON as an answer, which a browser saves.
#pragma once

#include <string>

#include "hub/http.h"
#include "platform/json_form.h"

namespace gokajo::hub {

/// `name`: of letters, digits, "-" and ".".
inline HttpReply json_file(const std::string& name, const platform::Json& json) {
  return {200,
          {{"content-type", "application/json"},
           {"content-disposition", "attachment; filename=\"" + name + "\""},
           {"content-security-policy", "default-src 'none'; frame-ancestors 'none'"}},
          json.dump(1) + "\n"};
}

}  // namespace gokajo::hub

#include "hub/web/file_reply.h"

namespace gokajo::hub {

HttpReply file_reply(const std::string& name, const char* type, std::string bytes) {
  return {200,
          {{"content-type", type}, {"content-disposition", "attachment; filename=\"" + name + "\""}, {"cache-control", "no-store"}},
          std::move(bytes)};
}

}  // namespace gokajo::hub

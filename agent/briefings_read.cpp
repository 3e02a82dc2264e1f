#include "agent/briefings_read.h"

#include <algorithm>
#include <cstdio>

#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/json_form.h"
#include "platform/own_file.h"

namespace gokajo::agent {

using compliance::BriefingRead, compliance::BriefingsRead;
using platform::ErrorKind;

namespace {

constexpr std::size_t kMaxBytes = 256U << 10U;

std::string file_of(const std::string& directory) { return directory + "/briefings.json"; }

platform::Result<BriefingsRead> read_list(const std::string& text) {
  auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  BriefingsRead list;
  if (auto status = platform::read_form(*json, list, platform::Place{}); !status) return status.error();
  if (list.format != compliance::kBriefingsReadFormat)
    return platform::misplaced(platform::Place{"format"}, std::string("expected \"") + compliance::kBriefingsReadFormat + "\"");
  return list;
}

}  // namespace

BriefingsRead load_briefings_read(const std::string& directory) {
  BriefingsRead none{compliance::kBriefingsReadFormat, {}};
  const auto text = platform::read_own_file(file_of(directory), kMaxBytes);
  if (!text && text.error().kind == ErrorKind::not_found) return none;
  auto list = text ? read_list(*text) : platform::Result<BriefingsRead>(text.error());
  if (list) return std::move(*list);
  (void)std::rename(file_of(directory).c_str(), (file_of(directory) + ".damaged").c_str());
  return none;
}

platform::Status record_briefing_read(const std::string& directory, const BriefingRead& read) {
  if (auto owned = platform::own_private_directory(directory); !owned) return owned;
  auto list = load_briefings_read(directory);
  std::erase_if(list.read, [&](const BriefingRead& other) { return other.id == read.id; });
  list.read.push_back(read);
  return platform::write_file_durably(file_of(directory), platform::to_form(list).dump(1) + "\n");
}

}  // namespace gokajo::agent

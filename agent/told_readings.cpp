#include "agent/told_readings.h"

#include <algorithm>
#include <filesystem>

#include "agent/briefings_read.h"
#include "platform/invoker.h"

namespace gokajo::agent {

using compliance::BriefingRead;
using platform::Error, platform::ErrorKind, platform::Status;

namespace {

namespace fs = std::filesystem;

constexpr const char* kPeopleFolder = "/people";
constexpr std::size_t kMaxSid = 184;  // of 15 sub-authorities; winnt.h's SECURITY_MAX_SID_STRING_CHARACTERS is 187

std::vector<std::string> people_with_records(const std::string& directory) {
  std::vector<std::string> people;
  std::error_code problem;
  for (fs::directory_iterator at(fs::u8path(directory + kPeopleFolder), problem), end; !problem && at != end; at.increment(problem))
    if (auto name = at->path().filename().string(); is_sid(name) && people.size() < kMaxPeople) people.push_back(std::move(name));
  return people;
}

std::string folder_of(const std::string& sid) { return kPeopleFolder + ("/" + sid); }

}  // namespace

bool is_sid(std::string_view text) {
  return text.size() <= kMaxSid && text.starts_with("S-1-") && text.size() > 4 && text.back() != '-' &&
         text.find_first_not_of("0123456789-", 2) == std::string_view::npos;
}

Status keep_told_reading(const std::string& directory, const std::string& sid, const BriefingRead& read) {
  if (!is_sid(sid)) return Error{ErrorKind::malformed, "no SID"};
  const auto people = people_with_records(directory);
  if (people.size() >= kMaxPeople && std::find(people.begin(), people.end(), sid) == people.end())
    return Error{ErrorKind::too_large, std::to_string(kMaxPeople) + " people have a record already"};
  // Both are the service's alone.
  if (auto own = platform::own_private_directory(directory + kPeopleFolder); !own) return own;
  return record_briefing_read(directory + folder_of(sid), read);
}

ToldReadings told_readings(const std::string& directory) {
  ToldReadings told;
  for (const auto& person : people_with_records(directory))
    if (auto read = load_briefings_read(directory + folder_of(person)).read; !read.empty()) told.emplace(person, std::move(read));
  return told;
}

std::vector<std::string> folders_of_people(const std::string& directory) {
  std::vector<std::string> folders;
  for (const auto& person : people_with_records(directory)) folders.push_back(folder_of(person));
  return folders;
}

void add_told(compliance::Threats& threats, const ToldReadings& told, platform::Time now) {
  if (!threats.people) return;
  for (auto& [id, person] : *threats.people) {
    const auto found = told.find(id);
    if (found == told.end()) continue;
    if (!person.read) {
      person.read = compliance::fact(found->second, "gokajo person", now);
      continue;
    }
    for (const auto& one : found->second) {
      const auto there = [&](const BriefingRead& other) { return other.id == one.id && other.understood_at >= one.understood_at; };
      if (std::none_of(person.read->begin(), person.read->end(), there)) person.read->push_back(one);
    }
  }
}

}  // namespace gokajo::agent

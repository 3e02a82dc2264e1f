#include "platform/own_access.h"

#include <algorithm>

namespace gokajo::platform {
namespace {

constexpr std::string_view kSystem = "S-1-5-18";
constexpr std::string_view kAdministrators = "S-1-5-32-544";
constexpr std::string_view kUsers = "S-1-5-32-545";
// They stand for whoever makes or owns a thing: of ours only SYSTEM and Administrators can.
constexpr std::string_view kCreatorOwner = "S-1-3-0", kOwnerRights = "S-1-3-4";

constexpr std::uint32_t kAll = 0x1F01FF;
// FILE_WRITE_ATTRIBUTES makes an empty folder a link (MS-FSA 2.1.5.10.37).
constexpr std::uint32_t kWriteAttributes = 0x100;
constexpr std::uint32_t kChanging = kAnyWrite | kWriteAttributes;
constexpr std::uint32_t kReading = 0x1200A9;  // read, and pass through

bool is_one_of(const std::vector<std::string>& sids, std::string_view sid) {
  return std::find(sids.begin(), sids.end(), sid) != sids.end();
}

bool may_change(const AccessEntry& entry, const std::vector<std::string>& trusted) {
  if (!entry.allow || (entry.mask & kChanging) == 0) return false;
  return entry.sid != kCreatorOwner && entry.sid != kOwnerRights && !is_one_of(trusted, entry.sid);
}

bool has_all(const SecurityDescriptor& found, std::string_view sid) {
  return std::any_of(found.entries.begin(), found.entries.end(), [&](const AccessEntry& entry) {
    return entry.allow && !entry.inherit_only && !entry.conditional && entry.sid == sid && (entry.mask & kAll) == kAll;
  });
}

// What the list is not as it is made, when nobody else can have changed anything.
std::string looseness(const SecurityDescriptor& found, OwnPlace place, const std::vector<std::string>& trusted) {
  if (!found.is_protected) return "takes over what the folder above hands down";
  bool users_read = false;
  for (const auto& entry : found.entries) {
    if (!entry.allow) return "refuses something to " + entry.sid;
    if (is_one_of(trusted, entry.sid)) continue;
    const bool user = place == OwnPlace::for_everybody && entry.sid == kUsers && (entry.mask & ~kReading) == 0;
    if (!user) return "lets " + entry.sid + " in";
    users_read = users_read || ((entry.mask & kReadData) != 0 && !entry.inherit_only);
  }
  for (const auto& sid : trusted)
    if (!has_all(found, sid)) return "keeps " + sid + " out";
  return place == OwnPlace::for_everybody && !users_read ? "keeps users out" : "";
}

bool same_entry(const AccessEntry& one, const AccessEntry& other) {
  return one.allow == other.allow && one.sid == other.sid && one.mask == other.mask && one.inherit_only == other.inherit_only &&
         one.conditional == other.conditional;
}

}  // namespace

std::vector<std::string> own_sids(std::string_view person) {
  std::vector<std::string> sids{std::string(kSystem), std::string(kAdministrators)};
  if (!person.empty()) sids.emplace_back(person);
  return sids;
}

std::string own_sddl(OwnPlace place, std::string_view person) {
  // OICI: what is made in it later is as private as the folder.
  std::string text = person.empty() ? "O:BA" : "";
  text += "D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
  if (!person.empty()) text += "(A;OICI;FA;;;" + std::string(person) + ")";
  if (place == OwnPlace::for_everybody) text += "(A;OICI;FR;;;BU)";
  return text;
}

OwnAccess judge_own_access(const SecurityDescriptor& found, OwnPlace place, const std::vector<std::string>& trusted) {
  if (found.everybody_may) return {Possession::foreign, "no access list: everybody may change it"};
  if (!is_one_of(trusted, found.owner))
    return {Possession::foreign, "it belongs to " + (found.owner.empty() ? "nobody known" : found.owner)};
  for (const auto& entry : found.entries)
    if (may_change(entry, trusted)) return {Possession::foreign, entry.sid + " may change it"};
  auto why = looseness(found, place, trusted);
  return {why.empty() ? Possession::ours : Possession::loose, std::move(why)};
}

bool is_access_unverifiable(bool is_wine, const SecurityDescriptor& written, const SecurityDescriptor& read_back) {
  if (!is_wine) return false;
  return written.everybody_may != read_back.everybody_may || written.is_protected != read_back.is_protected ||
         !std::equal(written.entries.begin(), written.entries.end(), read_back.entries.begin(), read_back.entries.end(), same_entry);
}

}  // namespace gokajo::platform

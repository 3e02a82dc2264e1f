#include "platform/sddl.h"

#include <algorithm>
#include <array>
#include <utility>

namespace gokajo::platform {
namespace {

// "SID Strings": names that mean the same SID on every PC.
constexpr std::array<std::pair<std::string_view, std::string_view>, 32> kSids = {{
    {"WD", "S-1-1-0"},      {"CO", "S-1-3-0"},      {"CG", "S-1-3-1"},      {"OW", "S-1-3-4"},      {"NU", "S-1-5-2"},
    {"IU", "S-1-5-4"},      {"SU", "S-1-5-6"},      {"AN", "S-1-5-7"},      {"ED", "S-1-5-9"},      {"PS", "S-1-5-10"},
    {"AU", "S-1-5-11"},     {"RC", "S-1-5-12"},     {"SY", "S-1-5-18"},     {"LS", "S-1-5-19"},     {"NS", "S-1-5-20"},
    {"BA", "S-1-5-32-544"}, {"BU", "S-1-5-32-545"}, {"BG", "S-1-5-32-546"}, {"PU", "S-1-5-32-547"}, {"AO", "S-1-5-32-548"},
    {"SO", "S-1-5-32-549"}, {"PO", "S-1-5-32-550"}, {"BO", "S-1-5-32-551"}, {"RE", "S-1-5-32-552"}, {"RU", "S-1-5-32-554"},
    {"RD", "S-1-5-32-555"}, {"NO", "S-1-5-32-556"}, {"HI", "S-1-16-12288"}, {"ME", "S-1-16-8192"},  {"LW", "S-1-16-4096"},
    {"SI", "S-1-16-16384"}, {"AC", "S-1-15-2-1"},
}};

constexpr std::uint32_t kGenericRead = 0x80000000U, kGenericWrite = 0x40000000U, kGenericExecute = 0x20000000U, kGenericAll = 0x10000000U;
constexpr std::uint32_t kFileAll = 0x1F01FF, kFileRead = 0x120089, kFileWrite = 0x120116, kFileExecute = 0x1200A0;

// "ACE Strings": two-letter names of rights, as they stand for files.
constexpr std::array<std::pair<std::string_view, std::uint32_t>, 21> kRights = {{
    {"GA", kGenericAll}, {"GR", kGenericRead}, {"GW", kGenericWrite}, {"GX", kGenericExecute},
    {"RC", 0x20000},     {"SD", kDelete},      {"WD", kWriteDac},     {"WO", kWriteOwner},
    {"FA", kFileAll},    {"FR", kFileRead},    {"FW", kFileWrite},    {"FX", kFileExecute},
    {"CC", 0x1},         {"DC", 0x2},          {"LC", 0x4},           {"SW", 0x8},
    {"RP", 0x10},        {"WP", 0x20},         {"DT", 0x40},          {"LO", 0x80},
    {"CR", 0x100},
}};

std::uint32_t for_files(std::uint32_t mask) {
  if (mask & kGenericAll) mask |= kFileAll;
  if (mask & kGenericRead) mask |= kFileRead;
  if (mask & kGenericWrite) mask |= kFileWrite;
  if (mask & kGenericExecute) mask |= kFileExecute;
  return mask & 0x0FFFFFFFU;
}

bool is_sid(std::string_view text) {
  if (!text.starts_with("S-1-") || text.size() < 5 || text.size() > 184 || text.back() == '-') return false;
  return text.find_first_not_of("0123456789-", 1) == std::string_view::npos ||
         (text.starts_with("S-1-0x") && text.find_first_not_of("0123456789abcdefABCDEFx-", 1) == std::string_view::npos);
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<SecurityDescriptor> read() {
    SecurityDescriptor descriptor;
    descriptor.everybody_may = true;  // until a list is named
    while (at_ < text_.size()) {
      if (at_ + 1 >= text_.size() || text_[at_ + 1] != ':') return broken("expected O:, G:, D: or S:");
      const char part = text_[at_];
      at_ += 2;
      Status done = Done{};
      if (part == 'O' || part == 'G') {
        auto sid = read_sid();
        if (!sid) return sid.error();
        if (part == 'O') descriptor.owner = std::move(*sid);
      } else if (part == 'D' || part == 'S') {
        done = read_list(part == 'D' ? &descriptor : nullptr);
      } else {
        return broken("expected O:, G:, D: or S:");
      }
      if (!done) return done.error();
    }
    return descriptor;
  }

 private:
  Error broken(std::string_view problem) const {
    return {ErrorKind::malformed, "security descriptor, byte " + std::to_string(at_) + ": " + std::string(problem)};
  }

  // Ends before the next part: a two-letter name, or S-1-… up to the first character that is in no SID.
  Result<std::string> read_sid() {
    if (text_.substr(at_).starts_with("S-1-")) {
      std::size_t end = at_ + 1;
      while (end < text_.size() && (text_[end] == '-' || text_[end] == 'x' || std::isxdigit(static_cast<unsigned char>(text_[end])) != 0) &&
             !(end + 1 < text_.size() && text_[end + 1] == ':'))
        ++end;
      const auto sid = text_.substr(at_, end - at_);
      if (!is_sid(sid)) return broken("no SID");
      at_ = end;
      return std::string(sid);
    }
    if (at_ + 2 > text_.size()) return broken("expected a SID");
    const auto name = text_.substr(at_, 2);
    at_ += 2;
    return written_out(name);
  }

  Result<std::string> written_out(std::string_view name) const {
    if (is_sid(name)) return std::string(name);
    if (name.size() != 2 || name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string_view::npos) return broken("no SID");
    const auto* known = std::find_if(kSids.begin(), kSids.end(), [&](const auto& one) { return one.first == name; });
    return std::string(known == kSids.end() ? name : known->second);
  }

  // Flags, then entries. Without `descriptor` they are only stepped over (the audit list).
  Status read_list(SecurityDescriptor* descriptor) {
    bool none = false;
    while (at_ < text_.size() && text_[at_] != '(' && !(at_ + 1 < text_.size() && text_[at_ + 1] == ':')) {
      const auto rest = text_.substr(at_);
      if (rest.starts_with("NO_ACCESS_CONTROL")) {
        none = true;
        at_ += 17;
      } else if (rest.starts_with("AR") || rest.starts_with("AI")) {
        at_ += 2;
      } else if (rest.front() == 'P') {
        if (descriptor) descriptor->is_protected = true;
        ++at_;
      } else {
        return broken("unknown flag of a list");
      }
    }
    if (descriptor) descriptor->everybody_may = none;
    while (at_ < text_.size() && text_[at_] == '(') {
      if (auto done = read_entry(descriptor); !done) return done;
    }
    return Done{};
  }

  Status read_entry(SecurityDescriptor* descriptor) {
    // A condition holds parentheses of its own, and quotes around what may hold any.
    std::size_t end = at_ + 1, depth = 1;
    bool quoted = false;
    for (; end < text_.size() && depth > 0; ++end) {
      if (text_[end] == '"') quoted = !quoted;
      if (quoted) continue;
      if (text_[end] == '(') ++depth;
      if (text_[end] == ')') --depth;
    }
    if (depth > 0) return broken("an entry without its end");
    std::vector<std::string_view> fields;
    auto body = text_.substr(at_ + 1, end - at_ - 2);
    while (fields.size() < 6) {
      const auto cut = fields.size() < 5 || body.find(';') != std::string_view::npos ? body.find(';') : body.size();
      fields.push_back(body.substr(0, cut));
      if (cut == std::string_view::npos || cut >= body.size()) {
        body = {};
        break;
      }
      body.remove_prefix(cut + 1);
    }
    if (fields.size() < 6) return broken("an entry of fewer than six fields");
    const auto type = fields[0];
    const bool allow = type == "A" || type == "OA" || type == "XA" || type == "ZA";
    const bool deny = type == "D" || type == "OD" || type == "XD";
    if ((allow || deny) && descriptor) {
      auto sid = written_out(fields[5]);
      if (!sid) return sid.error();
      auto mask = rights(fields[2]);
      if (!mask) return mask.error();
      AccessEntry entry{allow, std::move(*sid), *mask, false, type.front() == 'X' || type.front() == 'Z'};
      for (std::size_t i = 0; i + 1 < fields[1].size(); i += 2) entry.inherit_only = entry.inherit_only || fields[1].substr(i, 2) == "IO";
      descriptor->entries.push_back(std::move(entry));
    }
    at_ = end;
    return Done{};
  }

  Result<std::uint32_t> rights(std::string_view text) const {
    if (text.starts_with("0x") || text.starts_with("0X")) {
      std::uint32_t mask = 0;
      if (text.size() < 3 || text.size() > 10) return broken("rights are no number");
      for (const char c : text.substr(2)) {
        if (std::isxdigit(static_cast<unsigned char>(c)) == 0) return broken("rights are no number");
        mask = mask * 16 + static_cast<std::uint32_t>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
      }
      return for_files(mask);
    }
    if (!text.empty() && std::isdigit(static_cast<unsigned char>(text.front())) != 0) {
      std::uint64_t mask = 0;
      for (const char c : text) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0 || text.size() > 10) return broken("rights are no number");
        mask = mask * 10 + static_cast<std::uint64_t>(c - '0');
      }
      return for_files(static_cast<std::uint32_t>(mask));
    }
    if (text.size() % 2 != 0) return broken("unknown right");
    std::uint32_t mask = 0;
    for (std::size_t i = 0; i < text.size(); i += 2) {
      const auto* right = std::find_if(kRights.begin(), kRights.end(), [&](const auto& one) { return one.first == text.substr(i, 2); });
      if (right == kRights.end()) return broken("unknown right");
      mask |= right->second;
    }
    return for_files(mask);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Result<SecurityDescriptor> parse_sddl(std::string_view text) {
  if (text.size() > kMaxSddlBytes) return Error{ErrorKind::too_large, "security descriptor of " + std::to_string(text.size()) + " bytes"};
  return Reader(text).read();
}

std::uint32_t rights_of(const SecurityDescriptor& descriptor, const std::vector<std::string>& sids, std::uint32_t wanted) {
  if (descriptor.everybody_may) return wanted;
  std::uint32_t given = 0, refused = 0;
  for (const auto& entry : descriptor.entries) {
    if (entry.inherit_only || std::find(sids.begin(), sids.end(), entry.sid) == sids.end()) continue;
    if (entry.allow) given |= entry.mask & ~refused;
    // A refusal under a condition may not hold: whoever may be let in is counted as let in.
    if (!entry.allow && !entry.conditional) refused |= entry.mask & ~given;
  }
  return given & wanted;
}

std::optional<std::string> stranger_with(const SecurityDescriptor& descriptor, const std::vector<std::string>& trusted,
                                         std::uint32_t rights) {
  const auto is_trusted = [&](const std::string& sid) { return std::find(trusted.begin(), trusted.end(), sid) != trusted.end(); };
  if (descriptor.everybody_may) return "everybody";
  if (!is_trusted(descriptor.owner)) return "owner " + descriptor.owner;
  for (const auto& entry : descriptor.entries)
    if (entry.allow && !entry.inherit_only && (entry.mask & rights) != 0 && !is_trusted(entry.sid)) return entry.sid;
  return std::nullopt;
}

}  // namespace gokajo::platform

/// \file
/// A compiled dconf database (/etc/dconf/db/NAME, ~/.config/dconf/user) as lines: "PATH=VALUE" for the settings checks look at, "lock PATH"
/// for locked ones. All other settings of a person stay behind. Values: true, false, whole numbers, texts.
///
/// Form: GVDB as in gvdb-format.h of dconf 0.40: "GVariant", version, options, root pointer; a hash table is bloom size, bucket count,
/// bloom words, buckets, then items of 24 bytes (hash, parent, key start, key size, type, pointer). Names are joined from the parents'
/// pieces.
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "platform/reducer.h"

namespace gokajo::platform::reducers {
namespace {

constexpr std::size_t kMaxBytes = 8U << 20U;
constexpr std::size_t kItemBytes = 24;
constexpr int kMaxPieces = 32;

constexpr std::array<std::string_view, 21> kKept = {"/org/gnome/desktop/media-handling/autorun-never",
                                                    "/org/gnome/desktop/media-handling/automount",
                                                    "/org/gnome/desktop/media-handling/automount-open",
                                                    "/org/cinnamon/desktop/media-handling/autorun-never",
                                                    "/org/mate/desktop/media-handling/autorun-never",
                                                    "/org/gnome/desktop/screensaver/lock-enabled",
                                                    "/org/gnome/desktop/screensaver/lock-delay",
                                                    "/org/gnome/desktop/session/idle-delay",
                                                    "/org/cinnamon/desktop/lockdown/disable-lock-screen",
                                                    "/org/gnome/desktop/lockdown/disable-lock-screen",
                                                    "/org/cinnamon/desktop/screensaver/lock-enabled",
                                                    "/org/cinnamon/desktop/screensaver/lock-delay",
                                                    "/org/cinnamon/desktop/session/idle-delay",
                                                    "/org/mate/screensaver/lock-enabled",
                                                    "/org/mate/screensaver/idle-activation-enabled",
                                                    "/org/mate/screensaver/lock-delay",
                                                    "/org/mate/desktop/session/idle-delay",
                                                    "/org/gnome/deja-dup/periodic",
                                                    "/org/gnome/deja-dup/periodic-period",
                                                    "/org/gnome/deja-dup/last-backup",
                                                    "/org/gnome/deja-dup/backend"};

bool keeps(std::string_view path) {
  for (const auto kept : kKept)
    if (kept == path) return true;
  return false;
}

struct Span {
  std::size_t start = 0;
  std::size_t end = 0;
};

struct Item {
  std::uint32_t parent = 0;
  std::string_view piece;
  char type = 0;
  Span value;
};

class Database {
 public:
  explicit Database(std::string_view bytes) : bytes_(bytes) {}

  std::optional<Span> root() const { return span_at(16); }

  // The items of the table in `span`; nullopt when anything points out of the file.
  std::optional<std::vector<Item>> items(Span span) const {
    if (span.end - span.start < 8) return std::nullopt;
    const std::size_t bloom = number(span.start) & ((1U << 27U) - 1), buckets = number(span.start + 4);
    const std::size_t first = span.start + 8 + (bloom + buckets) * 4;
    if (bloom > bytes_.size() || buckets > bytes_.size() || first > span.end || (span.end - first) % kItemBytes != 0) return std::nullopt;
    std::vector<Item> found;
    for (std::size_t at = first; at < span.end; at += kItemBytes) {
      const std::size_t start = number(at + 8), length = number(at + 12) & 0xFFFFU;
      const auto value = span_at(at + 16);
      if (start > bytes_.size() || length > bytes_.size() - start || !value) return std::nullopt;
      found.push_back({number(at + 4), bytes_.substr(start, length), bytes_[at + 14], *value});
    }
    return found;
  }

  // A variant: the value, a zero, the type. Only booleans, 32-bit numbers and texts are of interest; a text with a line break is none.
  std::optional<std::string> value(Span span) const {
    const auto bytes = bytes_.substr(span.start, span.end - span.start);
    if (bytes.size() < 3 || bytes[bytes.size() - 2] != 0) return std::nullopt;
    const auto body = bytes.substr(0, bytes.size() - 2);
    const char type = bytes.back();
    if (type == 'b' && body.size() == 1) return body[0] != 0 ? "true" : "false";
    if ((type == 'u' || type == 'i') && body.size() == 4) return std::to_string(number(span.start));
    if (type != 's' || body.empty() || body.back() != 0) return std::nullopt;
    std::string text(body.substr(0, body.size() - 1));
    for (const char c : text)
      if (static_cast<unsigned char>(c) < ' ') return std::nullopt;
    return text;
  }

 private:
  std::uint32_t number(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4 && at + i < bytes_.size(); ++i)
      value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[at + i])) << (8U * i);
    return value;
  }
  std::optional<Span> span_at(std::size_t at) const {
    const Span span{number(at), number(at + 4)};
    if (span.start > span.end || span.end > bytes_.size()) return std::nullopt;
    return span;
  }

  std::string_view bytes_;
};

std::string path_of(const std::vector<Item>& items, std::size_t index) {
  std::string path;
  for (int pieces = 0; pieces < kMaxPieces; ++pieces) {
    path.insert(0, items[index].piece);
    if (items[index].parent >= items.size()) return path;
    index = items[index].parent;
  }
  return {};  // a ring
}

}  // namespace

Result<std::string> dconf_settings(std::string_view bytes) {
  const Error broken{ErrorKind::malformed, "not a dconf database"};
  if (bytes.empty()) return std::string();  // dconf makes an empty file before the first setting
  if (bytes.size() > kMaxBytes || bytes.size() < 24 || !bytes.starts_with("GVariant")) return broken;
  const Database database(bytes);
  const auto root = database.root();
  const auto items = root ? database.items(*root) : std::nullopt;
  if (!items) return broken;
  std::string out;
  for (std::size_t i = 0; i < items->size(); ++i) {
    const auto path = path_of(*items, i);
    if ((*items)[i].type == 'v' && keeps(path)) {
      if (const auto value = database.value((*items)[i].value)) out.append(path).append("=").append(*value).append("\n");
    } else if ((*items)[i].type == 'H' && path == ".locks") {
      const auto locks = database.items((*items)[i].value);
      if (!locks) return broken;
      for (std::size_t k = 0; k < locks->size(); ++k)
        if (const auto locked = path_of(*locks, k); keeps(locked)) out.append("lock ").append(locked).append("\n");
    }
  }
  return out;
}

}  // namespace gokajo::platform::reducers

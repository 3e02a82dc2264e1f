#include "hub/evidence/verify.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "hub/evidence/digest.h"
#include "hub/evidence/zip.h"
#include "protocol/device_key.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kPiece = 64U << 10U;
// Of a name and what another program puts behind it.
constexpr std::size_t kMostNameBytes = 1024;
constexpr std::size_t kMostEntries = kMaxMembers + 2;
constexpr std::uint64_t kDirectoryLimit = kMostEntries * (kDirectoryHeadBytes + kMostNameBytes);

// What lies in the file: `whole`: up to `end` without a gap.
struct Layout {
  std::vector<ZipEntry> entries;
  std::uint64_t end = 0;
  bool whole = false;
};

struct Found {
  std::string sha256;
  std::uint32_t crc32 = 0;
  bool complete = false;
  bool is_signed = false;  ///< these are the bytes that were signed
};

class Verifier {
 public:
  Verifier(std::istream& file, std::uint64_t size) : file_(file), size_(size) {}

  Verification run() {
    if (size_ < kEndBytes || size_ > kMaxPackBytes) {
      problem(Damage::unreadable, "", 0, size_, size_ < kEndBytes ? "too short" : "too large");
      return std::move(out_);
    }
    auto walked = walk();
    const auto listed = directory();
    // The list begins with a byte that fell over, where the end says it does.
    if (const auto end = end_from(read(size_ - kEndBytes, kEndBytes)); end && end->directory_offset == walked.end) walked.whole = true;
    const auto& layout = better(walked, listed);
    if (!layout.whole) problem(Damage::unreadable, "", layout.end, size_, "neither the members nor their list can be followed");
    for (const auto& entry : layout.entries) found_.push_back(digest_of(entry));
    read_manifest_of(layout);
    compare_members(layout);
    compare_frame(layout);
    return std::move(out_);
  }

 private:
  void problem(Damage damage, const std::string& member, std::uint64_t from, std::uint64_t until, std::string detail = {}) {
    if (++out_.all_problems <= kMaxProblems) out_.problems.push_back({damage, member, from, until, std::move(detail)});
  }

  // Fewer bytes than asked for where the file ends.
  std::string read(std::uint64_t offset, std::uint64_t bytes) {
    if (offset >= size_) return {};
    std::string out(static_cast<std::size_t>(std::min(bytes, size_ - offset)), '\0');
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(offset));
    file_.read(out.data(), static_cast<std::streamsize>(out.size()));
    out.resize(static_cast<std::size_t>(std::max<std::streamsize>(file_.gcount(), 0)));
    return out;
  }

  // From head to head.
  Layout walk() {
    Layout layout;
    while (layout.entries.size() < kMostEntries) {
      const auto head = read(layout.end, kLocalHeadBytes + kMostNameBytes);
      if (head.starts_with("PK\1\2")) {
        layout.whole = true;
        break;
      }
      auto parsed = head_from_local(head);
      if (!parsed || parsed->name_bytes + parsed->more > kMostNameBytes) break;
      auto& entry = parsed->entry;
      entry.name = head.substr(kLocalHeadBytes, parsed->name_bytes);
      entry.offset = static_cast<std::uint32_t>(layout.end);
      entry.gap = static_cast<std::uint32_t>(parsed->more);
      if (entry.name.size() != parsed->name_bytes || entry.end() > size_) break;
      layout.end = entry.end();
      layout.entries.push_back(std::move(entry));
    }
    return layout;
  }

  // By the list at the end: no member begins before the one in front of it has ended.
  Layout directory() {
    Layout layout;
    const auto end = end_from(read(size_ - kEndBytes, kEndBytes));
    if (!end || end->entries > kMostEntries || end->directory_offset + end->directory_size + kEndBytes != size_ ||
        end->directory_size > kDirectoryLimit)
      return layout;
    const auto lines = read(end->directory_offset, end->directory_size);
    std::size_t at = 0;
    for (std::size_t i = 0; i < end->entries; ++i) {
      auto parsed = head_from_directory(std::string_view(lines).substr(std::min(at, lines.size())));
      if (!parsed || parsed->name_bytes + parsed->more > kMostNameBytes) return layout;
      auto& entry = parsed->entry;
      entry.name = lines.substr(at + kDirectoryHeadBytes, parsed->name_bytes);
      at += kDirectoryHeadBytes + parsed->name_bytes + parsed->more;
      if (entry.name.size() != parsed->name_bytes) return layout;
      layout.entries.push_back(std::move(entry));
    }
    // How long a head is follows from where the next begins: the head itself may be what fell over.
    for (std::size_t i = 0; i < layout.entries.size(); ++i) {
      auto& entry = layout.entries[i];
      const auto next = i + 1 < layout.entries.size() ? layout.entries[i + 1].offset : end->directory_offset;
      if ((i == 0 && entry.offset != 0) || next < entry.end() || next - entry.end() > kMostNameBytes) return layout;
      entry.gap = static_cast<std::uint32_t>(next - entry.end());
      layout.end = next;
    }
    layout.whole = at == lines.size();
    return layout;
  }

  // Where the two differ, the one that knows more of the names that were signed.
  const Layout& better(const Layout& walked, const Layout& listed) {
    if (walked.whole != listed.whole) return walked.whole ? walked : listed;
    if (!walked.whole) return walked.entries.size() >= listed.entries.size() ? walked : listed;
    std::set<std::string> signed_names;
    for (const auto* layout : {&walked, &listed})
      if (const auto manifest = manifest_in(*layout))
        for (const auto& member : manifest->members) signed_names.insert(member.name);
    const auto known = [&](const Layout& layout) {
      return std::count_if(layout.entries.begin(), layout.entries.end(), [&](const ZipEntry& entry) {
        return signed_names.contains(entry.name) || entry.name == kManifestName || entry.name == kSignatureName;
      });
    };
    return known(listed) > known(walked) ? listed : walked;
  }

  static const ZipEntry* entry_of(const Layout& layout, std::string_view name) {
    const auto at = std::find_if(layout.entries.begin(), layout.entries.end(), [&](const ZipEntry& entry) { return entry.name == name; });
    return at == layout.entries.end() ? nullptr : &*at;
  }

  std::optional<Manifest> manifest_in(const Layout& layout) {
    const auto* entry = entry_of(layout, kManifestName);
    if (!entry || entry->size > kMaxManifestBytes) return std::nullopt;
    auto manifest = read_manifest(read(entry->data_offset(), entry->size));
    if (!manifest) return std::nullopt;
    return std::move(*manifest);
  }

  Found digest_of(const ZipEntry& entry) {
    PackDigest digest;
    std::uint64_t done = 0;
    while (done < entry.size) {
      const auto piece = read(entry.data_offset() + done, std::min<std::uint64_t>(kPiece, entry.size - done));
      if (piece.empty()) break;
      digest.add(piece);
      done += piece.size();
    }
    const auto crc = digest.crc32();
    return {digest.sha256(), crc, done == entry.size, false};
  }

  Found& found_of(const Layout& layout, const ZipEntry& entry) { return found_[static_cast<std::size_t>(&entry - layout.entries.data())]; }

  void read_manifest_of(const Layout& layout) {
    const auto* entry = entry_of(layout, kManifestName);
    const auto* sig = entry_of(layout, kSignatureName);
    if (!entry) problem(Damage::missing, std::string(kManifestName), 0, 0);
    if (!sig) problem(Damage::missing, std::string(kSignatureName), 0, 0);
    if (!entry) return;
    if (entry->size > kMaxManifestBytes) {
      problem(Damage::manifest, entry->name, entry->data_offset(), entry->end(), "too large");
      return;
    }
    const auto text = read(entry->data_offset(), entry->size);
    auto manifest = read_manifest(text);
    if (!manifest) {
      problem(Damage::manifest, entry->name, entry->data_offset(), entry->end(), manifest.error().detail);
      return;
    }
    out_.manifest = std::move(*manifest);
    out_.sha256 = protocol::sha256_hex(text);
    protocol::PublicKey key{};
    protocol::Signature signature{};
    if (bytes_of_hex(out_.manifest->key, key.data(), key.size())) out_.key_fingerprint = protocol::device_id(key);
    if (!sig) return;
    const auto bytes = read(sig->data_offset(), sig->size);
    if (bytes.size() == signature.size()) std::copy(bytes.begin(), bytes.end(), signature.begin());
    auto &of_manifest = found_of(layout, *entry), &of_signature = found_of(layout, *sig);
    if (bytes.size() == signature.size() && protocol::verify(text, signature, key)) {
      of_manifest.is_signed = of_signature.is_signed = true;
      return;
    }
    // The CRC of each tells in which of the two a byte fell over.
    if (of_manifest.crc32 == entry->crc32 && of_signature.crc32 != sig->crc32)
      problem(Damage::changed, sig->name, sig->data_offset(), sig->end(), "no signature of the manifest");
    else
      problem(Damage::signature, entry->name, entry->data_offset(), entry->end(), "not what was signed");
  }

  void compare_members(const Layout& layout) {
    if (!out_.manifest) return;
    std::map<std::string_view, const PackMember*> wanted;
    std::vector<std::string_view> order;
    for (const auto& member : out_.manifest->members) {
      wanted.emplace(member.name, &member);
      order.push_back(member.name);
    }
    order.push_back(kManifestName);
    order.push_back(kSignatureName);
    std::map<std::string_view, const ZipEntry*> there;
    std::vector<const ZipEntry*> of_pack;
    for (std::size_t i = 0; i < layout.entries.size(); ++i) {
      const auto& entry = layout.entries[i];
      const auto signed_as = wanted.find(entry.name);
      const bool last_two = entry.name == kManifestName || entry.name == kSignatureName;
      if (!there.emplace(entry.name, &entry).second || (signed_as == wanted.end() && !last_two)) {
        problem(Damage::added, entry.name, entry.offset, entry.end());
        continue;
      }
      of_pack.push_back(&entry);
      if (last_two) continue;
      if (found_[i].sha256 != signed_as->second->sha256 || !found_[i].complete || entry.size != signed_as->second->size)
        problem(Damage::changed, entry.name, entry.data_offset(), entry.end());
      else
        found_[i].is_signed = true;
    }
    for (const auto& member : out_.manifest->members)
      if (!there.contains(member.name)) problem(Damage::missing, member.name, 0, 0);
    std::erase_if(order, [&](std::string_view name) { return !there.contains(name); });
    for (std::size_t i = 0; i < order.size(); ++i)
      if (of_pack[i]->name != order[i]) problem(Damage::moved, of_pack[i]->name, of_pack[i]->offset, of_pack[i]->end());
  }

  // Everything that is no member's, against what it must be.
  void compare_frame(const Layout& layout) {
    std::uint64_t at = layout.end;
    const auto whole_directory = std::min<std::uint64_t>(size_ - std::min(size_, at), kDirectoryLimit);
    const auto lines = layout.whole ? read(at, whole_directory) : std::string();
    std::size_t line_at = 0;
    for (std::size_t i = 0; i < layout.entries.size(); ++i) {
      const auto& entry = layout.entries[i];
      const auto head = read(entry.offset, kLocalHeadBytes + entry.name.size() + entry.gap);
      const auto line = lines.substr(std::min(line_at, lines.size()), kDirectoryHeadBytes + entry.name.size());
      auto expected = entry;
      // The CRC of bytes that are as they were signed. Of others: what both say, unless only one says what the bytes say; then the other
      // fell over.
      const auto of_head = head_from_local(head);
      const auto of_line = head_from_directory(line);
      const auto crc = found_[i].crc32;
      if (found_[i].is_signed || (of_head && of_head->entry.crc32 == crc) || (of_line && of_line->entry.crc32 == crc)) expected.crc32 = crc;
      compare(Damage::head, entry.name, entry.offset, head, local_head(expected));
      if (layout.whole) compare(Damage::directory, entry.name, at + line_at, line, directory_line(expected));
      line_at += kDirectoryHeadBytes + entry.name.size();
    }
    if (!layout.whole) return;
    at += line_at;
    compare(Damage::end, "", at, read(at, kEndBytes), end_of_directory(layout.entries.size(), line_at, layout.end));
    if (at + kEndBytes < size_) problem(Damage::added, "", at + kEndBytes, size_, "behind the end");
  }

  void compare(Damage damage, const std::string& member, std::uint64_t at, const std::string& is, const std::string& must_be) {
    if (is == must_be) return;
    std::size_t first = 0, last = must_be.size();
    while (first < is.size() && is[first] == must_be[first]) ++first;
    if (is.size() == must_be.size())
      while (last > first && is[last - 1] == must_be[last - 1]) --last;
    problem(damage, member, at + first, at + last, is.size() < must_be.size() ? "the file ends before" : "");
  }

  std::istream& file_;
  std::uint64_t size_;
  std::vector<Found> found_;  ///< of the layout's entries
  Verification out_;
};

}  // namespace

Verification verify_pack(std::istream& file, std::uint64_t size) { return Verifier(file, size).run(); }

Result<Verification> verify_pack_file(const std::string& path) {
  const std::filesystem::path name(path);
  std::error_code code;
  if (!std::filesystem::is_regular_file(name, code)) return Error{ErrorKind::not_found, path};
  const auto size = std::filesystem::file_size(name, code);
  std::ifstream file(name, std::ios::binary);
  if (code || !file) return Error{ErrorKind::failed, path + ": cannot be read"};
  return verify_pack(file, size);
}

bool follows(const Verification& before, const Verification& next) {
  return before.manifest && next.manifest && next.manifest->previous == before.sha256 &&
         next.manifest->number == before.manifest->number + 1 && next.manifest->company == before.manifest->company;
}

}  // namespace gokajo::hub

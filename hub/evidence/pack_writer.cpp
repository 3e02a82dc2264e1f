#include "hub/evidence/pack_writer.h"

#include <cassert>
#include <filesystem>

#include "platform/durable_file.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

std::string_view text_of_key(const protocol::PublicKey& key) { return {reinterpret_cast<const char*>(key.data()), key.size()}; }

}  // namespace

Result<std::unique_ptr<PackWriter>> PackWriter::create(const std::string& path) {
  if (auto gone = platform::remove_file_durably(path); !gone) return gone.error();
  if (auto made = platform::make_own_file(path); !made) return made.error();
  std::unique_ptr<PackWriter> writer(new PackWriter(path));
  if (auto opened = writer->open(); !opened) return opened.error();
  return writer;
}

PackWriter::~PackWriter() {
  if (path_.empty()) return;
  file_.close();
  (void)platform::remove_file_durably(path_);
}

Status PackWriter::open() {
  file_.open(std::filesystem::path(path_), std::ios::binary | std::ios::in | std::ios::out);
  if (!file_) return Error{ErrorKind::failed, path_ + ": cannot be written"};
  file_.seekp(0, std::ios::end);
  return Done{};
}

Status PackWriter::write(std::string_view bytes) {
  if (bytes.size() > kMaxPackBytes - at_) return Error{ErrorKind::too_large, "evidence pack: more than 4 GiB; take a shorter period"};
  if (!file_.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
    return Error{ErrorKind::failed, path_ + ": cannot be written (is the disk full?)"};
  at_ += bytes.size();
  return Done{};
}

Status PackWriter::begin(const std::string& name) {
  assert(is_member_name(name));
  if (auto ended = end_member(); !ended) return ended;
  if (entries_.size() >= kMaxMembers + 2) return Error{ErrorKind::too_large, "evidence pack: too many members"};
  entries_.push_back({name, 0, 0, static_cast<std::uint32_t>(at_)});
  open_member_ = std::make_unique<PackDigest>();
  return write(local_head(entries_.back()));
}

Status PackWriter::append(std::string_view bytes) {
  assert(open_member_);
  if (auto written = write(bytes); !written) return written;
  open_member_->add(bytes);
  entries_.back().size += static_cast<std::uint32_t>(bytes.size());
  return Done{};
}

Status PackWriter::member(const std::string& name, std::string_view bytes) {
  if (auto begun = begin(name); !begun) return begun;
  return append(bytes);
}

// Its head stands before it and says how long it is, which is known by now.
Status PackWriter::end_member() {
  if (!open_member_) return Done{};
  auto& entry = entries_.back();
  entry.crc32 = open_member_->crc32();
  sha256_.push_back(open_member_->sha256());
  open_member_.reset();
  const auto head = local_head(entry);
  file_.seekp(static_cast<std::streamoff>(entry.offset));
  file_.write(head.data(), static_cast<std::streamsize>(head.size()));
  file_.seekp(0, std::ios::end);
  if (!file_) return Error{ErrorKind::failed, path_ + ": cannot be written (is the disk full?)"};
  return Done{};
}

Status PackWriter::settle() {
  if (auto ended = end_member(); !ended) return ended;
  file_.close();
  if (!file_) return Error{ErrorKind::failed, path_ + ": cannot be written (is the disk full?)"};
  const auto settled = path_ + "-settled";
  if (auto renamed = platform::rename_durably(path_, settled); !renamed) return renamed;
  path_ = settled;
  return open();
}

Result<std::string> PackWriter::finish(Manifest manifest, const protocol::DeviceKey& key, const std::string& to) {
  if (auto ended = end_member(); !ended) return ended.error();
  manifest.key = hex_of(text_of_key(key.public_key()));
  manifest.members.clear();
  for (std::size_t i = 0; i < entries_.size(); ++i) manifest.members.push_back({entries_[i].name, entries_[i].size, sha256_[i]});
  if (entries_.size() > kMaxMembers) return Error{ErrorKind::too_large, "evidence pack: too many members"};
  const auto text = write_manifest(manifest);
  const auto signature = key.sign(text);
  // What verify_pack() would refuse must not leave this program.
  if (auto readable = read_manifest(text); !readable) return readable.error();
  if (auto put = member(std::string(kManifestName), text); !put) return put.error();
  if (auto put = member(std::string(kSignatureName), {reinterpret_cast<const char*>(signature.data()), signature.size()}); !put)
    return put.error();
  if (auto ended = end_member(); !ended) return ended.error();
  const auto directory = at_;
  for (const auto& entry : entries_)
    if (auto put = write(directory_line(entry)); !put) return put.error();
  if (auto put = write(end_of_directory(entries_.size(), at_ - directory, directory)); !put) return put.error();
  file_.close();
  if (!file_) return Error{ErrorKind::failed, path_ + ": cannot be written (is the disk full?)"};
  if (auto renamed = platform::rename_durably(path_, to); !renamed) return renamed.error();
  path_.clear();
  return protocol::sha256_hex(text);
}

}  // namespace gokajo::hub

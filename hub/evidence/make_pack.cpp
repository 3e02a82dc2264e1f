#include "hub/evidence/make_pack.h"

#include <filesystem>

#include "hub/erasing.h"
#include "hub/evidence/cover.h"
#include "hub/evidence/signing_key.h"
#include "hub/export/cover_pdf.h"
#include "hub/export/pdf.h"
#include "hub/in_transaction.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr const char* kEnding = ".zip";
constexpr std::chrono::hours kLongestMaking{24};

std::string packs_of(const std::string& directory) { return directory + "/evidence"; }

// What is written first, in a transaction of its own, so that reading waits for nobody.
struct Start {
  Company company;
  std::int64_t number = 1;
  std::optional<std::string> previous;
  std::int64_t erasures = 0;
  protocol::DeviceKey key;
};

Result<std::pair<std::int64_t, std::optional<std::string>>> next_of(Store& store, const std::string& tenant) {
  const auto last = packs_of(store).evidence_packs(tenant, 1);
  if (!last) return last.error();
  if (last->empty()) return std::pair(std::int64_t{1}, std::optional<std::string>());
  return std::pair(last->front().number + 1, std::optional(last->front().manifest));
}

Result<Start> start(const PackMaker& maker, const PackWish& wish, Time now) {
  auto company = maker.store.company(wish.tenant);
  if (!company) return Error{company.error().kind, wish.tenant};
  auto key = pack_key(maker.store, maker.pepper, now);
  if (!key) return key.error();
  auto next = next_of(maker.store, wish.tenant);
  if (!next) return next.error();
  const auto erased = erasures(maker.store);
  if (!erased) return erased.error();
  return Start{std::move(*company), next->first, std::move(next->second), *erased, std::move(*key)};
}

Status write_cover(PackWriter& writer, const CoverInput& input) {
  const auto ja = cover_of(input, compliance::Language::ja), en = cover_of(input, compliance::Language::en);
  if (auto put = writer.member("cover.txt", text_of(ja) + "\n----\n\n" + text_of(en)); !put || !can_write_pdf()) return put;
  const auto pdf = cover_pdf({ja, en});
  return pdf ? writer.member("cover.pdf", *pdf) : Status(pdf.error());
}

// Its row and its name come together: whoever sees the row finds the file.
Result<EvidencePack> end(const PackMaker& maker, const PackWish& wish, PackWriter& writer, const Start& begun, const Manifest& manifest,
                         Time now) {
  const auto next = next_of(maker.store, wish.tenant);
  if (!next) return next.error();
  if (next->first != begun.number || next->second != begun.previous)
    return Error{ErrorKind::timed_out, "evidence pack: another one was finished meanwhile"};
  // It may hold what was read before.
  const auto erased = erasures(maker.store);
  if (!erased) return erased.error();
  if (*erased != begun.erasures) return Error{ErrorKind::timed_out, "evidence pack: a PC or a person was erased meanwhile"};
  const auto hash = writer.finish(manifest, begun.key, pack_file(maker.directory, wish.tenant, begun.number));
  if (!hash) return hash.error();
  const EvidencePack pack{wish.tenant,   begun.number,        wish.kind,
                          manifest.from, manifest.until,      now,
                          *hash,         begun.key.id(),      static_cast<std::int64_t>(writer.size()),
                          wish.who,      now + kKeepPackFiles};
  if (auto added = packs_of(maker.store).add_evidence_pack(pack); !added) return added.error();
  const auto told =
      maker.store.add_deed({wish.tenant, now, wish.who, "evidence.make", std::to_string(pack.number), "", head_of(pack.manifest)});
  if (!told) return told.error();
  return pack;
}

}  // namespace

std::string pack_file(const std::string& directory, const std::string& tenant, std::int64_t number) {
  return packs_of(directory) + "/" + tenant + "/" + std::to_string(number) + kEnding;
}

std::string pack_file_name(const EvidencePack& pack) {
  return "gokajo-" + pack.tenant + "-" + std::to_string(pack.number) + (pack.kind == PackKind::internal ? "-shanai" : "-teishutsu") +
         kEnding;
}

Result<EvidencePack> make_pack(const PackMaker& maker, const PackWish& wish, Time now) {
  const auto until = std::min(wish.until, now);
  if (wish.from >= until) return Error{ErrorKind::malformed, "evidence pack: no period"};
  if (until - wish.from > kLongestPeriod) return Error{ErrorKind::malformed, "evidence pack: more than 400 days"};
  auto& store = maker.store;
  const auto begun = in_transaction(store, store.begin(), [&] { return start(maker, wish, now); });
  if (!begun) return begun.error();
  const auto folder = packs_of(maker.directory) + "/" + wish.tenant;
  if (auto made = platform::own_private_directory(folder); !made) return made.error();
  auto writer = PackWriter::create(folder + "/making-" + random_word(16));
  if (!writer) return writer.error();
  const auto counts = in_transaction(store, store.begin_reading(), [&] {
    return write_contents(**writer, {store, maker.library, now, maker.goes_on}, begun->company, wish.kind, {wish.from, until});
  });
  if (!counts) return counts.error();
  Manifest manifest;
  manifest.kind = wish.kind;
  manifest.company = begun->company.name;
  manifest.number = begun->number;
  manifest.from = wish.from;
  manifest.until = until;
  manifest.made_at = now;
  manifest.made_by = std::string("gokajo-hub/") + GOKAJO_VERSION;
  manifest.previous = begun->previous;
  if (auto put = write_cover(**writer, {begun->company, manifest, *counts, begun->key.id()}); !put) return put.error();
  if (auto settled = (*writer)->settle(); !settled) return settled.error();
  return in_transaction(store, store.begin(), [&] { return end(maker, wish, **writer, *begun, manifest, now); });
}

Status sweep_pack_files(const std::string& directory, Store& store, Time now) {
  if (directory.empty()) return Done{};
  std::error_code code;
  const auto swept = [&](const std::filesystem::directory_entry& file, const std::string& tenant) -> Status {
    const auto name = file.path().filename().string();
    // Being made just now, or finished by somebody whose row is not to be seen yet.
    const auto left_behind = [&] {
      const auto age = std::filesystem::file_time_type::clock::now() - file.last_write_time(code);
      return !code && age > kLongestMaking ? platform::remove_file_durably(file.path().string()) : Status(Done{});
    };
    if (name.starts_with("making-")) return left_behind();
    const auto digits = file.path().stem().string();
    if (digits.empty() || digits.size() > 10 || digits.find_first_not_of("0123456789") != std::string::npos) return Done{};
    const auto pack = packs_of(store).evidence_pack(tenant, std::stoll(digits));
    if (!pack) return pack.error().kind == ErrorKind::not_found ? left_behind() : Status(pack.error());
    return is_kept(*pack, now) ? Status(Done{}) : platform::remove_file_durably(file.path().string());
  };
  return in_transaction(store, store.begin_reading(), [&]() -> Status {
    for (const auto& company : std::filesystem::directory_iterator(packs_of(directory), code))
      for (const auto& file : std::filesystem::directory_iterator(company.path(), code))
        if (auto done = swept(file, company.path().filename().string()); !done) return done;
    return Done{};
  });
}

}  // namespace gokajo::hub

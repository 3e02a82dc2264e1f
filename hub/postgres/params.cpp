#include "hub/postgres/params.h"

#include "hub/postgres/text.h"

namespace gokajo::hub {
namespace {

constexpr std::uint64_t kTextOid = 25, kBigintOid = 20;  // pg_type.dat: never another

// The head of an array of one dimension, from 1 on, without NULLs.
std::string array_head(std::uint64_t oid, std::size_t size) {
  std::string out;
  append_big_endian(out, size == 0 ? 0 : 1, 4);
  append_big_endian(out, 0, 4);
  append_big_endian(out, oid, 4);
  if (size == 0) return out;
  append_big_endian(out, size, 4);
  append_big_endian(out, 1, 4);
  return out;
}

}  // namespace

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> static_cast<unsigned>(shift) & 0xFFU);
}

void Params::add(std::string_view text) { values_.emplace_back(to_database_text(text)); }

void Params::add(std::int64_t number) {
  append_big_endian(values_.emplace_back(std::string()).value(), static_cast<std::uint64_t>(number), 8);
}

void Params::add(Blob blob) { values_.emplace_back(std::string(blob.bytes)); }

void Params::add(const Words& words) {
  auto out = array_head(kTextOid, words.size());
  for (const auto& word : words) {
    const auto text = to_database_text(word);
    append_big_endian(out, text.size(), 4);
    out += text;
  }
  values_.emplace_back(std::move(out));
}

void Params::add(const Numbers& numbers) {
  auto out = array_head(kBigintOid, numbers.size());
  for (const auto number : numbers) {
    append_big_endian(out, 8, 4);
    append_big_endian(out, static_cast<std::uint64_t>(number), 8);
  }
  values_.emplace_back(std::move(out));
}

}  // namespace gokajo::hub

#include "platform/fault_injector.h"

#include <array>
#include <random>

#include "platform/snapshot.h"

namespace gokajo::platform {
namespace {

// The same numbers on every system: std::hash and the standard distributions are free to differ.
std::mt19937_64 numbers_for(const Question& question, std::uint64_t seed) {
  std::uint64_t value = 14695981039346656037ULL ^ seed;
  for (const char c : question_key(question)) value = (value ^ static_cast<std::uint8_t>(c)) * 1099511628211ULL;
  return std::mt19937_64(value);
}

std::string garbage(std::mt19937_64& numbers) {
  static const std::array<std::string, 7> kForeign = {
      "<!DOCTYPE html>\n<html><body><form action=\"/login\">Sign in to the hotel's network</form></body></html>\n",
      "\x8B\xA4\x97\x4C\x83\x74\x83\x48\x83\x8B\x83\x5F\x81\x5B\n",  // CP932
      std::string("\0\x01\x02\xFF\xFE\x80\0\n", 8),
      "Segmentation fault\n",
      "usage: program [-hv] [file ...]\n",
      "{\"error\": {\"code\": 500, \"message\": \"internal\"}}\n",
      "\x1B[31m\xC3\x28\xE2\x82\x1B[0m\n",
  };
  const auto choice = numbers() % (kForeign.size() + 1);
  if (choice < kForeign.size()) return kForeign[choice];
  std::string bytes(1 + numbers() % 4096, '\0');
  for (char& c : bytes) c = static_cast<char>(numbers());
  return bytes;
}

void damage_text(std::string& text, Damage damage, std::mt19937_64& numbers) {
  if (damage == Damage::garbage) text = garbage(numbers);
  if (damage == Damage::truncated) text.resize(text.empty() ? 0 : numbers() % text.size());
  if (damage != Damage::garbled || text.empty()) return;
  for (auto changes = 1 + numbers() % 8; changes > 0; --changes) text[numbers() % text.size()] = static_cast<char>(numbers());
}

// A listing has no text that could be foreign; it loses its end or names what is not there.
template <class Entry>
void damage_list(std::vector<Entry>& entries, Damage damage, std::mt19937_64& numbers) {
  if (damage == Damage::garbage || entries.empty()) return;
  if (damage == Damage::truncated) entries.resize(numbers() % entries.size());
  if (damage == Damage::garbled) entries[numbers() % entries.size()] = Entry{};
}

// A value of another type than its documentation says, so that nobody can take it for the PC's own.
void change_type(Cell& cell, std::mt19937_64& numbers) {
  switch (numbers() % 4) {
    case 0:
      if (cell.number())
        cell.value = garbage(numbers);
      else
        cell.value = static_cast<std::int64_t>(numbers());
      break;
    case 1:
      if (cell.list())
        cell.value = garbage(numbers);
      else
        cell.value = std::vector<std::string>{garbage(numbers)};
      break;
    case 2:
      if (cell.text())
        cell.value = std::vector<std::string>{};
      else
        cell.value = garbage(numbers);
      break;
    default:
      if (cell.bytes())
        cell.value = garbage(numbers);
      else
        cell.value = Bytes{garbage(numbers)};
  }
}

// Foreign: text is other text, and what is no text is of another type. Garbled: anything, which may be a value as good as the PC's own.
void damage_cell(Cell& cell, Damage damage, std::mt19937_64& numbers) {
  if (damage == Damage::garbage && cell.text() && numbers() % 2 == 0) {
    cell.value = garbage(numbers);
    return;
  }
  change_type(cell, numbers);
  if (damage != Damage::garbled) return;
  if (numbers() % 3 == 0) cell.value = numbers() % 2 == 0;
  if (numbers() % 3 == 0) cell.value = static_cast<std::int64_t>(numbers());
  if (numbers() % 5 == 0) cell.value = std::monostate{};
}

void damage_row(Row& row, Damage damage, std::mt19937_64& numbers) {
  for (auto& [name, cell] : row)
    if (damage == Damage::garbage || numbers() % 4 == 0) damage_cell(cell, damage, numbers);
}

struct DamageReply {
  Damage damage;
  std::mt19937_64& numbers;
  void operator()(FileContents& file) const { damage_text(file.bytes.data, damage, numbers); }
  void operator()(HelperOutput& output) const {
    damage_text(output.out.data, damage, numbers);
    if (numbers() % 4 == 0) damage_text(output.err.data, damage, numbers);
  }
  void operator()(SocketReply& reply) const { damage_text(reply.bytes.data, damage, numbers); }
  void operator()(Directory& directory) const { damage_list(directory.entries, damage, numbers); }
  void operator()(Processes& processes) const { damage_list(processes.processes, damage, numbers); }
  void operator()(Listeners& listeners) const { damage_list(listeners.listeners, damage, numbers); }
  void operator()(FilterTables& tables) const { damage_list(tables.tables, damage, numbers); }
  void operator()(PackageOffers& offers) const { damage_list(offers.offers, damage, numbers); }
  void operator()(Registry& registry) const {
    if (damage == Damage::truncated)
      damage_list(registry.keys, damage, numbers);
    else
      for (auto& key : registry.keys) damage_row(key.values, damage, numbers);
  }
  void operator()(Rows& rows) const {
    if (damage == Damage::truncated)
      damage_list(rows.rows, damage, numbers);
    else
      for (auto& row : rows.rows) damage_row(row, damage, numbers);
  }
  void operator()(FileStatusReply& reply) const {
    if (may_be_emptied(damage)) reply.status = FileStatus{};
  }
  void operator()(SystemDescription& system) const {
    if (may_be_emptied(damage)) system = SystemDescription{};
  }

 private:
  // A structure of our own cannot hold a foreign value or one of another type; an empty one is another PC's.
  static bool may_be_emptied(Damage damage) { return damage != Damage::garbage && damage != Damage::wrong_type; }
};

Reply wrong_reply(const Reply& right) {
  if (std::holds_alternative<SocketReply>(right)) return Listeners{};
  return SocketReply{{"an answer of another kind"}};
}

ErrorKind kind_of(Damage damage) {
  static constexpr std::array<ErrorKind, 7> kKinds = {ErrorKind::denied,    ErrorKind::timed_out, ErrorKind::too_large,  ErrorKind::failed,
                                                      ErrorKind::malformed, ErrorKind::not_asked, ErrorKind::unsupported};
  return kKinds[static_cast<std::size_t>(damage)];
}

}  // namespace

const std::vector<Damage>& recognisable_damages() {
  static const std::vector<Damage> ways = {Damage::denied,    Damage::timed_out, Damage::too_large,   Damage::failed,
                                           Damage::malformed, Damage::not_asked, Damage::unsupported, Damage::wrong_reply};
  return ways;
}

const std::vector<Damage>& recognisable_damages_of_windows() {
  static const std::vector<Damage> ways = [] {
    auto all = recognisable_damages();
    all.push_back(Damage::wrong_type);
    return all;
  }();
  return ways;
}

const std::vector<Damage>& all_damages() {
  static const std::vector<Damage> ways = [] {
    auto all = recognisable_damages();
    all.insert(all.end(), {Damage::garbage, Damage::truncated, Damage::garbled});
    return all;
  }();
  return ways;
}

Answer FaultInjector::ask(const Question& question) const {
  Answer answer = inner_.ask(question);
  const auto damage = choose_(question);
  if (!damage) return answer;
  if (*damage < Damage::wrong_reply) return {Error{kind_of(*damage), source_of(question) + ": fault injected"}, answer.observed_at};
  if (!answer.reply) return answer;  // there is nothing to damage
  if (*damage == Damage::wrong_reply) {
    answer.reply = wrong_reply(*answer.reply);
  } else {
    auto numbers = numbers_for(question, seed_ + 1);
    std::visit(DamageReply{*damage, numbers}, *answer.reply);
  }
  return answer;
}

FaultInjector::Choose random_damages(std::uint64_t seed, std::uint64_t one_in, std::vector<Damage> ways) {
  return [seed, one_in, ways = std::move(ways)](const Question& question) -> std::optional<Damage> {
    auto numbers = numbers_for(question, seed);
    if (numbers() % one_in != 0) return std::nullopt;
    return ways[numbers() % ways.size()];
  };
}

}  // namespace gokajo::platform

/// \file
/// Any value of a described type out of a fuzzer's bytes: evidence that no parser would make byte by byte. When the bytes are used up
/// everything is empty, zero or absent, so each value is finite.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compliance/evidence.h"
#include "platform/json_form.h"

namespace gokajo::fuzz {

class Drawn {
 public:
  explicit Drawn(std::string_view bytes) : rest_(bytes) {}

  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  std::size_t below(std::size_t count) { return count == 0 ? 0 : (count > 256 ? byte() * 256U + byte() : byte()) % count; }

  /// Within two years of the day tests live in, at times the ends of what a time's text can say.
  platform::Time time() {
    constexpr std::int64_t kAround = 1795305600, kFirst = -62167219200, kLast = 253402300799;  // 2026-11-22, year 0, year 9999
    const auto kind = byte() % 16;
    if (kind == 1) return platform::Time{std::chrono::seconds{kFirst}};
    if (kind == 2) return platform::Time{std::chrono::seconds{kLast}};
    const auto hours = static_cast<std::int64_t>(byte() * 256U + byte()) - 32768;
    return platform::Time{std::chrono::seconds{kAround + hours / 2 * 3600}};
  }

  template <class T>
  void value(T& out) {
    if constexpr (std::is_same_v<T, bool>) {
      out = byte() % 2 != 0;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
      out = number();
    } else if constexpr (std::is_same_v<T, std::string>) {
      out = text();
    } else if constexpr (std::is_same_v<T, platform::Time>) {
      out = time();
    } else if constexpr (std::is_enum_v<T>) {
      using Values = boost::describe::describe_enumerators<T>;
      auto place = below(boost::mp11::mp_size<Values>::value);
      boost::mp11::mp_for_each<Values>([&](auto d) {
        if (place-- == 0) out = d.value;
      });
    } else {
      compound(out);
    }
  }

 private:
  std::int64_t number() {
    const auto kind = byte() % 16;
    if (kind == 1) return std::numeric_limits<std::int64_t>::max();
    if (kind == 2) return std::numeric_limits<std::int64_t>::min();
    if (kind == 3) return -static_cast<std::int64_t>(byte());
    return kind < 8 ? byte() : byte() * 256U + byte();
  }

  // Words that checks look for, or raw bytes: comparisons teach the fuzzer the others.
  std::string text() {
    static constexpr std::array<const char*, 24> kWords = {"",
                                                           "debian",
                                                           "ubuntu",
                                                           "12",
                                                           "24.04",
                                                           "tcp",
                                                           "udp",
                                                           "root",
                                                           "/usr/sbin/sshd",
                                                           "/usr/sbin/smbd",
                                                           "0.0.0.0",
                                                           "::",
                                                           "clamav",
                                                           "taro",
                                                           "1000",
                                                           "ufw",
                                                           "firewalld",
                                                           "security",
                                                           "yes",
                                                           "guest",
                                                           "rhel",
                                                           "9.4",
                                                           "linux",
                                                           "\xe5\x85\xb1\xe6\x9c\x89"};
    const auto kind = byte();
    if (kind < 192) return kWords.at(kind % kWords.size());
    const auto length = std::min<std::size_t>(kind % 24, rest_.size());
    std::string out(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return out;
  }

  template <class T>
  void compound(compliance::Fact<T>& out) {
    out.source = "drawn";
    out.observed_at = time();
    if (byte() % 8 == 0) {
      value(out.absent);
      return;
    }
    T inner{};
    value(inner);
    out.value = std::move(inner);
  }
  template <class T>
  void compound(std::optional<T>& out) {
    if (byte() % 2 == 0) return;
    T inner{};
    value(inner);
    out = std::move(inner);
  }
  template <class T>
  void compound(std::vector<T>& out) {
    for (auto left = byte() % 4; left > 0; --left) {
      T inner{};
      value(inner);
      out.push_back(std::move(inner));
    }
  }
  template <class T>
  void compound(std::map<std::string, T>& out) {
    for (auto left = byte() % 4; left > 0; --left) {
      T inner{};
      value(inner);
      out.insert_or_assign(text(), std::move(inner));
    }
  }
  template <class T>
    requires boost::describe::has_describe_members<T>::value
  void compound(T& out) {
    boost::mp11::mp_for_each<platform::detail::Members<T>>([&](auto d) { value(out.*d.pointer); });
  }

  std::string_view rest_;
};

inline compliance::Evidence drawn_evidence(Drawn& drawn) {
  compliance::Evidence evidence;
  // Topics in an order the bytes choose would cost a fuzzer its bearings; the first byte says which are drawn at all.
  const auto topics = drawn.byte();
  const auto draw = [&](unsigned bit, auto& topic) {
    if ((topics >> bit & 1U) == 0) drawn.value(topic);
  };
  draw(0, evidence.device);
  draw(1, evidence.updates);
  draw(2, evidence.antivirus);
  draw(3, evidence.passwords);
  draw(4, evidence.sharing);
  draw(5, evidence.threats);
  draw(6, evidence.extras);
  draw(7, evidence.inventory);
  drawn.value(evidence.declarations);
  return evidence;
}

/// Beginnings for such targets: bytes without meaning, always the same.
inline std::vector<std::string> drawn_seeds() {
  std::vector<std::string> seeds;
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    std::string bytes;
    std::uint32_t state = seed * 2654435761U;
    for (std::size_t i = 0; i < 200 * static_cast<std::size_t>(seed % 10 + 1); ++i) {
      state = state * 1664525U + 1013904223U;
      bytes += static_cast<char>(state >> 24U);
    }
    // One topic alone in most of them.
    bytes[0] = static_cast<char>(seed > 32 ? 0 : ~(1U << (seed % 8)));
    seeds.push_back(std::move(bytes));
  }
  return seeds;
}

}  // namespace gokajo::fuzz

/// \file
/// to_form() as text, without building it: for what is written often and only read as JSON again. Members stand in the order in which they
/// are described, not sorted. Types with a JSON form of their own are written through it.
#pragma once

#include <string>

#include "platform/json_form.h"

namespace gokajo::platform {

/// Adds it to the end of `out`. What parse_json() reads of it equals to_form(value).
template <class T>
void append_text(std::string& out, const T& value) {
  out += to_text(to_form(value));
}

/// Of any bytes: what is no printable UTF-8 is replaced as in to_form().
void append_text(std::string& out, const std::string& value);
inline void append_text(std::string& out, bool value) { out += value ? "true" : "false"; }
inline void append_text(std::string& out, Time value) { (out += '"').append(format_time(value)) += '"'; }

template <class T>
void append_text(std::string& out, const std::vector<T>& values);
template <class T>
void append_text(std::string& out, const std::map<std::string, T>& values);
template <class E>
  requires std::is_enum_v<E>
void append_text(std::string& out, const E& value);
template <class T>
  requires boost::describe::has_describe_members<T>::value
void append_text(std::string& out, const T& value);

template <class T>
void append_text(std::string& out, const std::vector<T>& values) {
  char before = '[';
  for (const auto& value : values) {
    out += std::exchange(before, ',');
    append_text(out, value);
  }
  out += before == '[' ? "[]" : "]";
}

template <class T>
void append_text(std::string& out, const std::map<std::string, T>& values) {
  char before = '{';
  for (const auto& [name, value] : values) {
    out += std::exchange(before, ',');
    append_text(out, name);
    out += ':';
    append_text(out, value);
  }
  out += before == '{' ? "{}" : "}";
}

template <class E>
  requires std::is_enum_v<E>
void append_text(std::string& out, const E& value) {
  const char* name = boost::describe::enum_to_string(value, nullptr);
  if (!name) {
    out += "null";
    return;
  }
  (out += '"').append(name) += '"';
}

template <class T>
  requires boost::describe::has_describe_members<T>::value
void append_text(std::string& out, const T& value) {
  char before = '{';
  const auto name = [&](const char* of_member) { ((out += std::exchange(before, ',')) += '"').append(of_member).append("\":"); };
  boost::mp11::mp_for_each<detail::Members<T>>([&](auto d) {
    const auto& member = value.*d.pointer;
    if constexpr (detail::IsOptional<std::remove_cvref_t<decltype(member)>>::value) {
      if (!member) return;
      name(d.name);
      append_text(out, *member);
    } else {
      name(d.name);
      append_text(out, member);
    }
  });
  out += before == '{' ? "{}" : "}";
}

}  // namespace gokajo::platform

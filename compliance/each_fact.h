/// \file
/// Every fact in a struct of evidence, wherever in it: in members, lists, maps, and in the values of other facts.
#pragma once

#include <map>
#include <optional>
#include <type_traits>
#include <vector>

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include "compliance/fact.h"

namespace gokajo::compliance {

template <class T>
struct IsFact : std::false_type {};
template <class T>
struct IsFact<Fact<T>> : std::true_type {};

template <class T>
concept Described = boost::describe::has_describe_members<T>::value && !IsFact<T>::value;

template <class T>
using MembersOf = boost::describe::describe_members<T, boost::describe::mod_public>;

template <class T, class Visit>
void each_fact(T&, const Visit&) {}
template <class T, class Visit>
void each_fact(Fact<T>& fact, const Visit& visit);
template <Described T, class Visit>
void each_fact(T& value, const Visit& visit);
template <class T, class Visit>
void each_fact(std::optional<T>& value, const Visit& visit);
template <class T, class Visit>
void each_fact(std::vector<T>& values, const Visit& visit);
template <class K, class T, class Visit>
void each_fact(std::map<K, T>& values, const Visit& visit);

/// `visit` is called with each Fact<T>&, outer ones first; what is in a value it took away is not visited.
template <class T, class Visit>
void each_fact(Fact<T>& fact, const Visit& visit) {
  visit(fact);
  if (fact.value) each_fact(*fact.value, visit);
}
template <Described T, class Visit>
void each_fact(T& value, const Visit& visit) {
  boost::mp11::mp_for_each<MembersOf<T>>([&](auto member) { each_fact(value.*member.pointer, visit); });
}
template <class T, class Visit>
void each_fact(std::optional<T>& value, const Visit& visit) {
  if (value) each_fact(*value, visit);
}
template <class T, class Visit>
void each_fact(std::vector<T>& values, const Visit& visit) {
  if constexpr (!std::is_same_v<T, bool>)
    for (auto& value : values) each_fact(value, visit);
}
template <class K, class T, class Visit>
void each_fact(std::map<K, T>& values, const Visit& visit) {
  for (auto& [key, value] : values) each_fact(value, visit);
}

}  // namespace gokajo::compliance

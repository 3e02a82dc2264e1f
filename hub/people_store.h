/// \file
/// Where people, their sign-ins and their deeds are kept: a part of hub/store.h, with its errors, threads and transactions.
#pragma once

#include <vector>

#include "hub/people.h"
#include "platform/result.h"

namespace gokajo::hub {

class PeopleStore {
 public:
  PeopleStore() = default;
  PeopleStore(const PeopleStore&) = delete;
  PeopleStore& operator=(const PeopleStore&) = delete;
  virtual ~PeopleStore() = default;

  virtual platform::Result<bool> has_people() = 0;
  virtual platform::Result<Person> person(const std::string& id) = 0;
  virtual platform::Result<Person> person_by_mail(const std::string& mail) = 0;
  /// Adds or replaces.
  virtual platform::Status put_person(const Person& person) = 0;
  /// With sign-ins, keys and memberships.
  virtual platform::Status remove_person(const std::string& id) = 0;

  virtual platform::Result<std::vector<Membership>> memberships_of(const std::string& person) = 0;
  virtual platform::Result<std::vector<Membership>> members(const std::string& tenant) = 0;
  virtual platform::Status put_membership(const Membership& membership) = 0;
  virtual platform::Status remove_membership(const std::string& tenant, const std::string& person) = 0;

  virtual platform::Result<SignIn> sign_in(const std::string& hash) = 0;
  virtual platform::Result<std::vector<SignIn>> sign_ins(const std::string& person) = 0;
  /// Adds or replaces.
  virtual platform::Status put_sign_in(const SignIn& sign_in) = 0;
  virtual platform::Status remove_sign_in(const std::string& hash) = 0;
  /// All of a person but that one.
  virtual platform::Status remove_sign_ins(const std::string& person, const std::string& but) = 0;

  virtual platform::Status add_key(const PersonKey& key) = 0;
  /// Error{not_found} when it has ended, too. It stays.
  virtual platform::Result<PersonKey> key(const std::string& hash, Time now) = 0;
  virtual platform::Status remove_key(const std::string& hash) = 0;
  /// Of a person, or (empty) those that make the first one.
  virtual platform::Status remove_keys(const std::string& person) = 0;

  virtual platform::Status add_deed(const Deed& deed) = 0;
  /// Sign-ins and keys that ended, deeds from before `deeds`; at most `limit` rows of each. Says how many went.
  virtual platform::Result<std::int64_t> forget_people(Time now, Time deeds, std::int64_t limit) = 0;
};

}  // namespace gokajo::hub

/// \file
/// The one way Gokajo reports that something did not work: a value, or an Error that says what a caller can act on.
/// Nothing of ours throws; what a library throws is caught where it is called and becomes an Error.
#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

#include <boost/describe/enum.hpp>

namespace gokajo::platform {

/// Why there is no value. The names are those of a fact's reasons in reports and snapshots (docs/schema), so they are permanent.
enum class ErrorKind {
  not_found,    ///< looked for and not there: a real answer, the documented default applies
  denied,       ///< the operating system refused, or our own rules about unsafe paths did
  timed_out,    ///< no answer within the deadline
  too_large,    ///< more than the limit of the question
  failed,       ///< the call or helper reported an error, was killed or could not be started
  unsupported,  ///< this system has no such thing to ask
  malformed,    ///< an answer came, but not in the form its documentation promises
  not_asked,    ///< nobody looked
};
BOOST_DESCRIBE_ENUM(ErrorKind, not_found, denied, timed_out, too_large, failed, unsupported, malformed, not_asked)

/// `detail` is for the administrator: path, command, the system's text. It never holds a secret.
struct Error {
  ErrorKind kind = ErrorKind::not_asked;
  std::string detail;
};

/// A value or an Error; names follow std::expected (C++23). Not thread-safe in itself.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit, as std::expected
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  explicit operator bool() const { return state_.index() == 0; }
  bool has_value() const { return state_.index() == 0; }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(value()); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  const T& value() const& {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    assert(has_value());
    return *std::get_if<0>(&state_);
  }
  T&& value() && { return std::move(value()); }

  const Error& error() const {
    assert(!has_value());
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Error> state_;
};

/// For calls that give nothing back but success.
struct Done {};
using Status = Result<Done>;

}  // namespace gokajo::platform

/// \file
/// Owners of what Windows hands out: closed exactly once, moved and never copied.
#pragma once

#include <windows.h>

#include <memory>
#include <utility>

namespace gokajo::platform {

/// A kernel object. Empty is nullptr; INVALID_HANDLE_VALUE, which some calls answer with, counts as empty.
class Handle {
 public:
  Handle() = default;
  explicit Handle(HANDLE handle) : handle_(handle == INVALID_HANDLE_VALUE ? nullptr : handle) {}
  Handle(Handle&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { reset(); }

  void reset() {
    if (handle_) CloseHandle(std::exchange(handle_, nullptr));
  }
  HANDLE get() const { return handle_; }
  HANDLE release() { return std::exchange(handle_, nullptr); }
  explicit operator bool() const { return handle_ != nullptr; }
  /// Where a call writes a handle to; nothing may be held yet.
  HANDLE* place() { return &handle_; }

 private:
  HANDLE handle_ = nullptr;
};

/// Anything with a function that frees it: Freed<&NetApiBufferFree, BYTE> buffer(pointer).
template <auto Free>
struct FreedBy {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
template <class T, auto Free>
using Freed = std::unique_ptr<T, FreedBy<Free>>;

/// What LocalFree frees.
template <class T>
using LocalPointer = Freed<T, &LocalFree>;

}  // namespace gokajo::platform

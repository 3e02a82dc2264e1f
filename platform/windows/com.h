/// \file
/// Owners of COM's things: interfaces, BSTR, VARIANT. Used in the probe child only (probe.h), whose thread is in a multithreaded apartment.
#pragma once

#include <windows.h>
#include <oleauto.h>

#include <string>
#include <string_view>
#include <utility>

#include "platform/cell.h"

namespace gokajo::platform {

/// One reference. `place()` is where a call writes a new one to.
template <class Interface>
class ComPointer {
 public:
  ComPointer() = default;
  ComPointer(ComPointer&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
  ComPointer& operator=(ComPointer&& other) noexcept {
    std::swap(pointer_, other.pointer_);
    return *this;
  }
  ComPointer(const ComPointer&) = delete;
  ComPointer& operator=(const ComPointer&) = delete;
  ~ComPointer() { reset(); }

  void reset() {
    if (pointer_) std::exchange(pointer_, nullptr)->Release();
  }
  Interface* get() const { return pointer_; }
  Interface* operator->() const { return pointer_; }
  explicit operator bool() const { return pointer_ != nullptr; }
  Interface** place() {
    reset();
    return &pointer_;
  }
  void** place_void() { return reinterpret_cast<void**>(place()); }

 private:
  Interface* pointer_ = nullptr;
};

class Bstr {
 public:
  Bstr() = default;
  explicit Bstr(std::wstring_view text) : text_(SysAllocStringLen(text.data(), static_cast<UINT>(text.size()))) {}
  Bstr(const Bstr&) = delete;
  Bstr& operator=(const Bstr&) = delete;
  ~Bstr() { SysFreeString(text_); }
  BSTR get() const { return text_; }
  BSTR* place() { return &text_; }
  std::wstring_view view() const { return text_ ? std::wstring_view(text_, SysStringLen(text_)) : std::wstring_view(); }

 private:
  BSTR text_ = nullptr;
};

class Variant {
 public:
  Variant() { VariantInit(&variant_); }
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  ~Variant() { VariantClear(&variant_); }
  VARIANT* place() { return &variant_; }
  const VARIANT& get() const { return variant_; }

 private:
  VARIANT variant_;
};

/// Whole numbers of every width are numbers, a real number is text, VT_DATE a time as text, VT_BSTR text, an array of texts or numbers a
/// list of texts; VT_EMPTY, VT_NULL and what has no cell (objects) nothing.
Cell cell_from(const VARIANT& variant);

}  // namespace gokajo::platform

#include <windows.h>
#include <oleauto.h>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/com.h"
#include "platform/windows/text.h"

namespace gokajo::platform::api {
namespace {

// wscapi.h and iwscapi.h of the Windows SDK, which mingw-w64 10 lacks (evidence: windows guide 2.1, 6.6).
constexpr DWORD kFirewall = 1, kAntivirus = 4;
constexpr GUID kProductListClass = {0x17072F7B, 0x9ABE, 0x4A74, {0xA2, 0x61, 0x1E, 0xB7, 0x6B, 0x55, 0x10, 0x7A}};
constexpr GUID kProductListInterface = {0x722A338C, 0x6E8E, 0x4E72, {0xAC, 0x27, 0x14, 0x17, 0xFB, 0x0C, 0x81, 0xC2}};

struct WscProduct : IDispatch {
  virtual HRESULT STDMETHODCALLTYPE get_ProductName(BSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProductState(int*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_SignatureStatus(int*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_RemediationPath(BSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProductStateTimestamp(BSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProductGuid(BSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProductIsDefault(BOOL*) = 0;

 protected:
  ~WscProduct() = default;
};

struct WscProductList : IDispatch {
  virtual HRESULT STDMETHODCALLTYPE Initialize(ULONG provider) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Count(LONG*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(ULONG index, WscProduct**) = 0;

 protected:
  ~WscProductList() = default;
};

constexpr LONG kMaxProducts = 64;

// A getter that fails costs its own column, never the product (evidence: windows guide 2.1).
Row row_of(WscProduct& product, DWORD provider) {
  Row row;
  row["provider"] = cell(provider);
  const auto put_text = [&](const char* name, HRESULT (STDMETHODCALLTYPE WscProduct::*get)(BSTR*)) {
    Bstr text;
    const auto code = (product.*get)(text.place());
    if (SUCCEEDED(code))
      row[name] = cell(utf8(text.view()));
    else
      put_error(row, name, static_cast<unsigned long>(code));
  };
  const auto put_number = [&](const char* name, HRESULT (STDMETHODCALLTYPE WscProduct::*get)(int*)) {
    int number = 0;
    const auto code = (product.*get)(&number);
    if (SUCCEEDED(code))
      row[name] = cell(number);
    else
      put_error(row, name, static_cast<unsigned long>(code));
  };
  put_text("name", &WscProduct::get_ProductName);
  put_number("state", &WscProduct::get_ProductState);
  if (provider == kAntivirus) put_number("signatures", &WscProduct::get_SignatureStatus);
  put_text("timestamp", &WscProduct::get_ProductStateTimestamp);
  put_text("remediation", &WscProduct::get_RemediationPath);
  return row;
}

}  // namespace

Result<Rows> security_health(const Arguments&) {
  const auto ask = find_function<HRESULT(WINAPI*)(DWORD, int*)>(L"wscapi.dll", "WscGetSecurityProviderHealth");
  if (!ask) return Error{ErrorKind::unsupported, "wscapi.dll"};
  Rows rows;
  for (const DWORD provider : {kFirewall, kAntivirus}) {
    Row row;
    row["provider"] = cell(provider);
    int health = 0;
    const auto code = ask(provider, &health);
    if (FAILED(code)) {
      put_error(row, "health", static_cast<unsigned long>(code));
    } else {
      row["service_running"] = cell(code == S_OK);  // S_FALSE: its service does not run, and the health says nothing
      row["health"] = cell(health);
    }
    rows.rows.push_back(std::move(row));
  }
  return rows;
}

Result<Rows> security_products(const Arguments&) {
  Rows rows;
  for (const DWORD provider : {kFirewall, kAntivirus}) {
    ComPointer<WscProductList> list;  // Initialize works once in an object's life
    auto code = CoCreateInstance(kProductListClass, nullptr, CLSCTX_INPROC_SERVER, kProductListInterface, list.place_void());
    if (FAILED(code)) return windows_error("IWSCProductList", static_cast<unsigned long>(code));
    code = list->Initialize(provider);
    if (FAILED(code)) return windows_error("IWSCProductList::Initialize", static_cast<unsigned long>(code));
    LONG count = 0;
    code = list->get_Count(&count);
    if (FAILED(code)) return windows_error("IWSCProductList::Count", static_cast<unsigned long>(code));
    for (LONG i = 0; i < std::min(count, kMaxProducts); ++i) {
      ComPointer<WscProduct> product;
      code = list->get_Item(static_cast<ULONG>(i), product.place());
      if (SUCCEEDED(code)) {
        rows.rows.push_back(row_of(*product.get(), provider));
        continue;
      }
      Row row;
      row["provider"] = cell(provider);
      put_error(row, "name", static_cast<unsigned long>(code));
      rows.rows.push_back(std::move(row));
    }
  }
  return rows;
}

}  // namespace gokajo::platform::api

#include <windows.h>
#include <oleauto.h>

#include <cctype>

#include "platform/windows/api.h"
#include "platform/windows/api/columns.h"
#include "platform/windows/com.h"
#include "platform/windows/text.h"
#include "platform/windows/time.h"

// The update client is asked by name (IDispatch): its interfaces differ between headers, their names do not ("Windows Update Agent API").
namespace gokajo::platform::api {
namespace {

constexpr long kHistory = 200;
constexpr long kMaxUpdates = 500;

class Automation {
 public:
  Automation() = default;
  explicit Automation(IDispatch* object) { *object_.place() = object; }

  static Result<Automation> create(const wchar_t* program) {
    CLSID id{};
    auto code = CLSIDFromProgID(program, &id);
    IDispatch* object = nullptr;
    if (SUCCEEDED(code)) code = CoCreateInstance(id, nullptr, CLSCTX_INPROC_SERVER, IID_IDispatch, reinterpret_cast<void**>(&object));
    if (FAILED(code)) return windows_error(utf8(program), static_cast<unsigned long>(code));
    return Automation(object);
  }

  HRESULT get(const wchar_t* name, Variant& into, std::vector<VARIANT> arguments = {}) const {
    return invoke(name, DISPATCH_PROPERTYGET | DISPATCH_METHOD, std::move(arguments), into.place());
  }
  HRESULT put(const wchar_t* name, VARIANT value) const { return invoke(name, DISPATCH_PROPERTYPUT, {value}, nullptr); }

  Result<Automation> object(const wchar_t* name, std::vector<VARIANT> arguments = {}) const {
    Variant value;
    const auto code = get(name, value, std::move(arguments));
    if (FAILED(code)) return windows_error(utf8(name), static_cast<unsigned long>(code));
    return as_object(value, name);
  }

  Cell cell_of(const wchar_t* name) const {
    Variant value;
    return SUCCEEDED(get(name, value)) ? cell_from(value.get()) : Cell{};
  }

 private:
  static Result<Automation> as_object(const Variant& value, const wchar_t* name) {
    if (value.get().vt != VT_DISPATCH || !value.get().pdispVal) return Error{ErrorKind::malformed, utf8(name) + ": no object"};
    value.get().pdispVal->AddRef();
    return Automation(value.get().pdispVal);
  }

  HRESULT invoke(const wchar_t* name, WORD how, std::vector<VARIANT> arguments, VARIANT* result) const {
    if (!object_) return E_POINTER;
    DISPID id = 0;
    auto* text = const_cast<LPOLESTR>(name);
    const auto known = object_->GetIDsOfNames(IID_NULL, &text, 1, LOCALE_USER_DEFAULT, &id);
    if (FAILED(known)) return known;
    std::vector<VARIANT> reversed(arguments.rbegin(), arguments.rend());
    DISPID put = DISPID_PROPERTYPUT;
    DISPPARAMS parameters{reversed.data(), how == DISPATCH_PROPERTYPUT ? &put : nullptr, static_cast<UINT>(reversed.size()),
                          how == DISPATCH_PROPERTYPUT ? 1U : 0U};
    EXCEPINFO exception{};
    const auto code = object_->Invoke(id, IID_NULL, LOCALE_USER_DEFAULT, how, &parameters, result, &exception, nullptr);
    SysFreeString(exception.bstrSource);
    SysFreeString(exception.bstrDescription);
    SysFreeString(exception.bstrHelpFile);
    return code == DISP_E_EXCEPTION && exception.scode != 0 ? exception.scode : code;
  }

  ComPointer<IDispatch> object_;
};

VARIANT number(long value) {
  VARIANT variant;
  VariantInit(&variant);
  variant.vt = VT_I4;
  variant.lVal = value;
  return variant;
}

VARIANT truth(bool value) {
  VARIANT variant;
  VariantInit(&variant);
  variant.vt = VT_BOOL;
  variant.boolVal = value ? VARIANT_TRUE : VARIANT_FALSE;
  return variant;
}

// The title is in the PC's language; "KB" and its digits are not.
std::vector<std::string> kbs_in(const std::string& title) {
  std::vector<std::string> kbs;
  for (auto at = title.find("KB"); at != std::string::npos; at = title.find("KB", at + 2)) {
    auto end = at + 2;
    while (end < title.size() && std::isdigit(static_cast<unsigned char>(title[end])) != 0) ++end;
    if (end > at + 5 && end < at + 12) kbs.push_back(title.substr(at, end - at));
  }
  return kbs;
}

std::vector<std::string> texts_of(const Automation& collection, const wchar_t* of_each) {
  std::vector<std::string> texts;
  const auto count = collection.cell_of(L"Count").number().value_or(0);
  for (long i = 0; i < count && i < 64; ++i) {
    Variant value;
    if (FAILED(collection.get(L"Item", value, {number(i)}))) continue;
    if (value.get().vt == VT_DISPATCH && value.get().pdispVal) {
      value.get().pdispVal->AddRef();
      if (auto text = Automation(value.get().pdispVal).cell_of(of_each).text()) texts.push_back(std::move(*text));
    } else if (auto text = cell_from(value.get()).text()) {
      texts.push_back(std::move(*text));
    }
  }
  return texts;
}

void put_if_told(Row& row, const char* name, Cell cell) {
  if (!std::holds_alternative<std::monostate>(cell.value)) row[name] = std::move(cell);
}

Row history_row(const Automation& entry) {
  Row row;
  put_if_told(row, "date", entry.cell_of(L"Date"));
  put_if_told(row, "result", entry.cell_of(L"ResultCode"));
  put_if_told(row, "operation", entry.cell_of(L"Operation"));
  put_if_told(row, "client", entry.cell_of(L"ClientApplicationID"));
  put_if_told(row, "hresult", entry.cell_of(L"HResult"));
  row["kbs"] = cell(kbs_in(entry.cell_of(L"Title").text().value_or("")));
  if (const auto categories = entry.object(L"Categories")) row["categories"] = cell(texts_of(*categories, L"CategoryID"));
  return row;
}

Row pending_row(const Automation& update) {
  Row row;
  std::vector<std::string> kbs;
  if (const auto ids = update.object(L"KBArticleIDs"))
    for (const auto& id : texts_of(*ids, L"")) kbs.push_back("KB" + id);
  row["kbs"] = cell(std::move(kbs));
  if (const auto categories = update.object(L"Categories")) row["categories"] = cell(texts_of(*categories, L"CategoryID"));
  put_if_told(row, "severity", update.cell_of(L"MsrcSeverity"));
  put_if_told(row, "published", update.cell_of(L"LastDeploymentChangeTime"));
  put_if_told(row, "downloaded", update.cell_of(L"IsDownloaded"));
  put_if_told(row, "mandatory", update.cell_of(L"IsMandatory"));
  put_if_told(row, "browse_only", update.cell_of(L"BrowseOnly"));
  return row;
}

Result<Automation> searcher() {
  auto session = Automation::create(L"Microsoft.Update.Session");
  if (!session) return session.error();
  return session->object(L"CreateUpdateSearcher");
}

}  // namespace

Result<Rows> update_client(const Arguments&) {
  Row row;
  const auto client = Automation::create(L"Microsoft.Update.AutoUpdate");
  if (!client) return client.error();
  if (const auto results = client->object(L"Results")) {
    put_if_told(row, "searched", results->cell_of(L"LastSearchSuccessDate"));
    put_if_told(row, "installed", results->cell_of(L"LastInstallationSuccessDate"));
  }
  if (const auto system = Automation::create(L"Microsoft.Update.SystemInfo"))
    put_if_told(row, "reboot_required", system->cell_of(L"RebootRequired"));
  return Rows{{std::move(row)}};
}

Result<Rows> update_history(const Arguments&) {
  const auto search = searcher();
  if (!search) return search.error();
  Variant total;
  if (const auto code = search->get(L"GetTotalHistoryCount", total); FAILED(code))
    return windows_error("GetTotalHistoryCount", static_cast<unsigned long>(code));
  const auto count = cell_from(total.get()).number().value_or(0);
  Rows rows;
  if (count <= 0) return rows;  // QueryHistory(0, 0) is an error (evidence: windows guide 1.2)
  const auto history = search->object(L"QueryHistory", {number(0), number(std::min<long>(static_cast<long>(count), kHistory))});
  if (!history) return history.error();
  const auto entries = history->cell_of(L"Count").number().value_or(0);
  for (long i = 0; i < entries && i < kHistory; ++i)
    if (const auto entry = history->object(L"Item", {number(i)})) rows.rows.push_back(history_row(*entry));
  return rows;
}

Result<Rows> updates_pending(const Arguments&) {
  const auto search = searcher();
  if (!search) return search.error();
  if (const auto code = search->put(L"Online", truth(false)); FAILED(code))
    return windows_error("Online", static_cast<unsigned long>(code));
  const Bstr criteria(L"IsInstalled=0 and IsHidden=0 and Type='Software'");
  VARIANT text;
  VariantInit(&text);
  text.vt = VT_BSTR;
  text.bstrVal = criteria.get();
  const auto result = search->object(L"Search", {text});
  if (!result) return result.error();
  const auto updates = result->object(L"Updates");
  if (!updates) return updates.error();
  Rows rows;
  const auto count = updates->cell_of(L"Count").number().value_or(0);
  for (long i = 0; i < count && i < kMaxUpdates; ++i)
    if (const auto update = updates->object(L"Item", {number(i)})) rows.rows.push_back(pending_row(*update));
  return rows;
}

}  // namespace gokajo::platform::api

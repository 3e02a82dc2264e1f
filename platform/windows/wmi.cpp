#include <windows.h>

#include "platform/windows/wmi.h"

#include <wbemidl.h>

#include "platform/windows/com.h"
#include "platform/windows/error.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

constexpr long kStep = 1000;  // ms a single Next may wait

Error wmi_error(const AskWmi& question, HRESULT code) {
  return windows_error(question.name_space + ":" + question.class_name, static_cast<unsigned long>(code));
}

// uint32 travels as VT_I4 (evidence: windows guide 6.3): the CIM type tells that it has no sign.
Cell cell_of_property(const VARIANT& variant, CIMTYPE type) {
  Cell cell = cell_from(variant);
  if (const auto number = cell.number(); number && *number < 0 && type == CIM_UINT32) cell.value = *number + (std::int64_t{1} << 32);
  if (const auto text = cell.text(); text && (type == CIM_UINT64 || type == CIM_SINT64)) {
    try {
      cell.value = static_cast<std::int64_t>(std::stoll(*text));
    } catch (const std::exception&) {
      // Above the largest signed number: it stays text.
    }
  }
  return cell;
}

void take_property(IWbemClassObject& object, const std::string& name, const std::string& as, Row& into) {
  Variant value;
  CIMTYPE type = 0;
  if (FAILED(object.Get(wide(name).c_str(), 0, value.place(), &type, nullptr))) return;
  into[as] = cell_of_property(value.get(), type);
}

// All properties but the system's own ("__CLASS"); an embedded object brings its own ones.
void take_properties(IWbemClassObject& object, const std::string& prefix, Row& into, int depth = 0) {
  if (FAILED(object.BeginEnumeration(WBEM_FLAG_NONSYSTEM_ONLY))) return;
  for (;;) {
    Bstr name;
    Variant value;
    CIMTYPE type = 0;
    if (object.Next(0, name.place(), value.place(), &type, nullptr) != WBEM_S_NO_ERROR) break;
    if (value.get().vt == VT_UNKNOWN && value.get().punkVal && depth < 2) {
      ComPointer<IWbemClassObject> inner;
      if (SUCCEEDED(value.get().punkVal->QueryInterface(IID_IWbemClassObject, inner.place_void())))
        take_properties(*inner.get(), prefix, into, depth + 1);
      continue;
    }
    into[prefix + utf8(name.view())] = cell_of_property(value.get(), type);
  }
  object.EndEnumeration();
}

class Asker {
 public:
  Asker(const AskWmi& question, std::chrono::steady_clock::time_point deadline) : question_(question), deadline_(deadline) {}

  Result<Rows> ask() {
    if (const auto code = connect(); FAILED(code)) return wmi_error(question_, code);
    Rows rows;
    if (question_.properties.empty() && !question_.methods.empty() && question_.methods.front().of_class) {
      Row row;
      for (const auto& method : question_.methods)
        if (const auto code = call(method, wide(question_.class_name), row); FAILED(code)) return wmi_error(question_, code);
      rows.rows.push_back(std::move(row));
      return rows;
    }
    ComPointer<IEnumWbemClassObject> found;
    auto text = L"SELECT " + selected() + L" FROM " + wide(question_.class_name);
    if (!question_.where_property.empty())
      text += L" WHERE " + wide(question_.where_property) + L" = '" + wide(question_.where_text) + L"'";
    auto code = services_->ExecQuery(Bstr(L"WQL").get(), Bstr(text).get(), WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, nullptr,
                                     found.place());
    if (FAILED(code)) return wmi_error(question_, code);
    while (std::chrono::steady_clock::now() < deadline_) {
      ComPointer<IWbemClassObject> object;
      ULONG count = 0;
      code = found->Next(kStep, 1, object.place(), &count);
      if (FAILED(code)) return wmi_error(question_, code);
      if (code == static_cast<HRESULT>(WBEM_S_TIMEDOUT)) continue;
      if (code == WBEM_S_FALSE || count == 0) return rows;
      if (rows.rows.size() >= kMaxWmiRows) return Error{ErrorKind::too_large, question_.class_name + ": too many objects"};
      auto row = row_of(*object.get());
      if (!row) return row.error();
      rows.rows.push_back(std::move(*row));
    }
    return Error{ErrorKind::timed_out, question_.name_space + ":" + question_.class_name};
  }

 private:
  HRESULT connect() {
    ComPointer<IWbemLocator> locator;
    auto code = CoCreateInstance(CLSID_WbemLocator, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemLocator, locator.place_void());
    if (FAILED(code)) return code;
    code = locator->ConnectServer(Bstr(wide(question_.name_space)).get(), nullptr, nullptr, nullptr, WBEM_FLAG_CONNECT_USE_MAX_WAIT,
                                  nullptr, nullptr, services_.place());
    if (FAILED(code)) return code;
    return CoSetProxyBlanket(services_.get(), RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, nullptr, RPC_C_AUTHN_LEVEL_PKT_PRIVACY,
                             RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE);
  }

  std::wstring selected() const {
    // A method needs its object's path, which comes with every query that does not leave the key properties out.
    if (question_.properties.empty() || !question_.methods.empty()) return L"*";
    std::wstring names;
    for (const auto& property : question_.properties) names += (names.empty() ? L"" : L", ") + wide(property);
    return names;
  }

  Result<Row> row_of(IWbemClassObject& object) {
    Row row;
    for (const auto& property : question_.properties) take_property(object, property, property, row);
    if (question_.methods.empty()) return row;
    Row path;
    take_property(object, "__PATH", "path", path);
    for (const auto& method : question_.methods)
      if (const auto code = call(method, wide(path["path"].text().value_or("")), row); FAILED(code))
        row[method.name + ".error"] = error_cell(code);
    return row;
  }

  static Cell error_cell(HRESULT code) {
    return Cell{std::string(boost::describe::enum_to_string(kind_of_windows(static_cast<unsigned long>(code)), "failed"))};
  }

  HRESULT call(const WmiMethod& method, const std::wstring& path, Row& into) {
    ComPointer<IWbemClassObject> of_class, form, in, out;
    auto code = services_->GetObject(Bstr(wide(question_.class_name)).get(), 0, nullptr, of_class.place(), nullptr);
    if (FAILED(code)) return code;
    code = of_class->GetMethod(wide(method.name).c_str(), 0, form.place(), nullptr);
    if (FAILED(code)) return code;
    if (!method.argument.empty() && form) {
      code = form->SpawnInstance(0, in.place());
      if (FAILED(code)) return code;
      Variant argument;
      argument.place()->vt = VT_I4;
      argument.place()->lVal = static_cast<LONG>(method.number);
      code = in->Put(wide(method.argument).c_str(), 0, argument.place(), 0);
      if (FAILED(code)) return code;
    }
    code = services_->ExecMethod(Bstr(path).get(), Bstr(wide(method.name)).get(), 0, nullptr, in.get(), out.place(), nullptr);
    if (FAILED(code)) return code;
    if (out) take_properties(*out.get(), method.name + ".", into);
    return code;
  }

  const AskWmi& question_;
  std::chrono::steady_clock::time_point deadline_;
  ComPointer<IWbemServices> services_;
};

}  // namespace

Result<Rows> ask_wmi(const AskWmi& question, std::chrono::steady_clock::time_point deadline) { return Asker(question, deadline).ask(); }

}  // namespace gokajo::platform

#include "platform/windows/com.h"

#include "platform/windows/text.h"
#include "platform/windows/time.h"

namespace gokajo::platform {
namespace {

constexpr LONG kMaxList = 4096;

std::vector<std::string> list_from(SAFEARRAY* array, VARTYPE type) {
  std::vector<std::string> list;
  LONG low = 0, high = -1;
  if (SafeArrayGetDim(array) != 1 || FAILED(SafeArrayGetLBound(array, 1, &low)) || FAILED(SafeArrayGetUBound(array, 1, &high))) return list;
  for (LONG i = low; i <= high && i - low < kMaxList; ++i) {
    VARIANT one;
    VariantInit(&one);
    Cell cell;
    if (type == VT_VARIANT) {
      if (FAILED(SafeArrayGetElement(array, &i, &one))) continue;
      cell = cell_from(one);
    } else {
      one.vt = type;
      if (FAILED(SafeArrayGetElement(array, &i, &one.llVal))) continue;
      cell = cell_from(one);
    }
    VariantClear(&one);
    if (auto text = cell.text()) list.push_back(std::move(*text));
    if (auto number = cell.number()) list.push_back(std::to_string(*number));
  }
  return list;
}

}  // namespace

Cell cell_from(const VARIANT& variant) {
  Cell cell;
  if ((variant.vt & VT_ARRAY) != 0) {
    if (variant.parray) cell.value = list_from(variant.parray, static_cast<VARTYPE>(variant.vt & ~VT_ARRAY));
    return cell;
  }
  switch (variant.vt) {
    case VT_BOOL:
      cell.value = variant.boolVal != VARIANT_FALSE;
      break;
    case VT_I1:
      cell.value = static_cast<std::int64_t>(variant.cVal);
      break;
    case VT_UI1:
      cell.value = static_cast<std::int64_t>(variant.bVal);
      break;
    case VT_I2:
      cell.value = static_cast<std::int64_t>(variant.iVal);
      break;
    case VT_UI2:
      cell.value = static_cast<std::int64_t>(variant.uiVal);
      break;
    case VT_I4:  // also how WMI hands out uint32: a number above 2^31 comes as a negative one
    case VT_INT:
      cell.value = static_cast<std::int64_t>(variant.lVal);
      break;
    case VT_UI4:
    case VT_UINT:
      cell.value = static_cast<std::int64_t>(variant.ulVal);
      break;
    case VT_I8:
      cell.value = static_cast<std::int64_t>(variant.llVal);
      break;
    case VT_UI8:
      if (variant.ullVal <= static_cast<ULONGLONG>(INT64_MAX))
        cell.value = static_cast<std::int64_t>(variant.ullVal);
      else
        cell.value = std::to_string(variant.ullVal);
      break;
    case VT_R4:
      cell.value = std::to_string(variant.fltVal);
      break;
    case VT_R8:
      cell.value = std::to_string(variant.dblVal);
      break;
    case VT_DATE:
      cell.value = format_time(time_of_date(variant.date));
      break;
    case VT_BSTR:
      if (variant.bstrVal) cell.value = utf8(std::wstring_view(variant.bstrVal, SysStringLen(variant.bstrVal)));
      break;
    default:
      break;
  }
  return cell;
}

}  // namespace gokajo::platform

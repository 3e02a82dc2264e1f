/// \file
/// What only Windows can be asked: its registry, its management classes (WMI), and the calls of its API that Gokajo knows. On other systems
/// each of them is unsupported. Only what stands in platform/windows/registry_keys.inc, wmi_classes.inc and apis.inc is ever asked; those
/// lists also say what each column means and where that is documented.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "platform/cell.h"
#include "platform/time.h"

namespace gokajo::platform {

// ---- Questions ---------------------------------------------------------------------------------------------------------------------

/// Which of the two registries of a 64-bit Windows is meant (KEY_WOW64_64KEY, KEY_WOW64_32KEY).
enum class RegistryView { bits64, bits32 };
BOOST_DESCRIBE_ENUM(RegistryView, bits64, bits32)

/// Values of one key, and with `depth` those of the same names in its subkeys down to that level. `key` begins with HKLM\ or HKU\; a value
/// name is found whatever its case; "" is a key's default value. No names: only which subkeys there are. A key that is not there is
/// not_found; a value that is not there is not in the reply. A key below that may not be read is in `denied`.
struct ReadRegistry {
  static constexpr const char* kName = "read_registry";
  std::string key;
  std::vector<std::string> values;
  RegistryView view = RegistryView::bits64;
  std::int64_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(ReadRegistry, (), (key, values, view, depth))

/// A method that is called on each object (or on the class itself, `of_class`) and whose out-parameters join the object's row as
/// "Method.Parameter", "Method.ReturnValue". An out-parameter that is itself an object brings its properties. `argument` empty: none.
struct WmiMethod {
  std::string name;
  std::string argument;
  std::int64_t number = 0;
  bool of_class = false;
};
BOOST_DESCRIBE_STRUCT(WmiMethod, (), (name, argument, number, of_class))

/// Objects of a class with these properties; `where_property` not empty: only those whose property equals `where_text`. Without properties
/// only the methods are called. A namespace, class or provider that is missing is unsupported; one that is broken is failed.
struct AskWmi {
  static constexpr const char* kName = "ask_wmi";
  std::string name_space;  ///< root\CIMV2 …
  std::string class_name;
  std::vector<std::string> properties;
  std::string where_property;
  std::string where_text;
  std::vector<WmiMethod> methods;
};
BOOST_DESCRIBE_STRUCT(AskWmi, (), (name_space, class_name, properties, where_property, where_text, methods))

/// A call of Windows' API, by its name in apis.inc, which says what `arguments` mean and which columns come back.
struct AskApi {
  static constexpr const char* kName = "ask_api";
  std::string api;
  std::vector<std::string> arguments;
};
BOOST_DESCRIBE_STRUCT(AskApi, (), (api, arguments))

// ---- Replies -----------------------------------------------------------------------------------------------------------------------

/// `path`: below the key that was asked for, "" for itself. `changed`: its last write. `values` by the name as it was asked for; REG_DWORD
/// and REG_QWORD are numbers, REG_SZ and REG_EXPAND_SZ (not expanded) text, REG_MULTI_SZ a list, everything else bytes. A value that the
/// list allows to be known of only (a password) is a cell of nothing.
struct RegistryKey {
  std::string path;
  Time changed{};
  Row values;
};
BOOST_DESCRIBE_STRUCT(RegistryKey, (), (path, changed, values))

/// Sorted by path. `denied`: paths of subkeys that may not be read.
struct Registry {
  static constexpr const char* kName = "registry";
  std::vector<RegistryKey> keys;
  std::vector<std::string> denied;
};
BOOST_DESCRIBE_STRUCT(Registry, (), (keys, denied))

struct Rows {
  static constexpr const char* kName = "rows";
  std::vector<Row> rows;
};
BOOST_DESCRIBE_STRUCT(Rows, (), (rows))

}  // namespace gokajo::platform

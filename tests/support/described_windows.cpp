#include "tests/support/described_windows.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <doctest/doctest.h>

#include "platform/pattern.h"
#include "platform/windows/allowed.h"

namespace gokajo::tests {

using namespace platform;

namespace {

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 'a' - 'A');
  return text;
}

// Of a question's view: keys of the 32-bit one are named with "32 " before them.
std::string prefix_of(RegistryView view) { return view == RegistryView::bits32 ? "32 " : ""; }

// The 64-bit view shows the other one's keys below WOW6432Node.
std::pair<std::string, std::string> place_of(const ReadRegistry& question) {
  static const std::string kRoot = "HKLM\\SOFTWARE\\WOW6432Node\\";
  if (lower(question.key).starts_with(lower(kRoot))) return {"32 ", "HKLM\\SOFTWARE\\" + question.key.substr(kRoot.size())};
  return {prefix_of(question.view), question.key};
}

Error error_named(const Json& name, const std::string& source) {
  ErrorKind kind = ErrorKind::failed;
  REQUIRE_MESSAGE(boost::describe::enum_from_string(name.get<std::string>().c_str(), kind), "no kind of error: " << name.dump());
  return {kind, source + ": described so"};
}

Row row_from(const Json& json) {
  Row row;
  auto status = read_form(json, row, Place{});
  REQUIRE_MESSAGE(status, status.error().detail);
  return row;
}

bool covers(const std::string& pattern, const std::string& key) {
  const auto p = lower(pattern), k = lower(key);
  if (!p.ends_with("\\*")) return p == k;
  const auto above = p.substr(0, p.size() - 2);
  return k == above || k.starts_with(above + "\\");
}

class Answering {
 public:
  Answering(const Json& whole, Time at) : whole_(whole), at_(at) {}

  Result<Reply> operator()(const ReadRegistry& question) const {
    if (auto may = may_ask(question); !may) return may.error();
    const auto [view, key] = place_of(question);
    const auto* described = find_key(view + key);
    if (const auto problem = error_of(view + key, described != nullptr)) return *problem;
    Registry reply;
    bool below = false;
    for (const auto& [name, values] : whole_.at("registry").items()) {
      if (values.is_null() || !lower(name).starts_with(lower(view + key) + "\\") || (view.empty() && name.starts_with("32 "))) continue;
      const auto path = name.substr((view + key).size() + 1);
      if (std::count(path.begin(), path.end(), '\\') < question.depth) {
        reply.keys.push_back(key_of(path, name, values, question));
        below = true;
      }
      below = below || question.depth == 0;
    }
    if (!described && !below) return is_absent(view + key) ? Error{ErrorKind::not_found, key} : Error{ErrorKind::not_asked, key};
    reply.keys.insert(reply.keys.begin(), described ? key_of("", view + key, *described, question) : RegistryKey{"", at_, {}});
    std::sort(reply.keys.begin(), reply.keys.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return Reply{std::move(reply)};
  }

  Result<Reply> operator()(const AskApi& question) const {
    if (!find_api(question.api)) return Error{ErrorKind::denied, question.api};
    std::string whole = question.api;
    for (const auto& argument : question.arguments) whole += " " + argument;
    const auto& apis = whole_.at("apis");
    for (const auto& name : {whole, question.api}) {
      if (const auto found = apis.find(name); found != apis.end() && !found->is_null()) return picked(rows_of(*found), question);
      if (const auto problem = error_of("api " + name, false)) return *problem;
    }
    return Error{ErrorKind::not_asked, source_of(Question{question})};
  }

  Result<Reply> operator()(const AskWmi& question) const {
    if (const auto deadline = deadline_of(question); !deadline) return deadline.error();
    const auto found = whole_.at("wmi").find(question.class_name);
    if (found == whole_.at("wmi").end() || found->is_null()) {
      if (const auto problem = error_of("wmi " + question.class_name, false)) return *problem;
      return Error{ErrorKind::not_asked, question.class_name};
    }
    Rows rows;
    for (auto row : rows_of(*found).rows) {
      if (!question.where_property.empty()) {
        const auto* cell = cell_of(row, question.where_property);
        if (!cell || lower(cell->text().value_or("")) != lower(question.where_text)) continue;
      }
      std::erase_if(row, [&](const auto& column) { return !asked(question, column.first); });
      rows.rows.push_back(std::move(row));
    }
    return Reply{std::move(rows)};
  }

  Result<Reply> operator()(const DescribeSystem&) const {
    const auto& system = whole_.at("system");
    SystemDescription reply;
    reply.family = OsFamily::windows;
    reply.host_name = system.value("host_name", "office-pc");
    reply.machine = "x86_64";
    reply.elevated = system.value("elevated", true);
    if (system.contains("booted")) reply.booted = parse_time(system.at("booted").get<std::string>());
    reply.now = at_;
    return Reply{std::move(reply)};
  }

  Result<Reply> operator()(const StatFile& question) const {
    const auto status = file(question.path);
    if (!status) return status.error();
    return Reply{FileStatusReply{*status}};
  }
  Result<Reply> operator()(const ReadFile& question) const {
    const auto status = file(question.path);
    if (!status) return status.error();
    return Error{ErrorKind::not_asked, question.path};
  }
  template <class Other>
  Result<Reply> operator()(const Other& question) const {
    return Error{ErrorKind::not_asked, source_of(Question{question})};
  }

 private:
  const Json* find_key(const std::string& name) const {
    for (const auto& [key, values] : whole_.at("registry").items())
      if (!values.is_null() && lower(key) == lower(name)) return &values;
    return nullptr;
  }

  bool is_absent(const std::string& name) const {
    for (const auto& [key, values] : whole_.at("registry").items())
      if (values.is_null() && lower(key) == lower(name)) return true;
    for (const auto& pattern : whole_.at("absent"))
      if (covers(pattern.get<std::string>(), name)) return true;
    return false;
  }

  // "there": an answer of the same description stands beside the error, and is nearer than it or as near.
  std::optional<Error> error_of(const std::string& name, bool there) const {
    for (const auto& [pattern, kind] : whole_.at("errors").items())
      if (covers(pattern, name) && (!there || whole_.at("errors_win").contains(pattern))) return error_named(kind, name);
    return std::nullopt;
  }

  RegistryKey key_of(const std::string& path, const std::string& name, const Json& values, const ReadRegistry& question) const {
    RegistryKey key{path, at_ - Days{200}, {}};
    for (const auto& [changed, time] : whole_.at("changed").items())
      if (lower(changed) == lower(name)) key.changed = parse_time(time.get<std::string>()).value_or(at_);
    auto row = row_from(values);
    const auto plain = name.starts_with("32 ") ? name.substr(3) : name;
    for (const auto& wanted : question.values)
      for (auto& [value, cell] : row)
        if (wanted == "*" || lower(wanted) == lower(value))
          key.values[wanted == "*" ? value : wanted] = is_known_of_only(plain, value) ? Cell{} : cell;
    return key;
  }

  static Rows rows_of(const Json& json) {
    Rows rows;
    for (const auto& row : json) rows.rows.push_back(row_from(row));
    return rows;
  }

  static bool asked(const AskWmi& question, const std::string& column) {
    if (std::find(question.properties.begin(), question.properties.end(), column) != question.properties.end()) return true;
    return std::any_of(question.methods.begin(), question.methods.end(),
                       [&](const WmiMethod& method) { return column.starts_with(method.name + "."); });
  }

  Result<Reply> picked(Rows rows, const AskApi& question) const {
    if (question.api == "services") {
      std::set<std::string> wanted;
      for (const auto& name : question.arguments) wanted.insert(lower(name));
      std::set<std::string> found;
      std::erase_if(rows.rows, [&](const Row& row) {
        const auto name = lower(cell_of(row, "name")->text().value_or(""));
        if (wanted.contains(name)) found.insert(name);
        return !wanted.contains(name);
      });
      if (!whole_.value("services_complete", false) && found.size() < wanted.size())
        return Error{ErrorKind::not_asked, "services that the description does not name"};
    }
    if (question.api == "firewall")
      for (auto& row : rows.rows)
        std::erase_if(row, [&](const auto& column) {
          return column.first.starts_with("group ") &&
                 std::find(question.arguments.begin(), question.arguments.end(), column.first.substr(6)) == question.arguments.end();
        });
    return Reply{std::move(rows)};
  }

  Result<FileStatus> file(const std::string& path) const {
    for (const auto& [name, type] : whole_.at("files").items()) {
      if (lower(name) != lower(path)) continue;
      if (type.is_null()) return Error{ErrorKind::not_found, path};
      FileStatus status;
      REQUIRE(boost::describe::enum_from_string(type.get<std::string>().c_str(), status.type));
      return status;
    }
    return Error{ErrorKind::not_asked, path};
  }

  const Json& whole_;
  Time at_;
};

Json read_file_of(const std::string& name) {
  std::ostringstream text;
  text << std::ifstream(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/windows/" + name + ".json", std::ios::binary).rdbuf();
  auto json = parse_json(text.str(), 4 << 20);
  REQUIRE_MESSAGE(json, name << ": " << json.error().detail);
  return *json;
}

// The nearer one's word stands: a key or rows of it go over a base's error, an error of it over a base's key or rows.
Json over(Json base, const Json& nearer) {
  for (const char* part : {"registry", "errors", "changed", "apis", "wmi", "files", "earlier"}) {
    const auto told = nearer.value(part, Json::object());
    for (const auto& [name, value] : told.items()) {
      if (std::string_view(part) == "registry" || std::string_view(part) == "apis" || std::string_view(part) == "wmi") {
        const auto plain = std::string(part) == "registry" ? name : std::string(part).substr(0, 3) + " " + name;
        base["errors"].erase(plain);
        base["errors_win"].erase(plain);
      }
      if (std::string_view(part) == "errors") {
        base["errors_win"][name] = true;
        if (name.starts_with("api ")) base["apis"].erase(name.substr(4));
        if (name.starts_with("wmi ")) base["wmi"].erase(name.substr(4));
      }
      base[part][name] = value;
    }
  }
  const auto absent = nearer.value("absent", Json::array());
  for (const auto& pattern : absent) base["absent"].push_back(pattern);
  for (const char* part : {"system", "at", "services_complete", "about", "memory", "expected"})
    if (nearer.contains(part)) base[part] = nearer[part];
  return base;
}

Json whole_of(const std::string& name) {
  const Json own = read_file_of(name);
  Json base;
  if (own.contains("base")) {
    base = whole_of(own.at("base").get<std::string>());
  } else {
    for (const char* part : {"registry", "errors", "errors_win", "changed", "apis", "wmi", "files", "earlier", "system"})
      base[part] = Json::object();
    base["absent"] = Json::array();
  }
  return over(std::move(base), own);
}

}  // namespace

DescribedWindows::DescribedWindows(Json whole) : whole_(std::move(whole)) { at_ = parse_time(whole_.at("at").get<std::string>()).value(); }

Answer DescribedWindows::ask(const Question& question) const {
  Answer answer{std::visit(Answering(whole_, at_), question), at_};
  std::string name;
  if (const auto* api = std::get_if<AskApi>(&question)) name = "api " + api->api;
  if (const auto* wmi = std::get_if<AskWmi>(&question)) name = "wmi " + wmi->class_name;
  const auto earlier = whole_.at("earlier").find(name);
  if (earlier == whole_.at("earlier").end() || !answer.reply) return answer;
  answer.observed_at = parse_time(earlier->get<std::string>()).value();
  answer.no_newer = Error{ErrorKind::timed_out, source_of(question) + ": described so"};
  return answer;
}

const std::vector<DescribedPc>& described_windows() {
  static const std::vector<DescribedPc> all = [] {
    std::vector<DescribedPc> pcs;
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/windows")) {
      const auto name = entry.path().stem().string();
      if (entry.path().extension() == ".json" && name != "SOURCES" && name != "b_releases") names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    for (const auto& name : names) pcs.push_back({name, DescribedWindows(whole_of(name))});
    return pcs;
  }();
  return all;
}

agent::ScanInput input_of(const DescribedPc& pc) {
  auto pack = compliance::built_in_pack("6kajo");
  REQUIRE(pack);
  agent::ScanInput input{std::move(*pack)};
  if (const auto memory = pc.host.description().find("memory"); memory != pc.host.description().end()) {
    auto read = compliance::read_memory(*memory);
    REQUIRE_MESSAGE(read, read.error().detail);
    input.memory = std::move(*read);
  }
  return input;
}

}  // namespace gokajo::tests

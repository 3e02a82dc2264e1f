#include "agent/commands/command.h"

#include <cstdio>

#include "compliance/language.h"
#include "platform/bytes.h"

namespace gokajo::agent {
namespace {

using platform::ErrorKind;

const char* what_happened(const Session& session, ErrorKind kind) {
  switch (kind) {
    case ErrorKind::not_found:
      return session.say("見つかりません", "not found");
    case ErrorKind::denied:
      return session.say("許されていません", "not permitted");
    case ErrorKind::timed_out:
      return session.say("時間内に答えがありません", "no answer in time");
    case ErrorKind::too_large:
      return session.say("大きすぎます", "too large");
    case ErrorKind::unsupported:
      return session.say("この環境では使えません", "not supported here");
    case ErrorKind::malformed:
      return session.say("形式が違います", "not of the expected form");
    case ErrorKind::not_asked:
      return session.say("調べていません", "not asked");
    case ErrorKind::failed:
      break;
  }
  return session.say("うまくいきませんでした", "failed");
}

}  // namespace

void add_language_option(CLI::App& command, Session& session) {
  command
      .add_option_function<std::string>(
          "--lang", [&session](const std::string& name) { session.language = compliance::language_named(name).value_or(session.language); },
          session.say("表示の言葉 (ja, en)", "language of the output (ja, en)"))
      ->check(CLI::IsMember({"ja", "en"}))
      ->type_name("LANG")
      ->trigger_on_parse();
}

int complain(const Session& session, const std::string& file, const platform::Error& error, int code) {
  std::string line = "gokajo: ";
  if (!file.empty() && !error.detail.starts_with(file)) line += file + ": ";
  line += std::string(what_happened(session, error.kind)) + ": " + error.detail;
  std::fprintf(stderr, "%s\n", platform::printable_utf8(line).c_str());
  return code;
}

int code_of_input(const platform::Error& error) {
  if (error.kind == ErrorKind::not_found) return kNoInput;
  if (error.kind == ErrorKind::denied) return kNoPermission;
  return error.kind == ErrorKind::malformed || error.kind == ErrorKind::too_large ? kDataError : kNoInput;
}

}  // namespace gokajo::agent

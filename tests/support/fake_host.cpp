#include "tests/support/fake_host.h"

#include <fstream>
#include <sstream>

#include <doctest/doctest.h>

namespace gokajo::tests {

using namespace platform;

namespace {

// FakeHost ignores unchanged_while, whatever is asked: question_key leaves it out, and max_bytes never decides an answer here.
std::string key_of(Question question) {
  if (auto* file = std::get_if<ReadFile>(&question)) file->max_bytes = 0;
  return question_key(question);
}

}  // namespace

std::string test_data(const std::string& name) {
  std::ifstream file(std::string(GOKAJO_SOURCE_DIR) + "/tests/data/" + name, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "tests/data/" << name << " is missing");
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

FakeHost& FakeHost::answers(const Question& question, Result<Reply> reply) {
  replies_.insert_or_assign(key_of(question), std::move(reply));
  return *this;
}

FakeHost& FakeHost::file(const std::string& path, std::string contents, const std::string& reducer) {
  FileStatus status;
  status.type = FileType::regular;
  status.mode = 0644;
  status.size = static_cast<std::int64_t>(contents.size());
  status.modified = status.changed = now;
  answers(StatFile{.path = path}, Reply{FileStatusReply{status}});
  return answers(ReadFile{.path = path, .reducer = reducer}, Reply{FileContents{{std::move(contents)}, status}});
}

FakeHost& FakeHost::file_from(const std::string& path, const std::string& name, const std::string& reducer) {
  return file(path, test_data(name), reducer);
}

FakeHost& FakeHost::unreadable(const std::string& path, ErrorKind kind, const std::string& reducer) {
  return answers(ReadFile{.path = path, .reducer = reducer}, Error{kind, path});
}

FakeHost& FakeHost::prints(const std::string& helper, std::vector<std::string> arguments, std::string out, int exit_code, std::string err) {
  return answers(RunHelper{.helper = helper, .arguments = std::move(arguments)},
                 Reply{HelperOutput{exit_code, {std::move(out)}, {std::move(err)}}});
}

FakeHost& FakeHost::fails(const std::string& helper, std::vector<std::string> arguments, ErrorKind kind) {
  return answers(RunHelper{.helper = helper, .arguments = std::move(arguments)}, Error{kind, helper});
}

FakeHost& FakeHost::directory(const std::string& path, const std::vector<std::string>& names) {
  Directory entries;
  for (const auto& name : names) {
    FileStatus status;
    status.type = FileType::regular;
    status.mode = 0644;
    status.modified = status.changed = now;
    entries.entries.push_back({name, status});
  }
  return answers(ListDirectory{.path = path}, Reply{std::move(entries)});
}

Answer FakeHost::ask(const Question& question) const {
  const auto found = replies_.find(key_of(question));
  if (found != replies_.end()) return {found->second, now};
  return {Error{ErrorKind::not_found, source_of(question)}, now};
}

}  // namespace gokajo::tests

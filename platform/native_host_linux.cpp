#include <unistd.h>

#include <fstream>

#include "platform/answering_host.h"
#include "platform/credentials.h"
#include "platform/helper.h"
#include "platform/linux/files.h"
#include "platform/linux/filter_tables.h"
#include "platform/linux/listeners.h"
#include "platform/linux/local_socket.h"
#include "platform/linux/package_offers.h"
#include "platform/linux/processes.h"
#include "platform/linux/system.h"
#include "platform/native_host.h"
#include "platform/process.h"
#include "platform/reducer.h"

namespace gokajo::platform {
namespace {

Result<Reply> reduced(std::string_view reducer, Bytes& bytes) {
  const Reducer reduce = find_reducer(reducer);
  if (!reduce) return Error{ErrorKind::unsupported, "no reducer \"" + std::string(reducer) + "\""};
  auto result = reduce(bytes.data);
  if (!result) return result.error();
  bytes.data = std::move(*result);
  return Reply{};
}

Error only_windows() { return {ErrorKind::unsupported, "Windows only"}; }

struct Answerer {
  Result<Reply> operator()(const ReadFile& question) const {
    if (question.reducer == "verbatim" && !may_read_verbatim(question.path))
      return Error{ErrorKind::denied, question.path + ": not on the list of files read as they are"};
    auto contents = read_file_safely(question);
    if (!contents) return contents.error();
    if (auto done = reduced(question.reducer, contents->bytes); !done) return done.error();
    if (keeps_days_only(question.reducer))
      for (Time* time : {&contents->status.modified, &contents->status.changed}) *time = std::chrono::floor<Days>(*time);
    return Reply{std::move(*contents)};
  }

  Result<Reply> operator()(const StatFile& question) const {
    auto status = file_status(question);
    if (!status) return status.error();
    return Reply{FileStatusReply{std::move(*status)}};
  }

  Result<Reply> operator()(const ListDirectory& question) const { return as_reply(list_directory(question)); }

  Result<Reply> operator()(const RunHelper& question) const {
    const Helper* helper = find_helper(question.helper);
    if (!helper) return Error{ErrorKind::unsupported, question.helper + ": not on the list of helpers"};
    ProcessRequest request;
    for (const auto& path : helper->paths)
      if (request.program.empty() && access(path.c_str(), F_OK) == 0) request.program = path;
    if (request.program.empty()) return Error{ErrorKind::not_found, question.helper + ": not installed"};
    request.arguments = question.arguments;
    request.environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8"};
    request.environment.insert(request.environment.end(), helper->environment.begin(), helper->environment.end());
    request.deadline = helper->deadline;
    request.max_output = kHelperMaxBytes;
    request.as_uid = question.as_uid;
    auto output = run_process(request);
    if (!output) return output.error();
    HelperOutput result{output->exit_code, {std::move(output->out)}, {std::move(output->err)}};
    if (auto done = reduced(question.reducer, result.out); !done) return done.error();
    if (auto done = reduced(question.reducer, result.err); !done) result.err.data.clear();
    // Whatever the reducer, no address keeps its password: apt names its sources with it when it complains.
    result.out.data = without_credentials(result.out.data);
    result.err.data = without_credentials(result.err.data);
    return Reply{std::move(result)};
  }

  Result<Reply> operator()(const AskSocket& question) const {
    auto bytes = ask_local_socket(question.path, question.send.data);
    if (!bytes) return bytes.error();
    SocketReply result{{std::move(*bytes)}};
    if (auto done = reduced(question.reducer, result.bytes); !done) return done.error();
    return Reply{std::move(result)};
  }

  Result<Reply> operator()(const ListProcesses&) const { return as_reply(list_processes()); }
  Result<Reply> operator()(const ListListeners&) const { return as_reply(list_listeners()); }
  Result<Reply> operator()(const ListFilterTables&) const { return as_reply(list_filter_tables()); }
  Result<Reply> operator()(const DescribeSystem&) const { return as_reply(describe_system(time_now())); }
  Result<Reply> operator()(const ListPackageOffers& question) const { return as_reply(list_package_offers(question)); }
  Result<Reply> operator()(const ReadRegistry&) const { return only_windows(); }
  Result<Reply> operator()(const AskWmi&) const { return only_windows(); }
  Result<Reply> operator()(const AskApi&) const { return only_windows(); }
};

}  // namespace

std::unique_ptr<Host> native_host() { return std::make_unique<AnsweringHost<Answerer>>(); }

}  // namespace gokajo::platform

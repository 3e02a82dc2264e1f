#include <windows.h>

#include "platform/answering_host.h"
#include "platform/native_host.h"
#include "platform/reducer.h"
#include "platform/windows/allowed.h"
#include "platform/windows/api.h"
#include "platform/windows/files.h"
#include "platform/windows/probe.h"
#include "platform/windows/registry.h"
#include "platform/windows/system.h"

namespace gokajo::platform {
namespace {

constexpr std::chrono::seconds kProbeStart{5};  // beside what is asked: a child's own start, on a busy PC

Error not_windows(const char* what) { return {ErrorKind::unsupported, std::string(what) + ": not on Windows"}; }

struct Answerer {
  Result<Reply> operator()(const ReadFile& question) const {
    if (question.reducer == "verbatim" && !may_read_verbatim(question.path))
      return Error{ErrorKind::denied, question.path + ": not on the list of files read as they are"};
    const Reducer reduce = find_reducer(question.reducer);
    if (!reduce) return Error{ErrorKind::unsupported, "no reducer \"" + question.reducer + "\""};
    auto contents = read_file_safely(question);
    if (!contents) return contents.error();
    auto reduced = reduce(contents->bytes.data);
    if (!reduced) return reduced.error();
    contents->bytes.data = std::move(*reduced);
    return Reply{std::move(*contents)};
  }
  Result<Reply> operator()(const StatFile& question) const {
    auto status = file_status(question);
    if (!status) return status.error();
    return Reply{FileStatusReply{std::move(*status)}};
  }
  Result<Reply> operator()(const ListDirectory& question) const { return as_reply(list_directory(question)); }
  Result<Reply> operator()(const ListProcesses&) const { return as_reply(list_processes()); }
  Result<Reply> operator()(const ListListeners&) const { return as_reply(list_listeners()); }
  Result<Reply> operator()(const DescribeSystem&) const { return as_reply(describe_system(time_now())); }
  Result<Reply> operator()(const ReadRegistry& question) const { return as_reply(read_registry(question)); }
  Result<Reply> operator()(const AskWmi& question) const {
    const auto deadline = deadline_of(question);
    if (!deadline) return deadline.error();
    return ask_probe(Question{question}, *deadline + kProbeStart);
  }
  Result<Reply> operator()(const AskApi& question) const {
    const auto* entry = find_api(question.api);
    if (!entry) return Error{ErrorKind::denied, question.api + ": not on the list of what is asked"};
    if (entry->in_probe) return ask_probe(Question{question}, entry->deadline + kProbeStart);
    return as_reply(call_api(question));
  }
  Result<Reply> operator()(const RunHelper&) const { return not_windows("helper programs"); }
  Result<Reply> operator()(const AskSocket&) const { return not_windows("local sockets"); }
  Result<Reply> operator()(const ListFilterTables&) const { return not_windows("nftables"); }
  Result<Reply> operator()(const ListPackageOffers&) const { return not_windows("Debian packages"); }
};

}  // namespace

std::unique_ptr<Host> native_host() { return std::make_unique<AnsweringHost<Answerer>>(); }

}  // namespace gokajo::platform

#include "platform/host.h"

namespace gokajo::platform {
namespace {

template <class T>
Seen<T> typed(const Host& host, const Question& question) {
  Answer answer = host.ask(question);
  Seen<T> seen{Error{}, source_of(question), answer.observed_at, std::move(answer.no_newer)};
  if (!answer.reply) {
    seen.result = answer.reply.error();
  } else if (auto* reply = std::get_if<T>(&*answer.reply)) {
    seen.result = std::move(*reply);
  } else {
    seen.result = Error{ErrorKind::malformed, seen.source + ": the answer is of another kind than the question"};
  }
  return seen;
}

struct SourceOf {
  std::string operator()(const ReadFile& q) const { return q.path; }
  std::string operator()(const StatFile& q) const { return q.path; }
  std::string operator()(const ListDirectory& q) const { return q.path; }
  std::string operator()(const RunHelper& q) const {
    std::string text = q.helper;
    for (const auto& argument : q.arguments) text += " " + argument;
    return text;
  }
  std::string operator()(const AskSocket& q) const { return q.path; }
  std::string operator()(const ListProcesses&) const { return "processes"; }
  std::string operator()(const ListListeners&) const { return "listening sockets"; }
  std::string operator()(const ListFilterTables&) const { return "packet filter tables"; }
  std::string operator()(const DescribeSystem&) const { return "system"; }
  std::string operator()(const ListPackageOffers&) const { return "/var/lib/apt/lists"; }
  std::string operator()(const ReadRegistry& q) const { return q.view == RegistryView::bits32 ? q.key + " (32 bit)" : q.key; }
  std::string operator()(const AskWmi& q) const { return q.name_space + ":" + q.class_name; }
  std::string operator()(const AskApi& q) const {
    std::string text = "Windows API: " + q.api;
    for (const auto& argument : q.arguments) text += " " + argument;
    return text;
  }
};

}  // namespace

std::string source_of(const Question& question) { return std::visit(SourceOf{}, question); }

Seen<FileContents> ask(const Host& host, const ReadFile& question) { return typed<FileContents>(host, question); }
Seen<Directory> ask(const Host& host, const ListDirectory& question) { return typed<Directory>(host, question); }
Seen<HelperOutput> ask(const Host& host, const RunHelper& question) { return typed<HelperOutput>(host, question); }
Seen<SocketReply> ask(const Host& host, const AskSocket& question) { return typed<SocketReply>(host, question); }
Seen<Processes> ask(const Host& host, const ListProcesses& question) { return typed<Processes>(host, question); }
Seen<Listeners> ask(const Host& host, const ListListeners& question) { return typed<Listeners>(host, question); }
Seen<FilterTables> ask(const Host& host, const ListFilterTables& question) { return typed<FilterTables>(host, question); }
Seen<SystemDescription> ask(const Host& host, const DescribeSystem& question) { return typed<SystemDescription>(host, question); }

Seen<PackageOffers> ask(const Host& host, const ListPackageOffers& question) { return typed<PackageOffers>(host, question); }
Seen<Registry> ask(const Host& host, const ReadRegistry& question) { return typed<Registry>(host, question); }
Seen<Rows> ask(const Host& host, const AskWmi& question) { return typed<Rows>(host, question); }
Seen<Rows> ask(const Host& host, const AskApi& question) { return typed<Rows>(host, question); }

Seen<FileStatus> ask(const Host& host, const StatFile& question) {
  const auto seen = typed<FileStatusReply>(host, question);
  if (!seen) return {seen.error(), seen.source, seen.observed_at};
  return {seen->status, seen.source, seen.observed_at};
}

}  // namespace gokajo::platform

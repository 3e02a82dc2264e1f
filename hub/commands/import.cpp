#include <algorithm>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "hub/commands/command.h"
#include "hub/ingest.h"
#include "platform/prepared_file.h"
#include "protocol/carried.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

constexpr std::size_t kMostFiles = 500;  // with a descriptor each; the rest goes next time

Result<std::string> contents_of(const std::string& path) {
  std::ifstream file(std::filesystem::path(path), std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  std::string text(protocol::kMaxCarriedBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

// What was carried in `path`, as a request.
Result<HttpRequest> request_of(const std::string& path) {
  const auto text = contents_of(path);
  if (!text) return text.error();
  auto carried = protocol::read_carried(*text);
  if (!carried) return Error{carried.error().kind, path + ": " + carried.error().detail};
  if (carried->method != "POST" || carried->path != "/v1/reports") return Error{ErrorKind::malformed, path + ": expected POST /v1/reports"};
  HttpRequest request{carried->method, carried->path, {}, std::move(carried->body), "file"};
  request.headers = {{"gokajo-device", carried->device},
                     {"gokajo-epoch", std::to_string(carried->epoch)},
                     {"gokajo-seq", std::to_string(carried->seq)},
                     {"gokajo-signature", carried->signature}};
  if (carried->encoding) request.headers["content-encoding"] = *carried->encoding;
  return request;
}

int refused(const Session& session, const HttpReply& reply, const std::string& path) {
  return complain(session, {reply.status == 503                          ? ErrorKind::timed_out
                            : reply.status == 401 || reply.status == 403 ? ErrorKind::denied
                                                                         : ErrorKind::malformed,
                            path});
}

int import_file(const Session& session, const std::string& path) {
  const auto request = request_of(path);
  if (!request) return complain(session, request.error());
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  Ingest ingest(*state->store, state->pepper, 0, state->library.get());
  const auto reply = ingest.handle(*request, session.now);
  // The receipt, to be carried back: only it empties the PC's spool.
  std::printf("%s\n", reply.body.c_str());
  return reply.status == 200 ? 0 : refused(session, reply, path);
}

// One report of a folder, with the place of its receipt: both opened before this program becomes the hub's own user.
struct Carried {
  std::string path;
  Result<HttpRequest> request;
  platform::PreparedFile receipt;
};

std::vector<Carried> carried_in(const Session& session, const std::string& folder, int& failures) {
  std::vector<std::string> paths;
  std::error_code problem;
  for (std::filesystem::directory_iterator file(folder, problem), end; !problem && file != end; file.increment(problem)) {
    const auto name = file->path().filename().string();
    if (name.starts_with(protocol::kCarriedPrefix) && name.ends_with(protocol::kCarriedSuffix)) paths.push_back(file->path().string());
  }
  std::sort(paths.begin(), paths.end());
  if (paths.size() > kMostFiles) paths.resize(kMostFiles);
  std::vector<Carried> all;
  for (const auto& path : paths) {
    const auto receipt = path.substr(0, path.size() - std::strlen(protocol::kCarriedSuffix)) + protocol::kReceiptSuffix;
    if (std::filesystem::exists(receipt, problem)) continue;  // taken before
    auto prepared = platform::PreparedFile::create(receipt);
    if (!prepared) {
      ++failures;
      complain(session, prepared.error());
      continue;
    }
    all.push_back({path, request_of(path), std::move(*prepared)});
  }
  return all;
}

int import_folder(const Session& session, const std::string& folder) {
  int failures = 0, taken = 0;
  auto all = carried_in(session, folder, failures);
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  Ingest ingest(*state->store, state->pepper, 0, state->library.get());
  int code = 0;
  for (auto& one : all) {
    const auto reply = one.request ? ingest.handle(*one.request, session.now) : HttpReply{400, {}, {}};
    if (reply.status != 200) {
      ++failures;
      code = one.request ? refused(session, reply, one.path) : complain(session, one.request.error());
    } else if (auto written = one.receipt.write(reply.body + "\n"); !written) {
      ++failures;
      code = complain(session, written.error());
    } else {
      ++taken;
    }
  }
  print(session.ja() ? "受け取った結果: " + std::to_string(taken) + "件" +
                           (failures > 0 ? "、受け取れなかったもの: " + std::to_string(failures) + "件" : "") +
                           "。フォルダーを元のPCに戻し、gokajo carry で受領書を読ませてください"
                     : "Taken: " + std::to_string(taken) + (failures > 0 ? ", not taken: " + std::to_string(failures) : "") +
                           ". Carry the folder back: gokajo carry reads the receipts on the PC");
  return failures > 0 && code == 0 ? kDataError : code;
}

int run(const Session& session, const std::string& path) {
  std::error_code problem;
  return std::filesystem::is_directory(path, problem) ? import_folder(session, path) : import_file(session, path);
}

}  // namespace

void add_import_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "import", session.say("ネットにつながらないPCの結果をファイルから受け取ります", "Take a report carried from a PC without network"));
  auto file = std::make_shared<std::string>();
  add_common_options(*command, session);
  command->add_option("FILE", *file, session.say("運んできたファイルかフォルダー", "the file or folder that was carried"))->required();
  command->callback([file, &session] { session.exit_code = run(session, *file); });
}

}  // namespace gokajo::hub

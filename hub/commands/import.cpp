#include <cstdio>
#include <fstream>

#include "hub/commands/command.h"
#include "hub/ingest.h"
#include "protocol/carried.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

Result<std::string> contents_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorKind::not_found, path};
  std::string text(protocol::kMaxCarriedBytes + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  return text;
}

int run(const Session& session, const std::string& path) {
  const auto text = contents_of(path);
  if (!text) return complain(session, text.error());
  auto carried = protocol::read_carried(*text);
  if (!carried) return complain(session, {carried.error().kind, path + ": " + carried.error().detail});
  if (carried->method != "POST" || carried->path != "/v1/reports")
    return complain(session, {ErrorKind::malformed, path + ": expected POST /v1/reports"});
  auto state = open_state(hub_directory(session.state));
  if (!state) return complain(session, state.error());
  HttpRequest request{carried->method, carried->path, {}, std::move(carried->body), "file"};
  request.headers = {{"gokajo-device", carried->device},
                     {"gokajo-epoch", std::to_string(carried->epoch)},
                     {"gokajo-seq", std::to_string(carried->seq)},
                     {"gokajo-signature", carried->signature}};
  if (carried->encoding) request.headers["content-encoding"] = *carried->encoding;
  Ingest ingest(*state->store, state->pepper);
  const auto reply = ingest.handle(request, session.now);
  // The receipt, to be carried back: only it empties the PC's spool.
  std::printf("%s\n", reply.body.c_str());
  if (reply.status == 200) return 0;
  return complain(session, {reply.status == 503                          ? ErrorKind::timed_out
                            : reply.status == 401 || reply.status == 403 ? ErrorKind::denied
                                                                         : ErrorKind::malformed,
                            path});
}

}  // namespace

void add_import_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand(
      "import", session.say("ネットにつながらないPCの結果をファイルから受け取ります", "Take a report carried from a PC without network"));
  auto file = std::make_shared<std::string>();
  add_common_options(*command, session);
  command->add_option("FILE", *file, session.say("運んできたファイル", "the file that was carried"))->required();
  command->callback([file, &session] { session.exit_code = run(session, *file); });
}

}  // namespace gokajo::hub

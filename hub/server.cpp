#include "hub/server.h"

#include <array>
#include <chrono>
#include <filesystem>
#include <map>
#include <set>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <openssl/ssl.h>

#include "hub/ingest.h"
#include "hub/token_buckets.h"

namespace gokajo::hub {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using platform::Error, platform::ErrorKind;

namespace {

using namespace std::chrono_literals;

constexpr auto kHeaderTime = 10s;
constexpr auto kBodyTime = 30s;
constexpr auto kIdleTime = 60s;
constexpr auto kReplyTime = 30s;
constexpr auto kDrainTime = 5s;
constexpr std::size_t kMaxDrained = 16U << 20U;
constexpr auto kLookAtFiles = 5s;
constexpr std::uint32_t kMaxHeader = 8U << 10U;

using Stream = asio::ssl::stream<beast::tcp_stream>;
using Context = std::shared_ptr<asio::ssl::context>;

// Errors as values: `auto [problem, size] = co_await ...`.
constexpr auto kTold = asio::as_tuple(asio::use_awaitable);

platform::Result<Context> load(const CertificateFiles& files) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  error_code problem;
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // Forward secrecy and authenticated encryption only.
  SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
  context->use_certificate_chain_file(files.certificate, problem);
  if (problem) return Error{ErrorKind::malformed, files.certificate + ": " + problem.message()};
  context->use_private_key_file(files.key, asio::ssl::context::pem, problem);
  if (problem) return Error{ErrorKind::malformed, files.key + ": " + problem.message()};
  if (SSL_CTX_check_private_key(context->native_handle()) != 1)
    return Error{ErrorKind::malformed, files.key + ": not the key of " + files.certificate};
  return context;
}

// What tells that a file is another than before.
std::string trace_of(const CertificateFiles& files) {
  std::string trace;
  for (const auto& path : {files.certificate, files.key}) {
    std::error_code problem;
    const auto time = std::filesystem::last_write_time(path, problem);
    trace += std::to_string(time.time_since_epoch().count()) + "/" + std::to_string(std::filesystem::file_size(path, problem)) + " ";
  }
  return trace;
}

HttpReply over_rate() {
  auto reply = problem_reply(protocol::ProblemKind::busy, "too many requests");
  reply.status = 429;
  return reply;
}

// A header that is there twice could be read in two ways.
bool says_twice(const http::fields& fields) {
  std::set<std::string, std::less<>> seen;
  for (const auto& field : fields) {
    std::string name(field.name_string());
    for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    if (!seen.insert(std::move(name)).second) return true;
  }
  return false;
}

// RFC 9112, 6.1 and 6.3: chunks and a length, or an encoding that does not end by itself, could be cut in two places. Beast reads such a
// request as one without a body.
bool ends_unclearly(const http::fields& fields) {
  const auto coding = fields.find(http::field::transfer_encoding);
  if (coding == fields.end()) return false;
  return !beast::iequals(coding->value(), "chunked") || fields.find(http::field::content_length) != fields.end();
}

HttpRequest request_of(http::request<http::string_body> message, const std::string& address) {
  HttpRequest request{std::string(message.method_string()), std::string(message.target()), {}, std::move(message.body()), address};
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (auto& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    request.headers.emplace(std::move(name), std::string(field.value()));
  }
  return request;
}

// What goes with every answer, unless it says otherwise: nothing is kept, taken for another kind of thing, framed, or told to other sites.
constexpr std::pair<const char*, const char*> kUnlessSaid[] = {
    {"cache-control", "no-store"},
    {"content-security-policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"referrer-policy", "no-referrer"}};
constexpr std::pair<const char*, const char*> kAlways[] = {{"x-content-type-options", "nosniff"},
                                                           {"cross-origin-resource-policy", "same-origin"}};

template <class Body>
http::response<Body> message_of(const HttpReply& reply, typename Body::value_type body, bool keep_alive,
                                const std::string& strict_transport) {
  http::response<Body> message;
  message.version(11);
  message.result(static_cast<unsigned>(reply.status));
  for (const auto& [name, value] : reply.headers) message.set(name, value);
  for (const auto& [name, value] : kUnlessSaid)
    if (!reply.headers.contains(name)) message.set(name, value);
  for (const auto& [name, value] : kAlways) message.set(name, value);
  if (!strict_transport.empty()) message.set("strict-transport-security", strict_transport);
  message.body() = std::move(body);
  message.keep_alive(keep_alive);
  message.prepare_payload();
  return message;
}

class BeastServer : public Server {
 public:
  BeastServer(ServerOptions options, Submit submit, Context context)
      : options_(std::move(options)),
        submit_(std::move(submit)),
        tls_(std::move(context)),
        trace_(trace_of(options_.certificate)),
        rate_(options_.requests_per_second, options_.burst, 20000),
        acceptor_(io_) {}

  platform::Status listen();
  unsigned short port() const override { return port_; }
  void run(const std::function<void(const Error&)>& complain) override;
  void stop() override { io_.stop(); }

 private:
  asio::awaitable<void> accept();
  asio::awaitable<void> serve(tcp::socket socket, std::string address);
  asio::awaitable<void> talk(Stream& stream, const std::string& address);
  static asio::awaitable<void> drain(Stream& stream);
  asio::awaitable<bool> reply(Stream& stream, HttpReply reply, bool keep_alive);
  asio::awaitable<bool> send_file(Stream& stream, HttpReply answered, bool keep_alive);
  asio::awaitable<HttpReply> answer(HttpRequest request);
  asio::awaitable<void> watch_files(std::function<void(const Error&)> complain);
  static TokenBuckets::Now now() {
    return std::chrono::duration_cast<TokenBuckets::Now>(std::chrono::steady_clock::now().time_since_epoch());
  }

  ServerOptions options_;
  Submit submit_;
  Context tls_;
  std::string trace_;
  TokenBuckets rate_;
  std::map<std::string, std::size_t> connected_;
  std::size_t connections_ = 0;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  unsigned short port_ = 0;
};

platform::Status BeastServer::listen() {
  error_code problem;
  const auto address = asio::ip::make_address(options_.address, problem);
  if (problem) return Error{ErrorKind::malformed, options_.address + ": not an address"};
  const tcp::endpoint endpoint(address, options_.port);
  const auto place = options_.address + " " + std::to_string(options_.port) + "/tcp";
  acceptor_.open(endpoint.protocol(), problem);
  if (!problem) acceptor_.set_option(tcp::acceptor::reuse_address(true), problem);
  if (!problem && address.is_v6() && address.is_unspecified()) acceptor_.set_option(asio::ip::v6_only(false), problem);
  if (!problem) acceptor_.bind(endpoint, problem);
  if (!problem) acceptor_.listen(1024, problem);
  if (problem == asio::error::address_in_use) return Error{ErrorKind::failed, place + ": " + kPortTaken};
  if (problem == asio::error::access_denied) return Error{ErrorKind::denied, place + ": " + problem.message()};
  if (problem) return Error{ErrorKind::failed, place + ": " + problem.message()};
  port_ = acceptor_.local_endpoint(problem).port();
  return platform::Done{};
}

void BeastServer::run(const std::function<void(const Error&)>& complain) {
  asio::co_spawn(io_, accept(), asio::detached);
  asio::co_spawn(io_, watch_files(complain), asio::detached);
  io_.run();
}

asio::awaitable<void> BeastServer::accept() {
  asio::steady_timer pause(io_);
  for (;;) {
    auto [problem, socket] = co_await acceptor_.async_accept(kTold);
    if (problem) {  // out of descriptors, say: those that are open will be closed
      pause.expires_after(100ms);
      co_await pause.async_wait(kTold);
      continue;
    }
    error_code unknown;
    auto peer = socket.remote_endpoint(unknown).address();
    if (peer.is_v6() && peer.to_v6().is_v4_mapped()) peer = asio::ip::make_address_v4(asio::ip::v4_mapped, peer.to_v6());
    auto address = peer.to_string();
    if (unknown || connections_ >= options_.connections || connected_[address] >= options_.connections_of_address) {
      options_.cut_off("connections", address);
      continue;
    }
    asio::co_spawn(io_, serve(std::move(socket), std::move(address)), asio::detached);
  }
}

asio::awaitable<void> BeastServer::serve(tcp::socket socket, std::string address) {
  ++connections_;
  ++connected_[address];
  const Context context = tls_;  // the one it began with, whatever is loaded meanwhile
  Stream stream(beast::tcp_stream(std::move(socket)), *context);
  error_code ignored;
  beast::get_lowest_layer(stream).socket().set_option(tcp::no_delay(true), ignored);
  beast::get_lowest_layer(stream).expires_after(kHeaderTime);
  auto [problem] = co_await stream.async_handshake(asio::ssl::stream_base::server, kTold);
  if (!problem) co_await talk(stream, address);
  --connections_;
  if (--connected_[address] == 0) connected_.erase(address);
}

asio::awaitable<void> BeastServer::talk(Stream& stream, const std::string& address) {
  beast::flat_buffer buffer;
  for (bool first = true;; first = false) {
    http::request_parser<http::string_body> parser;
    parser.header_limit(kMaxHeader);
    parser.body_limit(kMaxWireBytes);
    if (first) {
      beast::get_lowest_layer(stream).expires_after(kHeaderTime);
    } else {
      beast::get_lowest_layer(stream).expires_after(kIdleTime);
    }
    auto [header_problem, header_size] = co_await http::async_read_header(stream, buffer, parser, kTold);
    if (header_problem == http::error::body_limit) {  // Content-Length says so
      options_.cut_off("body", address);
      co_await reply(stream, problem_reply(protocol::ProblemKind::too_large, "body: more than 256 KiB"), false);
      co_await drain(stream);
      break;
    }
    // Not who goes away, nor who is slow.
    if (header_problem && header_problem != http::error::end_of_stream && header_problem != http::error::partial_message &&
        header_problem.category() == http::make_error_code(http::error::bad_method).category())
      options_.cut_off("no-request", address);
    if (header_problem) break;
    if (!rate_.take(address, now())) {
      options_.cut_off("flood", address);
      co_await reply(stream, over_rate(), false);
      break;
    }
    if (ends_unclearly(parser.get())) {
      options_.cut_off("unclear-end", address);
      co_await reply(stream, problem_reply(protocol::ProblemKind::malformed, "a body whose end is unclear"), false);
      break;
    }
    beast::get_lowest_layer(stream).expires_after(kBodyTime);
    auto [body_problem, body_size] = co_await http::async_read(stream, buffer, parser, kTold);
    if (body_problem == http::error::body_limit) {
      options_.cut_off("body", address);
      co_await reply(stream, problem_reply(protocol::ProblemKind::too_large, "body: more than 256 KiB"), false);
      co_await drain(stream);
      break;
    }
    if (body_problem) break;
    auto message = parser.release();
    const bool keep_alive = message.keep_alive();
    if (says_twice(message)) {
      options_.cut_off("header-twice", address);
      co_await reply(stream, problem_reply(protocol::ProblemKind::malformed, "a header that is there twice"), false);
      break;
    }
    beast::get_lowest_layer(stream).expires_never();  // the store takes as long as it takes
    auto answered = co_await answer(request_of(std::move(message), address));
    const bool sent = co_await reply(stream, std::move(answered), keep_alive);
    if (!sent || !keep_alive) break;
  }
  beast::get_lowest_layer(stream).expires_after(1s);
  co_await stream.async_shutdown(kTold);
}

// Who is still sending a body would not see the answer if the connection were closed under it: what comes is thrown away, within limits.
asio::awaitable<void> BeastServer::drain(Stream& stream) {
  std::array<char, 16384> thrown_away{};
  beast::get_lowest_layer(stream).expires_after(kDrainTime);
  for (std::size_t drained = 0; drained < kMaxDrained;) {
    auto [problem, size] = co_await stream.async_read_some(asio::buffer(thrown_away), kTold);
    if (problem) co_return;
    drained += size;
  }
}

asio::awaitable<bool> BeastServer::reply(Stream& stream, HttpReply reply, bool keep_alive) {
  if (!reply.file.empty()) co_return co_await send_file(stream, std::move(reply), keep_alive);
  auto body = std::move(reply.body);
  const auto message = message_of<http::string_body>(reply, std::move(body), keep_alive, options_.strict_transport);
  beast::get_lowest_layer(stream).expires_after(kReplyTime);
  auto [problem, size] = co_await http::async_write(stream, message, kTold);
  co_return !problem;
}

// It may be larger than memory, and the line slow: each piece has the time that a whole reply has otherwise.
asio::awaitable<bool> BeastServer::send_file(Stream& stream, HttpReply answered, bool keep_alive) {
  http::file_body::value_type file;
  error_code missing;
  file.open(answered.file.c_str(), beast::file_mode::scan, missing);
  if (missing) co_return co_await reply(stream, problem_reply(protocol::ProblemKind::not_found, "the file is gone"), keep_alive);
  auto message = message_of<http::file_body>(answered, std::move(file), keep_alive, options_.strict_transport);
  http::response_serializer<http::file_body> pieces{message};
  while (!pieces.is_done()) {
    beast::get_lowest_layer(stream).expires_after(kReplyTime);
    auto [problem, size] = co_await http::async_write_some(stream, pieces, kTold);
    if (problem) co_return false;
  }
  co_return true;
}

asio::awaitable<HttpReply> BeastServer::answer(HttpRequest request) {
  // The answer comes on another thread; a timer that never ends by itself is how this coroutine waits for it.
  struct Waiting {
    explicit Waiting(asio::io_context& io) : timer(io, asio::steady_timer::time_point::max()) {}
    asio::steady_timer timer;
    std::optional<HttpReply> reply;
  };
  auto waiting = std::make_shared<Waiting>(io_);
  std::function<void(HttpReply)> take = [this, waiting](HttpReply reply) {
    asio::post(io_, [waiting, reply = std::move(reply)]() mutable {
      waiting->reply = std::move(reply);
      waiting->timer.cancel();
    });
  };
  if (!submit_(std::move(request), std::move(take))) co_return problem_reply(protocol::ProblemKind::busy, "the hub has too much to do");
  // The post runs on this same thread, so the reply cannot come between this look and the wait.
  if (!waiting->reply) co_await waiting->timer.async_wait(kTold);
  co_return waiting->reply ? std::move(*waiting->reply) : problem_reply(protocol::ProblemKind::busy, "the hub ends");
}

asio::awaitable<void> BeastServer::watch_files(std::function<void(const Error&)> complain) {
  asio::steady_timer timer(io_);
  for (;;) {
    timer.expires_after(kLookAtFiles);
    auto [problem] = co_await timer.async_wait(kTold);
    if (problem) co_return;
    const auto trace = trace_of(options_.certificate);
    if (trace == trace_) continue;
    trace_ = trace;
    auto loaded = load(options_.certificate);
    if (loaded) {
      tls_ = std::move(*loaded);
    } else {
      complain(loaded.error());
    }
  }
}

}  // namespace

platform::Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Submit submit) {
  try {
    auto context = load(options.certificate);
    if (!context) return context.error();
    auto server = std::make_unique<BeastServer>(std::move(options), std::move(submit), std::move(*context));
    if (auto status = server->listen(); !status) return status.error();
    return std::unique_ptr<Server>(std::move(server));
  } catch (const boost::system::system_error& problem) {
    return Error{ErrorKind::failed, problem.what()};
  }
}

}  // namespace gokajo::hub

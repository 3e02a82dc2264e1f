// post_requests PORT CA FOLDER: sends each file of FOLDER over a TLS connection of its own to localhost and measures the answers. A file
// holds requests as they go over the wire, each after its length (4 bytes, most significant first); each is answered before the next of its
// file is sent. Every answer must be a 200. Prints {"wall_s": …, "cpu_s": …, "p50_ms": …, "p99_ms": …}; 1 with a line on stderr where
// anything else came. One thread, so that a benchmark on two CPUs measures the hub and not its client.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

namespace asio = boost::asio;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Clock = std::chrono::steady_clock;

namespace {

std::vector<std::string> requests_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  const std::string all((std::istreambuf_iterator<char>(stream)), {});
  std::vector<std::string> requests;
  for (std::size_t at = 0; at + 4 <= all.size();) {
    std::uint32_t size = 0;
    for (int byte = 0; byte < 4; ++byte) size = (size << 8U) | static_cast<unsigned char>(all[at++]);
    if (all.size() - at < size) throw std::runtime_error(file.string() + ": cut off");
    requests.push_back(all.substr(at, size));
    at += size;
  }
  return requests;
}

asio::awaitable<void> connect(asio::ssl::stream<tcp::socket>& stream, std::uint16_t port) {
  co_await stream.next_layer().async_connect({asio::ip::address_v4::loopback(), port}, asio::use_awaitable);
  stream.next_layer().set_option(tcp::no_delay(true));
  co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
}

asio::awaitable<void> post(asio::ssl::stream<tcp::socket>& stream, const std::vector<std::string>& requests,
                           std::vector<double>& milliseconds) {
  boost::beast::flat_buffer buffer;
  for (const auto& request : requests) {
    const auto began = Clock::now();
    co_await asio::async_write(stream, asio::buffer(request), asio::use_awaitable);
    http::response<http::string_body> response;
    co_await http::async_read(stream, buffer, response, asio::use_awaitable);
    if (response.result_int() != 200)
      throw std::runtime_error("answered " + std::to_string(response.result_int()) + ": " + response.body());
    milliseconds.push_back(std::chrono::duration<double, std::milli>(Clock::now() - began).count());
  }
}

void run(std::uint16_t port, const char* authority, const char* folder) {
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.load_verify_file(authority);
  tls.set_verify_mode(asio::ssl::verify_peer);
  tls.set_verify_callback(asio::ssl::host_name_verification("localhost"));
  asio::io_context loop(1);
  std::vector<std::vector<std::string>> work;
  std::vector<asio::ssl::stream<tcp::socket>> streams;
  for (const auto& file : std::filesystem::directory_iterator(folder)) work.push_back(requests_of(file.path()));
  for (std::size_t each = 0; each < work.size(); ++each) streams.emplace_back(loop, tls);
  const auto rethrow = [](const std::exception_ptr& problem) {
    if (problem) std::rethrow_exception(problem);
  };
  for (auto& stream : streams) asio::co_spawn(loop, connect(stream, port), rethrow);
  loop.run();
  loop.restart();
  // Connections stand before the clock starts.
  std::vector<double> milliseconds;
  const auto began = Clock::now();
  const auto cpu = std::clock();
  for (std::size_t each = 0; each < work.size(); ++each) asio::co_spawn(loop, post(streams[each], work[each], milliseconds), rethrow);
  loop.run();
  const std::chrono::duration<double> wall = Clock::now() - began;
  const auto used = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
  if (milliseconds.empty()) throw std::runtime_error("no request in " + std::string(folder));
  std::sort(milliseconds.begin(), milliseconds.end());
  std::cout << R"({"wall_s": )" << wall.count() << R"(, "cpu_s": )" << used << R"(, "p50_ms": )" << milliseconds[milliseconds.size() / 2]
            << R"(, "p99_ms": )" << milliseconds[milliseconds.size() * 99 / 100] << "}\n";
}

}  // namespace

int main(int count, char** words) try {
  if (count != 4) throw std::runtime_error("usage: post_requests PORT CA FOLDER");
  run(static_cast<std::uint16_t>(std::stoi(words[1])), words[2], words[3]);
  return 0;
} catch (const std::exception& problem) {
  std::cerr << "post_requests: " << problem.what() << '\n';
  return 1;
}

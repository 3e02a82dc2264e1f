#include "compliance/offers.h"

#include <algorithm>
#include <set>

namespace gokajo::compliance {
namespace {

int width(Reach reach) {
  switch (reach) {
    case Reach::everyone:
      return 3;
    case Reach::some:
      return 2;
    case Reach::not_known:
      return 1;
    case Reach::nobody:
      return 0;
  }
  return 1;
}

template <class List, class Value>
bool holds(const List& list, const Value& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

Offer offer_of(const Sharing& sharing, std::initializer_list<std::int64_t> ports, std::initializer_list<std::string_view> programs) {
  Offer offer;
  for (const auto& socket : *sharing.sockets) {
    const auto program = file_name(socket.program);
    if (socket.protocol != "tcp" || (!holds(ports, socket.port) && !holds(programs, std::string_view(program)))) continue;
    if (!offer.offered || (offer.program.empty() && !program.empty())) {
      offer.program = program;
      offer.owner_known = socket.owner_known;
    }
    offer.offered = true;
    if (width(socket.reach) > width(offer.reach)) offer.reach = socket.reach;
  }
  return offer;
}

std::string file_name(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

// The kernel's own servers (nfsd, lockd) have no process; of one that may not be seen the port is all there is to say.
std::string socket_name(const OpenSocket& socket) {
  const auto program = file_name(socket.program);
  const auto port = std::to_string(socket.port) + "/" + socket.protocol;
  if (program.empty() && !socket.owner_known) return port;
  return (program.empty() ? "kernel" : program) + " (" + port + ")";
}

bool is_dhcp_client(const OpenSocket& socket) { return socket.protocol == "udp" && (socket.port == 68 || socket.port == 546); }

std::vector<Parameters> socket_items(const std::vector<const OpenSocket*>& sockets) {
  std::set<std::string> names;
  for (const auto* socket : sockets) names.insert(socket_name(*socket));
  std::vector<Parameters> items;
  for (const auto& name : names) items.push_back({{"name", Name{name}}});
  return items;
}

}  // namespace gokajo::compliance

#include "platform/linux/filter_tables.h"

#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netlink.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "platform/linux/netlink_socket.h"

namespace gokajo::platform {
namespace {

constexpr std::size_t kMaxTables = 4096;
constexpr std::size_t kMaxDatagrams = 1024;
constexpr std::size_t kDatagramBytes = 65536;  // a dump's skb is at most 32 KiB (net/netlink/af_netlink.c)
constexpr int kTries = 5;
constexpr std::uint16_t kNewTable = (NFNL_SUBSYS_NFTABLES << 8U) | NFT_MSG_NEWTABLE;
constexpr std::uint16_t kGetTable = (NFNL_SUBSYS_NFTABLES << 8U) | NFT_MSG_GETTABLE;

// What stands at the front of `bytes`; the kernel aligns it, a test's bytes may not be.
template <class T>
std::optional<T> front(std::string_view bytes) {
  if (bytes.size() < sizeof(T)) return std::nullopt;
  T value;
  std::memcpy(&value, bytes.data(), sizeof(T));
  return value;
}

std::string_view behind(std::string_view bytes, std::size_t size) { return bytes.substr(std::min(size, bytes.size())); }

// include/uapi/linux/netfilter.h; 1 is inet since Linux 3.14.
std::string family_name(std::uint8_t family) {
  switch (family) {
    case NFPROTO_INET:
      return "inet";
    case NFPROTO_IPV4:
      return "ip";
    case NFPROTO_IPV6:
      return "ip6";
    case NFPROTO_ARP:
      return "arp";
    case NFPROTO_BRIDGE:
      return "bridge";
    case NFPROTO_NETDEV:
      return "netdev";
    default:
      return std::to_string(family);
  }
}

Error short_message() { return {ErrorKind::malformed, "nf_tables: short message"}; }

// nfnetlink_rcv() refuses with EPERM without CAP_NET_ADMIN, nfnetlink_rcv_msg() with EINVAL where no module answers for this subsystem.
// Our request itself is valid in every version since Linux 3.13, so EINVAL has no other meaning (net/netfilter/nfnetlink.c).
Error refusal(int code) {
  const ErrorKind kind = code == EPERM || code == EACCES             ? ErrorKind::denied
                         : code == EINVAL || code == EPROTONOSUPPORT ? ErrorKind::unsupported
                         : code == EINTR                             ? ErrorKind::timed_out
                                                                     : ErrorKind::failed;
  return {kind, std::string("nf_tables: ") + std::strerror(code)};
}

// `body`: what follows the message's header.
Status add_table(std::string_view body, FilterTables& tables) {
  const auto head = front<nfgenmsg>(body);
  if (!head) return short_message();
  FilterTable table{family_name(head->nfgen_family), {}};
  for (auto rest = behind(body, NLMSG_ALIGN(sizeof(nfgenmsg))); !rest.empty();) {
    const auto attribute = front<nlattr>(rest);
    if (!attribute || attribute->nla_len < NLA_HDRLEN || attribute->nla_len > rest.size()) return short_message();
    const auto value = rest.substr(NLA_HDRLEN, attribute->nla_len - NLA_HDRLEN);
    if ((attribute->nla_type & NLA_TYPE_MASK) == NFTA_TABLE_NAME) table.name = value.substr(0, value.find('\0'));
    rest = behind(rest, NLA_ALIGN(attribute->nla_len));
  }
  if (table.name.empty()) return Error{ErrorKind::malformed, "nf_tables: a table without a name"};
  if (tables.tables.size() >= kMaxTables) return Error{ErrorKind::too_large, "nf_tables: too many tables"};
  tables.tables.push_back(std::move(table));
  return Done{};
}

Status request_dump(int fd) {
  struct {
    nlmsghdr header;
    nfgenmsg request;
  } message{};
  message.header.nlmsg_len = sizeof(message);
  message.header.nlmsg_type = kGetTable;
  message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  message.request.nfgen_family = NFPROTO_UNSPEC;  // of every family
  message.request.version = NFNETLINK_V0;
  if (send(fd, &message, sizeof(message), 0) != static_cast<ssize_t>(sizeof(message))) return refusal(errno);
  return Done{};
}

Result<FilterTables> dump() {
  const NetlinkSocket socket(NETLINK_NETFILTER);
  if (socket.fd() < 0) return refusal(errno);
  if (auto status = request_dump(socket.fd()); !status) return status.error();
  FilterTables tables;
  tables.nftables = true;
  const auto buffer = std::make_unique<char[]>(kDatagramBytes);
  for (std::size_t count = 0; count < kMaxDatagrams; ++count) {
    const ssize_t got = recv(socket.fd(), buffer.get(), kDatagramBytes, MSG_TRUNC);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Error{ErrorKind::failed, "nf_tables: the kernel did not answer"};
    if (got < 0) return Error{ErrorKind::failed, std::string("nf_tables: ") + std::strerror(errno)};
    if (static_cast<std::size_t>(got) > kDatagramBytes) return Error{ErrorKind::too_large, "nf_tables: a datagram above the limit"};
    const auto last = parse_filter_tables({buffer.get(), static_cast<std::size_t>(got)}, tables);
    if (!last) return last.error();
    if (*last) return tables;
  }
  return Error{ErrorKind::too_large, "nf_tables: an answer without an end"};
}

}  // namespace

Result<bool> parse_filter_tables(std::string_view datagram, FilterTables& tables) {
  while (!datagram.empty()) {
    const auto header = front<nlmsghdr>(datagram);
    if (!header || header->nlmsg_len < NLMSG_HDRLEN || header->nlmsg_len > datagram.size()) return short_message();
    const auto body = datagram.substr(NLMSG_HDRLEN, header->nlmsg_len - NLMSG_HDRLEN);
    // The tables changed while they were listed: one may be missing from the list.
    if ((header->nlmsg_flags & NLM_F_DUMP_INTR) != 0) return refusal(EINTR);
    if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) {
      const auto code = front<std::int32_t>(body);
      if (!code) return short_message();
      if (*code < 0 && *code > -4096) return refusal(-*code);
      // Nothing asked for an acknowledgement, so an "error" of 0 is none of ours.
      if (*code != 0 || header->nlmsg_type == NLMSG_ERROR) return Error{ErrorKind::malformed, "nf_tables: an unexpected end"};
      return true;
    }
    if (header->nlmsg_type == NLMSG_OVERRUN) return Error{ErrorKind::failed, "nf_tables: data was lost"};
    if (header->nlmsg_type == kNewTable)
      if (auto status = add_table(body, tables); !status) return status.error();
    datagram = behind(datagram, NLMSG_ALIGN(header->nlmsg_len));
  }
  return false;
}

Result<FilterTables> list_filter_tables() {
  for (int left = kTries;; --left) {
    auto tables = dump();
    if (tables) {
      std::sort(tables->tables.begin(), tables->tables.end(),
                [](const auto& a, const auto& b) { return std::tie(a.family, a.name) < std::tie(b.family, b.name); });
      return tables;
    }
    if (tables.error().kind == ErrorKind::unsupported) return FilterTables{};
    if (tables.error().kind != ErrorKind::timed_out || left <= 1) return tables.error();
  }
}

}  // namespace gokajo::platform

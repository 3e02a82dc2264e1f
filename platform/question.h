/// \file
/// What may be asked of a PC, and what it may answer. A question is a value: it can be compared, written as JSON, recorded, replayed,
/// answered by another process. Adding a kind of question: its struct here, its reply if none fits, its answer in each system's body.
///
/// Every question names how its answer is reduced (platform/reducers/) before any collector or recorder sees a byte.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

#include "platform/bytes.h"
#include "platform/question_windows.h"
#include "platform/result.h"
#include "platform/time.h"

namespace gokajo::platform {

inline constexpr std::int64_t kDefaultMaxBytes = 1 << 20;  ///< of a file
inline constexpr std::int64_t kHelperMaxBytes = 4 << 20;   ///< of a helper's output (design.md section 4)

// ---- Questions ---------------------------------------------------------------------------------------------------------------------

/// The contents of a regular file. `reducer` is a name of platform/reducers/reducers.inc; "verbatim" is answered only for paths on the
/// list platform/verbatim_paths.inc. With `as_uid` the file is opened with that user's rights, and no link is followed at all; without
/// it a link is followed only where no unprivileged user could have made it. Devices, pipes and sockets are denied. With `prefix_bytes` no
/// more than the first that many bytes are read, however large the file is (headers of large files).
struct ReadFile {
  static constexpr const char* kName = "read_file";
  std::string path;
  std::string reducer = "verbatim";
  std::int64_t max_bytes = kDefaultMaxBytes;
  std::optional<std::int64_t> as_uid;
  std::optional<std::int64_t> prefix_bytes;
};
BOOST_DESCRIBE_STRUCT(ReadFile, (), (path, reducer, max_bytes, as_uid, prefix_bytes))

/// What a path is, by lstat (`follow` = false) or stat.
struct StatFile {
  static constexpr const char* kName = "stat_file";
  std::string path;
  bool follow = true;
};
BOOST_DESCRIBE_STRUCT(StatFile, (), (path, follow))

/// The names in a directory, sorted, each with its lstat; at most `max_entries`, more is too_large.
struct ListDirectory {
  static constexpr const char* kName = "list_directory";
  std::string path;
  std::int64_t max_entries = 4096;
};
BOOST_DESCRIBE_STRUCT(ListDirectory, (), (path, max_entries))

/// A helper program of platform/helpers.inc, by its name there, with these arguments: absolute path, no shell, the table's environment,
/// its own process group, killed with all its children at the deadline. A missing program is not_found. With `as_uid` it runs as that user.
/// `unchanged_while`: files and directories whose size, times and inode decide the answer; while none changes, a remembered answer may
/// stand for a new run (platform/remembering_host.h). Empty: always run.
struct RunHelper {
  static constexpr const char* kName = "run_helper";
  std::string helper;
  std::vector<std::string> arguments;
  std::string reducer = "verbatim";
  std::optional<std::int64_t> as_uid;
  std::vector<std::string> unchanged_while;
};
BOOST_DESCRIBE_STRUCT(RunHelper, (), (helper, arguments, reducer, as_uid, unchanged_while))

/// One request over a local stream socket (clamd, snapd): `send` is written, everything that comes back is read.
struct AskSocket {
  static constexpr const char* kName = "ask_socket";
  std::string path;
  Bytes send;
  std::string reducer = "verbatim";
};
BOOST_DESCRIBE_STRUCT(AskSocket, (), (path, send, reducer))

/// Which processes run. The paths of their executables only: arguments and environments are never read.
struct ListProcesses {
  static constexpr const char* kName = "list_processes";
};
BOOST_DESCRIBE_STRUCT(ListProcesses, (), ())

/// Which sockets wait for connections (TCP listen, UDP unconnected), with their owners.
struct ListListeners {
  static constexpr const char* kName = "list_listeners";
};
BOOST_DESCRIBE_STRUCT(ListListeners, (), ())

/// Which tables of nftables the kernel holds in this network namespace, whoever made them (nft, iptables-nft). Needs CAP_NET_ADMIN, else
/// denied. The rules in them are not read: that is what nft is for, and a PC may be without it.
struct ListFilterTables {
  static constexpr const char* kName = "list_filter_tables";
};
BOOST_DESCRIBE_STRUCT(ListFilterTables, (), ())

/// What kind of machine this is and what this program may do on it.
struct DescribeSystem {
  static constexpr const char* kName = "describe_system";
};
BOOST_DESCRIBE_STRUCT(DescribeSystem, (), ())

/// Which installed Debian packages have newer versions in these of apt's package lists (names of files in /var/lib/apt/lists). dpkg's
/// status and the lists are streamed: hundreds of times what the answer holds. `unchanged_while` as in RunHelper.
struct ListPackageOffers {
  static constexpr const char* kName = "list_package_offers";
  std::vector<std::string> lists;
  std::vector<std::string> unchanged_while;
};
BOOST_DESCRIBE_STRUCT(ListPackageOffers, (), (lists, unchanged_while))

using Question = std::variant<ReadFile, StatFile, ListDirectory, RunHelper, AskSocket, ListProcesses, ListListeners, ListFilterTables,
                              DescribeSystem, ListPackageOffers, ReadRegistry, AskWmi, AskApi>;

// ---- Replies -----------------------------------------------------------------------------------------------------------------------

enum class FileType { regular, directory, link, other };
BOOST_DESCRIBE_ENUM(FileType, regular, directory, link, other)

/// Of a file: rights as in stat(2), `changed` is ctime, `modified` mtime. `link_target` only for a link that was not followed.
struct FileStatus {
  FileType type = FileType::other;
  std::int64_t mode = 0;  ///< permission bits, 0..07777
  std::int64_t uid = 0;
  std::int64_t gid = 0;
  std::int64_t size = 0;
  Time modified{};
  Time changed{};
  std::optional<std::string> link_target;
};
BOOST_DESCRIBE_STRUCT(FileStatus, (), (type, mode, uid, gid, size, modified, changed, link_target))

struct FileContents {
  static constexpr const char* kName = "file";
  Bytes bytes;
  FileStatus status;
};
BOOST_DESCRIBE_STRUCT(FileContents, (), (bytes, status))

struct FileStatusReply {
  static constexpr const char* kName = "status";
  FileStatus status;
};
BOOST_DESCRIBE_STRUCT(FileStatusReply, (), (status))

struct DirectoryEntry {
  std::string name;
  FileStatus status;
};
BOOST_DESCRIBE_STRUCT(DirectoryEntry, (), (name, status))

struct Directory {
  static constexpr const char* kName = "directory";
  std::vector<DirectoryEntry> entries;
};
BOOST_DESCRIBE_STRUCT(Directory, (), (entries))

/// A helper that ended by itself. One that was killed, timed out or flooded is an Error instead.
struct HelperOutput {
  static constexpr const char* kName = "helper";
  std::int64_t exit_code = 0;
  Bytes out;
  Bytes err;  ///< at most 4 KiB, reduced like `out`
};
BOOST_DESCRIBE_STRUCT(HelperOutput, (), (exit_code, out, err))

struct SocketReply {
  static constexpr const char* kName = "socket";
  Bytes bytes;
};
BOOST_DESCRIBE_STRUCT(SocketReply, (), (bytes))

/// `executable` is the target of /proc/PID/exe without " (deleted)"; absent for kernel threads and where it was denied.
/// `fanotify_permission`: holds a fanotify group with permission marks (a scanner that can refuse an open); absent when denied.
struct Process {
  std::int64_t pid = 0;
  std::int64_t uid = 0;
  std::string name;  ///< comm, cut at 15 characters by the kernel
  std::optional<std::string> executable;
  bool executable_deleted = false;
  bool executable_denied = false;
  Time started{};
  std::optional<bool> fanotify_permission;
};
BOOST_DESCRIBE_STRUCT(Process, (), (pid, uid, name, executable, executable_deleted, executable_denied, started, fanotify_permission))

struct Processes {
  static constexpr const char* kName = "processes";
  std::vector<Process> processes;
};
BOOST_DESCRIBE_STRUCT(Processes, (), (processes))

enum class Protocol { tcp, udp };
BOOST_DESCRIBE_ENUM(Protocol, tcp, udp)

/// `address` in the usual text form; "::" with `v6_only` false also serves IPv4. `pid` and `executable` are absent when the socket has
/// no process of ours to show (kernel servers, other namespaces) or the owner was denied (`owner_denied`).
struct Listener {
  Protocol protocol = Protocol::tcp;
  std::string address;
  std::int64_t port = 0;
  bool v6_only = false;
  std::optional<std::int64_t> pid;
  std::optional<std::string> executable;
  bool owner_denied = false;
};
BOOST_DESCRIBE_STRUCT(Listener, (), (protocol, address, port, v6_only, pid, executable, owner_denied))

struct Listeners {
  static constexpr const char* kName = "listeners";
  std::vector<Listener> listeners;
};
BOOST_DESCRIBE_STRUCT(Listeners, (), (listeners))

/// `family`: "inet", "ip", "ip6", "arp", "bridge", "netdev", or its number where it is none of these.
struct FilterTable {
  std::string family;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(FilterTable, (), (family, name))

/// `nftables`: the kernel has it. False is an answer too: then there are no tables, and none can be made.
struct FilterTables {
  static constexpr const char* kName = "filter_tables";
  bool nftables = false;
  std::vector<FilterTable> tables;
};
BOOST_DESCRIBE_STRUCT(FilterTables, (), (nftables, tables))

enum class OsFamily { linux_os, windows, macos };
BOOST_DESCRIBE_ENUM(OsFamily, linux_os, windows, macos)

/// `elevated`: effective uid 0, or an elevated administrator. `kernel_release`/`kernel_version`: uname -r / -v.
struct SystemDescription {
  static constexpr const char* kName = "system";
  OsFamily family = OsFamily::linux_os;
  std::string host_name;
  std::string kernel_release;
  std::string kernel_version;
  std::string machine;  ///< x86_64, aarch64 ...
  bool elevated = false;
  std::int64_t uid = 0;
  std::optional<Time> booted;
  Time now{};
};
BOOST_DESCRIBE_STRUCT(SystemDescription, (), (family, host_name, kernel_release, kernel_version, machine, elevated, uid, booted, now))

/// A version above the installed one. `lists`: the lists that offer it, as places in the question's `lists`. `phased_percent`: its
/// Phased-Update-Percentage, 100 where none is given.
struct OfferedVersion {
  std::string version;
  std::string architecture;
  std::int64_t phased_percent = 100;
  std::vector<std::int64_t> lists;
};
BOOST_DESCRIBE_STRUCT(OfferedVersion, (), (version, architecture, phased_percent, lists))

struct InstalledPackage {
  std::string name;
  std::string architecture;
  std::string version;
};
BOOST_DESCRIBE_STRUCT(InstalledPackage, (), (name, architecture, version))

/// `newer` is in the order of versions, oldest first. `held`: dpkg's selection is hold. `siblings`: installed packages of the same source
/// with a version above this one's, at most 8; absent in snapshots made before they were looked at.
struct PackageOffer {
  std::string name;
  std::string architecture;
  std::string installed;
  std::string source;  ///< name of the source package
  bool held = false;
  std::vector<OfferedVersion> newer;
  std::optional<std::vector<InstalledPackage>> siblings;
};
BOOST_DESCRIBE_STRUCT(PackageOffer, (), (name, architecture, installed, source, held, newer, siblings))

/// Only packages with something newer. `broken`: installed packages that dpkg left half done. `essential_missing`: packages the lists call
/// essential and that are not installed: apt would install them. `plain`: every package can take its newest offered version and nothing
/// else comes, goes or stands in the way, as far as relations between packages say (deb/relations.h). `native`: dpkg's own architecture.
/// `installed_count`, `offered_count`: packages, stanzas read.
struct PackageOffers {
  static constexpr const char* kName = "package_offers";
  std::int64_t installed_count = 0;
  std::int64_t offered_count = 0;
  std::vector<PackageOffer> offers;
  std::vector<std::string> broken;
  std::vector<std::string> essential_missing;
  bool plain = false;
  std::string native;
};
BOOST_DESCRIBE_STRUCT(PackageOffers, (), (installed_count, offered_count, offers, broken, essential_missing, plain, native))

using Reply = std::variant<FileContents, FileStatusReply, Directory, HelperOutput, SocketReply, Processes, Listeners, FilterTables,
                           SystemDescription, PackageOffers, Registry, Rows>;

/// `observed_at`: when the PC said it; older than the scan for a remembered answer. `no_newer`: the reply is one of an earlier scan, and
/// this is why the PC gave none now (platform/last_answers.h).
struct Answer {
  Result<Reply> reply = Error{};
  Time observed_at{};
  std::optional<Error> no_newer = std::nullopt;
};

}  // namespace gokajo::platform

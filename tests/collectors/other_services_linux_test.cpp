#include <doctest/doctest.h>

#include "collectors/parse/services.h"
#include "collectors/sharing.h"
#include "platform/reducer.h"
#include "tests/support/fake_host.h"

namespace gokajo::tests {

using namespace platform;
using namespace collectors;
using compliance::Clients;

// exports(5), nfs-utils 1:2.6.2: the space trap, a quoted path, a continued line; etab as exportfs(8) writes it for the first line.
TEST_CASE("NFS: the world that a space lets in is found, with file and line") {
  FakeHost host;
  host.file("/etc/exports", "# drawings\n\n/srv/zumen 192.168.77.20 (rw)\n");
  host.file(
      "/var/lib/nfs/etab",
      "/srv/"
      "zumen\t192.168.77.20(ro,sync,wdelay,hide,nocrossmnt,secure,root_squash,no_all_squash,sec=sys,ro,secure,root_squash,no_all_squash)\n"
      "/srv/zumen\t*(rw,sync,wdelay,hide,nocrossmnt,secure,root_squash,no_all_squash,sec=sys,rw,secure,root_squash,no_all_squash)\n");
  const auto nfs = collect_nfs_linux(host);
  REQUIRE(nfs);
  REQUIRE(nfs->size() == 2);
  CHECK((*nfs)[0].clients == Clients::machines);
  CHECK_FALSE((*nfs)[0].writable);
  CHECK((*nfs)[1].clients == Clients::everybody);
  CHECK((*nfs)[1].writable);
  CHECK((*nfs)[1].defined_in == "/etc/exports:3");
}

TEST_CASE("exports: quotes, escapes, continued lines, and a line that ends the reading") {
  const auto lines = parse::parse_exports("\"/srv/a b\" *(ro)\n/srv/c\\040d \\\n host(rw)\n/srv/all\nno path\n/srv/never *(rw)\n");
  REQUIRE(lines.size() == 3);
  CHECK(lines[0].path == "/srv/a b");
  CHECK(lines[1].path == "/srv/c d");
  CHECK(lines[1].client == "host");
  CHECK(lines[1].line == 2);
  CHECK(lines[2].client.empty());
}

TEST_CASE("clients of NFS: everybody, networks, machines") {
  for (const char* all : {"", "*", "0.0.0.0/0", "::/0", "10.0.0.0/8", "10.0.0.0/255.0.0.0", "172.16.0.0/12", "2001:db8::/32"}) {
    CAPTURE(all);
    CHECK(parse::clients_of(all) == Clients::everybody);
  }
  for (const char* net : {"192.168.77.0/24", "192.168.77.0/255.255.255.0", "@office", "*.example.com", "fd00::/64"}) {
    CAPTURE(net);
    CHECK(parse::clients_of(net) == Clients::network);
  }
  for (const char* one : {"192.168.77.20", "pc-03", "192.168.77.20/32", "192.168.77.20/255.255.255.255", "fd00::1"}) {
    CAPTURE(one);
    CHECK(parse::clients_of(one) == Clients::machines);
  }
}

TEST_CASE("etab: Kerberos alone counts as a password, beside sys it does not; other text is malformed") {
  const auto exports = parse::parse_etab("/a\t*(rw,sec=krb5p:krb5i)\n/b\t*(rw,sec=krb5:sys)\n/c\\040d\t*(ro,no_root_squash)\n");
  REQUIRE(exports);
  CHECK((*exports)[0].kerberos);
  CHECK_FALSE((*exports)[1].kerberos);
  CHECK((*exports)[2].path == "/c d");
  CHECK_FALSE((*exports)[2].root_squash);
  CHECK_FALSE(parse::parse_etab("hello\n"));
}

// rsyncd.conf(5) of rsync 3.2.7: settings before the first module are the defaults of all; case and blanks of names do not count.
TEST_CASE("rsync: modules with their passwords, hosts and rights") {
  const auto modules = parse::parse_rsyncd(
      "Read Only = no\n[open]\n path = /srv/a\n[closed]\n path=/srv/b\n auth users = yamada\n read only = true\n"
      "[lan]\n path = /srv/c\n hosts allow = 192.168.77.0/24\n[one]\n path = /srv/d\n HostsAllow = 192.168.77.20, 127.0.0.1\n");
  REQUIRE(modules);
  REQUIRE(modules->size() == 4);
  CHECK((*modules)[0].writable);
  CHECK_FALSE((*modules)[0].password);
  CHECK((*modules)[0].clients == Clients::everybody);
  CHECK((*modules)[1].password);
  CHECK_FALSE((*modules)[1].writable);
  CHECK((*modules)[2].clients == Clients::network);
  CHECK((*modules)[3].clients == Clients::machines);
  CHECK(parse::parse_rsyncd("&include /etc/rsyncd.d\n").error().kind == ErrorKind::unsupported);
}

TEST_CASE("FTP: the file that decides, by the program that serves") {
  FakeHost host;
  host.file("/etc/vsftpd.conf", "anonymous_enable=YES\n", "ftp_config");
  CHECK(collect_ftp_linux(host, "/usr/sbin/vsftpd")->anonymous == true);
  host.file("/etc/vsftpd.conf", "", "ftp_config");
  CHECK_FALSE(collect_ftp_linux(host, "/usr/sbin/vsftpd")->anonymous);
  host.file("/etc/proftpd/proftpd.conf", "<Anonymous ~ftp>\n", "ftp_config");
  CHECK(collect_ftp_linux(host, "/usr/sbin/proftpd")->anonymous == true);
  CHECK(collect_ftp_linux(host, "/usr/sbin/pure-ftpd").absent == ErrorKind::not_found);
  CHECK(collect_ftp_linux(host, "").absent == ErrorKind::unsupported);
  CHECK(parse::parse_proftpd_anonymous("Include /etc/proftpd/modules.conf\n") == false);
  CHECK_FALSE(parse::parse_proftpd_anonymous("Include /etc/proftpd/conf.d/\n"));
}

TEST_CASE("printers: names of the shared ones, and nothing of where they are") {
  const auto reduced = find_reducer("cups_printers")(
      "<Printer uketsuke>\nDeviceURI smb://tanaka:himitsu@nas/p\nShared Yes\n</Printer>\n<Printer keiri>\nShared No\n</Printer>\n");
  REQUIRE(reduced);
  CHECK(reduced->find("himitsu") == std::string::npos);
  CHECK(parse::parse_shared_printers(*reduced) == std::vector<std::string>{"uketsuke"});
  FakeHost host;
  CHECK(collect_shared_printers_linux(host)->empty());
  CHECK(collect_shared_printers_linux(host.unreadable("/etc/cups/printers.conf", ErrorKind::denied, "cups_printers")).absent ==
        ErrorKind::denied);
}

TEST_CASE("reducers keep no secret of ProFTPD, rsync and sshd") {
  const std::string ftp = "SQLConnectInfo db@host user himitsu\n<Anonymous ~ftp>\n",
                    rsync = "[a]\nsecrets file = /etc/himitsu\npath = /a\n", sshd = "Banner himitsu\n  Match User a\nPermitRootLogin yes\n";
  CHECK(*find_reducer("ftp_config")(ftp) == "<Anonymous ~ftp>\n");
  CHECK(*find_reducer("rsync_modules")(rsync) == "[a]\npath = /a\n");
  CHECK(*find_reducer("sshd_matches")(sshd) == "Match User a\n");
}

TEST_CASE("nothing is asked about services that do not wait for other machines") {
  FakeHost host;
  host.answers(ListListeners{}, Reply{Listeners{{{Protocol::tcp, "127.0.0.1", 445, false, 7, "/usr/sbin/smbd", false}}}});
  const auto sharing = collect_sharing_linux(host);
  REQUIRE(sharing.sockets);
  CHECK(sharing.sockets->empty());
  CHECK(sharing.samba.absent == ErrorKind::not_found);
  CHECK(sharing.ssh.absent == ErrorKind::not_found);
  FakeHost without_root;
  without_root.answers(ListListeners{}, Reply{Listeners{{{Protocol::tcp, "0.0.0.0", 21, false, std::nullopt, std::nullopt, true}}}});
  CHECK(collect_sharing_linux(without_root).ftp.absent == ErrorKind::denied);
  const auto unseen = collect_sharing_linux(FakeHost{}.answers(ListListeners{}, Error{ErrorKind::failed, "sock_diag"}));
  CHECK_FALSE(unseen.sockets);
  CHECK(unseen.samba.absent == ErrorKind::not_asked);
}

}  // namespace gokajo::tests

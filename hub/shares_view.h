/// \file
/// Who can open which shared folder in a company (「誰が開けるか」), from what its PCs sent, before it is put into words. It says what
/// the checks of rule "sharing" go by (compliance/windows_sharing.h, smb_shares.h), and never more.
#pragma once

#include <string>
#include <vector>

#include "compliance/evidence.h"
#include "hub/contacts.h"
#include "hub/library.h"
#include "hub/overview.h"

namespace gokajo::hub {

/// The worst first. anybody_*: whoever is on the office's network, without a password. not_known: it could not be measured. accounts:
/// every account of the PC or its domain. chosen: only who was chosen. closed: nobody from another PC, for the firewall is shut before it.
enum class Opens { anybody_writes, anybody_reads, not_known, accounts, chosen, closed };
BOOST_DESCRIBE_ENUM(Opens, anybody_writes, anybody_reads, not_known, accounts, chosen, closed)

/// `path` may be empty. `meant`: a person answered that all accounts shall open it (自己申告).
struct OpenFolder {
  std::string name;
  std::string path;
  Opens opens = Opens::not_known;
  bool meant = false;
};

/// Of one PC's evidence: the folders it shares by SMB, the worst first. What could not be listed is one of no name that is not_known; a PC
/// that serves none has none.
std::vector<OpenFolder> folders_of(const compliance::Evidence& evidence, Time now);

struct SharingDevice {
  std::string device;
  std::string label;
  Contact contact = Contact::heard;
  Time seen{};
  std::vector<OpenFolder> folders;
};

/// PCs that share folders or of which that is not known, the worst first, at most `limit` behind the first `offset`. `none`: how many PCs
/// that are heard share nothing; `not_heard`: how many are silent or at rest and shared nothing by their last results.
struct SharesView {
  std::vector<SharingDevice> devices;
  bool more = false;
  std::int64_t none = 0;
  std::int64_t not_heard = 0;
};
platform::Result<SharesView> shares_view(Store& store, const std::string& tenant, std::int64_t offset, std::int64_t limit, Time now,
                                         const Library* library);

}  // namespace gokajo::hub

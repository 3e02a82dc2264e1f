#include "platform/linux/package_offers.h"

#include "platform/deb/offers.h"
#include "platform/deb/stanzas.h"
#include "platform/expanded_file.h"
#include "platform/linux/files.h"

namespace gokajo::platform {
namespace {

constexpr std::uint64_t kMaxListBytes = 1ULL << 30U;
constexpr std::size_t kMaxLists = 1000;

Status stream(const std::string& path, const std::function<void(std::string_view)>& take) {
  auto descriptor = open_file_safely(path);
  if (!descriptor) return descriptor.error();
  ExpandedFile file(*descriptor, kMaxListBytes);
  auto status = deb::for_each_stanza([&](char* into, std::size_t size) { return file.read(into, size); }, take);
  if (!status) return Error{status.error().kind, path + ": " + status.error().detail};
  return status;
}

}  // namespace

Result<PackageOffers> list_package_offers(const ListPackageOffers& question) {
  if (question.lists.size() > kMaxLists) return Error{ErrorKind::too_large, "more than " + std::to_string(kMaxLists) + " package lists"};
  deb::OfferFinder finder;
  if (auto status = stream("/var/lib/dpkg/status", [&](auto stanza) { finder.add_installed(stanza); }); !status) return status.error();
  std::int64_t place = 0;
  for (const auto& list : question.lists) {
    if (list.empty() || list.find('/') != std::string::npos) return Error{ErrorKind::denied, list + ": not a name in /var/lib/apt/lists"};
    if (auto status = stream("/var/lib/apt/lists/" + list, [&](auto stanza) { finder.add_offered(stanza, place); }); !status)
      return status.error();
    ++place;
  }
  return finder.result();
}

}  // namespace gokajo::platform

/// \file
/// What a company's devices are judged by and told, made ready once and kept while nothing of it changes.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "compliance/pack.h"
#include "hub/library.h"
#include "hub/store.h"
#include "protocol/settings.h"

namespace gokajo::hub {

/// `pack`: with the policy that holds now. `shelf`: what was in force when this was made. `rests_on`: where `pack` is from: that, or what
/// is compiled in where the policy does not fit the pack in force. `own_briefings`: the company's, approved, the newest first.
struct CompanyPage {
  Company company;
  std::vector<KeptDeclaration> declarations;
  compliance::Pack pack;
  std::string settings;  ///< body of GET /v1/settings where no declaration is about the device itself
  std::string settings_sha256;
  std::int64_t generation = 0;
  Time as_of{};
  std::shared_ptr<const Shelf> shelf;
  std::shared_ptr<const Shelf> rests_on;
  std::vector<protocol::NamedBriefing> own_briefings;
};

struct SettingsBody {
  std::string text;
  std::string sha256;
};

/// Belongs to the store's thread. What other programs change is seen with the next call.
class CompanyBook {
 public:
  /// No `library`: only what is compiled in.
  explicit CompanyBook(Store& store, const Library* library = nullptr) : store_(store), library_(library) {}

  /// As it was at this moment, for as long as somebody holds it. A pack that this program does not know, or that the policy no longer fits,
  /// is an Error{malformed}: nothing of that company can be judged.
  platform::Result<std::shared_ptr<const CompanyPage>> of(const std::string& tenant, Time now);

 private:
  platform::Result<CompanyPage> read(const std::string& tenant, std::int64_t generation, std::shared_ptr<const Shelf> shelf, Time now);
  Store& store_;
  const Library* library_;
  std::map<std::string, std::shared_ptr<const CompanyPage>> pages_;
};

/// What GET /v1/settings answers this device.
SettingsBody settings_of(const CompanyPage& page, const std::string& device);

}  // namespace gokajo::hub

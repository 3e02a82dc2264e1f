/// \file
/// Whether the basic policy still stands where the company published it: which addresses are asked at all, what an answer means, and how
/// both are kept. A look goes over hub/feeds/fetch.h: https, bounded, and to no address that is not public; whoever types the address in
/// must not be able to send the hub to a machine of its own network.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/declaring/basic_policy.h"
#include "hub/feeds/fetch.h"
#include "hub/store.h"

namespace gokajo::hub {

inline constexpr std::size_t kMaxPublishedAddress = 300;
inline constexpr std::size_t kMaxPublishedPage = std::size_t{2} << 20U;

/// A page that was found is looked at again after a month, one that was not after a week; a person may ask for it sooner, not within a
/// minute of the last.
inline constexpr platform::Days kPageAgain{30};
inline constexpr platform::Days kMissingPageAgain{7};
inline constexpr std::chrono::minutes kPageGap{1};
/// What a look showed counts so long: a month, and time for a hub that was off.
inline constexpr platform::Days kPageCounts{45};

/// there: with every sentence of the draft. changed: with its title and the company's name, worded otherwise. missing: a page without them.
/// unreadable: no page whose text can be read (a PDF, another encoding than UTF-8, too large). refused: an address that is not asked.
/// unreachable: nothing answered as it should.
enum class Published { there, changed, missing, unreadable, refused, unreachable };
BOOST_DESCRIBE_ENUM(Published, there, changed, missing, unreadable, refused, unreachable)

/// Whether a look showed that a basic policy is published.
constexpr bool is_published(Published outcome) { return outcome == Published::there || outcome == Published::changed; }

/// "https://www.example.jp/policy.html": a name with a dot, port 443, no user, no address in figures, plain
/// characters.
bool is_published_address(const std::string& address);

/// One look. `fetch`: how a page is got.
Published look_at(const std::string& address, const PolicyPaper& paper, const FetchFeed& fetch);

/// The last look at this address.
struct PublishedLook {
  Published outcome = Published::unreachable;
  Time at{};
};

/// All that is kept of a company's basic policy. `told_by`, `told_at`: who told it last; empty where nobody did. `wanted`: a person asked
/// for a look that was not taken yet.
struct KeptPolicy {
  PolicyTold told;
  std::string told_by;
  Time told_at{};
  std::string address;
  std::optional<PublishedLook> look;
  bool wanted = false;
};

/// Inside a transaction. Errors: those of the store.
platform::Result<KeptPolicy> kept_policy(Store& store, const std::string& tenant);

/// Declarations of the company, as its other answers: with who and when, and told to the record. Inside a transaction.
platform::Status keep_policy(Store& store, const Company& company, const KeptPolicy& before, const PolicyTold& told, const std::string& who,
                             Time now);
/// An empty address: it is published nowhere. Asks for a look where there is one.
platform::Status keep_address(Store& store, const Company& company, const std::string& before, const std::string& address,
                              const std::string& who, Time now);
platform::Status want_look(Store& store, const Company& company, const std::string& who, Time now);

/// A line of the record; the wish for it is gone.
platform::Status keep_look(Store& store, const Company& company, const std::string& address, const std::optional<PublishedLook>& before,
                           Published outcome, Time now);

/// Whether a look is to be taken now.
bool is_look_due(const KeptPolicy& kept, Time now);

}  // namespace gokajo::hub

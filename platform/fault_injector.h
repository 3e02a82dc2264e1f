/// \file
/// A PC on which questions go wrong, chosen or at random: what tests ask of every collector and check is that none of it becomes a pass.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <boost/describe/enum.hpp>

#include "platform/host.h"

namespace gokajo::platform {

/// The first seven take the answer away, each as the ErrorKind of its name. The rest leave an answer that is not what it should be.
enum class Damage {
  denied,
  timed_out,
  too_large,
  failed,
  malformed,
  not_asked,
  unsupported,
  wrong_reply,  ///< a reply of another type than the question's
  wrong_type,   ///< some values of a reply, of another type than their documentation says; only replies of Windows have typed values
  garbage,      ///< other text altogether: a login page, CP932, control bytes, another program's output
  truncated,    ///< the first part of the text
  garbled,      ///< some bytes of the text changed
};
BOOST_DESCRIBE_ENUM(Damage, denied, timed_out, too_large, failed, malformed, not_asked, unsupported, wrong_reply, wrong_type, garbage,
                    truncated, garbled)

/// Damages after which nobody can mistake the answer for the PC's own. A truncated or slightly garbled configuration file may read as
/// another valid one, which no reader can tell; those two serve to show that parsers survive.
const std::vector<Damage>& recognisable_damages();
/// These and wrong_type.
const std::vector<Damage>& recognisable_damages_of_windows();
const std::vector<Damage>& all_damages();

/// Thread-safe as far as `choose` is; `inner` must outlive it. The same seed and question give the same damage, so a run can be repeated.
class FaultInjector : public Host {
 public:
  using Choose = std::function<std::optional<Damage>(const Question&)>;
  FaultInjector(const Host& inner, Choose choose, std::uint64_t seed = 0) : inner_(inner), choose_(std::move(choose)), seed_(seed) {}
  Answer ask(const Question& question) const override;

 private:
  const Host& inner_;
  Choose choose_;
  std::uint64_t seed_;
};

/// Damages one question in `one_in` (at least 1), each in one of the given ways, both drawn from seed and question.
FaultInjector::Choose random_damages(std::uint64_t seed, std::uint64_t one_in, std::vector<Damage> ways);

}  // namespace gokajo::platform

/// \file
/// What people answer where no PC can see (自己申告): the company's questions, and those about a thing of a PC. For the page and for
/// `gokajo-hub answer` alike. Inside a transaction of the store; whoever takes an answer judges again what rests on it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/thing_question.h"
#include "hub/company_book.h"
#include "hub/store.h"

namespace gokajo::hub {

/// So many PCs that ask are read of each check; an answer takes them off the list, and others come.
inline constexpr std::size_t kMostAsking = 200;

/// The same calendar day of the company so many months later, or the last of that month.
Time months_later(Time from, std::int64_t months, std::int64_t offset_minutes);

/// Whether it counts no more: its last day is over.
bool has_ended(const KeptDeclaration& answer, Time now);

/// A device whose finding asks about the thing just now (`asks`), or that was answered for.
struct AskedDevice {
  Device device;
  bool asks = false;
  std::optional<KeptDeclaration> answer;  ///< not withdrawn; it may have ended
};

/// One check and one thing, for all PCs that have it.
struct ThingQuestion {
  std::string check;
  std::string about;
  bool required = false;
  std::int64_t months = compliance::kThingMonths;
  std::vector<AskedDevice> devices;
};

/// The company's answer to a question of the pack, if there is one that was not withdrawn; it may have ended.
std::optional<KeptDeclaration> company_answer(const std::vector<KeptDeclaration>& all, const std::string& question);

/// In the order of the pack's checks, then by the thing's name; PCs by their shown names. A question of the pack that settles a check
/// stands for it: those are not listed. Errors: those of the store.
platform::Result<std::vector<ThingQuestion>> thing_questions(Store& store, const CompanyPage& page);

/// taken; or what is wrong: no such question, no such choice, nobody's, nothing to withdraw.
enum class Answered { taken, no_question, no_choice, nobody, no_answer };

/// For the company. Every PC is judged again.
platform::Result<Answered> answer_for_company(Store& store, CompanyBook& book, const std::string& tenant, const std::string& question,
                                              const std::string& choice, const std::string& who, Time now);
platform::Result<Answered> withdraw_for_company(Store& store, CompanyBook& book, const std::string& tenant, const std::string& question,
                                                Time now);

/// For one PC, which is judged again. Whether it asks is the caller's to know (thing_questions()).
platform::Result<Answered> answer_for_device(Store& store, CompanyBook& book, const AskedDevice& one, const ThingQuestion& question,
                                             const std::string& choice, const std::string& who, Time now);
platform::Result<Answered> withdraw_for_device(Store& store, CompanyBook& book, const AskedDevice& one, Time now);

}  // namespace gokajo::hub

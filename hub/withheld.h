/// \file
/// What may not be called good any more: pass and not applicable become unknown, whatever else was found stays.
#pragma once

#include "hub/company_book.h"
#include "hub/store.h"

namespace gokajo::hub {

/// Whether it is pass or not_applicable.
inline bool is_good(compliance::Verdict verdict) {
  return verdict == compliance::Verdict::pass || verdict == compliance::Verdict::not_applicable;
}

/// Where what is stored of a PC cannot be read or judged: nothing of it is good from now on. Inside a transaction. Errors: the store's; a
/// pack this program does not know.
platform::Status withhold(Store& store, CompanyBook& book, const Device& device, Time now);

}  // namespace gokajo::hub

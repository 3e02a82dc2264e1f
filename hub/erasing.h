/// \file
/// Handing out and erasing everything that is kept of one PC or one person (a person's right, and an office's wish when a PC is sold). For
/// pages and `gokajo-hub device|person export|erase` alike. Inside a transaction of the store.
///
/// What stays of something erased is one line of the record, that it was erased, with its name cut to the first character.
#pragma once

#include <string>
#include <vector>

#include "hub/store.h"

namespace gokajo::hub {

inline constexpr const char* kExportFormat = "gokajo-export/1";

/// {"format", "exported_at", "of": "device", "kept": {table: rows}, "reports": [every report, unpacked], "content": what its state rests
/// on}. What cannot be unpacked stays as bytes in "kept".
platform::Result<platform::Json> export_device(Store& store, const Device& device, Time now);
platform::Result<platform::Json> export_person(Store& store, const Person& person, Time now);

/// "田…": the first character.
std::string reduced_name(const std::string& name);

/// `who` did it, for the record. Once it is committed, finish_erasing() leaves nothing of it in the store's files.
platform::Status erase_device(Store& store, const Device& device, const std::string& who, Time now);

/// Companies whose sheet names the person as owner, responsible or in charge: those must be changed first.
platform::Result<std::vector<std::string>> companies_naming(Store& store, const Person& person);
/// `tenant`: in whose record it stands; empty: in the hub's own.
platform::Status erase_person(Store& store, const Person& person, const std::string& tenant, const std::string& who, Time now);

/// How often something was erased. Whoever reads for long and writes down what was read compares it with what it was before.
platform::Result<std::int64_t> erasures(Store& store);

/// Outside a transaction. Nothing to do where nothing was erased since. Error{timed_out}: another program reads just now; a running hub
/// tries again within the hour.
platform::Status finish_erasing(Store& store);

}  // namespace gokajo::hub

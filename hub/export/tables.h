/// \file
/// What can be taken out of the hub as a table. Names from PCs come through shown(); silent PCs have no verdicts; nothing here is called a
/// certificate. Call inside a reading transaction of the store. Errors: the store's and the sink's.
#pragma once

#include "compliance/text.h"
#include "hub/export/table.h"
#include "hub/library.h"
#include "hub/store.h"

namespace gokajo::hub {

struct ExportQuestion {
  Store& store;
  const Library* library = nullptr;
  compliance::Language language = compliance::Language::ja;
  Time now{};
};

/// 点検結果: a PC a row, with the hub's verdict on each rule.
platform::Status results_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink);

/// 資産台帳: a PC a row, with its system and hardware as its last report tells them.
platform::Status assets_table(const ExportQuestion& question, const std::string& tenant, const RowSink& sink);

/// The adviser's table: a company a row, the worst first.
platform::Status companies_table(const ExportQuestion& question, const std::vector<std::string>& tenants, const RowSink& sink);

}  // namespace gokajo::hub

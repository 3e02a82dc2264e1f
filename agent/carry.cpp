#include "agent/carry.h"

#include <filesystem>

#include "agent/files.h"
#include "platform/durable_file.h"
#include "protocol/carried.h"
#include "protocol/receipt.h"

namespace gokajo::agent {

namespace fs = std::filesystem;
using platform::Error, platform::ErrorKind, platform::Result;

namespace {

constexpr std::size_t kMaxReceipt = 64U << 10U;

// "gokajo-<beginning of the device's id>-<epoch>-<seq>".
std::string stem_of(const std::string& device, protocol::Position position) {
  return std::string(protocol::kCarriedPrefix) + device.substr(0, 12) + "-" + std::to_string(position.epoch) + "-" +
         std::to_string(position.seq);
}

void take_receipt(Reporting& reporting, const std::string& folder, protocol::Position position, CarryOutcome& outcome) {
  const auto stem = folder + "/" + stem_of(reporting.enrolment().device, position);
  const auto file = stem + protocol::kReceiptSuffix;
  const auto text = read_whole_file(file, kMaxReceipt);
  if (!text && text.error().kind == ErrorKind::not_found) return;
  const auto receipt = text ? protocol::read_receipt(*text) : Result<protocol::Receipt>(text.error());
  if (!receipt) {
    outcome.problems.push_back({receipt.error().kind, file + ": " + receipt.error().detail});
    return;
  }
  if (auto status = reporting.uplink().take_carried(*receipt); !status) {
    outcome.problems.push_back({status.error().kind, file + ": " + status.error().detail});
    return;
  }
  ++outcome.receipted;
  std::error_code ignored;
  fs::remove(file, ignored);
  fs::remove(stem + protocol::kCarriedSuffix, ignored);
}

}  // namespace

Result<CarryOutcome> carry(Reporting& reporting, const std::string& folder) {
  std::error_code problem;
  if (!fs::is_directory(folder, problem)) return Error{ErrorKind::not_found, folder + ": no such folder"};
  CarryOutcome outcome;
  for (const auto& entry : std::vector(reporting.spool().waiting())) take_receipt(reporting, folder, entry.position, outcome);
  for (const auto& entry : std::vector(reporting.spool().waiting())) {
    const auto file = folder + "/" + stem_of(reporting.enrolment().device, entry.position) + protocol::kCarriedSuffix;
    const auto text = reporting.carried(entry.position);
    if (!text) {
      outcome.problems.push_back({text.error().kind, file + ": " + text.error().detail});
      continue;
    }
    if (auto status = platform::write_file_durably(file, *text); !status) {
      outcome.problems.push_back(status.error());
      if (status.error().kind != ErrorKind::malformed) break;  // the stick is full, or may not be written
      continue;
    }
    ++outcome.written;
  }
  return outcome;
}

}  // namespace gokajo::agent

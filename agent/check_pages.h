/// \file
/// What there is to say about the checks themselves: the list, the page of one check, and docs/checks.md. Made from catalogue, wording and
/// packs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/check.h"
#include "compliance/pack.h"
#include "compliance/wording.h"

namespace gokajo::agent {

/// How a pack uses a check: rule "" is an extra.
struct CheckUse {
  std::string rule;
  compliance::Text rule_name;
  compliance::PackCheck entry;
};

std::optional<CheckUse> use_of(const compliance::Pack& pack, const std::string& check);

/// "max_days = 14"; a switch is "true", a list is joined with commas.
std::string setting_line(const std::string& name, const compliance::Setting& setting);

/// The check's defaults with the pack's changes.
compliance::Settings effective_settings(const compliance::Check& check, const CheckUse* use);

/// One line a check: id and name, in the pack's order, then what no pack uses.
std::string list_checks(const compliance::Pack& pack, compliance::Language language, int columns);

/// docs/checks.md: every check of the catalogue, in both languages, with its role and settings in every pack compiled in.
std::string checks_markdown();

}  // namespace gokajo::agent

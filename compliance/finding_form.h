/// \file
/// Findings in JSON, by id and parameter: how they stand in a scan's document and travel in a report. Texts are not part of it.
#pragma once

#include "compliance/judge.h"
#include "platform/json_form.h"

namespace gokajo::compliance {

BOOST_DESCRIBE_STRUCT(Finding, (), (check, verdict, situation, parameters, items, absence, observed_at, first_seen, declared, earlier))
BOOST_DESCRIBE_STRUCT(JudgedFinding, (), (finding, rule, role, exception))

/// As in platform/form_text.h.
void append_text(std::string& out, const Parameter& value);

}  // namespace gokajo::compliance

namespace gokajo::platform {

/// {"count": 3}, {"days": 41}, {"date": "2026-11-22T00:00:00Z"}, {"name": "..."}, {"version": "..."}, {"list": ["..."]}.
template <>
struct JsonForm<compliance::Parameter> {
  static Json write(const compliance::Parameter& value);
  static Status read(const Json& json, compliance::Parameter& out, const Place& place);
  static Json schema(SchemaDefinitions& definitions);
};

}  // namespace gokajo::platform

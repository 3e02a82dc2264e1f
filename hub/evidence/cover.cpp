#include "hub/evidence/cover.h"

#include "compliance/wording.h"
#include "hub/chores.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using compliance::Language;

namespace {

std::string filled_word(const char* key, Language language, const std::string& name = {}, const std::string& value = {}) {
  auto text = page_word(key, language);
  const auto mark = "{" + name + "}";
  if (const auto at = text.find(mark); !name.empty() && at != std::string::npos) text.replace(at, mark.size(), value);
  return text;
}

}  // namespace

Cover cover_of(const CoverInput& input, Language language) {
  const auto& manifest = input.manifest;
  const bool internal = manifest.kind == PackKind::internal;
  const auto word = [&](const char* key) { return page_word(key, language); };
  const compliance::Reader reader{static_cast<int>(input.company.offset_minutes), {}};
  const auto day = [&](Time time) { return compliance::render_day(time, language, reader); };
  const auto count = [](std::int64_t number) { return std::to_string(number); };

  Cover cover;
  cover.title = word(internal ? "evidence.cover.title.internal" : "evidence.cover.title.submission");
  cover.company = shown(input.company.name);
  // The last day, not the moment after it.
  cover.period =
      word("evidence.cover.period") + day(manifest.from) + word("evidence.cover.to") + day(manifest.until - std::chrono::seconds{1});
  cover.facts = {
      {word("evidence.cover.number"), count(manifest.number)},
      {word("evidence.cover.made"), day(manifest.made_at)},
      {word("evidence.cover.pcs"), count(input.counts.devices)},
      {word("evidence.cover.reports"), count(input.counts.reports)},
      {word("evidence.cover.reports_from"), input.counts.reports_from ? day(*input.counts.reports_from) : word("evidence.cover.none")},
      {word("evidence.cover.changes"), count(input.counts.changes)},
      {word("evidence.cover.declarations"), count(input.counts.declarations)},
      {word("evidence.cover.deeds"), count(input.counts.deeds)},
      {word("evidence.cover.key"), in_groups(input.key)},
      {word("evidence.cover.previous"), manifest.previous ? in_groups(head_of(*manifest.previous)) : word("evidence.cover.first")}};
  Cover::Part proves{word("evidence.cover.proves"),
                     {word("evidence.cover.proves.unchanged"), word("evidence.cover.proves.key"), word("evidence.cover.proves.chain"),
                      word("evidence.cover.proves.date")}};
  Cover::Part not_proves{
      word("evidence.cover.not"),
      {word("evidence.cover.not.self"), word("evidence.cover.not.unseen"), word("evidence.cover.not.before"),
       word("evidence.cover.not.verdicts"), filled_word("evidence.cover.not.reports", language, "days", count(kKeepReports.count()))}};
  if (!internal) not_proves.points.push_back(word("evidence.cover.not.names"));
  Cover::Part how{word("evidence.cover.how"),
                  {word("evidence.cover.how.run"), word("evidence.cover.how.compare"), word("evidence.cover.how.own")}};
  cover.parts = {std::move(proves), std::move(not_proves), std::move(how)};
  cover.remark = word("evidence.cover.remark");
  return cover;
}

std::string text_of(const Cover& cover) {
  std::string text = cover.title + "\n" + cover.company + "\n" + cover.period + "\n\n";
  for (const auto& [what, value] : cover.facts) text += what + ": " + value + "\n";
  for (const auto& part : cover.parts) {
    text += "\n" + part.title + "\n";
    for (const auto& point : part.points) text += "- " + point + "\n";
  }
  return text + "\n" + cover.remark + "\n";
}

}  // namespace gokajo::hub

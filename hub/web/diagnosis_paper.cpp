// The 自社診断 as it is now, to print: what the page shows of each question, without the names of PCs.
#include "hub/export/diagnosis_pdf.h"
#include "hub/web/diagnosis_parts.h"
#include "hub/web/file_reply.h"
#include "hub/web/handlers.h"

namespace gokajo::hub {

using platform::ErrorKind, platform::Result;

namespace {

std::string word(const Visit& visit, const char* key) { return page_word(key, visit.language); }

std::string points_of(const Visit& visit, std::int64_t points, std::int64_t most) {
  return sentence(visit, "diagnosis.points_of", {{"n", std::to_string(points)}, {"most", std::to_string(most)}});
}

void add_line(std::string& text, const std::string& line) { text += (text.empty() ? "" : "\n") + line; }

// With blanks at which no line ends.
std::string in_one_piece(std::string text) {
  for (auto at = text.find(' '); at != std::string::npos; at = text.find(' ', at)) text.replace(at, 1, "\xC2\xA0");
  return text;
}

// What PCs show by the checks that decide; those that stand beside would make no point.
void add_proof(const Visit& visit, const QuestionResult& one, std::string& text) {
  for (const auto& proof : one.machine.proof) {
    if (!proof.decides) continue;
    std::string counts;
    for (const auto& [verdict, count] : counts_of(visit, proof.seen)) counts += (counts.empty() ? "" : "・") + in_one_piece(count);
    if (counts.empty()) counts = word(visit, "diagnosis.unseen");
    // A line of its own: what is broken within a count reads badly.
    add_line(text, check_name(visit, proof.check) + "\n　" + counts);
  }
}

// `differs`: from what counts, which stands beside.
void add_person(const Visit& visit, const PersonAnswer& answer, bool differs, std::string& text) {
  add_line(text, word(visit, "answers.self_declared") + (differs ? "： " + level_text(visit, answer.level) : ""));
  add_line(text, shown(answer.who) + "・" + day_of(visit, answer.answered_at));
}

std::string ground_of(const Visit& visit, const QuestionResult& one) {
  std::string text;
  if (one.ground == Ground::nobody) return word(visit, "diagnosis.not_answered");
  if (one.ground == Ground::machine) text = word(visit, "diagnosis.pcs");
  if (one.ground == Ground::person_less) text = word(visit, "diagnosis.by_person_less");
  if (one.person) add_person(visit, *one.person, one.counted != one.person->level, text);
  if (one.ground != Ground::person || one.differ) add_proof(visit, one, text);
  return text;
}

DiagnosisPaperPart part_of(const Visit& visit, const DiagnosisResult& result, const PartResult& part) {
  DiagnosisPaperPart paper{
      part.part->name.in(visit.language) + "　" + points_of(visit, part.points, part.most),
      {{word(visit, "diagnosis.paper_number"), word(visit, "diagnosis.paper_question"), word(visit, "diagnosis.paper_answer"),
        word(visit, "diagnosis.paper_points"), word(visit, "diagnosis.paper_ground")}}};
  for (const auto& one : result.questions) {
    if (one.question->part != part.part->number) continue;
    paper.rows.push_back({std::to_string(one.question->number),
                          one.question->theme.in(visit.language) + "\n" + one.question->ask.in(visit.language),
                          one.counted ? level_text(visit, *one.counted) : word(visit, "diagnosis.unanswered"), std::to_string(one.points),
                          ground_of(visit, one)});
  }
  return paper;
}

DiagnosisPaper paper_of(const Visit& visit, const DiagnosisView& view) {
  const auto& result = view.result;
  DiagnosisPaper paper;
  paper.title = word(visit, "diagnosis.paper_title");
  paper.company = shown(visit.company->name);
  const auto registered = std::to_string(view.facts.registered);
  paper.made_on =
      sentence(visit, "company.made_on", {{"day", day_of(visit, visit.now)}}) + "　" +
      (view.facts.stated ? sentence(visit, "company.registered", {{"n", registered}, {"all", std::to_string(*view.facts.stated)}})
                         : sentence(visit, "company.registered_only", {{"n", registered}}));
  paper.total = points_of(visit, result.total, result.most);
  const auto open = static_cast<std::int64_t>(result.questions.size()) - result.answered;
  if (open > 0) paper.meaning = sentence(visit, "diagnosis.open", {{"n", std::to_string(open)}});
  if (result.band)
    paper.meaning =
        result.band->meaning.in(visit.language) + "\n" + word(visit, "diagnosis.band_from") + result.band->edition.in(visit.language);
  paper.sums.push_back({word(visit, "diagnosis.paper_part"), word(visit, "diagnosis.paper_points")});
  for (const auto& part : result.parts) {
    paper.sums.push_back({part.part->name.in(visit.language), points_of(visit, part.points, part.most)});
    paper.parts.push_back(part_of(visit, result, part));
  }
  paper.notes = {word(visit, "diagnosis.paper_means"), word(visit, "diagnosis.means"),
                 word(visit, "diagnosis.edition") + view.sheet->edition_name.in(visit.language)};
  for (const auto& note : view.sheet->notes) paper.notes.push_back(note.in(visit.language));
  paper.notes.push_back(view.sheet->official);
  paper.remark = word(visit, "diagnosis.paper_remark");
  return paper;
}

}  // namespace

Result<HttpReply> diagnosis_as_pdf(Visit& visit) {
  CompanyBook book(visit.store(), visit.parts.library);
  const auto held = book.of(visit.company->id, visit.now);
  if (!held) return held.error();
  const auto view = diagnosis_view(visit.store(), **held, visit.now);
  if (!view) return view.error();
  auto bytes = diagnosis_pdf(paper_of(visit, *view));
  if (!bytes && bytes.error().kind == ErrorKind::unsupported) return message_page(visit, 501, "no_such_file");
  if (!bytes) return bytes.error();
  const auto day = platform::format_time(Time{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))});
  return file_reply("gokajo-" + visit.company->id + "-diagnosis-" + day.substr(0, 10) + ".pdf", "application/pdf", std::move(*bytes));
}

}  // namespace gokajo::hub

#include "hub/web/diagnosis_parts.h"

namespace gokajo::hub {

using compliance::Verdict;

namespace {

const char* why_not_key(Shortfall one) {
  switch (one) {
    case Shortfall::failing:
      return "diagnosis.why_failing";
    case Shortfall::unmeasured:
      return "diagnosis.why_unmeasured";
    case Shortfall::asking:
      return "diagnosis.why_asking";
    case Shortfall::silent:
      return "diagnosis.why_silent";
    case Shortfall::not_all_registered:
      return "diagnosis.why_not_all_registered";
    case Shortfall::outside_open:
      return "diagnosis.why_outside_open";
    case Shortfall::outside_not:
      return "diagnosis.why_outside_not";
    case Shortfall::only_part:
      break;
  }
  return "diagnosis.why_only_part";
}

std::string pc_says(const Visit& visit, const QuestionResult& one) {
  if (one.machine.level) return sentence(visit, "diagnosis.pc_level", {{"level", level_text(visit, *one.machine.level)}});
  switch (one.question->ceiling) {
    case Ceiling::person:
      return page_word("diagnosis.pc_nothing", visit.language);
    case Ceiling::proof:
      return page_word("diagnosis.pc_proof", visit.language);
    case Ceiling::done:
    case Ceiling::partly:
      break;
  }
  return page_word("diagnosis.pc_not_alone", visit.language);
}

void set_failing(const Visit& visit, const FailingPcs& failing, const std::string& check, const CheckSeen& seen, PageData& data) {
  PageData pcs = new_list();
  if (const auto found = failing.find(check); found != failing.end()) {
    for (const auto& pc : found->second) {
      auto one = pc_link(visit, pc.device, pc.label);
      if (pc.silent) one.set("silent", yes());
      pcs << one;
    }
    const auto more = seen.failing - static_cast<std::int64_t>(found->second.size());
    if (more > 0) data.set("more", sentence(visit, "company.pcs_more", {{"n", std::to_string(more)}}));
  }
  if (!pcs.list_value().empty()) data.set("has_pcs", yes());
  data.set("pcs", pcs);
}

}  // namespace

PageData proof_data(const Visit& visit, const CheckProof& proof, const FailingPcs& failing) {
  PageData data;
  data.set("name", check_name(visit, proof.check));
  data.set("href", company_path(visit) + "/checks/" + check_in_path(proof.check));
  if (!proof.decides) data.set("beside", yes());
  PageData counts = new_list();
  for (const auto& [verdict, text] : counts_of(visit, proof.seen)) {
    PageData one;
    one.set("text", text);
    one.set("class", verdict_class(verdict));
    counts << one;
  }
  data.set("counts", counts);
  if (counts.list_value().empty()) data.set("unseen", yes());
  set_failing(visit, failing, proof.check, proof.seen, data);
  return data;
}

PageData answer_data(const Visit& visit, const PersonAnswer& answer) {
  PageData data;
  data.set("text", level_text(visit, answer.level));
  data.set("who", shown(answer.who));
  data.set("day", day_of(visit, answer.answered_at));
  // A day of the company already.
  data.set("until", compliance::render_day(answer.valid_until, visit.language, {0, {}}));
  return data;
}

const std::string& level_text(const Visit& visit, Level level) {
  switch (level) {
    case Level::done:
      return page_word("diagnosis.done", visit.language);
    case Level::partly:
      return page_word("diagnosis.partly", visit.language);
    case Level::not_done:
      return page_word("diagnosis.not_done", visit.language);
    case Level::unsure:
      break;
  }
  return page_word("diagnosis.unsure", visit.language);
}

std::vector<std::pair<Verdict, std::string>> counts_of(const Visit& visit, const CheckSeen& seen) {
  std::vector<std::pair<Verdict, std::string>> counts;
  for (const auto verdict : {Verdict::pass, Verdict::fail, Verdict::unknown, Verdict::ask, Verdict::not_applicable}) {
    const auto found = seen.heard.find(verdict);
    if (found == seen.heard.end() || found->second <= 0) continue;
    counts.emplace_back(
        verdict, sentence(visit, "diagnosis.count", {{"verdict", verdict_text(visit, verdict)}, {"n", std::to_string(found->second)}}));
  }
  return counts;
}

std::string place_of(const DiagnosisQuestion& question) { return "q-" + std::to_string(question.number); }

PageData machine_data(const Visit& visit, const DiagnosisView& view, const QuestionResult& one) {
  PageData data, why = new_list(), proof = new_list();
  data.set("pc_says", pc_says(visit, one));
  for (const auto shortfall : one.machine.short_of) {
    PageData reason;
    reason.set("text", page_word(why_not_key(shortfall), visit.language));
    why << reason;
  }
  for (const auto& check : one.machine.proof) proof << proof_data(visit, check, view.failing);
  data.set("why_not", why);
  data.set("proof", proof);
  if (!proof.list_value().empty()) data.set("has_proof", yes());
  if (!why.list_value().empty()) data.set("has_why", yes());
  return data;
}

void set_person(const Visit& visit, const QuestionResult& one, PageData& data) {
  if (one.person) data.set("said", answer_data(visit, *one.person));
  if (one.ended) data.set("ended", answer_data(visit, *one.ended));
}

}  // namespace gokajo::hub

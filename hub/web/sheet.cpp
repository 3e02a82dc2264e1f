// 会社シート: what a company says of itself, and who answers for it.
#include <algorithm>

#include "compliance/wording.h"
#include "hub/company_change.h"
#include "hub/declaration_id.h"
#include "hub/digits.h"
#include "hub/owner_confirmation.h"
#include "hub/rejudging.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"
#include "hub/web/members.h"
#include "hub/web/parts.h"

namespace gokajo::hub {

using platform::Result, platform::Status;

namespace {

// Times at which PCs may be told to scan; what was set otherwise (gokajo-hub company) is offered beside them.
constexpr std::pair<const char*, const char*> kSchedules[] = {{"daily", "sheet.daily"},
                                                              {"every 4h", "sheet.every_four"},
                                                              {"every 8h", "sheet.every_eight"},
                                                              {"every 12h", "sheet.every_twelve"},
                                                              {"weekly mon 10:00", "sheet.mondays"},
                                                              {"weekly tue 10:00", "sheet.tuesdays"},
                                                              {"weekly wed 10:00", "sheet.wednesdays"},
                                                              {"weekly thu 10:00", "sheet.thursdays"},
                                                              {"weekly fri 10:00", "sheet.fridays"}};

// Which form was refused, and why.
struct Problem {
  std::string form;
  std::string what;
};

std::string long_day(const Visit& visit, const std::string& day) {
  const auto time = platform::parse_time(day);
  return time ? compliance::render_day(*time, visit.language, {0, {}}) : std::string();
}

std::string today(const Visit& visit) {
  return platform::format_time(Time{platform::local_day(visit.now, static_cast<int>(visit.company->offset_minutes))}).substr(0, 10);
}

// A year later; of 29 February the day before.
std::string next_year(const std::string& day) {
  const auto next = std::to_string(std::stoi(day.substr(0, 4)) + 1) + day.substr(4);
  return platform::parse_time(next) ? next : next.substr(0, 8) + "28";
}

PageData options_of(const Visit& visit, std::vector<std::pair<std::string, std::string>> options, const std::string& chosen) {
  if (std::none_of(options.begin(), options.end(), [&](const auto& one) { return one.first == chosen; }))
    options.insert(options.begin(), {chosen, shown(chosen)});
  PageData list{PageData::type::list};
  for (const auto& [value, text] : options) {
    PageData one;
    one.set("value", value);
    one.set("text", text);
    if (value == chosen) one.set("selected", PageData::type::bool_true);
    list << one;
  }
  (void)visit;
  return list;
}

// What a field holds: what was typed where its form was refused, else what is kept.
class Filled {
 public:
  Filled(const Visit& visit, const Problem& problem, PageData& data) : visit_(visit), problem_(problem), data_(data) {}
  std::string value(const char* form, const char* name, const std::string& kept) const {
    return problem_.form == form ? visit_.field(name) : kept;
  }
  void text(const char* form, const char* name, const std::string& kept) { data_.set(name, shown_lines(value(form, name, kept))); }
  void box(const char* form, const char* name, bool kept) {
    if (problem_.form == form ? visit_.form.contains(name) : kept) data_.set(name, PageData::type::bool_true);
  }

 private:
  // Lines of a larger field stay lines.
  static std::string shown_lines(const std::string& text) {
    std::string all;
    for (std::size_t at = 0; at <= text.size();) {
      const auto end = std::min(text.find('\n', at), text.size());
      all += (at > 0 ? "\n" : "") + shown(text.substr(at, end - at));
      at = end + 1;
    }
    return all;
  }
  const Visit& visit_;
  const Problem& problem_;
  PageData& data_;
};

void fill_company(const Visit& visit, Filled& filled, PageData& data) {
  const auto& company = *visit.company;
  filled.text("company", "company_name", company.name);
  filled.text("company", "devices", company.stated_devices ? std::to_string(*company.stated_devices) : "");
  filled.text("company", "closed_days", closed_days_lines(company.closed_days, visit.language));
  filled.text("company", "responsible", company.responsible);
  filled.text("company", "person_in_charge", company.person_in_charge);
  filled.box("company", "staff_told", company.staff_told.has_value());
  filled.box("company", "inventory", compliance::wants_inventory(company.policy));
  if (company.staff_told) data.set("told_on", day_of(visit, *company.staff_told));
  std::vector<std::pair<std::string, std::string>> schedules, packs;
  for (const auto& [value, word] : kSchedules) schedules.emplace_back(value, page_word(word, visit.language));
  const auto shelf = shelf_of(visit.parts.library);
  for (const auto& [id, one] : shelf->packs) packs.emplace_back(id, one.pack.name.in(visit.language));
  data.set("schedules", options_of(visit, schedules, filled.value("company", "schedule", company.schedule)));
  data.set("packs", options_of(visit, packs, filled.value("company", "pack", company.pack)));
}

// While the company's PCs are judged again: how many are left.
Result<PageData> rejudging_note(const Visit& visit) {
  const auto found = rejudgings_of(visit.store()).rejudging(visit.company->id);
  if (!found) return found.error();
  auto notes = new_list();
  if (*found) notes << PageData{"text", sentence(visit, "company.answer_rejudging", {{"n", std::to_string((*found)->left())}})};
  return notes;
}

void fill_owner(const Visit& visit, const CompanySheet& sheet, Filled& filled, PageData& data) {
  const auto& company = *visit.company;
  filled.text("owner", "owner_name", company.owner_name);
  filled.text("owner", "owner_mail", company.owner_mail);
  data.set("details", options_of(visit,
                                 {{"", page_word("sheet.detail_hub", visit.language)},
                                  {"labels", page_word("sheet.detail_labels", visit.language)},
                                  {"counts", page_word("sheet.detail_counts", visit.language)}},
                                 filled.value("owner", "mail_detail", sheet.mail_detail)));
  if (company.owner_mail.empty()) {
    data.set("no_mail", PageData::type::bool_true);
  } else if (company.confirmed) {
    data.set("confirmed_on", day_of(visit, *company.confirmed));
  } else {
    data.set("unconfirmed", PageData::type::bool_true);
  }
}

void fill_declaration(const Visit& visit, const CompanySheet& sheet, Filled& filled, PageData& data) {
  filled.text("declaration", "declaration", sheet.declaration);
  filled.text("declaration", "declared_on", sheet.declared_on);
  filled.text("declaration", "review_on", sheet.review_on);
  data.set("stars", options_of(visit,
                               {{"0", page_word("sheet.star_none", visit.language)},
                                {"1", page_word("sheet.star_one", visit.language)},
                                {"2", page_word("sheet.star_two", visit.language)}},
                               filled.value("declaration", "star", std::to_string(sheet.star))));
  const auto form = form_of_declaration(sheet.declaration);
  if (form == DeclarationForm::since_april_2026) data.set("form_means", page_word("sheet.form_new", visit.language));
  if (form == DeclarationForm::until_march_2026) data.set("form_means", page_word("sheet.form_old", visit.language));
  if (!sheet.declared_on.empty()) data.set("declared_day", long_day(visit, sheet.declared_on));
  if (!sheet.review_on.empty()) data.set("review_day", long_day(visit, sheet.review_on));
  if (!sheet.review_on.empty() && sheet.review_on < today(visit)) data.set("review_over", PageData::type::bool_true);
}

Result<HttpReply> page(Visit& visit, const Problem& problem = {}) {
  const auto sheet = visit.store().sheet(visit.company->id);
  if (!sheet) return sheet.error();
  PageData data;
  Filled filled(visit, problem, data);
  fill_company(visit, filled, data);
  const auto rejudging = rejudging_note(visit);
  if (!rejudging) return rejudging.error();
  data.set("rejudging", *rejudging);
  fill_owner(visit, *sheet, filled, data);
  fill_declaration(visit, *sheet, filled, data);
  if (!problem.what.empty()) data.set("problem", page_word("problem." + problem.what, visit.language));
  // Wrong numbers are counted, so that answer is no refusal: it leads here.
  if (visit.request.method == "GET")
    for (const auto& [name, word] : {std::pair("wrong", "problem.number_wrong"), {"too_many", "problem.number_too_many"}})
      if (visit.field("number") == name) data.set("problem", page_word(word, visit.language));
  return show(visit, "sheet.html", "sheet.title", data, problem.what.empty() ? 200 : 422);
}

HttpReply back(const Visit& visit) { return see_other("/c/" + visit.company->id + "/sheet"); }

// What differs goes into the record.
Status tell(const Visit& visit, const char* what, const std::string& before, const std::string& after) {
  if (before == after) return platform::Done{};
  return record(visit, what, visit.company->name, before, after);
}

std::string told_text(const Visit& visit, const std::optional<Time>& told) { return told ? day_of(visit, *told) : ""; }

Status tell_changes(const Visit& visit, const Company& before, const Company& after) {
  const auto number = [](const std::optional<std::int64_t>& count) { return count ? std::to_string(*count) : ""; };
  // Whoever reads the record may read another language.
  const auto days_off = [](const Company& one) { return closed_days_lines(one.closed_days, compliance::Language::en); };
  const auto inventory = [](const Company& one) { return compliance::wants_inventory(one.policy) ? "on" : "off"; };
  for (const auto& [what, from, to] : std::initializer_list<std::tuple<const char*, std::string, std::string>>{
           {"sheet.name", before.name, after.name},
           {"sheet.devices", number(before.stated_devices), number(after.stated_devices)},
           {"sheet.closed_days", days_off(before), days_off(after)},
           {"sheet.responsible", before.responsible, after.responsible},
           {"sheet.staff_told", told_text(visit, before.staff_told), told_text(visit, after.staff_told)},
           {"sheet.person_in_charge", before.person_in_charge, after.person_in_charge},
           {"sheet.schedule", before.schedule, after.schedule},
           {"sheet.pack", before.pack, after.pack},
           {"sheet.inventory", inventory(before), inventory(after)},
           {"sheet.owner_name", before.owner_name, after.owner_name},
           {"sheet.owner_mail", before.owner_mail, after.owner_mail}})
    if (auto told = tell(visit, what, from, to); !told) return told;
  return platform::Done{};
}

Result<HttpReply> put(Visit& visit, const Company& company) {
  if (auto put = visit.store().put_company(company); !put) return put.error();
  // Nothing else of the sheet is judged by.
  if (company.pack != visit.company->pack) {
    CompanyBook book(visit.store(), visit.parts.library);
    if (auto judged = judge_company_again(visit.store(), book, company.id, visit.now); !judged) return judged.error();
  }
  if (auto told = tell_changes(visit, *visit.company, company); !told) return told.error();
  return back(visit);
}

// The sentence for a field that cannot be so.
std::string problem_of(const CompanyProblem& problem) {
  for (const auto& [field, what] : {std::pair("name", "company_name"),
                                    {"responsible", "responsible"},
                                    {"owner_name", "owner_name"},
                                    {"owner_mail", "owner_mail"},
                                    {"person_in_charge", "person_in_charge"},
                                    {"schedule", "schedule"},
                                    {"devices", "devices"},
                                    {"closed_days", "closed_days"}})
    if (problem.field == field) return what;
  return "pack";
}

std::optional<std::int64_t> count_of(const std::string& typed) {
  const auto digits = with_plain_digits(typed);
  if (digits.empty() || digits.size() > 7 || digits.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  return std::stoll(digits);
}

}  // namespace

Result<HttpReply> show_sheet(Visit& visit) { return page(visit); }

Result<HttpReply> change_sheet(Visit& visit) {
  if (!is_name(visit.field("company_name"))) return page(visit, {"company", "company_name"});
  auto company = *visit.company;
  CompanyChange change;
  change.name = visit.field("company_name");
  change.responsible = visit.field("responsible");
  change.person_in_charge = visit.field("person_in_charge");
  change.schedule = visit.field("schedule");
  change.pack = visit.field("pack");
  if (const auto& typed = visit.field("devices"); !typed.empty()) {
    change.devices = count_of(typed);
    if (!change.devices) return page(visit, {"company", "devices"});
  } else {
    company.stated_devices.reset();
  }
  change.closed_days = closed_days_in(visit.field("closed_days"));
  if (!change.closed_days) return page(visit, {"company", "closed_days"});
  const bool told = visit.form.contains("staff_told");
  if (told && visit.field("responsible").empty()) return page(visit, {"company", "told_by_nobody"});
  // The day stays that on which it was said first.
  if (told != company.staff_told.has_value()) change.staff_told = told;
  if (visit.form.contains("inventory") != compliance::wants_inventory(company.policy)) {
    change.policy = company.policy;
    change.policy->inventory = visit.form.contains("inventory") ? compliance::Collecting::on : compliance::Collecting::off;
  }
  if (const auto problem = apply_change(change, *shelf_of(visit.parts.library), company, visit.now))
    return page(visit, {"company", problem_of(*problem)});
  return put(visit, company);
}

Result<HttpReply> change_owner(Visit& visit) {
  auto company = *visit.company;
  auto sheet = visit.store().sheet(company.id);
  if (!sheet) return sheet.error();
  CompanyChange change;
  change.owner_name = visit.field("owner_name");
  change.owner_mail = visit.field("owner_mail");
  if (const auto problem = apply_change(change, *shelf_of(visit.parts.library), company, visit.now))
    return page(visit, {"owner", problem_of(*problem)});
  const auto detail = visit.field("mail_detail");
  if (!detail.empty() && detail != "labels" && detail != "counts") return page(visit, {"owner", "mail_detail"});
  if (auto told = tell(visit, "sheet.mail_detail", sheet->mail_detail, detail); !told) return told.error();
  sheet->mail_detail = detail;
  if (auto kept = visit.store().put_sheet(*sheet); !kept) return kept.error();
  return put(visit, company);
}

Result<HttpReply> confirm_number(Visit& visit) {
  const auto number = digits_of(visit.field("number"));
  if (number.empty()) return page(visit, {"confirm", "number_form"});
  const auto outcome = confirm_owner(visit.store(), visit.company->id, number, visit.now);
  if (!outcome) return outcome.error();
  switch (*outcome) {
    case Confirmation::confirmed:
      if (auto told = record(visit, "sheet.confirmed", visit.company->owner_mail); !told) return told.error();
      return back(visit);
    case Confirmation::no_address:
      return page(visit, {"confirm", "number_no_address"});
    case Confirmation::too_many:
      return see_other("/c/" + visit.company->id + "/sheet?number=too_many");
    case Confirmation::wrong:
      break;
  }
  return see_other("/c/" + visit.company->id + "/sheet?number=wrong");
}

Result<HttpReply> change_declaration(Visit& visit) {
  auto sheet = visit.store().sheet(visit.company->id);
  if (!sheet) return sheet.error();
  const auto before = *sheet;
  const auto refuse = [&](const char* what) { return page(visit, {"declaration", what}); };
  sheet->declaration = tidy_declaration(visit.field("declaration"));
  if (!sheet->declaration.empty() && form_of_declaration(sheet->declaration) == DeclarationForm::none) return refuse("declaration");
  const auto& star = visit.field("star");
  if (star != "0" && star != "1" && star != "2") return refuse("star");
  sheet->star = star[0] - '0';
  if (sheet->star == 0 && !sheet->declaration.empty()) return refuse("star");
  for (const auto& [name, to] : {std::pair("declared_on", &sheet->declared_on), {"review_on", &sheet->review_on}}) {
    *to = day_in(visit.field(name));
    if (to->empty() && !visit.field(name).empty()) return refuse(name);
  }
  if (!sheet->declared_on.empty() && sheet->declared_on > today(visit)) return refuse("declared_later");
  if (sheet->star == 0 && !sheet->declared_on.empty()) return refuse("star");
  if (sheet->review_on.empty() && !sheet->declared_on.empty()) sheet->review_on = next_year(sheet->declared_on);
  if (!sheet->review_on.empty() && sheet->review_on < sheet->declared_on) return refuse("review_on");
  if (auto kept = visit.store().put_sheet(*sheet); !kept) return kept.error();
  for (const auto& [what, from, to] : std::initializer_list<std::tuple<const char*, std::string, std::string>>{
           {"sheet.declaration", before.declaration, sheet->declaration},
           {"sheet.star", std::to_string(before.star), std::to_string(sheet->star)},
           {"sheet.declared_on", before.declared_on, sheet->declared_on},
           {"sheet.review_on", before.review_on, sheet->review_on}})
    if (auto told = tell(visit, what, from, to); !told) return told.error();
  return back(visit);
}

}  // namespace gokajo::hub

#include "hub/declaring/readiness.h"
#include "hub/export/csv.h"
#include "hub/export/metrics.h"
#include "hub/export/pdf.h"
#include "hub/export/xlsx.h"
#include "hub/web/file_reply.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::Done, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// 2026-11-24, for a file's name.
std::string date_of(const Visit& visit) {
  const auto offset = visit.company ? static_cast<int>(visit.company->offset_minutes) : platform::kJapanOffset;
  return platform::format_time(Time{platform::local_day(visit.now, offset)}).substr(0, 10);
}

HttpReply as_file(const Visit& visit, const std::string& name, const std::string& ending, const char* type, std::string bytes) {
  return file_reply("gokajo-" + (visit.company ? visit.company->id + "-" : "") + name + "-" + date_of(visit) + "." + ending, type,
                    std::move(bytes));
}

using Table = std::function<Status(const RowSink&)>;

Result<HttpReply> as_csv(const Visit& visit, const std::string& name, const Table& table) {
  std::string text(kCsvMark);
  const auto made = table([&](const TableRow& row) -> Status {
    append_csv_row(text, row);
    return Done{};
  });
  if (!made) return made.error();
  return as_file(visit, name, "csv", "text/csv; charset=utf-8; header=present", std::move(text));
}

Result<HttpReply> as_workbook(const Visit& visit, const std::string& name, const Table& table) {
  auto bytes = xlsx_of(page_word("export." + name, visit.language), visit.language, table);
  if (!bytes && bytes.error().kind == ErrorKind::unsupported) return message_page(visit, 501, "no_such_file");
  if (!bytes) return bytes.error();
  return as_file(visit, name, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", std::move(*bytes));
}

ExportQuestion question_of(const Visit& visit) { return {visit.store(), visit.parts.library, visit.language, visit.now}; }

Table results_of(const Visit& visit) {
  return [&visit](const RowSink& sink) { return results_table(question_of(visit), visit.company->id, sink); };
}

Table assets_of(const Visit& visit) {
  return [&visit](const RowSink& sink) { return assets_table(question_of(visit), visit.company->id, sink); };
}

Table companies_of(const Visit& visit) {
  return [&visit](const RowSink& sink) {
    std::vector<std::string> tenants;
    for (const auto& membership : visit.memberships) tenants.push_back(membership.tenant);
    return companies_table(question_of(visit), tenants, sink);
  };
}

Table readiness_of_companies(const Visit& visit) {
  return [&visit](const RowSink& sink) {
    std::vector<std::string> tenants;
    for (const auto& membership : visit.memberships) tenants.push_back(membership.tenant);
    return readiness_table(question_of(visit), tenants, sink);
  };
}

}  // namespace

Result<HttpReply> show_exports(Visit& visit) {
  PageData data;
  if (can_write_xlsx()) data.set("xlsx", PageData::type::bool_true);
  if (can_write_pdf()) data.set("pdf", PageData::type::bool_true);
  return show(visit, "export.html", "export.title", data);
}

Result<HttpReply> export_results(Visit& visit) { return as_csv(visit, "results", results_of(visit)); }
Result<HttpReply> export_assets(Visit& visit) { return as_csv(visit, "assets", assets_of(visit)); }
Result<HttpReply> export_companies(Visit& visit) { return as_csv(visit, "companies", companies_of(visit)); }
Result<HttpReply> export_results_workbook(Visit& visit) { return as_workbook(visit, "results", results_of(visit)); }
Result<HttpReply> export_assets_workbook(Visit& visit) { return as_workbook(visit, "assets", assets_of(visit)); }
Result<HttpReply> export_companies_workbook(Visit& visit) { return as_workbook(visit, "companies", companies_of(visit)); }

Result<HttpReply> export_readiness_workbook(Visit& visit) { return as_workbook(visit, "readiness", readiness_of_companies(visit)); }

Result<HttpReply> export_self_check(Visit& visit) {
  const auto check = self_check_of(question_of(visit), visit.company->id);
  if (!check) return check.error();
  auto bytes = pdf_of(*check);
  if (!bytes && bytes.error().kind == ErrorKind::unsupported) return message_page(visit, 501, "no_such_file");
  if (!bytes) return bytes.error();
  return as_file(visit, "self-check", "pdf", "application/pdf", std::move(*bytes));
}

// Whoever may not is told what everybody is told of a page that is not there.
Result<HttpReply> show_metrics(Visit& visit) {
  if (!may_read_metrics(visit.request, visit.parts.metrics_token)) return message_page(visit, 404, "not_found");
  auto text = metrics_text(visit.store(), visit.now);
  if (!text) return text.error();
  return HttpReply{200, {{"content-type", kMetricsType}}, std::move(*text)};
}

}  // namespace gokajo::hub

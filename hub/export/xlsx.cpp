#include "hub/export/xlsx.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "hub/secrets.h"
#include "platform/invoker.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

constexpr double kColumnWidth = 24;
constexpr std::size_t kMaxCell = 32767;  // UTF-16 units that Excel takes; of bytes there are never fewer

// Gone with what is in it. Only its owner may look into it: a table tells weaknesses.
class PrivateFolder {
 public:
  static Result<PrivateFolder> make() {
    std::error_code problem;
    const auto base = std::filesystem::temp_directory_path(problem);
    if (problem) return Error{ErrorKind::failed, "no folder for temporary files"};
    PrivateFolder folder((base / ("gokajo-hub-" + random_word(24))).string());
    if (auto made = platform::own_private_directory(folder.path_); !made) return made.error();
    return folder;
  }
  ~PrivateFolder() {
    std::error_code none;
    if (!path_.empty()) std::filesystem::remove_all(path_, none);
  }
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  PrivateFolder& operator=(PrivateFolder&&) = delete;
  const std::string& path() const { return path_; }

 private:
  explicit PrivateFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// Cut between two letters.
std::string fitting(const std::string& cell) {
  auto length = std::min(cell.size(), kMaxCell);
  while (length < cell.size() && length > 0 && (static_cast<unsigned char>(cell[length]) & 0xC0U) == 0x80U) --length;
  return cell.substr(0, length);
}

Error trouble(lxw_error problem) { return {ErrorKind::failed, std::string("workbook: ") + lxw_strerror(problem)}; }

// How cells look. A long one is read as a whole, in lines; Excel makes the row as high as it needs.
struct Formats {
  static Formats of(lxw_workbook* book, compliance::Language language) {
    Formats formats{workbook_add_format(book), workbook_add_format(book), workbook_add_format(book)};
    for (auto* format : {formats.heading, formats.plain, formats.day}) {
      if (!format) return {};
      format_set_text_wrap(format);
      format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    }
    format_set_bold(formats.heading);
    // As render_day() has it (compliance/wording.h).
    format_set_num_format(formats.day, language == compliance::Language::ja ? R"(yyyy"年"m"月"d"日")" : "d mmmm yyyy");
    format_set_align(formats.day, LXW_ALIGN_LEFT);
    return formats;
  }
  lxw_format* heading = nullptr;  ///< none: no memory
  lxw_format* plain = nullptr;
  lxw_format* day = nullptr;
};

lxw_error write_cell(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Cell& cell, const Formats& formats) {
  if (const auto* count = std::get_if<std::int64_t>(&cell.value))
    return worksheet_write_number(sheet, row, column, static_cast<double>(*count), formats.plain);
  if (const auto* day = std::get_if<std::chrono::sys_days>(&cell.value)) {
    const std::chrono::year_month_day date{*day};
    lxw_datetime when{};
    when.year = static_cast<int>(date.year());
    when.month = static_cast<int>(static_cast<unsigned>(date.month()));
    when.day = static_cast<int>(static_cast<unsigned>(date.day()));
    return worksheet_write_datetime(sheet, row, column, &when, formats.day);
  }
  return worksheet_write_string(sheet, row, column, fitting(cell.text).c_str(), row == 0 ? formats.heading : formats.plain);
}

Status write_rows(lxw_worksheet* sheet, const Formats& formats, const std::function<Status(const RowSink&)>& table) {
  lxw_row_t number = 0;
  return table([&](const TableRow& row) -> Status {
    if (number == 0 && !row.empty()) worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(row.size() - 1), kColumnWidth, nullptr);
    lxw_col_t column = 0;
    for (const auto& cell : row)
      if (const auto problem = write_cell(sheet, number, column++, cell, formats); problem != LXW_NO_ERROR) return trouble(problem);
    ++number;
    return platform::Done{};
  });
}

}  // namespace

bool can_write_xlsx() { return true; }

Result<std::string> xlsx_of(const std::string& sheet_name, compliance::Language language,
                            const std::function<Status(const RowSink&)>& table) {
  auto folder = PrivateFolder::make();
  if (!folder) return folder.error();
  const auto file = folder->path() + "/table.xlsx";
  std::string place = folder->path();
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = place.data();
  auto* book = workbook_new_opt(file.c_str(), &options);
  if (!book) return Error{ErrorKind::failed, "workbook: no memory"};
  auto* sheet = workbook_add_worksheet(book, sheet_name.c_str());
  const auto formats = Formats::of(book, language);
  Status written = Error{ErrorKind::failed, "workbook: no sheet"};
  if (sheet && formats.heading) {
    worksheet_freeze_panes(sheet, 1, 1);
    written = write_rows(sheet, formats, table);
  }
  const auto closed = workbook_close(book);  // frees it in any case
  if (!written) return written.error();
  if (closed != LXW_NO_ERROR) return trouble(closed);
  std::ostringstream bytes;
  bytes << std::ifstream(std::filesystem::path(file), std::ios::binary).rdbuf();
  return std::move(bytes).str();
}

}  // namespace gokajo::hub

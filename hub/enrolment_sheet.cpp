#include "hub/enrolment_sheet.h"

#include <algorithm>
#include <stdexcept>

#include <qrcodegen/qrcodegen.hpp>

#include "compliance/wording.h"
#include "hub/web/form.h"
#include "protocol/enrolment.h"

namespace gokajo::hub {
namespace {

using compliance::Language;

// Two rows of the code to a line of half blocks, dark on light as scanners want it where the terminal is light on dark.
std::string qr_of(const std::string& text) {
  try {
    const auto code = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    constexpr int kQuiet = 2;
    std::string out;
    const auto light = [&](int x, int y) { return !code.getModule(x, y); };
    for (int y = -kQuiet; y < code.getSize() + kQuiet; y += 2) {
      for (int x = -kQuiet; x < code.getSize() + kQuiet; ++x)
        out += light(x, y) ? (light(x, y + 1) ? "█" : "▀") : (light(x, y + 1) ? "▄" : " ");
      out += "\n";
    }
    return out;
  } catch (const std::length_error&) {  // longer than any QR code: the lines above say the same
    return {};
  }
}

}  // namespace

std::string short_notice(const Company& company, Language language) {
  if (language == Language::ja)
    return "■従業員の皆さまへ（このままお知らせください）\n"
           "会社のPCの安全を、情報セキュリティ5か条にそって自己点検します。\n"
           "見るもの: 更新、ウイルス対策、パスワードの決まり、共有の設定、入っているソフトの名前。\n"
           "見ないもの: ファイルの中身、閲覧したページ、メール、キー入力、パスワードそのもの。\n"
           "勤務時間の記録には使いません。結果は、届いたもの90日、変化の記録13か月で消します。\n"
           "責任者: " +
           company.responsible + "\n";
  return "== To the employees (please hand this on)\n"
         "The company checks the safety of its PCs by the five rules of information security.\n"
         "Looked at: updates, antivirus, password rules, sharing settings, names of installed software.\n"
         "Not looked at: contents of files, pages visited, mail, keystrokes, passwords themselves.\n"
         "Never used for attendance. Results are kept for 90 days, the record of changes for 13 months.\n"
         "Responsible: " +
         company.responsible + "\n";
}

std::string place_of(const Serving& serving) {
  const auto name = serving.names.empty() ? std::string("localhost") : serving.names.front();
  return (name.find(':') == std::string::npos ? name : "[" + name + "]") + ":" + std::to_string(serving.port);
}

std::string enrolment_link(const std::string& clear_code, const Serving& serving) {
  return "gokajo://enrol?hub=" + escaped_for_query(place_of(serving)) + "&pin=" + escaped_for_query(serving.pin) + "&code=" + clear_code;
}

std::string enrolment_sheet(const Company& company, const Code& code, const std::string& clear_code, const Serving& serving,
                            Language language) {
  const bool ja = language == Language::ja;
  const auto until = compliance::render_day(code.valid_until, language, {static_cast<int>(company.offset_minutes), {}});
  std::string others;
  for (const auto& name : serving.names) others += (others.empty() ? "" : ", ") + name;
  std::string text = ja ? "■Gokajo 設置シート　" + company.name + "\n" : "== Gokajo enrolment sheet: " + company.name + "\n";
  text += (ja ? "集める先: " : "Hub:  ") + place_of(serving) + "\n";
  text += (ja ? "別の名前: " : "Also: ") + others + "\n";
  text += (ja ? "鍵の印: " : "Pin:  ") + serving.pin + "\n";
  text += (ja ? "コード: " : "Code: ") + protocol::shown_code(clear_code) + "\n";
  if (code.kind == CodeKind::one_time) {
    text += ja ? "1台だけに使えます（" + until + "まで）。\n" : "For one PC (until " + until + ").\n";
  } else {
    const auto uses = std::to_string(code.uses_left);
    text += ja ? uses + "台まで使えます（" + until + "まで）。つながったPCは、担当者が承認すると数に入ります。\n"
               : "For up to " + uses + " PCs (until " + until + "). A PC counts once a person has approved it.\n";
  }
  return text + "\n" + qr_of(enrolment_link(clear_code, serving)) + "\n" + short_notice(company, language);
}

}  // namespace gokajo::hub

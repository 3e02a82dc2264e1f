#include "hub/declaring/basic_policy.h"

#include <algorithm>
#include <charconv>
#include <string_view>
#include <utility>

#include <kainjow/mustache.hpp>

#include "compliance/wording.h"
#include "platform/bytes.h"

namespace gokajo::hub {

namespace {

constexpr const char* kTitle = "情報セキュリティ基本方針";
constexpr const char* kStop = "。";
constexpr const char* kPageHead =
    "<!DOCTYPE html>\n<html lang=\"ja\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
    "initial-scale=1\">\n<style>body { font-family: sans-serif; line-height: 1.8; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; } "
    "h1 { font-size: 1.5rem; } h2 { font-size: 1.1rem; }</style>\n";
constexpr char32_t kWideSpace = 0x3000, kHardSpace = 0xA0, kNoSpace = 0x200B, kByteOrderMark = 0xFEFF;

constexpr std::pair<PolicyInfo, const char*> kInfos[] = {{PolicyInfo::customers, "お客様の情報"},
                                                         {PolicyInfo::partners, "取引先からお預かりした情報"},
                                                         {PolicyInfo::staff, "働く人の情報"},
                                                         {PolicyInfo::own, "仕事の技術や営業の情報"}};

struct Promise {
  PolicyPromise id;
  const char* heading;
  const char* text;
};
constexpr Promise kPromises[] = {
    {PolicyPromise::backup, "データの控え", "大切なデータは別の場所に控えを取り、元に戻せることを確かめます。"},
    {PolicyPromise::training, "学び", "働く人すべてにこの方針と身の守り方を伝え、年に一度は学び直します。"},
    {PolicyPromise::outsourcing, "外への委託", "情報を扱う仕事を外に頼むときは、相手の守り方を確かめ、約束を交わします。"},
    {PolicyPromise::incident, "事故への備え",
     "事故やそのおそれに気づいたときは、広がりを止め、関係する方にお知らせします。原因を調べ、同じことを繰り返しません。"},
    {PolicyPromise::law, "決まりを守る", "情報についての法令と、お客様や取引先との約束を守ります。"}};

std::string infos_of(const PolicyTold& told) {
  std::string text;
  for (const auto& [info, words] : kInfos)
    if (told.infos.contains(info)) text += (text.empty() ? "" : "、") + std::string(words);
  return text;
}

std::string escaped(const std::string& text) { return kainjow::mustache::html_escape(text); }

// ---- reading a page

bool same_word(std::string_view text, std::string_view small) {
  return text.size() >= small.size() && std::equal(small.begin(), small.end(), text.begin(), [](char expected, char found) {
           return expected == (found >= 'A' && found <= 'Z' ? static_cast<char>(found + 0x20) : found);
         });
}

// Behind the end of the element, whose text nobody reads.
std::size_t past_element(std::string_view page, std::size_t at, std::string_view name) {
  for (at = page.find("</", at); at != std::string_view::npos; at = page.find("</", at + 2))
    if (same_word(page.substr(at + 2), name)) break;
  const auto end = at == std::string_view::npos ? at : page.find('>', at);
  return end == std::string_view::npos ? page.size() : end + 1;
}

std::size_t past_markup(std::string_view page, std::size_t at) {
  const auto rest = page.substr(at);
  if (rest.starts_with("<!--")) {
    const auto end = page.find("-->", at);
    return end == std::string_view::npos ? page.size() : end + 3;
  }
  for (const std::string_view name : {"script", "style"})
    if (same_word(rest.substr(1), name)) return past_element(page, at, name);
  const auto end = page.find('>', at);
  return end == std::string_view::npos ? page.size() : end + 1;
}

void append(std::string& text, char32_t letter) {
  const auto byte = [&](char32_t value) { text += static_cast<char>(static_cast<unsigned char>(value)); };
  if (letter < 0x80) {
    byte(letter);
  } else if (letter < 0x800) {
    byte(0xC0U | (letter >> 6U)), byte(0x80U | (letter & 0x3FU));
  } else if (letter < 0x10000) {
    byte(0xE0U | (letter >> 12U)), byte(0x80U | ((letter >> 6U) & 0x3FU)), byte(0x80U | (letter & 0x3FU));
  } else {
    byte(0xF0U | (letter >> 18U)), byte(0x80U | ((letter >> 12U) & 0x3FU)), byte(0x80U | ((letter >> 6U) & 0x3FU)),
        byte(0x80U | (letter & 0x3FU));
  }
}

bool is_space(char32_t letter) {
  return letter <= 0x20 || letter == kHardSpace || letter == kWideSpace || letter == kNoSpace || letter == kByteOrderMark;
}

// "amp", "#12398", "#x3042"; 0: none that is known.
char32_t named(std::string_view name) {
  for (const auto& [known, letter] : std::initializer_list<std::pair<std::string_view, char32_t>>{
           {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", kHardSpace}})
    if (name == known) return letter;
  if (!name.starts_with('#')) return 0;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  std::uint32_t value = 0;
  const auto read = std::from_chars(name.data(), name.data() + name.size(), value, hex ? 16 : 10);
  const bool letter =
      read.ec == std::errc() && read.ptr == name.data() + name.size() && value < 0x110000 && (value < 0xD800 || value > 0xDFFF);
  return letter ? value : 0;
}

// One letter of UTF-8 that was found good, and how long it is.
std::pair<char32_t, std::size_t> letter_at(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t letter = length == 1 ? first : first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) letter = (letter << 6U) | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
  return {letter, length};
}

std::vector<std::string> sentences_of(const PolicyPaper& paper) {
  std::vector<std::string> all;
  const auto take = [&](std::string_view text) {
    const std::string_view stop(kStop);
    for (std::size_t from = 0; from < text.size();) {
      const auto end = text.find(stop, from);
      const auto until = end == std::string_view::npos ? text.size() : end + stop.size();
      all.emplace_back(text.substr(from, until - from));
      from = until;
    }
  };
  take(paper.lead);
  for (const auto& part : paper.parts) take(part.text);
  return all;
}

// Of a text of ours as visible_text() of a page.
std::string without_spaces(const std::string& text) { return visible_text(escaped(text)); }

}  // namespace

PolicyPaper policy_paper(const std::string& company, const std::string& responsible, const PolicyTold& told) {
  PolicyPaper paper;
  paper.title = kTitle;
  paper.company = company;
  paper.lead = company + "は、" + infos_of(told) +
               "を仕事に使っています。これらを失ったり、漏らしたり、書き換えられたりしないように、次の方針を定め、全員で守ります。";
  paper.parts.push_back({"責任", (responsible.empty() ? std::string("経営者が情報セキュリティに責任を持ち")
                                                      : responsible + "を情報セキュリティの責任者とし") +
                                     "、必要な人手と費用をあてます。"});
  paper.parts.push_back(
      {"毎日の対策",
       "OSとソフトウェアを最新に保ちます。ウイルス対策ソフトを使います。パスワードは長くし、使い回しません。データを共有する相手を見"
       "直します。攻撃の手口を知り、だまされないようにします。"});
  for (const auto& promise : kPromises)
    if (told.promises.contains(promise.id)) paper.parts.push_back({promise.heading, promise.text});
  paper.parts.push_back({"見直し", "この方針と対策を、年に一度、また仕事や世の中が変わったときに見直します。"});
  if (const auto day = platform::parse_time(told.since)) paper.day = compliance::render_day(*day, compliance::Language::ja, {0, {}});
  paper.signer = told.signer;
  paper.contact = told.contact;
  return paper;
}

std::string policy_text(const PolicyPaper& paper) {
  std::string text = paper.title + "\n\n" + paper.lead + "\n";
  int number = 0;
  for (const auto& part : paper.parts) text += "\n" + std::to_string(++number) + "　" + part.heading + "\n" + part.text + "\n";
  text += "\n制定日　" + paper.day + "\n" + paper.company + "\n" + paper.signer + "\n";
  if (!paper.contact.empty()) text += "お問い合わせ先　" + paper.contact + "\n";
  return text;
}

std::string policy_html(const PolicyPaper& paper) {
  const auto title = escaped(paper.title), company = escaped(paper.company);
  std::string html = std::string(kPageHead) + "<title>" + title + " – " + company + "</title>\n</head>\n<body>\n<h1>" + title +
                     "</h1>\n<p>" + escaped(paper.lead) + "</p>\n";
  int number = 0;
  for (const auto& part : paper.parts)
    html += "<h2>" + std::to_string(++number) + "　" + escaped(part.heading) + "</h2>\n<p>" + escaped(part.text) + "</p>\n";
  html += "<p>制定日　" + escaped(paper.day) + "<br>" + company + "<br>" + escaped(paper.signer);
  if (!paper.contact.empty()) html += "<br>お問い合わせ先　" + escaped(paper.contact);
  return html + "</p>\n</body>\n</html>\n";
}

std::string visible_text(const std::string& page) {
  std::string text;
  if (!platform::is_valid_utf8(page)) return text;
  constexpr std::size_t kLongestName = 10;
  const auto add = [&](char32_t letter) {
    if (!is_space(letter)) append(text, letter);
  };
  for (std::size_t at = 0; at < page.size();) {
    if (page[at] == '<') {
      at = past_markup(page, at);
      continue;
    }
    if (page[at] == '&') {
      // No further than a name goes: a page of such letters alone would be looked through for each of them.
      const auto name = std::string_view(page).substr(at + 1, kLongestName);
      const auto end = name.find(';');
      const auto letter = end == std::string_view::npos ? 0 : named(name.substr(0, end));
      if (letter != 0) {
        add(letter);
        at += end + 2;
        continue;
      }
    }
    const auto [letter, length] = letter_at(page, at);
    add(letter);
    at += length;
  }
  return text;
}

PolicyFound find_policy(const PolicyPaper& paper, const std::string& page) {
  const auto text = visible_text(page);
  const auto holds = [&](const std::string& part) { return text.find(without_spaces(part)) != std::string::npos; };
  PolicyFound found;
  found.named = holds(paper.title) && !without_spaces(paper.company).empty() && holds(paper.company);
  for (const auto& sentence : sentences_of(paper)) {
    ++found.of;
    if (holds(sentence)) ++found.sentences;
  }
  return found;
}

}  // namespace gokajo::hub

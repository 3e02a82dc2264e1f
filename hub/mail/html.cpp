#include "hub/mail/html.h"

#include <span>

#include <kainjow/mustache.hpp>

#include "hub/mail/words.h"
#include "platform/embedded.h"

namespace gokajo::embedded {
std::span<const File> hub_mail_data();
}

namespace gokajo::hub {
namespace {

using kainjow::mustache::data, kainjow::mustache::mustache;
using Kind = MailBlock::Kind;

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::address:
      return "address";
    case Kind::answer:
      return "answer";
    case Kind::paragraph:
      return "paragraph";
    case Kind::heading:
      return "heading";
    case Kind::item:
      return "item";
    case Kind::item_text:
      return "item_text";
    case Kind::row:
      return "row";
    case Kind::link:
      return "link";
    case Kind::blank:
      return "blank";
  }
  return "paragraph";
}

// "■お願い" is a heading by its form here.
std::string without_square(const std::string& sentence) {
  constexpr std::string_view kSquare = "■";
  return sentence.starts_with(kSquare) ? sentence.substr(kSquare.size()) : sentence;
}

// An arrow stands in front of what to do, never at the end of a line, and a mark behind its word, never at the front of one: word joiners
// (U+2060) bind them.
std::string bound(std::string phrase) {
  constexpr std::string_view kArrow = "→", kMark = "○";
  if (phrase.starts_with(kArrow)) phrase.insert(kArrow.size(), "\u2060");
  if (const auto mark = phrase.find(kMark); mark != std::string::npos) phrase.insert(mark, "\u2060");
  return phrase;
}

// A line may end between them; most mail programs know <wbr>, and where one does not, lines end between characters.
data phrases(std::string_view sentence) {
  data all{data::type::list};
  while (!sentence.empty()) {
    const auto mark = sentence.find_first_of("|\n");
    all << data{"text", bound(std::string(sentence.substr(0, mark)))};
    sentence.remove_prefix(mark == std::string_view::npos ? sentence.size() : mark + 1);
  }
  return all;
}

std::size_t widest_row(const MailText& mail) {
  std::size_t cells = 0;
  for (const auto& block : mail.blocks) cells = std::max(cells, block.cells.size());
  return cells;
}

data cell(const std::string& text, bool first) {
  data out{"text", text};
  out.set("align", first ? "left" : "right");
  return out;
}

data columns(const Teller& say, std::size_t count) {
  data all{data::type::list};
  all << cell(say.plain("column.rule"), true);
  for (const char* name : {"column.pass", "column.fail", "column.other", "column.silent"})
    if (count > 4 || std::string_view(name) != "column.other") all << cell(say.plain(name), false);
  return all;
}

data cells(const MailBlock& block, std::size_t count) {
  data all{data::type::list};
  for (std::size_t i = 0; i < block.cells.size(); ++i) {
    auto one = cell(block.cells[i], i == 0);
    if (i + 1 == block.cells.size() && block.cells.size() < count) one.set("span", std::to_string(count - i));
    all << one;
  }
  return all;
}

}  // namespace

std::string mail_html(const MailText& mail, compliance::Language language) {
  const Teller say(language);
  const auto count = widest_row(mail);
  data blocks{data::type::list};
  for (std::size_t i = 0; i < mail.blocks.size(); ++i) {
    const auto& block = mail.blocks[i];
    data out;
    out.set(name_of(block.kind), data{true});
    out.set("phrases", phrases(block.kind == Kind::heading ? without_square(block.sentence) : block.sentence));
    if (block.kind == Kind::link) out.set("url", block.sentence);
    if (block.kind == Kind::row) {
      const bool first = i == 0 || mail.blocks[i - 1].kind != Kind::row,
                 last = i + 1 == mail.blocks.size() || mail.blocks[i + 1].kind != Kind::row;
      out.set("first_row", data{first});
      out.set("last_row", data{last});
      out.set("columns", columns(say, count));
      out.set("cells", cells(block, count));
    }
    blocks << out;
  }
  data page;
  page.set("language", say.ja() ? "ja" : "en");
  page.set("subject", mail.subject);
  page.set("blocks", blocks);
  for (const auto& file : embedded::hub_mail_data())
    if (file.name == "mail.html") return mustache{std::string(file.text)}.render(page);
  return {};
}

}  // namespace gokajo::hub

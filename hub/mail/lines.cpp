#include "hub/mail/lines.h"

#include "compliance/layout.h"

namespace gokajo::hub {

using compliance::columns_of;

namespace {

// Where the character that begins at `at` ends.
std::size_t next_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U);
  return at;
}

// As much of the front of `text` as fits.
std::string_view front(std::string_view text, int columns) {
  std::size_t end = 0;
  while (end < text.size()) {
    const auto next = next_character(text, end);
    if (columns_of(text.substr(0, next)) > columns) break;
    end = next;
  }
  return text.substr(0, end);
}

std::string harmless(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      out += ' ';
    else if (c == '|')
      out += "｜";
    else
      out += c;
  }
  return out;
}

class Filler {
 public:
  explicit Filler(std::string_view indent) : indent_(indent) { begin(); }

  void add(std::string_view phrase) {
    if (columns_of(line_) + columns_of(without_blank(phrase)) <= kLineColumns) {
      line_ += phrase;
      return;
    }
    if (line_.size() > indent_.size()) end();
    while (columns_of(line_) + columns_of(without_blank(phrase)) > kLineColumns) {
      const auto fits = front(phrase, kLineColumns - columns_of(line_));
      line_ += fits;
      phrase.remove_prefix(fits.size());
      end();
    }
    line_ += phrase;
  }

  void end() {
    while (line_.ends_with(' ')) line_.pop_back();
    lines_.push_back(std::move(line_));
    begin();
  }

  std::vector<std::string> lines() {
    if (line_.size() > indent_.size() || lines_.empty()) end();
    return std::move(lines_);
  }

 private:
  // A blank at the end of a line takes no room.
  static std::string_view without_blank(std::string_view phrase) {
    return phrase.ends_with(' ') ? phrase.substr(0, phrase.size() - 1) : phrase;
  }
  void begin() { line_ = std::string(indent_); }

  std::string_view indent_;
  std::string line_;
  std::vector<std::string> lines_;
};

}  // namespace

std::string clipped(std::string_view text, int columns) {
  if (columns_of(text) <= columns) return std::string(text);
  return std::string(front(text, columns - columns_of("…"))).append("…");
}

std::string filled(std::string_view sentence, const std::map<std::string, std::string>& values) {
  std::string out;
  while (!sentence.empty()) {
    const auto open = sentence.find('{'), close = sentence.find('}', open);
    if (open == std::string_view::npos || close == std::string_view::npos) break;
    const auto value = values.find(std::string(sentence.substr(open + 1, close - open - 1)));
    out += sentence.substr(0, open);
    if (value == values.end())
      out += sentence.substr(open, close + 1 - open);
    else
      out += harmless(value->second);
    sentence.remove_prefix(close + 1);
  }
  return out.append(sentence);
}

std::vector<std::string> in_lines(std::string_view sentence, std::string_view indent) {
  Filler filler(indent);
  while (!sentence.empty()) {
    const auto mark = sentence.find_first_of("|\n");
    filler.add(sentence.substr(0, mark));
    if (mark == std::string_view::npos) break;
    if (sentence[mark] == '\n') filler.end();
    sentence.remove_prefix(mark + 1);
  }
  return filler.lines();
}

}  // namespace gokajo::hub

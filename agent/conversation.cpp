#include "agent/conversation.h"

#include <istream>
#include <ostream>

#include "compliance/layout.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::wrapped;

void Conversation::paragraph(const std::string& text, const std::string& head) {
  const int indent = columns_of(head);
  bool first = true;
  for (const auto& line : wrapped(text, columns_ - indent)) {
    out_ << (first ? head : std::string(static_cast<std::size_t>(indent), ' ')) << line << "\n";
    first = false;
  }
}

void Conversation::blank() { out_ << "\n"; }

void Conversation::page() {
  if (!paged_) return;
  out_ << (ja() ? "（Enterで次へ）" : "(Enter for more)") << std::flush;
  std::string line;
  std::getline(in_, line);
}

std::optional<std::size_t> Conversation::choose(const std::vector<compliance::Text>& choices) {
  for (std::size_t i = 0; i < choices.size(); ++i) paragraph(say(choices[i]), "  " + std::to_string(i + 1) + " ");
  for (;;) {
    out_ << (ja() ? "番号: " : "Number: ") << std::flush;
    std::string line;
    if (!std::getline(in_, line)) {
      out_ << "\n";
      return std::nullopt;
    }
    if (!paged_) out_ << "\n";
    if (line.size() == 1 && line[0] >= '1' && static_cast<std::size_t>(line[0] - '1') < choices.size())
      return static_cast<std::size_t>(line[0] - '1');
    out_ << (ja() ? "1から" : "A number from 1 to ") << choices.size() << (ja() ? "までの番号を入れてください。" : ", please.") << "\n";
  }
}

void Conversation::tell_how_to_stop(const compliance::Text& kept) {
  if (!paged_) return;
  paragraph((ja() ? "途中でやめるときは、CtrlキーとCキーを同時に押してください。" : "To stop, press Ctrl and C together. ") + say(kept));
}

}  // namespace gokajo::agent

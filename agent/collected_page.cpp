#include "agent/collected_page.h"

#include <algorithm>

#include "compliance/collected_text.h"
#include "compliance/layout.h"
#include "compliance/wording.h"

namespace gokajo::agent {

using compliance::columns_of, compliance::wrapped;

using namespace compliance;

namespace {

// The sentences of the page itself, in one language.
struct Words {
  const char *title, *intro, *never, *stays, *optional, *fields, *what, *purpose, *person, *kept, *name;
};

constexpr Words kJapanese = {
    "集めるもの",
    "GokajoがこのPCで何を見て、何のために使い、いつまで残すかの一覧です。PCを使う方のための文書です。自分のPCの結果は "
    "`gokajo scan --format json` で、ここにある項目のすべてを見られます。",
    "見ないもの",
    "どこに、いつまで残るか",
    "会社が切れるもの",
    "見るもの",
    "見るもの",
    "何のため",
    "人に関わるか",
    "残る期間",
    "結果での名前"};

constexpr Words kEnglish = {
    "What is collected",
    "What Gokajo looks at on a PC, what for, and how long it is kept. Written for the people who use the PC. `gokajo scan --format json` "
    "shows all of it, as it is on your own PC.",
    "What is not looked at",
    "Where it is kept, and how long",
    "What a company can switch off",
    "What is looked at",
    "What",
    "What for",
    "Does it concern a person",
    "Kept",
    "Name in the result"};

const Words& words_in(Language language) { return language == Language::ja ? kJapanese : kEnglish; }

std::string fields_in(const CollectedGroup& group) {
  std::string out;
  for (const auto& field : group.fields) out += (out.empty() ? "`" : " `") + field + "`";
  return out;
}

void write_list(std::string& out, const char* heading, const std::vector<Text>& texts, Language language) {
  out += "\n## " + std::string(heading) + "\n\n";
  for (const auto& text : texts) out += "- " + text.in(language) + "\n";
}

std::string page(Language language) {
  const auto& all = built_in_collected();
  const auto& words = words_in(language);
  std::string out = "# " + std::string(words.title) + "\n\n" + words.intro + "\n";
  write_list(out, words.never, all.never, language);
  write_list(out, words.stays, all.stays, language);
  write_list(out, words.optional, all.optional, language);
  out += "\n## " + std::string(words.fields) + "\n";
  for (const auto& topic : all.topics) {
    out += "\n### " + topic.name.in(language) + "\n\n| ";
    for (const auto* head : {words.what, words.purpose, words.person, words.kept, words.name}) out += head + std::string(" | ");
    out.pop_back();
    out += "\n|---|---|---|---|---|\n";
    for (const auto& group : topic.groups)
      out += "| " + group.what.in(language) + " | " + purpose_of(group, language) + " | " + concerns_of(group, language) + " | " +
             kept_for(group, language) + " | " + fields_in(group) + " |\n";
  }
  return out;
}

// Paragraphs of a terminal: the first line after `head`, the others under its end.
class Lines {
 public:
  explicit Lines(int columns) : columns_(columns) {}
  void heading(const std::string& text) { out_ += (out_.empty() ? "■ " : "\n■ ") + text + "\n"; }
  void add(const std::string& head, const std::string& text) {
    const int indent = columns_of(head);
    bool first = true;
    for (const auto& line : wrapped(text, columns_ - indent)) {
      out_ += (first ? head : std::string(static_cast<std::size_t>(indent), ' ')) + line + "\n";
      first = false;
    }
  }
  const std::string& written() const { return out_; }

 private:
  int columns_;
  std::string out_;
};

}  // namespace

std::string collected_text(Language language, int columns) {
  const auto& all = built_in_collected();
  const auto& words = words_in(language);
  Lines lines(columns);
  for (const auto& [heading, texts] :
       {std::pair{words.never, &all.never}, std::pair{words.stays, &all.stays}, std::pair{words.optional, &all.optional}}) {
    lines.heading(heading);
    for (const auto& text : *texts) lines.add("  - ", text.in(language));
  }
  const auto remark = [&](const char* name, const std::string& text) {
    lines.add("      ", name + std::string(language == Language::ja ? "：" : ": ") + text);
  };
  for (const auto& topic : all.topics) {
    lines.heading(words.fields + std::string(language == Language::ja ? "：" : ": ") + topic.name.in(language));
    for (const auto& group : topic.groups) {
      lines.add("  - ", group.what.in(language));
      remark(words.purpose, purpose_of(group, language));
      remark(words.person, concerns_of(group, language));
      remark(words.kept, kept_for(group, language));
    }
  }
  return lines.written();
}

std::string collected_markdown() {
  return page(Language::ja) + "\n---\n\n" + page(Language::en) +
         "\n---\n\nPrinted by `gokajo collected --format markdown` from `compliance/data/collected.json`; a test fails when this file is "
         "stale, when a field of\nthe evidence (`docs/schema/evidence.schema.json`) is not listed, and when something listed is not "
         "collected.\n";
}

}  // namespace gokajo::agent

#include "hub/mail/composer.h"

#include <algorithm>

#include "compliance/layout.h"
#include "hub/mail/lines.h"

namespace gokajo::hub {

using compliance::columns_of;

std::string short_label(const std::string& label) {
  return clipped(label.substr(0, std::min(label.find(' '), label.find("　"))), kShortColumns);
}

void Composer::address(const std::string& company, const std::string& owner) {
  const auto whole = [&](const std::string& name) {
    return owner.empty() ? say_.plain("to.company", {{"company", name}})
                         : say_.plain("to", {{"company", name}, {"owner", clipped(owner, kNameColumns)}});
  };
  const auto room = kLineColumns - columns_of(whole(""));
  lines(whole(clipped(company, room)), Kind::address);
  blank();
}

void Composer::lines(const std::string& sentence, Kind kind) {
  for (const auto& line : in_lines(sentence, kind == Kind::item_text ? "　" : "")) text_ += line + "\n";
  blocks_.push_back({kind, sentence, {}});
}

void Composer::row(const std::string& text, std::vector<std::string> cells) {
  text_ += text + "\n";
  blocks_.push_back({Kind::row, {}, std::move(cells)});
}

void Composer::blank() {
  text_ += "\n";
  blocks_.push_back({Kind::blank, {}, {}});
}

std::string Composer::person(const std::string& name) const {
  return name.empty() ? say_.plain("person.none") : say_.plain("person", {{"name", clipped(name, kNameColumns)}});
}

MailText Composer::finish(const std::string& subject) {
  auto at = std::find_if(blocks_.begin(), blocks_.end(), [](const MailBlock& block) { return block.kind == Kind::blank; });
  if (at != blocks_.end()) ++at;
  for (; at != blocks_.end() && at->kind == Kind::paragraph; ++at) at->kind = Kind::answer;
  return {clipped(subject, kSubjectColumns), std::move(text_), std::move(blocks_)};
}

}  // namespace gokajo::hub

#include "hub/export/policy_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Result;
using namespace paper;

namespace {

// Larger than a table: it hangs on a wall.
constexpr double kBody = 11, kIndent = 14;

void draw(Paper& paper, const PolicyPaper& policy) {
  const auto end_page = [&] { paper.end_page(paper.pages() > 1 ? policy.company + "　" + paper.page_of_pages() : ""); };
  const auto height = [&](const std::string& said, double size, bool bold, double indent) {
    return paper.text(said, 0, kWidth - 2 * kMargin - indent, size, bold, false);
  };
  const auto say = [&](const std::string& said, double size, bool bold = false, double indent = 0, double with = 0) {
    // A heading stands on the page of what it heads.
    if (paper.y + height(said, size, bold, indent) + with > kHeight - kFooter - kMargin) end_page();
    paper.paragraph(said, size, bold, indent);
  };
  say(policy.title, kTitle, true);
  paper.y += kGap;
  say(policy.lead, kBody);
  int number = 0;
  for (const auto& part : policy.parts) {
    paper.y += kGap;
    say(std::to_string(++number) + "　" + part.heading, kHeading, true, 0, height(part.text, kBody, false, kIndent) + kGap);
    say(part.text, kBody, false, kIndent);
  }
  paper.y += 2 * kGap;
  say("制定日　" + policy.day, kBody);
  say(policy.company, kBody);
  say(policy.signer, kBody);
  if (!policy.contact.empty()) say("お問い合わせ先　" + policy.contact, kBody);
  end_page();
}

}  // namespace

Result<std::string> policy_pdf(const PolicyPaper& policy) {
  return drawn_twice(policy.title + " " + policy.company, [&](Paper& paper) { draw(paper, policy); });
}

}  // namespace gokajo::hub

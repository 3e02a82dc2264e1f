#include "hub/export/policy_pdf.h"

#include "hub/export/paper.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result;
using namespace paper;

namespace {

// Larger than a table: it hangs on a wall.
constexpr double kBody = 11, kIndent = 14;

// Draws all, and says how many pages it took: how many there are is known once they were drawn.
Result<int> drawn(const PolicyPaper& policy, int pages, std::string& bytes) {
  Paper paper(bytes);
  paper.tell(policy.title + " " + policy.company);
  int page = 0;
  const auto end_page = [&] {
    ++page;
    paper.end_page(pages > 1 ? policy.company + "　" + std::to_string(page) + "／" + std::to_string(pages) : "");
  };
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
  if (const auto status = paper.finish(); status != CAIRO_STATUS_SUCCESS)
    return Error{ErrorKind::failed, std::string("pdf: ") + cairo_status_to_string(status)};
  return page;
}

}  // namespace

Result<std::string> policy_pdf(const PolicyPaper& policy) {
  std::string thrown_away, bytes;
  const auto pages = drawn(policy, 1, thrown_away);
  if (!pages) return pages.error();
  if (const auto again = drawn(policy, *pages, bytes); !again) return again.error();
  return bytes;
}

}  // namespace gokajo::hub

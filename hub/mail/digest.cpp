#include "hub/mail/digest.h"

#include <algorithm>

#include "hub/mail/dates.h"
#include "hub/mail/lines.h"

namespace gokajo::hub {

using Kind = MailBlock::Kind;

namespace {

// The worst first: what fails, then who is silent, what cannot be told, what waits for an answer.
auto badness(const DigestLine& line) {
  return std::tuple(line.fail, line.company, line.silent, line.other, line.questions, !line.confirmed, !line.fine);
}

std::string state(const DigestLine& line, const Teller& say) {
  std::string out;
  const auto add = [&](int count, const char* key) {
    if (count > 0) out += (out.empty() ? "" : say.plain("part.join")) + say.plain(key, {{"n", std::to_string(count)}});
  };
  add(line.fail, "part.fail");
  add(line.company, "part.company");
  add(line.silent, "part.silent");
  add(line.catching_up, "part.catching-up");
  add(line.resting, "part.resting");
  add(line.other, "part.other");
  add(line.questions, "part.questions");
  if (!line.confirmed) out += (out.empty() ? "" : say.plain("part.join")) + say.plain("digest.unconfirmed");
  if (out.empty()) out = say.plain(line.fine ? "digest.fine" : "part.count");
  return say.plain("digest.state", {{"state", out}, {"pcs", std::to_string(line.registered)}});
}

}  // namespace

MailText digest_text(Digest digest, compliance::Language language) {
  Composer out(language);
  const Dates dates{language, digest.offset_minutes};
  std::stable_sort(digest.companies.begin(), digest.companies.end(),
                   [](const DigestLine& a, const DigestLine& b) { return badness(a) > badness(b); });
  const auto all = std::to_string(digest.companies.size());
  const auto count = [&](auto condition) {
    return static_cast<int>(std::count_if(digest.companies.begin(), digest.companies.end(), condition));
  };
  const auto failing = count([](const DigestLine& line) { return line.fail > 0; });
  const auto fine = count([](const DigestLine& line) { return line.fine; });
  out.address(out.say().plain("digest.to"), digest.adviser);
  out.line("digest.lead", {{"all", all}, {"n", std::to_string(failing)}});
  out.line("digest.fine-count", {{"n", std::to_string(fine)}});
  out.blank();
  out.head("digest.head");
  for (std::size_t i = 0; i < digest.companies.size() && i < kDigestLines; ++i) {
    const auto& line = digest.companies[i];
    out.line("todo.line-untimed", {{"i", std::to_string(i + 1)}, {"label", clipped(line.name, kLineColumns - 6)}}, Kind::item);
    out.lines(state(line, out.say()), Kind::item_text);
  }
  if (digest.companies.size() > kDigestLines)
    out.line("digest.rest", {{"n", std::to_string(digest.companies.size() - kDigestLines)}}, Kind::item_text);
  out.blank();
  out.line("counted",
           {{"date", dates.month_day(digest.counted_at)}, {"hour", dates.hour(digest.counted_at)}, {"next", dates.month_day(digest.next)}});
  out.line("fine.self");
  return out.finish(
      out.say().plain("subject.digest", {{"all", all}, {"n", std::to_string(failing)}, {"day", dates.slashed(digest.counted_at)}}));
}

}  // namespace gokajo::hub

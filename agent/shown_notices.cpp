#include "agent/shown_notices.h"

#include <algorithm>

#include "compliance/wording.h"

namespace gokajo::agent {

using compliance::Language;
using platform::Result, platform::Time;

namespace {

constexpr std::size_t kMaxBytes = 16U << 10U;
constexpr platform::Days kAgainAfter{7};

Time today(Time now, int offset_minutes) { return Time{std::chrono::sys_days{platform::local_day(now, offset_minutes)}}; }

}  // namespace

std::string write_shown_notices(const ShownNotices& shown) { return platform::to_form(shown).dump(1) + "\n"; }

Result<ShownNotices> read_shown_notices(std::string_view text) {
  const auto json = platform::parse_json(text, kMaxBytes);
  if (!json) return json.error();
  ShownNotices shown;
  if (auto status = platform::read_form(*json, shown, platform::Place{"notices"}); !status) return status.error();
  if (shown.format != kShownNoticesFormat)
    return platform::misplaced(platform::Place{"format"}, std::string("expected ") + kShownNoticesFormat);
  return shown;
}

std::optional<Notice> next_notice(const std::vector<Notice>& notices, const ShownNotices& shown, Time now, int offset_minutes) {
  const auto day = today(now, offset_minutes);
  if (std::any_of(shown.shown.begin(), shown.shown.end(), [&](const ShownNotice& one) { return one.day == day; })) return std::nullopt;
  for (const auto& notice : notices) {
    const bool seen = std::any_of(shown.shown.begin(), shown.shown.end(), [&](const ShownNotice& one) {
      if (one.kind != notice.kind) return false;
      return notice.kind == NoticeKind::begun || (one.day <= day && day - one.day < kAgainAfter);
    });
    if (!seen) return notice;
  }
  return std::nullopt;
}

void note_shown(ShownNotices& shown, NoticeKind kind, Time now, int offset_minutes) {
  std::erase_if(shown.shown, [&](const ShownNotice& one) { return one.kind == kind; });
  shown.shown.push_back({kind, today(now, offset_minutes)});
}

NoticeText text_of(const Notice& notice, Language language, int offset_minutes) {
  const bool ja = language == Language::ja;
  const auto say = [&](const char* in_japanese, const char* in_english) { return std::string(ja ? in_japanese : in_english); };
  const auto day = notice.day ? compliance::render_day(*notice.day, language, compliance::Reader{offset_minutes, {}}) : std::string();
  switch (notice.kind) {
    case NoticeKind::not_arriving:
      return {say("報告先に届いていません", "Results do not arrive"),
              (day.empty() ? say("点検の結果が、7日より前から報告先に届いていません。", "For more than 7 days no result has arrived. ")
                           : say("点検の結果が最後に届いたのは", "Results last arrived on ") + day + say("です。", ". ")) +
                  say("このパソコンがネットにつながっているか確かめ、担当者にお知らせください。点検は続いています。",
                      "See whether this PC is on the network, and tell the person in charge. The checking goes on.")};
    case NoticeKind::restart: {
      const auto days = std::to_string(notice.days.value_or(0));
      return {say("再起動を待っています", "A restart is waited for"),
              ja ? "更新は入りましたが、" + days +
                       "日前から再起動を待っています。再起動するまで更新は効きません。ファイルを保存し、スタート→電源→「"
                       "更新して再起動」を選んでください。"
                 : "Updates were installed and have waited for a restart for " + days +
                       " days; until then they have no effect. Save your files, then choose Start, Power, Update and restart."};
    }
    case NoticeKind::briefing: {
      const auto minutes = std::to_string(notice.minutes.value_or(0));
      return {say("読んでいただくお知らせがあります", "A briefing to read"),
              ja ? "最近の攻撃の手口のお知らせです（約" + minutes + "分）。ここを押すと、読み方が出ます。"
                 : "About recent ways of attack, " + minutes + " minutes. Press here to see how to read it."};
    }
    case NoticeKind::drill: {
      const auto minutes = std::to_string(notice.minutes.value_or(0));
      return {say("年1回の訓練があります", "The yearly drill"),
              ja ? "事故が起きた日に何をするかの訓練です（約" + minutes + "分）。ここを押すと、始め方が出ます。"
                 : "What to do on the day of an incident, " + minutes + " minutes. Press here to see how to begin."};
    }
    case NoticeKind::stopped:
      return {say("点検が止まっています", "The checking has stopped"),
              (day.empty() ? std::string() : say("最後の点検は", "The last check was on ") + day + say("です。", ". ")) +
                  say("担当者にお知らせください。", "Tell the person in charge.")};
    case NoticeKind::begun:
      break;
  }
  return {
      say("このパソコンの自己点検を始めました", "This PC is now self-checked"),
      say("Gokajoは調べるだけで、設定は変えません。ファイルの中身、見たページ、キー入力は調べません。ここを押すと、結果と、会社に見えている"
          "も"
          "のが分かります。",
          "Gokajo only looks and changes no setting. It looks at no file's contents, no pages you visit, no keys you press. Press here to "
          "see the results, and what the company can see.")};
}

}  // namespace gokajo::agent

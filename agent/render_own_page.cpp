#include <algorithm>

#include <kainjow/mustache.hpp>

#include "agent/own_page.h"
#include "agent/page_template.h"
#include "compliance/collected.h"
#include "platform/bytes.h"

namespace gokajo::agent {
namespace {

using compliance::Collected, compliance::CollectedGroup, compliance::Concerns, compliance::Language;
using kainjow::mustache::data, kainjow::mustache::mustache;

class OwnPageView {
 public:
  OwnPageView(const OwnPage& page, const Reached& reached, Language language)
      : report_(language == Language::ja ? page.ja : page.en), reading_(page.reading), reached_(reached), language_(language) {}

  data make() const {
    data page;
    set_head(page);
    set_rules(page);
    set_todo(page);
    set_reading(page);
    set_seen(page);
    set_unseen(page);
    page.set("looked_heading", say("調べた範囲", "Looked at"));
    page.set("looked_at", text(report_.looked_at));
    page.set("not_looked_heading", say("調べていないもの", "Not looked at"));
    page.set("not_looked_at", text(report_.not_looked_at));
    page.set("remark", say("自己点検の結果です。このページはこのパソコンの中で作られ、集計サーバーがなくても開けます。",
                           "This is the result of a self-check. The page is made on this PC and opens without the company's hub."));
    return page;
  }

 private:
  bool ja() const { return language_ == Language::ja; }
  std::string say(const char* in_japanese, const char* in_english) const { return ja() ? in_japanese : in_english; }
  static std::string text(const std::string& raw) { return platform::printable_utf8(raw); }
  static std::string class_of(Verdict verdict) { return platform::to_form(verdict).get<std::string>(); }
  static bool settled(Verdict verdict) { return verdict == Verdict::pass || verdict == Verdict::not_applicable; }
  std::string day(platform::Time time) const {
    return compliance::render_day(time, language_, compliance::Reader{reached_.offset_minutes, {}});
  }

  void set_head(data& page) const {
    page.set("language", say("ja", "en"));
    page.set("other_language", say("en", "ja"));
    page.set("other_file", say("page-en.html", "page.html"));
    page.set("other_name", say("English", "日本語"));
    page.set("title", text(say("このパソコン　", "This PC: ") + report_.device));
    page.set("heading", say("このパソコン", "This PC"));
    page.set("device", text(report_.device + (report_.os.empty() ? "" : say("　", " · ") + report_.os)));
    page.set("when", text(say("点検した日: ", "Checked on ") + report_.day + say("　", " · ") + report_.pack));
    page.set("old", say("この日付が1週間より前なら、点検が止まっています。担当者にお知らせください。",
                        "If that is more than a week ago, the checking has stopped: tell the person in charge."));
    page.set("answer", answer());
    page.set("unchanged", say("Gokajoは調べるだけで、設定は変えていません。", "Gokajo only looks. No settings were changed."));
    if (!reached_.not_arriving) return;
    data warning;
    warning.set("heading", say("報告先に届いていません", "Results do not arrive"));
    warning.set("text",
                say("7日より前から、点検の結果が報告先に届いていません。このパソコンがネットにつながっているか確かめ、担当者にお"
                    "知らせください。点検は続いています。",
                    "For more than 7 days no result has reached the place it is reported to. See whether this PC is on the network and "
                    "tell the person in charge. The checking goes on."));
    page.set("warning", warning);
  }

  std::string answer() const {
    int fail = 0, open = 0;
    for (const auto& rule : report_.rules) {
      fail += rule.verdict == Verdict::fail ? 1 : 0;
      open += rule.verdict == Verdict::unknown || rule.verdict == Verdict::ask ? 1 : 0;
    }
    const auto number = [](int count) { return std::to_string(count); };
    const auto all = number(static_cast<int>(report_.rules.size()));
    if (fail > 0)
      return ja() ? all + "か条のうち、直すものが" + number(fail) + "つあります。"
                  : number(fail) + " of the " + all + " rules " + (fail == 1 ? "needs" : "need") + " action.";
    if (open > 0)
      return ja() ? "直すところは見つかりませんでした。まだ分からないものが" + number(open) + "つあります。"
                  : "Nothing was found that needs action. " + number(open) + (open == 1 ? " rule is" : " rules are") + " still open.";
    return ja() ? "直すところは見つかりませんでした。" : "Nothing was found that needs action.";
  }

  // A sentence a rule: of those that decide it, the first; how many more there are stands below.
  void set_rules(data& page) const {
    page.set("rules_heading",
             ja() ? std::to_string(report_.rules.size()) + "か条の様子" : "The " + std::to_string(report_.rules.size()) + " rules");
    data rules{data::type::list};
    for (const auto& rule : report_.rules) {
      data out;
      out.set("number", std::to_string(rule.number));
      out.set("name", text(rule.name));
      out.set("verdict", rule.verdict_name);
      out.set("class", class_of(rule.verdict));
      data lines{data::type::list};
      for (const auto& finding : rule.findings)
        if (finding.verdict == rule.verdict) {
          lines << data{"line", text(first_line(finding.saw))};
          break;
        }
      out.set("lines", lines);
      rules << out;
    }
    page.set("rules", rules);
  }

  // To read with nothing but this page; the questions are asked where the answer can be kept, which is by the person's own program.
  void set_reading(data& page) const {
    if (!reading_ || reading_->empty()) return;
    data section, all{data::type::list};
    section.set("heading", say("お知らせ", "Briefings"));
    section.set(
        "how",
        say("読んだら、3つの質問に答えてください。アプリの一覧（スタートメニュー）の「Gokajo Learn」を開くと、まだ答えていないものの"
            "質問が出ます（ターミナルでは gokajo learn）。答えると記録され、次の報告で会社に届きます。ネットにつながっていなくてもできま"
            "す。点数や、まちがえた答えは残しません。",
            "Then answer three questions: open Gokajo Learn among the programs of this PC (in a terminal: gokajo learn); it "
            "asks what you have not answered yet. Your answers are recorded, and the next report tells the company so. It "
            "works without a network. No score and no wrong answer is kept."));
    for (const auto& one : *reading_) {
      data out;
      out.set("title", text(one.title.in(language_)));
      out.set("minutes", ja() ? "約" + std::to_string(one.minutes) + "分" : "about " + std::to_string(one.minutes) + " minutes");
      if (compliance::is_drill(one.id)) out.set("drill", say("年に1回の訓練です。", "The drill, once a year."));
      out.set("what", text(one.what_happens.in(language_)));
      out.set("notice_heading", say("気づくには", "How to notice"));
      out.set("notice", list_of(one.how_to_notice));
      out.set("todo_heading", say("すること", "What to do"));
      out.set("todo", list_of(one.what_to_do));
      all << out;
    }
    section.set("all", all);
    page.set("reading", section);
  }

  data list_of(const std::vector<compliance::Text>& texts) const {
    data list{data::type::list};
    for (const auto& one : texts) list << data{"line", text(one.in(language_))};
    return list;
  }

  static std::string first_line(const std::string& sentence) { return sentence.substr(0, sentence.find('\n')); }

  static bool of_briefings(const ReportFinding& finding) { return finding.check.starts_with("threats."); }

  std::string next_step(const ReportFinding& finding) const {
    if (of_briefings(finding) && !settled(finding.verdict))
      return say("下の「お知らせ」で読んで、質問に答えます（管理者の権限はいりません）。",
                 "Read it below, under Briefings, and answer the questions (no administrator needed).");
    if (finding.verdict == Verdict::ask)
      return say("答えるのは担当者です。あなたがすることはありません。",
                 "The person in charge answers this. There is nothing for you to do.");
    if (finding.verdict == Verdict::unknown)
      return say("危険という意味ではありません。次の点検で調べ直します。", "This does not mean danger. The next check looks again.");
    if (finding.fix.empty()) return say("担当者に、このページを見せてください。", "Show this page to the person in charge.");
    return "";
  }

  void add_todo(data& list, const ReportFinding& finding) const {
    data out;
    out.set("name", text(finding.name));
    out.set("verdict", finding.verdict_name);
    out.set("class", class_of(finding.verdict));
    out.set("saw", text(finding.saw));
    if (!finding.why.empty()) out.set("why", text(finding.why));
    data steps{data::type::list};
    // What is asked of the company is no task for whoever sits here.
    const bool mine = finding.verdict != Verdict::ask || of_briefings(finding);
    if (mine)
      for (const auto& step : finding.fix) steps << data{"step", text(step)};
    out.set("has_steps", data{mine && !finding.fix.empty()});
    out.set("steps", steps);
    if (const auto next = next_step(finding); !next.empty()) out.set("next", next);
    list << out;
  }

  void set_todo(data& page) const {
    page.set("todo_heading", say("すること", "What to do"));
    page.set("nothing_todo", say("今していただくことはありません。", "There is nothing for you to do now."));
    data todo{data::type::list};
    std::string rules;
    for (const auto wanted : {Verdict::fail, Verdict::ask, Verdict::unknown})
      for (const auto& rule : report_.rules) {
        // A rule that holds by another way needs nothing done.
        if (settled(rule.verdict)) continue;
        for (const auto& finding : rule.findings)
          if (finding.verdict == wanted) add_todo(todo, finding);
        if (rule.verdict == wanted && wanted == Verdict::fail)
          rules += (rules.empty() ? "" : say("、", ", ")) + (ja() ? "「" + text(rule.name) + "」" : text(rule.name));
      }
    page.set("rights", say("「sudo」とあるものや、設定を変えられないと出たものは、管理者の権限がいります。担当者に頼んでください。",
                           "What says sudo, or may not be changed by you, needs an administrator: ask the person in charge."));
    page.set("has_todo", data{!todo.is_empty_list()});
    page.set("todo", todo);
    set_words_to_say(page, rules);
  }

  void set_words_to_say(data& page, const std::string& rules) const {
    data words;
    words.set("heading", say("分からないとき", "If you are not sure"));
    words.set("how", say("無理に直さず、担当者に次のように伝えてください。", "Do not force it. Tell the person in charge this:"));
    const auto about = rules.empty()
                           ? say("このパソコンのページについて聞きたいことがあります。", "I have a question about this PC's page.")
                       : ja() ? rules + "が要対応です。"
                              : "action is needed in: " + rules + ".";
    const auto device = text(report_.device), day = text(report_.day);
    words.set("sentence", ja() ? "「" + device + "のGokajoの点検（" + day + "）で、" + about + "」"
                               : "\"Gokajo on " + device + ", checked on " + day + ": " + about + "\"");
    page.set("say", words);
  }

  void set_seen(data& page) const {
    page.set("seen_heading", say("会社に見えているもの", "What the company can see"));
    data reach{data::type::list};
    const auto add = [&](const std::string& line) { reach << data{"line", text(line)}; };
    if (!reached_.company) {
      add(say("何もありません。このパソコンは報告先に登録されておらず、点検の結果をどこにも送っていません。",
              "Nothing. This PC is not enrolled anywhere, and its results are sent nowhere."));
    } else {
      add(ja() ? "報告先: " + *reached_.company : "Reports go to: " + *reached_.company);
      add((ja() ? "最後に届いた日: " : "Last arrived on: ") +
          (reached_.received ? day(*reached_.received) : say("まだ届いていません", "not yet")));
      if (!reached_.sent)
        add(say("まだ何も送っていません。", "Nothing was sent yet."));
      else
        add(
            say("週に一度のメールには、パソコンの呼び名とすることだけが書かれ、ユーザー名やフォルダーの名前は書かれません。くわしい結果は、"
                "集計サーバーの画面を開ける人（担当者など）が見られます。勤怠や評価には使いません。",
                "The weekly mail names the PC and what is to be done, no accounts and no folders. Details are seen by whoever may open the "
                "hub's "
                "page, such as the person in charge. They are never used for attendance or appraisal."));
    }
    page.set("reach", reach);
    page.set("has_topics", data{reached_.company && reached_.sent});
    page.set("has_unsent", data{false});
    if (reached_.company && reached_.sent) set_topics(page);
  }

  std::string remark(Concerns person) const {
    if (person == Concerns::no) return "";
    return person == Concerns::yes ? say("（人に関わります）", "(concerns a person)")
                                   : say("（人に関わることがあります）", "(may concern a person)");
  }

  bool was_sent(const CollectedGroup& group) const {
    const auto& evidence = reached_.sent->evidence;
    return evidence.is_null() ||
           std::any_of(group.fields.begin(), group.fields.end(), [&](const std::string& field) { return holds_field(evidence, field); });
  }

  void set_topics(data& page) const {
    const auto& sent = *reached_.sent;
    page.set("topics_intro",
             sent.evidence.is_null()
                 ? say("送ることがあるものは次のとおりです（最後の報告は変わったところだけで、元の報告がここに残っていません）。"
                       "実際に送ったものは、管理者が gokajo show --last-report で一字一句見られます。",
                       "This is what may be sent (the last report held changes only, and what it builds on is not here any more). What was "
                       "really sent an administrator can read word for word with gokajo show --last-report.")
                 : (ja() ? day(sent.scanned_at) + "の報告に入っていたものは次のとおりです。"
                         : "The report of " + day(sent.scanned_at) + " held this. ") +
                       say("一字一句は、管理者が gokajo show --last-report で見られます。",
                           "Word for word an administrator can read it with gokajo show --last-report."));
    data topics{data::type::list}, unsent{data::type::list};
    for (const auto& topic : compliance::built_in_collected().topics) {
      data groups{data::type::list};
      std::size_t count = 0;
      for (const auto& group : topic.groups) {
        data entry;
        entry.set("what", text(group.what.in(language_)));
        if (!was_sent(group)) {
          unsent << entry;
          continue;
        }
        if (group.person != Concerns::no) entry.set("person", remark(group.person));
        groups << entry;
        ++count;
      }
      if (count == 0) continue;
      data out;
      out.set("name", text(topic.name.in(language_) + (ja() ? "（" + std::to_string(count) + "）" : " (" + std::to_string(count) + ")")));
      out.set("groups", groups);
      topics << out;
    }
    page.set("topics", topics);
    page.set("has_unsent", data{!unsent.is_empty_list()});
    page.set("unsent_heading",
             say("集めることがあるが、この報告には入っていなかったもの", "What may be collected but was not in this report"));
    page.set("unsent", unsent);
  }

  void set_unseen(data& page) const {
    page.set("unseen_heading", say("会社に見えていないもの", "What the company cannot see"));
    data unseen{data::type::list};
    for (const auto& never : compliance::built_in_collected().never) unseen << data{"what", text(never.in(language_))};
    unseen << data{"what", say("このページを開いたこと。", "That you opened this page.")};
    page.set("unseen", unseen);
  }

  const Report& report_;
  const std::optional<std::vector<compliance::Briefing>>& reading_;
  const Reached& reached_;
  Language language_;
};

}  // namespace

std::string render_own_page(const OwnPage& page, const Reached& reached, Language language) {
  mustache made{page_template("own_page.html")};
  return made.render(OwnPageView(page, reached, language).make());
}

}  // namespace gokajo::agent

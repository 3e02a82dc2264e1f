#include "agent/diagnosis.h"

#include <filesystem>

#include "agent/handed_out.h"
#include "agent/hub_request.h"
#include "agent/person_message.h"
#include "agent/state.h"
#include "platform/file_lock.h"
#include "platform/own_file.h"
#include "platform/person_channel.h"
#include "platform/service_manager.h"
#include "platform/system_proxy.h"

namespace gokajo::agent {

using platform::as_administrator, platform::start_command;

using compliance::Text;
using platform::Error, platform::ErrorKind, platform::Json, platform::Result;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSmall = 64U << 10U;
constexpr std::chrono::hours kScanOverdue{8 * 24};

std::vector<std::string> denied_checks(const std::string& directory, bool& scanned) {
  std::vector<std::string> denied;
  const auto text = platform::read_own_file(directory + "/last-scan.json", kMaxStateBytes);
  const auto json = text ? platform::parse_json(*text, kMaxStateBytes) : Result<Json>(text.error());
  scanned = json.has_value();
  if (!json || !json->is_object() || !json->contains("findings") || !json->at("findings").is_array()) return denied;
  for (const auto& finding : json->at("findings")) {
    const Json::json_pointer reason("/absent/reason");
    if (finding.is_object() && finding.contains(reason) && finding.at(reason) == "denied" && finding.contains("check") &&
        finding.at("check").is_string())
      denied.push_back(finding.at("check").get<std::string>());
  }
  return denied;
}

Diagnosis good(Text what) { return {true, std::move(what), {}}; }
Diagnosis bad(Text what, Text advice) { return {false, std::move(what), std::move(advice)}; }

Diagnosis of_clock(const platform::Moment& now) {
  // Programs and certificates are of 2026 or later; those after 2050 are nobody's yet.
  static const auto kEarliest = *platform::parse_time("2026-01-01"), kLatest = *platform::parse_time("2050-01-01");
  if (now.wall >= kEarliest && now.wall < kLatest) return good({"日付は合っていそうです。", "The date seems right."});
  return bad({"このPCの日付が違っています。", "This PC's date is wrong."},
             {"日付と時刻の自動設定をオンにしてください（" + platform::automatic_time() + "）。違う日付では相手を確かめられません。",
              "Turn automatic date and time on (" + platform::automatic_time() + "). With a wrong date no hub can be verified."});
}

// What the service found in its folder's place.
void of_start(const StartRecord& start, std::vector<Diagnosis>& all) {
  for (const auto& one : start.set_aside) {
    const auto day = platform::format_time(one.at).substr(0, 10);
    all.push_back(
        bad({"サービスの記録のフォルダーが、ほかの人にも変えられる状態でした（" + day + "）。使わずに移しました: " + one.folder,
             "Somebody else could have changed the service's folder (" + day + "). It is not used, and was set aside: " + one.folder},
            {"だれが作ったものかを管理者が調べ、要らなければ消してください。このPCの登録がなくなっていれば、登録し直してください: " +
                 as_administrator("gokajo enroll アドレス") + " (" + one.why + ")",
             "See who made it, and remove it if nobody needs it. If this PC is no longer enrolled, enrol it again: " +
                 as_administrator("gokajo enroll ADDRESS") + " (" + one.why + ")"}));
  }
  if (start.stays_loose)
    all.push_back(bad(
        {"サービスの記録のフォルダーのアクセス許可を、元に戻せません。", "The access list of the service's folder cannot be put right."},
        {"フォルダーのアクセス許可を SYSTEM と Administrators だけにしてください。(" + start.mended + ")",
         "Let SYSTEM and Administrators alone into the folder. (" + start.mended + ")"}));
  else if (!start.mended.empty())
    all.push_back(
        good({"サービスの記録のフォルダーのアクセス許可を、元に戻しました。", "The access list of the service's folder was put right."}));
  if (start.acl_unverifiable)
    all.push_back(
        bad({"サービスの記録のフォルダーをほかの人が変えられないか、確かめられません（acl_unverifiable）。",
             "Whether others can change the service's folder cannot be told (acl_unverifiable)."},
            {"Wineはアクセス許可を保ちません。本物のWindowsで使ってください。", "Wine keeps no access lists. Use a real Windows."}));
}

// Of whatever version: a hub that is ahead is a hub. A login page has status 200 too.
bool is_settings(const std::string& body) {
  const auto json = platform::parse_json(body, protocol::kMaxSettingsBytes);
  const auto format = json && json->is_object() && json->contains("format") ? json->at("format") : platform::Json();
  return format.is_string() && format.get_ref<const std::string&>().starts_with("gokajo-settings/");
}

Diagnosis of_reply(const AgentState& state, const Result<HttpReply>& reply) {
  const auto& hub = state.enrolment->hub;
  if (!reply && reply.error().kind == ErrorKind::denied)
    return bad(
        {"集計サーバーの証明書が確かめられません: " + hub, "The hub's certificate does not hold: " + hub},
        {"日付を確かめてください。合っていれば、集計サーバーの担当者に証明書の期限と名前をたずねてください。結果は送らずに保管しています。"
         "(" +
             reply.error().detail + ")",
         "Check the date. If it is right, ask whoever runs the hub about its certificate's dates and name. Results are kept, not sent. (" +
             reply.error().detail + ")"});
  if (!reply && reply.error().detail.starts_with(platform::kProxyWantsSignIn))
    return bad({"会社のプロキシが、ユーザー名とパスワードを求めています。", "The proxy here wants a user name and a password."},
               {"Gokajoはパスワードを預かりません。集計サーバー（" + hub +
                    "）へは認証なしで通すよう、プロキシの担当者に頼んでください。結果は送らずに保管しています。",
                "Gokajo keeps no password. Ask whoever runs the proxy to let connections to the hub (" + hub +
                    ") through without one. Results are kept, not sent."});
  if (!reply)
    return bad(
        {"集計サーバーにつながりません: " + hub, "The hub cannot be reached: " + hub},
        {"ネット、アドレス、プロキシの設定を確かめてください。つながれば、たまった結果は自動で送られます。(" + reply.error().detail + ")",
         "Check the network, the address and the proxy. What waits is sent by itself once it can be. (" + reply.error().detail + ")"});
  if (reply->status == 304 || (reply->status == 200 && is_settings(reply->body)))
    return good({"集計サーバーにつながります: " + hub, "The hub answers: " + hub});
  const auto problem = problem_of(*reply);
  if (!problem)
    return bad({"集計サーバーではないものが答えました（" + std::to_string(reply->status) + "）: " + hub,
                "Something that is no hub answered (" + std::to_string(reply->status) + "): " + hub},
               {"会社や店のネットに、ログイン画面がないか確かめてください。", "See whether the network here wants a login first."});
  if (problem->problem == protocol::ProblemKind::removed || problem->problem == protocol::ProblemKind::refused)
    return bad({"集計サーバーは、このPCを知らないと答えました。", "The hub says it does not know this PC."},
               {"担当者に新しいコードをもらい、もう一度登録してください: " + as_administrator("gokajo enroll アドレス"),
                "Get a new code from the person in charge and enrol again: " + as_administrator("gokajo enroll ADDRESS")});
  return bad({"集計サーバーは、いまは受け取れないと答えました。", "The hub says it cannot take reports just now."},
             {"待てば自動で送られます。1日たっても続くときは、集計サーバーの担当者に伝えてください。",
              "They are sent by themselves later. If it lasts a day, tell whoever runs the hub."});
}

}  // namespace

Result<AgentState> read_agent_state(const std::string& directory) {
  AgentState state;
  std::error_code problem;
  if (!fs::exists(directory, problem)) return state;
  fs::directory_iterator listed(directory, problem);
  if (problem) return Error{ErrorKind::denied, directory + ": " + problem.message()};
  auto enrolment = read_enrolment(directory);
  if (enrolment)
    state.enrolment = std::move(*enrolment);
  else if (enrolment.error().kind != ErrorKind::not_found)
    state.enrolment_problem = enrolment.error().detail;
  if (state.enrolment)
    if (const auto key = device_key(directory); !key) state.key_problem = key.error().detail;
  if (fs::exists(directory + "/lock", problem))
    if (const auto lock = platform::FileLock::take(directory + "/lock")) state.running = !lock->has_value();
  if (state.running == true)
    if (auto answer = platform::ask_over_channel(platform::kPersonChannelName, {}, write_person_message({.wish = PersonWish::notices}));
        !answer && answer.error().kind != ErrorKind::unsupported)
      state.channel_problem = answer.error();
  state.uplink = read_uplink_record(directory);
  if (auto settings = read_hub_settings(directory)) state.settings = std::move(*settings);
  if (auto pack = pack_in_force(directory, state.settings ? state.settings->pack : kDefaultPack)) state.pack = std::move(*pack);
  state.handed_out = briefings_of_hub(directory);
  const auto schedule = platform::read_own_file(directory + "/schedule.json", kMaxSmall);
  state.schedule = read_schedule_record(schedule ? *schedule : "");
  for (fs::directory_iterator at(directory + "/spool", problem), end; !problem && at != end; at.increment(problem))
    if (at->path().extension() == ".report") {
      std::error_code gone;
      ++state.waiting;
      state.waiting_bytes += static_cast<std::int64_t>(at->file_size(gone));
    }
  state.denied = denied_checks(directory, state.scanned);
  state.start = start_record(directory);
  std::erase_if(state.start.set_aside, [&](const SetAside& one) { return !fs::exists(fs::u8path(one.folder), problem); });
  return state;
}

Text contact_text(HubContact contact) {
  switch (contact) {
    case HubContact::well:
      return {"前回は問題なく受け取られました。", "The last report was received."};
    case HubContact::unreachable:
      return {"集計サーバーにつながりません。", "The hub cannot be reached."};
    case HubContact::certificate:
      return {"集計サーバーの証明書が確かめられません。", "The hub's certificate does not hold."};
    case HubContact::not_the_hub:
      return {"集計サーバーではないものが答えました。", "Something that is no hub answered."};
    case HubContact::busy:
      return {"集計サーバーが混んでいます。", "The hub is busy."};
    case HubContact::newer:
      return {"集計サーバーの版が古く、受け取れません。", "The hub is too old for these reports."};
    case HubContact::refused:
      return {"集計サーバーが受け取りを断りました。", "The hub refused the reports."};
    case HubContact::removed:
      return {"集計サーバーから外されています。", "This PC was taken out of the hub."};
    case HubContact::number_used:
      return {"もう一度登録が必要です。", "This PC must be enrolled again."};
  }
  return {"", ""};
}

std::vector<Diagnosis> diagnose(const AgentState& state, const std::optional<Result<HttpReply>>& reply, const platform::Moment& now) {
  std::vector<Diagnosis> all;
  all.push_back(of_clock(now));
  if (state.running == true)
    all.push_back(good({"サービスは動いています。", "The service is running."}));
  else
    all.push_back(bad({"サービスが動いていません。", "The service is not running."},
                      {"動かしてください: " + start_command("gokajo"), "Start it: " + start_command("gokajo")}));
  if (!state.scanned || (state.schedule.last_scan && elapsed(*state.schedule.last_scan, now) > kScanOverdue))
    all.push_back(bad({"1週間より長く点検されていません。", "There was no scan for more than a week."},
                      {"点検してみてください: " + as_administrator("gokajo scan"), "Try a scan: " + as_administrator("gokajo scan")}));
  else
    all.push_back(good({"点検されています。", "Scans take place."}));
  if (!state.denied.empty()) {
    std::string checks;
    for (const auto& check : state.denied) checks += (checks.empty() ? "" : ", ") + check;
    all.push_back(
        bad({"権限がなく測れなかったものがあります: " + checks, "Some things could not be measured for want of rights: " + checks},
            {"PCを守るしくみ（" + platform::guards_of_system() +
                 "など）の記録に gokajo がないか、サービスの設定を変えていないかを確かめてください。",
             "Look for gokajo in the logs of what protects the PC (" + platform::guards_of_system() +
                 " and the like), and whether the service was changed."}));
  }
  of_start(state.start, all);
  if (!state.enrolment_problem.empty())
    all.push_back(bad({"登録の記録が読めません: " + state.enrolment_problem, "The enrolment cannot be read: " + state.enrolment_problem},
                      {"もう一度登録してください: " + as_administrator("gokajo enroll アドレス"),
                       "Enrol again: " + as_administrator("gokajo enroll ADDRESS")}));
  if (!state.enrolment) {
    if (state.enrolment_problem.empty())
      all.push_back(good({"どこにも登録されていません（報告しません）。", "Not enrolled: nothing is reported."}));
    return all;
  }
  if (!state.key_problem.empty())
    all.push_back(
        bad({"このPCの鍵が使えません: " + state.key_problem, "This PC's key cannot be used: " + state.key_problem},
            {"ほかの人に読まれたかもしれない鍵や壊れた鍵は、ファイルを消して登録し直してください（新しいPCとして登録されます）: " +
                 as_administrator("gokajo enroll アドレス"),
             "Delete the file of a key that is damaged or that others may have read, and enrol again, as a new PC: " +
                 as_administrator("gokajo enroll ADDRESS")}));
  if (reply) all.push_back(of_reply(state, *reply));
  if (state.uplink.contact == HubContact::number_used)
    all.push_back(
        bad(contact_text(HubContact::number_used),
            {"PCの復元などで報告の番号が戻りました。新しいコードで登録してください: " + as_administrator("gokajo enroll アドレス"),
             "Report numbers went back, as after a restored disk. Enrol with a new code: " + as_administrator("gokajo enroll ADDRESS")}));
  if (state.uplink.unreceipted_since && elapsed(*state.uplink.unreceipted_since, now) >= kTellAfter)
    all.push_back(
        bad({"報告先に届いていません（7日以上、送信待ち " + std::to_string(state.waiting) + "件）。",
             "Reports have not arrived for more than 7 days (" + std::to_string(state.waiting) + " wait)."},
            {"上の問題が直れば、自動で送られます。消えたものはありません。", "They are sent by themselves once the above is mended."}));
  if (state.channel_problem)
    all.push_back(
        bad({"このパソコンを使う人に、お知らせを出せません: " + state.channel_problem->detail,
             "The people at this PC cannot be told anything: " + state.channel_problem->detail},
            {"点検と報告は続いています。サービスを始め直しても同じなら、同じ名前（" + std::string(platform::kPersonChannelName) +
                 "）を使うほかのプログラムを調べてください。",
             "Checking and reporting go on. If it is the same after a new start of the service, look for another program that uses "
             "the name " +
                 std::string(platform::kPersonChannelName) + "."}));
  return all;
}

}  // namespace gokajo::agent

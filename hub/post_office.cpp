#include "hub/post_office.h"

#include <algorithm>

#include "hub/demo/marker.h"
#include "hub/export/metrics.h"
#include "hub/hub_toml.h"
#include "hub/in_transaction.h"
#include "hub/mail/kept_settings.h"
#include "hub/open_store.h"
#include "platform/durable_file.h"
#include "platform/own_file.h"

namespace gokajo::hub {

using platform::Error, platform::ErrorKind, platform::Result, platform::Time;

namespace {

constexpr std::chrono::seconds kRound{60};
constexpr std::chrono::seconds kLook{2};  // for a link that somebody waits for
constexpr std::chrono::minutes kSign{10};
constexpr std::chrono::hours kStopped{1};
constexpr std::size_t kMaxFile = 1U << 20U;
// Where no mail server is set nothing leaves this PC: the address stands only in the files of the outbox.
constexpr const char* kNobody = "gokajo@localhost";

struct Alive {
  Time alive_at{};
};
BOOST_DESCRIBE_STRUCT(Alive, (), (alive_at))

std::string sign_file(const std::string& directory) { return directory + "/alive.json"; }

// Whether a link was asked for since the round before: the person stands there with the page open.
bool somebody_waits(MailQueue& queue, Time round, Time now) {
  const auto due = queue.due(now, 20);
  return due && std::any_of(due->begin(), due->end(), [&](const Mail& mail) { return mail.kind == "link" && mail.created >= round; });
}

}  // namespace

PostmasterSettings postmaster_settings(const std::optional<MailSettings>& mail) {
  PostmasterSettings settings;
  settings.from = mail ? mail->from : Mailbox{"Gokajo", kNobody};
  if (mail) settings.reply_to = mail->reply_to;
  return settings;
}

Result<std::optional<MailSettings>> find_mail_settings(const std::string& directory) {
  // A demo writes to people who do not exist, in the name of companies that may.
  if (demo::is_demo(directory)) return std::optional<MailSettings>();
  return from_hub_toml(directory, [](const std::string& text) { return read_mail_settings(text); });
}

Result<std::string> find_public_url(const std::string& directory) {
  const auto url = from_hub_toml(directory, [](const std::string& text) { return read_public_url(text); });
  if (!url) return url.error();
  return url->value_or("");
}

Result<std::string> find_metrics_token(const std::string& directory) {
  const auto file = from_hub_toml(directory, [](const std::string& text) { return read_metrics_settings(text); });
  if (!file) return file.error();
  if (!*file) return std::string();
  const auto text = platform::read_own_file(**file, kMaxFile);
  if (!text) return Error{text.error().kind, **file + ": " + text.error().detail};
  auto token = text->substr(0, text->find_first_of("\r\n"));
  constexpr std::size_t kShortest = 16;
  if (token.size() < kShortest) return Error{ErrorKind::malformed, **file + ": expected a token of at least 16 characters"};
  return token;
}

Result<Round> post_once(Store& store, MailQueue& queue, Sender& sender, const PostmasterSettings& settings, Time now,
                        const std::optional<Stopped>& stopped) {
  Round round;
  const auto queued = Postmaster(store, queue, settings).run(now, stopped);
  auto sent = sender.run(now);
  if (!queued) return queued.error();
  if (!sent) return sent.error();
  round.queued = *queued;
  round.sent = std::move(*sent);
  return round;
}

platform::Status post_test(Store& store, const std::optional<MailSettings>& settings, Time now) {
  auto test = mail_test(store);
  if (!test) return test.error();
  if (!*test || (*test)->done) return platform::Done{};
  std::optional<SmtpFailure> failure;
  if (!settings) {
    (*test)->why = {"メールサーバーが設定されていません。", "No mail server is set."};
  } else {
    const auto message = test_message(*settings, (*test)->to, compliance::Language::ja, now);
    if (!message) return message.error();
    failure = send_test_mail(*settings, (*test)->to, *message, now);
    if (failure) (*test)->why = explanation(*failure);
  }
  (*test)->done = true;
  (*test)->sent = settings && !failure;
  return in_transaction(store, store.begin(), [&] { return keep_mail_test(store, **test); });
}

std::optional<Stopped> stopped_before(const std::string& directory, Time start) {
  const auto text = platform::read_own_file(sign_file(directory), kMaxFile);
  const auto json = text ? platform::parse_json(*text, kMaxFile) : Result<platform::Json>(text.error());
  Alive alive;
  if (!json || !platform::read_form(*json, alive, platform::Place{"alive"})) return std::nullopt;
  if (start - alive.alive_at < kStopped) return std::nullopt;
  return Stopped{alive.alive_at, start, true};
}

PostOffice::PostOffice(PostOfficeOptions options) : options_(std::move(options)), thread_([this] { run(); }) {}

PostOffice::~PostOffice() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void PostOffice::run() {
  try {
    post();
  } catch (const std::exception& problem) {
    // Mails wait in the queue. The next start of the hub tries again; a loop here would do the same wrong each minute.
    options_.complain(
        {ErrorKind::failed, std::string("mail: a fault of this program, no more mails until it is started again: ") + problem.what()});
  }
}

void PostOffice::post() {
  auto store = open_store(options_.database);
  auto queue = open_mail_queue(options_.database);
  if (!store || !queue) {
    options_.complain(store ? queue.error() : store.error());
    return;
  }
  Sender sender(**queue, std::nullopt, options_.directory + "/outbox");
  PublicLink link(options_.public_url, options_.link_changed);
  auto postmaster = options_.postmaster;
  postmaster.link = [&link](Time now) { return link.at(now); };
  (void)link.at(options_.clock());
  auto stopped = stopped_before(options_.directory, options_.clock());
  std::optional<Time> signed_at;
  for (;;) {
    const auto now = options_.clock();
    // A machine that slept did not tell us: the clock shows it.
    if (signed_at && now - *signed_at >= kStopped + kSign) stopped = Stopped{*signed_at, now, true};
    const auto mail = options_.mail ? options_.mail(**store) : Result<std::optional<MailSettings>>(std::optional<MailSettings>());
    // Of several hubs one sees to the mails.
    const auto leads = (*queue)->leads();
    // What cannot be read now may be readable again: until then nothing is sent, and nothing put aside.
    const auto round = [&]() -> Result<Round> {
      if (!leads) return leads.error();
      if (!*leads) return Round{};
      if (!mail) return mail.error();
      sender.use(*mail);
      const auto of_now = postmaster_settings(*mail);
      postmaster.from = of_now.from;
      postmaster.reply_to = of_now.reply_to;
      if (auto tested = post_test(**store, *mail, now); !tested) options_.complain(tested.error());
      return post_once(**store, **queue, sender, postmaster, now, stopped);
    }();
    if (!round) options_.complain(round.error());
    if (round && round->sent.last) options_.complain({ErrorKind::failed, "mail: " + round->sent.last->detail});
    if (!signed_at || now - *signed_at >= kSign || now < *signed_at) {
      signed_at = now;
      const auto kept = platform::write_file_durably(sign_file(options_.directory), platform::to_form(Alive{now}).dump() + "\n");
      if (!kept) options_.complain(kept.error());
    }
    const bool works = round && leads && *leads;
    for (auto waited = kLook; waited <= kRound; waited += kLook) {
      {
        std::unique_lock lock(mutex_);
        if (wake_.wait_for(lock, kLook, [this] { return ending_; })) return;
      }
      if (works && somebody_waits(**queue, now, options_.clock())) break;
    }
  }
}

}  // namespace gokajo::hub

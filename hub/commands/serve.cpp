#include <atomic>
#include <cstdio>
#include <thread>

#include "hub/commands/link.h"
#include "hub/declaring/page_desk.h"
#include "hub/demo/marker.h"
#include "hub/feeds/desk.h"
#include "hub/in_transaction.h"
#include "hub/mail/kept_settings.h"
#include "hub/open_store.h"
#include "hub/post_office.h"
#include "hub/repeats.h"
#include "hub/service.h"
#include "hub/store_watch.h"
#include "hub/strict_transport.h"
#include "hub/web/link_mail.h"
#include "hub/web/links.h"
#include "platform/bytes.h"
#include "platform/event_log.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "platform/own_names.h"
#include "platform/service.h"

namespace gokajo::hub {
namespace {

using platform::Error;

// No clock of a hub shows a time from before this program was written.
constexpr platform::Time kWritten{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}};
constexpr std::size_t kMaxPem = 256U << 10U;

struct Options {
  std::string listen = "::";
  unsigned short port = 8443;
  std::string certificate;
  std::string key;
  std::vector<std::string> names;
  double requests_per_second = 100;
};

std::vector<std::string> names_of(const Options& options) {
  const auto own = platform::own_names();
  auto names = options.names;
  if (!own.host_name.empty()) names.push_back(own.host_name);
  names.insert(names.end(), own.addresses.begin(), own.addresses.end());
  for (const char* here : {"localhost", "127.0.0.1", "::1"}) names.emplace_back(here);
  return names;
}

// What stands on the enrolment sheet: names by which other machines can call this one.
std::vector<std::string> shown_names(const Options& options, const CertificateFacts& facts) {
  if (!options.names.empty()) return options.names;
  if (!options.certificate.empty()) return facts.names;
  const auto own = platform::own_names();
  std::vector<std::string> names = own.addresses;
  if (!own.host_name.empty()) names.insert(names.begin(), own.host_name);
  return names;
}

void tell_missing_names(const Session& session, const Options& options, const CertificateFacts& facts) {
  for (const auto& name : options.names)
    if (!covers(facts.names, name))
      std::fprintf(stderr,
                   session.say("gokajo-hub: 証明書に「%s」がありません。この名前ではPCがつながりません。\n",
                               "gokajo-hub: the certificate lacks \"%s\": no PC will connect by this name.\n"),
                   platform::printable_utf8(name).c_str());
  if (facts.not_after <= session.now)
    std::fprintf(stderr, "%s\n",
                 session.say("gokajo-hub: 証明書の期限が切れています。PCはつながりません。",
                             "gokajo-hub: the certificate has ended: no PC will connect."));
}

platform::Result<CertificateFiles> certificate_of(const Session& session, const Options& options, const std::string& directory) {
  if (!options.certificate.empty()) return CertificateFiles{options.certificate, options.key};
  return own_certificate(directory + "/tls", names_of(options), session.now);
}

// What the start before left; none where there is none, or where it cannot be read.
std::optional<Serving> served_before(const HubState& state) {
  auto before = read_serving(state);
  if (!before) return std::nullopt;
  return std::move(*before);
}

// Looks at what may keep PCs away, tells it, and lets the page tell it.
void check_start(const Session& session, const Options& options, Service& service, const std::optional<Serving>& before,
                 const Serving& serving, const std::string& directory) {
  const auto own = platform::own_names();
  auto findings = startup_findings({platform::sleep_settings(), own, before, serving, options.listen, session.now});
  for (const auto& finding : findings) {
    const auto sentence = startup_sentence(finding, session.language);
    std::fprintf(stderr, "gokajo-hub: %s\n", platform::printable_utf8(sentence).c_str());
    platform::log_event(platform::Event::note, {sentence});
  }
  std::function<void(Time)> reached;
  if (!serving.reached)
    reached = [&session, directory, serving = Serving(serving)](Time now) mutable {
      serving.reached = now;
      if (auto written = write_serving(directory, serving); !written) complain(session, written.error());
    };
  service.tell(std::move(findings), FirstContact(own, std::move(reached)));
}

// What the administrator of a running hub must know, in its log; of what lasts a line in ten minutes.
void tell(const Session& session, const Error& error, Repeats& repeats) {
  const auto is = [&](const char* part) { return error.detail.find(part) != std::string::npos; };
  const bool full = is(kDiskFull);
  const char* words =
      full || is(kNotStored)
          ? session.say("PCから届いた結果を保存できないため、受け取りを断っています。結果は各PCに保管されていて、失われません。",
                        "Reports cannot be stored, so they are not taken. The PCs keep them; nothing is lost.")
      : is(kStoredAgain) ? session.say("結果をまた保存できるようになりました。", "Reports can be stored again.")
                         : nullptr;
  if (!repeats.shall_tell(error.detail, std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()))) return;
  if (error.detail.starts_with(kFileNotUsed)) {
    std::fprintf(stderr, "gokajo-hub: %s%s\n",
                 session.say("ルール集かお知らせのファイルが使えないため、内蔵のものを使い続けます: ",
                             "A file of a pack or briefing cannot be used; what is compiled in goes on: "),
                 platform::printable_utf8(error.detail.substr(kFileNotUsed.size())).c_str());
    return;
  }
  if (!words) {
    complain(session, error);
    return;
  }
  platform::log_event(platform::Event::note, {words});
  std::fprintf(stderr, "gokajo-hub: %s%s\n", words,
               full ? session.say("ディスクがいっぱいです。空きを作ってください。", " The disk is full: please make room.") : "");
}

// The pages need their first person. A link stands on a terminal only: a log is read by others.
platform::Status invite_first(const Session& session, HubState& state, const std::string& address) {
  const auto people = state.store->has_people();
  if (!people) return people.error();
  if (*people) return platform::Done{};
  if (!platform::is_terminal(platform::Stream::out)) {
    print(session.say("はじめの設定: gokajo-hub person set-up を実行すると、行き先が表示されます。",
                      "first set-up: gokajo-hub person set-up prints the address"));
    return platform::Done{};
  }
  const auto link = in_transaction(*state.store, state.store->begin(),
                                   [&] { return make_set_up_link(*state.store, state.pepper, address, session.now); });
  if (!link) return link.error();
  print(session.say("はじめの設定（24時間、1回だけ開けます）:", "first set-up (opens once, within 24 hours):"));
  print(*link);
  return platform::Done{};
}

// Ends the hub when its service manager or a person wants that.
class EndsWhenWished {
 public:
  EndsWhenWished(platform::StopWish& stop, Service& service)
      : waiting_([&stop, &service, this] {
          while (!ended_ && !stop.wait(std::chrono::seconds{1})) {
          }
          service.stop();
        }) {}
  ~EndsWhenWished() {
    ended_ = true;
    waiting_.join();
  }
  EndsWhenWished(const EndsWhenWished&) = delete;
  EndsWhenWished& operator=(const EndsWhenWished&) = delete;

 private:
  std::atomic<bool> ended_{false};
  std::thread waiting_;
};

int serve(const Session& session, const Options& options) {
  platform::StopWish stop;  // before the first thread
  if (options.certificate.empty() != options.key.empty())
    return misuse(session, session.say("--certificate と --key は一緒に指定してください", "--certificate and --key go together"));
  if (session.now < kWritten) {
    std::fprintf(stderr, "%s\n",
                 session.say("gokajo-hub: このPCの日付が正しくありません。日付と時刻を直してから、もう一度始めてください。",
                             "gokajo-hub: the date of this PC is wrong. Please set date and time, then start again."));
    return kConfig;
  }
  auto state = open_state(hub_directory(session.state), [](const std::string& line) {
    std::fprintf(stderr, "gokajo-hub: %s\n", platform::printable_utf8(line).c_str());
  });
  if (!state) return complain(session, state.error());
  const auto directory = state->directory;
  auto files = certificate_of(session, options, directory);
  if (!files) return complain(session, files.error());
  const auto pem = options.certificate.empty() ? platform::read_own_file(files->certificate, kMaxPem)
                                               : platform::read_own_file(options.certificate, kMaxPem);
  if (!pem) return complain(session, pem.error());
  const auto facts = read_certificate(*pem);
  if (!facts) return complain(session, facts.error());
  tell_missing_names(session, options, *facts);

  const auto mail = mail_in_force(directory, *state->store, state->pepper);
  if (!mail) return complain(session, mail.error());
  const auto public_url = find_public_url(directory);
  if (!public_url) return complain(session, public_url.error());
  auto strict_transport = find_strict_transport(directory, *public_url);
  if (!strict_transport) return complain(session, strict_transport.error());
  const auto metrics_token = find_metrics_token(directory);
  if (!metrics_token) return complain(session, metrics_token.error());
  const auto feeds = find_feed_settings(directory);
  if (!feeds) return complain(session, feeds.error());
  const auto before = served_before(*state);
  const auto database = state->database();
  const auto library = state->library;
  const auto clock = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };

  ServerOptions server;
  server.address = options.listen;
  server.port = options.port;
  server.certificate = *files;
  server.requests_per_second = options.requests_per_second;
  server.burst = options.requests_per_second * 6;
  server.strict_transport = std::move(*strict_transport);
  auto service = Service::start(std::move(*state), std::move(server), clock);
  if (!service) {
    if (service.error().detail.find(kPortTaken) != std::string::npos)
      std::fprintf(
          stderr, "%s\n",
          session.say("gokajo-hub: このポートはほかのプログラムが使っています。gokajo-hubがもう動いていないか確かめるか、--port "
                      "で別の番号にしてください。",
                      "gokajo-hub: another program uses this port. See whether gokajo-hub runs already, or give another with --port."));
    return complain(session, service.error());
  }
  const Serving serving{shown_names(options, *facts),
                        (*service)->port(),
                        facts->pin,
                        before && before->started ? before->started : session.now,
                        before ? before->reached : std::nullopt,
                        options.certificate.empty()};
  if (auto written = write_serving(directory, serving); !written) return complain(session, written.error());
  print(std::string(session.say("待ち受け: ", "listening: ")) + options.listen + " " + std::to_string((*service)->port()) + "/tcp");
  print("pin: " + facts->pin);
  if (demo::is_demo(directory))
    print(session.say("デモです。メールは送らず（outbox フォルダーにためます）、PCからの結果も受け取りません。",
                      "this is a demo: it sends no mail (mails stay in the folder outbox) and takes nothing from PCs."));
  else if (!mail->settings)
    print(session.say("メール: 送信の設定がないため、outbox フォルダーにためます。",
                      "mail: no server is set, so mails wait in the folder outbox."));
  auto again = open_state(directory);
  if (!again) return complain(session, again.error());
  const auto address = hub_address(*again);
  if (!address) return complain(session, address.error());
  if (auto invited = invite_first(session, *again, *address); !invited) return complain(session, invited.error());
  const std::shared_ptr<MailQueue> queue = [&] {
    auto opened = open_mail_queue(database);
    return opened ? std::move(*opened) : nullptr;
  }();
  if (!queue) return complain(session, Error{platform::ErrorKind::failed, database});
  // On the pages' thread, which alone uses this second store from here on.
  (*service)->open_pages(
      *address,
      [queue, &again, clock](const LinkMail& letter) -> platform::Status {
        const auto now_set = mail_in_force(again->directory, *again->store, again->pepper);
        if (!now_set) return now_set.error();
        return queue_link(*queue, postmaster_settings(now_set->settings), letter, clock());
      },
      [](const std::string& line) {
        const auto safe = platform::printable_utf8(line);
        std::fprintf(stderr, "gokajo-hub: %s\n", safe.c_str());
        platform::log_event(platform::Event::note, {safe});
      });
  (*service)->guard_metrics(*metrics_token);
  std::fflush(stdout);
  Repeats repeats;
  const auto log = [&](const Error& error) { tell(session, error, repeats); };
  check_start(session, options, **service, before, serving, directory);
  const auto settings_of_mail = [directory, pepper = again->pepper](Store& store) -> platform::Result<std::optional<MailSettings>> {
    auto now_set = mail_in_force(directory, store, pepper);
    if (!now_set) return now_set.error();
    return std::move(now_set->settings);
  };
  PostOfficeOptions options_of_mail{directory, database, settings_of_mail, postmaster_settings(mail->settings), clock, *public_url, {}, {}};
  options_of_mail.postmaster.library = library.get();
  options_of_mail.complain = log;
  options_of_mail.link_changed = [&session, &public_url](const std::optional<LinkFailure>& failure) {
    tell_of_link(session, *public_url, failure);
    std::fflush(stdout);
  };
  const PostOffice office(std::move(options_of_mail));
  const FeedDesk desk({database, *feeds, clock, log});
  // A demo's companies have no pages of their own.
  std::optional<PageDesk> pages;
  if (!demo::is_demo(directory)) pages.emplace(PageDeskOptions{database, clock, log});
  (void)platform::notify_service_manager("READY=1");
  platform::log_event(platform::Event::started, {GOKAJO_VERSION});
  {
    const EndsWhenWished ending(stop, **service);
    (*service)->run(log);
  }
  (void)platform::notify_service_manager("STOPPING=1");
  platform::log_event(platform::Event::stopped);
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, Session& session) {
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("serve", session.say("PCからの結果を受け取ります", "Take the results of PCs"));
  add_common_options(*command, session);
  command->add_option("--listen", options->listen, session.say("待ち受けるアドレス", "address to listen on"))->type_name("ADDRESS");
  command->add_option("--port", options->port, session.say("待ち受けるポート", "port to listen on"))->type_name("PORT");
  command
      ->add_option("--name", options->names,
                   session.say("PCがこのハブを呼ぶ名前やアドレス", "a name or address by which PCs call this hub"))
      ->type_name("NAME");
  command->add_option("--certificate", options->certificate, session.say("自分で用意した証明書 (PEM)", "a certificate of your own (PEM)"))
      ->type_name("FILE");
  command->add_option("--key", options->key, session.say("その鍵 (PEM)", "its key (PEM)"))->type_name("FILE");
  command
      ->add_option("--requests-per-second", options->requests_per_second,
                   session.say("1つのアドレスから受ける数（毎秒）", "requests taken from one address each second"))
      ->check(CLI::Range(1.0, 1e6))
      ->type_name("N");
  command->callback([options, &session] {
    session.exit_code = serve(session, *options);
    if (session.exit_code != 0) platform::log_event(platform::Event::not_started, {"exit code " + std::to_string(session.exit_code)});
  });
}

}  // namespace gokajo::hub

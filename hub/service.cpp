#include "hub/service.h"

#include <mutex>
#include <optional>
#include <utility>

#include "hub/chores.h"
#include "hub/demo/marker.h"
#include "hub/evidence/pack_desk.h"
#include "hub/ingest.h"
#include "hub/one_by_one.h"
#include "hub/open_store.h"
#include "hub/rejudging.h"
#include "hub/store_watch.h"
#include "hub/web/route.h"
#include "hub/web/web.h"
#include "hub/writer.h"

namespace gokajo::hub {

struct Service::Parts {
  Parts(HubState held, std::unique_ptr<Store> second, std::unique_ptr<Store> third, Clock now)
      : state(std::move(held)),
        reading(std::move(second)),
        of_pages(std::move(third)),
        clock(std::move(now)),
        packs({state.where, state.directory, state.pepper, state.library.get(), clock,
               [this](const platform::Error& problem) {
                 if (complain) complain(problem);
               }}),
        web(WebParts{
            *of_pages, state.pepper, state.library.get(), {}, {}, [this] { return startup_problems(); }, state.directory, {}, {}, &packs}),
        chores(*state.store, state.library.get()),
        rejudgings(*state.store, state.library.get()),
        watch(state.directory),
        is_demo(demo::is_demo(state.directory)) {
    begin_anew();
  }

  std::vector<HttpReply> handle(std::span<const HttpRequest> requests, const Behind& behind) {
    const auto now = clock();
    std::vector<HttpReply> replies;
    if (is_demo) {
      replies.assign(requests.size(), problem_reply(protocol::ProblemKind::not_found, "this hub is a demo and takes nothing from PCs"));
      return replies;
    }
    bool first = true;
    replies = one_by_one_where_thrown(
        requests,
        [&](std::span<const HttpRequest> some) {
          // What comes behind is looked at for a whole batch only.
          return ingest->handle_all(some, now, std::exchange(first, false) ? behind : nullptr);
        },
        [&](const std::string& what) {
          tell_thrown(what);
          begin_anew();
          return troubled();
        });
    if (const auto news = watch.look(replies); news && complain) complain(*news);
    for (std::size_t i = 0; i < replies.size(); ++i) {
      if (is_success(replies[i])) heard(requests[i].address, now);
      note_refusal(requests[i], replies[i].status, now);
    }
    return replies;
  }

  // Nothing half done is left in the store or remembered.
  void begin_anew() {
    state.store->rollback();
    reading->rollback();
    ingest.emplace(*state.store, state.pepper, 0, state.library.get(), reading.get());
  }

  void tell_thrown(const std::string& what) const {
    if (complain) complain({platform::ErrorKind::failed, "a fault of this program: " + what});
  }

  std::vector<StartupFinding> startup_problems() {
    const std::lock_guard lock(findings_mutex);
    return findings;
  }

  std::vector<HttpReply> show(std::span<const HttpRequest> requests) {
    std::vector<HttpReply> replies;
    for (const auto& request : requests) replies.push_back(web.handle(request, clock()));
    return replies;
  }

  // Who is not who they say, or asks too often.
  void note_refusal(const HttpRequest& request, int status, Time now) {
    if (!note || (status != 401 && status != 403 && status != 429)) return;
    const auto by = std::string(request.target == "/v1/enrol" ? "enrol-" : "request-") + std::to_string(status);
    if (const auto line = event_line(events, now, "pc-refused", by, "", request.address)) note(*line);
  }

  // What the server refused by itself. On its thread.
  void note_cut_off(const char* by, const std::string& address) {
    if (!note) return;
    if (const auto line = event_line(events_of_server, clock(), "request-cut", by, "", address)) note(*line);
  }

  void heard(const std::string& address, Time now) {
    if (!first_contact.heard(address, now)) return;
    const std::lock_guard lock(findings_mutex);
    std::erase_if(findings, [](const StartupFinding& one) { return one.problem == StartupProblem::never_reached; });
  }

  // Files of packs and briefings that cannot be used.
  void tell_files() const {
    if (!complain) return;
    for (const auto& one : state.library->shelf()->problems) complain({one.kind, kFileNotUsed + one.detail});
  }

  void look_at_files() {
    const auto changed = state.library->look(clock());
    if (!changed) return;
    tell_files();
    if (changed->empty()) return;
    if (auto status = judge_companies_again(*state.store, *changed, clock()); !status && complain) complain(status.error());
  }

  // Of this hub's own folder: another that shares the store may have erased what they name.
  void sweep() {
    const auto hour = std::chrono::floor<std::chrono::hours>(clock());
    if (swept_at == hour) return;
    swept_at = hour;
    if (auto swept = sweep_pack_files(state.directory, *state.store, clock()); !swept && complain) complain(swept.error());
  }

  // Says when it has more to do.
  std::chrono::milliseconds tick() {
    look_at_files();
    sweep();
    const auto told = [&](const platform::Result<bool>& step) {
      if (!step && complain) complain(step.error());
      return step && *step;
    };
    constexpr std::chrono::milliseconds kOnceASecond{1000};
    const bool more = told(rejudgings.step(clock()));
    const auto began = std::chrono::steady_clock::now();
    if (began >= chores_at) {
      const bool again = told(chores.step(clock()));
      const auto ended = std::chrono::steady_clock::now();
      // Somebody waits for what is judged again; meanwhile what comes with the days takes a step a second. Else it leaves the store to
      // pages and other programs half as long as it held it: SQLite lets who waits for it look in only now and then.
      chores_at = ended + (more ? kOnceASecond : again ? (ended - began) / 2 : std::chrono::steady_clock::duration{});
      if (!more && !again) return kOnceASecond;
    }
    return more ? std::chrono::milliseconds{0} : std::chrono::ceil<std::chrono::milliseconds>(chores_at - std::chrono::steady_clock::now());
  }

  HubState state;
  std::unique_ptr<Store> reading;
  std::unique_ptr<Store> of_pages;
  Clock clock;
  std::mutex findings_mutex;
  std::function<void(const platform::Error&)> complain;
  PackDesk packs;  ///< its thread complains
  Web web;         ///< of pages' thread
  std::optional<Ingest> ingest;
  Chores chores;
  Rejudgings rejudgings;
  std::chrono::steady_clock::time_point chores_at;  ///< their next step
  std::vector<StartupFinding> findings;
  FirstContact first_contact;
  StoreWatch watch;
  bool is_demo;
  std::optional<std::chrono::sys_time<std::chrono::hours>> swept_at;
  EventLimits events;            ///< of the writer's thread
  EventLimits events_of_server;  ///< of the server's
  std::function<void(const std::string& line)> note;
  std::unique_ptr<Server> server;
  std::unique_ptr<Writer> pages;   // what people open; PCs do not wait for it
  std::unique_ptr<Writer> writer;  // ends first: its answers go to the server
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() = default;

platform::Result<std::unique_ptr<Service>> Service::start(HubState state, ServerOptions options, Clock clock) {
  auto reading = open_store(state.database());
  if (!reading) return reading.error();
  auto of_pages = open_store(state.database());
  if (!of_pages) return of_pages.error();
  auto parts = std::make_unique<Parts>(std::move(state), std::move(*reading), std::move(*of_pages), std::move(clock));
  auto* inside = parts.get();
  options.cut_off = [inside](const char* by, const std::string& address) { inside->note_cut_off(by, address); };
  auto server = Server::start(std::move(options), [inside](HttpRequest request, std::function<void(HttpReply)> answer) {
    auto& thread = is_for_web(request) ? *inside->pages : *inside->writer;
    return thread.submit(std::move(request), std::move(answer));
  });
  if (!server) return server.error();
  parts->server = std::move(*server);
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

void Service::tell(std::vector<StartupFinding> findings, FirstContact first_contact) {
  parts_->findings = std::move(findings);
  parts_->first_contact = std::move(first_contact);
}

void Service::open_pages(std::string address, std::function<platform::Status(const LinkMail&)> send,
                         std::function<void(const std::string& line)> note) {
  parts_->web.call_hub(std::move(address), std::move(send));
  parts_->note = note;
  parts_->web.note_to(std::move(note));
}

void Service::guard_metrics(std::string token) { parts_->web.guard_metrics(std::move(token)); }

unsigned short Service::port() const { return parts_->server->port(); }

void Service::run(const std::function<void(const platform::Error&)>& complain) {
  parts_->complain = complain;
  parts_->tell_files();
  parts_->writer = std::make_unique<Writer>(
      Writer::Work{[this](std::span<const HttpRequest> requests, const Behind& behind) { return parts_->handle(requests, behind); },
                   [this] { return parts_->tick(); },
                   [this](const std::string& what) {
                     parts_->tell_thrown(what);
                     parts_->begin_anew();
                   }});
  parts_->pages = std::make_unique<Writer>(
      Writer::Work{[this](std::span<const HttpRequest> requests, const Behind&) { return parts_->show(requests); },
                   [] { return std::chrono::seconds{1}; }, [this](const std::string& what) { parts_->tell_thrown(what); }});
  parts_->server->run(complain);
  parts_->pages.reset();
  parts_->writer.reset();  // what was taken is committed before this returns
}

void Service::stop() { parts_->server->stop(); }

}  // namespace gokajo::hub

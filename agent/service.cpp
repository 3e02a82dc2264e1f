#include "agent/service.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <future>
#include <thread>

#include "agent/handed_out.h"
#include "agent/notices.h"
#include "agent/own_page.h"
#include "agent/start_record.h"
#include "platform/durable_file.h"
#include "platform/invoker.h"
#include "platform/own_file.h"
#include "platform/service.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind, platform::Result;
using std::chrono::milliseconds;

namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kTick{20};
constexpr const char* kScheduleFile = "/schedule.json";
constexpr const char* kSummaryFile = "/summary.json";
constexpr std::size_t kMaxSmall = 64U << 10U;

std::string text_of(const std::string& file) {
  const auto text = platform::read_own_file(file, kMaxSmall);
  return text ? *text : "";
}

ScheduleSettings schedule_of(const std::optional<protocol::Settings>& settings, const std::string& device) {
  ScheduleSettings schedule;
  schedule.device = device;
  if (!settings) return schedule;
  if (const auto read = read_schedule(settings->schedule)) schedule.schedule = *read;
  schedule.small_company = settings->small_company;
  schedule.offset_minutes = static_cast<int>(settings->offset_minutes);
  return schedule;
}

// A policy that was made for another version of the pack must not leave the PC unscanned: the hub judges by it anyway. What people were
// told is not collected stays so.
compliance::Policy fitting(const compliance::Pack& pack, const compliance::Policy& policy, platform::Time now,
                           const std::function<void(const std::string&)>& log) {
  const auto effective = compliance::effective_pack(pack, policy, now);
  if (effective) return policy;
  log("the hub's policy does not fit the pack of this PC, and waits for the next one: " + effective.error().detail);
  return {compliance::kPolicyFormat, {}, {}, {}, policy.inventory};
}

// "memory.json.a8Xk2Q": begun by a run that was killed (platform/durable_file.h). Younger ones may be just being written by a command.
bool is_leftover(const fs::directory_entry& entry) {
  static constexpr auto kOld = std::chrono::hours{1};
  const auto suffix = entry.path().extension().string();
  const auto before = entry.path().stem().extension().string();
  std::error_code problem;
  static constexpr std::array<std::string_view, 6> kKinds = {".json", ".cbor", ".key", ".pem", ".report", ".html"};
  if (suffix.size() != 7 || std::find(kKinds.begin(), kKinds.end(), before) == kKinds.end()) return false;
  if (!entry.is_regular_file(problem)) return false;
  const auto age = fs::file_time_type::clock::now() - entry.last_write_time(problem);
  return !problem && (age > kOld || age < -kOld);
}

// The spool looks after itself.
void remove_leftovers(const std::string& directory) {
  std::error_code problem;
  std::vector<fs::path> old;
  std::vector<std::string> folders = {"", "/packs", "/briefings", "/tables", "/public"};
  for (auto& folder : folders_of_people(directory)) folders.push_back(std::move(folder));
  for (const auto& folder : folders)
    for (fs::directory_iterator at(directory + folder, problem), end; !problem && at != end; at.increment(problem))
      if (is_leftover(*at)) old.push_back(at->path());
  for (const auto& file : old) fs::remove(file, problem);
}

}  // namespace

Result<std::optional<Service>> Service::open(ServiceParts parts) {
  if (auto taken = take_state(parts.directory, parts.clock.now().wall, parts.log); !taken) return taken.error();
  auto state = State::open(parts.directory, true);
  if (!state) return state.error();
  if (!state->unwritable().empty()) return Error{ErrorKind::denied, state->unwritable()};
  // Everybody may reach the summary in it by its name; nobody but its owner can list it, and every other file is its owner's alone.
  std::error_code problem;
  fs::permissions(parts.directory, fs::perms{0711}, problem);
  auto lock = platform::FileLock::take(parts.directory + "/lock");
  if (!lock) return lock.error();
  if (!*lock) return std::optional<Service>();
  remove_leftovers(parts.directory);
  auto record = read_schedule_record(text_of(parts.directory + kScheduleFile));
  Planner planner({}, std::move(record), parts.clock.now());
  return std::optional<Service>(Service(std::move(parts), std::move(*state), std::move(**lock), std::move(planner)));
}

Service::Service(ServiceParts parts, State state, platform::FileLock lock, Planner planner)
    : parts_(std::move(parts)),
      state_(std::move(state)),
      lock_(std::move(lock)),
      planner_(std::move(planner)),
      prepared_(parts_.directory, parts_.connect, parts_.random),
      reception_(std::make_unique<Reception>(parts_.directory, parts_.clock, parts_.people)) {
  if (auto before = service_summary(parts_.directory)) {
    summary_ = std::move(*before);
    scanned_at_ = summary_.scanned_at;
  }
  reception_->desk().know({}, all_briefings(parts_.directory));
  take_settings();
  look_for_enrolment();
}

void Service::log_once(std::string& last, const std::string& line) {
  if (last == line) return;
  last = line;
  if (!line.empty()) parts_.log(line);
}

void Service::take_settings() {
  auto settings = read_hub_settings(parts_.directory);
  settings_ = settings ? std::optional(std::move(*settings)) : std::nullopt;
  planner_.change(schedule_of(settings_, reporting_ ? reporting_->enrolment().device : ""));
}

// What was taken from a hub while `enroll` or `unenroll` cleared up beside.
void Service::forget_former_hub() {
  const auto enrolment = read_enrolment(parts_.directory);
  const bool none = !enrolment && enrolment.error().kind == ErrorKind::not_found;
  const bool another = enrolment && reporting_ && enrolment->hub != reporting_->enrolment().hub;
  if (!another && (!none || hub_forgotten_)) return;
  hub_forgotten_ = none;
  if (auto status = forget_hub_data(parts_.directory); !status)
    parts_.log("what the former hub handed out stays: " + status.error().detail);
}

// `gokajo enroll` and `unenroll` write the file beside a running service.
void Service::look_for_enrolment() {
  const auto file = parts_.directory + "/enrolment.json";
  const auto found = text_of(file);
  const auto settings = parts_.policy ? parts_.policy() : platform::ManagedSettings();
  if (reporting_ && found == enrolment_seen_ && settings == policy_seen_) return;
  forget_former_hub();
  enrolment_seen_ = found;
  policy_seen_ = settings;
  reporting_.reset();
  const auto policy = enrol_policy(settings);
  const Connect connect = [made = parts_.connect, policy = policy ? *policy : EnrolPolicy()](const HubConnection& hub) {
    return made(under_policy(hub, policy));
  };
  auto opened = Reporting::open(parts_.directory, parts_.clock, connect, parts_.random, parts_.goes_on);
  if (opened) {
    hub_forgotten_ = false;
    reporting_ = std::move(*opened);
    last_problem_.clear();
    parts_.log("reports go to " + reporting_->enrolment().hub);
    if (reporting_->uplink().record().last_receipt_at == std::nullopt) planner_.want();
  } else if (opened.error().kind != ErrorKind::not_found) {
    log_once(last_problem_, "nothing can be reported: " + opened.error().detail);
  }
  take_settings();
}

std::chrono::milliseconds Service::idle() const { return kTick; }

std::optional<std::size_t> Service::waiting() const {
  return reporting_ ? std::optional(reporting_->spool().waiting().size()) : std::nullopt;
}

// Enrols by itself where somebody prepared it.
void Service::look_for_prepared() {
  prepared_.look(parts_.policy ? parts_.policy() : platform::ManagedSettings(), parts_.clock.now(), parts_.log);
}

void Service::tick() {
  look_for_prepared();
  look_for_enrolment();
  if (reception_->tick(parts_.log)) planner_.want();
  if (planner_.due(parts_.clock.now())) scan_now();
  send();
  if (planner_.changed()) (void)platform::write_file_durably(parts_.directory + kScheduleFile, write_schedule_record(planner_.record()));
  tell_everybody();
}

void Service::once() {
  look_for_prepared();
  look_for_enrolment();
  scan_now();
  send();
  (void)platform::write_file_durably(parts_.directory + kScheduleFile, write_schedule_record(planner_.record()));
  tell_everybody();
}

// In a thread of its own: a helper may take minutes, and the service manager wants a sign of life.
Result<KeptScan> Service::scan_beside(const ScanInput& input, platform::Time now) {
  std::promise<Result<KeptScan>> done;
  auto result = done.get_future();
  std::thread scanning([&] {
    const auto host = parts_.host();
    done.set_value(scan_and_keep(*host, state_, input, now, true));
  });
  while (result.wait_for(kTick) != std::future_status::ready)
    if (!parts_.goes_on()) platform::end_at_once();
  scanning.join();
  return result.get();
}

void Service::scan_now() {
  const auto moment = parts_.clock.now();
  planner_.scan_began(moment);
  ScanInput input;
  auto pack = pack_in_force(parts_.directory, settings_ ? settings_->pack : kDefaultPack);
  if (!pack) return parts_.log("no scan: " + pack.error().detail);
  input.pack = std::move(*pack);
  input.handed_out = parts_.directory;
  input.told = told_readings(parts_.directory);
  // Opened anew: what could not be read the last time may be readable now.
  if (auto state = State::open(parts_.directory, true)) state_ = std::move(*state);
  input.memory = state_.read_memory();
  input.declarations = state_.read_declarations();
  if (settings_) {
    input.policy = fitting(input.pack, settings_->policy, moment.wall, parts_.log);
    input.declarations.insert(input.declarations.end(), settings_->declarations.begin(), settings_->declarations.end());
  }
  for (const auto& damage : state_.damaged())
    parts_.log(std::string(damage.kept_as.empty() ? "cannot be read, and is left as it is: " : "damaged, and set aside: ") + damage.file);
  {
    const auto done = scan_beside(input, moment.wall);
    if (!done) return parts_.log("no scan: " + done.error().detail);
    if (!done->kept) parts_.log("the scan cannot be kept: " + done->kept.error().detail);
    scanned_at_ = done->result.scanned_at;
    summary_ = summary_of(done->result);
    const auto briefings = all_briefings(parts_.directory);
    if (auto status = keep_own_page(parts_.directory, own_page_of(done->result, offset_minutes(), briefings)); !status)
      parts_.log("the employee's page cannot be kept: " + status.error().detail);
    reception_->desk().know(tellable_of(done->result, briefings), briefings);
    spool(input, done->result);
  }
  platform::give_back_memory();
}

void Service::spool(const ScanInput& input, const ScanResult& result) {
  if (!reporting_) return;
  const auto position = reporting_->outbox().put(input, result);
  if (!position) return parts_.log("the scan cannot be reported: " + position.error().detail);
  if (parts_.spooled) parts_.spooled(*position);
}

void Service::send() {
  if (!reporting_) return;
  const auto outcome = reporting_->send();
  for (const auto& line : outcome.handed_out) parts_.log(line);
  if (outcome.settings_changed) take_settings();
  if (outcome.scan_wanted) planner_.want();
  const auto& record = reporting_->uplink().record();
  const auto contact = std::string(boost::describe::enum_to_string(record.contact, "?"));
  log_once(last_contact_, record.contact == HubContact::well ? "" : contact + ": " + record.detail);
  if (outcome.receipted > 0) platform::give_back_memory();
}

void Service::tell_everybody() {
  if (!scanned_at_) return;
  summary_.company = reporting_ ? std::optional(reporting_->enrolment().company) : std::nullopt;
  summary_.not_arriving = reporting_ && reporting_->uplink().notice_due();
  reception_->desk().know_arrival(summary_.not_arriving, reporting_ ? reporting_->uplink().record().last_receipt_at : std::nullopt);
  publish_page();
  auto text = write_summary(summary_);
  if (text == summary_written_) return;
  if (platform::write_file_durably(parts_.directory + kSummaryFile, text, platform::Readers::everybody)) summary_written_ = std::move(text);
}

int Service::offset_minutes() const {
  return settings_ ? static_cast<int>(settings_->offset_minutes) : static_cast<int>(platform::kJapanOffset);
}

// Written anew when the day of a receipt, or anything else that stands on it, is another than before; both languages in one go.
void Service::publish_page() {
  Reached reached;
  reached.offset_minutes = offset_minutes();
  reached.company = summary_.company;
  reached.not_arriving = summary_.not_arriving;
  if (reporting_) reached.received = reporting_->uplink().record().last_receipt_at;
  const auto time = [](const std::optional<platform::Time>& at) { return at ? platform::format_time(*at) : std::string("-"); };
  auto made_for = time(scanned_at_) + " " + time(reached.received) + (reached.not_arriving ? " late " : " ") + reached.company.value_or("");
  if (made_for == page_published_) return;
  if (reporting_)
    if (auto sent = last_sent_report(parts_.directory, reporting_->enrolment())) reached.sent = std::move(*sent);
  const auto status = publish_own_page(parts_.directory, reached);
  if (!status && status.error().kind != ErrorKind::not_found) parts_.log("the employee's page cannot be written: " + status.error().detail);
  page_published_ = std::move(made_for);
  reached.sent.reset();
  platform::give_back_memory();
}

}  // namespace gokajo::agent

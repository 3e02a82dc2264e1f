#include "hub/demo/load.h"

#include <algorithm>
#include <map>
#include <random>

#include "hub/demo/fill.h"
#include "hub/demo/levels.h"
#include "hub/demo/plan.h"
#include "hub/in_transaction.h"
#include "hub/judging.h"
#include "protocol/body.h"
#include "protocol/content.h"
#include "protocol/report.h"

namespace gokajo::hub::demo {

using platform::Days, platform::Done, platform::Json, platform::Result, platform::Status;

namespace {

constexpr std::int64_t kPcsAtOnce = 2000;
constexpr Days kJudgedAgain{60};
constexpr Trouble kTroubles[] = {Trouble::updates_late,   Trouble::office_ended, Trouble::antivirus_expired,   Trouble::definitions_old,
                                 Trouble::share_open,     Trouble::smb1_on,      Trouble::remote_desktop_open, Trouble::auto_login,
                                 Trouble::updates_unseen, Trouble::guest_on,     Trouble::share_for_accounts,  Trouble::no_length_rule};
constexpr std::size_t kKinds = std::size(kTroubles) + 1;  // with the healthy one, the first
constexpr const char* kPlaces[] = {"経理", "総務", "営業", "設計", "現場", "受付", "倉庫", "工場", "購買", "配送"};

Time scan_time(Day day) { return Time{day} + std::chrono::minutes{25}; }  // 9:25 in Japan
Time taken_time(Day day) { return Time{day} + std::chrono::minutes{45}; }

// A kind of PC on a day: what it says and what the hub finds.
struct Said {
  Json content;
  std::string sha256;
  HubJudgement judgement;
  std::string memory;
};

class Kinds {
 public:
  Kinds(const compliance::WindowsLevels& levels, const compliance::Pack& pack, const Company& company)
      : levels_(levels), pack_(pack), company_(company) {}

  Result<const Said*> on(std::size_t kind, Day day) {
    const auto found = said_.find({kind, day});
    if (found != said_.end()) return &found->second;
    PcPlan plan;
    plan.host_name = "office-pc";
    plan.account = "shain";
    plan.first = day - Days{400};
    plan.read_on = day - Days{30};
    if (kind > 0) {
      const auto trouble = kTroubles[kind - 1];
      plan.spells.push_back({trouble, trouble == Trouble::updates_late ? missed_update(day) - Days{2} : day - Days{14}, {}, "見積"});
    }
    const auto at = scan_time(day);
    const auto evidence = evidence_of(on_day(plan, at), known_pc(false, plan.host_name, plan.account), levels_);
    Said said;
    said.content = protocol::write_content({at, evidence, {}, {}});
    said.sha256 = protocol::content_sha256(said.content);
    auto judged = judge_again({pack_, company_, {}, "", {}, false, said.content, at, taken_time(day)}, taken_time(day));
    if (!judged) return judged.error();
    said.memory = platform::to_text(compliance::write_memory(judged->memory));
    said.judgement = std::move(*judged);
    return &said_.emplace(std::pair{kind, day}, std::move(said)).first->second;
  }

 private:
  const compliance::WindowsLevels& levels_;
  const compliance::Pack& pack_;
  const Company& company_;
  std::map<std::pair<std::size_t, Day>, Said> said_;
};

class Load {
 public:
  Load(HubState& state, const LoadSize& size, Time now)
      : store_(*state.store),
        size_(size),
        today_(platform::local_day(now, platform::kJapanOffset) - Days{taken_time(platform::local_day(now, platform::kJapanOffset)) > now}),
        last_(business_day_before_or_on(today_)),
        random_(size.seed),
        levels_(levels_until(now)),
        pack_(*compliance::built_in_pack("5kajo")) {
    compliance::TableFile table{compliance::kWindowsLevelsTable, levels_.version,
                                std::make_shared<const compliance::WindowsLevels>(levels_)};
    pack_.tables.put(table);
    for (int i = 0; i < size.companies; ++i) {
      auto company = demo_company(i == 0 ? kYamada : "load-" + std::to_string(i),
                                  i == 0 ? "山田工務店" : "負荷試験" + std::to_string(i) + "社", today_);
      company.created = taken_time(today_ - Days{size.days + 1});
      company.stated_devices = size.pcs / size.companies + (i < size.pcs % size.companies ? 1 : 0);
      company.responsible = company.person_in_charge = "田中";
      companies_.push_back(std::move(company));
    }
  }

  Result<Loaded> run(const std::function<void(std::int64_t)>& told) {
    auto plan = plan_of(1, 0, taken_time(today_));
    for (auto& person : plan.people) {
      person.tenants.clear();
      for (const auto& company : companies_)
        if (company.id == kYamada || person.role == Role::adviser) person.tenants.push_back(company.id);
    }
    if (auto put = in_transaction(store_, store_.begin(), [&] { return put_companies_and_people(store_, companies_, plan.people); }); !put)
      return put.error();
    kinds_.emplace(levels_, pack_, companies_.front());
    std::int64_t there = 0;
    for (const auto& company : companies_) {
      auto devices = devices_of(company);
      for (std::size_t from = 0; from < devices.size(); from += kPcsAtOnce) {
        const auto until = std::min<std::size_t>(devices.size(), from + kPcsAtOnce);
        const auto put = in_transaction(store_, store_.begin(), [&]() -> Status {
          for (auto i = from; i < until; ++i)
            if (auto lived = live(devices[i]); !lived) return lived;
          return Done{};
        });
        if (!put) return put.error();
        if (told) told(there += static_cast<std::int64_t>(until - from));
      }
    }
    return loaded_;
  }

 private:
  static Day business_day_before_or_on(Day day) { return is_business_day(day, {}) ? day : business_days_before(day, 1); }

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(random_() % limit); }

  // In the order of their ids, in which the store keeps them.
  std::vector<Device> devices_of(const Company& company) {
    std::vector<Device> devices;
    for (std::int64_t i = 0; i < *company.stated_devices; ++i) {
      Device device;
      device.tenant = company.id;
      for (auto& byte : device.key) byte = static_cast<std::uint8_t>(random_());
      device.id = protocol::device_id(device.key);
      auto number = std::to_string(i + 1);
      device.host_name = "pc" + number;
      number.insert(0, number.size() < 6 ? 6 - number.size() : 0, '0');
      device.label = "PC-" + number + " " + kPlaces[below(std::size(kPlaces))];
      device.agent_version = GOKAJO_VERSION;
      device.standing = Standing::approved;
      device.enrolled = taken_time(today_ - Days{size_.days});
      devices.push_back(std::move(device));
    }
    std::sort(devices.begin(), devices.end(), [](const Device& a, const Device& b) { return a.id < b.id; });
    return devices;
  }

  // Half of the PCs are never ill, and a spell lasts a month on the average; of a hundred, two are silent by now.
  std::map<Day, std::size_t> life() {
    std::map<Day, std::size_t> kinds{{today_ - Days{size_.days}, 0}};
    if (below(2) == 0) return kinds;
    auto day = today_ - Days{size_.days};
    while (true) {
      day += Days{10 + static_cast<int>(below(120))};
      if (day > today_) return kinds;
      kinds[day] = 1 + below(kKinds - 1);
      day += Days{3 + static_cast<int>(below(55))};
      if (day > today_) return kinds;
      kinds[day] = 0;
    }
  }

  Status live(Device device) {
    const auto kinds = life();
    const auto end = below(50) == 0 ? business_days_before(last_, 7 + static_cast<int>(below(30))) : last_;
    const auto raw_from = std::min(today_ - Days{size_.raw_days}, end);
    if (auto put = store_.put_device(device); !put) return put;
    std::int64_t full = 0;
    bool ill_since_full = true;
    std::size_t kind = 0;
    for (auto day = today_ - Days{size_.days}; day <= end; day += Days{1}) {
      const auto changed = kinds.find(day);
      if (changed != kinds.end()) {
        kind = changed->second;
        ill_since_full = true;
      }
      // What time changed of all (a first briefing) came long before the last day, on which a state is put once more.
      if (changed != kinds.end() || day == today_ - kJudgedAgain) {
        if (auto set = find(device, kind, day); !set) return set;
      }
      if (day < raw_from || !is_business_day(day, {})) continue;
      if (auto put = report(device, kind, day, ill_since_full || day == end, full); !put) return put;
      ill_since_full = false;
    }
    // What the state rests on is of the last day.
    if (auto set = find(device, kind, end); !set) return set;
    if (const auto said = kinds_->on(kind, end)) device.machine = (*said)->judgement.machine;
    return store_.put_device(device);
  }

  Status find(const Device& device, std::size_t kind, Day day) {
    const auto said = kinds_->on(kind, day);
    if (!said) return said.error();
    if (auto put = store_.put_memory(device.tenant, device.id, (*said)->memory); !put) return put;
    ++loaded_.verdicts;
    return store_.set_verdicts(device, (*said)->judgement.findings, (*said)->judgement.rules, taken_time(day), scan_time(day));
  }

  Status report(Device& device, std::size_t kind, Day day, bool in_full, std::int64_t& full) {
    const protocol::Position position{1, device.latest.seq + 1};
    protocol::Report report;
    report.device = device.id;
    report.position = position;
    report.scanned_at = scan_time(day);
    report.agent_version = GOKAJO_VERSION;
    report.pack = {pack_.id, pack_.version};
    if (in_full) {
      const auto said = kinds_->on(kind, day);
      if (!said) return said.error();
      report.content = (*said)->content;
      full_sha256_ = (*said)->sha256;
      full = position.seq;
    } else {
      report.still_so = true;
      report.changes = protocol::Changes{full, full_sha256_, Json::array()};
    }
    StoredReport stored{device.tenant,   device.id,         position, "", protocol::compress(protocol::write_report(report)),
                        taken_time(day), report.scanned_at, 0};
    stored.body_sha256 = protocol::sha256_hex(stored.body);
    device.epoch = 1;
    device.current = device.latest = position;
    device.last_receipt = stored.stored_at;
    device.last_scanned = stored.scanned_at;
    ++loaded_.reports;
    if (auto put = store_.add_report(stored); !put) return put;
    return in_full ? store_.put_full_content(stored, report.scanned_at) : Status(Done{});
  }

  Store& store_;
  LoadSize size_;
  Day today_;
  Day last_;
  std::mt19937_64 random_;
  compliance::WindowsLevels levels_;
  compliance::Pack pack_;
  std::vector<Company> companies_;
  std::optional<Kinds> kinds_;
  std::string full_sha256_;
  Loaded loaded_;
};

}  // namespace

Result<Loaded> load(HubState& state, const LoadSize& size, Time now, const std::function<void(std::int64_t)>& told) {
  if (auto ready = begin_demo(state, now); !ready) return ready.error();
  return Load(state, size, now).run(told);
}

}  // namespace gokajo::hub::demo

#include "agent/reporting.h"

#include "platform/durable_file.h"
#include "platform/own_file.h"
#include "protocol/body.h"
#include "protocol/carried.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status;
using protocol::DeviceKey;

namespace {

constexpr const char* kForFormat = "gokajo-reports-for/1";
constexpr const char* kForFile = "/reports-for.json";

struct ReportsFor {
  std::string format;
  std::string company;
};
BOOST_DESCRIBE_STRUCT(ReportsFor, (), (format, company))

// What was made for one company is not another's to read. A hub may move; the company is who it was made for.
Status settle_whose(const std::string& directory, const std::string& company, Spool& spool, Outbox& outbox) {
  const auto text = platform::read_own_file(directory + kForFile, 4096);
  // Not readable just now (too many open files, a failing disk) says nothing of whose they are.
  if (!text && text.error().kind == platform::ErrorKind::failed) return text.error();
  const auto json = text ? platform::parse_json(*text, 4096) : Result<platform::Json>(text.error());
  ReportsFor known;
  const bool same = json && platform::read_form(*json, known, platform::Place{}) && known.format == kForFormat && known.company == company;
  if (same) return platform::Done{};
  if (auto status = spool.discard_all("another_company"); !status) return status;
  if (auto status = outbox.next_in_full(); !status) return status;
  return platform::write_file_durably(directory + kForFile, platform::to_form(ReportsFor{kForFormat, company}).dump() + "\n");
}

Result<Sequence> sequence_of(const std::string& directory, std::int64_t epoch) {
  const auto file = directory + "/sequence.json";
  auto sequence = Sequence::open(file);
  if (sequence && sequence->epoch() == epoch) return sequence;
  if (sequence && sequence->epoch() > epoch)
    return Error{ErrorKind::malformed, file + ": of a later enrolment than enrolment.json; enrol again"};
  if (!sequence && sequence.error().kind != ErrorKind::not_found) return sequence;
  return Sequence::begin(file, epoch);
}

}  // namespace

// A connection, and the memory it needs, only while something is sent.
class Reporting::LateConnection : public HttpClient {
 public:
  LateConnection(std::string directory, const Enrolment& enrolment, Connect connect)
      : directory_(std::move(directory)), enrolment_(enrolment), connect_(std::move(connect)) {}

  Result<HttpReply> send(const HttpRequest& request) override {
    if (!client_) {
      auto hub = connection_of(directory_, enrolment_);
      if (!hub) return Error{ErrorKind::denied, hub.error().detail};
      client_ = connect_(*hub);
    }
    return client_->send(request);
  }
  void let_go() { client_.reset(); }

 private:
  std::string directory_;
  const Enrolment& enrolment_;
  Connect connect_;
  std::unique_ptr<HttpClient> client_;
};

Reporting::Reporting(Enrolment enrolment, DeviceKey key) : enrolment_(std::move(enrolment)), key_(std::move(key)) {}
Reporting::~Reporting() = default;

Result<std::unique_ptr<Reporting>> Reporting::open(const std::string& directory, const platform::Clock& clock, const Connect& connect,
                                                   std::function<double()> random, std::function<bool()> goes_on) {
  auto enrolment = read_enrolment(directory);
  if (!enrolment) return enrolment.error();
  auto key = device_key(directory);
  if (!key) return Error{key.error().kind == ErrorKind::not_found ? ErrorKind::malformed : key.error().kind, key.error().detail};
  if (key->id() != enrolment->device)
    return Error{ErrorKind::malformed, directory + "/device.key: not the key that was enrolled; enrol again"};
  std::unique_ptr<Reporting> all(new Reporting(std::move(*enrolment), std::move(*key)));
  auto sequence = sequence_of(directory, all->enrolment_.epoch);
  if (!sequence) return sequence.error();
  all->sequence_ = std::make_unique<Sequence>(std::move(*sequence));
  auto spool = Spool::open(directory + "/spool");
  if (!spool) return spool.error();
  all->spool_ = std::make_unique<Spool>(std::move(*spool));
  all->outbox_ = std::make_unique<Outbox>(Outbox::open(directory, all->key_.id(), *all->spool_, *all->sequence_));
  if (auto status = settle_whose(directory, all->enrolment_.company, *all->spool_, *all->outbox_); !status) return status.error();
  all->connection_ = std::make_unique<LateConnection>(directory, all->enrolment_, connect);
  all->uplink_ = std::make_unique<Uplink>(directory, Uplink::Parts{all->key_, all->enrolment_.epoch, *all->spool_, *all->outbox_,
                                                                   *all->connection_, clock, std::move(random), std::move(goes_on)});
  return all;
}

Result<std::string> Reporting::carried(protocol::Position position) {
  auto body = spool_->read(position);
  if (!body) return body.error();
  protocol::Carried carried;
  carried.method = "POST";
  carried.path = "/v1/reports";
  carried.device = key_.id();
  carried.epoch = position.epoch;
  carried.seq = position.seq;
  const auto signature =
      protocol::sign_request({carried.method, carried.path, carried.device, position, protocol::sha256_hex(*body)}, key_);
  if (!signature) return signature.error();
  carried.signature = *signature;
  if (protocol::is_compressed(*body)) carried.encoding = protocol::kZstd;
  carried.body = std::move(*body);
  return protocol::write_carried(carried);
}

Uplink::Outcome Reporting::send() {
  const auto outcome = uplink_->step();
  connection_->let_go();
  return outcome;
}

}  // namespace gokajo::agent

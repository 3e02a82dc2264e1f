#include "agent/enrol.h"

#include "agent/handed_out.h"
#include "agent/hub_request.h"
#include "platform/bytes.h"

namespace gokajo::agent {

using platform::Error, platform::ErrorKind, platform::Result, platform::Status;

namespace {

// Base64 of the key, as protocol/enrolment.h wants it.
std::string shown_key(const protocol::PublicKey& key) {
  return platform::base64_encode({reinterpret_cast<const char*>(key.data()), key.size()});
}

std::optional<EnrolFailure> failed(Error error) { return EnrolFailure{std::nullopt, std::move(error)}; }

}  // namespace

Result<Setup> read_setup(std::string_view text) {
  const platform::Place top{"setup"};
  const auto json = platform::parse_json(text, kMaxSetupBytes);
  if (!json) return json.error();
  Setup setup;
  if (auto status = platform::read_form(*json, setup, top); !status) return status.error();
  if (setup.format != kSetupFormat) return platform::misplaced(top.key("format"), std::string("expected \"") + kSetupFormat + "\"");
  auto hub = read_hub_address(setup.hub);
  if (!hub) return platform::misplaced(top.key("hub"), hub.error().detail);
  setup.hub = std::move(*hub);
  if (setup.pin && !read_pin(*setup.pin)) return platform::misplaced(top.key("pin"), "expected sha256// and base64 of 32 bytes");
  if (setup.ca && (setup.ca->size() > kMaxCaBytes || setup.ca->find("-----BEGIN CERTIFICATE-----") == std::string::npos))
    return platform::misplaced(top.key("ca"), "expected certificates in PEM form");
  if (setup.proxy && !read_proxy(*setup.proxy)) return platform::misplaced(top.key("proxy"), "expected http://host:port");
  if (setup.code) {
    auto code = protocol::read_code(*setup.code);
    if (!code) return platform::misplaced(top.key("code"), "expected the 8 characters of a code");
    setup.code = std::move(*code);
  }
  return setup;
}

std::optional<EnrolFailure> enrol(const std::string& directory, const Setup& setup, const std::string& label, const std::string& host_name,
                                  HttpClient& http, platform::Time now, Enrolment& enrolled) {
  const auto key = device_key_made(directory);
  if (!key) return failed(key.error());
  const protocol::Enrol wish{protocol::kEnrolFormat, setup.code.value_or(""), shown_key(key->public_key()), label, host_name,
                             GOKAJO_VERSION};
  const auto body = protocol::write_enrol(wish);
  if (const auto again = protocol::read_enrol(body); !again) return failed(again.error());
  const auto request = hub_request(*key, {0, 0}, "POST", "/v1/enrol", body);
  if (!request) return failed(request.error());
  const auto reply = http.send(*request);
  if (!reply) return failed(reply.error());
  if (const auto problem = problem_of(*reply))
    return EnrolFailure{problem->problem, {ErrorKind::denied, platform::printable_utf8(problem->detail)}};
  const auto answer =
      reply->status == 200 ? protocol::read_enrolled(reply->body) : Result<protocol::Enrolled>(Error{ErrorKind::malformed, ""});
  if (!answer) return failed({ErrorKind::malformed, setup.hub + ": status " + std::to_string(reply->status) + ", and not a hub's answer"});
  if (answer->device != key->id()) return failed({ErrorKind::malformed, setup.hub + ": answered for another device"});
  enrolled = {};
  enrolled.hub = setup.hub;
  enrolled.pin = setup.pin;
  enrolled.own_ca = setup.ca.has_value();
  enrolled.proxy = setup.proxy;
  enrolled.device = answer->device;
  enrolled.epoch = answer->epoch;
  enrolled.company = answer->company;
  enrolled.state = answer->state;
  enrolled.label = label;
  enrolled.enrolled_at = now;
  // What another hub handed out is nothing of this one's.
  if (const auto before = read_enrolment(directory); !before || before->hub != enrolled.hub || before->company != enrolled.company)
    if (auto status = forget_hub_data(directory); !status) return failed(status.error());
  if (auto status = write_enrolment(directory, enrolled, setup.ca.value_or("")); !status) return failed(status.error());
  return std::nullopt;
}

Status unenrol(const std::string& directory, const Enrolment& enrolment, HttpClient& http, Status& forgotten) {
  Status told = Error{ErrorKind::failed, ""};
  if (const auto key = device_key(directory); !key) {
    told = key.error();
  } else if (const auto request = hub_request(*key, {enrolment.epoch, 0}, "POST", "/v1/unenrol", ""); !request) {
    told = request.error();
  } else {
    const auto reply = http.send(*request);
    if (!reply)
      told = reply.error();
    else if (reply->status == 204)
      told = platform::Done{};
    else
      told = Error{ErrorKind::failed, enrolment.hub + ": status " + std::to_string(reply->status)};
  }
  forgotten = forget_enrolment(directory);
  return told;
}

}  // namespace gokajo::agent

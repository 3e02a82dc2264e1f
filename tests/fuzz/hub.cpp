/// \file
/// The room hub: what devices, browsers and strangers may send, up to the store.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "compliance/layout.h"
#include "hub/certificates.h"
#include "hub/declaring/readiness.h"
#include "hub/diagnosis/history.h"
#include "hub/diagnosis/next_steps.h"
#include "hub/evidence/pack_writer.h"
#include "hub/evidence/verify.h"
#include "hub/export/metrics.h"
#include "hub/feeds/catalogue.h"
#include "hub/feeds/proposal.h"
#include "hub/feeds/read_kev.h"
#include "hub/feeds/read_xml.h"
#include "hub/ingest.h"
#include "hub/lanes.h"
#include "hub/mail/lines.h"
#include "hub/mail/message.h"
#include "hub/mail/oauth.h"
#include "hub/mail/public_link.h"
#include "hub/mail/settings.h"
#include "hub/mail/words.h"
#include "hub/open_store.h"
#include "hub/owner_confirmation.h"
#include "hub/sqlite_store.h"
#include "hub/store_setting.h"
#include "hub/strict_transport.h"
#include "hub/web/form.h"
#include "hub/web/web.h"
#include "platform/bytes.h"
#include "protocol/body.h"
#include "protocol/device_key.h"
#include "protocol/receipt.h"
#include "tests/fuzz/target.h"

namespace gokajo::fuzz {
namespace {

using namespace hub;

constexpr std::int64_t kSeconds = 1'795'655'000;  // 2026-11-25
// A minute later each time, so that no rate is ever used up; after a year it begins again.
Time now() {
  static std::int64_t asked = 0;
  return Time{std::chrono::seconds{kSeconds + 60 * (++asked % 525'600)}};
}

// A hub with a company and one PC, in a directory that stays until the machine cleans /tmp.
struct Office {
  std::string directory = std::filesystem::temp_directory_path().string() + "/gokajo-fuzz-hub-" + random_word(12);
  std::unique_ptr<Store> store;
  Pepper pepper{std::string(Pepper::kBytes, 'p')};
  protocol::DeviceKey key = *protocol::DeviceKey::from_seed(std::string(protocol::DeviceKey::kSeedBytes, '7'));
  std::unique_ptr<Ingest> ingest;
  std::int64_t seq = 0;

  Office() {
    std::filesystem::create_directory(directory);
    auto opened = open_sqlite_store(directory + "/hub.db");
    HOLDS(opened);
    store = std::move(*opened);
    Company company;
    company.id = "yamada";
    company.created = now();
    Device device;
    device.tenant = company.id;
    device.id = key.id();
    device.key = key.public_key();
    device.standing = Standing::approved;
    device.enrolled = now();
    HOLDS(store->begin() && store->put_company(company) && store->put_device(device) && store->commit());
    ingest = std::make_unique<Ingest>(*store, pepper);
  }
  ~Office() {
    store.reset();
    std::error_code gone;
    std::filesystem::remove_all(directory, gone);
  }

  HttpRequest signed_request(const std::string& target, protocol::Position position, std::string_view body) const {
    HttpRequest request{"POST", target, {}, std::string(body), "192.0.2.1"};
    const auto signature = protocol::sign_request({"POST", target, key.id(), position, protocol::sha256_hex(body)}, key);
    request.headers = {{"gokajo-device", key.id()},
                       {"gokajo-epoch", std::to_string(position.epoch)},
                       {"gokajo-seq", std::to_string(position.seq)},
                       {"gokajo-signature", *signature}};
    if (protocol::is_compressed(body)) request.headers["content-encoding"] = protocol::kZstd;
    return request;
  }
};

Office& office() {
  static Office one;
  return one;
}

// A body that a PC signed: taken, or refused with a reason; never the hub's own trouble.
void report(std::string_view bytes) {
  auto& hub = office();
  const auto reply = hub.ingest->handle(hub.signed_request("/v1/reports", {1, 42}, bytes), now());
  HOLDS(reply.status == 200 || reply.status == 400 || reply.status == 409 || reply.status == 413 || reply.status == 422 ||
        reply.status == 429);
  if (reply.status == 200) HOLDS(protocol::read_receipt(reply.body)->body_sha256 == protocol::sha256_hex(bytes));
}

// An enrolment signed by a key that is not its own, or with no valid code: never taken.
void enrol(std::string_view bytes) {
  auto& hub = office();
  const auto reply = hub.ingest->handle(hub.signed_request("/v1/enrol", {0, 0}, bytes), now());
  HOLDS(reply.status >= 400 && reply.status < 500);
  HOLDS(hub.store->devices("yamada")->size() == 1);
}

// Any head without a right signature changes nothing.
void head(std::string_view bytes) {
  auto& hub = office();
  const auto cut = bytes.substr(0, bytes.find('\n'));
  const std::string text(cut);
  auto request = hub.signed_request("/v1/reports", {1, 1}, "{}");
  for (const char* name : {"gokajo-device", "gokajo-epoch", "gokajo-seq", "gokajo-signature"}) {
    auto other = request;
    if (other.headers[name] == text) continue;
    other.headers[name] = text;
    HOLDS(hub.ingest->handle(other, now()).status == 401);
  }
}

// Nobody sees a company without having signed in, whatever the path and cookie.
void page(std::string_view bytes) {
  auto& hub = office();
  static Web web(WebParts{*hub.store, hub.pepper, nullptr, "https://hub.example.jp", {}, {}});
  const std::string text(bytes);
  const auto reply = web.handle({"GET", "/c/yamada" + text, {{"cookie", text}, {"accept-language", text}}, "", "192.0.2.1"}, now());
  HOLDS(reply.status == 400 || reply.status == 401 || reply.status == 404 || reply.status == 405 || reply.status == 413);
  (void)language_of(bytes);
}

void lanes(std::string_view bytes) {
  const auto read = read_lanes(bytes);
  if (read) (void)lane_of("updates.os-supported", "ended", *read);
}

void diagnosis(std::string_view bytes) {
  const auto sheet = read_diagnosis_sheet(bytes);
  if (!sheet) return;
  const auto result = diagnosis_result(*sheet, {}, {});
  HOLDS(result.total == 0 && result.answered == 0 && !result.band);
  HOLDS(next_steps(*sheet, result).size() <= 1);
}

void declaring(std::string_view bytes) {
  (void)read_subsidies(bytes);
  (void)read_scs_facts(bytes);
  const auto steps = read_declaring_steps(bytes);
  if (!steps) return;
  const auto states = declaring_to_do(*steps, {}, "2026-11-27");
  HOLDS(states.size() == 7 && !is_ready_for(1, states) && !is_ready_for(2, states));
}

void past_result(std::string_view bytes) {
  const auto read = result_in(std::string(bytes));
  HOLDS(!read || result_in(result_text(*read)));
}

void certificate(std::string_view bytes) {
  const auto facts = read_certificate(bytes);
  if (!facts) return;
  HOLDS(is_readable(facts->not_before) && is_readable(facts->not_after));
  for (const auto& name : facts->names) (void)covers(facts->names, name);
}

std::string a_certificate() {
  const auto directory = std::filesystem::temp_directory_path().string() + "/gokajo-fuzz-tls-" + random_word(12);
  const auto made = own_certificate(directory, {"hub", "192.0.2.1", "2001:db8::1"}, now());
  HOLDS(made);
  std::string pem;
  if (auto* file = std::fopen(made->certificate.c_str(), "rb")) {
    pem.resize(8192);
    pem.resize(std::fread(pem.data(), 1, pem.size(), file));
    std::fclose(file);
  }
  std::error_code gone;
  std::filesystem::remove_all(directory, gone);
  return pem;
}

std::string a_report(const std::string& rest) {
  return R"({"format":"gokajo-report/1","device":")" + office().key.id() +
         R"(","epoch":1,"seq":42,"scanned_at":"2026-11-24T00:00:00Z","agent_version":"1","pack":{"id":"5kajo","version":"1"},)" + rest;
}

}  // namespace

namespace {

void mail_settings(std::string_view bytes) {
  const auto read = read_mail_settings(bytes);
  if (!read) {
    HOLDS(!read.error().detail.empty());
    return;
  }
  if (!*read) return;
  HOLDS(is_mail_address((*read)->from.address));
  HOLDS(!(*read)->host.empty() && (*read)->host.find_first_of("/ \r\n@") == std::string::npos);
  HOLDS((*read)->port >= 1 && (*read)->port <= 65535);
  HOLDS(!(*read)->oauth || (*read)->oauth->token_url.starts_with("https://"));
}

// What may stand in a mail: https, one line of it, nothing that ends an attribute or a line.
void form(std::string_view bytes) {
  if (const auto read = read_form(bytes))
    for (const auto& [name, value] : *read)
      HOLDS(value.size() <= kFieldBytes && platform::is_valid_utf8(value) &&
            value.find_first_of(std::string_view("\0\r\x1B\x7F", 4)) == std::string::npos);
  HOLDS(cookie_of(bytes, "__Host-gokajo").find(';') == std::string::npos);
}

// What a publisher, or who stands in its place, may make of the pages: a short line and a link to a known publisher.
void hold_notices(const platform::Result<Notices>& read, platform::Time received) {
  if (!read) {
    HOLDS(!read.error().detail.empty() && platform::is_valid_utf8(read.error().detail));
    return;
  }
  HOLDS(read->notices.size() <= kMaxNotices && read->left_out >= 0);
  for (const auto& notice : read->notices) {
    HOLDS(!notice.title.empty() && notice.title.size() <= 4 * kMaxTitle && platform::printable_utf8(notice.title) == notice.title);
    HOLDS(notice.link == link_of_publisher(notice.link) && notice.link.starts_with("https://"));
    HOLDS(is_readable(notice.published) && notice.published <= received && notice.products.size() <= kMaxProducts);
  }
  const auto again = read_notices(write_notices(*read));
  HOLDS(again && again->notices.size() == read->notices.size());
  Programs programs;
  programs.programs["example reader"] = {"Example Reader", 3};
  programs.pcs = 3;
  if (const auto proposal = propose("2026-11", read->notices, programs, received)) {
    const auto text = write_briefing(proposal->briefing);
    HOLDS(compliance::read_briefing(text) && fault_of_texts(proposal->briefing).empty());
    HOLDS(read_reasons(write_reasons(proposal->reasons)));
  }
}

void feed_xml(std::string_view bytes) {
  const auto received = now();
  hold_notices(read_feed_xml(bytes, received), received);
}

void feed_kev(std::string_view bytes) {
  const auto received = now();
  hold_notices(read_kev(bytes, received), received);
}

// What is kept of feeds and proposals, as another version or a damaged store may hold it.
void kept_feed(std::string_view bytes) {
  if (const auto read = read_notices(bytes)) HOLDS(read_notices(write_notices(*read)));
  if (const auto read = read_reasons(bytes)) HOLDS(read_reasons(write_reasons(*read)));
}

void feed_settings(std::string_view bytes) {
  for (const auto& text :
       {std::string(bytes), "[feeds]\n" + std::string(bytes), "[feeds.addresses]\njvn = \"" + std::string(bytes) + "\"\n"}) {
    const auto read = read_feed_settings(text);
    if (!read) HOLDS(!read.error().detail.empty());
    if (!read || !*read) continue;
    for (const auto& feed : chosen_feeds(**read)) HOLDS(feed.address.starts_with("https://") && feed.hours >= kLeastFeedHours);
  }
}

void public_url(std::string_view bytes) {
  for (const auto& text : {std::string(bytes), "public_url = \"" + std::string(bytes) + "\"\n"}) {
    (void)read_metrics_settings(text);
    const auto read = read_public_url(text);
    if (!read) HOLDS(!read.error().detail.empty());
    if (!read || !*read) continue;
    HOLDS((*read)->starts_with("https://") && (*read)->size() <= kMaxLink);
    HOLDS((*read)->find_first_of(" \r\n\t\"'<>&|{}@?#") == std::string::npos);
  }
}

void strict_transport(std::string_view bytes) {
  for (const auto& text : {std::string(bytes), "strict_transport = \"" + std::string(bytes) + "\"\n"}) {
    const auto read = read_strict_transport(text);
    if (!read) HOLDS(!read.error().detail.empty());
    if (read && *read) HOLDS(**read == "off" || **read == "host" || **read == "subdomains");
  }
}

// What is refused is not repeated: it may hold a password.
void store_setting(std::string_view bytes) {
  for (const auto& text :
       {std::string(bytes), "store = \"" + std::string(bytes) + "\"\n", "store = \"postgres://" + std::string(bytes) + "\"\n"}) {
    const auto read = read_store_setting(text);
    if (!read) HOLDS(!read.error().detail.empty());
    if (read && *read) HOLDS(is_postgres(**read));
  }
}

// A number a person typed is four digits or nothing.
void digits(std::string_view bytes) {
  const auto number = digits_of(std::string(bytes));
  HOLDS(number.empty() || (number.size() == 4 && number.find_first_not_of("0123456789") == std::string::npos));
}

void mail_data(std::string_view bytes) {
  if (const auto words = read_mail_words(bytes); !words) HOLDS(!words.error().detail.empty());
  if (const auto providers = read_mail_providers(bytes); !providers) HOLDS(!providers.error().detail.empty());
}

void token(std::string_view bytes) {
  const auto read = read_token(bytes, platform::Time{});
  if (read) HOLDS(!read->token.empty() && read->token.find_first_of("\r\n ") == std::string::npos);
}

// Whatever a company, a person or a PC is called: no line too long, no header of its own.
void mail_text(std::string_view bytes) {
  const auto name = platform::printable_utf8(bytes);
  for (const auto& line : in_lines(filled("{name}の|更新が|遅れています。", {{"name", name}}), "　"))
    HOLDS(compliance::columns_of(line) <= kLineColumns);
  Message message;
  message.from = {name, "gokajo@example.jp"};
  message.to = {name, "owner@example.jp"};
  message.subject = name;
  message.message_id = make_message_id(name, message.from);
  const auto written = write_message(message);
  HOLDS(written);
  const auto head = written->substr(0, written->find("\r\n\r\n"));
  std::size_t headers = 1;
  for (std::size_t at = 0; (at = head.find("\r\n", at)) != std::string::npos; at += 2) headers += head[at + 2] != ' ';
  HOLDS(headers == 8);
  HOLDS(!is_mail_address(bytes) || bytes.find_first_of("\r\n<> ,") == std::string_view::npos);
}

// What is found whole is, byte for byte, what its own manifest makes of its members.
void evidence_pack(std::string_view bytes) {
  std::istringstream file{std::string(bytes)};
  const auto found = verify_pack(file, bytes.size());
  HOLDS(found.problems.size() <= kMaxProblems && found.problems.size() <= found.all_problems);
  for (const auto& one : found.problems) HOLDS(one.from <= one.until);
  HOLDS(found.manifest || !found.problems.empty());
  if (!found.whole()) return;
  std::string made, directory;
  const auto add = [&](const std::string& name, std::size_t size) {
    const auto data = bytes.substr(made.size() + kLocalHeadBytes + name.size(), size);
    PackDigest digest;
    digest.add(data);
    const ZipEntry entry{name, static_cast<std::uint32_t>(size), digest.crc32(), static_cast<std::uint32_t>(made.size())};
    made += local_head(entry) + std::string(data);
    directory += directory_line(entry);
  };
  for (const auto& member : found.manifest->members) add(member.name, static_cast<std::size_t>(member.size));
  add(std::string(kManifestName), write_manifest(*found.manifest).size());
  add(std::string(kSignatureName), 64);
  const auto end = end_of_directory(found.manifest->members.size() + 2, directory.size(), made.size());
  HOLDS(made + directory + end == bytes);
}

std::string a_pack() {
  const auto path = std::filesystem::temp_directory_path().string() + "/gokajo-fuzz-pack-" + random_word(12);
  auto writer = PackWriter::create(path);
  HOLDS(writer && (*writer)->member("company.json", "{}") && (*writer)->member("reports/00001.jsonl", "{}\n"));
  Manifest manifest;
  manifest.until = Time{std::chrono::seconds{1}};
  HOLDS((*writer)->finish(manifest, *protocol::DeviceKey::from_seed(std::string(protocol::DeviceKey::kSeedBytes, '7')), path + ".zip"));
  std::ostringstream text;
  text << std::ifstream(path + ".zip", std::ios::binary).rdbuf();
  std::error_code gone;
  std::filesystem::remove(path + ".zip", gone);
  return text.str();
}

void evidence_manifest(std::string_view bytes) {
  const auto manifest = read_manifest(bytes);
  if (!manifest) return;
  const auto again = read_manifest(write_manifest(*manifest));
  HOLDS(again && write_manifest(*again) == write_manifest(*manifest));
  for (const auto& member : manifest->members) HOLDS(is_member_name(member.name));
}

}  // namespace

const std::vector<Target>& targets() {
  static const std::vector<Target> all = {
      {"report",
       report,
       {},
       {a_report(
            R"("content":{"evidence":{},"memory":{"format":"gokajo-memory/1","first_seen":{},"last_good":{},"not_offered":{}},"findings":[]}})"),
        a_report(R"("changes":{"since_seq":1,"sha256":"","changes":[{"op":"replace","path":"/memory/b/1","value":7}]}})"), "{}",
        protocol::compress("{}")}},
      {"enrol", enrol, {}, {R"({"format":"gokajo-enrol/1","code":"K7WMP2QX"})"}},
      {"head", head, {}, {"1", "01", std::string(64, 'a')}},
      {"page", page, {}, {"", "/devices?state=fail&page=2", "/devices/some-0/report", "a=1; __Host-gokajo=x"}},
      {"lanes", lanes, {"hub/data/lanes.json"}, {"{}"}},
      {"declaring", declaring, {"hub/declaring/data/steps.json", "hub/declaring/data/subsidies.json"}, {"{}"}},
      {"diagnosis", diagnosis, {"hub/diagnosis/data/questions_25.json"}, {"{}"}},
      {"past_result", past_result, {}, {"66 = 18 + 34 + 14 (25/25)", "-3 = -1 + -2 (0/9)"}},
      {"feed_xml",
       feed_xml,
       {"tests/data/feeds/*.rdf", "tests/data/feeds/*.xml"},
       {"<rss><channel><item/></channel></rss>", "<!DOCTYPE a>"}},
      {"feed_kev", feed_kev, {"tests/data/feeds/kev.json"}, {"{}", R"({"count":0,"vulnerabilities":[]})"}},
      {"kept_feed", kept_feed, {}, {R"({"format":"gokajo-notices/1","read":{"notices":[],"left_out":0}})"}},
      {"feed_settings",
       feed_settings,
       {"packaging/linux/hub.toml"},
       {"read = true", "https://mirror.example.jp/jvn.rdf", "authorities = \"/a\""}},
      {"form", form, {}, {"mail=a%40example.jp&password=+%E7%94%B0&x=%0D%0A", "%=&%4&=%00", "a=1; __Host-gokajo=x; b"}},
      {"certificate", certificate, {}, {a_certificate()}},
      {"store_setting", store_setting, {"packaging/linux/hub.toml"}, {"gokajo_hub@db1,db2/gokajo?passfile=/etc/gokajo-hub/pgpass"}},
      {"strict_transport", strict_transport, {"packaging/linux/hub.toml"}, {"host", "subdomains", "off"}},
      {"public_url", public_url, {"packaging/linux/hub.toml"}, {"https://hub.example.jp/", "https://a.b:8443/c_d/-~.x"}},
      {"digits", digits, {}, {"0412", "\xEF\xBC\x90\xEF\xBC\x94\xE3\x80\x80 12"}},
      {"mail_settings",
       mail_settings,
       {"packaging/linux/hub.toml"},
       {"[mail]\nprovider = \"sakura\"\nhost = \"a.example\"\nfrom = \"a@b.example\"\npassword_file = \"/p\"\n",
        "[mail]\nprovider = \"microsoft365\"\nfrom = \"a@b.example\"\n[mail.oauth]\ntenant = \"b.example\"\nclient_id = "
        "\"c\"\nclient_secret_file = "
        "\"/s\"\n"}},
      {"mail_data", mail_data, {"hub/mail/data/*.json"}, {"{}"}},
      {"token", token, {}, {R"({"access_token":"a.b","expires_in":3599})", R"({"error":"invalid_client"})"}},
      {"evidence_pack", evidence_pack, {}, {a_pack(), "PK\5\6"}},
      {"evidence_manifest",
       evidence_manifest,
       {},
       {R"({"company":"a","format":"gokajo-evidence/1","from":"2026-10-01T00:00:00Z","key":")" + std::string(64, 'a') +
        R"(","kind":"internal","made_at":"2026-10-01T00:00:00Z","made_by":"","members":[],"number":1,"until":"2026-10-02T00:00:00Z"})"}},
      {"mail_text", mail_text, {}, {"PC-03 経理", "x\r\nBcc: y@example.com", "=?UTF-8?B?YQ==?="}},
  };
  return all;
}

}  // namespace gokajo::fuzz

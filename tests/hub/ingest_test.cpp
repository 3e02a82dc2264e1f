#include "hub/ingest.h"

#include <algorithm>
#include <random>

#include <SQLiteCpp/SQLiteCpp.h>

#include "protocol/body.h"
#include "protocol/report.h"
#include "protocol/settings.h"
#include "protocol/wishes.h"
#include "tests/hub/office.h"
#include "tests/support/judging.h"

namespace gokajo::tests {

using namespace hub;
using compliance::Verdict, platform::Json, platform::Time;
using protocol::Position, protocol::ProblemKind;

namespace {

const Json& green() {
  static const Json content = content_of_pc("falcon-on", at(0));
  return content;
}
const Json& red() {
  static const Json content = content_of_pc("eset", at(0));
  return content;
}

}  // namespace

TEST_CASE("a report is receipted once it is stored, judged by the hub, and counted") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
  const auto receipt = office.receipt(pc.report({1, 1}, at(-60), green()), at(0));
  CHECK_FALSE(receipt.known);
  CHECK(receipt.stored_at == at(0));
  CHECK_FALSE(receipt.wants_full.has_value());
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
  CHECK(office.device(pc).current == Position{1, 1});
  CHECK(office.store->counters("yamada")->at("antivirus").at("pass") == 1);
  office.receipt(pc.report({1, 2}, at(-30), red()), at(30));
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  CHECK(office.store->counters("yamada")->at("antivirus").at("fail") == 1);
  CHECK_FALSE(office.store->counters("yamada")->at("antivirus").contains("pass"));
}

TEST_CASE("what a report said of its own time, and of what its PC dropped, is kept with it and with the changes it brought") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(-7200), green()), at(-7190));
  office.receipt(pc.report({1, 2}, at(-3600), red()), at(0));  // kept for an hour
  const auto marks = office.store->report_marks("yamada", pc.id(), at(-10000), at(1));
  REQUIRE(marks);
  REQUIRE(marks->size() == 2);
  CHECK(marks->back().scanned_at == at(-3600));
  CHECK(marks->back().stored_at == at(0));
  CHECK(marks->back().discarded == 0);
  const auto changes = office.store->changes("yamada", at(0));
  const auto found = std::find_if(changes->begin(), changes->end(), [](const Change& one) { return one.subject == "antivirus.active"; });
  REQUIRE(found != changes->end());
  CHECK(found->after == "fail");
  CHECK(found->at == at(0));
  CHECK(found->seen_at == at(-3600));
}

TEST_CASE("an old green report sent again a thousand times turns nothing green and counts once") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  const auto old = pc.report({1, 10}, at(-120), green());
  const auto first = office.receipt(old, at(0));
  office.receipt(pc.report({1, 11}, at(-60), red()), at(1));
  for (int i = 0; i < 1000; ++i) {
    const auto again = office.receipt(old, at(100 + i));
    REQUIRE(again.known);
    REQUIRE(again.stored_at == first.stored_at);
  }
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  CHECK(office.device(pc).current == Position{1, 11});
  // The same thing said under a number that was never used is history, too.
  office.receipt(pc.report({1, 9}, at(-300), green()), at(2000));
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  // And no sign of life: a PC set back to an old state grows silent.
  CHECK(office.device(pc).last_receipt == at(1));
}

TEST_CASE("fifty reports in any order end as the newest says, never green") {
  std::mt19937 order(20261126);
  for (int round = 0; round < 4; ++round) {
    Office office;
    const Pc pc;
    office.enrol(pc);
    std::vector<std::int64_t> numbers;
    for (std::int64_t seq = 1; seq <= 50; ++seq) numbers.push_back(seq);
    std::shuffle(numbers.begin(), numbers.end(), order);
    std::int64_t newest = 0;
    for (const auto seq : numbers) {
      newest = std::max(newest, seq);
      office.receipt(pc.report({1, seq}, at(seq), seq % 7 == 1 ? red() : green()), at(100));
      REQUIRE(office.verdict(pc, "antivirus") == (newest % 7 == 1 ? Verdict::fail : Verdict::pass));
    }
    CHECK(office.verdict(pc, "antivirus") == Verdict::fail);  // number 50
  }
}

TEST_CASE("the same number with other bytes is refused as used, and changes nothing") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 5}, at(0), red()));
  const auto before = office.fingerprint();
  const auto reply = office.send(pc.report({1, 5}, at(1), green()));
  CHECK(reply.status == 409);
  CHECK(problem_of(reply) == ProblemKind::number_used);
  CHECK(office.fingerprint() == before);
}

TEST_CASE("forged, swapped and broken signatures are refused alike, and the store stays as it is") {
  Office office;
  const Pc pc;
  const Pc other;
  office.enrol(pc);
  office.enrol(other);
  office.receipt(pc.report({1, 1}, at(0), red()));
  const auto good = pc.report({1, 2}, at(1), green());
  const auto signature = good.header("gokajo-signature");
  std::vector<HttpRequest> bad;
  const auto with = [&](const std::string& header, const std::string& value) {
    auto request = good;
    request.headers[header] = value;
    bad.push_back(std::move(request));
  };
  // The signature itself: none, cut short at every length, each of many bytes changed, other forms of the same bytes.
  with("gokajo-signature", "");
  for (std::size_t length = 4; length < signature.size(); length += 8) with("gokajo-signature", signature.substr(0, length));
  for (std::size_t i = 0; i < 86; i += 5) {
    auto changed = signature;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    with("gokajo-signature", changed);
  }
  with("gokajo-signature", signature + "AAAA");
  with("gokajo-signature", signature.substr(0, 86));
  with("gokajo-signature", " " + signature);
  with("gokajo-signature", signature + "\n");
  with("gokajo-signature", std::string(86, 'A') + "==");
  with("gokajo-signature", platform::base64_encode(std::string(64, '\xff')));
  with("gokajo-signature", other.report({1, 2}, at(1), green()).header("gokajo-signature"));
  with("gokajo-signature", pc.report({1, 3}, at(1), green()).header("gokajo-signature"));
  with("gokajo-signature", pc.request("POST", "/v1/unenrol", {1, 2}, good.body).header("gokajo-signature"));
  with("gokajo-signature", pc.request("PUT", "/v1/reports", {1, 2}, good.body).header("gokajo-signature"));
  with("gokajo-signature", pc.request("POST", "/v1/reports", {1, 2}, good.body + " ").header("gokajo-signature"));
  // S + L: the same signature in a form RFC 8032 forbids is refused by protocol::verify (tests/protocol).
  // The device: nobody, another, in another form.
  with("gokajo-device", "");
  with("gokajo-device", other.id());
  with("gokajo-device", protocol::sha256_hex("nobody"));
  with("gokajo-device", pc.id().substr(0, 63));
  with("gokajo-device", pc.id() + "0");
  with("gokajo-device", "PC-01");
  with("gokajo-device", "' OR 1=1 --");
  // The number: others, and other ways to write the same.
  for (const char* epoch : {"", "0", "2", "01", "+1", "1 ", " 1", "-1", "1.0", "0x1", "9223372036854775807", "99999999999999999999"})
    with("gokajo-epoch", epoch);
  for (const char* seq : {"", "1", "3", "02", "+2", "2 ", "-2", "2e0", "18446744073709551618"}) with("gokajo-seq", seq);
  for (const char* target : {"/v1/unenrol"}) {
    auto request = good;
    request.target = target;
    bad.push_back(std::move(request));
  }
  // The body: another, none, with one byte more.
  for (const auto& body : {std::string(), good.body + " ", other.report({1, 2}, at(1), green()).body}) {
    auto request = good;
    request.body = body;
    bad.push_back(std::move(request));
  }
  // Signed by a key that nobody enrolled, by one the hub never gave that epoch, without anything.
  bad.push_back(Pc{}.report({1, 2}, at(1), green()));
  bad.push_back(pc.report({2, 1}, at(1), green()));
  auto bare = good;
  bare.headers.clear();
  bad.push_back(bare);

  CHECK(bad.size() >= 60);
  const auto before = office.fingerprint();
  const auto answer = office.send(bad.front()).body;
  for (std::size_t i = 0; i < bad.size(); ++i) {
    CAPTURE(i);
    const auto reply = office.send(bad[i]);
    CHECK(reply.status == 401);
    CHECK(reply.body == answer);  // says nothing of what was wrong
  }
  CHECK(office.fingerprint() == before);
  CHECK(office.send(good).status == 200);  // the vectors had one fault each
}

TEST_CASE("a one-time code gives one PC, whoever else tries it a thousand times") {
  Office office;
  const auto code = office.code();
  const Pc first;
  CHECK(office.send(first.enrolment(code)).status == 200);
  int taken = 0;
  for (int i = 0; i < 1000; ++i) {
    Pc next;
    next.address = "192.0.2." + std::to_string(i % 200);
    const auto reply = office.send(next.enrolment(code));
    if (reply.status == 200) ++taken;
    CHECK(reply.status == 401);
  }
  CHECK(taken == 0);
  CHECK(office.store->devices("yamada")->size() == 1);
  // The same key with the same code: the answer got lost, and is given again.
  const auto again = office.send(first.enrolment(code));
  CHECK(again.status == 200);
  CHECK(protocol::read_enrolled(again.body)->epoch == 1);
}

TEST_CASE("a code that was revoked, has ended, or never was, gives nothing; who tries too often waits") {
  Office office;
  const auto revoked = office.code();
  const auto ended = office.code();
  REQUIRE(office.store->begin());
  REQUIRE(office.store->revoke_code("yamada", 1, at(0)));
  REQUIRE(office.store->commit());
  const Pc pc;
  CHECK(office.send(pc.enrolment(revoked)).status == 401);
  CHECK(office.send(pc.enrolment(ended), at(72 * 3600)).status == 401);
  const auto before = office.fingerprint();
  int refused = 0;
  int waits = 0;
  Pc guesser;
  guesser.address = "198.51.100.7";
  for (int i = 0; i < 100; ++i) {
    const auto reply = office.send(guesser.enrolment(random_code()), at(73 * 3600));
    refused += reply.status == 401 ? 1 : 0;
    waits += reply.status == 429 ? 1 : 0;
    if (reply.status == 429) CHECK(reply.headers.contains("retry-after"));
  }
  CHECK(refused == kEnrolFailures);
  CHECK(waits == 100 - kEnrolFailures);
  CHECK(office.send(guesser.enrolment(random_code()), at(73 * 3600 + kEnrolFailureSeconds)).status == 401);
  CHECK(office.fingerprint() == before);
  CHECK(office.send(Pc{}.enrolment(office.code())).status == 200);  // other addresses do not wait
}

TEST_CASE("who has a network of IPv6 has one address' tries for codes, not one for each of its addresses") {
  Office office;
  Pc guesser;
  int refused = 0;
  for (int i = 0; i < 2 * kEnrolFailures; ++i) {
    guesser.address = "2001:db8:0:7::" + std::to_string(i + 1);
    refused += office.send(guesser.enrolment(random_code())).status == 401 ? 1 : 0;
  }
  CHECK(refused == kEnrolFailures);
  guesser.address = "2001:db8:0:8::1";
  CHECK(office.send(guesser.enrolment(random_code())).status == 401);
}

TEST_CASE("the enrolment of one key cannot be signed by another, nor at another place") {
  Office office;
  const Pc pc;
  const Pc thief;
  const auto code = office.code();
  auto stolen = pc.enrolment(code);
  const auto resigned = thief.request("POST", "/v1/enrol", {0, 0}, stolen.body);
  CHECK(office.send(resigned).status == 401);
  stolen.headers = resigned.headers;
  stolen.headers["gokajo-device"] = pc.id();
  CHECK(office.send(stolen).status == 401);
  CHECK(office.send(pc.request("POST", "/v1/enrol", {0, 1}, pc.enrolment(code).body)).status == 401);
  CHECK(office.store->devices("yamada")->empty());
}

TEST_CASE("a PC of a code for many is kept but counts once a person approved it") {
  Office office;
  const Pc pc;
  office.enrol(pc, CodeKind::install_day);
  office.receipt(pc.report({1, 1}, at(0), green()));
  CHECK(office.device(pc).standing == Standing::waiting);
  CHECK_FALSE(office.store->counters("yamada")->contains("antivirus"));
  auto device = office.device(pc);
  device.standing = Standing::approved;
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_device(device));
  REQUIRE(office.store->commit());
  CHECK(office.store->counters("yamada")->at("antivirus").at("pass") == 1);
}

TEST_CASE("a PC that enrols anew gets a higher epoch, and what was green before counts no longer") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 9}, at(0), green()));
  office.enrol(pc);
  CHECK(office.device(pc).epoch == 2);
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
  office.receipt(pc.report({1, 10}, at(0), green()));  // still waited in the spool
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
  office.receipt(pc.report({2, 1}, at(0), green()));
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
}

TEST_CASE("two companies do not mix: a key counts in one, and sees the settings of that one") {
  Office office;
  office.add_company("sato");
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 1}, at(0), green()));
  office.enrol(pc, CodeKind::one_time, "sato");
  CHECK(office.device(pc).tenant == "sato");
  CHECK(office.device(pc).epoch == 2);
  CHECK_FALSE(office.store->counters("yamada")->contains("antivirus"));
  CHECK_FALSE(office.store->counters("sato")->contains("antivirus"));
  office.receipt(pc.report({2, 1}, at(0), red()));
  CHECK(office.store->counters("sato")->at("antivirus").at("fail") == 1);
  CHECK_FALSE(office.store->counters("yamada")->contains("antivirus"));
  CHECK(office.verdict(pc, "antivirus", "yamada") == Verdict::pass);  // what it was when it left; counts for nothing
  const auto settings = protocol::read_settings(office.send(pc.request("GET", "/v1/settings", {2, 0}, "")).body);
  REQUIRE(settings);
  CHECK(settings->company == "sato 工務店");
  CHECK(office.store->report("yamada", pc.id(), {2, 1}).error().kind == platform::ErrorKind::not_found);
}

TEST_CASE("settings come with their hash, and only when they are others") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  const auto reply = office.send(pc.request("GET", "/v1/settings", {1, 0}, ""));
  REQUIRE(reply.status == 200);
  const auto tag = "\"" + protocol::sha256_hex(reply.body) + "\"";
  CHECK(reply.headers.at("etag") == tag);
  auto again = pc.request("GET", "/v1/settings", {1, 0}, "");
  again.headers["if-none-match"] = tag;
  CHECK(office.send(again).status == 304);
  CHECK(office.receipt(pc.report({1, 1}, at(0), red())).settings_sha256 == protocol::sha256_hex(reply.body));
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_declaration("yamada", {pc.id(), {"passwords.length", "", "long", "田中", at(0), at(86400)}, std::nullopt}));
  REQUIRE(office.store->commit());
  const auto changed = office.send(again);
  CHECK(changed.status == 200);
  CHECK(protocol::read_settings(changed.body)->declarations.size() == 1);
  CHECK(office.receipt(pc.report({1, 2}, at(0), red())).settings_sha256 == protocol::sha256_hex(changed.body));
  const Pc other;
  office.enrol(other);
  CHECK(protocol::sha256_hex(office.send(other.request("GET", "/v1/settings", {1, 0}, "")).body) == protocol::sha256_hex(reply.body));
}

TEST_CASE("a PC that has nothing to report hears what a receipt would say, and changes nothing by asking") {
  Office office;
  const Pc pc, stranger;
  office.enrol(pc);
  const auto asks = [&](const Pc& one) { return office.send(one.request("GET", protocol::kWishesPath, {1, 0}, "")); };
  const auto receipt = office.receipt(pc.report({1, 1}, at(0), red()));
  const auto before = office.fingerprint();
  auto wishes = protocol::read_wishes(asks(pc).body);
  REQUIRE(wishes);
  CHECK(wishes->settings_sha256 == receipt.settings_sha256);
  CHECK_FALSE(wishes->scan_wanted);
  CHECK(office.fingerprint() == before);
  auto device = office.device(pc);
  device.scan_wanted = at(5);
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_device(device));
  REQUIRE(office.store->commit());
  wishes = protocol::read_wishes(asks(pc).body);
  REQUIRE(wishes);
  CHECK(wishes->scan_wanted == at(5));
  CHECK(asks(stranger).status == 401);
  CHECK(office.send(pc.request("POST", protocol::kWishesPath, {1, 0}, "")).status == 404);
}

TEST_CASE("a PC that signed off is refused until it enrols again; an old sign-off does not remove it then") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  const auto goodbye = pc.request("POST", "/v1/unenrol", {1, 0}, "");
  CHECK(office.send(goodbye).status == 204);
  CHECK(office.send(goodbye).status == 403);
  const auto reply = office.send(pc.report({1, 1}, at(0), green()));
  CHECK(reply.status == 403);
  CHECK(problem_of(reply) == ProblemKind::removed);
  office.enrol(pc);
  CHECK(office.send(goodbye).status == 401);
  CHECK(office.device(pc).standing == Standing::approved);
}

TEST_CASE("differences are applied to the report they name, and only when the result is what was meant") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 40}, at(0), green()));
  CHECK_FALSE(office.receipt(pc.changes({1, 41}, at(0), 40, green(), red())).wants_full.has_value());
  CHECK(office.verdict(pc, "antivirus") == Verdict::fail);
  // Against the report that was sent in full, not the one before.
  CHECK_FALSE(office.receipt(pc.changes({1, 42}, at(0), 40, green(), green())).wants_full.has_value());
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
}

TEST_CASE("differences whose base the hub does not hold are stored, asked for in full, and nothing passes meanwhile") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  office.receipt(pc.report({1, 40}, at(0), green()));
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
  const auto receipt = office.receipt(pc.changes({1, 42}, at(0), 41, green(), red()));
  CHECK(receipt.wants_full == true);
  CHECK(office.store->report("yamada", pc.id(), {1, 42}));
  CHECK(office.device(pc).current == Position{1, 40});
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
  CHECK(office.store->counters("yamada")->at("antivirus").at("unknown") == 1);
  office.receipt(pc.report({1, 41}, at(0), green()));  // late, and older than what cannot be read
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
  office.receipt(pc.report({1, 43}, at(0), green()));
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
  // A result that is not the one that was meant.
  auto wrong = pc.changes({1, 44}, at(0), 43, green(), red());
  auto body = Json::parse(wrong.body);
  body["changes"]["sha256"] = protocol::sha256_hex("another");
  CHECK(office.receipt(pc.request("POST", "/v1/reports", {1, 44}, body.dump())).wants_full == true);
  CHECK(office.verdict(pc, "antivirus") == Verdict::unknown);
}

TEST_CASE("compressed reports are those of before; what is not encoded as it says is malformed") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  const auto plain = pc.report({1, 1}, at(0), green());
  auto packed = pc.request("POST", "/v1/reports", {1, 1}, protocol::compress(plain.body));
  CHECK(office.send(packed).status == 400);
  packed.headers["content-encoding"] = "zstd";
  office.receipt(packed);
  CHECK(office.verdict(pc, "antivirus") == Verdict::pass);
  auto lie = pc.report({1, 2}, at(0), green());
  lie.headers["content-encoding"] = "zstd";
  CHECK(office.send(lie).status == 400);
  lie.headers["content-encoding"] = "gzip";
  CHECK(office.send(lie).status == 400);
}

TEST_CASE("bombs, depth and doubled keys are refused, and the store stays as it is") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  const auto before = office.fingerprint();
  const auto sent = [&](std::string body, bool packed = false) {
    auto request = pc.request("POST", "/v1/reports", {1, 1}, std::move(body));
    if (packed) request.headers["content-encoding"] = "zstd";
    return office.send(request);
  };
  const auto bomb = protocol::compress(std::string(256U << 20U, ' '));
  REQUIRE(bomb.size() < kMaxWireBytes);
  CHECK(problem_of(sent(bomb, true)) == ProblemKind::too_large);
  CHECK(problem_of(sent(std::string(kMaxWireBytes + 1, ' '))) == ProblemKind::too_large);
  CHECK(problem_of(sent(std::string(100000, '['))) == ProblemKind::malformed);
  CHECK(problem_of(sent(protocol::compress(std::string(1000000, '[')), true)) == ProblemKind::malformed);
  const auto text = pc.report({1, 1}, at(0), red()).body;
  CHECK(problem_of(sent("{\"seq\":1," + text.substr(1))) == ProblemKind::malformed);
  CHECK(problem_of(sent("{\"epoch\":1e400," + text.substr(1))) == ProblemKind::malformed);
  CHECK(problem_of(sent(text + "x")) == ProblemKind::malformed);
  CHECK(problem_of(sent("\xff\xfe")) == ProblemKind::malformed);
  CHECK(problem_of(sent("")) == ProblemKind::malformed);
  CHECK(problem_of(sent(protocol::compress(text) + "x", true)) == ProblemKind::malformed);
  CHECK(office.fingerprint() == before);
}

TEST_CASE("a report that names another device or number than it is signed for is malformed") {
  Office office;
  const Pc pc;
  const Pc other;
  office.enrol(pc);
  const auto before = office.fingerprint();
  CHECK(office.send(pc.request("POST", "/v1/reports", {1, 1}, other.report({1, 1}, at(0), green()).body)).status == 400);
  CHECK(office.send(pc.request("POST", "/v1/reports", {1, 1}, pc.report({1, 2}, at(0), green()).body)).status == 400);
  CHECK(office.send(pc.request("POST", "/v1/reports", {1, 0}, pc.report({1, 1}, at(0), green()).body)).status == 400);
  auto content = green();
  content["evidence"]["device"]["os"] = 7;
  CHECK(office.send(pc.report({1, 1}, at(0), content)).status == 400);
  CHECK(office.fingerprint() == before);
}

TEST_CASE("a report of a later form than the hub's is not thrown away: the PC keeps it") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  auto later = Json::parse(pc.report({1, 1}, at(0), green()).body);
  later["format"] = "gokajo-report/2";
  CHECK(problem_of(office.send(pc.request("POST", "/v1/reports", {1, 1}, later.dump()))) == ProblemKind::newer);
  later["format"] = "gokajo-report/1";
  later["content"]["evidence"]["device"]["tomorrow"] = 1;
  CHECK(problem_of(office.send(pc.request("POST", "/v1/reports", {1, 1}, later.dump()))) == ProblemKind::malformed);
  later["agent_version"] = "99.0.0";
  CHECK(problem_of(office.send(pc.request("POST", "/v1/reports", {1, 1}, later.dump()))) == ProblemKind::newer);
}

TEST_CASE("an agent's version that is too long is cut between two letters") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  for (int ascii = 97; ascii <= 100; ++ascii) {
    CAPTURE(ascii);
    auto report = Json::parse(pc.report({1, ascii}, at(ascii), green()).body);
    report["agent_version"] = std::string(static_cast<std::size_t>(ascii), '1') + "版版";
    office.receipt(pc.request("POST", "/v1/reports", {1, ascii}, report.dump()), at(ascii));
    const auto& kept = office.device(pc).agent_version;
    CHECK(platform::is_valid_utf8(kept));
    CHECK(kept == std::string(static_cast<std::size_t>(ascii), '1') + (ascii == 97 ? "版" : ""));
  }
}

TEST_CASE("a company that cannot be judged by is the hub's trouble, never the report's") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  auto company = *office.store->company("yamada");
  company.pack = "no-such-pack";
  REQUIRE(office.store->begin());
  REQUIRE(office.store->put_company(company));
  REQUIRE(office.store->commit());
  const auto reply = office.send(pc.report({1, 1}, at(0), green()));
  CHECK(reply.status == 503);
  const auto wait = std::stoi(reply.headers.at("retry-after"));
  CHECK(wait >= 60);
  CHECK(wait <= 600);
  CHECK_FALSE(office.store->report("yamada", pc.id(), {1, 1}));
}

TEST_CASE("many requests in one commit: one that fails takes no other with it") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  std::vector<HttpRequest> requests;
  for (std::int64_t seq = 1; seq <= 20; ++seq) {
    requests.push_back(pc.report({1, seq}, at(seq), green()));
    if (seq % 5 == 0) requests.back().headers["gokajo-signature"] = "x";
  }
  const auto replies = office.ingest->handle_all(requests, at(0));
  REQUIRE(replies.size() == 20);
  for (std::int64_t seq = 1; seq <= 20; ++seq) {
    CHECK(replies[static_cast<std::size_t>(seq - 1)].status == (seq % 5 == 0 ? 401 : 200));
    CHECK(office.store->report("yamada", pc.id(), {1, seq}).has_value() == (seq % 5 != 0));
  }
}

TEST_CASE("reports side by side end as they would one after another") {
  // The same requests: all in one commit on four threads, each alone on one, and seven at a time with a look ahead. Differences, doubled
  // numbers, forged ones and other requests stand between full reports of seven PCs.
  std::vector<std::string> ends;
  const auto seed = [](int i) { return std::string(protocol::DeviceKey::kSeedBytes, static_cast<char>('a' + i)); };
  for (const std::size_t at_once : {1000, 1, 7}) {
    Office office;
    const auto reading = office.place.store();
    office.ingest =
        std::make_unique<Ingest>(*office.store, office.pepper, at_once == 1 ? 1 : 4, nullptr, at_once == 7 ? reading.get() : nullptr);
    std::vector<HttpRequest> requests;
    std::vector<Pc> pcs;
    for (int i = 0; i < 7; ++i) pcs.push_back({std::move(*protocol::DeviceKey::from_seed(seed(i))), "192.0.2.1"});
    for (const auto& pc : pcs) office.enrol(pc);
    const auto before = green();
    auto now = before;
    now["memory"]["last_good"]["pass/x"] = "2026-11-25T00:00:00Z";
    for (std::int64_t seq = 1; seq <= 40; ++seq) {
      const auto& pc = pcs[static_cast<std::size_t>(seq % 7)];
      if (seq % 5 == 0) requests.push_back(pc.changes({1, seq}, at(seq), seq % 10 == 0 ? 1 : seq - 7, before, now));
      if (seq % 6 == 0) requests.push_back(pc.request("GET", "/v1/settings", {1, 0}, ""));
      requests.push_back(pc.report({1, seq}, at(seq), before));
      if (seq % 8 == 0) requests.push_back(pc.report({1, seq - 8}, at(1), before));
      if (seq % 9 == 0) requests.back().headers["gokajo-signature"] = "x";
    }
    // One PC twice, the older number last; nothing else, lest the whole be undone and done one by one.
    std::vector<HttpRequest> twice;
    for (const auto& pc : pcs)
      for (const std::int64_t seq : {100, 60}) twice.push_back(pc.report({1, seq}, at(seq), seq == 60 ? before : now));
    std::string end;
    const auto add = [&](const std::vector<HttpReply>& replies) {
      for (const auto& reply : replies)
        end += std::to_string(reply.status) + reply.body.substr(0, reply.status == 503 ? 0 : reply.body.size());
    };
    for (const auto* several : {&requests, &twice}) {
      for (auto left = std::span<const HttpRequest>(*several); !left.empty();) {
        const auto batch = left.first(std::min(at_once, left.size()));
        left = left.subspan(batch.size());
        add(office.ingest->handle_all(batch, at(100),
                                      [&](std::size_t wanted) { return left.first(std::min({wanted, at_once, left.size()})); }));
      }
    }
    for (const auto& pc : pcs) {
      const auto device = office.device(pc);
      end += "\n" + std::to_string(device.latest.seq) + " " + std::to_string(device.current.seq) + *office.store->memory("yamada", pc.id());
      const auto findings = office.store->findings("yamada", pc.id());
      for (const auto& finding : *findings) end += finding.form;
    }
    const auto counters = office.store->counters("yamada");
    for (const auto& [what, counts] : *counters)
      for (const auto& [verdict, devices] : counts) end += what + verdict + std::to_string(devices);
    ends.push_back(end);
  }
  CHECK((ends[0].find("wants_full") != std::string::npos));
  CHECK((ends[0] == ends[1]));
  CHECK((ends[0] == ends[2]));
}

namespace {

// A store that takes all but memories. `when`: of these devices alone.
void keep_no_memories(const Place& place, const std::string& when) {
  place.run("CREATE TRIGGER full BEFORE INSERT ON memories " + when + " BEGIN SELECT RAISE(ABORT, 'disk full'); END",
            "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$; "
            "CREATE TRIGGER full_disk BEFORE INSERT ON memories FOR EACH ROW " +
                when + " EXECUTE FUNCTION refuse()");
}

}  // namespace

TEST_CASE("a request that fails half way leaves nothing behind") {
  // A store that cannot keep memories: the device and the report were written before.
  Office office;
  const Pc pc;
  office.enrol(pc);
  REQUIRE(office.store->begin());
  REQUIRE(office.store->commit());
  keep_no_memories(office.place, "");
  const auto before = office.fingerprint();
  CHECK(office.send(pc.report({1, 1}, at(0), green())).status == 503);
  CHECK(office.fingerprint() == before);
  office.place.run("DROP TRIGGER full", "DROP TRIGGER full_disk ON memories");
  CHECK_FALSE(office.receipt(pc.report({1, 1}, at(0), green())).known);
}

TEST_CASE("a request that fails half way takes no other of its commit with it") {
  Office office;
  Pc pcs[3];
  for (const auto& pc : pcs) office.enrol(pc);
  keep_no_memories(office.place, "WHEN (NEW.device = '" + pcs[1].id() + "')");
  std::vector<HttpRequest> requests;
  for (const auto& pc : pcs) requests.push_back(pc.report({1, 1}, at(0), green()));
  const auto replies = office.ingest->handle_all(requests, at(0));
  REQUIRE(replies.size() == 3);
  CHECK(replies[0].status == 200);
  CHECK(replies[1].status == 503);
  CHECK(replies[2].status == 200);
  for (const auto& pc : pcs) CHECK(office.store->report("yamada", pc.id(), {1, 1}).has_value() == (&pc != &pcs[1]));
  CHECK(office.store->findings("yamada", pcs[1].id())->empty());
  office.place.run("DROP TRIGGER full", "DROP TRIGGER full_disk ON memories");
}

TEST_CASE("what is no path of the protocol is not there") {
  Office office;
  const Pc pc;
  office.enrol(pc);
  for (const char* target : {"/", "/v1", "/v1/reports/", "/v1/reports?x=1", "/v1/settings/..", "/V1/reports", "/v2/reports"})
    CHECK(office.send(pc.request("POST", target, {1, 1}, "")).status == 404);
  CHECK(office.send(pc.request("GET", "/v1/reports", {1, 1}, "")).status == 404);
  CHECK(office.send(pc.request("POST", "/v1/settings", {1, 1}, "")).status == 404);
}

}  // namespace gokajo::tests

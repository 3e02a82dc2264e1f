#include "hub/evidence/verify.h"

#include <random>

#include "tests/hub/evidence/packs.h"

namespace gokajo::tests {

using namespace hub;

namespace {

// One that is empty, one of a byte, names of different lengths.
const Members kSmall = {{"company.json", "{}"}, {"deeds.jsonl", ""}, {"reports/00001.jsonl", "{\"seq\":1}\n{\"seq\":2}\n"}, {"x", "y"}};

std::string problems_of(const Verification& found) {
  std::string text;
  for (const auto& one : found.problems)
    text += std::string(boost::describe::enum_to_string(one.damage, "?")) + " " + one.member + " " + std::to_string(one.from) + "-" +
            std::to_string(one.until) + " " + one.detail + "; ";
  return text;
}

// A changed name in a head makes of the member one that is missing and one that was added: the byte is named all the same.
bool names_byte(const Verification& found, std::size_t at) {
  for (const auto& one : found.problems)
    if (one.from <= at && at < one.until) return true;
  return false;
}

}  // namespace

TEST_CASE("a pack as it was made is whole, and says whose it is") {
  const auto bytes = pack_of(kSmall);
  const auto found = verified(bytes);
  CHECK_MESSAGE(found.whole(), problems_of(found));
  REQUIRE(found.manifest);
  CHECK(found.manifest->company == "山田工務店");
  CHECK(found.manifest->members.size() == kSmall.size());
  CHECK(found.key_fingerprint == key_of_tests().id());
  CHECK(found.sha256 == protocol::sha256_hex(write_manifest(*found.manifest)));
  CHECK(zipped(members_of(bytes)) == bytes);
  // Without a member, too.
  CHECK(verified(pack_of({})).whole());
}

TEST_CASE("the same members make the same bytes") { CHECK(pack_of(kSmall) == pack_of(kSmall)); }

TEST_CASE("every byte of a small pack, changed: named, and whose it is") {
  const auto bytes = pack_of(kSmall);
  const auto owners = owners_of(members_of(bytes));
  REQUIRE(owners.size() == bytes.size());
  std::mt19937 random(20261127);
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const int flip : {1, 0x80, static_cast<int>(1 + random() % 255)}) {
      auto changed = bytes;
      changed[at] = static_cast<char>(changed[at] ^ flip);
      const auto found = verified(changed);
      CHECK_FALSE(found.whole());
      CHECK_MESSAGE(names(found, at, owners[at]), "byte " << at << " of " << owners[at] << ": " << problems_of(found));
    }
}

TEST_CASE("a thousand random bytes of a larger pack, changed: each named, and whose it is") {
  std::mt19937 random(4182);
  Members members;
  for (int i = 0; i < 40; ++i) {
    std::string data(random() % 3000, '\0');
    for (auto& c : data) c = static_cast<char>(random());
    members.emplace_back("reports/" + std::to_string(10000 + i) + ".jsonl", std::move(data));
  }
  const auto bytes = pack_of(members);
  const auto owners = owners_of(members_of(bytes));
  for (int i = 0; i < 1000; ++i) {
    const auto at = random() % bytes.size();
    auto changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<int>(1 + random() % 255));
    const auto found = verified(changed);
    CHECK_FALSE(found.whole());
    CHECK_MESSAGE(names(found, at, owners[at]), "byte " << at << " of " << owners[at] << ": " << problems_of(found));
  }
}

TEST_CASE("a member taken out, put in, put elsewhere or exchanged is named, however well the file was put together again") {
  const auto all = members_of(pack_of(kSmall));
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto fewer = all;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_MESSAGE(says(verified(zipped(fewer)), Damage::missing, all[i].first), all[i].first);
    auto more = all;
    more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), {"zusatz.json", "{}"});
    CHECK_MESSAGE(says(verified(zipped(more)), Damage::added, "zusatz.json"), all[i].first);
    auto twice = all;
    twice.insert(twice.begin() + static_cast<std::ptrdiff_t>(i), all[i]);
    CHECK_MESSAGE(says(verified(zipped(twice)), Damage::added, all[i].first), all[i].first);
    for (std::size_t k = i + 1; k < all.size(); ++k) {
      auto swapped = all;
      std::swap(swapped[i], swapped[k]);
      const auto found = verified(zipped(swapped));
      CHECK_MESSAGE(says(found, Damage::moved, all[i].first), problems_of(found));
      CHECK_MESSAGE(says(found, Damage::moved, all[k].first), problems_of(found));
    }
    if (i + 2 >= all.size()) continue;
    auto other = all;
    other[i].second += "\n";
    CHECK_MESSAGE(says(verified(zipped(other)), Damage::changed, all[i].first), all[i].first);
  }
}

TEST_CASE("a manifest of somebody else's is not what was signed") {
  auto all = members_of(pack_of(kSmall));
  auto manifest = *read_manifest(all[4].second);
  manifest.until += platform::Days{1};
  all[4].second = write_manifest(manifest);
  CHECK(says(verified(zipped(all)), Damage::signature, "manifest.json"));
  // Signed anew, by another key: whole, and whose key it is tells.
  const auto other = protocol::DeviceKey::make();
  const auto forged = verified(pack_of(kSmall, manifest_of_tests(), other));
  CHECK(forged.whole());
  CHECK(forged.key_fingerprint == other.id());
}

TEST_CASE("a pack that was cut anywhere, or to which something was added, is not whole") {
  const auto bytes = pack_of(kSmall);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto found = verified(bytes.substr(0, size));
    CHECK_MESSAGE(!found.whole(), size);
    CHECK_MESSAGE(!found.problems.empty(), size);
  }
  for (const auto& more : {std::string(1, '\0'), std::string("PK"), bytes}) {
    const auto found = verified(bytes + more);
    CHECK_FALSE(found.whole());
    CHECK_MESSAGE(names_byte(found, bytes.size()), problems_of(found));
  }
  CHECK_FALSE(verified("x" + bytes).whole());
}

// Both places that hold a CRC, changed alike: no reader of ZIP would find anything amiss with the list, and no byte may be without a word.
TEST_CASE("a CRC changed in both of its places is named") {
  const auto all = members_of(pack_of(kSmall));
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto bytes = zipped(all);
    std::size_t head = 0, line = 0;
    for (std::size_t k = 0; k < all.size(); ++k) line += kLocalHeadBytes + all[k].first.size() + all[k].second.size();
    for (std::size_t k = 0; k < i; ++k) {
      head += kLocalHeadBytes + all[k].first.size() + all[k].second.size();
      line += kDirectoryHeadBytes + all[k].first.size();
    }
    bytes[head + 14] = static_cast<char>(bytes[head + 14] ^ 1);
    bytes[line + 16] = static_cast<char>(bytes[line + 16] ^ 1);
    const auto found = verified(bytes);
    CHECK_MESSAGE(says(found, Damage::head, all[i].first), problems_of(found));
    CHECK_MESSAGE(says(found, Damage::directory, all[i].first), problems_of(found));
  }
}

TEST_CASE("packs follow one another by number, company and the hash of the manifest before") {
  const auto first = verified(pack_of(kSmall));
  auto manifest = manifest_of_tests();
  manifest.number = 2;
  manifest.previous = first.sha256;
  const auto second = verified(pack_of(kSmall, manifest));
  CHECK(second.whole());
  CHECK(follows(first, second));
  CHECK_FALSE(follows(second, first));
  CHECK_FALSE(follows(first, first));
  manifest.previous = std::string(64, '0');
  CHECK_FALSE(follows(first, verified(pack_of(kSmall, manifest))));
  manifest.previous = first.sha256;
  manifest.number = 3;
  CHECK_FALSE(follows(first, verified(pack_of(kSmall, manifest))));
  manifest.number = 2;
  manifest.company = "佐藤工務店";
  CHECK_FALSE(follows(first, verified(pack_of(kSmall, manifest))));
}

TEST_CASE("names of members lead nowhere else") {
  for (const char* name : {"company.json", "reports/00001.jsonl", "packs/5kajo.json", "a", "1"}) CHECK_MESSAGE(is_member_name(name), name);
  for (const char* name : {"", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b", "-a", "A", "a b", "a\\b", "c:a", "日", "a\n"})
    CHECK_MESSAGE(!is_member_name(name), name);
  CHECK(is_member_name(std::string(kMaxNameBytes, 'a')));
  CHECK_FALSE(is_member_name(std::string(kMaxNameBytes + 1, 'a')));
}

TEST_CASE("a manifest is refused with its place") {
  const auto good = platform::to_form(*verified(pack_of(kSmall)).manifest);
  REQUIRE(read_manifest(good.dump()));
  const auto refused = [&](const char* pointer, const platform::Json& value, const char* place) {
    auto bad = good;
    bad[platform::Json::json_pointer(pointer)] = value;
    const auto read = read_manifest(bad.dump());
    REQUIRE_MESSAGE(!read, pointer);
    CHECK_MESSAGE(read.error().detail.find(place) != std::string::npos, read.error().detail);
  };
  refused("/format", "gokajo-evidence/2", "format");
  refused("/kind", "secret", "kind");
  refused("/number", 0, "number");
  refused("/number", 2, "previous");
  refused("/previous", std::string(64, 'a'), "previous");
  refused("/previous", "abc", "previous");
  refused("/until", "2026-10-01T00:00:00Z", "until");
  refused("/key", std::string(64, 'A'), "key");
  refused("/members/1/name", "company.json", "members[1].name");
  refused("/members/1/name", "../x", "members[1].name");
  refused("/members/1/name", "manifest.json", "members[1].name");
  refused("/members/2/size", -1, "members[2].size");
  refused("/members/2/size", 4294967296, "members[2].size");
  refused("/members/3/sha256", "00", "members[3].sha256");
  refused("/more", 1, "more");
  CHECK(read_manifest(std::string(kMaxManifestBytes + 1, ' ')).error().kind == platform::ErrorKind::too_large);
}

TEST_CASE("a member whose name leads out of a folder is one that was added, and nothing is written anywhere") {
  for (const char* name : {"../../etc/passwd", "/etc/passwd", "..\\..\\x", "c:/x", "reports/../../x", "con", "a\x1b[2Jb", ""}) {
    CAPTURE(name);
    auto all = members_of(pack_of(kSmall));
    all.insert(all.begin() + 1, {name, "x"});
    CHECK(says(verified(zipped(all)), Damage::added, name));
  }
}

// Whoever signs may name whatever: even then no name leads anywhere.
TEST_CASE("a manifest that was signed with a hostile list is none") {
  const auto with_manifest = [](const platform::Json& manifest) {
    auto all = members_of(pack_of(kSmall));
    const auto text = manifest.dump();
    const auto signature = key_of_tests().sign(text);
    all[4].second = text;
    all[5].second.assign(reinterpret_cast<const char*>(signature.data()), signature.size());
    return verified(zipped(all));
  };
  const auto good = platform::to_form(*verified(pack_of(kSmall)).manifest);
  CHECK(with_manifest(good).whole());
  for (const char* name : {"../x", "company.json", "manifest.json", "/x"}) {
    auto bad = good;
    bad["members"][3]["name"] = name;
    const auto found = with_manifest(bad);
    CHECK_FALSE(found.manifest);
    CHECK(says(found, Damage::manifest, "manifest.json"));
  }
  auto deep = good;
  for (int i = 0; i < 2000; ++i) deep["company"] = platform::Json::array({deep["company"]});
  CHECK_FALSE(with_manifest(deep).manifest);
}

TEST_CASE("members that are said to be huge, or many, cost nothing and are not whole") {
  const auto bytes = pack_of(kSmall);
  const auto changed = [&](std::size_t at, const std::string& to) {
    auto out = bytes;
    out.replace(at, to.size(), to);
    return verified(out);
  };
  const std::string most(4, '\xff');
  for (const std::size_t at : {std::size_t{18}, std::size_t{22}}) CHECK_FALSE(changed(at, most).whole());
  const auto end = bytes.size() - kEndBytes;
  for (const std::size_t at : {end + 8, end + 10}) CHECK_FALSE(changed(at, most.substr(0, 2)).whole());
  for (const std::size_t at : {end + 12, end + 16}) CHECK_FALSE(changed(at, most).whole());
  // Nothing but heads of members without a byte.
  std::string heads;
  for (int i = 0; i < 100000; ++i) heads += local_head({"a", 0, 0, static_cast<std::uint32_t>(heads.size())});
  const auto found = verified(heads);
  CHECK_FALSE(found.whole());
  CHECK(found.problems.size() <= kMaxProblems);
}

TEST_CASE("a file that is no archive cannot be read as one") {
  for (const std::string& bytes :
       {std::string(), std::string("見積書\n"), std::string(100000, '\0'), std::string("%PDF-1.7\n") + std::string(5000, 'x'),
        std::string("PK\3\4"), std::string("PK\5\6") + std::string(18, '\0')}) {
    const auto found = verified(bytes);
    CHECK_FALSE(found.whole());
    CHECK_FALSE(found.manifest);
    CHECK(!found.problems.empty());
  }
}

TEST_CASE("a file that is not there, or no file, is said to be that") {
  const TemporaryDirectory directory;
  CHECK(verify_pack_file(directory.path() + "/none.zip").error().kind == platform::ErrorKind::not_found);
  CHECK(verify_pack_file(directory.path()).error().kind == platform::ErrorKind::not_found);
  std::ofstream(directory.path() + "/1.zip", std::ios::binary) << pack_of(kSmall);
  CHECK(verify_pack_file(directory.path() + "/1.zip")->whole());
}

}  // namespace gokajo::tests

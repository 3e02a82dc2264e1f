#include <doctest/doctest.h>

#include "hub/web/form.h"
#include "hub/web/password.h"
#include "hub/web/sealed.h"
#include "hub/web/totp.h"

namespace gokajo::tests {

using namespace hub;
using platform::Time;

namespace {
Time unix_time(std::int64_t seconds) { return Time{std::chrono::seconds{seconds}}; }
}  // namespace

// RFC 6238, appendix B (the last six of its eight digits).
TEST_CASE("one-time passwords are those of RFC 6238") {
  struct Vector {
    std::int64_t at;
    const char* sha1;
    const char* sha256;
  };
  const TotpKey sha1{"12345678901234567890", TotpHash::sha1}, sha256{"12345678901234567890123456789012", TotpHash::sha256};
  for (const auto& one :
       {Vector{59, "287082", "119246"}, Vector{1111111109, "081804", "084774"}, Vector{1111111111, "050471", "062674"},
        Vector{1234567890, "005924", "819424"}, Vector{2000000000, "279037", "698825"}, Vector{20000000000, "353130", "737706"}}) {
    CHECK(totp_at(sha1, totp_step(unix_time(one.at))) == one.sha1);
    CHECK(totp_at(sha256, totp_step(unix_time(one.at))) == one.sha256);
  }
}

TEST_CASE("a secret is kept with the hash its app knows; those kept before were by SHA-1") {
  const std::string secret(kTotpSecretBytes, 's');
  for (const auto hash : {TotpHash::sha1, TotpHash::sha256}) {
    const auto read = read_totp_key(write_totp_key({secret, hash}));
    REQUIRE(read);
    CHECK(read->secret == secret);
    CHECK(read->hash == hash);
  }
  CHECK(read_totp_key(secret)->hash == TotpHash::sha1);
  for (const auto& other : {std::string(), secret.substr(1), "\x01" + secret, "\x02" + secret + "x"}) CHECK_FALSE(read_totp_key(other));
}

TEST_CASE("a one-time password is good once, a step early or late, and no longer") {
  const TotpKey secret{"12345678901234567890"};
  const auto now = unix_time(1111111111);
  const auto step = totp_step(now);
  for (const auto off : {-1, 0, 1}) CHECK(match_totp(secret, totp_at(secret, step + off), now, 0) == step + off);
  for (const auto off : {-2, 2}) CHECK_FALSE(match_totp(secret, totp_at(secret, step + off), now, 0));
  CHECK_FALSE(match_totp(secret, totp_at(secret, step), now, step));
  CHECK(match_totp(secret, totp_at(secret, step + 1), now, step) == step + 1);
  for (const char* wrong : {"", "0", "050471", "0504711", "05047", "abcdef"}) CHECK_FALSE(match_totp(secret, wrong, now, 0));
}

// RFC 4648, section 10, without padding.
TEST_CASE("secrets are shown in base 32") {
  const std::pair<const char*, const char*> vectors[] = {
      {"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"}};
  for (const auto& [plain, text] : vectors) CHECK(base32(plain) == text);
  CHECK(totp_uri("foobar", "a@example.jp") == "otpauth://totp/Gokajo:a@example.jp?secret=MZXW6YTBOI&issuer=Gokajo&algorithm=SHA256");
}

TEST_CASE("what is sealed opens with its own pepper and purpose only, and unchanged only") {
  const Pepper pepper(std::string(Pepper::kBytes, 'p'));
  auto sealed = seal(pepper, "totp", "12345678901234567890");
  CHECK(sealed.find("1234567890") == std::string::npos);
  CHECK(sealed != seal(pepper, "totp", "12345678901234567890"));
  CHECK(unseal(pepper, "totp", sealed) == "12345678901234567890");
  CHECK_FALSE(unseal(pepper, "half", sealed));
  CHECK_FALSE(unseal(Pepper(std::string(Pepper::kBytes, 'q')), "totp", sealed));
  CHECK_FALSE(unseal(pepper, "totp", sealed.substr(1)));
  CHECK_FALSE(unseal(pepper, "totp", ""));
  sealed.back() = static_cast<char>(sealed.back() ^ 1);
  CHECK_FALSE(unseal(pepper, "totp", sealed));
  for (const char* secret : {"", "a", "ab", "abc"}) CHECK(unseal_text(pepper, "half", seal_text(pepper, "half", secret)) == secret);
  for (const char* text : {"", "A", "=", "%%%%"}) CHECK_FALSE(unseal_text(pepper, "half", text));
}

TEST_CASE("length decides over a password, not kinds of characters") {
  const auto judged = [](std::string_view password) { return judge_password(password, "tanaka@example.jp", "田中一郎"); };
  CHECK(judged("kaki no ki") == PasswordJudgement::long_enough);
  CHECK(judged("柿の木の下で会いましょう") == PasswordJudgement::long_enough);
  CHECK(judged("柿の木の下で") == PasswordJudgement::too_short);  // 6 characters of 18 bytes
  CHECK(judged("abcdefghi") == PasswordJudgement::too_short);
  CHECK(judged("Password123") == PasswordJudgement::too_common);
  CHECK(judged("zzzzzzzzzzzz") == PasswordJudgement::too_common);
  CHECK(judged("tanaka@example.jp") == PasswordJudgement::like_person);
  CHECK(judged("Tanaka2026") == PasswordJudgement::like_person);
  CHECK(judged("tanaka and a long sentence behind") == PasswordJudgement::long_enough);
  CHECK(judged(std::string(257, 'x') + "y") == PasswordJudgement::too_long);
  // ASVS 6.2.9: 64 characters must be possible, in Japanese too (three bytes each).
  CHECK(judged("x" + std::string(63, 'y')) == PasswordJudgement::long_enough);
  std::string kanji;
  for (int i = 0; i < 64; ++i) kanji += i % 2 == 0 ? "柿" : "木";
  CHECK(judged(kanji) == PasswordJudgement::long_enough);
}

// ASVS 6.2.4 wants the 3,000 most used that are long enough; the ranks below are those of the list's source.
TEST_CASE("no password may be used that is among the most used ones, or a word of this place with little beside it") {
  CHECK(common_passwords() >= 3000);
  const auto judged = [](std::string_view password) {
    return judge_password(password, "tanaka@yamada-koumuten.example", "田中一郎", {"山田工務店", "Sato Industries"});
  };
  for (const char* used :
       {"qwertyuiop", "1234567890", "q1w2e3r4t5", "1q2w3e4r5t", "4815162342", "landcruiser", "KLOP1999666", "asdfghjkl;"})
    CHECK_MESSAGE(judged(used) == PasswordJudgement::too_common, used);
  for (const char* near : {"gokajo2026!", "Gokajo-hub-1", "2026securityaction", "情報セキュリティ2026", "山田工務店2026!",
                           "sato industries 1", "yamada-koumuten1"})
    CHECK_MESSAGE(judged(near) == PasswordJudgement::too_common, near);
  for (const char* good : {"gokajo wo mainichi miru", "山田工務店の柿の木の下で会いましょう", "landcruiser to kaki no ki"})
    CHECK_MESSAGE(judged(good) == PasswordJudgement::long_enough, good);
}

TEST_CASE("a password is known by its hash only, and nobody's is never right") {
  const auto hash = hash_password("kaki no ki");
  // 64 MiB and two passes: more than OWASP asks of Argon2id with one lane (19 MiB, two passes).
  CHECK(hash.starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  CHECK(hash != hash_password("kaki no ki"));
  CHECK(is_password(hash, "kaki no ki"));
  CHECK_FALSE(is_password(hash, "kaki no kI"));
  CHECK_FALSE(is_password("", "what nobody knows"));
  CHECK_FALSE(is_password("", ""));
}

TEST_CASE("forms are read as browsers write them, and refused with the place otherwise") {
  const auto form = read_form("name=%E7%94%B0%E4%B8%AD+%E4%B8%80%E9%83%8E&note=a%0D%0Ab%26c%3Dd&empty=&bare&&twice=1&twice=2");
  REQUIRE(form);
  CHECK(*form == Form{{"name", "田中 一郎"}, {"note", "a\nb&c=d"}, {"empty", ""}, {"bare", ""}, {"twice", "2"}});
  CHECK(read_form("")->empty());
  // Once, not until nothing is left to be read.
  CHECK(*read_form("a=%2541&b=%25%32%35") == Form{{"a", "%41"}, {"b", "%25"}});
  // A password is what was typed.
  CHECK(*read_form("password=+a+b+&new_password=%20&name=+a+") == Form{{"password", " a b "}, {"new_password", " "}, {"name", "a"}});
  for (const char* broken : {"a=%", "a=%4", "a=%zz", "%=1", "a=%00", "a=%1B", "a=%FF", "a=%C0%AF", "a=%ED%A0%80", "a=\x01"}) {
    const auto refused = read_form(broken);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == platform::ErrorKind::malformed);
    CHECK(refused.error().detail.starts_with("form: field "));
  }
  CHECK(read_form("a=" + std::string(kFieldBytes + 1, 'x')).error().kind == platform::ErrorKind::too_large);
  CHECK(read_form(std::string(kFormBytes + 1, '&')).error().kind == platform::ErrorKind::too_large);
  std::string many;
  for (int i = 0; i < 101; ++i) many += "f" + std::to_string(i) + "=&";
  CHECK(read_form(many).error().kind == platform::ErrorKind::too_large);
}

TEST_CASE("a cookie is found by its whole name") {
  CHECK(cookie_of("a=1; __Host-gokajo=xyz; b=2", "__Host-gokajo") == "xyz");
  CHECK(cookie_of("__Host-gokajo=xyz", "__Host-gokajo") == "xyz");
  for (const char* other : {"", "x__Host-gokajo=xyz", "__Host-gokajo2=xyz", "__Host-gokajo", "a=__Host-gokajo=xyz"})
    CHECK(cookie_of(other, "__Host-gokajo").empty());
}

TEST_CASE("the language is the first of ja and en that is asked for") {
  CHECK(language_of("") == compliance::Language::ja);
  CHECK(language_of("ja,en-US;q=0.7") == compliance::Language::ja);
  CHECK(language_of("en-US,en;q=0.9,ja;q=0.8") == compliance::Language::en);
  CHECK(language_of("fr") == compliance::Language::ja);
}

}  // namespace gokajo::tests

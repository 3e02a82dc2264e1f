#include "platform/json_form.h"

#include <doctest/doctest.h>

#include "platform/form_text.h"

namespace gokajo::tests {

using namespace platform;

namespace {

enum class Colour { red, blue };
BOOST_DESCRIBE_ENUM(Colour, red, blue)

struct Leaf {
  static constexpr const char* kName = "leaf";
  std::string name;
  std::optional<std::int64_t> count;
};
BOOST_DESCRIBE_STRUCT(Leaf, (), (name, count))

struct Other {
  static constexpr const char* kName = "other";
  bool on = false;
};
BOOST_DESCRIBE_STRUCT(Other, (), (on))

struct Tree {
  Colour colour = Colour::red;
  Time planted{};
  std::vector<Leaf> leaves;
  std::map<std::string, std::int64_t> rings;
  Bytes bark;
  std::variant<Leaf, Other> top;
};
BOOST_DESCRIBE_STRUCT(Tree, (), (colour, planted, leaves, rings, bark, top))

const char* const kTree =
    R"({"bark":"rough","colour":"blue","leaves":[{"name":"a"},{"count":3,"name":"b"}],"planted":"2026-11-22T00:00:00Z","rings":{"inner":1},"top":{"other":{"on":true}}})";

std::string refusal(const std::string& text) {
  auto json = parse_json(text, 1 << 20);
  if (!json) return json.error().detail;
  Tree tree;
  const auto status = read_form(*json, tree, Place{"tree"});
  return status ? "read" : status.error().detail;
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("what is written is read back the same") {
  auto json = parse_json(kTree, 1 << 20);
  REQUIRE(json);
  Tree tree;
  REQUIRE(read_form(*json, tree, Place{}));
  CHECK(tree.leaves[1].count == 3);
  CHECK(std::get<Other>(tree.top).on);
  CHECK(to_form(tree).dump() == kTree);
  std::string text;
  append_text(text, tree);
  CHECK(parse_json(text, 1 << 20).value() == to_form(tree));
}

TEST_CASE("a wrong form is refused with its place and what was expected") {
  struct Row {
    const char* from;
    const char* to;
    const char* expected;
  };
  const Row rows[] = {
      {"\"blue\"", "\"green\"", "tree.colour: unknown name \"green\""},
      {"\"blue\"", "3", "tree.colour: expected a name, found a value of type number"},
      {"\"2026-11-22T00:00:00Z\"", "\"soon\"", "tree.planted: expected a time like 2026-11-22T00:00:00Z"},
      {"\"name\":\"b\"", "\"name\":null", "tree.leaves[1].name: expected a string, found null"},
      {"\"count\":3,", "\"count\":3.5,", "tree.leaves[1].count: expected a whole number"},
      {"\"count\":3,", "\"count\":9223372036854775808,", "tree.leaves[1].count: number out of range"},
      {"\"count\":3,", "\"count\":1e400,", "number overflow"},
      {"{\"name\":\"a\"}", "{}", "tree.leaves[0].name: missing"},
      {"{\"name\":\"a\"}", "{\"name\":\"a\",\"size\":1}", "tree.leaves[0].size: unknown key"},
      {"{\"name\":\"a\"}", "7", "tree.leaves[0]: expected an object, found a value of type number"},
      {"{\"inner\":1}", "[1]", "tree.rings: expected an object"},
      {"{\"inner\":1}", "{\"inner\":true}", "tree.rings.inner: expected a whole number"},
      {"\"rough\"", "{\"base64\":\"!\"}", "tree.bark: not base64"},
      {"\"rough\"", "{\"base64\":\"QQ==\",\"x\":1}", "tree.bark: expected text or {\"base64\": ...}"},
      {"{\"other\":", "{\"third\":", "tree.top: unknown kind \"third\""},
      {"{\"on\":true}", "{\"on\":1}", "tree.top.other.on: expected true or false"},
      {"\"blue\"", "\"blue\",\"colour\":\"red\"", "duplicate key \"colour\""},
      {"\"blue\"", "\"\xFF\"", "invalid"},
      {"\"blue\"", "\"\\ud800\"", "surrogate"},
      {"\"blue\"", "blue", "parse error"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.to);
    const auto detail = refusal(with(kTree, row.from, row.to));
    CHECK_MESSAGE(detail.find(row.expected) != std::string::npos, detail);
  }
}

// nlohmann's own parser and writer are what JSON is here; ours only does the common part faster.
TEST_CASE("what is read and written is what nlohmann reads and writes") {
  for (const char* text : {"",
                           " ",
                           "{}",
                           "[ ]",
                           " {\"b\" : [1 , -2,0,-0 ,\t[],{ }],\r\n\"a\":null} ",
                           "[true,false,null]",
                           "tru",
                           "truefalse",
                           "[1,]",
                           "[,1]",
                           "[1 2]",
                           "[1",
                           "{\"a\":1,}",
                           "{\"a\" 1}",
                           "{\"a\":}",
                           "{a:1}",
                           "{\"a\":1}}",
                           "1 // no comments",
                           "-",
                           "+1",
                           "01",
                           "-01",
                           "1.",
                           "1.5",
                           "1e3",
                           "1E",
                           "123456789012345678",
                           "-123456789012345678",
                           "1234567890123456789",
                           "-9223372036854775808",
                           "-9223372036854775809",
                           "18446744073709551615",
                           "18446744073709551616",
                           "1x",
                           "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
                           "\"\\u0001\\u00e9\\ud83d\\ude00\"",
                           "\"\\x\"",
                           "\"\\",
                           "\"open",
                           "\"a\nb\"",
                           "\"\x7f\"",
                           "\"\xe5\xbc\xb7\"",
                           "\"\xe5\xbc\"",
                           "\"\xe5\\n\xbc\xb7\"",
                           "\"\xc0\x80\"",
                           "{\"\xff\":1}",
                           "\xef\xbb\xbf{}"}) {
    CAPTURE(text);
    const auto known = Json::parse(text, nullptr, false);
    const auto read = parse_json(text, 1000);
    CHECK(read.has_value() == !known.is_discarded());
    if (!read) continue;
    CHECK(*read == known);
    CHECK(read->type() == known.type());
    CHECK(to_text(*read) == known.dump());
  }
  std::string all;
  for (int c = 0; c < 0x80; ++c) all += static_cast<char>(c);
  CHECK(to_text({{all, {all, INT64_MIN, UINT64_MAX, 0.1, Json::object(), Json::array()}}}) ==
        Json({{all, {all, INT64_MIN, UINT64_MAX, 0.1, Json::object(), Json::array()}}}).dump());
  CHECK_THROWS_AS(to_text("\xff"), Json::exception);
}

TEST_CASE("a zero byte ends no text: what stands behind it would be taken in unread") {
  for (const std::string& text : {std::string("{}\0", 3), std::string("{}\0x", 4), std::string("\0{}", 3), std::string("{\"a\":1}\0{}", 10),
                                  std::string("\"a\0b\"", 5), std::string("\0", 1)})
    CHECK_FALSE(parse_json(text, 100));
  CHECK(parse_json("\"a\\u0000b\"", 100));
}

TEST_CASE("a place tells its path, also one that outlives what it was made of") {
  const Place top{"top"};
  const Place kept = top.key("list").index(2);
  const Place named = top.key("a." + std::string("b"));
  CHECK(kept.key("name").path() == "top.list[2].name");
  CHECK(named.path() == "top.a.b");
  CHECK(Place{}.key("a").index(0).path() == "a[0]");
  CHECK(misplaced({}, "wrong").detail == "top level: wrong");
}

TEST_CASE("a bomb is refused before it is parsed") {
  CHECK(parse_json(std::string(1000, ' '), 999).error().kind == ErrorKind::too_large);
  std::string deep;
  for (int i = 0; i < 1000000; ++i) deep += "[{\"a\":";
  CHECK(parse_json(deep, 1 << 24).error().kind == ErrorKind::malformed);
  CHECK(parse_json(std::string(64, '[') + std::string(64, ']'), 1 << 20));
  CHECK_FALSE(parse_json(std::string(65, '[') + std::string(65, ']'), 1 << 20));
}

// RFC 4648 section 10.
TEST_CASE("base64 is that of RFC 4648, with padding and nothing but its alphabet") {
  const std::pair<const char*, const char*> rows[] = {
      {"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : rows) {
    CHECK(base64_encode(plain) == encoded);
    CHECK(base64_decode(encoded) == std::optional<std::string>(plain));
  }
  for (const char* bad : {"Z", "Zg", "Zg=", "Zg=a", "=Zg=", "Zm9v\n", "Zm9-", "===="}) {
    CAPTURE(bad);
    CHECK_FALSE(base64_decode(bad));
  }
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  CHECK(base64_decode(base64_encode(all)) == std::optional(all));
}

TEST_CASE("bytes that are no text travel as base64 and come back as they were") {
  const Bytes raw{std::string("\xFF\0\x1B", 3)};
  Bytes back;
  REQUIRE(read_form(to_form(raw), back, Place{}));
  CHECK(back.data == raw.data);
  CHECK(to_form(raw).is_object());
  CHECK(to_form(Bytes{"text"}).is_string());
}

TEST_CASE("the schema of a struct names its members, which of them must be there, and no others") {
  SchemaDefinitions definitions;
  const auto schema = schema_form<Tree>(definitions);
  CHECK(schema["additionalProperties"] == false);
  CHECK(schema["required"] == Json({"colour", "planted", "leaves", "rings", "bark", "top"}));
  CHECK(schema["properties"]["colour"]["enum"] == Json({"red", "blue"}));
  CHECK(schema["properties"]["leaves"]["items"]["required"] == Json({"name"}));
}

TEST_CASE("what is wrong with a text is told without what stands in it: it may be a code or a key") {
  for (const char* text : {R"({"code": "K7WM-P2QX)", R"({"code": K7WM-P2QX})", R"({"code": "K7WM-P2QX"; expected "})", R"({"K7WM-P2QX)"}) {
    CAPTURE(text);
    const auto read = parse_json(text, 1000);
    REQUIRE_FALSE(read);
    CHECK(read.error().detail.find("K7WM") == std::string::npos);
    CHECK(read.error().detail.find("line 1") != std::string::npos);
  }
}

}  // namespace gokajo::tests

#include "hub/feeds/read_xml.h"

#include <algorithm>
#include <cstring>

#include <pugixml.hpp>

#include "platform/bytes.h"
#include "platform/shift_jis.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status, platform::Time;

namespace {

std::string line_at(std::string_view text, std::size_t at) {
  return "line " +
         std::to_string(1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(at, text.size())), '\n'));
}

std::string small(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What the XML declaration names; empty: nothing.
std::string encoding_named(std::string_view bytes) {
  constexpr std::size_t kLongest = 200;
  if (!bytes.starts_with("<?xml")) return {};
  const auto declaration = bytes.substr(0, std::min(bytes.find("?>"), kLongest));
  auto at = declaration.find("encoding");
  if (at == std::string_view::npos) return {};
  at = declaration.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const auto end = declaration.find(declaration[at], at + 1);
  return end == std::string_view::npos ? std::string() : small(declaration.substr(at + 1, end - at - 1));
}

// Looks through the text without building anything: what is refused is refused before a parser makes something of it.
class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  Status run() {
    while ((at_ = text_.find('<', at_)) != std::string_view::npos) {
      if (auto status = one(); !status) return status;
    }
    if (depth_ > 0) return wrong(text_.size(), "the text ends inside " + std::to_string(depth_) + " elements");
    if (elements_ == 0) return wrong(0, "no element");
    return Done{};
  }

 private:
  Error wrong(std::size_t at, const std::string& what) const { return {ErrorKind::malformed, line_at(text_, at) + ": " + what}; }
  Error large(const std::string& what) const { return {ErrorKind::too_large, line_at(text_, at_) + ": " + what}; }

  Status past(std::string_view end, const char* what) {
    const auto found = text_.find(end, at_);
    if (found == std::string_view::npos) return wrong(at_, std::string(what) + " is not closed");
    at_ = found + end.size();
    return Done{};
  }

  Status one() {
    const auto rest = text_.substr(at_);
    if (rest.starts_with("<!--")) return past("-->", "a comment");
    if (rest.starts_with("<![CDATA[")) return past("]]>", "a CDATA section");
    if (rest.starts_with("<?")) return past("?>", "a processing instruction");
    if (rest.starts_with("<!")) return wrong(at_, "a document type; entities are not read");
    const bool closes = rest.starts_with("</");
    const auto begun = at_;
    for (char quote = 0; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (!closes && (c == '"' || c == '\'')) {
        quote = c;
      } else if (c == '>') {
        break;
      }
    }
    if (at_ == text_.size()) return wrong(begun, "an element is not closed");
    const bool empty = text_[at_ - 1] == '/';
    ++at_;
    if (closes) {
      if (depth_ == 0) return wrong(begun, "an end without a beginning");
      --depth_;
    } else {
      if (++elements_ > kMaxFeedElements) return large("more than " + std::to_string(kMaxFeedElements) + " elements");
      if (!empty && ++depth_ > kMaxFeedDepth) return large("deeper than " + std::to_string(kMaxFeedDepth));
    }
    return Done{};
  }

  std::string_view text_;
  std::size_t at_ = 0, depth_ = 0, elements_ = 0;
};

std::string_view local(const char* name) {
  const auto* colon = std::strchr(name, ':');
  return colon ? colon + 1 : name;
}

// By name, then by what stands behind the prefix: publishers choose their own.
pugi::xml_node child(const pugi::xml_node& node, const char* name) {
  if (const auto found = node.child(name)) return found;
  for (const auto& one : node.children())
    if (local(one.name()) == name) return one;
  return {};
}

pugi::xml_node plain_child(const pugi::xml_node& node, const char* name) { return node.child(name); }

const char* first_of(const pugi::xml_node& node, std::initializer_list<const char*> names) {
  for (const auto* name : names)
    if (const auto* text = child(node, name).child_value(); *text != '\0') return text;
  return "";
}

// Atom: the one that leads to the page; RSS: its text.
std::string link_of(const pugi::xml_node& item) {
  for (const auto& one : item.children()) {
    if (local(one.name()) != "link") continue;
    const std::string relation = one.attribute("rel").value();
    if (const auto* href = one.attribute("href").value(); *href != '\0') {
      if (relation.empty() || relation == "alternate")
        if (auto link = link_of_publisher(href); !link.empty()) return link;
    } else if (auto link = link_of_publisher(one.child_value()); !link.empty()) {
      return link;
    }
  }
  for (const auto& attribute : item.attributes())
    if (local(attribute.name()) == "about") return link_of_publisher(attribute.value());
  return {};
}

std::vector<std::string> products_of(const pugi::xml_node& item) {
  std::vector<std::string> products;
  for (const auto& one : item.children()) {
    if (local(one.name()) != "cpe" || products.size() == kMaxProducts) continue;
    auto name = plain_line(one.child_value(), kMaxProduct);
    if (name.starts_with("cpe:/")) products.push_back(small(name));
  }
  return products;
}

// Alerts of JPCERT/CC are told apart by their title or their address (at/2099/at990001.html).
bool is_alert(const Notice& notice) {
  return notice.title.starts_with("注意喚起") || notice.link.find("jpcert.or.jp/at/") != std::string::npos;
}

void add(const pugi::xml_node& item, Time received, Notices& all) {
  Notice notice;
  notice.title = plain_line(plain_child(item, "title").child_value(), kMaxTitle);
  notice.link = link_of(item);
  const auto date = feed_date(first_of(item, {"modified", "date", "pubDate", "updated", "published", "issued"}), received);
  if (notice.title.empty() || notice.link.empty() || !date) {
    ++all.left_out;
    return;
  }
  notice.published = *date;
  notice.products = products_of(item);
  notice.alert = is_alert(notice);
  all.notices.push_back(std::move(notice));
}

Status answered_well(const pugi::xml_node& root) {
  const auto status = child(root, "Status");
  const std::string code = status.attribute("retCd").value();
  if (!status || code.empty() || code == "0") return Done{};
  return Error{ErrorKind::failed, "the publisher's program answers: retCd " + plain_line(code, 20) + ", errCd " +
                                      plain_line(status.attribute("errCd").value(), 40)};
}

}  // namespace

Result<std::string> utf8_of_xml(std::string_view bytes) {
  if (bytes.starts_with("\xfe\xff") || bytes.starts_with("\xff\xfe")) return Error{ErrorKind::unsupported, "encoding: UTF-16 is not read"};
  const bool marked = bytes.starts_with("\xef\xbb\xbf");
  if (marked) bytes.remove_prefix(3);
  const auto named = marked ? std::string() : encoding_named(bytes);
  for (const char* name : {"shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "cp932", "ms932", "ms_kanji"})
    if (named == name) return platform::utf8_of_shift_jis(bytes);
  if (!named.empty() && named != "utf-8" && named != "utf8" && named != "us-ascii")
    return Error{ErrorKind::unsupported, "encoding: " + plain_line(named, 40) + " is not read"};
  if (!platform::is_valid_utf8(bytes)) {
    std::size_t fits = 0, step = bytes.size();
    // The longest beginning that is sound, found by halves; a character may be cut at its end.
    for (; step > 0; step /= 2)
      while (fits + step <= bytes.size() && platform::is_valid_utf8(bytes.substr(fits, step))) fits += step;
    return Error{ErrorKind::malformed, "byte " + std::to_string(fits) + ": no character of UTF-8, which the text says it is"};
  }
  return std::string(bytes);
}

Result<Notices> read_feed_xml(std::string_view bytes, Time received) {
  if (bytes.size() > kMaxFeedBytes) return Error{ErrorKind::too_large, "more than " + std::to_string(kMaxFeedBytes) + " bytes"};
  const auto text = utf8_of_xml(bytes);
  if (!text) return text.error();
  if (text->find('\0') != std::string::npos) return Error{ErrorKind::malformed, line_at(*text, text->find('\0')) + ": a byte of zero"};
  if (auto scanned = Scan(*text).run(); !scanned) return scanned.error();
  pugi::xml_document document;
  const auto parsed = document.load_buffer(text->data(), text->size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return Error{ErrorKind::malformed,
                 line_at(*text, static_cast<std::size_t>(std::max<std::ptrdiff_t>(parsed.offset, 0))) + ": " + parsed.description()};
  const auto root = document.document_element();
  const auto name = local(root.name());
  if (name != "RDF" && name != "rss" && name != "feed")
    return Error{ErrorKind::malformed, "line 1: expected rdf:RDF, rss or feed, found " + plain_line(root.name(), 40)};
  if (auto well = answered_well(root); !well) return well.error();
  Notices all;
  const auto parent = name == "rss" ? plain_child(root, "channel") : root;
  if (name == "rss" && !parent) return Error{ErrorKind::malformed, "rss: no channel"};
  for (const auto& one : parent.children())
    if (local(one.name()) == (name == "feed" ? "entry" : "item")) add(one, received, all);
  keep_newest(all);
  return all;
}

}  // namespace gokajo::hub

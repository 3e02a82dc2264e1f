#include "hub/feeds/matching.h"

#include <algorithm>

#include "hub/feeds/catalogue.h"
#include "platform/json_form.h"

namespace gokajo::hub {

namespace {

constexpr std::size_t kMaxTable = 1U << 20U;
constexpr std::size_t kShortestProduct = 4;  // a product called "go" is in too many names

/// `installed`: with what a program's name begins. `named`: words of a notice's title or product. `cpe`: "vendor:product".
struct Product {
  std::string id;
  compliance::Text name;
  std::vector<std::string> installed;
  std::vector<std::string> named;
  std::vector<std::string> cpe;
};
BOOST_DESCRIBE_STRUCT(Product, (), (id, name, installed, named, cpe))

struct Table {
  std::string about;
  std::vector<Product> products;
};
BOOST_DESCRIBE_STRUCT(Table, (), (about, products))

// A test reads it whole.
const std::vector<Product>& products() {
  static const std::vector<Product> kProducts = [] {
    Table table;
    const auto json = platform::parse_json(feeds_data("products.json"), kMaxTable);
    if (!json || !platform::read_form(*json, table, platform::Place{"products"})) table = Table{};
    return std::move(table.products);
  }();
  return kProducts;
}

using Words = std::vector<std::string>;

bool begins_with(const Words& words, const Words& with) {
  return !with.empty() && with.size() <= words.size() && std::equal(with.begin(), with.end(), words.begin());
}

bool holds(const Words& words, const Words& wanted) {
  return !wanted.empty() && std::search(words.begin(), words.end(), wanted.begin(), wanted.end()) != words.end();
}

// "cpe:/a:adobe:acrobat_reader:…" -> "adobe:acrobat_reader"; empty: none.
std::string vendor_and_product(std::string_view cpe) {
  if (!cpe.starts_with("cpe:/") || cpe.size() < 8) return {};
  cpe.remove_prefix(7);
  const auto vendor = cpe.find(':');
  if (vendor == std::string_view::npos) return {};
  const auto product = cpe.find(':', vendor + 1);
  return std::string(cpe.substr(0, product));
}

// What there is of a company's programs, in words, once.
struct Installed {
  Words words;
  const ProgramCount* program;
};

std::int64_t most_pcs(const std::vector<Installed>& installed, const std::vector<std::string>& beginnings) {
  std::int64_t most = 0;
  for (const auto& beginning : beginnings) {
    const auto with = words_in(beginning);
    for (const auto& one : installed)
      if (begins_with(one.words, with)) most = std::max(most, one.program->pcs);
  }
  return most;
}

bool is_about(const Notice& notice, const Words& title, const Product& product) {
  for (const auto& named : product.named)
    if (holds(title, words_in(named))) return true;
  return std::any_of(notice.products.begin(), notice.products.end(), [&](const std::string& one) {
    const auto cpe = vendor_and_product(one);
    if (!cpe.empty()) return std::find(product.cpe.begin(), product.cpe.end(), cpe) != product.cpe.end();
    const auto words = words_in(one);
    return std::any_of(product.named.begin(), product.named.end(), [&](const std::string& named) { return holds(words, words_in(named)); });
  });
}

// A program whose name begins with the product's, or with vendor and product.
const Installed* installed_as(const std::vector<Installed>& installed, const std::string& product) {
  auto with = words_in(product);
  Words without_vendor = with;
  if (const auto cpe = vendor_and_product(product); !cpe.empty()) {
    with = words_in(cpe);
    without_vendor = words_in(cpe.substr(cpe.find(':') + 1));
  } else if (!without_vendor.empty()) {
    without_vendor.erase(without_vendor.begin());
  }
  std::size_t letters = 0;
  for (const auto& word : without_vendor) letters += word.size();
  const Installed* found = nullptr;
  for (const auto& one : installed) {
    const bool same = begins_with(one.words, with) || (letters >= kShortestProduct && begins_with(one.words, without_vendor));
    if (same && (!found || one.program->pcs > found->program->pcs)) found = &one;
  }
  return found;
}

void add(std::map<std::string, Match>& all, const std::string& key, const compliance::Text& name, std::int64_t pcs, const Notice& notice) {
  auto& match = all[key];
  match.name = name;
  match.pcs = std::max(match.pcs, pcs);
  match.exploited = match.exploited || notice.exploited;
  match.notices.push_back(notice);
}

}  // namespace

Words words_in(std::string_view text) {
  Words words;
  bool inside = false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    const bool large = c >= 'A' && c <= 'Z';
    if (!letter && !large) {
      inside = false;
      continue;
    }
    if (!inside) words.emplace_back();
    inside = true;
    words.back() += large ? static_cast<char>(c - 'A' + 'a') : c;
  }
  // Between Latin letters and Japanese ones there is no blank.
  Words parted;
  for (const auto& word : words) {
    std::size_t from = 0;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      const bool ends =
          i == word.size() || (static_cast<unsigned char>(word[i - 1]) >= 0x80) != (static_cast<unsigned char>(word[i]) >= 0x80);
      if (!ends) continue;
      parted.push_back(word.substr(from, i - from));
      from = i;
    }
  }
  return parted;
}

std::vector<Match> matches(const std::vector<Notice>& notices, const Programs& programs, platform::Time now) {
  std::vector<Installed> installed;
  for (const auto& [key, program] : programs.programs) installed.push_back({words_in(program.name), &program});
  std::vector<std::int64_t> pcs_of;
  for (const auto& product : products()) pcs_of.push_back(most_pcs(installed, product.installed));
  std::map<std::string, Match> all;
  for (const auto& notice : notices) {
    if (notice.published + kNoticeReaches < now) continue;
    const auto title = words_in(notice.title);
    bool known = false;
    for (std::size_t i = 0; i < products().size(); ++i) {
      const auto& product = products()[i];
      if (!is_about(notice, title, product)) continue;
      known = true;  // its name is not looked for in others' then
      if (pcs_of[i] > 0) add(all, "=" + product.id, product.name, pcs_of[i], notice);
    }
    if (known) continue;
    for (const auto& product : notice.products)
      if (const auto* one = installed_as(installed, product)) {
        const auto name = plain_line(one->program->name, 40);
        add(all, one->program->name, {name, name}, one->program->pcs, notice);
        break;
      }
  }
  std::vector<Match> found;
  for (auto& [key, match] : all) {
    std::stable_sort(match.notices.begin(), match.notices.end(),
                     [](const Notice& a, const Notice& b) { return a.published > b.published; });
    found.push_back(std::move(match));
  }
  std::stable_sort(found.begin(), found.end(), [](const Match& a, const Match& b) {
    return a.exploited != b.exploited ? a.exploited
           : a.pcs != b.pcs           ? a.pcs > b.pcs
                                      : a.notices.front().published > b.notices.front().published;
  });
  return found;
}

}  // namespace gokajo::hub

/// \file
/// 情報セキュリティ基本方針: a draft in our own words from a short dialogue, as text and as a page of its own (hub/export/policy_pdf.h
/// makes the PDF), and how the same text is found again on a published page. In Japanese, for it is to be published in Japan. Pure.
#pragma once

#include <set>
#include <string>
#include <vector>

#include <boost/describe.hpp>

namespace gokajo::hub {

/// What the company keeps and uses.
enum class PolicyInfo { customers, partners, staff, own };
BOOST_DESCRIBE_ENUM(PolicyInfo, customers, partners, staff, own)

/// What it promises beside the five rules, the responsible person and the yearly review, which every draft has.
enum class PolicyPromise { backup, training, outsourcing, incident, law };
BOOST_DESCRIBE_ENUM(PolicyPromise, backup, training, outsourcing, incident, law)

inline constexpr std::size_t kMaxPolicyLine = 100;  ///< characters of what is typed in

/// What a person told. `signer`: who signs it, "代表取締役 山田太郎". `contact`: where to ask. `since`: 制定日, "2026-11-27".
struct PolicyTold {
  std::string signer;
  std::string contact;
  std::string since;
  std::set<PolicyInfo> infos;
  std::set<PolicyPromise> promises;
  /// Whether there is enough for a draft.
  bool is_whole() const { return !signer.empty() && !since.empty() && !infos.empty(); }
};

struct PolicyPart {
  std::string heading;
  std::string text;
};

/// `day`: "2026年11月27日"; `contact` may be empty.
struct PolicyPaper {
  std::string title;
  std::string company;
  std::string lead;
  std::vector<PolicyPart> parts;
  std::string day;
  std::string signer;
  std::string contact;
};

/// A draft only where `told` is whole; else what a page is compared with. `responsible`: of the company sheet; empty: the owner answers for
/// it.
PolicyPaper policy_paper(const std::string& company, const std::string& responsible, const PolicyTold& told);

/// Lines ended by '\n'.
std::string policy_text(const PolicyPaper& paper);
/// A whole page that asks nothing of anybody else: no script, no picture, no font.
std::string policy_html(const PolicyPaper& paper);

/// What people read of a page: without markup, scripts and styles, characters by name or number put in, every kind of space left out. Takes
/// any bytes; what is no UTF-8 is no text (empty).
std::string visible_text(const std::string& page);

/// How much of a draft stands in a page. `named`: its title and the company's name.
struct PolicyFound {
  bool named = false;
  int sentences = 0;
  int of = 0;
};
PolicyFound find_policy(const PolicyPaper& paper, const std::string& page);

}  // namespace gokajo::hub

/// \file
/// The sentences of mails, hub/mail/data/wording.json: Japanese with "|" where a line may end, English broken at blanks.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe.hpp>

#include "compliance/text.h"
#include "platform/json_form.h"

namespace gokajo::hub {

/// What is the matter and what to do, in a few words.
struct Advice {
  compliance::Text saw;
  compliance::Text do_;
};

/// `noun`: what the rule is about, in a list; `solved`, `lost`: what happened to it.
struct RuleWords {
  compliance::Text short_;
  compliance::Text noun;
  compliance::Text solved;
  compliance::Text lost;
};

/// Sentences by key; advice by check, situation ("*": any) and system ("any").
struct MailWords {
  std::map<std::string, compliance::Text> sentences;
  std::map<std::string, RuleWords> rules;
  std::map<std::string, compliance::Text> questions;
  std::map<std::string, std::map<std::string, std::map<std::string, Advice>>> advice;
};

/// The sentences compiled in.
const MailWords& mail_words();

/// Refused with the place of the fault.
platform::Result<MailWords> read_mail_words(std::string_view text);

/// The advice that fits best: of this situation and system, else of the situation, else of the check, else the general one.
const Advice& advice_for(std::string_view check, std::string_view situation, const std::vector<std::string>& systems);

/// Without "|" and line ends.
std::string without_marks(std::string sentence);

/// Says sentences of one language.
class Teller {
 public:
  explicit Teller(compliance::Language language) : language_(language) {}
  using Values = std::map<std::string, std::string>;

  bool ja() const { return language_ == compliance::Language::ja; }
  compliance::Language language() const { return language_; }
  /// The filled sentence with its marks; in English every blank is one.
  std::string say(const std::string& key, const Values& values = {}) const;
  std::string say(const compliance::Text& text, const Values& values = {}) const;
  /// Without marks: for subjects and for parts of other sentences.
  std::string plain(const std::string& key, const Values& values = {}) const;
  std::string plain(const compliance::Text& text) const;
  /// A rule's short name; the id of one that has no words.
  std::string rule_name(const std::string& rule) const;

 private:
  compliance::Language language_;
};

}  // namespace gokajo::hub

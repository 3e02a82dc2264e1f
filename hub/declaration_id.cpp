#include "hub/declaration_id.h"

#include "hub/digits.h"

namespace gokajo::hub {

namespace {
constexpr std::size_t kDigits = 11;
}  // namespace

std::string tidy_declaration(const std::string& typed) { return only_digits(typed); }

DeclarationForm form_of_declaration(const std::string& number) {
  if (number.size() != kDigits || number.find_first_not_of("0123456789") != std::string::npos) return DeclarationForm::none;
  if (number.front() == '4') return DeclarationForm::until_march_2026;
  return number.front() == '5' ? DeclarationForm::since_april_2026 : DeclarationForm::none;
}

}  // namespace gokajo::hub

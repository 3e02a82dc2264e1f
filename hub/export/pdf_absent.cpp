#include "hub/export/cover_pdf.h"
#include "hub/export/diagnosis_pdf.h"
#include "hub/export/pdf.h"
#include "hub/export/policy_pdf.h"

namespace gokajo::hub {

bool can_write_pdf() { return false; }

platform::Result<std::string> pdf_of(const SelfCheck&) {
  return platform::Error{platform::ErrorKind::unsupported, "this gokajo-hub was built without Pango and Cairo"};
}

platform::Result<std::string> cover_pdf(const std::vector<Cover>&) {
  return platform::Error{platform::ErrorKind::unsupported, "this gokajo-hub was built without Pango and Cairo"};
}

platform::Result<std::string> diagnosis_pdf(const DiagnosisPaper&) {
  return platform::Error{platform::ErrorKind::unsupported, "this gokajo-hub was built without Pango and Cairo"};
}

platform::Result<std::string> policy_pdf(const PolicyPaper&) {
  return platform::Error{platform::ErrorKind::unsupported, "this gokajo-hub was built without Pango and Cairo"};
}

}  // namespace gokajo::hub

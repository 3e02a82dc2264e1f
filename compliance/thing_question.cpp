#include "compliance/thing_question.h"

#include <algorithm>

#include "compliance/wording.h"

namespace gokajo::compliance {

bool heeds_answers(std::string_view check) {
  return check == "sharing.folders-restricted" || check == "sharing.other-services" || check == "sharing.remote-login-restricted";
}

const PackQuestion* settling_question(const Pack& pack, std::string_view check) {
  for (const auto& question : pack.questions)
    if (question.settles && std::find(question.settles->begin(), question.settles->end(), check) != question.settles->end())
      return &question;
  return nullptr;
}

Text ask_about(std::string_view check, const std::string& thing) {
  const auto& wording = built_in_wording();
  const auto found = wording.find(std::string(check));
  const auto name = found == wording.end() ? Text{std::string(check), std::string(check)} : found->second.name;
  if (thing.empty()) return {name.ja + "：これでよいですか。", name.en + ": is this as it should be?"};
  return {name.ja + "：「" + thing + "」はこれでよいですか。", name.en + ": is \"" + thing + "\" as it should be?"};
}

const std::vector<Choice>& thing_choices() {
  static const std::vector<Choice> kChoices{{"yes", "pass", {"問題ありません（確かめました）", "It is as it should be (I checked)"}},
                                            {"no", "fail", {"直す必要があります", "It needs to be fixed"}},
                                            {"unsure", "ask", {"わかりません", "I do not know"}}};
  return kChoices;
}

}  // namespace gokajo::compliance

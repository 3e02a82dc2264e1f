#include <cstdio>

#include "hub/commands/command.h"
#include "hub/web/entering.h"
#include "hub/web/links.h"

namespace gokajo::hub {
namespace {

using platform::Error, platform::ErrorKind, platform::Result;

int print_link(const Session& session, const std::string& link) {
  print(session.say("1回だけ開けます:", "Opens once:"));
  print(link);
  return 0;
}

int set_up(const Session& session) {
  std::string link;
  const int code = change(session, [&](HubState& state) -> Result<int> {
    const auto people = state.store->has_people();
    if (!people) return people.error();
    if (*people)
      return misuse(session, session.say("もう使う人が登録されています。入れなくなった人には gokajo-hub person link を使います",
                                         "there are people already; for one who cannot get in, use gokajo-hub person link"));
    const auto address = hub_address(state);
    if (!address) return misuse(session, session.say("先に gokajo-hub serve を始めてください", "start gokajo-hub serve first"));
    auto made = make_set_up_link(*state.store, state.pepper, *address, session.now);
    if (!made) return made.error();
    link = *made;
    return 0;
  });
  return code == 0 ? print_link(session, link) : code;
}

int link(const Session& session, const std::string& mail, bool ends_second_step) {
  std::string made;
  const int code = change(session, [&](HubState& state) -> Result<int> {
    auto person = state.store->person_by_mail(tidy_mail(mail));
    if (!person) return Error{person.error().kind, mail};
    if (ends_second_step) {
      person->totp.clear();
      if (auto put = state.store->put_person(*person); !put) return put.error();
      if (auto told = state.store->add_deed({"", session.now, "gokajo-hub", "me.totp_off", person->mail, "", ""}); !told)
        return told.error();
    }
    const auto address = hub_address(state);
    if (!address) return misuse(session, session.say("先に gokajo-hub serve を始めてください", "start gokajo-hub serve first"));
    auto one = make_sign_in_link(*state.store, state.pepper, *address, *person, session.now + kLinkFor);
    if (!one) return one.error();
    made = *one;
    return 0;
  });
  return code == 0 ? print_link(session, made) : code;
}

int list(const Session& session, const std::string& tenant) {
  return change(session, [&](HubState& state) -> Result<int> {
    if (const auto company = state.store->company(tenant); !company) return Error{company.error().kind, tenant};
    const auto members = state.store->members(tenant);
    if (!members) return members.error();
    for (const auto& membership : *members) {
      const auto person = state.store->person(membership.person);
      if (!person) return person.error();
      print(person->name + "\t" + person->mail + "\t" + boost::describe::enum_to_string(membership.role, ""));
    }
    return 0;
  });
}

}  // namespace

void add_person_command(CLI::App& app, Session& session) {
  auto* command = app.add_subcommand("person", session.say("集計のページを使う人", "People who use the pages"));
  command->require_subcommand(1);
  auto* first = command->add_subcommand("set-up", session.say("最初の管理者を登録する行き先（24時間、1回だけ）",
                                                              "An address that registers the first administrator (24 hours, once)"));
  add_common_options(*first, session);
  first->callback([&session] { session.exit_code = set_up(session); });
  auto* again = command->add_subcommand("link", session.say("入れなくなった人のための行き先（15分、1回だけ）",
                                                            "An address for somebody who cannot get in (15 minutes, once)"));
  auto mail = std::make_shared<std::string>();
  add_common_options(*again, session);
  again->add_option("MAIL", *mail, session.say("その人のメールアドレス", "the person's mail address"))->required();
  auto ends = std::make_shared<bool>(false);
  again->add_flag("--end-second-step", *ends,
                  session.say("認証アプリの数字を確かめるのをやめます（スマートフォンをなくした人のため）",
                              "Stop asking for the digits of the authenticator app (for somebody who lost the phone)"));
  again->callback([mail, ends, &session] { session.exit_code = link(session, *mail, *ends); });
  auto* all = command->add_subcommand("list", session.say("会社のページを見られる人", "Who may see a company's pages"));
  auto tenant = std::make_shared<std::string>();
  add_common_options(*all, session);
  all->add_option("COMPANY", *tenant, session.say("会社のID", "the company's id"))->required();
  all->callback([tenant, &session] { session.exit_code = list(session, *tenant); });
}

}  // namespace gokajo::hub

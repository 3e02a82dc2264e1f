#include <cstdio>

#include "hub/commands/command.h"
#include "hub/erasing.h"
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

// What is taken from somebody who cannot show it any more, before they are let in anew.
struct Ends {
  bool password = false;
  bool second_step = false;
};

platform::Status end(const HubState& state, Person& person, const Ends& ends, Time now) {
  if (ends.password) person.password.clear();
  if (ends.second_step) person.totp.clear();
  if (auto put = state.store->put_person(person); !put) return put;
  for (const auto& [ended, deed] : {std::pair{ends.password, "me.password_off"}, std::pair{ends.second_step, "me.totp_off"}})
    if (ended)
      if (auto told = state.store->add_deed({"", now, "gokajo-hub", deed, person.mail, "", ""}); !told) return told;
  // Whoever had what was taken is out as well.
  return state.store->remove_sign_ins(person.id, "");
}

int link(const Session& session, const std::string& mail, const Ends& ends) {
  std::string made;
  const int code = change(session, [&](HubState& state) -> Result<int> {
    auto person = state.store->person_by_mail(tidy_mail(mail));
    if (!person) return Error{person.error().kind, mail};
    if (ends.password || ends.second_step)
      if (auto ended = end(state, *person, ends, session.now); !ended) return ended.error();
    const auto address = hub_address(state);
    if (!address) return misuse(session, session.say("先に gokajo-hub serve を始めてください", "start gokajo-hub serve first"));
    auto one = make_sign_in_link(*state.store, state.pepper, *address, *person, session.now + kLinkFor);
    if (!one) return one.error();
    made = *one;
    return 0;
  });
  return code == 0 ? print_link(session, made) : code;
}

// Of a PC or phone that was lost, say: every sign-in and every link ends.
int sign_out(const Session& session, const std::string& mail) {
  return change(session, [&](HubState& state) -> Result<int> {
    const auto person = state.store->person_by_mail(tidy_mail(mail));
    if (!person) return Error{person.error().kind, mail};
    const auto sign_ins = state.store->sign_ins(person->id);
    if (!sign_ins) return sign_ins.error();
    if (auto gone = state.store->remove_sign_ins(person->id, ""); !gone) return gone.error();
    if (auto gone = state.store->remove_keys(person->id); !gone) return gone.error();
    if (auto told = state.store->add_deed({"", session.now, "gokajo-hub", "me.signed_out", person->mail, "", ""}); !told)
      return told.error();
    print(std::string(session.say("終わらせたサインイン: ", "sign-ins ended: ")) + std::to_string(sign_ins->size()));
    return 0;
  });
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

int hand_out(const Session& session, const std::string& mail) {
  std::string text;
  const int code = change(session, [&](HubState& state) -> Result<int> {
    const auto person = state.store->person_by_mail(tidy_mail(mail));
    if (!person) return Error{person.error().kind, mail};
    const auto all = export_person(*state.store, *person, session.now);
    if (!all) return all.error();
    text = all->dump(1) + "\n";
    return 0;
  });
  if (code == 0) std::fputs(text.c_str(), stdout);
  return code;
}

int erase(const Session& session, const std::string& mail, bool sure) {
  if (!sure)
    return misuse(session, session.say("元に戻せません。よければ --yes を付けてください（先に person export で控えを取れます）",
                                       "this cannot be undone: give --yes if you mean it (person export makes a copy)"));
  return change_and_overwrite(session, [&](HubState& state) -> Result<int> {
    const auto person = state.store->person_by_mail(tidy_mail(mail));
    if (!person) return Error{person.error().kind, mail};
    const auto naming = companies_naming(*state.store, *person);
    if (!naming) return naming.error();
    if (!naming->empty())
      return misuse(session, session.say("この人は会社シートに書かれています。先に company set で変えてください: ",
                                         "a company's sheet names this person; change it first (company set): ") +
                                 naming->front());
    if (auto gone = erase_person(*state.store, *person, "", "gokajo-hub", session.now); !gone) return gone.error();
    print(session.say("消しました", "erased"));
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
  auto ends = std::make_shared<Ends>();
  again->add_flag("--end-password", ends->password,
                  session.say("今のパスワードを無効にします（忘れた人のため。入ってから新しく決められます）",
                              "End the present password (for somebody who forgot it; once in they can set another)"));
  again->add_flag("--end-second-step", ends->second_step,
                  session.say("認証アプリの数字を確かめるのをやめます（スマートフォンをなくした人のため）",
                              "Stop asking for the digits of the authenticator app (for somebody who lost the phone)"));
  again->callback([mail, ends, &session] { session.exit_code = link(session, *mail, *ends); });
  auto* out = command->add_subcommand("sign-out",
                                      session.say("サインインとリンクをすべて終わらせます（パソコンやスマートフォンをなくした人のため）",
                                                  "End all sign-ins and links of a person (whose PC or phone was lost)"));
  auto whose = std::make_shared<std::string>();
  add_common_options(*out, session);
  out->add_option("MAIL", *whose, session.say("その人のメールアドレス", "the person's mail address"))->required();
  out->callback([whose, &session] { session.exit_code = sign_out(session, *whose); });
  auto* all = command->add_subcommand("list", session.say("会社のページを見られる人", "Who may see a company's pages"));
  auto tenant = std::make_shared<std::string>();
  add_common_options(*all, session);
  all->add_option("COMPANY", *tenant, session.say("会社のID", "the company's id"))->required();
  all->callback([tenant, &session] { session.exit_code = list(session, *tenant); });
  const auto with_mail = [&](const char* name, const char* ja, const char* en) {
    auto* made = command->add_subcommand(name, session.say(ja, en));
    add_common_options(*made, session);
    made->add_option("MAIL", *mail, session.say("その人のメールアドレス", "the person's mail address"))->required();
    return made;
  };
  with_mail("export", "その人について残しているものをすべて書き出します (JSON)", "Print everything kept of a person (JSON)")
      ->callback([mail, &session] { session.exit_code = hand_out(session, *mail); });
  auto sure = std::make_shared<bool>(false);
  auto* erasing = with_mail("erase", "その人について残しているものをすべて消します", "Erase everything kept of a person");
  erasing->add_flag("--yes", *sure, session.say("元に戻せないことを確かめました", "it cannot be undone"));
  erasing->callback([mail, sure, &session] { session.exit_code = erase(session, *mail, *sure); });
}

}  // namespace gokajo::hub

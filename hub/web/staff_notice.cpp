// 従業員への説明文: a page to be printed, made of what is collected (compliance/collected.h), so that it says what is so.
#include "compliance/collected_text.h"
#include "hub/web/handlers.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

using platform::Result;

namespace {

PageData texts_of(const Visit& visit, const std::vector<compliance::Text>& texts) {
  PageData list{PageData::type::list};
  for (const auto& text : texts) list << PageData{"text", text.in(visit.language)};
  return list;
}

PageData topics_of(const Visit& visit, const compliance::Collected& all) {
  const bool with_inventory = compliance::wants_inventory(visit.company->policy);
  PageData list{PageData::type::list};
  for (const auto& topic : all.topics) {
    if (topic.id == "inventory" && !with_inventory) continue;
    PageData groups{PageData::type::list};
    for (const auto& group : topic.groups) {
      PageData one;
      one.set("what", group.what.in(visit.language));
      one.set("purpose", compliance::purpose_of(group, visit.language));
      one.set("person", compliance::concerns_of(group, visit.language));
      one.set("kept", compliance::kept_for(group, visit.language));
      groups << one;
    }
    PageData one;
    one.set("name", topic.name.in(visit.language));
    one.set("groups", groups);
    list << one;
  }
  return list;
}

}  // namespace

Result<HttpReply> show_staff_notice(Visit& visit) {
  const auto& all = compliance::built_in_collected();
  PageData data;
  data.set("never", texts_of(visit, all.never));
  data.set("stays", texts_of(visit, all.stays));
  data.set("topics", topics_of(visit, all));
  if (!compliance::wants_inventory(visit.company->policy)) data.set("no_inventory", PageData::type::bool_true);
  if (!visit.company->responsible.empty()) data.set("responsible", shown(visit.company->responsible));
  if (!visit.company->person_in_charge.empty()) data.set("in_charge", shown(visit.company->person_in_charge));
  data.set("made", day_of(visit, visit.now));
  return show(visit, "staff_notice.html", "notice.title", data);
}

}  // namespace gokajo::hub

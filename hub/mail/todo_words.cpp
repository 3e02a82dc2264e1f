#include "hub/mail/todo_words.h"

namespace gokajo::hub {

TodoWords todo_words(const Todo& todo, const Teller& say) {
  const auto& advice = advice_for(todo.check, todo.situation, todo.systems);
  Teller::Values values;
  for (const auto& [name, parameter] : todo.parameters) {
    if (const auto* count = std::get_if<compliance::Count>(&parameter)) values[name] = std::to_string(count->value);
    if (const auto* days = std::get_if<compliance::DayCount>(&parameter)) values[name] = std::to_string(days->value);
  }
  auto saw = say.say(advice.saw, values);
  // A sentence whose number is not known is said without it.
  if (saw.find('{') != std::string::npos) saw = say.say(advice_for(todo.check, "*", todo.systems).saw, values);
  return {std::move(saw), say.say(advice.do_)};
}

}  // namespace gokajo::hub

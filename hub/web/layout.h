/// \file
/// Pages from templates (hub/web/templates, mustache), their sentences from hub/web/words, and the headers that go with each.
#pragma once

#include <string>
#include <string_view>

#include <kainjow/mustache.hpp>

#include "hub/web/visit.h"

namespace gokajo::hub {

using PageData = kainjow::mustache::data;

/// A sentence of the pages; the key itself where it is not in hub/web/words. A test finds every key that a template or a source uses; what
/// another version kept may name one that this one never had.
const std::string& page_word(std::string_view key, compliance::Language language);

/// Whether there is one: what is kept may name a key of another version's.
bool has_page_word(std::string_view key);

/// The template, filled, in the frame that all pages have. `title`: a key of hub/web/words. In templates {{#t}}key{{/t}} is a sentence,
/// {{token}} the form's token, {{base}} "/c/<company>".
HttpReply show(const Visit& visit, std::string_view file, std::string_view title, PageData data, int status = 200);
/// The same of something with a name of its own (a company, a PC), which no key stands for.
HttpReply show_named(const Visit& visit, std::string_view file, const std::string& name, PageData data, int status = 200);
/// A page of one sentence: "message.<what>".
HttpReply message_page(const Visit& visit, int status, const std::string& what);
/// Back to a page after something was done.
HttpReply see_other(const std::string& path);

/// 2026年11月24日, in the company's time or Japan's.
std::string day_of(const Visit& visit, Time time);
/// Safe to be shown: without what a terminal or a browser would act on; templates escape the rest.
std::string shown(const std::string& from_outside);

}  // namespace gokajo::hub

/// \file
/// What several pages about companies and PCs share.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "compliance/wording.h"
#include "hub/overview.h"
#include "hub/web/layout.h"

namespace gokajo::hub {

/// A sentence with its values in place of {name}.
std::string sentence(const Visit& visit, std::string_view key, const std::map<std::string, std::string>& values);

std::string company_path(const Visit& visit);
std::string device_path(const Visit& visit, const std::string& device);

/// Href and label of a PC.
PageData pc_link(const Visit& visit, const std::string& device, const std::string& label);

/// 対応中, 対応予定 …, or that its day went by.
std::string plan_text(const Visit& visit, const Plan& plan);

/// Each verdict's word and what it means, as "words", for a page that shows many of them.
PageData verdict_meanings(const Visit& visit);

/// "適合", and the class by which pages.css knows it.
std::string verdict_text(const Visit& visit, compliance::Verdict verdict);
std::string verdict_class(compliance::Verdict verdict);

/// The name of a check as it is headed; its id where it has no words.
std::string check_name(const Visit& visit, const std::string& check);

/// Ids of checks have dots, which paths of pages have not: "updates.os-supported" is "updates_os-supported" there.
std::string check_in_path(std::string check);
std::string check_of_path(std::string segment);

/// The field "page" of an address, from 1.
std::int64_t page_number(const Visit& visit);

/// Code points of valid UTF-8.
std::size_t characters_in(std::string_view text);

/// Of the wording of a company: dates in its time.
compliance::Reader reader_of(const Visit& visit);

inline PageData yes() { return PageData{PageData::type::bool_true}; }
inline PageData new_list() { return PageData{PageData::type::list}; }

}  // namespace gokajo::hub

/// \file
/// Changes an owner is told of at once: nothing guards a PC any more, or everybody can get in. Told after two scans at least an hour apart
/// that say so, between 8 and 19 o'clock, and told again when it is right (people.md sections 1.16 and 4).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compliance/text.h"
#include "hub/mail/composer.h"
#include "hub/mail/weekly.h"
#include "platform/time.h"

namespace gokajo::hub {

/// Whether a failure of this check is told at once.
bool is_grave(const std::string& check);

/// What the hub knows of a grave failure: first seen, and when the newest report that still says so was scanned.
struct GraveFinding {
  Todo todo;  ///< one label
  platform::Time since{};
  platform::Time last_scanned{};
};

/// Seen by two scans at least an hour apart, both in the past.
bool is_confirmed(const GraveFinding& finding, platform::Time now);

/// From 8 to 19 o'clock in the company's offset.
bool is_telling_time(platform::Time now, int offset_minutes);

/// Both kinds in one form: what is to be done, or what is right again.
struct GraveMail {
  std::string company;
  std::string owner;
  std::string person;
  int offset_minutes = platform::kJapanOffset;
  platform::Time now{};
  std::vector<GraveFinding> findings;
  bool mended = false;
};

MailText grave_text(const GraveMail& mail, compliance::Language language);

}  // namespace gokajo::hub

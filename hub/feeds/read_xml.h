/// \file
/// Feeds in XML: RSS 1.0 (RDF), with what JVNRSS adds, RSS 2.0 and Atom. Foreign bytes.
#pragma once

#include <string>
#include <string_view>

#include "hub/feeds/notice.h"

namespace gokajo::hub {

/// As UTF-8, by its byte order mark, else by what the XML declaration names: UTF-8 (also where it names nothing) or Shift_JIS.
/// Error{malformed} names the byte, Error{unsupported} the encoding.
platform::Result<std::string> utf8_of_xml(std::string_view bytes);

/// Error{too_large, malformed, unsupported} names the place ("line 12: …"): more bytes, depth or elements than notice.h allows, a document
/// type (entities are never read), what is not closed, another root than rdf:RDF, rss or feed. Error{failed}: the publisher's program says
/// that it could not answer (MyJVN, status:Status).
platform::Result<Notices> read_feed_xml(std::string_view bytes, platform::Time received);

}  // namespace gokajo::hub

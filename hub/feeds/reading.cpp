#include "hub/feeds/reading.h"

#include <algorithm>
#include <map>

#include "hub/feeds/read_kev.h"
#include "hub/feeds/read_xml.h"
#include "hub/in_transaction.h"
#include "platform/bytes.h"

namespace gokajo::hub {

using platform::Done, platform::Error, platform::ErrorKind, platform::Result, platform::Status, platform::Time;

namespace {

constexpr std::size_t kMaxProblem = 400;

bool is_read(const KeptFeed& feed) { return feed.tried.has_value(); }

std::string problem_of(const Error& error) {
  const char* kind = boost::describe::enum_to_string(error.kind, "failed");
  return std::string(kind) + ": " + platform::printable_utf8(error.detail.substr(0, kMaxProblem));
}

std::string kind_in(const std::string& problem) { return problem.substr(0, problem.find(':')); }

}  // namespace

Result<Notices> read_feed(const PublicFeed& feed, std::string_view body, Time received) {
  auto read = feed.form == FeedForm::kev ? read_kev(body, received) : read_feed_xml(body, received);
  if (read && read->notices.empty())
    return Error{ErrorKind::malformed,
                 "no entry with a title, a date and a link that may be shown (" + std::to_string(read->left_out) + " without)"};
  return read;
}

FeedReading::FeedReading(Store& store, FeedSettings settings, FetchFeed fetch)
    : store_(store), settings_(std::move(settings)), feeds_(chosen_feeds(settings_)), fetch_(std::move(fetch)) {}

Status FeedReading::keep(const KeptFeed& feed) {
  return in_transaction(store_, store_.begin(), [&] { return store_.put_feed(feed); });
}

Status FeedReading::begin() {
  const auto kept = store_.feeds();
  if (!kept) return kept.error();
  for (const auto& one : *kept) {
    const bool chosen = std::any_of(feeds_.begin(), feeds_.end(), [&](const PublicFeed& feed) { return feed.id == one.feed; });
    if (chosen || !is_read(one)) continue;
    if (auto put = keep({one.feed, {}, {}, {}, {}, {}, {}, {}}); !put) return put;
  }
  return Done{};
}

Result<bool> FeedReading::step(Time now, bool at_once) {
  for (const auto& feed : feeds_) {
    auto kept = store_.feed(feed.id);
    if (!kept && kept.error().kind != ErrorKind::not_found) return kept.error();
    auto row = kept ? std::move(*kept) : KeptFeed{feed.id, {}, {}, {}, {}, {}, {}, {}};
    const bool waits = row.tried && now >= *row.tried && now - *row.tried < std::chrono::hours{feed.hours};
    if (at_once ? std::find(done_at_once_.begin(), done_at_once_.end(), feed.id) != done_at_once_.end() : waits) continue;
    if (at_once) done_at_once_.push_back(feed.id);
    row.tried = now;
    row.problem.clear();
    // What another version kept, or another address gave, is fetched anew.
    const bool known = row.address == feed.address && read_notices(row.items);
    auto reply = fetch_({feed.address, known ? row.etag : "", known ? row.modified : "", kMaxFeedBytes, settings_.authorities});
    if (!reply) {
      row.problem = problem_of(reply.error());
    } else if (reply->unchanged) {
      row.good = now;
    } else if (const auto read = read_feed(feed, reply->body, now)) {
      row.address = feed.address;
      row.etag = reply->etag;
      row.modified = reply->modified;
      row.items = write_notices(*read);
      row.good = now;
    } else {
      row.problem = problem_of(read.error());
    }
    if (auto put = keep(row); !put) return put.error();
    return true;
  }
  return false;
}

std::vector<OldFeed> old_feeds(const std::vector<KeptFeed>& kept, Time now) {
  std::vector<OldFeed> old;
  for (const auto& feed : public_feeds()) {
    const auto row = std::find_if(kept.begin(), kept.end(), [&](const KeptFeed& one) { return one.feed == feed.id; });
    if (row == kept.end() || !is_read(*row)) continue;
    // One that was never read is told at once: nobody could know of it otherwise.
    if (row->good && (now < *row->good || now - *row->good < kFeedOld)) continue;
    old.push_back({feed.id, feed.name, row->good, kind_in(row->problem)});
  }
  return old;
}

const compliance::Text& words_of_feed_problem(std::string_view why) {
  static const std::map<std::string, compliance::Text, std::less<>> kWords = {
      {"timed_out", {"相手が時間内に答えませんでした", "it did not answer in time"}},
      {"too_large", {"届いた内容が大きすぎました", "what came was too large"}},
      {"denied", {"安全につなげない行き先だったため、つなぎませんでした", "it led to a place that is not safe to connect to"}},
      {"malformed", {"届いた内容が、決まった形ではありませんでした", "what came was not in the form it should have"}},
      {"unsupported", {"届いた内容の文字コードを読めませんでした", "what came is in an encoding that cannot be read"}},
      {"failed", {"相手につながらないか、エラーが返りました", "it could not be reached, or answered with an error"}},
      {"", {"最後に試したときの記録がありません", "nothing is known of the last try"}}};
  const auto found = kWords.find(why);
  return found == kWords.end() ? kWords.at("failed") : found->second;
}

}  // namespace gokajo::hub

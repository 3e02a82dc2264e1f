#include "agent/progress.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace gokajo::agent {
namespace {

struct Topic {
  std::string_view key, ja, en;
};
constexpr std::array<Topic, 8> kTopics = {{{"device", "PCの種類", "the PC"},
                                           {"updates", "更新", "updates"},
                                           {"antivirus", "ウイルス対策", "antivirus"},
                                           {"passwords", "パスワード", "passwords"},
                                           {"sharing", "共有設定", "sharing"},
                                           {"threats", "手口を知る", "briefings"},
                                           {"extras", "参考の項目", "extras"},
                                           {"inventory", "機器とソフト", "hardware and programs"}}};

std::string name_of(const std::string& key, compliance::Language language) {
  for (const auto& topic : kTopics)
    if (topic.key == key) return std::string(language == compliance::Language::ja ? topic.ja : topic.en);
  return key;
}

}  // namespace

Progress::Progress(bool active, compliance::Language language) : language_(language) {
  if (active) thread_ = std::thread([this] { show_until_finished(); });
}

void Progress::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Progress::tell(const char* topic, void* context) {
  auto& self = *static_cast<Progress*>(context);
  {
    const std::lock_guard lock(self.mutex_);
    self.topic_ = topic;
    self.told_ = true;
  }
  self.changed_.notify_all();
}

void Progress::show_until_finished() {
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, std::chrono::seconds(1), [this] { return finished_; })) return;
  while (!finished_) {
    told_ = false;
    const bool ja = language_ == compliance::Language::ja;
    std::fprintf(stderr, "\r\x1b[K%s%s%s", ja ? "調べています: " : "Looking at: ", name_of(topic_, language_).c_str(), ja ? "…" : "...");
    std::fflush(stderr);
    changed_.wait(lock, [this] { return finished_ || told_; });
  }
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace gokajo::agent

#include <windows.h>
#include <shellapi.h>

#include <algorithm>
#include <vector>

#include <wtsapi32.h>

#include "platform/person_desktop.h"
#include "platform/windows/error.h"
#include "platform/windows/handle.h"
#include "platform/windows/own_processes.h"
#include "platform/windows/text.h"

namespace gokajo::platform {
namespace {

using std::chrono::milliseconds;

constexpr wchar_t kClass[] = L"Gokajo.person";
constexpr UINT kIconMessage = WM_APP + 1;
constexpr UINT kIcon = 1;
constexpr ULONGLONG kShownFor = 60000;

// By its process, so that an installer asks this one and no other.
std::wstring end_event_name(DWORD process) { return L"Global\\Gokajo.person." + std::to_wstring(process); }

// At most `units` of UTF-16 with the final zero, and no half of a pair.
template <std::size_t Units>
void put(wchar_t (&place)[Units], const std::string& text) {
  auto wide_text = wide(text);
  if (wide_text.size() >= Units) wide_text.resize(Units - (IS_HIGH_SURROGATE(wide_text[Units - 2]) ? 2 : 1));
  std::copy(wide_text.begin(), wide_text.end(), place);
  place[wide_text.size()] = L'\0';
}

class WindowsDesktop : public PersonDesktop {
 public:
  WindowsDesktop(Handle only, Handle end) : only_(std::move(only)), end_(std::move(end)) { make_window(); }
  ~WindowsDesktop() override {
    take_away();
    if (!window_) return;
    WTSUnRegisterSessionNotification(window_);
    SetWindowLongPtrW(window_, GWLP_USERDATA, 0);
    DestroyWindow(window_);
  }

  bool may_be_disturbed() const override {
    QUERY_USER_NOTIFICATION_STATE state{};
    return SUCCEEDED(SHQueryUserNotificationState(&state)) && state == QUNS_ACCEPTS_NOTIFICATIONS;
  }

  Status show(const std::string& heading, const std::string& text, std::function<void()> pressed) override {
    if (!window_) return Error{ErrorKind::unsupported, "no desktop"};
    take_away();
    NOTIFYICONDATAW icon = icon_data();
    icon.uFlags = NIF_ICON | NIF_MESSAGE | NIF_TIP | NIF_INFO;
    icon.uCallbackMessage = kIconMessage;
    icon.hIcon = LoadIconW(nullptr, MAKEINTRESOURCEW(32516));  // IDI_INFORMATION
    put(icon.szTip, "Gokajo");
    put(icon.szInfoTitle, heading);
    put(icon.szInfo, text);
    icon.dwInfoFlags = NIIF_INFO | NIIF_NOSOUND | NIIF_RESPECT_QUIET_TIME;
    if (!Shell_NotifyIconW(NIM_ADD, &icon)) return Error{ErrorKind::failed, "notification area"};
    icon.uVersion = NOTIFYICON_VERSION_4;
    Shell_NotifyIconW(NIM_SETVERSION, &icon);
    shown_at_ = GetTickCount64();
    shown_ = true;
    pressed_ = std::move(pressed);
    return Done{};
  }

  bool wait(milliseconds at_most) override {
    const auto end = GetTickCount64() + static_cast<ULONGLONG>(std::max<milliseconds::rep>(at_most.count(), 0));
    unlocked_ = false;
    while (!ended_) {
      const auto now = GetTickCount64();
      if (shown_ && now - shown_at_ >= kShownFor) take_away();
      if (unlocked_ || now >= end) return true;
      auto left = end - now;
      if (shown_) left = std::min(left, shown_at_ + kShownFor - now);
      const HANDLE events[] = {end_.get()};
      const DWORD count = end_ ? 1 : 0;
      const auto which =
          MsgWaitForMultipleObjects(count, events, FALSE, static_cast<DWORD>(std::min<ULONGLONG>(left, 3600000)), QS_ALLINPUT);
      if (count > 0 && which == WAIT_OBJECT_0) return false;
      MSG message;
      while (PeekMessageW(&message, nullptr, 0, 0, PM_REMOVE)) {
        if (message.message == WM_QUIT) ended_ = true;
        DispatchMessageW(&message);
      }
    }
    return false;
  }

 private:
  static LRESULT CALLBACK on_message(HWND window, UINT message, WPARAM first, LPARAM second) {
    auto* self = reinterpret_cast<WindowsDesktop*>(GetWindowLongPtrW(window, GWLP_USERDATA));
    return self ? self->take(window, message, first, second) : DefWindowProcW(window, message, first, second);
  }

  LRESULT take(HWND window, UINT message, WPARAM first, LPARAM second) {
    switch (message) {
      case kIconMessage:
        take_press(LOWORD(second));
        return 0;
      case WM_WTSSESSION_CHANGE:
        unlocked_ = unlocked_ || first == WTS_SESSION_UNLOCK || first == WTS_CONSOLE_CONNECT || first == WTS_REMOTE_CONNECT;
        return 0;
      case WM_ENDSESSION:
        ended_ = ended_ || first != 0;
        return 0;
      case WM_CLOSE:
        ended_ = true;
        return 0;
      default:
        return DefWindowProcW(window, message, first, second);
    }
  }

  void take_press(WORD what) {
    if (what != NIN_BALLOONUSERCLICK && what != NIN_BALLOONTIMEOUT && what != NIN_BALLOONHIDE && what != NIN_SELECT) return;
    const auto pressed = what == NIN_BALLOONUSERCLICK || what == NIN_SELECT ? std::move(pressed_) : nullptr;
    take_away();
    if (pressed) pressed();
  }

  NOTIFYICONDATAW icon_data() const {
    NOTIFYICONDATAW icon{};
    icon.cbSize = sizeof(icon);
    icon.hWnd = window_;
    icon.uID = kIcon;
    return icon;
  }

  void take_away() {
    if (!shown_) return;
    auto icon = icon_data();
    Shell_NotifyIconW(NIM_DELETE, &icon);
    shown_ = false;
    pressed_ = nullptr;
  }

  // Never shown, and no message-only one: those are not told that the session ends. Without it the helper goes on, and can show nothing.
  void make_window() {
    WNDCLASSW kind{};
    kind.lpfnWndProc = &on_message;
    kind.hInstance = GetModuleHandleW(nullptr);
    kind.lpszClassName = kClass;
    RegisterClassW(&kind);
    window_ = CreateWindowExW(WS_EX_TOOLWINDOW, kClass, L"Gokajo", WS_POPUP, 0, 0, 0, 0, nullptr, nullptr, kind.hInstance, nullptr);
    if (!window_) return;
    SetWindowLongPtrW(window_, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
    WTSRegisterSessionNotification(window_, NOTIFY_FOR_THIS_SESSION);
  }

  Handle only_, end_;
  HWND window_ = nullptr;
  std::function<void()> pressed_;
  ULONGLONG shown_at_ = 0;
  bool shown_ = false;
  bool unlocked_ = false;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<PersonDesktop>> open_person_desktop() {
  Handle only(CreateMutexW(nullptr, FALSE, L"Local\\Gokajo.person"));
  const auto code = GetLastError();
  if (!only && code != ERROR_ACCESS_DENIED) return windows_error("session", code);
  if (!only || code == ERROR_ALREADY_EXISTS) return std::unique_ptr<PersonDesktop>();
  // Where somebody else made one of that name, an installer has to end this helper without asking.
  Handle end(CreateEventW(nullptr, TRUE, FALSE, end_event_name(GetCurrentProcessId()).c_str()));
  return std::unique_ptr<PersonDesktop>(std::make_unique<WindowsDesktop>(std::move(only), std::move(end)));
}

void leave_own_console() {
  DWORD sharing[2] = {};
  if (GetConsoleProcessList(sharing, 2) == 1) FreeConsole();
}

void end_helpers(milliseconds at_most) {
  const auto others = others_of_this_program(SYNCHRONIZE | PROCESS_TERMINATE);
  if (!others) return;
  std::vector<const OwnProcess*> asked;
  for (const auto& other : *others)
    if (const Handle end(OpenEventW(EVENT_MODIFY_STATE, FALSE, end_event_name(other.id).c_str())); end && SetEvent(end.get()))
      asked.push_back(&other);
  const auto limit = GetTickCount64() + static_cast<ULONGLONG>(at_most.count());
  for (const auto* helper : asked) {
    const auto now = GetTickCount64();
    if (WaitForSingleObject(helper->handle.get(), now < limit ? static_cast<DWORD>(limit - now) : 0) != WAIT_OBJECT_0)
      TerminateProcess(helper->handle.get(), 0);  // what it writes is written so that it may be cut short
  }
}

}  // namespace gokajo::platform

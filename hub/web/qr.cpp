#include "hub/web/qr.h"

#include <optional>
#include <stdexcept>

#include <qrcodegen/qrcodegen.hpp>

#include "hub/web/form.h"

namespace gokajo::hub {

std::string qr_picture(const std::string& text) {
  std::optional<qrcodegen::QrCode> drawn;
  try {
    drawn = qrcodegen::QrCode::encodeText(text.c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
  } catch (const std::length_error&) {
    return {};
  }
  const auto& code = *drawn;
  const auto side = std::to_string(code.getSize() + 8);
  std::string path;
  for (int y = 0; y < code.getSize(); ++y)
    for (int x = 0; x < code.getSize(); ++x)
      if (code.getModule(x, y)) path += "M" + std::to_string(x + 4) + " " + std::to_string(y + 4) + "h1v1h-1z";
  return "data:image/svg+xml," +
         escaped_for_query("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " + side + " " + side + "'><path fill='#fff' d='M0 0h" +
                           side + "v" + side + "H0z'/><path d='" + path + "'/></svg>");
}

}  // namespace gokajo::hub

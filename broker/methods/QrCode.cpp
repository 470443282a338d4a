#include "broker/methods/QrCode.h"

#include <memory>
#include <qrencode.h>

namespace keybearer {

namespace {
constexpr std::size_t longestText = 1024; // beyond that the squares are too small for a phone at arm's length
}

std::vector<std::string> qrCode(const std::string& text) {
    if (text.empty() || text.size() > longestText || text.find('\0') != std::string::npos)
        return {};
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), QRcode_free);
    if (code == nullptr)
        return {};
    const auto width = static_cast<std::size_t>(code->width);
    std::vector<std::string> rows(width, std::string(width, '0'));
    for (std::size_t i = 0; i < width * width; ++i) {
        if ((code->data[i] & 1U) != 0) // the lowest bit is the colour
            rows[i / width][i % width] = '1';
    }
    return rows;
}

} // namespace keybearer

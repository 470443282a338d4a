#pragma once

#include <string>
#include <vector>

namespace keybearer {

// The text as a QR code (ISO/IEC 18004, error correction M): rows of "0" and "1", 1 is dark, without the
// quiet zone, which whoever draws it adds. Empty if the text is empty or too long for one. Pure.
[[nodiscard]] std::vector<std::string> qrCode(const std::string& text);

} // namespace keybearer

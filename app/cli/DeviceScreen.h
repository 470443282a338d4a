#pragma once

#include "broker/base/Json.h"

#include <string>

// What a person at a terminal is shown of a sign-in on another device (RFC 8628 sections 3.3 and 5.4). Pure.
namespace keybearer {

// The answer to signin.start as a screenful: code in large type, address with its host in ASCII, QR code in
// half blocks (on a terminal alone), and the warning. No part of it is a secret.
[[nodiscard]] std::string deviceScreen(const Json& started, bool terminal);

// Rows of "0" and "1" with the quiet zone, two rows a line. Empty if they are no square of a bearable size.
[[nodiscard]] std::string halfBlocks(const Json& rows);

// "4:07 left"
[[nodiscard]] std::string countdownWords(std::int64_t seconds);

} // namespace keybearer

#include "app/cli/DeviceScreen.h"

#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <vector>

namespace keybearer {

namespace {

constexpr std::size_t widestQr = 76; // fits into 80 columns with its quiet zone
constexpr std::size_t quietZone = 2; // four is the rule; phones read two, and a terminal has few columns
constexpr std::size_t longestAddress = 2048;
constexpr const char* light = "\033[97m"; // white squares whatever the terminal's colours are
constexpr const char* dark = "\033[40m";
constexpr const char* plain = "\033[0m";

std::string hostOf(const std::string& address) {
    const std::size_t start = address.find("://");
    if (start == std::string::npos)
        return {};
    const std::string_view rest = std::string_view(address).substr(start + 3);
    return std::string(rest.substr(0, rest.find_first_of("/?#")));
}

// Set wide, so that no two characters are taken for one.
std::string spaced(const std::string& code) {
    std::string out;
    for (const char c : code) {
        if (!out.empty())
            out += ' ';
        out += c;
    }
    return out;
}

std::string framed(const std::string& text, bool terminal) {
    std::string bar;
    for (std::size_t i = 0; i < text.size() + 6; ++i)
        bar += "━";
    const std::string strong = terminal ? "\033[1m" + text + plain : text;
    return "  ┏" + bar + "┓\n  ┃   " + strong + "   ┃\n  ┗" + bar + "┛\n";
}

bool isSquare(const std::vector<std::string>& rows) {
    if (rows.empty() || rows.size() > widestQr)
        return false;
    for (const std::string& row : rows) {
        if (row.size() != rows.size() || row.find_first_not_of("01") != std::string::npos)
            return false;
    }
    return true;
}

} // namespace

std::string halfBlocks(const Json& value) {
    std::vector<std::string> rows;
    if (value.is_array()) {
        for (const Json& row : value)
            rows.push_back(row.is_string() ? row.get<std::string>() : std::string());
    }
    if (!isSquare(rows))
        return {};
    const std::size_t side = rows.size() + 2 * quietZone;
    const auto isDark = [&](std::size_t y, std::size_t x) {
        return y >= quietZone && x >= quietZone && y < side - quietZone && x < side - quietZone &&
               rows[y - quietZone][x - quietZone] == '1';
    };
    std::string out;
    for (std::size_t y = 0; y < side; y += 2) {
        out.append("  ").append(light).append(dark);
        for (std::size_t x = 0; x < side; ++x) {
            const bool upper = !isDark(y, x);
            const bool lower = y + 1 < side && !isDark(y + 1, x);
            out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
        }
        out.append(plain).append("\n");
    }
    return out;
}

std::string countdownWords(std::int64_t seconds) {
    const std::int64_t left = seconds < 0 ? 0 : seconds;
    const std::string rest = std::to_string(left % 60);
    return std::to_string(left / 60) + (rest.size() < 2 ? ":0" : ":") + rest + " left";
}

std::string deviceScreen(const Json& started, bool terminal) {
    const std::string address =
        displaySafe(stringAt(started, "verification_uri").value_or(""), longestAddress);
    const std::string host = displaySafe(hostOf(address));
    std::string out = "On any device, open\n\n    " + address + "\n\nand enter the code " +
                      textAt(started, "user_code") + "\n\n" +
                      framed(spaced(textAt(started, "user_code")), terminal);
    if (terminal && started.contains("qr")) {
        if (const std::string qr = halfBlocks(started.at("qr")); !qr.empty())
            out += "\nor point a phone's camera here, and compare the code:\n\n" + qr;
    }
    out += "\nOnly go on if you started this sign-in yourself, and only at " + host +
           ".\nWhoever sends you such a code wants to be signed in as you.\n";
    return out;
}

} // namespace keybearer

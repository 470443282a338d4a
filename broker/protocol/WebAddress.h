#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Which addresses of providers are opened in the person's browser, and by which program: the same for whoever
// does it (SEC-C-34). Pure functions; nothing here starts anything.

// http or https with a host, printable ASCII without spaces or quotes, of a bearable length. Nothing else is
// handed to a program.
[[nodiscard]] bool isOpenable(std::string_view url);
// The same, without a user name that could pose as the host, and http to this machine only: for an address
// that a server says which nobody has configured.
[[nodiscard]] bool isSafelyOpenable(std::string_view url);

// The commands to try in turn, each program and arguments. $BROWSER is read as xdg-open does: a list
// separated by colons, %s stands for the URL, without %s the URL comes last. Without it xdg-open (macOS:
// open), and nothing where there is no display.
struct BrowserSurroundings {
    std::string browser; // $BROWSER
    bool hasDisplay = false;
};
[[nodiscard]] std::vector<std::vector<std::string>> browserCommands(const BrowserSurroundings& surroundings,
                                                                    const std::string& url);
[[nodiscard]] BrowserSurroundings surroundingsFromEnvironment();

} // namespace keybearer

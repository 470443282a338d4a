#pragma once

#include "broker/base/Result.h"

#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Opens an authorization URL in the person's browser. No shell: the URL is one argument of one program.

// http or https with a host, printable ASCII without spaces or quotes, of a bearable length. Nothing else is
// handed to a program.
[[nodiscard]] bool isOpenable(std::string_view url);

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

// Starts the first command that does not fail within a second or two, in a session of its own and without our
// streams.
[[nodiscard]] Result<void> openInBrowser(const std::string& url);

} // namespace keybearer

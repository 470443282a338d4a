#pragma once

#include "app/cli/Output.h"
#include "broker/base/Json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// The question in the terminal: may this program have this credential? Pure text; TerminalQuestion
// shows it and waits.

struct QuestionLook {
    std::size_t width = 0; // columns of the terminal; 0: the usual ones
    bool coloured = false;
};

// Who asks, as measured by the broker; what it says about itself, marked as a claim; what for; the choices.
[[nodiscard]] std::string consentQuestion(const Json& request, const QuestionLook& look = {});

// What consent.answer takes: allow-once, allow-session, allow, deny. An empty line denies; nothing for a line
// that is no choice, or none for this request.
[[nodiscard]] std::optional<std::string> decisionFor(std::string_view line, const Json& request);
// What can be typed: "1, 2 or d".
[[nodiscard]] std::string choiceWords(const Json& request);

// How well a caller is known, by the letter of its class; empty for no letter.
[[nodiscard]] std::string classWords(std::string_view letter);
// "the script is another one: 5c11 before, 5c22 now", one for each fact that is not what it was.
[[nodiscard]] std::vector<std::string> changeLines(const Json& request);

} // namespace keybearer

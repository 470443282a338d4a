#include "app/cli/Findings.h"

#include "app/cli/Table.h"
#include "app/cli/Words.h"

namespace keybearer {

namespace {

constexpr std::size_t screenWidth = 80;
constexpr std::size_t textColumn = 11; // after the longest level word

const char* wordOf(Finding::Level level) {
    switch (level) {
    case Finding::Level::Good:
        return "ok";
    case Finding::Level::Warning:
        return "warning";
    case Finding::Level::Error:
        return "error";
    }
    return "error";
}

Output::Tone toneOf(Finding::Level level) {
    switch (level) {
    case Finding::Level::Good:
        return Output::Tone::Good;
    case Finding::Level::Warning:
        return Output::Tone::Warning;
    case Finding::Level::Error:
        return Output::Tone::Bad;
    }
    return Output::Tone::Bad;
}

} // namespace

std::vector<Finding> findingsOf(const Json& health) {
    std::vector<Finding> out;
    for (const Json& each : arrayAt(health, "findings")) {
        const std::string level = textAt(each, "level");
        out.push_back({level == "error"     ? Finding::Level::Error
                       : level == "warning" ? Finding::Level::Warning
                                            : Finding::Level::Good,
                       textAt(each, "name"), textAt(each, "message", "?"), textAt(each, "action")});
    }
    return out;
}

Json toJson(const Finding& finding) {
    return Json{{"level", wordOf(finding.level)},
                {"name", finding.name},
                {"message", finding.message},
                {"action", finding.action}};
}

std::string findingLines(const Output& output, const std::vector<Finding>& findings) {
    std::string out;
    for (const Finding& finding : findings) {
        const std::string word = wordOf(finding.level);
        const bool isGood = finding.level == Finding::Level::Good;
        std::string text =
            wrapped(finding.message + (isGood ? "" : " [" + finding.name + "]"), screenWidth, textColumn);
        text.replace(0, textColumn,
                     "  " + output.toned(word, toneOf(finding.level)) +
                         std::string(textColumn - 2 - word.size(), ' '));
        out += text;
        if (!finding.action.empty())
            out += wrapped(finding.action, screenWidth, textColumn);
    }
    return out;
}

} // namespace keybearer

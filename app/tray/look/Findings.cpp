#include "app/tray/look/Findings.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QCoreApplication>
#include <algorithm>

namespace keybearer {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Findings)
};

constexpr std::size_t mostFindings = 200;
constexpr std::size_t longestMessage = 1000;
constexpr std::size_t longestAction = 500;

FindingRecord::Level levelOf(const std::string& word) {
    if (word == "error")
        return FindingRecord::Level::Error;
    return word == "warning" ? FindingRecord::Level::Warning : FindingRecord::Level::Good;
}

} // namespace

std::vector<FindingRecord> readFindings(const Json& answer) {
    std::vector<FindingRecord> findings;
    const auto list = answer.is_object() ? answer.find("findings") : answer.end();
    if (list == answer.end() || !list->is_array())
        return findings;
    for (const Json& item : *list) {
        if (findings.size() == mostFindings)
            break;
        FindingRecord finding;
        finding.level = levelOf(stringAt(item, "level").value_or(""));
        finding.name = stringAt(item, "name").value_or("");
        finding.message = asSentence(shown(stringAt(item, "message").value_or(""), longestMessage));
        finding.action = shown(stringAt(item, "action").value_or(""), longestAction);
        if (!finding.message.isEmpty())
            findings.push_back(std::move(finding));
    }
    std::stable_sort(findings.begin(), findings.end(),
                     [](const FindingRecord& a, const FindingRecord& b) { return a.level < b.level; });
    return findings;
}

QString levelWord(FindingRecord::Level level) {
    switch (level) {
    case FindingRecord::Level::Error:
        //: how bad a finding is
        return Words::tr("Error");
    case FindingRecord::Level::Warning:
        //: how bad a finding is
        return Words::tr("Warning");
    case FindingRecord::Level::Good:
        //: a finding says that something works
        return Words::tr("Good");
    }
    return {};
}

QIcon levelIcon(FindingRecord::Level level, const QPalette& palette) {
    switch (level) {
    case FindingRecord::Level::Error:
        return symbol(Symbol::Revoke, palette);
    case FindingRecord::Level::Warning:
        return symbol(Symbol::Warning, palette);
    case FindingRecord::Level::Good:
        return symbol(Symbol::Good, palette);
    }
    return {};
}

} // namespace keybearer

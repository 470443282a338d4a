#pragma once

#include "broker/base/Json.h"

#include <QIcon>
#include <QString>
#include <vector>

class QPalette;

namespace keybearer {

// One thing that is wrong, or right, and what to do about it, as doctor and the tests of services tell it.
// The texts are display-safe, and to be shown as plain text.
struct FindingRecord {
    enum class Level { Error, Warning, Good };
    Level level = Level::Good;
    std::string name; // for programs: socket_directory
    QString message;
    QString action; // may be empty
    [[nodiscard]] bool operator==(const FindingRecord&) const = default;
};

// The member "findings" of an answer, what is worst first; never more than a screen can bear.
[[nodiscard]] std::vector<FindingRecord> readFindings(const Json& answer);
// "Error", "Warning", "Good": stands beside the drawing, for who cannot see it.
[[nodiscard]] QString levelWord(FindingRecord::Level level);
[[nodiscard]] QIcon levelIcon(FindingRecord::Level level, const QPalette& palette);

} // namespace keybearer

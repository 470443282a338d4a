#pragma once

#include "broker/base/Json.h"

#include <QDate>
#include <QString>
#include <vector>

namespace keybearer {

// What audit.summary told, as the charts show it; texts are display-safe.
struct Usage {
    struct Bar {
        QString name;
        QString detail; // the whole path, a whole date
        QString caller; // of a program: its executable, as the broker spells it; not for the eye
        qint64 released = 0;
        qint64 refused = 0;
    };
    std::vector<Bar> days;     // every day of the span, the oldest first
    std::vector<Bar> programs; // the busiest first
    qint64 released = 0;
    qint64 refused = 0;
    bool complete = true;
};

// `last` is the newest day of the span of `days` days.
[[nodiscard]] Usage readUsage(const Json& summary, QDate last, int days);

} // namespace keybearer

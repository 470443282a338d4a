#pragma once

#include "app/tray/desktop/TraySettings.h"

#include <QDateTime>
#include <functional>
#include <map>

namespace keybearer {

// Decides which notices become notifications: those of a topic that the person wants, outside of the quiet
// hours, and none twice in a row. What is kept back still stands in the window. Owned by the tray
// application; GUI thread.
class NoticeGate final {
public:
    using Now = std::function<QDateTime()>;

    explicit NoticeGate(const TraySettings& settings, Now now = &QDateTime::currentDateTime)
        : settings_(settings), now_(std::move(now)) {}

    // Remembers those that it lets through.
    [[nodiscard]] bool admits(const Notice& notice);
    // The reason is gone: if it comes back, it is news.
    void forget(const std::string& reason) { last_.erase(reason); }

private:
    struct Last {
        QString words;
        QDateTime at;
    };
    void dropOld(const QDateTime& now);

    const TraySettings& settings_;
    Now now_;
    std::map<std::string, Last> last_; // by reason; of notices without one, by their words
};

} // namespace keybearer

#pragma once

#include <QTimer>

#include <chrono>
#include <functional>

namespace keybearer {

// Tells of a state that costs something to find out: the first time at once, and what falls due during the
// pause after that once, at its end. So a crowd of changes costs no more than a few, and the last of them is
// always told. Idle: no timer. Event loop thread.
class PacedNotice {
public:
    PacedNotice(std::chrono::milliseconds pause, std::function<void()> tell);

    void due();

private:
    void onPause();

    std::function<void()> tell_;
    QTimer pause_;
    bool again_ = false;
};

} // namespace keybearer

#include "broker/rpc/PacedNotice.h"

#include <utility>

namespace keybearer {

PacedNotice::PacedNotice(std::chrono::milliseconds pause, std::function<void()> tell)
    : tell_(std::move(tell)) {
    pause_.setSingleShot(true);
    pause_.setInterval(pause);
    QObject::connect(&pause_, &QTimer::timeout, &pause_, [this] { onPause(); });
}

void PacedNotice::due() {
    if (pause_.isActive()) {
        again_ = true;
        return;
    }
    pause_.start();
    tell_();
}

void PacedNotice::onPause() {
    if (std::exchange(again_, false))
        due();
}

} // namespace keybearer

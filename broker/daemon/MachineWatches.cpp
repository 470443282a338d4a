#include "broker/daemon/MachineWatches.h"

#include <utility>

namespace keybearer {

MachineWatches::MachineWatches(Told told, bool screenToo) : told_(std::move(told)), screenToo_(screenToo) {}

void MachineWatches::begin() {
    if (sleep_ != nullptr)
        return;
    if (screenToo_)
        screen_ = ScreenLockWatch::start(told_.screenLocked);
    sleep_ = SleepWatch::start(told_.sleeping);
    network_ = NetworkWatch::start(told_.online);
    told_.online(network_->online());
}

void MachineWatches::watchScreen(bool wanted) {
    screenToo_ = wanted;
    if (!wanted)
        screen_.reset();
    else if (sleep_ != nullptr && screen_ == nullptr)
        screen_ = ScreenLockWatch::start(told_.screenLocked);
}

} // namespace keybearer

#pragma once

#include "broker/base/Clock.h"
#include "broker/base/Result.h"
#include "broker/platform/BootTimer.h"

#include <QObject>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace keybearer {

// Whether a person has stopped all sharing: while it lasts no program gets anything, whatever it was allowed.
// Ends by itself at its time, which counts the machine's sleep, and outlives the broker. Owned by the Broker;
// event loop thread. It refuses nothing by itself: who gives something away asks refusal() first.
class SharingPause : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::seconds longest{7 * 24 * 3600}; // a typing mistake beyond that

    // Where it is kept over a restart.
    struct Memory {
        std::function<Result<std::string>(const std::string& name)> recall; // empty text: nothing is kept
        std::function<Result<void>(const std::string& name, const std::string& text)> remember;
    };
    SharingPause(Memory memory, const Clock& clock);

    // Takes up what was kept. What cannot be read or understood is a pause without an end: nothing is given
    // away by mistake.
    void load();
    // Both take effect in any case; StoreUnavailable: but it could not be kept, so a restart undoes it.
    // No length: until resume(). A pause that is on gets the new length.
    [[nodiscard]] Result<void> pause(std::optional<std::chrono::seconds> length);
    [[nodiscard]] Result<void> resume();

    [[nodiscard]] bool isPaused() const { return paused_; }
    // Nothing: not paused, or without an end.
    [[nodiscard]] std::optional<WallTime> until() const;
    // What a program is told; nothing while sharing goes on. PolicyDenied, detail "reason": "sharing_paused".
    [[nodiscard]] std::optional<Error> refusal() const;

Q_SIGNALS:
    void changed();
    // Its time has come; nobody did it.
    void ended();

private:
    void begin(std::optional<std::chrono::milliseconds> length);
    void stop();
    void onDue();
    [[nodiscard]] Result<void> keep(const std::string& text);

    Memory memory_;
    const Clock& clock_;
    std::unique_ptr<BootTimer> timer_;
    bool paused_ = false;
    std::optional<BootTime> end_;
};

} // namespace keybearer

#pragma once

#include "app/tray/look/Notice.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <chrono>
#include <functional>
#include <optional>

namespace keybearer {

// Pauses and resumes all sharing for a person, and ends the broker. Says afterwards what came of it. Tells of
// a pause that somebody else began or ended, in a terminal or by its time. Owned by the tray application; GUI
// thread.
class SharingControl final : public QObject {
    Q_OBJECT
public:
    SharingControl(BrokerClient& client, BrokerMirror& mirror, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(SharingControl)

    // No length: until resume().
    void pause(std::optional<std::chrono::seconds> length);
    void resume();
    // `done` is called once, also when it failed.
    void stopBroker(const std::function<void(const Result<void>&)>& done);

    static constexpr const char* reason = "sharing"; // of its notices

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);

private:
    void onAnswer(const QString& failure, const Result<Json>& answer);
    void onChanged();
    void tell(const HealthRecord& health);

    BrokerClient& client_;
    BrokerMirror& mirror_;
    bool known_ = false; // how it stands
    bool paused_ = false;
    bool ours_ = false; // the next change is one that was asked for here
};

} // namespace keybearer

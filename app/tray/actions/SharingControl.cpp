#include "app/tray/actions/SharingControl.h"

#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/SharingParams.h"

#include <QPointer>
#include <utility>

namespace keybearer {

SharingControl::SharingControl(BrokerClient& client, BrokerMirror& mirror, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror) {
    connect(&mirror_, &BrokerMirror::changed, this, &SharingControl::onChanged);
}

void SharingControl::pause(std::optional<std::chrono::seconds> length) {
    SharingPauseParams wish;
    if (length)
        wish.seconds = length->count();
    ours_ = true;
    client_.call("sharing.pause", wish.toJson(), this,
                 [this](const Result<Json>& answer) { onAnswer(tr("Sharing could not be paused"), answer); });
}

void SharingControl::resume() {
    ours_ = true;
    client_.call("sharing.resume", NoParams().toJson(), this, [this](const Result<Json>& answer) {
        onAnswer(tr("Sharing could not be resumed"), answer);
    });
}

void SharingControl::onAnswer(const QString& failure, const Result<Json>& answer) {
    mirror_.loadHealth(); // its event may have been lost with a connection
    if (answer)
        return;
    ours_ = false;
    Q_EMIT noticed(
        {Notice::Kind::Problem, failure, failureWords(answer.error()), reason, {}, Notice::Topic::Sharing});
}

void SharingControl::onChanged() {
    if (!mirror_.isLoaded() || mirror_.health().storeState.isEmpty()) {
        known_ = false;
        return;
    }
    const HealthRecord& health = mirror_.health();
    const bool was = std::exchange(paused_, health.paused);
    // What one has just done oneself is no news; neither is how it stood at the beginning.
    if (!std::exchange(known_, true) || was == paused_)
        return;
    if (!std::exchange(ours_, false))
        tell(health);
}

void SharingControl::tell(const HealthRecord& health) {
    Notice notice{Notice::Kind::News, {}, {}, reason, {}, Notice::Topic::Sharing};
    if (health.paused) {
        notice.title = tr("Sharing was paused");
        notice.text = tr("No program gets anything until sharing goes on.");
        notice.actions.push_back({tr("Resume sharing"), [self = QPointer(this)] {
                                      if (self)
                                          self->resume();
                                  }});
    } else {
        notice.title = tr("Sharing goes on");
        notice.text = tr("Programs get what you have allowed them again.");
    }
    Q_EMIT noticed(notice);
}

void SharingControl::stopBroker(const std::function<void(const Result<void>&)>& done) {
    client_.call("broker.stop", NoParams().toJson(), this, [done](const Result<Json>& stopping) {
        done(stopping ? Result<void>() : failure(stopping.error()));
    });
}

} // namespace keybearer

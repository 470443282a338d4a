#include "app/tray/consent/ConsentQueue.h"

#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"

#include <algorithm>

namespace keybearer {

ConsentQueue::ConsentQueue(BrokerClient& client, BrokerMirror& mirror, MakeCountdown makeCountdown,
                           QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror), makeCountdown_(std::move(makeCountdown)) {
    connect(&mirror_, &BrokerMirror::consentRequested, this, &ConsentQueue::onRequested);
    connect(&mirror_, &BrokerMirror::consentWithdrawn, this, &ConsentQueue::onWithdrawn);
}

ConsentQueue::~ConsentQueue() = default;

void ConsentQueue::onRequested(const ConsentRequest& request) {
    queue_.push_back(request);
    showNext();
}

void ConsentQueue::onWithdrawn(const std::string& id) {
    std::erase_if(queue_, [&](const ConsentRequest& request) { return request.id == id; });
    if (!prompt_ || prompt_->consentId() != id)
        return;
    prompt_->withdraw();
    closePrompt();
    showNext();
}

void ConsentQueue::raise() {
    for (const ConsentRequest& request : mirror_.pending()) {
        const bool queued =
            std::any_of(queue_.begin(), queue_.end(), [&](const auto& r) { return r.id == request.id; });
        if (!queued && !(prompt_ && prompt_->consentId() == request.id))
            queue_.push_back(request);
    }
    showNext();
    if (!prompt_)
        return;
    prompt_->raise();
    prompt_->activateWindow();
}

void ConsentQueue::showNext() {
    if (prompt_ || queue_.empty())
        return;
    const ConsentRequest request = queue_.front();
    queue_.pop_front();
    prompt_ = std::make_unique<ConsentPrompt>(request, makeCountdown_());
    connect(prompt_.get(), &ConsentPrompt::decided, this,
            [this, id = request.id](const std::string& decision) { onDecided(id, decision); });
    prompt_->show();
    prompt_->raise();
    prompt_->activateWindow();
}

void ConsentQueue::onDecided(const std::string& id, const std::string& decision) {
    ConsentAnswerParams params;
    params.consentId = id;
    params.decision = decision;
    client_.call("consent.answer", params.toJson(), this, [this](const Result<Json>& result) {
        mirror_.loadPending();
        mirror_.loadConsents();
        // A request that ended by itself meanwhile needs no word.
        if (!result && result.error().code != ErrorCode::NotFound)
            Q_EMIT noticed({Notice::Kind::Problem, tr("Your answer did not reach the broker"),
                            whatHappened(result.error()) + u' ' + whatToDo(result.error())});
    });
    closePrompt();
    showNext();
}

void ConsentQueue::closePrompt() {
    // It may be the one that is calling.
    prompt_->disconnect(this);
    prompt_.release()->deleteLater();
}

} // namespace keybearer

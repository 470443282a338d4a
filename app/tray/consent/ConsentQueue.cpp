#include "app/tray/consent/ConsentQueue.h"

#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"

#include <algorithm>
#include <vector>

namespace keybearer {

namespace {

// As far as a person can tell: the same file, and the same script where there is one.
bool sameProgram(const ConsentRequest& a, const ConsentRequest& b) {
    return a.caller.executable == b.caller.executable && a.caller.script == b.caller.script &&
           a.isConnect == b.isConnect && a.clientName == b.clientName &&
           !(a.caller.executable.isEmpty() && a.caller.pid != b.caller.pid);
}

} // namespace

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
    tellPlace();
}

void ConsentQueue::onWithdrawn(const std::string& id) {
    std::erase_if(queue_, [&](const ConsentRequest& request) { return request.id == id; });
    if (!prompt_ || prompt_->consentId() != id)
        return tellPlace();
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
    if (prompt_)
        return;
    if (queue_.empty()) {
        answered_ = 0;
        return;
    }
    const ConsentRequest request = queue_.front();
    asked_ = request;
    queue_.pop_front();
    prompt_ = std::make_unique<ConsentPrompt>(request, makeCountdown_());
    tellPlace();
    connect(prompt_.get(), &ConsentPrompt::denyAllWanted, this, [this] { denyAllOf(asked_); });
    connect(prompt_.get(), &ConsentPrompt::decided, this,
            [this, id = request.id](const std::string& decision) { onDecided(id, decision); });
    prompt_->show();
    prompt_->raise();
    prompt_->activateWindow();
}

void ConsentQueue::tellPlace() {
    if (!prompt_)
        return;
    const auto same = std::count_if(queue_.begin(), queue_.end(), [this](const ConsentRequest& request) {
        return sameProgram(request, asked_);
    });
    prompt_->setPlace(answered_ + 1, answered_ + 1 + static_cast<int>(queue_.size()),
                      1 + static_cast<int>(same));
}

void ConsentQueue::denyAllOf(const ConsentRequest& request) {
    std::vector<std::string> denied;
    for (const ConsentRequest& each : queue_) {
        if (sameProgram(each, request))
            denied.push_back(each.id);
    }
    std::erase_if(queue_, [&](const ConsentRequest& each) { return sameProgram(each, request); });
    for (const std::string& id : denied)
        answer(id, "deny");
}

void ConsentQueue::onDecided(const std::string& id, const std::string& decision) {
    ++answered_;
    answer(id, decision);
    closePrompt();
    showNext();
}

void ConsentQueue::answer(const std::string& id, const std::string& decision) {
    ConsentAnswerParams params;
    params.consentId = id;
    params.decision = decision;
    client_.call("consent.answer", params.toJson(), this, [this](const Result<Json>& result) {
        mirror_.loadPending();
        mirror_.loadConsents();
        // A request that ended by itself meanwhile needs no word.
        if (!result && result.error().code != ErrorCode::NotFound)
            Q_EMIT noticed({Notice::Kind::Problem, tr("Your answer did not reach the broker"),
                            failureWords(result.error())});
    });
}

void ConsentQueue::closePrompt() {
    // It may be the one that is calling.
    prompt_->disconnect(this);
    prompt_.release()->deleteLater();
}

} // namespace keybearer

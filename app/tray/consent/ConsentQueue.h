#pragma once

#include "app/tray/consent/ConsentPrompt.h"
#include "app/tray/desktop/StatusIcon.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <deque>
#include <functional>
#include <memory>

namespace keybearer {

// Shows the requests one after another, never two prompts at once, and sends the answers.
// Owned by the tray application; GUI thread.
class ConsentQueue final : public QObject {
    Q_OBJECT
public:
    using MakeCountdown = std::function<std::unique_ptr<Countdown>()>;

    ConsentQueue(BrokerClient& client, BrokerMirror& mirror, MakeCountdown makeCountdown,
                 QObject* parent = nullptr);
    ~ConsentQueue() override;
    Q_DISABLE_COPY_MOVE(ConsentQueue)

    // Brings the prompt to the front; asks again for what was not answered.
    void raise();
    [[nodiscard]] ConsentPrompt* current() const { return prompt_.get(); }
    [[nodiscard]] std::size_t waiting() const { return queue_.size(); }
    // Answered since there was last nothing to ask.
    [[nodiscard]] int answered() const { return answered_; }

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);

private:
    void onRequested(const ConsentRequest& request);
    void onWithdrawn(const std::string& id);
    void onDecided(const std::string& id, const std::string& decision);
    void showNext();
    void tellPlace();
    void denyAllOf(const ConsentRequest& request);
    void answer(const std::string& id, const std::string& decision);
    void closePrompt();

    BrokerClient& client_;
    BrokerMirror& mirror_;
    MakeCountdown makeCountdown_;
    std::deque<ConsentRequest> queue_; // not yet shown
    std::unique_ptr<ConsentPrompt> prompt_;
    ConsentRequest asked_; // by the prompt
    int answered_ = 0;
};

} // namespace keybearer

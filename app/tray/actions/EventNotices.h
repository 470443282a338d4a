#pragma once

#include "app/tray/look/Countdown.h"
#include "app/tray/look/Notice.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <functional>
#include <map>
#include <memory>
#include <set>

namespace keybearer {

// Turns what happens at the broker into notices, each with what can be done about it and a reason that goes
// when the cause does: a session that needs its person, a question whose prompt is not in front, an alert, a
// tool that has changed. Nothing that stood so when the tray came up is news. Owned by the tray application;
// GUI thread.
class EventNotices final : public QObject {
    Q_OBJECT
public:
    struct Ways { // what the buttons do
        std::function<void(const std::string& provider)> signIn;
        std::function<void(const std::string& page, const std::string& what)> showPage;
        std::function<void()> showTools;
        std::function<void()> raisePrompt;
        std::function<bool()> promptIsSeen; // there is one, and it is the active window
    };
    EventNotices(BrokerMirror& mirror, Ways ways, std::unique_ptr<Countdown> patience,
                 QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(EventNotices)

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    // Nothing is to be said about it any more.
    void over(const std::string& reason);

private:
    void onChanged();
    void lookAt(const SessionRecord& session);
    void onRequested(const ConsentRequest& request);
    void onWithdrawn(const std::string& id);
    void tellOfRequests();

    BrokerMirror& mirror_;
    Ways ways_;
    std::map<std::string, bool> sessions_; // by id: whether it needs its person
    bool loaded_ = false;
    std::map<std::string, ConsentRequest> unseen_; // by id; of these the prompt may lie behind
    std::set<std::string> told_;                   // questions that have a notice
    std::unique_ptr<Countdown> patience_;          // of a window manager with a new prompt
    bool waits_ = false;
};

} // namespace keybearer

#include "app/tray/actions/EventNotices.h"

#include "app/tray/look/Wording.h"

#include <utility>

namespace keybearer {

namespace {

// A window manager puts a new window in front within this, or not at all.
constexpr std::chrono::milliseconds promptPatience{1'500};

bool needsPerson(const SessionRecord& session) {
    return session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined;
}

std::string reasonOfSession(const std::string& id) {
    return "session:" + id;
}

std::string reasonOfRequest(const std::string& id) {
    return "request:" + id;
}

} // namespace

EventNotices::EventNotices(BrokerMirror& mirror, Ways ways, std::unique_ptr<Countdown> patience,
                           QObject* parent)
    : QObject(parent), mirror_(mirror), ways_(std::move(ways)), patience_(std::move(patience)) {
    connect(patience_.get(), &Countdown::elapsed, this, &EventNotices::tellOfRequests);
    connect(&mirror_, &BrokerMirror::changed, this, &EventNotices::onChanged);
    connect(&mirror_, &BrokerMirror::consentRequested, this, &EventNotices::onRequested);
    connect(&mirror_, &BrokerMirror::consentWithdrawn, this, &EventNotices::onWithdrawn);
    connect(&mirror_, &BrokerMirror::alerted, this, [this](const QString& message, const QString& action) {
        const auto show = [showPage = ways_.showPage] { showPage("health", {}); };
        Q_EMIT noticed({Notice::Kind::Problem,
                        message,
                        action,
                        "alert:" + message.toStdString(),
                        {{tr("Show details"), show}},
                        Notice::Topic::Alert});
    });
    connect(&mirror_, &BrokerMirror::toolAlerted, this, [this](const QString& message, const QString&) {
        Q_EMIT noticed({Notice::Kind::Problem,
                        tr("A tool has changed"),
                        message,
                        "tool:" + message.toStdString(),
                        {{tr("See what is different"), ways_.showTools}},
                        Notice::Topic::Tool});
    });
}

void EventNotices::onChanged() {
    if (!mirror_.isLoaded())
        return; // a broker that is away says nothing of its sessions
    std::map<std::string, bool> now;
    for (const SessionRecord& session : mirror_.sessions()) {
        const bool needs = needsPerson(session);
        const auto before = sessions_.find(session.id);
        if (loaded_ && needs && (before == sessions_.end() || !before->second))
            lookAt(session);
        if (!needs && before != sessions_.end() && before->second)
            Q_EMIT over(reasonOfSession(session.id));
        now[session.id] = needs;
    }
    for (const auto& [id, needs] : sessions_) {
        if (needs && !now.contains(id))
            Q_EMIT over(reasonOfSession(id));
    }
    sessions_ = std::move(now);
    loaded_ = true;
}

void EventNotices::lookAt(const SessionRecord& session) {
    const QString provider = mirror_.providerTitle(session.provider);
    Notice notice{
        Notice::Kind::Problem,
        tr("%1 needs you to sign in again", "a provider").arg(provider),
        session.account.isEmpty()
            ? tr("Until then programs get nothing from it.")
            : tr("The session of %1 has ended. Until you sign in again programs get nothing from it.")
                  .arg(session.account),
        reasonOfSession(session.id),
        {},
        Notice::Topic::Session};
    notice.actions.push_back(
        {tr("Sign in again"), [signIn = ways_.signIn, provider = session.provider] { signIn(provider); }});
    notice.actions.push_back(
        {tr("Show details"), [showPage = ways_.showPage, id = session.id] { showPage("sessions", id); }});
    Q_EMIT noticed(notice);
}

void EventNotices::onRequested(const ConsentRequest& request) {
    unseen_.emplace(request.id, request);
    if (!std::exchange(waits_, true))
        patience_->begin(promptPatience);
}

void EventNotices::tellOfRequests() {
    waits_ = false;
    const auto waiting = std::exchange(unseen_, {});
    if (ways_.promptIsSeen())
        return; // the others come after it, in the same place
    for (const auto& [id, request] : waiting) {
        const QString program =
            request.caller.programName().isEmpty() ? tr("A program") : request.caller.programName();
        Notice notice{
            Notice::Kind::News,
            tr("%1 asks for access", "a program").arg(program),
            request.provider.isEmpty()
                ? tr("It waits for your answer.")
                : tr("It asks for %1 and waits for your answer.", "a provider").arg(request.provider),
            reasonOfRequest(id),
            {{tr("Answer..."), ways_.raisePrompt}},
            Notice::Topic::Request};
        told_.insert(id);
        Q_EMIT noticed(notice);
    }
}

void EventNotices::onWithdrawn(const std::string& id) {
    unseen_.erase(id);
    if (told_.erase(id) > 0)
        Q_EMIT over(reasonOfRequest(id));
}

} // namespace keybearer

#pragma once

#include "broker/access/Consent.h"

#include <QTimer>

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// A question that waits for a person.
struct PendingConsent {
    std::string id;
    Caller caller;
    Evidence evidence;
    ConsentOwner owner;
    ConsentSubject subject;
    std::string reason; // the program's own words, display-safe
    ConsentSpan longest = ConsentSpan::Once;
    std::vector<EvidenceChange> changed; // since a person allowed it last
    std::string promptHash;              // of what is asked: everything above but the id
    WallTime requestedAt{};
    WallTime expiresAt{};
};

// The open questions: at most one a program (T-07). Requests that ask the same wait for the one answer; other
// requests of the same program stand in line behind it and look again when it is closed. Everything is
// bounded, and each request ends by itself after two minutes. Owned by the ConsentGate; event loop thread.
class ConsentPrompts : public QObject {
    Q_OBJECT
public:
    // The permission that was given, or null: look again, the line has moved on.
    using Answer = std::function<void(Result<std::shared_ptr<Consent>>)>;
    // One request of a program. `giveUp` is the moment until which it waits in line at most.
    struct Request {
        std::uint64_t connection = 0;
        BootTime giveUp{};
        Answer answer;
    };
    static constexpr std::chrono::seconds questionLife{
        120}; // a person at the desk answers sooner; a program gives up later

    explicit ConsentPrompts(const Clock& clock);

    // Asks, joins the same question, or stands in line. The answer is called once, later. RateLimited when
    // too many wait.
    [[nodiscard]] Result<void> ask(PendingConsent about, Request request);
    [[nodiscard]] const PendingConsent* find(const std::string& id) const;
    // Nothing happens if there is no such question any more.
    void close(const std::string& id, const Result<std::shared_ptr<Consent>>& outcome,
               const std::string& why);
    // The connection is gone: its requests are forgotten; a question that nobody waits for is withdrawn.
    void forget(std::uint64_t connection);
    // Nobody is left who could answer.
    void withdrawAll(const std::string& why, const Error& error);
    // Closes what is due; called by itself.
    void endExpired();

    [[nodiscard]] std::vector<PendingConsent> pending() const;

Q_SIGNALS:
    void requested(const keybearer::PendingConsent& question);
    void withdrawn(const std::string& id, const std::string& why);
    // Whoever asked went away without waiting for the answer.
    void abandoned(const keybearer::PendingConsent& question);
    void unanswered(const keybearer::PendingConsent& question);

private:
    struct Question {
        PendingConsent about;
        BootTime due{};
        std::vector<Request> waiters;
    };
    struct Parked {
        std::string program;
        Request request;
    };

    [[nodiscard]] Result<void> join(Question& question, Request request);
    [[nodiscard]] Result<void> park(const Question& question, const std::string& program, Request request);
    [[nodiscard]] Error tooMany(const Question* before, std::size_t limit) const;
    void moveOn(const std::string& program);
    void armTimer();

    const Clock& clock_;
    std::list<Question> questions_; // in the order of asking, so the first one is due first
    std::list<Parked> line_;
    QTimer timer_;
};

} // namespace keybearer

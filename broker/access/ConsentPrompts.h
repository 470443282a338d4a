#pragma once

#include "broker/access/Consent.h"

#include <QTimer>

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// A question that waits for a person. Several requests that ask the same thing wait for one answer.
struct PendingConsent {
    std::string id;
    Caller caller;
    CallerKey key;
    ConsentSubject subject;
    std::string reason; // the program's own words, display-safe
    WallTime requestedAt{};
    WallTime expiresAt{};
};

// The open questions. Owned by the ConsentGate; event loop thread. Bounded: one program cannot pile up
// questions (T-07), and each question ends by itself after two minutes.
class ConsentPrompts : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(Result<ConsentDecision>)>;

    explicit ConsentPrompts(const Clock& clock);

    // Asks, or joins the same question. `answer` is called once, later. RateLimited when too many are open.
    [[nodiscard]] Result<void> ask(std::uint64_t connection, const Caller& caller, const CallerKey& key,
                                   const ConsentSubject& subject, const std::string& reason, Answer answer);
    // NotFound if there is no such question (any more).
    [[nodiscard]] Result<void> answer(const std::string& id, ConsentDecision decision);
    // The connection is gone: its requests are forgotten; a question that nobody waits for is withdrawn.
    void forget(std::uint64_t connection);
    // Nobody is left who could answer.
    void withdrawAll(const std::string& why, const Error& error);

    [[nodiscard]] std::vector<PendingConsent> pending() const;

Q_SIGNALS:
    void requested(const keybearer::PendingConsent& question);
    void withdrawn(const std::string& id, const std::string& why);

private:
    struct Waiter {
        std::uint64_t connection;
        Answer answer;
    };
    struct Question {
        PendingConsent about;
        std::vector<Waiter> waiters;
    };
    using Place = std::list<Question>::iterator;

    void close(Place place, const Result<ConsentDecision>& outcome, const std::string& why);
    void onTick();
    void armTimer();

    const Clock& clock_;
    std::list<Question> questions_;
    QTimer timer_;
};

} // namespace keybearer

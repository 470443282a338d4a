#include "broker/access/ConsentPrompts.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::seconds questionLife{
    120};                                // a person at the desk answers sooner; a program gives up later
constexpr std::size_t mostPerCaller = 4; // different questions of one program at a time
constexpr std::size_t mostQuestions = 32;
constexpr std::size_t mostWaiters = 1024; // requests that wait for one answer

} // namespace

ConsentPrompts::ConsentPrompts(const Clock& clock) : clock_(clock) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ConsentPrompts::onTick);
}

Result<void> ConsentPrompts::ask(std::uint64_t connection, const Caller& caller, const CallerKey& key,
                                 const ConsentSubject& subject, const std::string& reason, Answer answer) {
    std::size_t ofCaller = 0;
    for (Question& question : questions_) {
        if (!(question.about.key == key))
            continue;
        ++ofCaller;
        if (question.about.subject.sessionId != subject.sessionId ||
            question.about.subject.scopes != subject.scopes || question.about.caller.pid != caller.pid)
            continue;
        if (question.waiters.size() >= mostWaiters)
            break;
        question.waiters.push_back({connection, std::move(answer)});
        return {};
    }
    if (ofCaller >= mostPerCaller || questions_.size() >= mostQuestions)
        return failure(Error(ErrorCode::RateLimited, "too many questions are waiting for a person",
                             "Answer the open ones first.")
                           .retry(questionLife));
    Question question;
    question.about = {"q_" + randomToken(9),       caller, key, subject, displaySafe(reason), clock_.wall(),
                      clock_.wall() + questionLife};
    question.waiters.push_back({connection, std::move(answer)});
    questions_.push_back(std::move(question));
    armTimer();
    const PendingConsent about = questions_.back().about;
    Q_EMIT requested(about);
    return {};
}

Result<void> ConsentPrompts::answer(const std::string& id, ConsentDecision decision) {
    const auto place = std::find_if(questions_.begin(), questions_.end(),
                                    [&](const Question& question) { return question.about.id == id; });
    if (place == questions_.end())
        return failure(ErrorCode::NotFound, "there is no such question any more",
                       "See the open ones with: keybearer consent pending");
    close(place, decision, "answered");
    return {};
}

void ConsentPrompts::forget(std::uint64_t connection) {
    for (auto place = questions_.begin(); place != questions_.end();) {
        const auto next = std::next(place);
        std::erase_if(place->waiters, [&](const Waiter& waiter) { return waiter.connection == connection; });
        if (place->waiters.empty())
            close(place, ConsentDecision::Deny, "the program went away");
        place = next;
    }
}

void ConsentPrompts::withdrawAll(const std::string& why, const Error& error) {
    while (!questions_.empty())
        close(questions_.begin(), failure(error), why);
}

std::vector<PendingConsent> ConsentPrompts::pending() const {
    std::vector<PendingConsent> out;
    for (const Question& question : questions_)
        out.push_back(question.about);
    return out;
}

void ConsentPrompts::close(Place place, const Result<ConsentDecision>& outcome, const std::string& why) {
    const Question question = std::move(*place);
    questions_.erase(place); // before anybody is told: an answer may lead to the next question
    armTimer();
    Q_EMIT withdrawn(question.about.id, why);
    for (const Waiter& waiter : question.waiters)
        waiter.answer(outcome);
}

void ConsentPrompts::onTick() {
    const Error late(ErrorCode::ConsentRequired, "nobody answered in time");
    while (!questions_.empty() && questions_.front().about.expiresAt <= clock_.wall())
        close(questions_.begin(), failure(late), "nobody answered");
    armTimer();
}

void ConsentPrompts::armTimer() {
    if (questions_.empty())
        return timer_.stop();
    // In the order of asking, all with the same life: the first one ends first.
    const auto left = questions_.front().about.expiresAt - clock_.wall();
    timer_.start(
        std::max(std::chrono::milliseconds(10), std::chrono::duration_cast<std::chrono::milliseconds>(left)));
}

} // namespace keybearer

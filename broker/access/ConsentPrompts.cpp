#include "broker/access/ConsentPrompts.h"

#include "broker/base/Json.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostQuestions = 16; // of different programs; more of them are no questions any more
constexpr std::size_t mostWaiters = 32;   // requests that wait for one answer
constexpr std::size_t mostInLine = 8;     // requests of one program that wait for their turn
constexpr std::size_t longestLine = 64;
constexpr std::chrono::milliseconds shortestTimer{10};

// Of everything that a person is shown, so that the record says which question was answered.
std::string hashOf(const PendingConsent& question) {
    const Evidence& evidence = question.evidence;
    Json shown{{"class", identityLetter(evidence.identity)},
               {"executable", evidence.executable},
               {"executable_sha256", evidence.executableHash},
               {"script", evidence.script},
               {"script_sha256", evidence.scriptHash},
               {"started_by", question.caller.startedBy},
               {"sandbox", evidence.sandbox},
               {"signer", evidence.signer},
               {"claimed_name", question.caller.claimedName},
               {"remarks", question.caller.remarks},
               {"provider", question.subject.provider},
               {"account", question.subject.accountLabel},
               {"issuer", question.subject.issuer},
               {"resource", question.subject.resource},
               {"scopes", question.subject.scopes},
               {"purpose", purposeWord(question.subject.purpose)},
               {"reason", question.reason},
               {"longest", spanWord(question.longest)}};
    if (!evidence.client.empty())
        shown["client"] = {evidence.client, question.subject.redirect};
    for (const EvidenceChange& change : question.changed)
        shown["changed"].push_back({change.what, change.before, change.now});
    return hex(sha256(dumpJson(shown)));
}

// One process asks again what it has asked already.
bool sameQuestion(const PendingConsent& a, const PendingConsent& b) {
    return a.owner == b.owner && sameEvidence(a.evidence, b.evidence) && sameSubject(a.subject, b.subject);
}

} // namespace

ConsentPrompts::ConsentPrompts(const Clock& clock) : clock_(clock) {
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ConsentPrompts::endExpired);
}

Result<void> ConsentPrompts::ask(PendingConsent about, Request request) {
    for (Question& question : questions_) {
        if (sameQuestion(question.about, about))
            return join(question, std::move(request));
        if (sameProgram(question.about.evidence, about.evidence))
            return park(question, programKey(about.evidence), std::move(request));
    }
    if (questions_.size() >= mostQuestions)
        return failure(tooMany(nullptr, mostQuestions));
    Question question;
    question.about = std::move(about);
    question.about.id = "q_" + randomToken(9);
    question.about.reason = displaySafe(question.about.reason);
    question.about.promptHash = hashOf(question.about);
    question.about.requestedAt = clock_.wall();
    question.about.expiresAt = clock_.wall() + questionLife;
    question.due = clock_.boot() + questionLife;
    question.waiters.push_back(std::move(request));
    questions_.push_back(std::move(question));
    armTimer();
    const PendingConsent asked = questions_.back().about;
    Q_EMIT requested(asked);
    return {};
}

Result<void> ConsentPrompts::join(Question& question, Request request) {
    if (question.waiters.size() >= mostWaiters)
        return failure(tooMany(&question, mostWaiters));
    question.waiters.push_back(std::move(request));
    return {};
}

Result<void> ConsentPrompts::park(const Question& question, const std::string& program, Request request) {
    if (request.giveUp <= clock_.boot())
        return failure(ErrorCode::ConsentRequired, "nobody answered in time");
    const auto ofProgram = std::count_if(line_.begin(), line_.end(),
                                         [&](const Parked& parked) { return parked.program == program; });
    if (static_cast<std::size_t>(ofProgram) >= mostInLine || line_.size() >= longestLine)
        return failure(tooMany(&question, mostInLine));
    line_.push_back({program, std::move(request)});
    armTimer();
    return {};
}

Error ConsentPrompts::tooMany(const Question* before, std::size_t limit) const {
    const BootTime due = before != nullptr ? before->due : questions_.front().due;
    const auto left =
        std::max(std::chrono::ceil<std::chrono::seconds>(due - clock_.boot()), std::chrono::seconds(1));
    Error error(ErrorCode::RateLimited,
                before != nullptr ? "a person is being asked about this program already"
                                  : "too many questions are waiting for a person",
                "Answer the open question first, in the tray or with: keybearer consent pending");
    error.retryAfter = left;
    error.details.emplace_back("limit", static_cast<std::int64_t>(limit));
    error.details.emplace_back("remaining", std::int64_t{0});
    error.details.emplace_back("reset_at", toRfc3339(clock_.wall() + left));
    return error;
}

const PendingConsent* ConsentPrompts::find(const std::string& id) const {
    const auto place = std::find_if(questions_.begin(), questions_.end(),
                                    [&](const Question& question) { return question.about.id == id; });
    return place == questions_.end() ? nullptr : &place->about;
}

void ConsentPrompts::close(const std::string& id, const Result<std::shared_ptr<Consent>>& outcome,
                           const std::string& why) {
    const auto place = std::find_if(questions_.begin(), questions_.end(),
                                    [&](const Question& question) { return question.about.id == id; });
    if (place == questions_.end())
        return;
    const Question question = std::move(*place);
    questions_.erase(place); // before anybody is told: an answer may lead to the next question
    armTimer();
    Q_EMIT withdrawn(question.about.id, why);
    for (const Request& waiter : question.waiters)
        waiter.answer(outcome);
    moveOn(programKey(question.about.evidence));
}

void ConsentPrompts::moveOn(const std::string& program) {
    std::vector<Request> next;
    for (auto place = line_.begin(); place != line_.end();) {
        if (place->program == program) {
            next.push_back(std::move(place->request));
            place = line_.erase(place);
        } else
            ++place;
    }
    for (const Request& request : next)
        request.answer(std::shared_ptr<Consent>());
}

void ConsentPrompts::forget(std::uint64_t connection) {
    const auto mine = [&](const Request& request) { return request.connection == connection; };
    std::erase_if(line_, [&](const Parked& parked) { return mine(parked.request); });
    std::vector<PendingConsent> left;
    for (Question& question : questions_) {
        if (std::erase_if(question.waiters, mine) > 0 && question.waiters.empty())
            left.push_back(question.about);
    }
    for (const PendingConsent& question : left) {
        Q_EMIT abandoned(question); // first: whoever stands in line looks at what was left alone
        close(question.id, std::shared_ptr<Consent>(), "the program went away");
    }
}

void ConsentPrompts::withdrawAll(const std::string& why, const Error& error) {
    std::list<Parked> line;
    line.swap(line_); // nobody in line is to look again
    while (!questions_.empty()) {
        const std::string id = questions_.front().about.id;
        close(id, failure(error), why);
    }
    for (const Parked& parked : line)
        parked.request.answer(failure(error));
}

std::vector<PendingConsent> ConsentPrompts::pending() const {
    std::vector<PendingConsent> out;
    for (const Question& question : questions_)
        out.push_back(question.about);
    return out;
}

void ConsentPrompts::endExpired() {
    const Error late(ErrorCode::ConsentRequired, "nobody answered in time");
    const BootTime now = clock_.boot();
    std::vector<Request> gaveUp;
    for (auto place = line_.begin(); place != line_.end();) {
        if (place->request.giveUp <= now) {
            gaveUp.push_back(std::move(place->request));
            place = line_.erase(place);
        } else
            ++place;
    }
    for (const Request& request : gaveUp)
        request.answer(failure(late));
    while (!questions_.empty() && questions_.front().due <= now) {
        const PendingConsent question = questions_.front().about;
        close(question.id, failure(late), "nobody answered");
        Q_EMIT unanswered(question);
    }
    armTimer();
}

void ConsentPrompts::armTimer() {
    if (questions_.empty() && line_.empty())
        return timer_.stop();
    BootTime next = BootTime::max();
    if (!questions_.empty())
        next = questions_.front().due;
    for (const Parked& parked : line_)
        next = std::min(next, parked.request.giveUp);
    timer_.start(
        std::max(shortestTimer, std::chrono::duration_cast<std::chrono::milliseconds>(next - clock_.boot())));
}

} // namespace keybearer

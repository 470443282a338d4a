#include "broker/policy/OpaPolicy.h"

#include "broker/policy/OpaAnswer.h"

#include <QTimer>

#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t answerLimit =
    std::size_t{64} * 1024;                  // a boolean, and whatever a server's logging adds to it
constexpr std::size_t mostRemembered = 1024; // questions; then memory starts anew
constexpr std::size_t mostAsking = 64;       // different questions that wait for a server at a time

Error unavailable(const std::string& what) {
    return {ErrorCode::PolicyUnavailable, what,
            "Start the policy server, or look at policy.opa_url in config.yaml."};
}

Result<bool> verdictOf(const Result<HttpResponse>& response) {
    if (response)
        return opaAnswer(response->status, response->body.reveal());
    return failure(unavailable("the policy server gave no answer: " + response.error().message));
}

} // namespace

OpaPolicy::OpaPolicy(Setup setup, HttpTransport& http, const Clock& clock)
    : setup_(std::move(setup)), http_(http), clock_(clock) {}

OpaPolicy::~OpaPolicy() = default;

void OpaPolicy::configure(Setup setup) {
    setup_ = std::move(setup);
    ++generation_;
    known_.clear();
}

void OpaPolicy::decide(const PolicyQuestion& question, Completion<PolicyVerdict> done) {
    const std::string text = opaInput(question);
    if (const auto known = known_.find(text); known != known_.end() && known->second.until > clock_.boot()) {
        ++counters_.remembered;
        return finish(done, known->second);
    }
    // What was asked of another server is no answer to this.
    const std::string key = std::to_string(generation_).append(" ").append(text);
    if (const auto asking = asking_.find(key); asking != asking_.end()) {
        asking->second.waiters.push_back(std::move(done));
        return;
    }
    if (asking_.size() >= mostAsking)
        return finish(done, failure(unavailable("the policy server has too many questions to answer")));
    Asking& asking = asking_[key];
    asking.question = text;
    asking.generation = generation_;
    asking.waiters.push_back(std::move(done));
    send(key, text);
}

void OpaPolicy::send(const std::string& key, const std::string& question) {
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.url = QUrl(QString::fromStdString(setup_.url), QUrl::StrictMode);
    request.headers = {{"Accept", "application/json"}};
    request.contentType = "application/json";
    request.body = Secret::copyOf(question);
    request.deadline = setup_.deadline;
    request.responseLimit = answerLimit;
    ++counters_.asked;
    asking_[key].exchange = http_.send(
        std::move(request), [this, key](const Result<HttpResponse>& response) { onAnswer(key, response); });
}

void OpaPolicy::onAnswer(const std::string& key, const Result<HttpResponse>& response) {
    auto place = asking_.extract(key);
    // We are inside its completion: let that end first.
    QTimer::singleShot(0, this,
                       [ended = std::shared_ptr<HttpExchange>(std::move(place.mapped().exchange))] {});
    const Result<bool> allowed = verdictOf(response);
    Result<PolicyVerdict> verdict = failure(ErrorCode::PolicyUnavailable, "");
    if (allowed) {
        verdict = PolicyVerdict{*allowed, clock_.boot() + setup_.cache};
        if (place.mapped().generation == generation_)
            remember(place.mapped().question, *verdict);
        else
            verdict->until = clock_.boot(); // for this answer alone
    } else {
        verdict = failure(allowed.error());
    }
    for (const Completion<PolicyVerdict>& waiter : place.mapped().waiters)
        finish(waiter, verdict);
}

void OpaPolicy::remember(const std::string& question, const PolicyVerdict& verdict) {
    if (setup_.cache.count() == 0)
        return;
    if (known_.size() >= mostRemembered)
        known_.clear();
    known_[question] = verdict;
}

void OpaPolicy::finish(const Completion<PolicyVerdict>& done, const Result<PolicyVerdict>& verdict) {
    ++(!verdict ? counters_.unavailable : verdict->allowed ? counters_.allowed : counters_.denied);
    done(verdict);
}

} // namespace keybearer

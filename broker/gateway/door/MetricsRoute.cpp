#include "broker/gateway/door/MetricsRoute.h"

#include "broker/gateway/door/Answers.h"

namespace keybearer {

namespace {

constexpr std::chrono::seconds freshness{1};
constexpr std::chrono::seconds patience{5}; // whoever scrapes gives up soon after

} // namespace

// A request that waits for the broker's answer.
class MetricsRoute::Waiting : public Answerer {
public:
    Waiting(Question& question, ServedRequest& request) : question_(question), request_(request) {
        question_.waiting.insert(this);
    }
    ~Waiting() override { question_.waiting.erase(this); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    void tell() { MetricsRoute::tell(request_, question_); }

private:
    Question& question_;
    ServedRequest& request_;
};

MetricsRoute::~MetricsRoute() {
    *alive_ = false;
}

std::unique_ptr<Answerer> MetricsRoute::serve(ServedRequest& request) {
    const std::string& path = request.head().path;
    if (path == "/healthz") {
        answerWhole(request, 200, "text/plain; charset=utf-8", "ok\n", {{"cache-control", "no-store"}});
        return nullptr;
    }
    Question& question = path == "/metrics" ? metrics_ : health_;
    if (question.answer && timers_.now() - question.answeredAt < freshness) {
        tell(request, question);
        return nullptr;
    }
    auto waiting = std::make_unique<Waiting>(question, request);
    ask(question);
    return waiting;
}

void MetricsRoute::ask(Question& question) {
    if (question.asked)
        return;
    question.asked = true;
    core_.request(question.method, Json::object(), patience,
                  [this, &question, alive = alive_](Result<Json> answer) {
                      if (!*alive)
                          return;
                      question.asked = false;
                      question.answer = std::move(answer);
                      question.answeredAt = timers_.now();
                      const std::set<Waiting*> waiting = std::exchange(question.waiting, {});
                      for (Waiting* one : waiting)
                          one->tell();
                  });
}

void MetricsRoute::tell(ServedRequest& request, const Question& question) {
    const bool readiness = request.head().path == "/readyz";
    const Result<Json>& answer = *question.answer;
    std::vector<HttpField> fields{{"cache-control", "no-store"}};
    if (!answer)
        return answerWhole(request, 503, "text/plain; charset=utf-8", "the broker does not answer\n",
                           std::move(fields));
    if (!readiness)
        return answerWhole(request, 200, "text/plain; version=0.0.4; charset=utf-8",
                           stringAt(*answer, "text").value_or(""), std::move(fields));
    const bool ready = booleanAt(*answer, "ready").value_or(false);
    std::string text(ready ? "ready\n" : "not ready\n");
    for (const std::string& reason : stringsAt(*answer, "reasons"))
        text.append(reason).append("\n");
    answerWhole(request, ready ? 200 : 503, "text/plain; charset=utf-8", text, std::move(fields));
}

} // namespace keybearer

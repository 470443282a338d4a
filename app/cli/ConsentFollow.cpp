#include "app/cli/ConsentFollow.h"

#include "app/cli/TerminalQuestion.h"
#include "app/cli/Words.h"
#include "broker/base/Text.h"

#include <algorithm>
#include <array>
#include <deque>

namespace keybearer {

namespace {

constexpr std::chrono::hours patience{1}; // then it waits anew

std::string lineOf(const Json& event) {
    const std::string id = textAt(event, "consent_id", "?");
    if (textAt(event, "topic", "") == "consent.withdrawn")
        return id + "  no longer waits: " + textAt(event, "why", "?") + "\n";
    const std::string who =
        programPath(objectAt(event, "client").empty() ? objectAt(event, "caller") : event);
    return id + "  " + who + " asks for " + textAt(event, "provider", "?") + ": " +
           innerTextAt(event, "account", "label", "?") + "\n";
}

void tell(Output& output, const Json& event) {
    if (output.json())
        output.answerJson(event);
    else
        output.answer(lineOf(event));
}

// A person sits at this terminal: each question is put here, one after the other, and answered here.
class QuestionDesk {
public:
    QuestionDesk(LineClient& desk, Output& output) : desk_(desk), output_(output), question_(output) {}

    // Until the broker is gone.
    [[nodiscard]] Result<int> run(const Json& pending);

private:
    [[nodiscard]] Result<Arrival> next();
    void onEvent(const Json& event);
    void onAnswer(const Arrival& arrival);
    void onInput();

    LineClient& desk_;
    Output& output_;
    TerminalQuestion question_;
    std::deque<Json> waiting_;
    std::int64_t answer_ = -1;
    std::string decision_;
};

Result<int> QuestionDesk::run(const Json& pending) {
    waiting_.assign(pending.begin(), pending.end());
    for (;;) {
        if (!question_.isOpen() && !waiting_.empty()) {
            question_.put(waiting_.front());
            waiting_.pop_front();
        }
        const Result<Arrival> arrival = next();
        if (!arrival)
            return tl::unexpected(arrival.error());
        if (arrival->kind == Arrival::Kind::Event)
            onEvent(*arrival->body);
        else if (arrival->kind == Arrival::Kind::Answer)
            onAnswer(*arrival);
        else if (arrival->kind == Arrival::Kind::Watched)
            onInput();
        else if (question_.isOpen() && !question_.isArmed())
            question_.arm();
    }
}

Result<Arrival> QuestionDesk::next() {
    if (!question_.isOpen())
        return desk_.next(patience);
    if (question_.isArmed())
        return desk_.next(patience, std::array{STDIN_FILENO});
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(question_.armsAt() - TerminalQuestion::Steady::now());
    return desk_.next(std::max(left, std::chrono::milliseconds(0)));
}

void QuestionDesk::onEvent(const Json& event) {
    const std::string id = stringAt(event, "consent_id").value_or("");
    const auto isIt = [&](const Json& other) { return stringAt(other, "consent_id") == id; };
    if (stringAt(event, "topic") == "consent.requested") {
        if (question_.id() != id && std::none_of(waiting_.begin(), waiting_.end(), isIt))
            waiting_.push_back(event);
        return;
    }
    std::erase_if(waiting_, isIt);
    if (!question_.isOpen() || question_.id() != id)
        return;
    question_.close();
    output_.ask("\nNo answer is needed any more: " + textAt(event, "why", "it was answered elsewhere") +
                ".\n");
}

void QuestionDesk::onAnswer(const Arrival& arrival) {
    if (arrival.id != answer_)
        return;
    if (arrival.body)
        output_.ask(decision_ == "deny" ? "Denied.\n" : "Allowed.\n");
    else
        output_.problem(arrival.body.error());
}

void QuestionDesk::onInput() {
    const std::string id = question_.id();
    const std::optional<std::string> decision = question_.read();
    if (!decision)
        return;
    decision_ = *decision;
    answer_ = desk_.post("consent.answer", ConsentAnswerParams{id, *decision}.toJson());
}

} // namespace

Result<int> followQuestions(Invocation& invocation) {
    const Result<LineClient*> client = invocation.broker();
    if (!client)
        return tl::unexpected(client.error());
    Output& output = invocation.output();
    const Json topics = SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson();
    if (auto subscribed = (*client)->call("events.subscribe", topics, invocation.timeout()); !subscribed)
        return tl::unexpected(subscribed.error());
    const Result<Json> pending = (*client)->call("consent.pending", Json::object(), invocation.timeout());
    if (!pending)
        return tl::unexpected(pending.error());
    if (Output::personIsThere() && !output.json()) {
        output.say("Questions appear here, one after the other. Ctrl-C ends.");
        return QuestionDesk(**client, output).run(arrayAt(*pending, "pending"));
    }
    output.say(
        "Questions appear here. Answer in another terminal with: keybearer consent answer ID DECISION");
    for (Json question : arrayAt(*pending, "pending")) {
        question["topic"] = "consent.requested";
        tell(output, question);
    }
    while (!output.answerFailed()) {
        const Result<std::optional<Json>> event = (*client)->nextEvent(patience);
        if (!event)
            return tl::unexpected(event.error());
        if (*event)
            tell(output, **event);
    }
    return 0;
}

} // namespace keybearer

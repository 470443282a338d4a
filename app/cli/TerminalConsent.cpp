#include "app/cli/TerminalConsent.h"

#include <algorithm>
#include <array>

namespace keybearer {

using std::chrono::milliseconds;

TerminalConsent::TerminalConsent(LineClient& desk, Output& output, milliseconds limit, std::int64_t pid)
    : desk_(desk), output_(output), deadline_(Steady::now() + limit), pid_(pid), question_(output) {}

void TerminalConsent::listen(LineClient& desk) {
    desk.post("events.subscribe", SubscribeParams{{"consent.requested", "consent.withdrawn"}}.toJson());
}

Result<std::string> TerminalConsent::await(std::int64_t request) {
    request_ = request;
    for (;;) {
        Result<std::optional<std::string>> outcome = step();
        if (!outcome)
            return failure(std::move(outcome.error()));
        if (*outcome)
            return std::move(**outcome);
    }
}

Result<std::string> TerminalConsent::await(LineClient& asker, std::int64_t request) {
    asker_ = &asker;
    request_ = request;
    Result<std::optional<std::string>> outcome = askerSays(); // and sends the request
    if (!outcome)
        return failure(std::move(outcome.error()));
    if (*outcome)
        return std::move(**outcome);
    return await(request);
}

Result<std::optional<std::string>> TerminalConsent::step() {
    Result<Arrival> arrival = next();
    if (!arrival)
        return failure(std::move(arrival.error()));
    switch (arrival->kind) {
    case Arrival::Kind::Answer:
        return onAnswer(*arrival);
    case Arrival::Kind::Event:
        onEvent(*arrival->body);
        break;
    case Arrival::Kind::Watched:
        if (arrival->descriptor != STDIN_FILENO)
            return askerSays();
        onInput();
        break;
    case Arrival::Kind::TimedOut:
        if (Steady::now() >= deadline_)
            return failure(ErrorCode::TimedOut, "the broker did not answer in time");
        question_.arm();
        break;
    }
    return std::optional<std::string>();
}

Result<Arrival> TerminalConsent::next() {
    Steady::time_point until = deadline_;
    if (question_.isOpen() && !question_.isArmed())
        until = std::min(until, question_.armsAt());
    const milliseconds left =
        std::max(std::chrono::ceil<milliseconds>(until - Steady::now()), milliseconds(0));
    std::array<int, 2> watched{};
    std::size_t count = 0;
    if (asker_ != nullptr)
        watched[count++] = asker_->descriptor();
    if (question_.isOpen() && question_.isArmed())
        watched[count++] = STDIN_FILENO;
    return desk_.next(left, std::span<const int>(watched.data(), count));
}

Result<std::optional<std::string>> TerminalConsent::onAnswer(Arrival& arrival) {
    if (asker_ == nullptr && arrival.id == request_) {
        if (!arrival.body)
            return failure(std::move(arrival.body.error()));
        std::optional<std::string> text = dumpJson(*arrival.body);
        wipeJson(*arrival.body);
        return text;
    }
    // A question that is no longer open was answered elsewhere; then the answer is under way.
    if (arrival.id == answer_ && !arrival.body && arrival.body.error().code != ErrorCode::NotFound)
        return failure(std::move(arrival.body.error()));
    return std::optional<std::string>();
}

Result<std::optional<std::string>> TerminalConsent::askerSays() {
    Result<std::string> text = asker_->answerText(request_, milliseconds(0));
    if (text)
        return std::optional<std::string>(std::move(*text));
    if (text.error().code == ErrorCode::TimedOut)
        return std::optional<std::string>();
    return failure(std::move(text.error()));
}

void TerminalConsent::onEvent(const Json& event) {
    const std::string topic = stringAt(event, "topic").value_or("");
    if (topic == "consent.requested" && !question_.isOpen()) {
        const auto caller = event.find("caller");
        if (caller != event.end() && integerAt(*caller, "pid") == pid_)
            question_.put(event);
    } else if (topic == "consent.withdrawn" && question_.isOpen() &&
               stringAt(event, "consent_id") == question_.id()) {
        question_.close();
        output_.say("\nThe question was answered elsewhere.");
    }
}

void TerminalConsent::onInput() {
    const std::string id = question_.id();
    if (const std::optional<std::string> decision = question_.read())
        answer_ = desk_.post("consent.answer", ConsentAnswerParams{id, *decision}.toJson());
}

} // namespace keybearer

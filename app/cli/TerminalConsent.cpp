#include "app/cli/TerminalConsent.h"

#include "app/cli/ConsentPrompt.h"

#include <algorithm>
#include <array>
#include <termios.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;

constexpr milliseconds armDelay{500};   // what was typed before the question could be read is no answer
constexpr std::size_t longestLine = 64; // of an answer

} // namespace

TerminalConsent::TerminalConsent(LineClient& desk, Output& output, milliseconds limit, std::int64_t pid)
    : desk_(desk), output_(output), deadline_(Steady::now() + limit), pid_(pid) {}

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
        onTimeOut();
        break;
    }
    return std::optional<std::string>();
}

Result<Arrival> TerminalConsent::next() {
    Steady::time_point until = deadline_;
    if (!consentId_.empty() && !armed_)
        until = std::min(until, armedAt_);
    const milliseconds left =
        std::max(std::chrono::ceil<milliseconds>(until - Steady::now()), milliseconds(0));
    std::array<int, 2> watched{};
    std::size_t count = 0;
    if (asker_ != nullptr)
        watched[count++] = asker_->descriptor();
    if (!consentId_.empty() && armed_)
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
    const std::string id = stringAt(event, "consent_id").value_or("");
    if (topic == "consent.requested" && consentId_.empty()) {
        const auto caller = event.find("caller");
        if (caller != event.end() && integerAt(*caller, "pid") == pid_)
            ask(event);
    } else if (topic == "consent.withdrawn" && !consentId_.empty() && id == consentId_) {
        consentId_.clear();
        output_.say("\nThe question was answered elsewhere.");
    }
}

void TerminalConsent::onTimeOut() {
    ::tcflush(STDIN_FILENO, TCIFLUSH);
    armed_ = true;
}

void TerminalConsent::ask(const Json& request) {
    consentId_ = stringAt(request, "consent_id").value_or("");
    question_ = request;
    armed_ = false;
    armedAt_ = Steady::now() + armDelay;
    output_.ask(consentQuestion(request) + "Your choice, Enter denies: ");
}

void TerminalConsent::onInput() {
    std::array<char, longestLine> buffer{};
    const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
    if (got < 0)
        return;
    // The end of input (Ctrl-D, a closed terminal) is no consent.
    std::string line(buffer.data(), static_cast<std::size_t>(got));
    line.erase(line.find_last_not_of("\r\n") + 1);
    const std::optional<std::string> decision = decisionFor(line, question_);
    if (!decision)
        return output_.ask("Type " + choiceWords(question_) + ": ");
    answer_ = desk_.post("consent.answer", ConsentAnswerParams{consentId_, *decision}.toJson());
    consentId_.clear();
}

} // namespace keybearer

#pragma once

#include "app/cli/TerminalQuestion.h"
#include "app/client/LineClient.h"

#include <chrono>
#include <optional>
#include <string>

#include <unistd.h>

namespace keybearer {

// Waits for the answer to a request and meanwhile puts the broker's question about it to the person at the
// terminal. Owned by a verb for one request; the connections outlive it. One thread.
class TerminalConsent {
public:
    // Questions are heard and answered on the connection `desk`, and only those about the process `pid` are
    // put here.
    TerminalConsent(LineClient& desk, Output& output, std::chrono::milliseconds limit,
                    std::int64_t pid = ::getpid());

    // Has the broker tell this connection about questions. Leaves with the next request.
    static void listen(LineClient& desk);

    // The result of a request that was posted on the desk's own connection, as text. May hold a secret.
    [[nodiscard]] Result<std::string> await(std::int64_t request);
    // The same for a request on another connection, on which nothing else is under way.
    [[nodiscard]] Result<std::string> await(LineClient& asker, std::int64_t request);

private:
    using Steady = std::chrono::steady_clock;

    // Something has come for the request: its outcome, or nothing yet.
    [[nodiscard]] Result<std::optional<std::string>> step();
    [[nodiscard]] Result<Arrival> next();
    [[nodiscard]] Result<std::optional<std::string>> onAnswer(Arrival& arrival);
    [[nodiscard]] Result<std::optional<std::string>> askerSays();
    void onEvent(const Json& event);
    void onInput();

    LineClient& desk_;
    Output& output_;
    Steady::time_point deadline_;
    std::int64_t pid_;
    LineClient* asker_ = nullptr; // null: the desk itself
    std::int64_t request_ = -1;
    TerminalQuestion question_;
    std::int64_t answer_ = -1; // our consent.answer
};

} // namespace keybearer

#pragma once

#include "app/cli/Output.h"

#include <chrono>
#include <optional>
#include <string>

#include <unistd.h>

namespace keybearer {

// One question of the broker, put to the person at the terminal, and the line that is typed as an answer.
// What was typed before the question could be read is no answer; an empty line and the end of input deny.
// Owned by whoever waits for the broker and the terminal; one thread.
class TerminalQuestion {
public:
    using Steady = std::chrono::steady_clock;

    explicit TerminalQuestion(Output& output) : output_(output) {}

    // Shows a question as consent.requested tells it.
    void put(const Json& request);
    // It needs no answer any more.
    void close() { id_.clear(); }

    [[nodiscard]] bool isOpen() const { return !id_.empty(); }
    [[nodiscard]] const std::string& id() const { return id_; }
    // While it is open: until then nothing that is typed counts; then arm() is due, and after that whatever
    // can be read from standard input is for read().
    [[nodiscard]] bool isArmed() const { return isArmed_; }
    [[nodiscard]] Steady::time_point armsAt() const { return armsAt_; }
    void arm();
    // The decision, after which the question is closed; or nothing, when the line was no choice.
    [[nodiscard]] std::optional<std::string> read();

private:
    Output& output_;
    std::string id_;
    Json request_;
    bool isArmed_ = false;
    Steady::time_point armsAt_;
};

} // namespace keybearer

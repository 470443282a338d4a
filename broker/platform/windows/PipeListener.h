#pragma once

#include "broker/base/Result.h"
#include "broker/base/windows/Handle.h"

#include <chrono>
#include <string>

namespace keybearer {

// A named pipe that clients of this account on this machine connect to, and nobody else: the first instance
// of its name or none (another program that took the name before cannot stand in front of us), an access list
// of the own account alone, clients of other machines refused. One thread.
class PipeListener {
public:
    // InvalidRequest when somebody serves a pipe of this name already.
    [[nodiscard]] static Result<PipeListener> open(const std::string& name);

    // The server's end of the next connection, for overlapped operations; whoever gets it closes it. TimedOut
    // when nobody came. There is an instance for the one after it at any time.
    [[nodiscard]] Result<Handle> accept(std::chrono::milliseconds patience);

private:
    PipeListener(std::wstring name, Handle next) : name_(std::move(name)), next_(std::move(next)) {}

    std::wstring name_;
    Handle next_; // nobody is connected to it yet
};

} // namespace keybearer

#pragma once

#include <cstddef>
#include <string>

namespace keybearer {

// The two pipes of a program that speaks MCP over stdio, as lines. Event loop thread. Never logs what it
// carries.
class LocalWire {
public:
    // Called from the event loop, never from inside write(); may destroy the wire.
    class Listener {
    public:
        virtual ~Listener() = default;
        // Without its LF.
        virtual void onLine(std::string line) = 0;
        // A line was longer than a message may be; its beginning. The conversation goes on.
        virtual void onLineTooLong(const std::string& beginning) = 0;
        // unsentBytes() has fallen.
        virtual void onWritten() = 0;
        // Nothing more will come; called once.
        virtual void onWireEnded() = 0;
    };
    virtual ~LocalWire() = default; // closes both pipes, which tells the program to end
    // One message without its LF. Nothing happens after the end.
    virtual void write(std::string line) = 0;
    [[nodiscard]] virtual std::size_t unsentBytes() const = 0;
};

} // namespace keybearer

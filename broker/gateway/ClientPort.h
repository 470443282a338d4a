#pragma once

#include <string>

namespace keybearer {

// The client's side of one exchange: lines out, and whether lines are wanted. Event loop thread.
class ClientPort {
public:
    virtual ~ClientPort() = default;
    // Queues one message (without LF). False: the client reads more slowly than we write; send nothing that
    // can wait until the exchange's onClientDrained().
    [[nodiscard]] virtual bool deliver(std::string line) = 0;
    // True: read no further lines; what was read already still comes.
    virtual void holdInput(bool hold) = 0;
    // Writes what is queued, then closes.
    virtual void finish() = 0;
};

} // namespace keybearer

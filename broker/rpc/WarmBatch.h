#pragma once

#include "broker/rpc/RpcConnection.h"
#include "broker/rpc/WipedBuffer.h"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

namespace keybearer {

// The warm answers of one wake-up, of whichever clients, one behind the other. They leave together: audit
// rows first, then the answers that they speak of. Owned by the RpcServer; event loop thread.
class WarmBatch {
public:
    // `commit` writes the audit rows that the answers staged; null: there are none. False: the answers do not
    // leave, and their connections are closed.
    explicit WarmBatch(std::function<bool()> commit);

    // True if the connection remembers an answer for this line; then it lies here.
    [[nodiscard]] bool answer(RpcConnection& connection, std::string_view line);
    // Everything behind `begin`, which was size() before, is for this connection.
    void assign(RpcConnection& connection, std::size_t begin);
    // The barrier. The connections are still there.
    void release(SteadyTime now);

    [[nodiscard]] std::size_t size() const { return bytes_.size(); }
    [[nodiscard]] bool isFull() const; // it is time for release()
    // Overwrites what was released; a part of the memory is kept for the next answers.
    void wipe();

private:
    // The answers of one client.
    struct Share {
        RpcConnection* connection;
        std::size_t begin;
        std::size_t end;
    };

    std::function<bool()> commit_;
    WipedBuffer bytes_;
    std::vector<Share> shares_;
};

} // namespace keybearer

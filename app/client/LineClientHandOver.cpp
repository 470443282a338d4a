// What a client does when the broker hands over to a successor.
#include "app/client/LineClient.h"

#include "app/client/BrokerSocket.h"
#include "broker/base/Secret.h"
#include "broker/protocol/Endpoint.h"

#include <algorithm>
#include <unistd.h>

namespace keybearer {

namespace {

using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

constexpr int mostHandOvers = 20;          // a broker that is replaced more often has another trouble
constexpr std::size_t mostKeptLines = 256; // to be sent again; whoever asks more at once asks anew

} // namespace

void LineClient::appendRequest(std::string& out, std::int64_t id, std::string_view method,
                               std::string_view params) {
    out.append(R"({"jsonrpc":"2.0","id":)").append(std::to_string(id));
    out.append(R"(,"method":")").append(method).append(R"(","params":)").append(params).append("}\n");
}

void LineClient::send(std::int64_t id, std::string_view method, std::string_view params) {
    Line line{id, {}};
    appendRequest(line.text, id, method, params);
    outbox_.append(line.text);
    if (!socket_.empty() && sent_.size() < mostKeptLines)
        sent_.push_back(std::move(line));
    else
        wipe(line.text);
}

void LineClient::forget(std::int64_t id) {
    const auto found =
        std::find_if(sent_.begin(), sent_.end(), [id](const Line& line) { return line.id == id; });
    if (found == sent_.end())
        return;
    wipe(found->text);
    sent_.erase(found);
}

// Everything that is open must be at hand, or the caller would wait for an answer that never comes. Whoever
// only listens hears of the end: what was subscribed to went with the connection.
bool LineClient::mayAskAgain() const {
    const std::size_t requests = open_.size() - open_.count(helloId_);
    return goodbye_ && !socket_.empty() && requests > 0 && sent_.size() == requests &&
           handOvers_ < mostHandOvers;
}

Result<void> LineClient::askAgain(Deadline deadline) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - Steady::now());
    const Result<int> descriptor = connectToBroker(socket_, std::max(left, milliseconds(1)));
    if (!descriptor)
        return tl::unexpected(descriptor.error());
    ::close(descriptor_);
    descriptor_ = *descriptor;
    goodbye_ = false;
    ++handOvers_;
    framer_.emplace(limits::lineBytes);
    wipe(outbox_);
    outbox_ = hello_;
    open_.insert(helloId_);
    for (const Line& line : sent_)
        outbox_.append(line.text);
    return {};
}

} // namespace keybearer

#include "app/cli/OpenCalls.h"

#include "broker/base/Json.h"
#include "broker/protocol/RpcMessage.h"

namespace keybearer {

namespace {

constexpr const char* initializeMethod = "initialize";
constexpr const char* cancelledMethod = "notifications/cancelled";

// The same text for the same id: a server may write a text with other escapes.
std::string idOf(const MessageScanner::Message& message) {
    if (message.id.find('\\') == std::string::npos)
        return message.id;
    const Result<Json> id = parseJson("[" + message.id + "]");
    return id && id->size() == 1 ? dumpJson(id->front()) : message.id;
}

// Whoever cancels a request no longer waits for its answer.
std::string cancelledId(const MessageScanner::Message& message) {
    if (message.method != cancelledMethod)
        return {};
    const Result<Json> params = parseJson(message.params);
    return params && params->contains("requestId") ? dumpJson((*params)["requestId"]) : std::string();
}

std::string cancellation(const std::string& id) {
    std::string line = R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":)";
    return line.append(id).append(R"(,"reason":"the connection to the server was lost"}})").append("\n");
}

std::string refusal(const std::string& id, const Error& error) {
    return errorLine(id, error) + "\n";
}

} // namespace

void OpenCalls::fromClient(const MessageScanner::Message& message, std::uint64_t begun) {
    const std::string id = idOf(message);
    if (message.answer) {
        server_.erase(id);
        return;
    }
    if (const std::string cancelled = cancelledId(message); !cancelled.empty())
        client_.erase(cancelled);
    if (id.empty() || message.method.empty())
        return;
    if (message.method == initializeMethod) {
        initializeId_ = id;
        initializeParams_ = message.params;
        initialized_ = false;
    }
    if (client_.size() < most)
        client_[id] = begun;
}

void OpenCalls::fromServer(const MessageScanner::Message& message) {
    const std::string id = idOf(message);
    if (message.answer) {
        client_.erase(id);
        initialized_ = initialized_ || (!id.empty() && id == initializeId_);
    } else if (!id.empty() && server_.size() < most)
        server_.insert(id);
    else if (const std::string cancelled = cancelledId(message); !cancelled.empty())
        server_.erase(cancelled);
}

std::string OpenCalls::lost(std::uint64_t sent, const Error& error) {
    std::string lines;
    const std::string kept = initializeAgain(sent).empty() ? std::string() : initializeId_;
    for (auto call = client_.begin(); call != client_.end();) {
        if (call->second >= sent || call->first == kept) {
            ++call;
            continue;
        }
        lines += refusal(call->first, error);
        call = client_.erase(call);
    }
    for (const std::string& id : server_)
        lines += cancellation(id);
    server_.clear();
    return lines;
}

std::string OpenCalls::refused(const Error& error) {
    std::string lines;
    for (const auto& [id, begun] : client_)
        lines += refusal(id, error);
    client_.clear();
    return lines;
}

std::string OpenCalls::initializeAgain(std::uint64_t sent) const {
    const auto call = client_.find(initializeId_);
    if (initializeParams_.empty() || initialized_ || call == client_.end() || call->second >= sent)
        return {};
    std::string line = R"({"jsonrpc":"2.0","id":)";
    return line.append(initializeId_)
        .append(R"(,"method":"initialize","params":)")
        .append(initializeParams_)
        .append("}\n");
}

std::string OpenCalls::resumeParams() const {
    return initialized_ ? initializeParams_ : std::string();
}

} // namespace keybearer

#include "broker/gateway/Handshake.h"

#include "broker/gateway/Revisions.h"

#include <algorithm>

namespace keybearer {

namespace {

// No client's id looks like this.
constexpr const char* ownId = "\"keybearer-handshake\"";

Era eraOf(ServerTransport transport) {
    return transport == ServerTransport::Modern ? Era::Modern : Era::Legacy;
}

ServerFailure oddAnswer() {
    ServerFailure failure;
    failure.error = Error(ErrorCode::ProviderError, "the server's first answer is none of this protocol",
                          "Check that the address is that of an MCP server.");
    return failure;
}

} // namespace

JsonMembers modernMeta(const ClientOpening& opening) {
    JsonMembers out;
    out.setText(meta::protocolVersion, revision::modern);
    out.set(meta::clientCapabilities, opening.capabilities.empty() ? "{}" : opening.capabilities);
    if (!opening.info.empty())
        out.set(meta::clientInfo, opening.info);
    return out;
}

Handshake::Handshake(const ClientOpening& opening, std::shared_ptr<ServerMemory::Server> memory,
                     Connect connect, Done done)
    : opening_(opening), memory_(std::move(memory)), connect_(std::move(connect)), done_(std::move(done)) {}

void Handshake::start() {
    if (memory_->transport)
        return attempt(*memory_->transport);
    attempt(opening_.era == Era::Modern ? ServerTransport::Modern : ServerTransport::Legacy);
}

bool Handshake::tried(ServerTransport transport) const {
    return std::find(tried_.begin(), tried_.end(), transport) != tried_.end();
}

void Handshake::attempt(ServerTransport transport) {
    tried_.push_back(transport);
    connection_.reset();
    ClientMessage message = transport == ServerTransport::Modern ? modernMessage() : legacyMessage();
    id_ = message.id;
    connection_ = connect_(transport);
    connection_->send(std::move(message));
}

ClientMessage Handshake::legacyMessage() const {
    ClientMessage message;
    message.kind = ClientMessage::Kind::Request;
    message.method = "initialize";
    if (opening_.era == Era::Legacy && !opening_.text.empty()) {
        message.id = opening_.id;
        message.text = opening_.text;
        return message;
    }
    JsonMembers params;
    params.setText("protocolVersion", revision::newestLegacy);
    params.set("capabilities", opening_.capabilities.empty() ? "{}" : opening_.capabilities);
    params.set("clientInfo", opening_.info.empty() ? R"({"name":"keybearer","version":"1"})" : opening_.info);
    message.id = ownId;
    message.text = requestText(ownId, message.method, params.dump());
    return message;
}

ClientMessage Handshake::modernMessage() const {
    ClientMessage message;
    message.kind = ClientMessage::Kind::Request;
    message.method = "server/discover";
    message.protocolVersion = revision::modern;
    if (opening_.era == Era::Modern && !opening_.text.empty()) {
        message.id = opening_.id;
        message.text = opening_.text;
        message.protocolVersion = opening_.version;
        return message;
    }
    JsonMembers params;
    params.set("_meta", modernMeta(opening_).dump());
    message.id = ownId;
    message.text = requestText(ownId, message.method, params.dump());
    return message;
}

void Handshake::answered(const MessageView& view, std::string_view text) {
    const ServerTransport transport = tried_.back();
    if (view.kind == MessageView::Kind::Failure) {
        // With 200 around it, as servers do that know no status but this one.
        ServerFailure failure;
        failure.status = 200;
        failure.body = text;
        failure.error = Error(ErrorCode::ProviderError, "the server refused to open the conversation");
        return next(eraOf(transport), failure);
    }
    Outcome outcome;
    outcome.answer = text;
    outcome.id = view.id;
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    outcome.result = message ? message->object("result") : JsonMembers();
    outcome.version =
        transport == ServerTransport::Modern
            ? (opening_.era == Era::Modern && !opening_.version.empty() ? opening_.version : revision::modern)
            : outcome.result.text("protocolVersion").value_or("");
    if (transport != ServerTransport::Modern && outcome.version.empty())
        return next(Era::Legacy, oddAnswer());
    memory_->transport = transport;
    memory_->capabilities = outcome.result.find("capabilities").value_or("{}");
    const JsonMembers resultMeta = outcome.result.object("_meta");
    memory_->serverInfo =
        outcome.result.find("serverInfo").value_or(resultMeta.find(meta::serverInfo).value_or(""));
    outcome.connection = std::move(connection_);
    const Done done = std::move(done_);
    done(std::move(outcome), std::nullopt);
}

void Handshake::failed(ServerFailure failure) {
    next(eraOf(tried_.back()), failure);
}

void Handshake::next(Era asked, const ServerFailure& failure) {
    const bool clientError = failure.status == 200 || (failure.status >= 400 && failure.status < 500 &&
                                                       failure.status != 401 && failure.status != 403);
    if (!first_ && clientError)
        first_ = failure;
    if (!clientError)
        return giveUp(failure);
    memory_->transport.reset();
    const EraEvidence evidence = evidenceOf(asked, failure.status, failure.body);
    if (asked == Era::Legacy) {
        if (evidence == EraEvidence::Modern && !tried(ServerTransport::Modern))
            return attempt(ServerTransport::Modern);
        const bool sse = failure.status == 400 || failure.status == 404 || failure.status == 405;
        if (sse && evidence != EraEvidence::Modern && !tried(ServerTransport::LegacyOrSse))
            return attempt(ServerTransport::LegacyOrSse);
        if (!tried(ServerTransport::Modern) && failure.status != 200)
            return attempt(ServerTransport::Modern);
    } else if (evidence != EraEvidence::Modern && !tried(ServerTransport::Legacy)) {
        return attempt(ServerTransport::Legacy);
    }
    giveUp(*first_);
}

void Handshake::giveUp(ServerFailure failure) {
    connection_.reset();
    const Done done = std::move(done_);
    done(Outcome(), std::move(failure));
}

} // namespace keybearer

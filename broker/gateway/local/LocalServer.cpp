// The life of a program: opened, greeted, ended.
#include "broker/gateway/local/LocalServer.h"

#include "broker/base/Text.h"
#include "broker/gateway/GatewayLog.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/local/LogLevels.h"

#include <algorithm>

namespace keybearer {

namespace {

// A program may be fetched from the network before it says its first word.
constexpr std::chrono::seconds greetingPatience{120};
// Programs from before 2026-07-28 may be silent about what they do not know.
constexpr std::chrono::seconds discoverPatience{10};
constexpr std::size_t longestWhy = 300;

Error goneError(const std::string& service, const std::string& why) {
    return Error(ErrorCode::ProviderUnavailable,
                 "the program of " + displaySafe(service, 64) + " has ended: " + displaySafe(why, longestWhy),
                 "Try again: it is started anew. What it wrote to standard error is in the broker's log.");
}

std::string ownCapabilities() {
    return R"({"sampling":{},"elicitation":{"form":{},"url":{}}})";
}

std::string ownInfo() {
    JsonMembers out;
    out.setText("name", "keybearer-gateway");
    out.setText("version", KEYBEARER_VERSION);
    return out.dump();
}

} // namespace

LocalServer::LocalServer(std::string service, ProgramStarter& starter, EventTimers& timers)
    : service_(std::move(service)), starter_(starter), timers_(timers) {}

LocalServer::~LocalServer() {
    *alive_ = false;
}

LocalServer::ClientId LocalServer::join(LocalClient& client, Era era) {
    const ClientId id = ++lastClient_;
    Client& added = clients_[id];
    added.to = &client;
    added.era = era;
    return id;
}

LocalServer::Client* LocalServer::find(ClientId id) {
    const auto found = clients_.find(id);
    return found == clients_.end() ? nullptr : &found->second;
}

void LocalServer::open(ClientId first) {
    state_ = State::Opening;
    idleTimer_.reset();
    const std::string exchange = clients_.at(first).to->exchange();
    starter_.open(exchange, *this, [this, alive = alive_, exchange](Result<ProgramStarter::Started> started) {
        if (*alive)
            opened(exchange, std::move(started));
    });
}

void LocalServer::opened(const std::string& exchange, Result<ProgramStarter::Started> started) {
    if (!started) {
        state_ = State::Closed;
        const bool hasLeft = std::none_of(clients_.begin(), clients_.end(), [&](const auto& entry) {
            return entry.second.to->exchange() == exchange;
        });
        if (hasLeft && !waiting_.empty())
            return open(waiting_.front().client); // what was said to one that has gone is not for the others
        return failWaiting({started.error(), 0, {}});
    }
    instance_ = std::move(started->instance);
    wire_ = std::move(started->wire);
    idle_ = started->idle;
    renew_ = false;
    oddSaid_ = false;
    tried_.clear();
    if (waiting_.empty() && !isSubscribed() && !era_)
        return ready(); // whoever wanted it has left
    if (era_)
        return *era_ == Era::Legacy ? greet(Era::Legacy) : ready();
    const Client* first = waiting_.empty() ? nullptr : find(waiting_.front().client);
    greet(first == nullptr ? Era::Legacy : first->era);
}

void LocalServer::greet(Era era) {
    state_ = State::Greeting;
    tried_.push_back(era);
    JsonMembers params;
    if (era == Era::Legacy) {
        params.setText("protocolVersion", revision::newestLegacy);
        params.set("capabilities", ownCapabilities());
        params.set("clientInfo", ownInfo());
    } else {
        JsonMembers meta;
        meta.setText(meta::protocolVersion, revision::modern);
        meta.set(meta::clientCapabilities, "{}");
        meta.set(meta::clientInfo, ownInfo());
        params.set("_meta", meta.dump());
    }
    ownRequest(era == Era::Legacy ? "initialize" : "server/discover", params.dump());
    asked_ = last_;
    deadline_ = timers_.after(era == Era::Legacy ? greetingPatience : discoverPatience,
                              [this] { notGreeted("it does not answer", {}); });
}

void LocalServer::greeted(const MessageView& view, std::string_view text) {
    const Era era = tried_.back();
    if (view.kind == MessageView::Kind::Failure)
        return notGreeted("it refuses to open the conversation", text);
    const std::optional<JsonMembers> message = JsonMembers::of(text);
    const JsonMembers result = message ? message->object("result") : JsonMembers();
    if (era == Era::Legacy && !result.text("protocolVersion"))
        return notGreeted("its first answer is none of this protocol", {});
    era_ = era;
    if (era == Era::Legacy) {
        greeting_ = result.dump();
        wire_->write(notificationText("notifications/initialized"));
        restore();
    }
    ready();
}

// The other era, unless what it said rules that out.
void LocalServer::notGreeted(const std::string& why, std::string_view body) {
    deadline_.reset();
    const Era last = tried_.back();
    open_.erase(asked_);
    era_.reset();
    const Era other = last == Era::Legacy ? Era::Modern : Era::Legacy;
    const bool untried = std::find(tried_.begin(), tried_.end(), other) == tried_.end();
    const bool mayBe = last == Era::Modern || evidenceOf(last, 200, body) == EraEvidence::Modern;
    if (untried && mayBe)
        return greet(other);
    closeProgram(why);
    ServerFailure failure;
    failure.error = Error(ErrorCode::ProviderError,
                          "the program of " + displaySafe(service_, 64) + " speaks no MCP: " + why,
                          "Check the command of the service in config.yaml.");
    failWaiting(failure);
}

void LocalServer::ready() {
    deadline_.reset();
    state_ = State::Ready;
    flush();
    review();
}

// What clients had asked of the instance before.
void LocalServer::restore() {
    if (programLevel_)
        ownRequest("logging/setLevel", [&] {
            JsonMembers params;
            params.setText("level", logLevelName(*programLevel_));
            return params.dump();
        }());
    std::set<std::string> resources;
    for (const auto& [id, client] : clients_)
        resources.insert(client.resources.begin(), client.resources.end());
    for (const std::string& resource : resources) {
        JsonMembers params;
        params.setText("uri", resource);
        ownRequest("resources/subscribe", params.dump());
    }
}

void LocalServer::flush() {
    while (!waiting_.empty() && state_ == State::Ready) {
        Waiting next = std::move(waiting_.front());
        waiting_.pop_front();
        waitingBytes_ -= next.message.text.size();
        if (Client* client = find(next.client))
            carry(next.client, *client, std::move(next.message));
    }
}

void LocalServer::failWaiting(const ServerFailure& failure) {
    std::deque<Waiting> lost;
    lost.swap(waiting_);
    waitingBytes_ = 0;
    for (const Waiting& each : lost) {
        Client* client = find(each.client);
        if (client != nullptr && each.message.kind == ClientMessage::Kind::Request)
            client->to->onRequestLost(each.message.id, failure);
    }
}

void LocalServer::ended(const std::string& why) {
    programGone(why);
}

void LocalServer::onWireEnded() {
    programGone("it has closed its output");
}

void LocalServer::programGone(const std::string& why) {
    if (state_ != State::Greeting && state_ != State::Ready)
        return;
    const bool probed = state_ == State::Greeting && tried_.back() == Era::Modern;
    closeProgram(why);
    // A program from before 2026-07-28 may end at a first word that it does not know.
    if (probed && !waiting_.empty()) {
        era_ = Era::Legacy;
        return open(waiting_.front().client);
    }
    failWaiting({goneError(service_, why), 0, {}});
    // Somebody waits for what it says of a resource. The broker sees to it that this does not spin.
    if (isSubscribed())
        reopening_ = timers_.soon([this] {
            if (state_ == State::Closed && !clients_.empty())
                open(clients_.begin()->first);
        });
}

// Ends the program, and whatever was open there.
void LocalServer::closeProgram(const std::string& why) {
    dropWire();
    starter_.close(instance_);
    instance_.clear();
    state_ = State::Closed;
    questions_.clear();
    std::map<std::uint64_t, Open> lost;
    lost.swap(open_);
    const ServerFailure failure{goneError(service_, why), 0, {}};
    for (const auto& [number, request] : lost) {
        if (Client* client = find(request.client); client != nullptr && !request.cancelled)
            client->to->onRequestLost(request.id, failure);
    }
}

void LocalServer::dropWire() {
    deadline_.reset();
    idleTimer_.reset();
    if (wire_ == nullptr)
        return;
    buried_.push_back(std::move(wire_));
    burial_ = timers_.soon([this] { buried_.clear(); });
}

bool LocalServer::isSubscribed() const {
    return std::any_of(clients_.begin(), clients_.end(),
                       [](const auto& entry) { return !entry.second.resources.empty(); });
}

// No call is open; a standing subscription of 2026-07-28 is none, its client renews it.
bool LocalServer::isQuiet() const {
    return state_ == State::Ready && waiting_.empty() && questions_.empty() &&
           std::all_of(open_.begin(), open_.end(), [](const auto& entry) {
               return entry.second.method == "subscriptions/listen" || entry.second.client == 0;
           });
}

void LocalServer::review() {
    idleTimer_.reset();
    if (!isQuiet())
        return;
    if (renew_) {
        renew_ = false;
        closeProgram("it is given fresh tokens");
        if (isSubscribed())
            open(clients_.begin()->first);
        return;
    }
    const bool listens =
        std::any_of(open_.begin(), open_.end(), [](const auto& entry) { return entry.second.client != 0; });
    if (!listens && !isSubscribed())
        idleTimer_ = timers_.after(idle_, [this] {
            if (isQuiet())
                closeProgram("nobody used it");
        });
}

void LocalServer::renew() {
    renew_ = true;
    review();
}

std::size_t LocalServer::unsentBytes() const {
    return waitingBytes_ + (wire_ ? wire_->unsentBytes() : 0);
}

void LocalServer::onWritten() {
    std::vector<ClientId> all;
    for (const auto& [id, client] : clients_)
        all.push_back(id);
    for (const ClientId id : all) {
        if (Client* client = find(id))
            client->to->onProgramRead();
    }
}

} // namespace keybearer

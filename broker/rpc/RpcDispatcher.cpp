#include "broker/rpc/RpcDispatcher.h"

#include "broker/base/Secret.h"
#include "broker/base/Text.h"
#include "broker/protocol/Endpoint.h"
#include "broker/protocol/RpcMessage.h"
#include "broker/rpc/CallerWire.h"
#include "broker/rpc/OpenRpc.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <utility>

namespace keybearer {

namespace {

constexpr std::string_view resultMember = R"(,"result":)";

// What agent.sock offers; see docs/agent-socket.md.
bool isForAgents(std::string_view method) {
    return method == "hello" || method == "token.get" || method == "rpc.discover";
}

// The answer that one request is owed. A method that forgets it still makes the client hear of it.
class PendingReply final : public Reply::Sink {
public:
    PendingReply(std::weak_ptr<RpcConnection> connection, std::string id, const Admission* admission)
        : connection_(std::move(connection)), id_(std::move(id)), admission_(admission) {
        if (const auto client = connection_.lock())
            client->owe();
    }
    ~PendingReply() override {
        if (!answered_)
            PendingReply::error(Error(ErrorCode::Cancelled, "the request was given up"));
    }
    PendingReply(const PendingReply&) = delete;
    PendingReply& operator=(const PendingReply&) = delete;

    void result(std::string_view json) override {
        settle([&](RpcConnection& client) {
            if (mayHave(client))
                client.answer(id_, resultMember, json);
        });
    }
    void error(const Error& error) override {
        settle([&](RpcConnection& client) { client.answerError(id_, error); });
    }
    void warm(std::shared_ptr<WarmAnswer> answer) override {
        settle([&](RpcConnection& client) {
            if (!mayHave(client))
                return;
            client.answer(id_, resultMember, answer->resultJson());
            client.remember(this, std::move(answer));
        });
    }

private:
    // What the caller showed at hello may have been taken back while it waited: then it gets that for an
    // answer.
    [[nodiscard]] bool mayHave(RpcConnection& client) const {
        if (admission_ == nullptr || !client.caller)
            return true;
        const Result<void> good = admission_->confirm(*client.caller);
        if (!good)
            client.answerError(id_, good.error());
        return good.has_value();
    }

    // A second answer goes nowhere, and so does one for a client that is gone.
    template <typename Write>
    void settle(Write write) {
        if (answered_)
            return;
        answered_ = true;
        const auto client = connection_.lock();
        if (!client)
            return;
        if (!id_.empty())
            write(*client);
        client->paid();
    }

    std::weak_ptr<RpcConnection> connection_;
    std::string id_; // JSON text; empty for a notification, which gets no answer
    const Admission* admission_;
    bool answered_ = false;
};

Error noSuchMethod(const std::string& name, const std::vector<std::string>& known) {
    Error error(ErrorCode::MethodNotFound, "there is no method " + displaySafe(name, 64));
    if (const std::string meant = nearest(name, known); !meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return error;
}

} // namespace

RpcDispatcher::RpcDispatcher(Setup setup, const RpcLimits& limits)
    : setup_(std::move(setup)), limits_(limits), builtIns_{{"hello", &RpcDispatcher::hello},
                                                           {"events.subscribe", &RpcDispatcher::subscribe},
                                                           {"rpc.discover", &RpcDispatcher::discover}} {}

void RpcDispatcher::add(std::string name, Method method) {
    methods_.insert_or_assign(std::move(name), std::move(method));
}

std::vector<std::string> RpcDispatcher::methodNames() const {
    std::vector<std::string> names;
    for (const auto& [name, unused] : builtIns_)
        names.push_back(name);
    for (const auto& [name, unused] : methods_)
        names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

void RpcDispatcher::dispatch(const std::shared_ptr<RpcConnection>& connection, std::string_view line) {
    std::string id;
    Result<RpcRequest> request = parseRequest(line, &id);
    if (!request)
        return connection->answerError(id, request.error());
    if (!connection->caller && request->method != "hello")
        return connection->answerError(
            request->id,
            Error(ErrorCode::InvalidRequest, "the first request must be hello", "Send hello first."));
    if (connection->owesTooMuch())
        return connection->answerError(request->id,
                                       Error(ErrorCode::RateLimited,
                                             "too many requests of this connection wait for an answer",
                                             "Wait for an answer before you send more.")
                                           .with("limit", static_cast<std::int64_t>(limits_.unanswered))
                                           .with("remaining", std::int64_t{0})
                                           .retry(std::chrono::seconds(1)));
    run(connection, line, request->params, request->id, request->method);
    wipeJson(request->params);
}

void RpcDispatcher::run(const std::shared_ptr<RpcConnection>& connection, std::string_view line, Json& params,
                        const std::string& id, const std::string& name) {
    if (connection->door == Door::Agent && !isForAgents(name)) {
        if (connection->caller) // for the audit log: whoever tries that has more in mind than a token
            static_cast<void>(permitMethod(*connection->caller, name).has_value());
        return connection->answerError(id,
                                       Error(ErrorCode::PolicyDenied,
                                             "the agent socket takes hello, token.get and rpc.discover only",
                                             "Use the broker's own socket on the machine where it runs."));
    }
    const auto builtIn = builtIns_.find(name);
    const auto method = methods_.find(name);
    if (builtIn == builtIns_.end() && method == methods_.end())
        return connection->answerError(id, noSuchMethod(name, methodNames()));
    const auto sink = std::make_shared<PendingReply>(connection, id, setup_.admission);
    const Reply reply(sink);
    if (connection->caller) {
        if (const Result<void> permitted = permitMethod(*connection->caller, name); !permitted)
            return reply.error(permitted.error());
    }
    // No exception crosses rooms by agreement; one that does anyway must cost its own request only.
    try {
        connection->setAsking({sink.get(), line, id});
        if (builtIn != builtIns_.end())
            (this->*builtIn->second)(*connection, params, reply);
        else
            method->second(CallContext{connection->id(), *connection->caller}, params, reply);
    } catch (const std::exception&) {
        reply.error(Error(ErrorCode::InternalError, "the method " + name + " failed"));
    } catch (...) {
        reply.error(Error(ErrorCode::InternalError, "the method " + name + " failed"));
    }
    connection->setAsking({});
}

void RpcDispatcher::hello(RpcConnection& connection, const Json& params, const Reply& reply) {
    Result<HelloParams> hello = HelloParams::from(params);
    if (!hello)
        return reply.error(hello.error());
    if (hello->protocol != limits::protocolVersion)
        return reply.error(Error(ErrorCode::InvalidRequest,
                                 "this broker speaks protocol 1, not " + std::to_string(hello->protocol),
                                 "Install a broker and a client of the same version.")
                               .with("supported", std::int64_t{limits::protocolVersion}));
    if (connection.caller)
        return greetAgain(connection, *hello, reply);
    // It may hold a key: no copies, and nothing is left of it if the client goes meanwhile.
    const std::shared_ptr<HelloParams> said(new HelloParams(std::move(*hello)), [](HelloParams* shown) {
        for (std::optional<std::string>* secret : {&shown->clientKey, &shown->capability}) {
            if (*secret)
                wipe(**secret);
        }
        delete shown;
    });
    if (!setup_.describeCaller)
        return measured(connection, *said, Caller(), reply);
    connection.hold();
    setup_.describeCaller(connection.process(), std::exchange(connection.measured, std::nullopt),
                          [this, client = connection.weak_from_this(), said, reply](Result<Caller> caller) {
                              const std::shared_ptr<RpcConnection> waiting = client.lock();
                              if (!waiting)
                                  return;
                              measured(*waiting, *said, std::move(caller), reply);
                              waiting->unhold();
                          });
}

// What the program is, is known; now who it may be.
void RpcDispatcher::measured(RpcConnection& connection, HelloParams& hello, Result<Caller> caller,
                             const Reply& reply) {
    if (!caller)
        return reply.error(caller.error());
    caller->claimedName = hello.clientName;
    caller->door = connection.door;
    if (const Result<void> taken = admitted(connection, hello, *caller); !taken) {
        if (taken.error().code == ErrorCode::ClientUnknown || taken.error().code == ErrorCode::RateLimited)
            connection.closeAfterFlush(); // the next guess costs another connection
        return reply.error(taken.error());
    }
    connection.caller = std::move(*caller);
    greet(connection, reply);
}

// A connection that was handed over is greeted again by whoever has it now, and stays what it is.
void RpcDispatcher::greetAgain(RpcConnection& connection, const HelloParams& hello,
                               const Reply& reply) const {
    if (connection.caller->capability.empty() || hello.clientKey || hello.capability)
        return reply.error(Error(ErrorCode::InvalidRequest, "hello was said already",
                                 "Open another connection to speak as somebody else."));
    connection.caller->claimedName = hello.clientName;
    greet(connection, reply);
}

// Who comes through agent.sock may be on another machine: it learns nothing about this one.
void RpcDispatcher::greet(const RpcConnection& connection, const Reply& reply) const {
    Json greeting{{"server", "keybearerd"},
                  {"version", setup_.version},
                  {"protocol", limits::protocolVersion},
                  {"role", roleWord(connection.caller->role)}};
    Caller shown = *connection.caller;
    if (connection.door == Door::Agent) {
        shown = Caller();
        shown.claimedName = connection.caller->claimedName;
    }
    greeting["caller"] = toWire(shown);
    if (connection.door == Door::Agent)
        greeting["door"] = "agent";
    if (!connection.caller->capability.empty())
        greeting["capability"] = connection.caller->capability;
    reply.result(greeting);
}

Result<void> RpcDispatcher::admitted(const RpcConnection& connection, HelloParams& hello,
                                     Caller& caller) const {
    if (connection.door == Door::Agent && (hello.clientKey || hello.capability))
        return failure(ErrorCode::PolicyDenied, "the agent socket takes neither client keys nor capabilities",
                       "Say hello without them; the agent socket gives what its configuration allows.");
    if (!hello.capability)
        return admit(hello, caller);
    if (hello.clientKey)
        return failure(ErrorCode::InvalidParams, "a client key and a capability do not go together",
                       "Show one of them.");
    if (!setup_.admitCapability)
        return failure(ErrorCode::ClientUnknown, "nobody has issued this capability");
    if (Result<void> taken = setup_.admitCapability(connection.id(), *hello.capability, caller); !taken)
        return taken;
    return Admission::narrow(caller, hello.role.value_or(""));
}

Result<void> RpcDispatcher::admit(HelloParams& hello, Caller& caller) const {
    if (setup_.admission != nullptr) {
        Shown shown{std::move(hello.clientKey).value_or(""), std::move(hello.role).value_or("")};
        Result<void> admitted = setup_.admission->admit(caller, shown);
        wipe(shown.clientKey);
        return admitted;
    }
    if (hello.clientKey)
        return failure(ErrorCode::ClientUnknown, "no client has this key");
    if (hello.role && *hello.role != roleWord(caller.role))
        return failure(ErrorCode::PolicyDenied,
                       "the role " + displaySafe(*hello.role, 64) + " is not open to you",
                       "Leave role out of hello.");
    return {};
}

Result<void> RpcDispatcher::permitMethod(const Caller& caller, std::string_view method) const {
    return setup_.admission != nullptr ? setup_.admission->permitMethod(caller, method)
                                       : methodPermitted(caller, method);
}

Result<void> RpcDispatcher::permitTopic(const Caller& caller, std::string_view topic) const {
    return setup_.admission != nullptr ? setup_.admission->permitTopic(caller, topic)
                                       : topicPermitted(caller, topic);
}

bool RpcDispatcher::mayHear(const Caller& caller) const {
    return setup_.admission == nullptr || setup_.admission->confirm(caller).has_value();
}

void RpcDispatcher::subscribe(RpcConnection& connection, const Json& params, const Reply& reply) {
    const Result<SubscribeParams> wanted = SubscribeParams::from(params);
    if (!wanted)
        return reply.error(wanted.error());
    for (const std::string& topic : wanted->topics) {
        if (const Result<void> permitted = permitTopic(*connection.caller, topic); !permitted)
            return reply.error(permitted.error());
    }
    Json topics = Json::array();
    for (std::size_t i = 0; i < std::size(eventTopics); ++i) {
        const auto found = std::find(wanted->topics.begin(), wanted->topics.end(), eventTopics[i]);
        if (found != wanted->topics.end())
            connection.topics |= 1U << i;
        if ((connection.topics & (1U << i)) != 0)
            topics.push_back(eventTopics[i]);
    }
    reply.result(Json{{"topics", std::move(topics)}});
}

void RpcDispatcher::discover(RpcConnection&, const Json& params, const Reply& reply) {
    const Result<NoParams> none = NoParams::from(params);
    if (!none)
        return reply.error(none.error());
    const Result<Json> document = openRpcDocument(setup_.version);
    if (!document)
        return reply.error(Error(ErrorCode::InternalError, "the description of the methods is damaged"));
    reply.result(*document);
}

} // namespace keybearer

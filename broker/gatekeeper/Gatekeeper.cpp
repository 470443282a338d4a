#include "broker/gatekeeper/Gatekeeper.h"

#include "broker/base/Text.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RpcMessage.h"

#include <algorithm>

namespace keybearer {

namespace {

AuditEvent exchangeEvent(const char* kind, const Exchange& exchange) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(exchange.caller.executable, 512);
    event.callerClass = identityLetter(exchange.caller.identity);
    event.client = exchange.caller.clientId;
    event.pid = exchange.caller.pid;
    event.detail = exchange.id + ": " + displaySafe(exchange.target.url, 512);
    return event;
}

} // namespace

Gatekeeper::Gatekeeper(Setup setup, UpstreamAccess& access, NeededSignIns& signIns, ConsentGate& gate,
                       const Clock& clock)
    : setup_(std::move(setup)), access_(access), gate_(gate), tickets_(clock),
      process_(setup_.process, clock), desk_(std::move(setup_.desk), process_, tickets_, exchanges_, access) {
    connect(&process_, &GatewayProcess::received, this, [this](const std::string& line) {
        desk_.onLine(line);
        updateBusy();
    });
    connect(&process_, &GatewayProcess::ended, this, [this] {
        desk_.onProcessEnded();
        exchanges_.closeAll();
        updateBusy();
    });
    connect(&exchanges_, &Exchanges::opened, this,
            [this](const Exchange& exchange) { setup_.record(exchangeEvent("exchange.opened", exchange)); });
    connect(&exchanges_, &Exchanges::closing, this, &Gatekeeper::onClosing);
    connect(&exchanges_, &Exchanges::programEnded, this, &Gatekeeper::onProgramEnded);
    connect(&gate_, &ConsentGate::changed, this, &Gatekeeper::staleAll);
    connect(&signIns, &NeededSignIns::ended, this,
            [this](const std::string& exchange, const std::string& signIn, const std::string& state) {
                process_.send(
                    notificationLine("exchange.signin",
                                     Json{{"exchange", exchange}, {"signin_id", signIn}, {"state", state}}));
            });
    ticketsEnd_.setSingleShot(true);
    connect(&ticketsEnd_, &QTimer::timeout, this, &Gatekeeper::updateBusy);
}

Gatekeeper::~Gatekeeper() {
    disconnect(&process_, nullptr, this, nullptr);
    disconnect(&exchanges_, nullptr, this, nullptr);
}

void Gatekeeper::addTo(MethodTable& table) {
    table.add("mcp.open", [this](const CallContext& context, const Json& params, const Reply& reply) {
        open(context, params, reply);
    });
}

void Gatekeeper::open(const CallContext& context, const Json& params, const Reply& reply) {
    const Result<McpOpenParams> wish = McpOpenParams::from(params);
    if (!wish)
        return reply.error(wish.error());
    Result<McpTarget> target = setup_.find(wish->url ? *wish->url : *wish->service);
    if (!target)
        return reply.error(target.error());
    if (wish->account)
        target->account = *wish->account;
    const std::string name = target->name;
    const Result<std::string> ticket = tickets_.issue({context.caller, std::move(*target)});
    if (!ticket)
        return reply.error(ticket.error());
    if (const Result<void> wanted = process_.want(); !wanted)
        return reply.error(wanted.error());
    updateBusy();
    reply.result(Json{{"ticket", *ticket}, {"socket", process_.socket().string()}, {"service", name}});
}

void Gatekeeper::onClosing(const Exchange& exchange) {
    access_.exchangeClosed(exchange);
    gate_.connectionClosed(exchange.connection); // a question that was asked for it is nobody's any more
    setup_.record(exchangeEvent("exchange.closed", exchange));
}

void Gatekeeper::onProgramEnded(const std::string& id) {
    process_.send(notificationLine(
        "exchange.end", Json{{"exchange", id}, {"message", "the program that opened it has ended"}}));
    exchanges_.close(id);
    updateBusy();
}

void Gatekeeper::sessionEnded(const std::string& session) {
    for (const auto& [id, exchange] : exchanges_.all()) {
        const bool has = std::any_of(exchange->serials.begin(), exchange->serials.end(),
                                     [&](const auto& serial) { return serial.second == session; });
        if (has)
            process_.send(notificationLine("exchange.stale", Json{{"exchange", id}}));
    }
}

// Once a turn of the event loop, however many permissions came or went in it.
void Gatekeeper::staleAll() {
    if (std::exchange(stale_, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            stale_ = false;
            for (const auto& [id, exchange] : exchanges_.all())
                process_.send(notificationLine("exchange.stale", Json{{"exchange", id}}));
        },
        Qt::QueuedConnection);
}

void Gatekeeper::updateBusy() {
    const bool waits = tickets_.open() > 0;
    if (waits)
        ticketsEnd_.start(Tickets::life);
    process_.setBusy(waits || exchanges_.count() > 0);
}

Json Gatekeeper::health() const {
    Json out{{"running", process_.running()},
             {"exchanges", exchanges_.count()},
             {"starts", process_.counters().starts},
             {"deaths", process_.counters().deaths}};
    if (process_.running())
        out["pid"] = process_.pid();
    return out;
}

} // namespace keybearer

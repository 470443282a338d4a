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
    const Caller& caller = exchange.caller;
    event.client = caller.clientId.empty() ? caller.localClient : caller.clientId;
    event.pid = caller.pid;
    const std::string& where = exchange.target.url.empty() ? exchange.target.name : exchange.target.url;
    event.detail = exchange.id + ": " + displaySafe(where, 512);
    if (exchange.route)
        event.detail += ", over HTTP";
    if (exchange.route && caller.prior)
        event.why = caller.prior->why;
    return event;
}

} // namespace

Gatekeeper::Gatekeeper(Setup setup, RouteDesk::Rooms routes, UpstreamAccess& access, NeededSignIns& signIns,
                       ConsentGate& gate, const Clock& clock)
    : setup_(std::move(setup)), access_(access), gate_(gate), tickets_(clock),
      process_(setup_.process, clock), desk_(std::move(setup_.desk), process_, tickets_, exchanges_, access),
      doors_(std::move(setup_.doors), process_, clock),
      routes_(std::move(routes), desk_, process_, exchanges_),
      news_(exchanges_, gate_, [this](const std::string& line) { process_.send(line); }),
      methods_(methodRooms(), std::move(setup_.authority)) {
    serveDoor();
    if (setup_.programs != nullptr)
        followPrograms();
    if (setup_.tools != nullptr)
        toolDesk_ = std::make_unique<ToolDesk>(desk_, process_, *setup_.tools);
    connect(&process_, &GatewayProcess::received, this, [this](const std::string& line) {
        desk_.onLine(line);
        updateBusy();
    });
    connect(&process_, &GatewayProcess::ended, this, [this] {
        desk_.onProcessEnded();
        exchanges_.closeAll();
        if (setup_.programs != nullptr)
            setup_.programs->gatewayEnded();
        updateBusy();
    });
    connect(&exchanges_, &Exchanges::opened, this,
            [this](const Exchange& exchange) { setup_.record(exchangeEvent("exchange.opened", exchange)); });
    connect(&exchanges_, &Exchanges::closing, this, &Gatekeeper::onClosing);
    connect(&exchanges_, &Exchanges::programEnded, this, &Gatekeeper::onProgramEnded);
    connect(&doors_, &HttpDoors::changed, this, &Gatekeeper::updateBusy);
    connect(&news_, &PermissionNews::exchangesEnded, this, &Gatekeeper::updateBusy);
    connect(&signIns, &NeededSignIns::ended, this,
            [this](const std::string& exchange, const std::string& signIn, const std::string& state) {
                process_.send(
                    notificationLine("exchange.signin",
                                     Json{{"exchange", exchange}, {"signin_id", signIn}, {"state", state}}));
            });
    ticketsEnd_.setSingleShot(true);
    connect(&ticketsEnd_, &QTimer::timeout, this, &Gatekeeper::updateBusy);
}

DoorMethods::Rooms Gatekeeper::methodRooms() {
    const auto record = [this](const char* kind, const Caller& caller, const std::string& detail) {
        AuditEvent event;
        event.kind = kind;
        event.caller = displaySafe(caller.executable, 512);
        event.callerClass = identityLetter(caller.identity);
        event.client = caller.clientId;
        event.pid = caller.pid;
        event.detail = detail;
        setup_.record(event);
    };
    return {doors_, routes_, process_, record, [this] { updateBusy(); }};
}

void Gatekeeper::serveDoor() {
    using Answer = CoreDesk::Answer;
    desk_.watchRefusals(
        [this](const std::string& exchange, const Error& error) { routes_.onRefused(exchange, error); });
    desk_.serve("as.request",
                [this](const Json& params, const Answer& answer) { authorize(params, answer); });
    desk_.serve("metrics.text", [this](const Json&, const Answer& answer) {
        answer(Json{{"text", setup_.metrics ? setup_.metrics() : std::string()}});
    });
    desk_.serve("health.brief", [this](const Json&, const Answer& answer) {
        answer(setup_.brief ? setup_.brief() : Json{{"ready", true}, {"reasons", Json::array()}});
    });
    desk_.notice("door.count", [this](const Json& params) { doors_.states().count(params); });
    desk_.notice("service.state", [this](const Json& params) {
        if (!doors_.addressOf(stringAt(params, "service").value_or("")).empty())
            doors_.states().note(params);
    });
}

void Gatekeeper::followPrograms() {
    LocalPrograms& programs = *setup_.programs;
    desk_.permitLocal([&programs](Exchange& exchange, bool interactive, Completion<void> done) {
        // What is revoked later ends the exchanges that use it, as with a stored sign-in.
        exchange.serials["local"] = LocalPrograms::sessionOf(exchange.target.name);
        programs.permit(exchange, interactive, std::move(done));
    });
    desk_.serve("local.open", [this, &programs](const Json& params, const CoreDesk::Answer& answer) {
        const Result<Exchange*> exchange = desk_.exchangeOf(params);
        if (!exchange)
            return answer(tl::unexpected(exchange.error()));
        programs.open(**exchange, [answer](const Result<LocalPrograms::Opened>& opened) {
            if (!opened)
                return answer(tl::unexpected(opened.error()));
            answer(Json{{"instance", opened->instance},
                        {"idle_seconds", opened->idle.count()},
                        {"descriptors", 2}},
                   {opened->input, opened->output});
        });
    });
    desk_.notice("local.close", [&programs](const Json& params) {
        programs.close(stringAt(params, "instance").value_or(""));
    });
    connect(&programs, &LocalPrograms::ended, this,
            [this](const std::string& service, const std::string& instance, const std::string& why) {
                process_.send(notificationLine("local.ended", Json{{"instance", instance}, {"why", why}}));
                // Whether it may be started again is asked anew, if it was allowed for once.
                for (const auto& [id, exchange] : exchanges_.all()) {
                    if (exchange->target.local && exchange->target.name == service)
                        process_.send(notificationLine("exchange.stale", Json{{"exchange", id}}));
                }
            });
    connect(&programs, &LocalPrograms::expires, this, [this](const std::string& instance) {
        process_.send(notificationLine("local.renew", Json{{"instance", instance}}));
    });
}

void Gatekeeper::authorize(const Json& params, const CoreDesk::Answer& answer) {
    const Result<AsRequest> request = AsRequest::from(params);
    if (!request)
        return answer(tl::unexpected(request.error()));
    if (!setup_.authorize)
        return answer(failure(ErrorCode::NotConfigured, "there is no authorization server"));
    setup_.authorize(*request, [answer](const Result<AsAnswer>& said) {
        if (!said)
            return answer(tl::unexpected(said.error()));
        Json result = said->toJson();
        answer(result);
        wipeJson(result); // it may hold tokens
    });
}

Gatekeeper::~Gatekeeper() {
    disconnect(&process_, nullptr, this, nullptr);
    disconnect(&exchanges_, nullptr, this, nullptr);
}

void Gatekeeper::addTo(MethodTable& table) {
    table.add("mcp.open", [this](const CallContext& context, const Json& params, const Reply& reply) {
        open(context, params, reply);
    });
    methods_.addTo(table);
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
    process_.send(exchangeEndLine(id, "the program that opened it has ended"));
    exchanges_.close(id);
    updateBusy();
}

// Where it was removed, what is open with its token ends too.
void Gatekeeper::sessionEnded(const std::string& session) {
    if (setup_.programs != nullptr)
        setup_.programs->sessionEnded(session);
    std::vector<std::string> over;
    for (const auto& [id, exchange] : exchanges_.all()) {
        if (!exchange->uses(session))
            continue;
        if (access_.isSignedIn(*exchange))
            process_.send(notificationLine("exchange.stale", Json{{"exchange", id}}));
        else
            over.push_back(id);
    }
    for (const std::string& id : over) {
        process_.send(exchangeEndLine(id, "the sign-in that it used was removed"));
        exchanges_.close(id);
    }
    updateBusy();
}

void Gatekeeper::updateBusy() {
    const bool waits = tickets_.open() > 0;
    if (waits)
        ticketsEnd_.start(Tickets::life);
    process_.setBusy(waits || exchanges_.count() > 0 || doors_.anyOpen());
}

Json Gatekeeper::health() const {
    Json out{{"running", process_.running()},
             {"exchanges", exchanges_.count()},
             {"starts", process_.counters().starts},
             {"deaths", process_.counters().deaths}};
    if (process_.running())
        out["pid"] = process_.pid();
    out["open"] = doors_.isOpen();
    if (doors_.isOpen())
        out["address"] = doors_.base();
    Json services = Json::object();
    for (const auto& [service, state] : doors_.states().all())
        services[service] = doors_.states().toJson(service);
    out["services"] = std::move(services);
    if (setup_.programs != nullptr)
        out["programs"] = setup_.programs->health();
    return out;
}

} // namespace keybearer

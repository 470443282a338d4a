#include "broker/daemon/DemoKeeper.h"

#include <memory>

namespace keybearer {

namespace {

Provider entryFor(const DemoProvider& demo) {
    const QUrl issuer(QString::fromStdString(demo.issuer()));
    const auto at = [&issuer](const char* endpoint) {
        QUrl url = issuer;
        url.setPath(issuer.path() + QLatin1Char('/') + QLatin1String(endpoint));
        return url;
    };
    Provider entry;
    entry.name = DemoProvider::name;
    entry.displayName = "Demo";
    entry.clientId = demo.clientId();
    entry.scopes = {"openid", "email", "profile"};
    entry.flows = {"browser"};
    AuthorizationServer server;
    server.issuer = demo.issuer();
    server.authorizationEndpoint = at("authorize");
    server.tokenEndpoint = at("token");
    server.revocationEndpoint = at("revoke");
    server.jwksUri = at("jwks");
    server.tokenEndpointAuthMethods = {"none"};
    server.codeChallengeMethods = {"S256"};
    server.issParameterSupported = true;
    entry.endpoints = std::move(server);
    return entry;
}

} // namespace

DemoKeeper::DemoKeeper(Rooms rooms) : rooms_(std::move(rooms)), demo_(rooms_.clock) {}

DemoKeeper::~DemoKeeper() {
    rooms_.server.serveDemo(nullptr);
}

std::vector<std::string> DemoKeeper::sessions() const {
    std::vector<std::string> out;
    for (const Credential* credential : rooms_.registry.all()) {
        // A provider of the configuration may have that name; its issuer is another one.
        const std::string& issuer = credential->record.issuer;
        if (credential->record.provider == DemoProvider::name && issuer.starts_with("http://127.0.0.1") &&
            issuer.ends_with(std::string("/as/") + DemoProvider::name))
            out.push_back(credential->record.id);
    }
    return out;
}

Json DemoKeeper::status() const {
    Json out{{"running", demo_.running()}, {"sessions", sessions().size()}};
    if (demo_.running()) {
        out["provider"] = DemoProvider::name;
        out["issuer"] = demo_.issuer();
        out["account"] = DemoProvider::email;
    }
    return out;
}

Json DemoKeeper::issuers() const {
    if (!demo_.running())
        return Json::array();
    return Json::array({{{"name", DemoProvider::name}, {"jwks", demo_.jwks()}}});
}

Result<void> DemoKeeper::start() {
    const Provider* known = rooms_.catalog.find(DemoProvider::name);
    if (known != nullptr && !demo_.running())
        return failure(ErrorCode::InvalidRequest, "the configuration has a provider called demo already",
                       "Give it another name, or use it.");
    if (Result<void> opened = rooms_.openDoor(); !opened)
        return opened;
    const std::string base = rooms_.server.base();
    if (demo_.running() && demo_.issuer() == base + "/as/" + DemoProvider::name)
        return {}; // whoever is signed in stays so
    demo_.start(base);
    rooms_.catalog.adopt(entryFor(demo_));
    rooms_.server.serveDemo(&demo_);
    note("demo.started");
    eraseSessions([](const Result<void>&) {}); // of a demo before this one: its key is gone
    Q_EMIT changed();
    return {};
}

void DemoKeeper::stop(Completion<void> done) {
    if (demo_.running()) {
        demo_.stop();
        rooms_.server.serveDemo(nullptr);
        rooms_.catalog.withdraw(DemoProvider::name);
        note("demo.stopped");
        Q_EMIT changed();
        rooms_.closeDoor();
    }
    eraseSessions(done);
}

void DemoKeeper::eraseSessions(const Completion<void>& done) {
    const std::vector<std::string> ids = sessions();
    if (ids.empty())
        return done({});
    struct Progress {
        std::size_t left = 0;
        Result<void> outcome;
    };
    const auto progress = std::make_shared<Progress>(Progress{ids.size(), {}});
    for (const std::string& id : ids) {
        rooms_.registry.erase(id, [progress, done](const Result<void>& erased) {
            if (!erased)
                progress->outcome = erased;
            if (--progress->left == 0)
                done(progress->outcome);
        });
    }
}

void DemoKeeper::note(const char* kind) const {
    AuditEvent event;
    event.kind = kind;
    event.provider = DemoProvider::name;
    rooms_.record(event);
}

} // namespace keybearer

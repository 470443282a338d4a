#include "broker/daemon/GatewayServices.h"

#include "broker/base/Text.h"
#include "broker/gatekeeper/NeededSignIns.h"

#include <QPointer>

namespace keybearer {

namespace {

std::string textOf(const QUrl& url) {
    return url.toEncoded().toStdString();
}

bool isGood(const Credential& credential) {
    return !credential.record.needsSignIn && !credential.record.quarantined;
}

ServiceSession sessionOf(const Credential& credential) {
    return {credential.record.id, credential.record.provider, credential.record.account.label,
            credential.record.issuer};
}

LocalServices::Step stepOf(const SignInDesk::Started& started, const std::string& service) {
    LocalServices::Step step;
    step.id = started.signIn->id();
    step.authorizationUrl = textOf(started.invitation.authorizationUrl);
    if (started.invitation.device) {
        const DeviceCode& code = *started.invitation.device;
        step.instructions = "Open " + textOf(code.verificationUri) + " and type the code " +
                            displaySafe(code.userCode, 40) + " there to sign in to " + service + ".";
    }
    return step;
}

} // namespace

GatewayServices::GatewayServices(Rooms rooms, const Config& config) : rooms_(rooms) {
    configure(config);
}

void GatewayServices::configure(const Config& config) {
    programs_.clear();
    for (const ServiceConfig& service : config.services) {
        if (!service.command.empty())
            programs_[service.name] = join(service.command, " ");
    }
}

std::optional<LocalService> GatewayServices::find(const std::string& name) const {
    if (const auto program = programs_.find(name); program != programs_.end())
        return LocalService{name, name, "", {}};
    const std::optional<McpService> service = rooms_.resources.known(name);
    if (!service || service->name != name) // an address is no name
        return std::nullopt;
    return LocalService{name, service->displayName, service->url, {}};
}

std::optional<ServiceSession> GatewayServices::session(const std::string& name) const {
    if (programs_.contains(name))
        return ServiceSession{};
    const AuthRule* rule = rooms_.rules.find("", name);
    if (rule != nullptr && (rule->type == AuthType::ApiKey || rule->type == AuthType::ServiceAccount))
        return ServiceSession{}; // nobody signs in to that
    const std::optional<McpService> service = rooms_.resources.known(name);
    if (!service)
        return std::nullopt;
    CredentialSelector selector;
    if (service->provider.empty())
        selector.resource = service->url;
    else
        selector.provider = service->provider;
    if (!service->account.empty())
        selector.account = service->account;
    const Result<const Credential*> found = rooms_.registry.select(selector);
    if (!found && found.error().code == ErrorCode::InvalidParams)
        return ServiceSession{"", service->provider, "", ""}; // several; the rules choose for each request
    if (!found || !isGood(**found))
        return std::nullopt;
    return sessionOf(**found);
}

void GatewayServices::signIn(const std::string& name, const std::string& next, bool agreed,
                             Completion<Step> ready) {
    const std::optional<McpService> service = rooms_.resources.known(name);
    if (!service)
        return ready(failure(ErrorCode::NotFound, "there is no such service"));
    if (!service->fixedProvider.empty())
        return begin(*service, next, agreed, ready);
    rooms_.resources.prepare(*service, {},
                             [this, alive = QPointer<GatewayServices>(this), service = *service, next, agreed,
                              ready](const Result<std::string>& provider) {
                                 if (!alive)
                                     return;
                                 if (!provider && provider.error().code == ErrorCode::InvalidRequest)
                                     return ready(Step{}); // it wants no sign-in
                                 if (!provider)
                                     return ready(tl::unexpected(provider.error()));
                                 McpService prepared = service;
                                 prepared.provider = *provider;
                                 begin(prepared, next, agreed, ready);
                             });
}

void GatewayServices::begin(const McpService& service, const std::string& next, bool agreed,
                            const Completion<Step>& ready) {
    if (!agreed && borrowsClient(rooms_.catalog, service.provider))
        return ready(
            failure(ErrorCode::AuthorizationRequired,
                    "signing in to " + service.name + " goes through a provider of the configuration",
                    "Sign in with: keybearer login " + service.name));
    SignIn::Wish wish;
    wish.provider = service.provider;
    wish.scopes = service.scopes;
    if (!service.account.empty())
        wish.accountHint = service.account;
    wish.next = next;
    rooms_.desk.start(std::move(wish), [service = service.name, ready](Result<SignInDesk::Started> started) {
        if (!started)
            return ready(tl::unexpected(started.error()));
        ready(stepOf(*started, service));
    });
}

std::optional<Result<ServiceSession>> GatewayServices::outcome(const std::string& name,
                                                               const std::string& signIn) const {
    const Result<SignIn*> found = rooms_.desk.find(signIn);
    if (!found)
        return Result<ServiceSession>(tl::unexpected(found.error()));
    const SignIn& one = **found;
    if (!one.ended())
        return std::nullopt;
    if (one.state() != SignInState::SignedIn)
        return Result<ServiceSession>(
            failure(one.error().value_or(Error(ErrorCode::Cancelled, "the sign-in was cancelled"))));
    const Credential* credential = rooms_.registry.find(one.sessionId());
    if (credential == nullptr)
        return Result<ServiceSession>(
            failure(ErrorCode::Cancelled, "the sign-in to " + displaySafe(name, 64) + " is gone already"));
    return Result<ServiceSession>(sessionOf(*credential));
}

void GatewayServices::cancel(const std::string& signIn) {
    if (const Result<SignIn*> found = rooms_.desk.find(signIn))
        (*found)->cancel();
}

bool GatewayServices::isUsable(const std::string& sessionId) const {
    const Credential* credential = rooms_.registry.find(sessionId);
    return credential != nullptr && isGood(*credential);
}

} // namespace keybearer

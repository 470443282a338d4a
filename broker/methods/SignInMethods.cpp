#include "broker/methods/SignInMethods.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

void SignInMethods::addTo(MethodTable& table) {
    table.add("signin.start",
              [this](const CallContext&, const Json& params, const Reply& reply) { start(params, reply); });
    table.add("signin.complete", [this](const CallContext&, const Json& params, const Reply& reply) {
        complete(params, reply);
    });
    table.add("signin.status", [this](const CallContext&, const Json& params, const Reply& reply) {
        withSignIn(params, reply, [](SignIn&) {});
    });
    table.add("signin.cancel", [this](const CallContext&, const Json& params, const Reply& reply) {
        withSignIn(params, reply, [](SignIn& signIn) { signIn.cancel(); });
    });
}

Result<std::string> SignInMethods::providerOf(const SignInStartParams& start) const {
    if (start.provider)
        return *start.provider;
    if (const Provider* provider = catalog_.findByIssuer(*start.url))
        return provider->name;
    return failure(ErrorCode::NotFound, "no provider has the issuer " + displaySafe(*start.url),
                   "Add it to config.yaml: providers: {NAME: {issuer: URL, client_id: ID}}");
}

void SignInMethods::start(const Json& params, const Reply& reply) {
    const std::optional<SignInStartParams> start = paramsOrAnswer<SignInStartParams>(params, reply);
    if (!start)
        return;
    const Result<std::string> provider = providerOf(*start);
    if (!provider)
        return reply.error(provider.error());
    if (start->flow == "device")
        return reply.error(Error(ErrorCode::InvalidParams, "flow: this broker signs in through a browser",
                                 "Use the browser, or paste the redirect URL with: keybearer login --paste")
                               .with("parameter", "flow"));
    const std::string flow = start->flow == "auto" ? "browser" : start->flow;
    desk_.start(
        {*provider, start->scopes, start->account}, [reply, flow](Result<SignInDesk::Started> started) {
            if (!started)
                return reply.error(started.error());
            reply.result(Json{{"signin_id", started->signIn->id()},
                              {"flow", flow},
                              {"provider", started->signIn->wish().provider},
                              {"authorization_url", started->authorizationUrl.toEncoded().toStdString()},
                              {"expires_at", toRfc3339(started->signIn->expiresAt())}});
        });
}

void SignInMethods::complete(const Json& params, const Reply& reply) {
    const std::optional<SignInCompleteParams> complete = paramsOrAnswer<SignInCompleteParams>(params, reply);
    if (!complete)
        return;
    const Result<SignIn*> signIn = desk_.find(complete->signInId);
    if (!signIn)
        return reply.error(signIn.error());
    if (const Result<void> taken = (*signIn)->complete(complete->redirectUrl); !taken)
        return reply.error(taken.error());
    reply.result(signInToWire(**signIn, registry_));
}

void SignInMethods::withSignIn(const Json& params, const Reply& reply, void (*act)(SignIn&)) {
    const std::optional<SignInIdParams> which = paramsOrAnswer<SignInIdParams>(params, reply);
    if (!which)
        return;
    const Result<SignIn*> signIn = desk_.find(which->signInId);
    if (!signIn)
        return reply.error(signIn.error());
    act(**signIn);
    reply.result(signInToWire(**signIn, registry_));
}

} // namespace keybearer

#include "broker/methods/SignInMethods.h"

#include "broker/methods/QrCode.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

std::string textOf(const QUrl& url) {
    return url.toEncoded().toStdString(); // the host in ASCII, so that no letter only looks like another
}

Json invitationToWire(const SignInInvitation& invitation) {
    Json out{{"flow", flowWord(invitation.flow)}};
    if (!invitation.authorizationUrl.isEmpty())
        out["authorization_url"] = textOf(invitation.authorizationUrl);
    if (!invitation.device)
        return out;
    const DeviceCode& code = *invitation.device;
    out["user_code"] = code.userCode;
    out["verification_uri"] = textOf(code.verificationUri);
    out["interval"] = code.interval.count();
    const bool complete = !code.verificationUriComplete.isEmpty();
    if (complete)
        out["verification_uri_complete"] = textOf(code.verificationUriComplete);
    const std::vector<std::string> qr =
        qrCode(textOf(complete ? code.verificationUriComplete : code.verificationUri));
    if (!qr.empty())
        out["qr"] = qr;
    return out;
}

} // namespace

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

void SignInMethods::start(const Json& params, const Reply& reply) {
    std::optional<SignInStartParams> start = paramsOrAnswer<SignInStartParams>(params, reply);
    if (!start)
        return;
    SignIn::Wish wish{start->provider.value_or(""), std::move(start->scopes), std::move(start->account),
                      std::move(start->flow), std::move(start->url)};
    desk_.start(std::move(wish), [this, reply](Result<SignInDesk::Started> started) {
        if (!started)
            return reply.error(started.error());
        Json answer = signInToWire(*started->signIn, registry_);
        answer.update(invitationToWire(started->invitation));
        reply.result(answer);
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

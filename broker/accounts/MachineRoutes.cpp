#include "broker/accounts/MachineRoutes.h"

#include "broker/accounts/Renewal.h"
#include "broker/accounts/WorkloadToken.h"
#include "broker/base/Text.h"
#include "broker/oauth/ClientCredentialsFlow.h"

namespace keybearer {

namespace {

MachineGrant::Setup machineSetup(const SignInRoute::Setup& setup) {
    MachineGrant::Setup out = machineGrant(setup.access, setup.scopes, setup.resource);
    setDpop(out, setup.provider);
    return out;
}

class ClientRoute final : public SignInRoute {
public:
    ClientRoute(const Setup& setup, Completion<TokenSet> done)
        : clientId_(setup.access.client.clientId),
          flow_(setup.http, setup.clock, machineSetup(setup), std::move(done)) {}

    void start(Completion<SignInInvitation>) override { flow_.start(); }
    std::optional<Account> knownAccount() const override {
        return Account{clientId_, displaySafe(clientId_)};
    }

private:
    std::string clientId_;
    ClientCredentialsFlow flow_;
};

// An identity provider vouches for the person.
class EnterpriseRoute final : public SignInRoute {
public:
    EnterpriseRoute(const Setup& setup, Completion<TokenSet> done)
        : grant_({*setup.registry, *setup.directory, setup.http, setup.clock, setup.renew},
                 {*setup.access.enterprise, machineSetup(setup), setup.accountHint.value_or(""), {}},
                 std::move(done)) {}

    void start(Completion<SignInInvitation>) override { grant_.start(); }
    std::optional<Account> knownAccount() const override { return grant_.account(); }

private:
    EnterpriseGrant grant_;
};

// The platform vouches for this machine.
class WorkloadRoute final : public SignInRoute {
public:
    WorkloadRoute(const Setup& setup, Completion<TokenSet> done)
        : http_(setup.http), clock_(setup.clock), access_(setup.access), terms_(machineSetup(setup)),
          done_(std::move(done)) {}

    void start(Completion<SignInInvitation> ready) override {
        Result<WorkloadToken> token = readWorkloadToken(access_, clock_.wall());
        if (!token)
            return ready(failure(std::move(token.error())));
        account_ = Account{token->claims.subject, token->claims.label};
        flow_ = std::make_unique<AssertionFlow>(http_, clock_, std::move(terms_), std::move(token->jwt),
                                                std::move(done_));
        flow_->start();
    }
    std::optional<Account> knownAccount() const override { return account_; }

private:
    HttpTransport& http_;
    const Clock& clock_;
    const ServerAccess& access_; // of the SignIn, which outlives its route
    MachineGrant::Setup terms_;
    Completion<TokenSet> done_;
    std::optional<Account> account_;
    std::unique_ptr<AssertionFlow> flow_;
};

} // namespace

std::unique_ptr<SignInRoute> makeMachineRoute(SignInFlow flow, const SignInRoute::Setup& setup,
                                              Completion<TokenSet> done) {
    if (flow == SignInFlow::Enterprise)
        return std::make_unique<EnterpriseRoute>(setup, std::move(done));
    if (flow == SignInFlow::Workload)
        return std::make_unique<WorkloadRoute>(setup, std::move(done));
    return std::make_unique<ClientRoute>(setup, std::move(done));
}

} // namespace keybearer

#pragma once

#include "broker/accounts/EnterpriseGrant.h"
#include "broker/oauth/DeviceCode.h"

namespace keybearer {

// The ways to sign in, by the words of the wire and of config.yaml.
enum class SignInFlow { Browser, Paste, Device, ClientCredentials, Enterprise, Workload };
[[nodiscard]] std::string_view flowWord(SignInFlow flow); // "browser", "client_credentials" ...

// Whether it goes on without anybody: our own client, or somebody else's word for it.
[[nodiscard]] constexpr bool needsNobody(SignInFlow flow) {
    return flow >= SignInFlow::ClientCredentials;
}
[[nodiscard]] CredentialKind kindOf(SignInFlow flow);

// What the person needs to go on. Where nobody is needed nothing: then it comes when all is done.
struct SignInInvitation {
    SignInFlow flow = SignInFlow::Browser;
    QUrl authorizationUrl;            // Browser, Paste
    std::optional<DeviceCode> device; // Device
};

// Which way it goes: the one that was asked for, or with "auto" the provider's first that works with this
// server and this client. PolicyDenied with reason "flow_disabled" when it may not (T-19). Pure.
[[nodiscard]] Result<SignInFlow> chooseFlow(const std::string& asked, const Provider& provider,
                                            const ServerAccess& access, bool deviceFirst = false);

// Where there is no person, there is nobody to be identified and nobody who goes offline.
[[nodiscard]] std::vector<std::string> scopesWithoutAPerson(std::vector<std::string> scopes);

// One way of getting tokens for one sign-in: hides which flow of broker/oauth it is. Owned by the SignIn;
// destroying it cancels it; event loop thread.
class SignInRoute {
public:
    struct Setup {
        const Provider& provider;
        const ServerAccess& access;
        std::vector<std::string> scopes;
        std::optional<std::string> accountHint;
        std::chrono::milliseconds patience; // how long a browser may take
        HttpTransport& http;
        const Clock& clock;
        std::function<void()> onExchanging;    // the person is done; must not destroy the route
        std::optional<std::string> resource{}; // RFC 8707
        // Where an identity provider's sign-in is stored; null: such a flow is not offered.
        AccountRegistry* registry = nullptr;
        ServerDirectory* directory = nullptr;
        RenewSession renew{};
        std::string next{}; // of Browser: where the browser goes on, an address of this machine
    };
    // Never null.
    [[nodiscard]] static std::unique_ptr<SignInRoute> make(SignInFlow flow, Setup setup,
                                                           Completion<TokenSet> done);
    virtual ~SignInRoute() = default;
    Q_DISABLE_COPY_MOVE(SignInRoute)

    // Once. `ready` is called at once or later; if it fails, `done` is not called. A route that invites
    // nobody calls `done` alone.
    virtual void start(Completion<SignInInvitation> ready) = 0;
    // Paste-back. InvalidRequest where nothing is to be pasted.
    [[nodiscard]] virtual Result<void> complete(const std::string& redirectUrl);
    [[nodiscard]] virtual std::string nonce() const { return {}; } // of the ID token; empty: none was sent
    // Who it is, where that is known without asking the server: no person, or one that is vouched for.
    [[nodiscard]] virtual std::optional<Account> knownAccount() const { return std::nullopt; }

protected:
    SignInRoute() = default;
};

} // namespace keybearer

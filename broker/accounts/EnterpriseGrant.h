#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ServerDirectory.h"
#include "broker/oauth/IdJagFlow.h"

namespace keybearer {

// Renews a stored sign-in; joins what is under way. TokenRefresher::refresh, for those that it cannot know.
using RenewSession = std::function<void(const std::string& id, Completion<void> done)>;

// One token of a server that takes an identity provider's word (IdJagFlow), from where the ID token lies: a
// file, or the stored sign-in at that provider, which is renewed first when its ID token is too old. Owned
// and cancelled as all flows are; event loop thread.
//
// Failures: AuthorizationRequired or SignInAgain with detail "provider" when a person has to sign in at the
// identity provider first; NotConfigured for the file and the entry; InvalidParams when several people are
// signed in there and none was named; otherwise as IdJagFlow.
class EnterpriseGrant final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Rooms {
        AccountRegistry& registry;
        ServerDirectory& directory;
        HttpTransport& http;
        const Clock& clock;
        RenewSession renew; // empty: what is too old stays so
    };
    struct Wish {
        ServerAccess::Enterprise source;
        MachineGrant::Setup grant;
        std::string account; // at the identity provider: label or subject; empty: the one there is
        std::string subject; // whom the tokens must be for; empty: whoever it is
    };
    EnterpriseGrant(Rooms rooms, Wish wish, Completion<TokenSet> done);
    Q_DISABLE_COPY_MOVE(EnterpriseGrant)

    void start(); // once
    // Whom the identity provider vouches for; known once tokens are here.
    [[nodiscard]] const std::optional<Account>& account() const { return account_; }

private:
    void fromFile();
    void fromSession();
    void onLoaded(const Result<void>& loaded);
    void onRenewed(const Result<void>& renewed);
    void onProvider(Result<ServerAccess> access);
    [[nodiscard]] Result<void> accept(Secret idToken);
    void exchange(AuthorizationServer server, ClientRegistration client);
    void onTokens(Result<TokenSet> tokens);
    void fail(Error error);
    [[nodiscard]] Error signInAgain(const std::string& what, const std::string& more = {}) const;

    Rooms rooms_;
    Wish wish_;
    Completion<TokenSet> done_;
    std::string sessionId_; // at the identity provider
    Secret idToken_;
    std::optional<Account> account_;
    std::unique_ptr<IdJagFlow> flow_;
};

} // namespace keybearer

#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ResourceDirectory.h"
#include "broker/accounts/SignInRoute.h"

namespace keybearer {

enum class SignInState { Starting, Waiting, Exchanging, SignedIn, Failed, Cancelled };
[[nodiscard]] std::string_view signInWord(SignInState state); // "waiting", "signed_in" ...

// What is being done at the moment, in more words than the state has: for people who watch.
enum class SignInStep { Discovering, Registering, Waiting, Exchanging, Identifying };
[[nodiscard]] std::string_view stepWord(SignInStep step); // "discovering" ...

// One attempt to sign in: open the store, find the server, go the way that was chosen (SignInRoute), learn
// who it is, store, announce. Owned by the SignInDesk; destroying it cancels it. Event loop thread.
class SignIn : public QObject {
    Q_OBJECT
public:
    struct Wish {
        std::string provider;
        std::vector<std::string> scopes; // empty: the provider's usual ones
        std::optional<std::string> accountHint;
        std::string flow = "auto"; // or a word of SignInFlow
        // An issuer's, or the address of an MCP server, instead of a provider; SignInDesk finds whose it is.
        std::optional<std::string> url{};
        // Of an MCP server: SignInDesk sets it. What it demanded, if somebody has asked it already.
        std::optional<McpService> service{};
        ResourceChallenge challenge{};
        // Scopes that were missing (step-up): asked for together with those that the account's session has
        // and those that are usual, so that what was given before is not lost.
        std::vector<std::string> addScopes{};
        // An address of this machine where the browser goes on when it has brought the answer; empty: a page
        // says that it can be closed.
        std::string next{};
        // Where nobody can open a page here: the device code before the browser, if there is a choice.
        // SignInDesk sets it.
        bool deviceFirst = false;
    };
    // `resources` may be null: then no MCP server can be signed in to.
    SignIn(std::string id, Wish wish, const ProviderCatalog& catalog, ServerDirectory& directory,
           AccountRegistry& registry, HttpTransport& http, const Clock& clock,
           ResourceDirectory* resources = nullptr);
    ~SignIn() override;

    // How an identity provider's sign-in is renewed when a flow starts from it; before start().
    void renewWith(RenewSession renew) { renew_ = std::move(renew); }

    // Completes when the person can go on, or, where no person is needed, when all is done.
    void start(Completion<SignInInvitation> ready);
    // Paste-back: the whole URL that the browser was redirected to.
    [[nodiscard]] Result<void> complete(const std::string& redirectUrl);
    void cancel();

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const Wish& wish() const { return wish_; }
    [[nodiscard]] SignInFlow flow() const { return flow_; } // once it has begun
    [[nodiscard]] SignInState state() const { return state_; }
    [[nodiscard]] SignInStep step() const { return step_; }
    // Who is asked for tokens, as sessions are kept under it; empty until that is known.
    [[nodiscard]] std::string issuer() const { return access_ ? access_->issuerKey() : std::string(); }
    [[nodiscard]] bool ended() const { return state_ >= SignInState::SignedIn; }
    [[nodiscard]] const std::string& sessionId() const { return sessionId_; }  // once signed in
    [[nodiscard]] const std::optional<Error>& error() const { return error_; } // once failed
    [[nodiscard]] WallTime expiresAt() const { return expiresAt_; }
    [[nodiscard]] WallTime endedAt() const { return endedAt_; }

Q_SIGNALS:
    void progressed();

private:
    void onStoreOpen(const Result<void>& opened);
    void onRegistering(const std::string& server);
    void findServer();
    void onServer(Result<ServerAccess> access);
    [[nodiscard]] std::vector<std::string> scopesToAsk(const Provider& provider) const;
    void onInvitation(Result<SignInInvitation> invitation);
    void onTokens(Result<TokenSet> tokens);
    void askWho();
    void onIdentity(Result<Identity> identity);
    void adopt(Account account);
    void fail(const Error& error);
    void enter(SignInState state);
    void enterStep(SignInStep step);

    std::string id_;
    Wish wish_;
    const ProviderCatalog& catalog_;
    ServerDirectory& directory_;
    AccountRegistry& registry_;
    HttpTransport& http_;
    const Clock& clock_;
    ResourceDirectory* resources_;
    RenewSession renew_;
    SignInState state_ = SignInState::Starting;
    SignInStep step_ = SignInStep::Discovering;
    Completion<SignInInvitation> ready_;
    std::optional<ServerAccess> access_;
    std::optional<Provider> provider_; // as it was when this began: a reload does not change what runs
    std::vector<std::string> scopes_;
    SignInFlow flow_ = SignInFlow::Browser;
    std::unique_ptr<SignInRoute> route_;
    std::unique_ptr<AsyncFlow> identityFlow_;
    std::optional<TokenSet> tokens_;
    std::string sessionId_;
    std::optional<Error> error_;
    WallTime expiresAt_{};
    WallTime endedAt_{};
};

} // namespace keybearer

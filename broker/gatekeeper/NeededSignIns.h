#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/accounts/SignInDesk.h"
#include "broker/gatekeeper/Exchanges.h"
#include "broker/gatekeeper/TokenNeed.h"

#include <set>

namespace keybearer {

// Whether a sign-in at this entry would go through the client of a configured provider: perhaps no page would
// be shown, so a person has to have agreed to it. Pure.
[[nodiscard]] bool borrowsClient(const ProviderCatalog& catalog, const std::string& name);

// The sign-ins that exchanges need: one at a time for one server and its scopes, however many wait for it;
// one question to the person before a browser opens, and one browser; none that has just failed is begun
// again for the same exchange. They go on when those who waited have given up. Owned by the Gatekeeper; event
// loop thread.
class NeededSignIns : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::seconds failureMemory{60};
    static constexpr std::size_t most = 16; // as many as the SignInDesk takes

    struct Rooms {
        SignInDesk& desk;
        ConsentGate& gate;
        AccountRegistry& registry;
        const ProviderCatalog& catalog;
        const Clock& clock;
        // Finds out how one signs in to the server; completes with an entry of the catalog.
        std::function<void(const McpTarget&, const TokenNeed&, Completion<std::string>)> prepare;
        // Opens the page for the person; false: nobody can, or the address is not to be opened.
        std::function<bool(const SignIn&, const std::string& url)> openPage;
        std::function<bool()> canOpenPages;
    };
    explicit NeededSignIns(Rooms rooms);
    ~NeededSignIns() override;

    // Joins the one that is open, or begins it. Completes with the id of the stored sign-in, later or at
    // once.
    void need(const Exchange& exchange, const TokenNeed& need, const std::vector<std::string>& scopes,
              Completion<std::string> done);
    // What whoever gave up waiting is told: how the person can go on. Of the sign-in that need() joined.
    [[nodiscard]] Error openOne(const Exchange& exchange, const std::vector<std::string>& scopes);
    void exchangeClosed(const Exchange& exchange);
    [[nodiscard]] std::size_t open() const { return open_.size(); }

Q_SIGNALS:
    // A sign-in that an error of this exchange named has ended.
    void ended(const std::string& exchange, const std::string& signIn, const std::string& state);

private:
    struct Waiter {
        std::string exchange;
        Completion<std::string> done;
    };
    struct Open {
        std::string key;
        std::string startedBy; // exchange
        std::uint64_t connection = 0;
        Caller caller;
        McpTarget target;
        std::vector<std::string> scopes;
        std::string provider;
        bool asking = false;
        std::string consent; // id of the permission that the person gave, if it took one
        std::string signIn;  // id, once it was begun
        SignInInvitation invitation;
        bool pageOpened = false;
        std::vector<Waiter> waiters;
        std::set<std::string> named; // exchanges that were told of it
    };
    using Key = std::string;

    void onPrepared(const Key& key, const Result<std::string>& provider);
    void ask(Open& open);
    void begin(const Key& key, const std::string& flow);
    void onStarted(const Key& key, const std::string& flow, Result<SignInDesk::Started> started);
    void onProgressed(const SignIn& signIn);
    void finish(const Key& key, const Result<std::string>& outcome);
    [[nodiscard]] bool needsPerson(const Open& open) const;
    [[nodiscard]] Open* find(const Key& key);

    Rooms rooms_;
    std::map<Key, std::unique_ptr<Open>> open_;
    struct Failed {
        Error error;
        BootTime until{};
    };
    std::map<std::pair<std::string, Key>, Failed> failed_; // by exchange and key
};

} // namespace keybearer

#pragma once

#include "broker/access/ConsentGate.h"
#include "broker/authserver/AuthorizationCodes.h"
#include "broker/authserver/AuthorizationQuery.h"
#include "broker/authserver/LocalClients.h"

#include <QTimer>

#include <functional>
#include <list>
#include <memory>

namespace keybearer {

// The authorizations that are under way: a person is asked in the tray or a terminal, signs in to the server
// behind the service in the same browser if nobody is signed in yet, and the browser, which waits meanwhile,
// goes back to the client with a code. One a client and service; a new one takes the place of the one before.
// Nothing is decided in the browser. Owned by the LocalAuthorizationServer; event loop thread.
class AuthorizationDesk : public QObject {
    Q_OBJECT
public:
    static constexpr std::size_t most = 64;                // open ones
    static constexpr std::chrono::minutes life{10};        // a question, a sign-in, and a slow person
    static constexpr std::chrono::seconds longestWait{20}; // of one request
    static constexpr std::size_t mostWaiters = 8;          // requests that wait for the same one

    struct Rooms {
        LocalServices& services;
        ConsentGate& gate;
        AuthorizationCodes& codes;
        const Clock& clock;
        // A program of another user of this machine may be the one who asks; empty: nobody can tell.
        std::function<bool()> othersAtDoor{};
    };
    struct Counters {
        std::uint64_t begun = 0;
        std::uint64_t granted = 0;
        std::uint64_t refused = 0;
    };
    explicit AuthorizationDesk(Rooms rooms);
    ~AuthorizationDesk() override;

    // The client and its redirect address were checked before. `remarks`: what is to be said of the client.
    void begin(const AsRequest& request, const LocalClient& client, const LocalService& service,
               std::vector<std::string> remarks, const Completion<AsAnswer>& done);
    // The browser looks again.
    void wait(const AsRequest& request, const Completion<AsAnswer>& done);
    // A sign-in that was begun here may have ended.
    void signInProgressed(const std::string& signIn);
    void sweep();
    [[nodiscard]] std::size_t open() const { return transactions_.size(); }
    [[nodiscard]] const Counters& counters() const { return counters_; }

Q_SIGNALS:
    // Nobody will come for it.
    void refused(const std::string& clientId, const std::string& service, const std::string& why);

private:
    struct Transaction;
    using TransactionPtr = std::shared_ptr<Transaction>;
    struct Waiter {
        Completion<AsAnswer> done;
        BootTime due{};
        bool signedIn = false; // it comes from the last page of the sign-in
    };

    [[nodiscard]] TransactionPtr find(const std::string& id) const;
    void askPerson(const TransactionPtr& transaction, const LocalClient& client, const LocalService& service,
                   std::vector<std::string> remarks, Door door);
    void onConsent(const std::string& id, const Result<ReleaseGrant>& grant);
    void onStep(const std::string& id, const Result<LocalServices::Step>& step);
    void settle(Transaction& transaction, const ServiceSession& session);
    void refuse(Transaction& transaction, const Error& error, bool atOnce);
    void answerWaiters(const TransactionPtr& transaction);
    [[nodiscard]] std::optional<AsAnswer> answerOf(Transaction& transaction, bool signedIn);
    [[nodiscard]] AsAnswer backToClient(Transaction& transaction);
    void drop(const std::string& id, const std::string& why);
    void armTimer();
    void onTimer();

    Rooms rooms_;
    std::list<TransactionPtr> transactions_; // oldest first
    QTimer timer_;
    std::uint64_t lastConnection_;
    Counters counters_;
};

} // namespace keybearer

#pragma once

#include "broker/access/Admission.h"
#include "broker/access/RegisteredClient.h"
#include "broker/base/Secret.h"

#include <QObject>
#include <QTimer>

#include <deque>
#include <map>

namespace keybearer {

// The registered clients: makes their keys, knows them again at hello, and takes back what a key gave when it
// is replaced, switched off, removed or over. A key is shown once, when it is made; kept is its hash. Owned
// by the Broker; event loop thread. Never holds a key longer than one call.
class ClientKeys final : public QObject, public Admission::Register {
    Q_OBJECT
public:
    ClientKeys(ClientStore& store, const Clock& clock);

    [[nodiscard]] Result<void> load();

    struct Wish {
        std::string name;
        std::string owner;
        std::string description;
        std::vector<std::string> allowed;
        Role role = Role::Agent;
        std::optional<WallTime> expiresAt;
    };
    struct Issued {
        RegisteredClient client;
        Secret key;
    };
    // InvalidParams for a name that is taken or a time that is past; StoreUnavailable.
    [[nodiscard]] Result<Issued> add(const Wish& wish);
    // A new key; the old one works for `overlap` from now on. `expiresAt`, if given, replaces the expiry.
    [[nodiscard]] Result<Issued> rotate(const std::string& name, std::chrono::seconds overlap,
                                        std::optional<WallTime> expiresAt);
    [[nodiscard]] Result<RegisteredClient> setActive(const std::string& name, bool active);
    [[nodiscard]] Result<RegisteredClient> remove(const std::string& name);

    // By name or id. NotFound with "did_you_mean".
    [[nodiscard]] Result<RegisteredClient> find(const std::string& name) const;
    [[nodiscard]] std::vector<RegisteredClient> all() const; // by name
    [[nodiscard]] bool isExpired(const RegisteredClient& client) const;

    // Use counts and times of the last use; cheap when nothing changed.
    void saveUses();

    [[nodiscard]] Result<bool> recognise(Caller& caller, const Shown& shown) override;
    [[nodiscard]] Result<void> confirm(const Caller& caller) const override;
    void noteUse(const Caller& caller) override;

    struct Counters {
        std::uint64_t admitted = 0;
        std::uint64_t malformed = 0; // no key at all, or one with a typing mistake
        std::uint64_t unknown = 0;
        std::uint64_t disabled = 0;
        std::uint64_t expired = 0;
        std::uint64_t limited = 0; // not looked at: too many bad ones before
    };
    [[nodiscard]] const Counters& counters() const { return counters_; }
    [[nodiscard]] std::size_t size() const { return clients_.size(); }

Q_SIGNALS:
    // What a key gave is no longer good, taken back or over: whatever was prepared with it is void.
    void withdrawn();
    // `why` is the error's name or "malformed"; `client` the name where the key is known.
    void refused(const keybearer::Caller& caller, const std::string& why, const std::string& client);

private:
    struct Entry {
        RegisteredClient client;
        bool unsaved = false;
    };
    struct Failures { // of one process
        BootTime since{};
        int count = 0;
    };
    [[nodiscard]] Entry* entryOf(const std::string& nameOrId);
    [[nodiscard]] Result<Entry*> existing(const std::string& nameOrId);
    [[nodiscard]] Result<Entry*> store(RegisteredClient client);
    [[nodiscard]] std::optional<Error> notGood(const RegisteredClient& client, std::int64_t keyNumber) const;
    [[nodiscard]] Result<bool> refuse(const Caller& caller, const std::string& why, const std::string& client,
                                      Error error);
    [[nodiscard]] std::optional<std::chrono::seconds> pauseFor(const Caller& caller);
    void onTick();
    void armTimer();

    ClientStore& store_;
    const Clock& clock_;
    std::map<std::string, Entry> clients_;                                // by name
    std::map<std::pair<std::int64_t, std::uint64_t>, Failures> failures_; // by process
    Counters counters_;
    QTimer timer_;
    WallTime looked_{}; // up to here every end was told
};

} // namespace keybearer

#pragma once

#include "broker/accounts/CredentialStore.h"
#include "broker/stores/keychain/KeychainJob.h"
#include "broker/stores/keychain/SecretService.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace keybearer {

// Under which name the items of one installation stand in the keychain: "keybearer" for the usual place
// (empty `home`), "keybearer:<8 hex digits>" for another KEYBEARER_HOME, so that the two never share an item.
[[nodiscard]] std::string keychainNamespace(const std::string& home);

// Credentials in the keychain of the operating system: one labelled binary item each, through QtKeychain.
// Owned by the Broker, event loop thread.
//
// Calls run one at a time, in order. Each has the deadline from the moment it starts. A job that overran
// cannot be stopped: until it returns, every call fails at once with the same error. On Linux "not found" and
// "deleted" are passed on only after the Secret Service has confirmed them, and the label is set after the
// write; all of it within the deadline. A label that cannot be set does not fail the write.
class KeychainStore final : public QObject, public CredentialStore {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds defaultDeadline = std::chrono::seconds(5);

    explicit KeychainStore(const std::string& ns, std::chrono::milliseconds deadline = defaultDeadline);
    ~KeychainStore() override;

    void write(std::string id, ItemTag tag, Secret value, Completion<void> done) override;
    void read(std::string id, Completion<Secret> done) override;
    void erase(std::string id, Completion<void> done) override;
    [[nodiscard]] Health health() const override { return health_; }

private:
    enum class Kind { Write, Read, Erase };
    struct Call {
        Kind kind = Kind::Read;
        QString key;
        QString label;
        SealedSecret value;
        Completion<Secret> done;
    };

    void enqueue(Call call);
    void wake();
    void pump();
    void connectBus();
    void startJob();
    void onAnswer(KeychainAnswer answer);
    void confirm(KeychainAnswer answer);
    void onConfirmed(const std::string& words, KeychainAnswer::Outcome outcome, const ItemFinding& finding);
    void relabel(const QStringList& paths);
    void onPatienceEnds();
    void onDeadline();
    [[nodiscard]] std::chrono::milliseconds remaining() const;
    [[nodiscard]] QString keyOf(const std::string& id) const;
    void finish(Result<Secret> result);
    void noteHealth(const Error* error);

    const QString service_;
    const std::chrono::milliseconds deadline_;
    std::deque<Call> waiting_;
    std::optional<Call> current_;
    std::unique_ptr<KeychainJob> job_;     // of current_, while it runs
    std::unique_ptr<KeychainJob> overrun_; // a job whose call has failed; still runs
    Error overrunError_;
    bool serviceLives_ = false; // the Secret Service answered while the job hung
    bool repeated_ = false;     // the job of current_ has failed once, and runs for the second time
    bool volatile_ = false; // the last item written lies where it will not outlive the session of the desktop
    bool written_ = false;  // the value is in the keychain; only its label is not set yet
    // QtDBus must be connected before the first job, because both are needed to judge one.
    enum class Bus { Untried, Connecting, Tried } bus_ = Bus::Untried;
    bool busLossHandled_ = false;
    bool pumping_ = false;
    SecretService secretService_;
    QTimer patienceTimer_;
    QTimer deadlineTimer_;
    Health health_;
};

// The store as the Broker wants it: a KeychainStore, and on Windows, whose items hold no more than 2560
// bytes, a PartedStore around it.
[[nodiscard]] std::unique_ptr<CredentialStore>
makeKeychainStore(std::string ns, std::chrono::milliseconds deadline = KeychainStore::defaultDeadline);

} // namespace keybearer

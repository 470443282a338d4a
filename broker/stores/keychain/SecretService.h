#pragma once

#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

class QDBusPendingCall;

namespace keybearer {

// What the Secret Service (org.freedesktop.Secret.Service, SearchItems) knows of one item.
struct ItemFinding {
    enum class Presence {
        Absent,    // the service answered, and has no such item
        Unlocked,  // there, and readable
        Locked,    // at least one such item is there and locked
        NoService, // nobody on the bus offers the service, or there is no bus
        NoAnswer,  // the service did not answer in time
    };
    Presence presence = Presence::NoAnswer;
    QStringList unlocked; // object paths
};

// The questions that QtKeychain cannot ask, put to the Secret Service over D-Bus. Never prompts. One question
// at a time; a new one or cancel() drops the one before, whose completion then is not called. Owned by the
// KeychainStore, event loop thread.
class SecretService final : public QObject {
    Q_OBJECT

public:
    // False where QtKeychain does not use the Secret Service (macOS, Windows): then nothing here is to be
    // called.
    static bool existsHere();
    // Whether QtKeychain may have chosen KWallet instead, by the same signs that it goes by.
    static bool walletPossible();
    // Connects QtDBus to the session bus, which may take as long as the bus likes, off this thread. Once it
    // has completed (at once, if it did before), busReachable() says how it ended, and never waits.
    void connectBus(std::function<void()> done);
    static bool busReachable();
    // GIO ends the process with SIGTERM when the session bus closes, once libsecret has used it. Not this
    // process.
    static void surviveBusLoss();

    // libsecret keeps its encrypted session with the service for ever, also when the service has been
    // restarted and knows nothing of it. This makes it begin anew with the next job.
    static void forgetSession();

    // What is below needs a reachable bus: without one QtDBus never answers.

    void find(const QString& service, const QString& key, std::chrono::milliseconds patience,
              std::function<void(ItemFinding)> done);
    // Sets the name under which a keyring application lists the items. Completes whether it worked or not.
    void relabel(const QStringList& paths, const QString& label, std::chrono::milliseconds patience,
                 std::function<void()> done);
    void cancel();

private:
    void watch(const QDBusPendingCall& call, std::function<void(const QDBusPendingCall&)> done);
};

} // namespace keybearer

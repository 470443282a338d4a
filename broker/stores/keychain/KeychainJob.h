#pragma once

#include "broker/base/Secret.h"

#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <string>

namespace QKeychain {
class Job;
}

namespace keybearer {

// How a QtKeychain job ended, in its own view.
struct KeychainAnswer {
    enum class Outcome {
        Done,
        NotFound, // not to be believed without SecretService::find()
        Locked,   // the collection is locked, or the person refused
        Failed,
    };
    Outcome outcome = Outcome::Failed;
    Secret value;      // of a read
    std::string words; // the keychain's own, safe to display
};

// One QtKeychain job. QtKeychain can neither cancel a job nor survive the destruction of a running one (a C
// callback keeps a pointer to it), so the job belongs to itself: destroying this object only stops listening.
// Owned by the KeychainStore, event loop thread; answers once, from the event loop, and has no deadline.
class KeychainJob final : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(KeychainAnswer)>;

    static std::unique_ptr<KeychainJob> write(const QString& service, const QString& key, Secret value,
                                              Done done);
    static std::unique_ptr<KeychainJob> read(const QString& service, const QString& key, Done done);
    static std::unique_ptr<KeychainJob> erase(const QString& service, const QString& key, Done done);

private:
    explicit KeychainJob(Done done) : done_(std::move(done)) {}
    void start(QKeychain::Job* job, const QString& key);
    void onFinished(QKeychain::Job* job);

    Done done_;
};

} // namespace keybearer

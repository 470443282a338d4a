#include "broker/stores/keychain/KeychainJob.h"

#include "broker/base/Text.h"

#include <QByteArray>

#include <qt6keychain/keychain.h>
#include <sodium.h>

#include <utility>

namespace keybearer {

namespace {

// QtKeychain shares the buffer with us, so this clears its copy as well. (The base64 text that it makes on
// the way is out of reach.)
void wipeShared(const QByteArray& bytes) {
    sodium_memzero(const_cast<char*>(bytes.constData()), static_cast<std::size_t>(bytes.size()));
}

KeychainAnswer::Outcome outcomeOf(QKeychain::Error error) {
    switch (error) {
    case QKeychain::NoError:
        return KeychainAnswer::Outcome::Done;
    case QKeychain::EntryNotFound:
        return KeychainAnswer::Outcome::NotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return KeychainAnswer::Outcome::Locked;
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        break;
    }
    return KeychainAnswer::Outcome::Failed;
}

} // namespace

std::unique_ptr<KeychainJob> KeychainJob::write(const QString& service, const QString& key, Secret value,
                                                Done done) {
    std::unique_ptr<KeychainJob> self(new KeychainJob(std::move(done)));
    auto* job = new QKeychain::WritePasswordJob(service);
    // The job reads straight from the secret's own memory, which lives as long as the job does.
    auto held = std::make_shared<Secret>(std::move(value));
    const std::string_view bytes = held->reveal();
    // Binary always: the same key written as text and as binary is two items, and the older one is read.
    job->setBinaryData(QByteArray::fromRawData(bytes.data(), static_cast<qsizetype>(bytes.size())));
    connect(job, &QObject::destroyed, job, [held] { held->clear(); });
    self->start(job, key);
    return self;
}

std::unique_ptr<KeychainJob> KeychainJob::read(const QString& service, const QString& key, Done done) {
    std::unique_ptr<KeychainJob> self(new KeychainJob(std::move(done)));
    self->start(new QKeychain::ReadPasswordJob(service), key);
    return self;
}

std::unique_ptr<KeychainJob> KeychainJob::erase(const QString& service, const QString& key, Done done) {
    std::unique_ptr<KeychainJob> self(new KeychainJob(std::move(done)));
    self->start(new QKeychain::DeletePasswordJob(service), key);
    return self;
}

void KeychainJob::start(QKeychain::Job* job, const QString& key) {
    job->setAutoDelete(true);
    job->setInsecureFallback(false);
    job->setKey(key);
    connect(job, &QKeychain::Job::finished, this, &KeychainJob::onFinished);
    job->start();
}

void KeychainJob::onFinished(QKeychain::Job* job) {
    KeychainAnswer answer;
    answer.outcome = outcomeOf(job->error());
    answer.words = displaySafe(job->errorString().toStdString());
    if (const auto* reading = qobject_cast<QKeychain::ReadPasswordJob*>(job)) {
        const QByteArray bytes = reading->binaryData();
        answer.value = Secret::copyOf({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        wipeShared(bytes);
    }
    const Done done = std::move(done_);
    done(std::move(answer)); // may destroy this
}

} // namespace keybearer

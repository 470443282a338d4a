#include "app/tray/actions/StoreLock.h"

#include "app/tray/look/Wording.h"
#include "broker/base/Secret.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {
constexpr std::chrono::seconds unlockDeadline{60}; // Argon2id on a slow machine
} // namespace

StoreLock::~StoreLock() {
    delete dialog_;
}

void StoreLock::tellFailure(const QString& title, const Error& error) {
    Q_EMIT noticed({Notice::Kind::Problem, title, failureWords(error)});
}

void StoreLock::unlock() {
    if (dialog_)
        return dialog_->present();
    client_.call("store.status", NoParams().toJson(), this, [this](const Result<Json>& status) {
        if (!status)
            return tellFailure(tr("The store could not be looked at"), status.error());
        onStatus(*status);
    });
}

void StoreLock::onStatus(const Json& status) {
    const auto key = status.find("key");
    if (key == status.end() || stringAt(*key, "kind") != "passphrase")
        return send({}); // its key comes by itself
    if (dialog_)
        return dialog_->present();
    dialog_ = new UnlockDialog(booleanAt(status, "new").value_or(false));
    connect(dialog_, &UnlockDialog::given, this,
            [this](const QString& passphrase) { send(passphrase.toStdString()); });
    dialog_->present();
}

void StoreLock::send(std::string passphrase) {
    StoreUnlockParams params;
    if (!passphrase.empty())
        params.passphrase = std::move(passphrase);
    Json wire = params.toJson();
    client_.call(
        "store.unlock", wire, this, [this](const Result<Json>& unlocked) { onAnswer(unlocked); },
        unlockDeadline);
    wipeJson(wire);
    if (params.passphrase)
        wipe(*params.passphrase);
}

void StoreLock::onAnswer(const Result<Json>& unlocked) {
    if (!unlocked && dialog_)
        return dialog_->refuse(whatHappened(unlocked.error()));
    if (!unlocked)
        return tellFailure(tr("The store could not be unlocked"), unlocked.error());
    if (dialog_)
        dialog_->accept();
    Q_EMIT noticed({Notice::Kind::News, tr("Unlocked"), tr("Programs get their tokens again.")});
}

void StoreLock::lock() {
    client_.call("store.lock", NoParams().toJson(), this, [this](const Result<Json>& locked) {
        if (!locked)
            return tellFailure(tr("The store could not be locked"), locked.error());
        Q_EMIT noticed(
            {Notice::Kind::News, tr("Locked"), tr("No program gets a token until you unlock it.")});
    });
}

} // namespace keybearer

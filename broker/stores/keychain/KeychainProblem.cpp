#include "broker/stores/keychain/KeychainProblem.h"

#include <QAbstractEventDispatcher>
#include <QFileInfo>
#include <QLibrary>

namespace keybearer {

namespace {

const char* const orMemory = " or set store.backend to memory (credentials then last until Keybearer stops).";

bool libsecretPresent() {
    // The two names that the loader of QtKeychain may try: with the version of the ABI, and the developer's
    // link.
    QLibrary versioned(QStringLiteral("secret-1"), 0);
    QLibrary plain(QStringLiteral("secret-1"));
    return versioned.load() || plain.load();
}

bool busNamed() {
    if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS"))
        return true;
    const QString directory = qEnvironmentVariable("XDG_RUNTIME_DIR");
    return !directory.isEmpty() && QFileInfo::exists(directory + QStringLiteral("/bus"));
}

Error noService() {
    return {ErrorCode::StoreUnavailable, "no keyring service runs in this session",
            std::string("Install and start gnome-keyring, KWallet or KeePassXC,") + orMemory};
}

} // namespace

std::optional<Error> missingForKeychain() {
    if (!SecretService::existsHere() || SecretService::walletPossible())
        return std::nullopt;
    // libsecret answers through GLib's main context. Without it a job would never finish.
    const QAbstractEventDispatcher* dispatcher = QAbstractEventDispatcher::instance();
    if (dispatcher == nullptr || !dispatcher->inherits("QEventDispatcherGlib"))
        return Error(ErrorCode::StoreUnavailable, "the event loop runs without GLib, which the keyring needs",
                     "Unset QT_NO_GLIB in the environment of Keybearer and start it again.");
    if (!busNamed())
        return Error(ErrorCode::StoreUnavailable, "there is no session bus, so no keyring can be reached",
                     std::string("Start Keybearer from your desktop session, or under dbus-run-session,") +
                         orMemory);
    return std::nullopt;
}

Error keychainLocked() {
    return {ErrorCode::StoreLocked, "the keyring is locked",
            "Unlock your login keyring (for example in Passwords and Keys), then try again."};
}

Error keychainWaits() {
    return {ErrorCode::StoreLocked, "the keyring is waiting to be unlocked",
            "Answer the password prompt of your keyring, then try again."};
}

Error keychainSilent() {
    return {ErrorCode::StoreUnavailable, "the keyring does not answer",
            "Restart the keyring service (for example: systemctl --user restart gnome-keyring-daemon), or "
            "log out "
            "and in again."};
}

Error sessionBusSilent() {
    return {ErrorCode::StoreUnavailable, "the session bus does not answer",
            "Log out and in again, then start Keybearer from your desktop session."};
}

Error keychainVolatile() {
    return {
        ErrorCode::StoreUnavailable, "the keyring keeps what is written only until you log out",
        std::string("Create a keyring that lasts and make it the default one (for example in Passwords and "
                    "Keys), choose store: {backend: file},") +
            orMemory};
}

Error keychainFailed(const std::string& words, std::optional<ItemFinding::Presence> finding) {
    if (SecretService::existsHere()) {
        if (!SecretService::walletPossible() && !libsecretPresent())
            return {ErrorCode::StoreUnavailable,
                    "libsecret is not installed, and the keyring is reached through it",
                    "Install it (Debian: apt-get install libsecret-1-0), then start Keybearer again."};
        if (!SecretService::busReachable())
            return {ErrorCode::StoreUnavailable, "the session bus cannot be reached: " + words,
                    "Check DBUS_SESSION_BUS_ADDRESS, or start Keybearer again from your desktop session."};
    }
    if (finding == ItemFinding::Presence::Locked)
        return keychainLocked();
    if (finding == ItemFinding::Presence::NoService)
        return noService();
    if (finding == ItemFinding::Presence::NoAnswer)
        return keychainSilent();
    // What gnome-keyring and libsecret say when the alias `default` points to nothing.
    if (finding == ItemFinding::Presence::Absent && words.find("does not exist") != std::string::npos)
        return {ErrorCode::StoreUnavailable,
                "there is no default keyring, so nothing can be written: " + words,
                "Create one and make it the default (for example in Passwords and Keys), or choose store: "
                "{backend: file}."};
    return {ErrorCode::StoreUnavailable, "the keyring refused: " + words,
            "Check in your keyring application (for example Passwords and Keys) that there is a default "
            "keyring and "
            "that it is unlocked."};
}

} // namespace keybearer

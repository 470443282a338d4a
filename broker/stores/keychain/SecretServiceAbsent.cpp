// Where the system's keychain is not a Secret Service (macOS, Windows).
#include "broker/stores/keychain/SecretService.h"

namespace keybearer {

bool SecretService::existsHere() {
    return false;
}
bool SecretService::walletPossible() {
    return false;
}
void SecretService::connectBus(std::function<void()>) {}
bool SecretService::busReachable() {
    return false;
}
void SecretService::surviveBusLoss() {}
void SecretService::forgetSession() {}
void SecretService::find(const QString&, const QString&, std::chrono::milliseconds,
                         std::function<void(ItemFinding)>) {}
void SecretService::relabel(const QStringList&, const QString&, std::chrono::milliseconds,
                            std::function<void()>) {}
void SecretService::cancel() {}

} // namespace keybearer

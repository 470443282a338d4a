#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ServerDirectory.h"

namespace keybearer {

// Ends one stored sign-in: revokes the refresh token, then the access token, at the provider (RFC 7009), then
// erases it here, also when the provider could not be told (SEC-C-36). Owned by whoever started it; event
// loop thread.
class SessionRevocation : public QObject {
    Q_OBJECT
public:
    struct Outcome {
        bool revokedAtProvider = false;
        std::string problem; // why the provider was not told, or why the store would not erase
        std::optional<Error>
            stays; // its record could not be taken off the disk, so the session is still here
    };
    SessionRevocation(AccountRegistry& registry, ServerDirectory& directory, HttpTransport& http,
                      std::string id, bool localOnly, Completion<Outcome> done);
    ~SessionRevocation() override;
    void start();

private:
    void onLoaded(const Result<void>& loaded);
    void onServer(Result<ServerAccess> access);
    void onRefreshTokenRevoked(const Result<void>& revoked);
    void onAccessTokenRevoked(const Result<void>& revoked);
    void revoke(Secret token, const char* hint, void (SessionRevocation::*next)(const Result<void>&));
    void erase();
    void stay(const Error& why);

    AccountRegistry& registry_;
    ServerDirectory& directory_;
    HttpTransport& http_;
    std::string id_;
    bool localOnly_;
    Completion<Outcome> done_;
    Outcome outcome_;
    std::optional<ServerAccess> access_;
    std::optional<CredentialSecrets> secrets_;
    std::unique_ptr<AsyncFlow> request_;
};

} // namespace keybearer

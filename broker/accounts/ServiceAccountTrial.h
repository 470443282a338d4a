#pragma once

#include "broker/accounts/AccountRegistry.h"
#include "broker/accounts/ServerDirectory.h"

namespace keybearer {

// A service account on its way in: its key file is read, tried with one real token request, and stored only
// if that worked. Owned by whoever adds it; destroying it cancels it; event loop thread.
//
// Failures: those of ServiceAccountKey::parse, of the store, of ServerDirectory, and of TokenResponse.h; when
// the server refuses the key, ProviderError with an action that says so. Nothing is stored then.
class ServiceAccountTrial : public QObject {
    Q_OBJECT
public:
    struct Wish {
        std::string provider;
        Secret keyFile;
        std::string subject;             // whom it acts for; empty: itself
        std::vector<std::string> scopes; // empty: the provider's usual ones, but for those about a person
        std::string name;                // empty: whom the key names
    };
    struct Rooms {
        const ProviderCatalog& catalog;
        ServerDirectory& directory;
        AccountRegistry& registry;
        HttpTransport& http;
        const Clock& clock;
    };
    // Completes with the id of the stored session.
    ServiceAccountTrial(Rooms rooms, Wish wish, Completion<std::string> done);

    void start(); // once

private:
    void onStoreOpen(const Result<void>& opened);
    void onServer(Result<ServerAccess> access);
    void onTokens(Result<TokenSet> tokens);
    void finish(Result<std::string> result);

    Rooms rooms_;
    Wish wish_;
    Completion<std::string> done_;
    std::shared_ptr<const class ServiceAccountKey> key_;
    std::optional<ServerAccess> access_;
    std::unique_ptr<AsyncFlow> flow_;
};

} // namespace keybearer

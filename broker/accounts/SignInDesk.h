#pragma once

#include "broker/accounts/SignIn.h"

namespace keybearer {

// The sign-ins that are under way or ended lately, by id. Owned by the Broker; event loop thread.
class SignInDesk : public QObject {
    Q_OBJECT
public:
    SignInDesk(const ProviderCatalog& catalog, ServerDirectory& directory, AccountRegistry& registry,
               HttpTransport& http, const Clock& clock, ResourceDirectory* resources = nullptr);
    ~SignInDesk() override;
    void renewWith(RenewSession renew) { renew_ = std::move(renew); } // as in SignIn, once after making it

    // RateLimited when too many are open, InvalidParams for an address that may not be spoken to. Completes
    // with the started sign-in once the person can go on, or with the ended one where no person is needed.
    struct Started {
        const SignIn* signIn;
        SignInInvitation invitation;
    };
    void start(SignIn::Wish wish, Completion<Started> done);
    // Of sign-ins from now on that leave the way open (signin.browser).
    void setDeviceFirst(bool first) { deviceFirst_ = first; }
    // NotFound for an id that is unknown or long over.
    [[nodiscard]] Result<SignIn*> find(const std::string& id);
    [[nodiscard]] std::size_t open() const;

Q_SIGNALS:
    void progressed(const keybearer::SignIn& signIn);

private:
    [[nodiscard]] Result<void> place(SignIn::Wish& wish) const;
    void sweep();

    const ProviderCatalog& catalog_;
    ServerDirectory& directory_;
    AccountRegistry& registry_;
    HttpTransport& http_;
    const Clock& clock_;
    ResourceDirectory* resources_;
    RenewSession renew_;
    bool deviceFirst_ = false;
    std::map<std::string, std::unique_ptr<SignIn>> signIns_;
};

} // namespace keybearer

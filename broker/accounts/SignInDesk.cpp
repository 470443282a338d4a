#include "broker/accounts/SignInDesk.h"

#include "broker/base/Random.h"
#include "broker/base/Text.h"

#include <algorithm>

namespace keybearer {

namespace {
constexpr std::size_t mostOpen = 16; // each holds a listening port
constexpr std::chrono::minutes remembered{10};
} // namespace

SignInDesk::SignInDesk(const ProviderCatalog& catalog, ServerDirectory& directory, AccountRegistry& registry,
                       HttpTransport& http, const Clock& clock)
    : catalog_(catalog), directory_(directory), registry_(registry), http_(http), clock_(clock) {}

SignInDesk::~SignInDesk() = default;

Result<std::string> SignInDesk::providerOf(const SignIn::Wish& wish) const {
    if (!wish.url)
        return wish.provider;
    if (const Provider* provider = catalog_.findByIssuer(*wish.url))
        return provider->name;
    return failure(ErrorCode::NotFound, "no provider has the issuer " + displaySafe(*wish.url),
                   "Add it to config.yaml: providers: {NAME: {issuer: URL, client_id: ID}}");
}

void SignInDesk::start(SignIn::Wish wish, Completion<Started> done) {
    sweep();
    const Result<std::string> provider = providerOf(wish);
    if (!provider)
        return done(failure(provider.error()));
    wish.provider = *provider;
    if (open() >= mostOpen)
        return done(failure(
            Error(ErrorCode::RateLimited, "too many sign-ins are open", "Finish or cancel one of them.")
                .retry(std::chrono::seconds(60))));
    const std::string id = "i_" + randomToken(9);
    auto signIn =
        std::make_unique<SignIn>(id, std::move(wish), catalog_, directory_, registry_, http_, clock_);
    SignIn* started = signIn.get();
    started->renewWith(renew_);
    signIns_[id] = std::move(signIn);
    connect(started, &SignIn::progressed, this, [this, started] { Q_EMIT progressed(*started); });
    started->start([started, done = std::move(done)](Result<SignInInvitation> invitation) {
        if (!invitation)
            return done(tl::unexpected(invitation.error()));
        done(Started{started, std::move(*invitation)});
    });
}

Result<SignIn*> SignInDesk::find(const std::string& id) {
    const auto found = signIns_.find(id);
    if (found == signIns_.end())
        return failure(ErrorCode::NotFound, "there is no such sign-in",
                       "Start one with: keybearer login PROVIDER");
    return found->second.get();
}

std::size_t SignInDesk::open() const {
    return static_cast<std::size_t>(std::count_if(signIns_.begin(), signIns_.end(),
                                                  [](const auto& entry) { return !entry.second->ended(); }));
}

void SignInDesk::sweep() {
    std::erase_if(signIns_, [this](const auto& entry) {
        return entry.second->ended() && clock_.wall() - entry.second->endedAt() > remembered;
    });
}

} // namespace keybearer

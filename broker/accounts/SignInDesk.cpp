#include "broker/accounts/SignInDesk.h"

#include "broker/base/Random.h"

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

void SignInDesk::start(const SignIn::Wish& wish, Completion<Started> done) {
    sweep();
    if (open() >= mostOpen)
        return done(failure(
            Error(ErrorCode::RateLimited, "too many sign-ins are open", "Finish or cancel one of them.")
                .retry(std::chrono::seconds(60))));
    const std::string id = "i_" + randomToken(9);
    auto signIn = std::make_unique<SignIn>(id, wish, catalog_, directory_, registry_, http_, clock_);
    SignIn* started = signIn.get();
    signIns_[id] = std::move(signIn);
    connect(started, &SignIn::progressed, this, [this, started] { Q_EMIT progressed(*started); });
    started->start([started, done = std::move(done)](Result<QUrl> url) {
        if (!url)
            return done(tl::unexpected(url.error()));
        done(Started{started, *url});
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

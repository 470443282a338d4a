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
                       HttpTransport& http, const Clock& clock, ResourceDirectory* resources)
    : catalog_(catalog), directory_(directory), registry_(registry), http_(http), clock_(clock),
      resources_(resources) {}

SignInDesk::~SignInDesk() = default;

// Where it is to be signed in to: a provider, or an MCP server. A word that is both means the provider if
// that can be signed in to.
Result<void> SignInDesk::place(SignIn::Wish& wish) const {
    std::optional<McpService> service = std::move(wish.service);
    if (!service && wish.url) {
        if (const Provider* provider = catalog_.findByIssuer(*wish.url)) {
            wish.provider = provider->name;
            return {};
        }
        if (resources_ == nullptr)
            return failure(ErrorCode::NotFound, "no provider has the issuer " + displaySafe(*wish.url),
                           "Add it to config.yaml: providers: {NAME: {issuer: URL, client_id: ID}}");
        Result<McpService> found = resources_->find(*wish.url);
        if (!found)
            return failure(std::move(found.error()));
        service = std::move(*found);
    }
    const Provider* provider = catalog_.find(wish.provider);
    const bool ready = provider != nullptr && !provider->resource && !provider->clientId.empty();
    if (!service && !ready && resources_ != nullptr)
        service = resources_->known(wish.provider);
    if (service) {
        wish.provider = service->provider;
        wish.service = std::move(service);
    }
    return {};
}

void SignInDesk::start(SignIn::Wish wish, Completion<Started> done) {
    sweep();
    if (Result<void> placed = place(wish); !placed)
        return done(failure(std::move(placed.error())));
    if (open() >= mostOpen)
        return done(failure(
            Error(ErrorCode::RateLimited, "too many sign-ins are open", "Finish or cancel one of them.")
                .retry(std::chrono::seconds(60))));
    wish.deviceFirst = deviceFirst_;
    const std::string id = "i_" + randomToken(9);
    auto signIn = std::make_unique<SignIn>(id, std::move(wish), catalog_, directory_, registry_, http_,
                                           clock_, resources_);
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

#include "broker/access/ClientKeys.h"

#include "broker/access/ClientKey.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostClients = 1000;       // each is looked at when a key is shown
constexpr int toleratedFailures = 10;           // bad keys of one process ...
constexpr std::chrono::seconds failureSpan{60}; // ... in this time; then it waits for the rest of it
constexpr std::size_t mostFailing = 256;        // processes that are remembered for it
constexpr std::chrono::minutes longestLook{1};  // between two looks at what has ended; clocks are set

Error noSuchClient(const std::string& name, const std::vector<std::string>& names) {
    Error error(ErrorCode::NotFound, "there is no client " + displaySafe(name, 64),
                "See them with: keybearer client list");
    if (const std::string meant = nearest(name, names); !meant.empty())
        error.details.emplace_back("did_you_mean", meant);
    return error;
}

Result<void> checkExpiry(const std::optional<WallTime>& expiresAt, WallTime now) {
    if (!expiresAt || *expiresAt > now)
        return {};
    return failure(Error(ErrorCode::InvalidParams, "expires_at: lies in the past",
                         "Give a time to come, or leave it out for a key that does not expire.")
                       .with("parameter", std::string("expires_at")));
}

std::optional<WallTime> earlier(std::optional<WallTime> left, const std::optional<WallTime>& right) {
    return !left ? right : !right ? left : std::min(*left, *right);
}

} // namespace

ClientKeys::ClientKeys(ClientStore& store, const Clock& clock)
    : store_(store), clock_(clock), looked_(clock.wall()) {
    timer_.setSingleShot(true);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &ClientKeys::onTick);
}

Result<void> ClientKeys::load() {
    Result<std::vector<RegisteredClient>> stored = store_.loadClients();
    if (!stored)
        return tl::unexpected(stored.error());
    for (RegisteredClient& client : *stored)
        clients_[client.name] = Entry{client, false};
    armTimer();
    return {};
}

// --- making and changing them ---

Result<ClientKeys::Issued> ClientKeys::add(const Wish& wish) {
    if (clients_.contains(wish.name))
        return failure(Error(ErrorCode::InvalidParams,
                             "there is a client " + displaySafe(wish.name, 64) + " already",
                             "Give it a new key with: keybearer client rotate " + displaySafe(wish.name, 64))
                           .with("parameter", std::string("name")));
    if (clients_.size() >= mostClients)
        return failure(ErrorCode::InvalidParams,
                       "there are " + std::to_string(mostClients) + " clients already",
                       "Remove some that are not used: keybearer client list");
    if (auto future = checkExpiry(wish.expiresAt, clock_.wall()); !future)
        return tl::unexpected(future.error());
    Secret key = newClientKey();
    RegisteredClient client;
    client.id = "k_" + randomToken(9);
    client.name = wish.name;
    client.owner = wish.owner;
    client.description = wish.description;
    client.allowed = wish.allowed;
    client.role = wish.role;
    client.expiresAt = wish.expiresAt;
    client.createdAt = clock_.wall();
    client.keyHash = clientKeyHash(key.reveal());
    client.keyEnds = key.reveal().substr(clientKeyLength - 4);
    if (auto stored = store(client); !stored)
        return tl::unexpected(stored.error());
    return Issued{std::move(client), std::move(key)};
}

Result<ClientKeys::Issued> ClientKeys::rotate(const std::string& name, std::chrono::seconds overlap,
                                              std::optional<WallTime> expiresAt) {
    const Result<Entry*> entry = existing(name);
    if (!entry)
        return tl::unexpected(entry.error());
    if (auto future = checkExpiry(expiresAt, clock_.wall()); !future)
        return tl::unexpected(future.error());
    Secret key = newClientKey();
    RegisteredClient client = (*entry)->client;
    client.oldKeyHash = client.keyHash;
    client.oldKeyUntil = clock_.wall() + overlap;
    client.keyHash = clientKeyHash(key.reveal());
    client.keyEnds = key.reveal().substr(clientKeyLength - 4);
    ++client.keyNumber;
    client.rotatedAt = clock_.wall();
    if (expiresAt)
        client.expiresAt = expiresAt;
    if (auto stored = store(client); !stored)
        return tl::unexpected(stored.error());
    Q_EMIT withdrawn();
    return Issued{std::move(client), std::move(key)};
}

Result<RegisteredClient> ClientKeys::setActive(const std::string& name, bool active) {
    const Result<Entry*> entry = existing(name);
    if (!entry)
        return tl::unexpected(entry.error());
    RegisteredClient client = (*entry)->client;
    client.active = active;
    if (auto stored = store(client); !stored)
        return tl::unexpected(stored.error());
    Q_EMIT withdrawn();
    return client;
}

Result<RegisteredClient> ClientKeys::remove(const std::string& name) {
    const Result<Entry*> entry = existing(name);
    if (!entry)
        return tl::unexpected(entry.error());
    RegisteredClient client = (*entry)->client;
    if (auto removed = store_.removeClient(client.id); !removed)
        return tl::unexpected(removed.error());
    clients_.erase(client.name);
    Q_EMIT withdrawn();
    return client;
}

Result<ClientKeys::Entry*> ClientKeys::store(RegisteredClient client) {
    if (auto put = store_.putClient(client); !put)
        return tl::unexpected(put.error());
    Entry& entry = clients_[client.name];
    entry = Entry{std::move(client), false};
    armTimer();
    return &entry;
}

// Callers remember when their key ends as of their hello; a rotation may have moved that since.
void ClientKeys::onTick() {
    const WallTime now = clock_.wall();
    const auto ended = [&](const std::optional<WallTime>& end) {
        return end && *end > looked_ && *end <= now;
    };
    const bool any = std::any_of(clients_.begin(), clients_.end(), [&](const auto& named) {
        return ended(named.second.client.expiresAt) || ended(named.second.client.oldKeyUntil);
    });
    looked_ = now;
    armTimer();
    if (any)
        Q_EMIT withdrawn();
}

void ClientKeys::armTimer() {
    std::optional<WallTime> next;
    for (const auto& [name, entry] : clients_) {
        for (const std::optional<WallTime>& end : {entry.client.expiresAt, entry.client.oldKeyUntil}) {
            if (end && *end > looked_)
                next = std::min(next.value_or(*end), *end);
        }
    }
    if (!next)
        return timer_.stop();
    timer_.start(std::clamp<std::chrono::milliseconds>(
        std::chrono::ceil<std::chrono::milliseconds>(*next - clock_.wall()), std::chrono::milliseconds(0),
        longestLook));
}

// --- finding them ---

ClientKeys::Entry* ClientKeys::entryOf(const std::string& nameOrId) {
    const auto named = clients_.find(nameOrId);
    if (named != clients_.end())
        return &named->second;
    for (auto& [name, entry] : clients_) {
        if (entry.client.id == nameOrId)
            return &entry;
    }
    return nullptr;
}

Result<ClientKeys::Entry*> ClientKeys::existing(const std::string& nameOrId) {
    if (Entry* entry = entryOf(nameOrId))
        return entry;
    std::vector<std::string> names;
    for (const auto& [name, entry] : clients_)
        names.push_back(name);
    return failure(noSuchClient(nameOrId, names));
}

Result<RegisteredClient> ClientKeys::find(const std::string& name) const {
    const auto named = clients_.find(name);
    if (named != clients_.end())
        return named->second.client;
    std::vector<std::string> names;
    for (const auto& [key, entry] : clients_) {
        if (entry.client.id == name)
            return entry.client;
        names.push_back(key);
    }
    return failure(noSuchClient(name, names));
}

std::vector<RegisteredClient> ClientKeys::all() const {
    std::vector<RegisteredClient> out;
    for (const auto& [name, entry] : clients_)
        out.push_back(entry.client);
    return out;
}

bool ClientKeys::isExpired(const RegisteredClient& client) const {
    return client.expiresAt && *client.expiresAt <= clock_.wall();
}

// --- knowing them again ---

Result<bool> ClientKeys::recognise(Caller& caller, const Shown& shown) {
    if (shown.clientKey.empty())
        return false;
    if (const auto pause = pauseFor(caller)) {
        ++counters_.limited;
        return failure(Error(ErrorCode::RateLimited, "too many client keys of this program were wrong",
                             "Check KEYBEARER_CLIENT_KEY, then wait.")
                           .retry(*pause));
    }
    if (!isClientKey(shown.clientKey)) {
        ++counters_.malformed;
        return refuse(caller, "malformed", "",
                      Error(ErrorCode::ClientUnknown,
                            "this is no client key: something is missing or mistyped",
                            "Copy the key again; it begins with kbk_ and has " +
                                std::to_string(clientKeyLength) + " characters.")
                          .with("reason", std::string("malformed")));
    }
    const std::string hash = clientKeyHash(shown.clientKey);
    const RegisteredClient* found = nullptr;
    std::int64_t number = 0;
    for (const auto& [name, entry] : clients_) { // all of them, so that the time tells nothing
        const RegisteredClient& client = entry.client;
        const bool isCurrent = sameKeyHash(hash, client.keyHash);
        const bool isOld = sameKeyHash(hash, client.oldKeyHash);
        if (isCurrent || isOld) {
            found = &client;
            number = isCurrent ? client.keyNumber : client.keyNumber - 1;
        }
    }
    if (found == nullptr) {
        ++counters_.unknown;
        return refuse(
            caller, "client_unknown", "",
            Error(ErrorCode::ClientUnknown, "no client has this key",
                  "Its client was removed, or it belongs to another broker; see: keybearer client list")
                .with("reason", std::string("unknown")));
    }
    if (std::optional<Error> error = notGood(*found, number)) {
        ++(error->code == ErrorCode::ClientDisabled ? counters_.disabled : counters_.expired);
        const char* why = error->code == ErrorCode::ClientDisabled ? "client_disabled" : "client_expired";
        return refuse(caller, why, found->name, std::move(*error));
    }
    ++counters_.admitted;
    caller.role = found->role;
    caller.clientId = found->id;
    caller.clientKeyNumber = number;
    caller.prior = PriorGrant{"client:" + found->name, found->allowed, found->expiresAt};
    if (number != found->keyNumber)
        caller.prior->until = earlier(found->expiresAt, found->oldKeyUntil);
    Entry& entry = clients_[found->name];
    ++entry.client.uses;
    entry.client.lastUsedAt = clock_.wall();
    entry.unsaved = true;
    return true;
}

Result<void> ClientKeys::confirm(const Caller& caller) const {
    if (caller.clientId.empty())
        return {};
    for (const auto& [name, entry] : clients_) {
        if (entry.client.id != caller.clientId)
            continue;
        if (std::optional<Error> error = notGood(entry.client, caller.clientKeyNumber))
            return failure(std::move(*error));
        return {};
    }
    return failure(Error(ErrorCode::ClientUnknown, "the client of this key was removed meanwhile",
                         "Ask whoever removed it; see: keybearer client list")
                       .with("reason", std::string("removed")));
}

std::optional<Error> ClientKeys::notGood(const RegisteredClient& client, std::int64_t keyNumber) const {
    if (!client.active)
        return Error(ErrorCode::ClientDisabled, "the client " + client.name + " is switched off",
                     "Switch it on with: keybearer client enable " + client.name)
            .with("client", client.name);
    if (isExpired(client))
        return Error(ErrorCode::ClientExpired,
                     "the key of the client " + client.name + " ended on " + toRfc3339(*client.expiresAt),
                     "Make a new one with: keybearer client rotate " + client.name + " --expires 90d")
            .with("client", client.name)
            .with("reason", std::string("expired"));
    const bool isOld = keyNumber == client.keyNumber - 1;
    if (keyNumber != client.keyNumber &&
        !(isOld && client.oldKeyUntil && *client.oldKeyUntil > clock_.wall()))
        return Error(ErrorCode::ClientExpired, "this key of the client " + client.name + " was replaced",
                     "Use the new one, which keybearer client rotate printed.")
            .with("client", client.name)
            .with("reason", std::string("replaced"));
    return std::nullopt;
}

void ClientKeys::noteUse(const Caller& caller) {
    if (caller.clientId.empty())
        return;
    if (Entry* entry = entryOf(caller.clientId)) {
        entry->client.lastUsedAt = clock_.wall();
        entry->unsaved = true;
    }
}

void ClientKeys::saveUses() {
    for (auto& [name, entry] : clients_) {
        if (entry.unsaved && store_.putClient(entry.client))
            entry.unsaved = false;
    }
}

Result<bool> ClientKeys::refuse(const Caller& caller, const std::string& why, const std::string& client,
                                Error error) {
    const auto process = std::pair(caller.pid, caller.startTime);
    // Over HTTP there may be no process to hold it against; then whoever let it in counts (RouteDesk).
    if (caller.pid > 0 && (failures_.contains(process) || failures_.size() < mostFailing)) {
        Failures& failures = failures_[process];
        if (failures.count == 0)
            failures.since = clock_.boot();
        ++failures.count;
    }
    Q_EMIT refused(caller, why, client);
    return failure(std::move(error));
}

// How long this process has to wait because too many of its keys were bad.
std::optional<std::chrono::seconds> ClientKeys::pauseFor(const Caller& caller) {
    const BootTime now = clock_.boot();
    std::erase_if(failures_, [now](const auto& item) { return now - item.second.since >= failureSpan; });
    const auto found = failures_.find({caller.pid, caller.startTime});
    if (found == failures_.end() || found->second.count < toleratedFailures)
        return std::nullopt;
    return std::chrono::ceil<std::chrono::seconds>(failureSpan - (now - found->second.since));
}

} // namespace keybearer

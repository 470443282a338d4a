#include "broker/gateway/proxy/SessionBook.h"

#include "broker/gateway/proxy/SessionRevival.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostSessions = 4096;
constexpr std::size_t longestInitialize = 64 * 1024; // a longer one is not kept, and not repeated
constexpr std::size_t longestId = 1024;
constexpr std::size_t mostWaiting = 64; // for one revival
constexpr std::chrono::seconds betweenRevivals{
    2}; // of one session; a server that forgets at once is not chased

std::string ownerOf(const AdmittedExchange& exchange) {
    return exchange.owner;
}

} // namespace

struct SessionBook::Session {
    std::string owner;
    std::string serversName;
    std::string initialize; // empty: cannot be repeated
    std::vector<HttpField> fields;
    EventTimers::Instant lastUsed;
    std::optional<EventTimers::Instant> lastRevival;
    std::unique_ptr<SessionRevival> revival;
    std::vector<Place*> places;
};

struct SessionBook::Place : Waiting {
    ~Place() override {
        if (*alive && at != nullptr)
            std::erase(at->places, this);
    }
    std::shared_ptr<bool> alive;
    Session* at = nullptr;
    std::unique_ptr<EventTimer> soon;
    std::function<void(bool)> done;
};

SessionBook::SessionBook(EventTimers& timers, UpstreamStarter& upstream)
    : timers_(timers), upstream_(upstream) {}

SessionBook::~SessionBook() {
    *alive_ = false;
}

SessionBook::Session* SessionBook::find(const AdmittedExchange& exchange, std::string_view id) const {
    const auto found = sessions_.find(Key(exchange.terms.service, std::string(id)));
    return found == sessions_.end() || found->second->owner != ownerOf(exchange) ? nullptr
                                                                                 : found->second.get();
}

SessionBook::Standing SessionBook::standing(const AdmittedExchange& exchange, std::string_view id) const {
    const Key key(exchange.terms.service, std::string(id));
    const auto found = sessions_.find(key);
    if (found != sessions_.end())
        return found->second->owner == ownerOf(exchange) ? Standing::Own : Standing::Foreign;
    // What the server calls a session that a client knows by another name is nobody's to name.
    return byServersName_.contains(key) ? Standing::Foreign : Standing::Unknown;
}

std::string SessionBook::serversName(const AdmittedExchange& exchange, std::string_view id) {
    Session* session = find(exchange, id);
    if (session == nullptr)
        return std::string(id);
    session->lastUsed = timers_.now();
    return session->serversName;
}

void SessionBook::makeRoom() {
    if (sessions_.size() < mostSessions)
        return;
    const auto oldest =
        std::min_element(sessions_.begin(), sessions_.end(), [](const auto& a, const auto& b) {
            return a.second->lastUsed < b.second->lastUsed;
        });
    byServersName_.erase(Key(oldest->first.first, oldest->second->serversName));
    tell(*oldest->second, false);
    sessions_.erase(oldest);
}

void SessionBook::opened(const AdmittedExchange& exchange, const std::string& id, std::string initialize,
                         std::vector<HttpField> fields) {
    if (id.empty() || id.size() > longestId || standing(exchange, id) == Standing::Foreign)
        return;
    makeRoom();
    auto session = std::make_unique<Session>();
    session->owner = ownerOf(exchange);
    session->serversName = id;
    if (initialize.size() <= longestInitialize) {
        session->initialize = std::move(initialize);
        session->fields = std::move(fields);
    }
    session->lastUsed = timers_.now();
    sessions_.insert_or_assign(Key(exchange.terms.service, id), std::move(session));
}

void SessionBook::closed(const AdmittedExchange& exchange, std::string_view id) {
    Session* session = find(exchange, id);
    if (session == nullptr)
        return;
    tell(*session, false);
    byServersName_.erase(Key(exchange.terms.service, session->serversName));
    sessions_.erase(Key(exchange.terms.service, std::string(id)));
}

std::unique_ptr<SessionBook::Waiting> SessionBook::revive(const std::shared_ptr<AdmittedExchange>& exchange,
                                                          std::string_view id, const std::string& serversName,
                                                          std::function<void(bool)> done) {
    Session* session = find(*exchange, id);
    if (session == nullptr || session->initialize.empty() || session->places.size() >= mostWaiting)
        return nullptr;
    auto place = std::make_unique<Place>();
    place->alive = alive_;
    place->done = std::move(done);
    if (session->serversName != serversName) { // another request has seen to it meanwhile
        place->soon = timers_.soon([place = place.get()] {
            const std::unique_ptr<EventTimer> self = std::move(place->soon);
            const auto tell = std::move(place->done);
            tell(true);
        });
        return place;
    }
    if (!session->revival) {
        if (session->lastRevival && timers_.now() - *session->lastRevival < betweenRevivals)
            return nullptr;
        session->lastRevival = timers_.now();
        const Key key(exchange->terms.service, std::string(id));
        session->revival = std::make_unique<SessionRevival>(
            exchange, timers_, upstream_, session->initialize, session->fields,
            [this, key](std::optional<std::string> name) { revived(key, std::move(name)); });
        session->revival->start();
    }
    place->at = session;
    session->places.push_back(place.get());
    return place;
}

void SessionBook::revived(const Key& key, std::optional<std::string> name) {
    const auto found = sessions_.find(key);
    if (found == sessions_.end())
        return;
    Session& session = *found->second;
    const std::unique_ptr<SessionRevival> over = std::move(session.revival); // it is what calls
    if (name) {
        byServersName_.erase(Key(key.first, session.serversName));
        session.serversName = *name;
        if (*name != key.second)
            byServersName_[Key(key.first, *name)] = key;
    }
    tell(session, name.has_value());
}

void SessionBook::tell(Session& session, bool good) {
    for (Place* place : std::exchange(session.places, {})) {
        place->at = nullptr;
        place->soon = timers_.soon([place, good] {
            const std::unique_ptr<EventTimer> self = std::move(place->soon);
            const auto done = std::move(place->done);
            done(good);
        });
    }
}

} // namespace keybearer

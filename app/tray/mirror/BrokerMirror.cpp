#include "app/tray/mirror/BrokerMirror.h"

#include "broker/protocol/Methods.h"
#include "broker/protocol/SessionListParams.h"

#include <QLocale>
#include <algorithm>
#include <iterator>

namespace keybearer {

namespace {

constexpr std::size_t mostPending =
    64; // the broker asks once a program; more than this is an attempt to tire

constexpr std::int64_t sessionsAPage = 500;   // a few hundred kilobytes, of the megabyte that a line may have
constexpr std::size_t mostSessions = 100'000; // more than anybody has; a broker that never ends is no broker

constexpr std::size_t longestAlert = 400; // characters; of a tool it says what is different

// Reads one list of a result, leaving out what cannot be read.
template <typename T>
std::vector<T> readList(const Json& result, const char* key, std::optional<T> (*read)(const Json&)) {
    std::vector<T> list;
    const auto found = result.find(key);
    if (found == result.end() || !found->is_array())
        return list;
    for (const Json& item : *found) {
        if (auto value = read(item))
            list.push_back(std::move(*value));
    }
    return list;
}

// "14:30"; with its date, when that is not today.
QString timeWords(const QDateTime& when) {
    const QDateTime local = when.toLocalTime();
    return local.date() == QDate::currentDate() ? QLocale().toString(local.time(), QLocale::ShortFormat)
                                                : QLocale().toString(local, QLocale::ShortFormat);
}

bool needsPerson(const SessionRecord& session) {
    return session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined;
}

} // namespace

BrokerMirror::BrokerMirror(BrokerClient& client, QObject* parent) : QObject(parent), client_(client) {
    coalesce_.setSingleShot(true);
    coalesce_.setInterval(0);
    connect(&coalesce_, &QTimer::timeout, this, &BrokerMirror::changed);
    connect(&client_, &BrokerClient::connected, this, &BrokerMirror::onConnected);
    connect(&client_, &BrokerClient::disconnected, this, &BrokerMirror::onDisconnected);
    connect(&client_, &BrokerClient::event, this, &BrokerMirror::onEvent);
}

TrayState BrokerMirror::state() const {
    if (!online_)
        return TrayState::Offline;
    if (health_.storeState == u"locked")
        return TrayState::Locked;
    if (health_.paused) // as with a lock: nobody gets anything, because a person said so
        return TrayState::Locked;
    const bool hidden =
        std::any_of(tools_.begin(), tools_.end(), [](const ToolEntry& tool) { return tool.hidden; });
    const bool attention = !pending_.empty() || hidden || health_.failing ||
                           health_.storeState == u"unavailable" ||
                           std::any_of(sessions_.begin(), sessions_.end(), needsPerson);
    return attention ? TrayState::Attention : TrayState::Ok;
}

QString BrokerMirror::headline() const {
    if (!online_)
        return tr("No connection to the broker");
    if (!loaded_)
        return tr("Connecting to the broker...");
    if (health_.storeState == u"locked")
        return health_.storeBackend == u"file" ? tr("The store is locked") : tr("The keychain is locked");
    if (health_.storeState == u"unavailable")
        return health_.storeBackend == u"file" ? tr("The store cannot be used")
                                               : tr("The keychain cannot be reached");
    if (health_.paused && health_.pausedUntil.isValid())
        return tr("Sharing is paused until %1", "a time of day").arg(timeWords(health_.pausedUntil));
    if (health_.paused)
        return tr("Sharing is paused");
    if (!pending_.empty())
        return tr("%n program(s) waiting for your answer", nullptr, static_cast<int>(pending_.size()));
    const auto needing = std::count_if(sessions_.begin(), sessions_.end(), needsPerson);
    if (needing > 0)
        return tr("%n session(s) need you to sign in again", nullptr, static_cast<int>(needing));
    if (const auto hidden =
            std::count_if(tools_.begin(), tools_.end(), [](const ToolEntry& tool) { return tool.hidden; });
        hidden > 0)
        return tr("%n tool(s) hidden until you approve them", nullptr, static_cast<int>(hidden));
    if (health_.failing)
        return tr("The broker reports a problem");
    if (sessions_.empty())
        return tr("Not signed in anywhere yet");
    return tr("%n session(s) ready", nullptr, static_cast<int>(sessions_.size()));
}

const SessionRecord* BrokerMirror::session(const std::string& id) const {
    const auto found =
        std::find_if(sessions_.begin(), sessions_.end(), [&](const auto& s) { return s.id == id; });
    return found == sessions_.end() ? nullptr : &*found;
}

const ApiKeyRecord* BrokerMirror::apiKey(const std::string& name) const {
    const auto found =
        std::find_if(apiKeys_.begin(), apiKeys_.end(), [&](const auto& key) { return key.name == name; });
    return found == apiKeys_.end() ? nullptr : &*found;
}

QString BrokerMirror::providerTitle(const std::string& name) const {
    for (const ProviderRecord& provider : providers_) {
        if (provider.name == name)
            return provider.title;
    }
    return shown(name, 64);
}

void BrokerMirror::onConnected() {
    online_ = true;
    SubscribeParams topics;
    topics.topics.assign(std::begin(eventTopics), std::end(eventTopics));
    // Subscribed first, loaded second: what changes in between comes twice rather than never.
    client_.call("events.subscribe", topics.toJson(), this, [](const Result<Json>&) {});
    loadProviders();
    loadApiKeys();
    loadSessions();
    loadPending();
    loadConsents();
    loadTools();
    loadHealth();
    touch();
}

void BrokerMirror::onDisconnected() {
    if (!online_)
        return;
    online_ = false;
    loaded_ = false;
    hasConsents_ = false;
    sessions_.clear();
    apiKeys_.clear();
    consents_.clear();
    tools_.clear();
    health_ = {};
    // The providers stay: names of what we offered a moment ago are still right.
    const auto orphans = std::exchange(pending_, {});
    for (const ConsentRequest& request : orphans)
        Q_EMIT consentWithdrawn(request.id);
    touch();
}

void BrokerMirror::loadProviders() {
    client_.call("provider.list", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (result)
            providers_ = readList<ProviderRecord>(*result, "providers", readProvider);
        touch();
    });
}

void BrokerMirror::loadSessions() {
    missedChange_ = false;
    loadSessionsAfter({}, std::make_shared<std::vector<SessionRecord>>());
}

// In pages: one line of the protocol does not hold thousands.
void BrokerMirror::loadSessionsAfter(const std::optional<std::string>& after,
                                     const std::shared_ptr<std::vector<SessionRecord>>& before) {
    const SessionListParams params{after, sessionsAPage};
    client_.call("session.list", params.toJson(), this, [this, after, before](const Result<Json>& result) {
        if (result) {
            auto page = readList<SessionRecord>(*result, "sessions", readSession);
            std::move(page.begin(), page.end(), std::back_inserter(*before));
            const auto next = stringAt(*result, "next");
            if (next && (!after || *next > *after) && before->size() < mostSessions)
                return loadSessionsAfter(next, before);
            sessions_ = std::move(*before);
        }
        if (after && missedChange_)
            return loadSessions(); // an earlier page may be older than what an event has told since
        loaded_ = online_;
        touch();
    });
}

void BrokerMirror::loadPending() {
    client_.call("consent.pending", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (!result)
            return;
        const auto now = readList<ConsentRequest>(*result, "pending", readConsentRequest);
        const auto before = pending_;
        for (const ConsentRequest& request : before) {
            if (std::none_of(now.begin(), now.end(), [&](const auto& r) { return r.id == request.id; }))
                removePending(request.id);
        }
        for (const ConsentRequest& request : now)
            addPending(request);
    });
}

void BrokerMirror::loadConsents() {
    client_.call("consent.list", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (result)
            consents_ = readList<ConsentRecord>(*result, "consents", readConsent);
        hasConsents_ = hasConsents_ || result;
        touch();
    });
}

void BrokerMirror::loadApiKeys() {
    client_.call("apikey.list", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (result)
            apiKeys_ = readList<ApiKeyRecord>(*result, "apikeys", readApiKey);
        touch();
    });
}

void BrokerMirror::loadTools() {
    client_.call("tool.list", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (result)
            tools_ = readList<ToolEntry>(*result, "tools", readTool);
        touch();
    });
}

void BrokerMirror::loadHealth() {
    client_.call("health.get", NoParams().toJson(), this, [this](const Result<Json>& result) {
        if (result)
            health_ = readHealth(*result);
        touch();
    });
}

void BrokerMirror::onEvent(const QString& topic, const Json& params) {
    if (topic == u"session.changed") {
        onSessionChanged(params);
    } else if (topic == u"signin.progress") {
        Q_EMIT signInProgressed(params);
    } else if (topic == u"consent.requested") {
        if (const auto request = readConsentRequest(params))
            addPending(*request);
    } else if (topic == u"consent.withdrawn") {
        removePending(stringAt(params, "consent_id").value_or(""));
        loadConsents();
    } else if (topic == u"health.changed") {
        loadHealth();
    } else if (topic == u"tool.changed") {
        loadTools();
    } else if (topic == u"alert") {
        const QString message = shown(stringAt(params, "message").value_or(""), longestAlert);
        const QString action = shown(stringAt(params, "action").value_or(""));
        if (stringAt(params, "name").value_or("").starts_with("tool_"))
            Q_EMIT toolAlerted(message, action);
        else
            Q_EMIT alerted(message, action);
    }
}

void BrokerMirror::onSessionChanged(const Json& params) {
    missedChange_ = true;
    const std::string id = stringAt(params, "session_id").value_or("");
    const auto isKey = [&](const ApiKeyRecord& key) { return key.row.id == id; };
    if (std::any_of(apiKeys_.begin(), apiKeys_.end(), isKey))
        return loadApiKeys(); // what the event tells of a key is not all that there is to know
    const auto place =
        std::find_if(sessions_.begin(), sessions_.end(), [&](const auto& s) { return s.id == id; });
    if (stringAt(params, "change") == "removed") {
        if (place != sessions_.end())
            sessions_.erase(place);
        loadConsents(); // those of the session went with it
        return touch();
    }
    const auto given = params.find("session");
    auto session = given == params.end() ? std::nullopt : readSession(*given);
    if (!session)
        return loadSessions();
    if (session->kind == SessionKind::ApiKey)
        return loadApiKeys();
    if (place == sessions_.end())
        sessions_.push_back(std::move(*session));
    else
        *place = std::move(*session);
    touch();
}

void BrokerMirror::addPending(const ConsentRequest& request) {
    const bool known =
        std::any_of(pending_.begin(), pending_.end(), [&](const auto& r) { return r.id == request.id; });
    if (known || pending_.size() >= mostPending)
        return;
    pending_.push_back(request);
    touch();
    Q_EMIT consentRequested(request);
}

void BrokerMirror::removePending(const std::string& id) {
    const auto removed = std::erase_if(pending_, [&](const auto& r) { return r.id == id; });
    if (removed == 0)
        return;
    touch();
    Q_EMIT consentWithdrawn(id);
}

void BrokerMirror::touch() {
    coalesce_.start();
}

} // namespace keybearer

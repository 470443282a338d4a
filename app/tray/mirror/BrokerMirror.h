#pragma once

#include "app/client/async/BrokerClient.h"
#include "app/tray/mirror/Records.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace keybearer {

// What the status icon says, from good to bad.
enum class TrayState { Ok, Attention, Locked, Offline };

// What the broker holds, kept up to date by its events: subscribes and loads whenever the client connects,
// empties when the connection goes. The windows read it; nothing here is changed but by what the broker says.
// Owned by the tray application; GUI thread only.
class BrokerMirror final : public QObject {
    Q_OBJECT
public:
    explicit BrokerMirror(BrokerClient& client, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(BrokerMirror)

    [[nodiscard]] bool isOnline() const { return online_; }
    // Online, and the first answers are here.
    [[nodiscard]] bool isLoaded() const { return online_ && loaded_; }
    [[nodiscard]] TrayState state() const;
    // One sentence for the menu's first line and the icon's tool tip; no text from outside in it.
    [[nodiscard]] QString headline() const;

    [[nodiscard]] const std::vector<SessionRecord>& sessions() const { return sessions_; }
    [[nodiscard]] const std::vector<ApiKeyRecord>& apiKeys() const { return apiKeys_; }
    [[nodiscard]] const ApiKeyRecord* apiKey(const std::string& name) const;
    [[nodiscard]] const std::vector<ProviderRecord>& providers() const { return providers_; }
    [[nodiscard]] const std::vector<ConsentRequest>& pending() const { return pending_; }
    [[nodiscard]] const std::vector<ConsentRecord>& consents() const { return consents_; }
    // Whether consents() is what the broker holds now, and not empty because nothing was told yet.
    [[nodiscard]] bool hasConsents() const { return online_ && hasConsents_; }
    // Those that wait for the person.
    [[nodiscard]] const std::vector<ToolEntry>& tools() const { return tools_; }
    [[nodiscard]] const HealthRecord& health() const { return health_; }
    [[nodiscard]] const SessionRecord* session(const std::string& id) const;
    // What people call the provider.
    [[nodiscard]] QString providerTitle(const std::string& name) const;

    void loadProviders();
    void loadConsents();
    void loadApiKeys();
    void loadTools();
    void loadHealth();
    // Asks again for what is pending: an answer may have crossed with a withdrawal.
    void loadPending();

Q_SIGNALS:
    // Something of the above is different; many changes in one turn of the event loop make one signal.
    void changed();
    void consentRequested(const keybearer::ConsentRequest& request);
    void consentWithdrawn(const std::string& id);
    void signInProgressed(const keybearer::Json& progress);
    void alerted(const QString& message, const QString& action);
    // The same of a tool that is new or has changed.
    void toolAlerted(const QString& message, const QString& action);

private:
    void onConnected();
    void onDisconnected();
    void onEvent(const QString& topic, const Json& params);
    void onSessionChanged(const Json& params);
    void addPending(const ConsentRequest& request);
    void removePending(const std::string& id);
    void loadSessions();
    void loadSessionsAfter(const std::optional<std::string>& after,
                           const std::shared_ptr<std::vector<SessionRecord>>& before);
    void touch();

    BrokerClient& client_;
    QTimer coalesce_;
    bool online_ = false;
    bool loaded_ = false;
    bool hasConsents_ = false;
    bool missedChange_ = false; // since the sessions were asked for
    std::vector<ApiKeyRecord> apiKeys_;
    std::vector<SessionRecord> sessions_;
    std::vector<ProviderRecord> providers_;
    std::vector<ConsentRequest> pending_;
    std::vector<ConsentRecord> consents_;
    std::vector<ToolEntry> tools_;
    HealthRecord health_;
};

} // namespace keybearer

#pragma once

#include "app/tray/actions/FormDialog.h"
#include "app/tray/look/Notice.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QPointer>

class QMessageBox;

namespace keybearer {

// What a person can do to API keys and to programs with a key of their own: forms to add and rotate,
// switches, removal after a question. Values go through IPC alone, are wiped after they were sent, and are
// never shown; a new client key is shown once, in a dialog of its own. Part of the main window; GUI thread.
class KeyActions final : public QObject {
    Q_OBJECT
public:
    KeyActions(BrokerClient& client, BrokerMirror& mirror, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(KeyActions)

    void addApiKey(QWidget* over);
    void rotateApiKey(const std::string& name, QWidget* over);
    void setApiKeyActive(const std::string& name, bool active);

    void addClient(QWidget* over);
    void rotateClient(const ClientRecord& record, QWidget* over);
    void setClientActive(const std::string& name, bool active);
    void removeClient(const ClientRecord& record, QWidget* over);
    void removeGatewayClient(const GatewayClientRecord& record, QWidget* over);

    // Renames a session in a small form; `send` does it and tells the form what came of it.
    using Rename = std::function<void(const QString& label, const std::function<void(const Result<Json>&)>&)>;
    static void rename(const QString& before, const Rename& send, QWidget* over);

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    // Registered clients or those of the gateway are other ones now.
    void clientsChanged();

private:
    void submitKey(FormDialog* form, const char* method, Json params, const std::string& value);
    void submitClient(FormDialog* form, const char* method, const Json& params, QWidget* over);
    void showKey(const Json& client, QWidget* over);
    void ask(const QString& title, const QString& text, const QString& detail, const QString& deed,
             QWidget* over, const std::function<void()>& run);
    void act(const char* method, const Json& params, const QString& whatFailed, bool ofClient);

    BrokerClient& client_;
    BrokerMirror& mirror_;
};

} // namespace keybearer

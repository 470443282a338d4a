#pragma once

#include "app/tray/desktop/CommandLineTool.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QDialog>
#include <QUrl>
#include <functional>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace keybearer {

// What provider.show says of a provider that is to be set up, made safe to show.
struct ClientDemands {
    QString note;
    QUrl registerPage; // empty: none, or none that may be opened
    QString redirectUri;
    bool wantsDomain = false;
    QString domainExample;
    QString domainNote;
    bool demandsSecret = false;

    [[nodiscard]] static ClientDemands from(const Json& provider);
};

// Leads through what a provider demands before one can sign in to it: register an application there, with
// this redirect address; enter the client id that it gave, and its secret if there is one. Written to
// config.yaml by `keybearer provider add`, the secret through its standard input; then the broker reads it,
// and looks whether a sign-in could work. Owned by SignIns; GUI thread. Never keeps the secret.
class ClientIdForm final : public QDialog {
    Q_OBJECT
public:
    using OpenBrowser = std::function<bool(const QUrl&)>;

    ClientIdForm(BrokerClient& client, BrokerMirror& mirror, std::string provider, OpenBrowser openBrowser,
                 CommandLineTool::Options tool = {}, QWidget* parent = nullptr);
    ~ClientIdForm() override;
    Q_DISABLE_COPY_MOVE(ClientIdForm)

    [[nodiscard]] const std::string& provider() const { return provider_; }

Q_SIGNALS:
    // It is set up.
    void ready(const std::string& provider);

private:
    QWidget* makeStep(int number, const QString& text, const char* name);
    void makeSteps(QLayout* column);
    QLayout* makeRegister();
    QLayout* makeRedirect();
    QLayout* makeFields();
    QLayout* makeButtons();
    void load();
    void show(const ClientDemands& demands);
    void check();
    void write();
    void onWritten(const Result<Json>& written);
    void onReloaded(const Result<Json>& provider);
    void onTested(const Result<Json>& answer);
    void finish();
    void busy(const QString& what);
    void complain(const Error& error);
    void complain(const QString& text);
    [[nodiscard]] QStringList arguments() const;

    BrokerClient& client_;
    BrokerMirror& mirror_;
    std::string provider_;
    QString title_;
    OpenBrowser openBrowser_;
    CommandLineTool tool_;
    ClientDemands demands_;
    bool written_ = false; // it stands in config.yaml
    bool tested_ = false;  // and the person has seen what was found
    QLabel* note_;
    QPushButton* page_;
    QLabel* pageHost_;
    QLineEdit* redirect_;
    QPushButton* copy_;
    QLineEdit* domain_;
    QLabel* domainTitle_ = nullptr;
    QLineEdit* id_;
    QLineEdit* secret_;
    QLabel* secretTitle_ = nullptr;
    QLabel* state_; // what is being done, or what is wrong
    QPushButton* go_;
};

} // namespace keybearer

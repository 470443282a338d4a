#pragma once

#include "app/tray/look/Notice.h"
#include "app/tray/signin/ClientIdForm.h"
#include "app/tray/signin/SignInAttempt.h"
#include "app/tray/signin/SignInChooser.h"

#include <memory>
#include <vector>

namespace keybearer {

// Everything of signing in: the chooser, the attempts that are under way (several at once, one a place), and
// the forms for what is to be set up first. Destroying it cancels all. Owned by the tray application; GUI
// thread.
class SignIns final : public QObject {
    Q_OBJECT
public:
    using OpenBrowser = SignInAttempt::OpenBrowser;

    SignIns(BrokerClient& client, BrokerMirror& mirror, OpenBrowser openBrowser,
            CommandLineTool::Options tool = {}, QObject* parent = nullptr);
    ~SignIns() override;
    Q_DISABLE_COPY_MOVE(SignIns)

    // Asks where.
    void choose();
    // To a provider or a service by its name, or to an address; a provider without a client id is set up
    // first.
    void signIn(const std::string& provider);
    // To an MCP server by its address.
    void signInTo(const std::string& url);
    void start(const SignInWish& wish);
    void setUp(const std::string& provider);

    [[nodiscard]] std::size_t running() const { return attempts_.size(); }
    [[nodiscard]] SignInChooser* chooser() const { return chooser_.get(); }
    [[nodiscard]] ClientIdForm* form() const { return form_.get(); }
    [[nodiscard]] SignInAttempt* attempt(std::size_t index) const { return attempts_.at(index).get(); }

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    // The person wants to see it.
    void sessionWanted(const std::string& sessionId);

private:
    void letGo(SignInAttempt* attempt);
    void tell(const SignInWish& wish, const Json& session);

    BrokerClient& client_;
    BrokerMirror& mirror_;
    OpenBrowser openBrowser_;
    CommandLineTool::Options tool_;
    std::unique_ptr<SignInChooser> chooser_;
    std::unique_ptr<ClientIdForm> form_;
    std::vector<std::unique_ptr<SignInAttempt>> attempts_;
};

} // namespace keybearer

#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/Flows.h"
#include "broker/providers/Provider.h"

#include <QObject>
#include <QTcpServer>
#include <QTimer>

#include <string>
#include <vector>

class QTcpSocket;

namespace keybearer {

// Looks whether a sign-in at one provider could work, without signing in: what the entry lacks, whether its
// metadata is there and valid (RFC 8414), whether its token endpoint can be reached over TLS, how far the
// clocks are apart, whether a browser on this machine could bring an answer back to us. Asks with GET only,
// sends no credential, and ends within a minute. Owned by whoever started it; event loop thread.
class ProviderCheck final : public QObject, public AsyncFlow {
    Q_OBJECT

public:
    struct Finding {
        enum class Level { Good, Warning, Error };
        Level level = Level::Good;
        std::string name;    // client, domain, discovery, pkce, tls, clock, redirect, redirect_uri
        std::string message; // what
        std::string action;  // what to do; empty for Good
    };
    using Findings = std::vector<Finding>;

    ProviderCheck(Provider provider, HttpTransport& transport, const Clock& clock, Completion<Findings> done);
    ~ProviderCheck() override;
    Q_DISABLE_COPY_MOVE(ProviderCheck)

    void start(); // once

private:
    void checkEntry();
    void discover();
    void onServer(const AuthorizationServer& server);
    void checkMetadata(const AuthorizationServer& server);
    void reach(const QUrl& url);
    void onReached(const QUrl& url, const Result<HttpResponse>& response);
    void checkClock(const HttpResponse& response);
    void checkRedirect();
    void onRedirected(bool arrived);
    void good(std::string name, std::string message);
    void warn(std::string name, std::string message, std::string action);
    void fault(std::string name, std::string message, std::string action);

    Provider provider_;
    HttpTransport& transport_;
    const Clock& clock_;
    Completion<Findings> done_;
    Findings findings_;
    std::unique_ptr<AsyncFlow> discovery_;
    std::unique_ptr<HttpExchange> exchange_;
    QTcpServer listener_;
    std::unique_ptr<QTcpSocket> visitor_; // what the browser would be
    QTimer patience_;
};

} // namespace keybearer

#include "broker/accounts/ProviderCheck.h"

#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/oauth/ServerDiscovery.h"
#include "broker/providers/ProviderWords.h"

#include <QNetworkProxy>
#include <QTcpSocket>

#include <algorithm>
#include <cstdlib>

namespace keybearer {

namespace {

constexpr std::chrono::seconds reachDeadline{15};            // of one GET
constexpr std::chrono::milliseconds redirectPatience{2'000}; // a connection within this machine takes none
// ID tokens and assertions are believed within a minute or two by most servers, within five by hardly any.
constexpr std::int64_t clockWarning = 60;
constexpr std::int64_t clockError = 300;

bool contains(const std::vector<std::string>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string hostOf(const QUrl& url) {
    return displaySafe(url.host().toStdString(), 100);
}

std::string actionOf(const Error& error, std::string otherwise) {
    return error.action.empty() ? std::move(otherwise) : error.action;
}

} // namespace

ProviderCheck::ProviderCheck(Provider provider, HttpTransport& transport, const Clock& clock,
                             Completion<Findings> done)
    : provider_(std::move(provider)), transport_(transport), clock_(clock), done_(std::move(done)) {
    patience_.setSingleShot(true);
    connect(&patience_, &QTimer::timeout, this, [this] { onRedirected(false); });
    connect(&listener_, &QTcpServer::newConnection, this, [this] { onRedirected(true); });
}

ProviderCheck::~ProviderCheck() = default;

void ProviderCheck::start() {
    checkEntry();
    QMetaObject::invokeMethod(
        this,
        [this] {
            if (provider_.endpoints)
                onServer(*provider_.endpoints);
            else if (provider_.issuer)
                discover();
            else
                checkRedirect();
        },
        Qt::QueuedConnection);
}

// What stands in the configuration, before anybody is asked.
void ProviderCheck::checkEntry() {
    const std::string key = "providers." + provider_.name;
    if (provider_.domain && provider_.domain->value.empty())
        fault("domain", "it is not known which " + provider_.displayName + " is meant",
              "Set " + key + ".domain in config.yaml, for example " + provider_.domain->example + ".");
    if (provider_.clientId.empty())
        fault("client", "there is no client id",
              "Register a client (keybearer provider show " + provider_.name + " says where) and set " + key +
                  ".client_id in config.yaml.");
    else if (provider_.quirks.requiresSecret && provider_.clientSecret == nullptr)
        warn("client", provider_.displayName + " wants a client secret and there is none",
             "Set " + key + ".client_secret in config.yaml, best as a variable.");
    else
        good("client", "client id " + displaySafe(provider_.clientId, 80));
}

void ProviderCheck::discover() {
    auto discovery = std::make_unique<ServerDiscovery>(
        transport_, *provider_.issuer, [this](Result<AuthorizationServer> server) {
            // We are inside its last act: let it go after that.
            QTimer::singleShot(0, this, [ended = std::shared_ptr<AsyncFlow>(std::move(discovery_))] {});
            if (server) {
                good("discovery", "the metadata of " + displaySafe(*provider_.issuer) + " is valid");
                return onServer(*server);
            }
            const Error& error = server.error();
            fault("discovery", error.message,
                  actionOf(error, error.code == ErrorCode::ProviderUnavailable
                                      ? "Check the network and the proxy, then try again."
                                      : "Correct providers." + provider_.name + ".issuer in config.yaml."));
            checkRedirect();
        });
    ServerDiscovery& started = *discovery;
    discovery_ = std::move(discovery);
    started.start();
}

void ProviderCheck::onServer(const AuthorizationServer& server) {
    checkMetadata(server);
    reach(server.tokenEndpoint);
}

void ProviderCheck::checkMetadata(const AuthorizationServer& server) {
    if (provider_.quirks.ignoresPkce)
        warn("pkce", provider_.displayName + " is not known to check PKCE",
             "Keep the client secret to yourself; there is nothing else to do.");
    else if (!provider_.endpoints && !provider_.quirks.pkceWithoutMetadata &&
             !contains(server.codeChallengeMethods, "S256"))
        fault("pkce", "the server does not say that it knows PKCE with S256, which every sign-in uses",
              "Ask whoever runs the server to switch PKCE on.");
    if (contains(provider_.flows, "device") && server.deviceAuthorizationEndpoint.isEmpty())
        warn("device", "the device flow is on the list, but the server has no endpoint for it",
             "Take device out of providers." + provider_.name + ".flows, or switch it on at the server.");
}

// A GET that asks for nothing: whatever a token endpoint answers, it has shown its certificate and its clock.
void ProviderCheck::reach(const QUrl& url) {
    HttpRequest request;
    request.url = url;
    request.deadline = std::min(provider_.timeout.value_or(reachDeadline), reachDeadline);
    exchange_ = transport_.send(
        std::move(request), [this, url](const Result<HttpResponse>& response) { onReached(url, response); });
}

void ProviderCheck::onReached(const QUrl& url, const Result<HttpResponse>& response) {
    const bool redirected = !response && response.error().code == ErrorCode::ProviderError;
    if (response || redirected) {
        good("tls", hostOf(url) + (url.scheme() == QStringLiteral("https")
                                       ? " shows a certificate that this machine trusts"
                                       : " answers, without TLS"));
        if (response)
            checkClock(*response);
    } else {
        fault("tls", response.error().message,
              actionOf(response.error(), "Check the network and the proxy, then try again."));
    }
    checkRedirect();
}

void ProviderCheck::checkClock(const HttpResponse& response) {
    const std::optional<WallTime> theirs = fromHttpDate(response.header("Date"));
    if (!theirs)
        return;
    const std::int64_t apart = toUnixSeconds(clock_.wall()) - toUnixSeconds(*theirs);
    const std::string words = "this clock is " + std::to_string(std::abs(apart)) + " seconds " +
                              (apart > 0 ? "ahead of" : "behind") + " the provider's";
    constexpr const char* action = "Set the clock, for example with: timedatectl set-ntp true";
    if (std::abs(apart) >= clockError)
        fault("clock", words, action);
    else if (std::abs(apart) >= clockWarning)
        warn("clock", words, action);
    else
        good("clock", "the clocks agree");
}

// Opens the port that a sign-in would open, and knocks at it as a browser would.
void ProviderCheck::checkRedirect() {
    const std::string sent = sentRedirectUri(provider_);
    if (!sent.empty() && !provider_.help.redirectUri.empty() && provider_.help.redirectUri != sent)
        fault("redirect_uri",
              "a sign-in sends " + sent + " and not " + displaySafe(provider_.help.redirectUri) +
                  ", which its file tells people to register",
              "Correct redirect_path, redirect_port and redirect_host in the file of this provider.");
    const auto port = static_cast<quint16>(provider_.quirks.redirectPort);
    if (!listener_.listen(QHostAddress::LocalHost, port)) {
        const std::string which = port == 0 ? "no port" : "port " + std::to_string(port);
        fault("redirect",
              which + (port == 0 ? " of this machine can be opened: " : " cannot be opened: ") +
                  displaySafe(listener_.errorString().toStdString()),
              port == 0
                  ? "Allow programs to listen on 127.0.0.1."
                  : "End the program that uses this port (ss -ltnp shows it), or sign in with --paste.");
        return onRedirected(false);
    }
    patience_.start(redirectPatience);
    visitor_ = std::make_unique<QTcpSocket>();
    visitor_->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    visitor_->connectToHost(QHostAddress(QHostAddress::LocalHost), listener_.serverPort());
}

void ProviderCheck::onRedirected(bool arrived) {
    patience_.stop();
    if (arrived)
        good("redirect", "a browser on this machine can bring the answer back");
    else if (listener_.isListening())
        fault("redirect", "a connection within this machine does not arrive",
              "Let the firewall pass connections to 127.0.0.1, or sign in with --paste.");
    listener_.close();
    const Completion<Findings> done = std::move(done_);
    if (done)
        done(std::move(findings_)); // may destroy this
}

void ProviderCheck::good(std::string name, std::string message) {
    findings_.push_back({Finding::Level::Good, std::move(name), std::move(message), {}});
}

void ProviderCheck::warn(std::string name, std::string message, std::string action) {
    findings_.push_back({Finding::Level::Warning, std::move(name), std::move(message), std::move(action)});
}

void ProviderCheck::fault(std::string name, std::string message, std::string action) {
    findings_.push_back({Finding::Level::Error, std::move(name), std::move(message), std::move(action)});
}

} // namespace keybearer

#include "broker/http/ClientCertificate.h"
#include "broker/http/HttpClient.h"
#include "tests/broker/http/ConnectProxy.h"
#include "tests/broker/http/Exchange.h"
#include "tests/broker/http/RawServer.h"
#include "tests/broker/http/TlsServer.h"

#include <QTemporaryDir>

#include <fstream>
#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;

namespace {

const QString name = QStringLiteral("login.example.test");

std::optional<std::string> noVariable(const char*) {
    return std::nullopt;
}

bool says(const Error& error, const std::string& words) {
    return (error.message + " " + error.action).find(words) != std::string::npos;
}

// A company: its authority, in a file, and a server that it has signed for.
class HttpClientRoute : public testing::Test {
protected:
    HttpClientRoute() {
        caFile_ = directory_.filePath(QStringLiteral("company.pem")).toStdString();
        std::ofstream(caFile_) << certificatePem(authority_);
    }
    [[nodiscard]] NetworkRoute route(const std::string& proxy = {}) const {
        NetworkRoute::Wish wish;
        wish.caFile = caFile_;
        if (!proxy.empty())
            wish.proxy = std::make_shared<const SealedSecret>(Secret::copyOf(proxy));
        return *NetworkRoute::from(wish, noVariable);
    }
    [[nodiscard]] std::shared_ptr<const ClientCertificate> certificateOf(const char* who) const {
        const Identity made = makeIdentity({.name = who}, &authority_);
        return *ClientCertificate::fromPem(certificatePem(made), Secret::copyOf(keyPem(made)), {},
                                           SystemClock().wall());
    }

    QTemporaryDir directory_;
    std::string caFile_;
    Identity authority_ = makeIdentity({.name = "Company", .isAuthority = true});
    Identity server_ = makeIdentity(
        {.name = "server", .alternativeName = "DNS:login.example.test,IP:127.0.0.1"}, &authority_);
};

TEST_F(HttpClientRoute, ExtraAuthorityIsBelieved) {
    TlsServer server(serverTls(server_));
    HttpClient client(route());
    const Result<HttpResponse> response = exchange(client, get(server.url(QStringLiteral("127.0.0.1"))));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(response->status, 200);
}

TEST_F(HttpClientRoute, UnknownAuthorityIsExplained) {
    TlsServer server(serverTls(server_));
    HttpClient client;
    const Result<HttpResponse> response = exchange(client, get(server.url(QStringLiteral("127.0.0.1"))));
    ASSERT_FALSE(response.has_value());
    EXPECT_TRUE(says(response.error(), "network.ca_file")) << response.error().action;
}

TEST_F(HttpClientRoute, SEC_C_21_ExtraAuthorityDoesNotLoosenTheCheckOfTheName) {
    const Identity other =
        makeIdentity({.name = "other", .alternativeName = "DNS:other.example.test"}, &authority_);
    TlsServer server(serverTls(other));
    HttpClient client(route());
    EXPECT_FALSE(exchange(client, get(server.url(QStringLiteral("127.0.0.1")))).has_value());
    EXPECT_TRUE(server.requests().isEmpty());
}

TEST_F(HttpClientRoute, ProxyCarriesTheRequestAndSeesNothingOfIt) {
    TlsServer server(serverTls(server_));
    ConnectProxy proxy(server.port());
    HttpClient client(route(proxy.address()));
    HttpRequest request = post(server.url(name), "refresh_token=planted");
    request.headers.push_back({"Authorization", "Bearer planted"});
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    ASSERT_EQ(proxy.heads().size(), 1);
    EXPECT_TRUE(proxy.heads().front().startsWith("CONNECT login.example.test:"))
        << proxy.heads().front().constData();
    EXPECT_FALSE(proxy.heads().front().contains("planted"));
    ASSERT_EQ(server.requests().size(), 1);
    EXPECT_FALSE(server.requests().front().toLower().contains("proxy-"));
}

TEST_F(HttpClientRoute, ProxyGetsUserAndPassword) {
    TlsServer server(serverTls(server_));
    ConnectProxy proxy(server.port());
    proxy.demand("ana:p@ss");
    HttpClient client(route(proxy.address("ana:p%40ss")));
    const Result<HttpResponse> response = exchange(client, get(server.url(name)));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(server.requests().size(), 1);
}

TEST_F(HttpClientRoute, WrongPasswordOfTheProxyIsSaidWithoutIt) {
    TlsServer server(serverTls(server_));
    ConnectProxy proxy(server.port());
    proxy.demand("ana:right");
    HttpClient client(route(proxy.address("ana:hush")));
    const Result<HttpResponse> response = exchange(client, get(server.url(name)));
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_TRUE(says(response.error(), "the proxy 127.0.0.1:")) << response.error().message;
    EXPECT_TRUE(says(response.error(), "wants a user name and password")) << response.error().message;
    EXPECT_FALSE(says(response.error(), "hush"));
    EXPECT_EQ(std::get<bool>(*response.error().detail("sent")), false);
}

TEST_F(HttpClientRoute, ProxyThatIsNotThereIsNamed) {
    QTcpServer taken;
    ASSERT_TRUE(taken.listen(QHostAddress::LocalHost));
    const std::string address = "http://127.0.0.1:" + std::to_string(taken.serverPort());
    taken.close();
    HttpClient client(route(address));
    const Result<HttpResponse> response =
        exchange(client, get(QUrl(QStringLiteral("https://login.example.test/"))));
    ASSERT_FALSE(response.has_value());
    EXPECT_TRUE(says(response.error(), "the proxy 127.0.0.1:")) << response.error().message;
    EXPECT_TRUE(says(response.error(), "network.proxy"));
    EXPECT_EQ(std::get<bool>(*response.error().detail("sent")), false);
}

TEST_F(HttpClientRoute, ProxyThatForbidsIsNamed) {
    ConnectProxy proxy(1);
    proxy.refuse("403 Forbidden");
    HttpClient client(route(proxy.address()));
    const Result<HttpResponse> response =
        exchange(client, get(QUrl(QStringLiteral("https://login.example.test/"))));
    ASSERT_FALSE(response.has_value());
    EXPECT_TRUE(says(response.error(), "the proxy 127.0.0.1:")) << response.error().message;
}

TEST_F(HttpClientRoute, P6_ClientCertificateIsShown) {
    TlsServer server(serverTls(server_, &authority_));
    HttpClient client(route());
    HttpRequest request = get(server.url(QStringLiteral("127.0.0.1")));
    request.certificate = certificateOf("desk");
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(server.clients(), QList<QString>{QStringLiteral("desk")});
    // Without one the server does not talk to us.
    EXPECT_FALSE(exchange(client, get(server.url(QStringLiteral("127.0.0.1")))).has_value());
    EXPECT_EQ(server.requests().size(), 1);
}

TEST_F(HttpClientRoute, SEC_C_23_ConnectionOfOneIdentityIsNeverUsedForAnother) {
    TlsServer server(serverTls(server_, &authority_));
    HttpClient client(route());
    const auto one = certificateOf("one");
    const auto two = certificateOf("two");
    for (const auto& who : {one, two, one}) {
        HttpRequest request = get(server.url(QStringLiteral("127.0.0.1")));
        request.certificate = who;
        ASSERT_TRUE(exchange(client, std::move(request)).has_value());
    }
    EXPECT_EQ(server.clients(),
              (QList<QString>{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("one")}));
}

PublicExchange::Net netWith(const QList<QHostAddress>& addresses, bool allPublic) {
    PublicExchange::Net net;
    net.lookUp = [addresses](const QString&, QObject* receiver, PublicExchange::Net::Found found) {
        QMetaObject::invokeMethod(
            receiver, [addresses, found = std::move(found)] { found(addresses); }, Qt::QueuedConnection);
    };
    if (allPublic)
        net.isPublic = [](const QHostAddress&) { return true; };
    return net;
}

TEST_F(HttpClientRoute, SEC_C_22_ConnectionGoesToTheCheckedAddressUnderTheName) {
    TlsServer server(serverTls(server_));
    HttpClient client(route(), netWith({QHostAddress(QHostAddress::LocalHost)}, true));
    HttpRequest request = get(server.url(name));
    request.publicOnly = true;
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response.has_value()) << response.error().message; // the certificate is for the name
    ASSERT_EQ(server.requests().size(), 1);
    const QByteArray host = "Host: login.example.test:" + QByteArray::number(server.port()) + "\r\n";
    EXPECT_TRUE(server.requests().front().contains(host)) << server.requests().front().constData();
}

TEST_F(HttpClientRoute, SEC_C_22_CheckedAddressMustStillHoldTheName) {
    const Identity other = makeIdentity({.name = "other", .alternativeName = "IP:127.0.0.1"}, &authority_);
    TlsServer server(serverTls(other));
    HttpClient client(route(), netWith({QHostAddress(QHostAddress::LocalHost)}, true));
    HttpRequest request = get(server.url(name));
    request.publicOnly = true;
    EXPECT_FALSE(exchange(client, std::move(request)).has_value());
    EXPECT_TRUE(server.requests().isEmpty());
}

TEST_F(HttpClientRoute, SEC_C_22_NameThatLeadsInsideIsRefusedBeforeAnyConnection) {
    RawServer trap([](QTcpSocket&, const QByteArray&) {});
    const QHostAddress outside(QStringLiteral("8.8.8.8"));
    for (const QList<QHostAddress>& addresses :
         {QList<QHostAddress>{QHostAddress(QHostAddress::LocalHost)},
          QList<QHostAddress>{outside, QHostAddress(QHostAddress::LocalHost)},
          QList<QHostAddress>{QHostAddress(QStringLiteral("::ffff:127.0.0.1"))}}) {
        HttpClient client(route(), netWith(addresses, false));
        HttpRequest request =
            get(QUrl(QStringLiteral("https://rebind.example.test:%1/").arg(trap.url().port())));
        request.publicOnly = true;
        const Result<HttpResponse> response = exchange(client, std::move(request));
        ASSERT_FALSE(response.has_value());
        EXPECT_EQ(response.error().code, ErrorCode::ProviderError);
        EXPECT_TRUE(says(response.error(), "rebind.example.test leads into a private network"));
    }
    EXPECT_EQ(trap.connections(), 0);
}

TEST_F(HttpClientRoute, SEC_C_22_AddressThatIsWrittenOutIsJudgedToo) {
    RawServer trap([](QTcpSocket&, const QByteArray&) {});
    const QString port = QString::number(trap.url().port());
    for (const QString& text :
         {QStringLiteral("http://127.0.0.1:"), QStringLiteral("https://[::ffff:7f00:1]:"),
          QStringLiteral("https://0x7f.1:"), QStringLiteral("https://169.254.169.254:"),
          QStringLiteral("https://localhost:")}) {
        HttpClient client(route());
        HttpRequest request = get(QUrl(text + port + QStringLiteral("/")));
        request.publicOnly = true;
        const Result<HttpResponse> response = exchange(client, std::move(request));
        ASSERT_FALSE(response.has_value()) << text.toStdString();
        EXPECT_TRUE(says(response.error(), "private network")) << response.error().message;
    }
    EXPECT_EQ(trap.connections(), 0);
}

TEST_F(HttpClientRoute, NextAddressIsTriedWhileNothingWasSent) {
    TlsServer server(serverTls(server_));
    // Nothing listens on the second address of this machine.
    const QList<QHostAddress> addresses{QHostAddress(QStringLiteral("127.0.0.2")),
                                        QHostAddress(QHostAddress::LocalHost)};
    HttpClient client(route(), netWith(addresses, true));
    HttpRequest request = post(server.url(name), "a=b");
    request.publicOnly = true;
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response.has_value()) << response.error().message;
    EXPECT_EQ(server.requests().size(), 1);
}

TEST_F(HttpClientRoute, NameThatIsNotThereAndALookUpThatHangsEndInTime) {
    HttpRequest request = get(QUrl(QStringLiteral("https://nowhere.example.test/")));
    request.publicOnly = true;
    HttpClient client(route(), netWith({}, false));
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_FALSE(response.has_value());
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    PublicExchange::Net hanging;
    hanging.lookUp = [](const QString&, QObject*, const PublicExchange::Net::Found&) {};
    HttpClient waiting(route(), hanging);
    HttpRequest second = get(QUrl(QStringLiteral("https://nowhere.example.test/")));
    second.publicOnly = true;
    second.deadline = std::chrono::milliseconds(20);
    const Result<HttpResponse> late = exchange(waiting, std::move(second));
    ASSERT_FALSE(late.has_value());
    EXPECT_TRUE(says(late.error(), "No answer in time"));
}

} // namespace

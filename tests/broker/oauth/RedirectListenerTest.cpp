#include "broker/oauth/RedirectListener.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <QElapsedTimer>
#include <QHostAddress>
#include <QTcpSocket>

#include <gtest/gtest.h>
#include <memory>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace keybearer;
using namespace keybearer::test;
using std::chrono::milliseconds;

namespace {

class RedirectListenerTest : public ::testing::Test {
protected:
    RedirectListenerTest()
        : listener_(RedirectListener::Place{"/cb/x"}, [this](const auto& parameters) {
              seen_.push_back(parameters);
              const auto state = parameters.find("state");
              return state != parameters.end() && state->second == "right" ? RedirectPage::Answered
                                                                           : RedirectPage::Neutral;
          }) {
        EXPECT_TRUE(listener_.listen());
        port_ = static_cast<quint16>(std::stoi(listener_.redirectUri().substr(17)));
    }

    [[nodiscard]] std::unique_ptr<QTcpSocket> connected() const {
        auto socket = std::make_unique<QTcpSocket>();
        socket->connectToHost(QHostAddress::LocalHost, port_);
        EXPECT_TRUE(waitFor([&] { return socket->state() == QAbstractSocket::ConnectedState; }));
        return socket;
    }
    // Everything that the listener sends until it closes.
    [[nodiscard]] static std::string readAll(QTcpSocket& socket) {
        QByteArray all;
        EXPECT_TRUE(waitFor([&] {
            all += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        }));
        all += socket.readAll();
        return all.toStdString();
    }
    [[nodiscard]] std::string ask(const std::string& request) const {
        const auto socket = connected();
        socket->write(request.data(), static_cast<qint64>(request.size()));
        return readAll(*socket);
    }
    [[nodiscard]] std::string get(const std::string& target, const std::string& host = {}) const {
        return ask("GET " + target + " HTTP/1.1\r\nHost: " + (host.empty() ? authority() : host) +
                   "\r\n\r\n");
    }
    [[nodiscard]] std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }

    std::vector<std::map<std::string, std::string>> seen_;
    RedirectListener listener_;
    quint16 port_ = 0;
};

bool isNeutral(const std::string& response) {
    return response.find("Nothing to do here") != std::string::npos;
}

} // namespace

TEST_F(RedirectListenerTest, SEC_C_03_RedirectUriIsTheLiteralLoopbackAddress) {
    EXPECT_EQ(listener_.redirectUri(), "http://127.0.0.1:" + std::to_string(port_) + "/cb/x");
}

TEST_F(RedirectListenerTest, SEC_C_03_OtherAddressesOfThisMachineDoNotAnswer) {
    for (const char* address : {"::1", "127.0.0.2"}) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress(QString::fromLatin1(address)), port_);
        EXPECT_TRUE(waitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; })) << address;
    }
}

TEST_F(RedirectListenerTest, SEC_C_04_ValidAnswerGetsThePageAndClosesThePort) {
    const std::string page = get("/cb/x?code=4%2F0Ab%2Bc%3D&state=right");
    EXPECT_EQ(page.rfind("HTTP/1.1 200 OK\r\n", 0), 0U) << page;
    EXPECT_NE(page.find("Go back to Keybearer"), std::string::npos);
    ASSERT_EQ(seen_.size(), 1U);
    EXPECT_EQ(seen_[0].at("code"), "4/0Ab+c=");
    EXPECT_FALSE(listener_.isListening());
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost, port_);
    EXPECT_TRUE(waitFor([&] { return late.error() == QAbstractSocket::ConnectionRefusedError; }));
}

TEST_F(RedirectListenerTest, AnAnswerThatWasTakenLeadsOnToAnAddressOfOursAndNoOtherDoes) {
    RedirectListener onward(
        {"/cb/x", "127.0.0.1", 0, false, "http://127.0.0.1:4180/as/notes/wait?transaction=t"},
        [](const auto& parameters) {
            return parameters.contains("code") ? RedirectPage::Answered : RedirectPage::Neutral;
        });
    ASSERT_TRUE(onward.listen());
    port_ = static_cast<quint16>(std::stoi(onward.redirectUri().substr(17)));
    EXPECT_TRUE(isNeutral(get("/cb/x?state=wrong")));
    const std::string response = get("/cb/x?code=1");
    EXPECT_TRUE(response.starts_with("HTTP/1.1 303 ")) << response;
    EXPECT_NE(response.find("\r\nLocation: http://127.0.0.1:4180/as/notes/wait?transaction=t\r\n"),
              std::string::npos);
    EXPECT_NE(response.find("Referrer-Policy: no-referrer"), std::string::npos);
}

TEST_F(RedirectListenerTest, PageIsNeverCachedFramedOrScripted) {
    const std::string page = get("/cb/x?state=right&code=planted");
    for (const char* header : {"\r\nCache-Control: no-store\r\n", "\r\nReferrer-Policy: no-referrer\r\n",
                               "\r\nContent-Security-Policy: default-src 'none'; style-src 'sha256-",
                               "frame-ancestors 'none'", "\r\nX-Content-Type-Options: nosniff\r\n"})
        EXPECT_NE(page.find(header), std::string::npos) << header;
    EXPECT_EQ(page.find("planted"), std::string::npos);
    for (const char* foreign : {"<script", "http://", "https://", "<img", "<link", "url("})
        EXPECT_EQ(page.find(foreign), std::string::npos) << foreign;
    EXPECT_NE(page.find("prefers-color-scheme"), std::string::npos);
}

TEST_F(RedirectListenerTest, SEC_C_06_ForeignStateGetsTheNeutralPageAndTheListeningGoesOn) {
    for (int i = 0; i < 50; ++i)
        EXPECT_TRUE(isNeutral(get("/cb/x?code=evil&state=wrong")));
    EXPECT_TRUE(listener_.isListening());
    EXPECT_FALSE(isNeutral(get("/cb/x?code=good&state=right")));
}

TEST_F(RedirectListenerTest, SEC_C_05_OtherPathsAreNotLookedAt) {
    for (const char* target :
         {"/", "/cb/xy?state=right", "/cb/x/?state=right", "/cb?state=right", "/CB/x?state=right",
          "/cb/%78?state=right", "//cb/x?state=right", "/cb/./x?state=right", "/favicon.ico"}) {
        const std::string page = get(target);
        EXPECT_TRUE(isNeutral(page)) << target;
        EXPECT_EQ(page.rfind("HTTP/1.1 404 ", 0), 0U) << target;
    }
    EXPECT_TRUE(seen_.empty());
    EXPECT_TRUE(listener_.isListening());
}

TEST_F(RedirectListenerTest, OtherMethodsAreRefused) {
    for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "get"}) {
        const std::string page =
            ask(std::string(method) + " /cb/x?state=right HTTP/1.1\r\nHost: " + authority() +
                "\r\nContent-Length: 4\r\n\r\nbody");
        EXPECT_TRUE(isNeutral(page)) << method;
        EXPECT_EQ(page.rfind("HTTP/1.1 405 ", 0), 0U) << method;
    }
    EXPECT_TRUE(seen_.empty());
}

TEST_F(RedirectListenerTest, HeadIsRefusedWithoutAPage) {
    const std::string answer = ask("HEAD /cb/x?state=right HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
    EXPECT_EQ(answer.rfind("HTTP/1.1 405 ", 0), 0U);
    EXPECT_TRUE(answer.ends_with("\r\n\r\n")) << "content after the head of an answer to HEAD";
    EXPECT_TRUE(seen_.empty());
}

TEST_F(RedirectListenerTest, ForeignHostIsRefused) {
    const std::string port = std::to_string(port_);
    for (const std::string& host : {"evil.example:" + port, "localhost:" + port, std::string("127.0.0.1"),
                                    "127.0.0.1.nip.io:" + port, "[::1]:" + port, "127.0.0.1:" + port + ", x"})
        EXPECT_TRUE(isNeutral(get("/cb/x?state=right", host))) << host;
    EXPECT_TRUE(isNeutral(ask("GET /cb/x?state=right HTTP/1.1\r\n\r\n")));
    EXPECT_TRUE(seen_.empty());
}

TEST_F(RedirectListenerTest, AmbiguousParametersAreRefused) {
    for (const char* query : {"state=right&state=right", "state=right&code=a&code=b", "state=right&code=%zz"})
        EXPECT_TRUE(isNeutral(get("/cb/x?" + std::string(query)))) << query;
    EXPECT_TRUE(seen_.empty());
}

TEST_F(RedirectListenerTest, HeadMayComeByteByByte) {
    const auto socket = connected();
    const std::string request = "GET /cb/x?state=right HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n";
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    for (const char c : request) {
        socket->write(&c, 1);
        socket->flush();
        QCoreApplication::processEvents();
    }
    EXPECT_FALSE(isNeutral(readAll(*socket)));
    EXPECT_EQ(seen_.size(), 1U);
}

TEST_F(RedirectListenerTest, HugeQueryGetsTheNeutralPageAndTheListeningGoesOn) {
    const std::string page = get("/cb/x?state=right&code=" + std::string(65536, 'c'));
    EXPECT_TRUE(isNeutral(page)) << page.substr(0, 100);
    EXPECT_EQ(page.rfind("HTTP/1.1 431 ", 0), 0U);
    EXPECT_TRUE(seen_.empty());
    EXPECT_FALSE(isNeutral(get("/cb/x?state=right")));
}

TEST_F(RedirectListenerTest, RubbishGetsTheNeutralPage) {
    using std::string;
    for (const string& bytes :
         {string("\r\n\r\n"), string("\x16\x03\x01\x02\x00\r\n\r\n", 9), string("GET\r\n\r\n")})
        EXPECT_TRUE(isNeutral(ask(bytes)));
    EXPECT_TRUE(listener_.isListening());
}

TEST_F(RedirectListenerTest, HeldConnectionsDoNotKeepTheAnswerOut) {
    std::vector<std::unique_ptr<QTcpSocket>> held;
    for (int i = 0; i < 200; ++i) {
        held.push_back(connected());
        held.back()->write("GET /cb/x?state=right HTTP/1.1\r\nX: ");
    }
    QElapsedTimer elapsed;
    elapsed.start();
    EXPECT_FALSE(isNeutral(get("/cb/x?code=good&state=right")));
    EXPECT_LT(elapsed.elapsed(), 4500) << "it waited for the deadline of the others";
    const auto open = std::count_if(held.begin(), held.end(), [](const auto& socket) {
        return socket->state() == QAbstractSocket::ConnectedState;
    });
    EXPECT_LE(open, 16);
}

// Descriptors run out just when the browser comes.
TEST_F(RedirectListenerTest, T45_ABrowserThatCannotBeAcceptedNowIsAcceptedLater) {
    // UndefinedBehaviorSanitizer looks at an object of a type that is new to it through a pipe.
    EXPECT_TRUE(isNeutral(get("/cb/x?state=wrong")));
    seen_.clear();
    const int browser = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ASSERT_GE(browser, 0);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none{static_cast<rlim_t>(browser) + 1, before.rlim_max};
    std::vector<int> fillers; // numbers below the browser's that are still free
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    for (int filler = ::dup(browser); filler >= 0; filler = ::dup(browser))
        fillers.push_back(filler);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port_);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(::connect(browser, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
    const std::string request = "GET /cb/x?state=right HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n";
    ASSERT_EQ(::send(browser, request.data(), request.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(request.size()));
    EXPECT_FALSE(waitFor([&] { return !seen_.empty(); }, milliseconds(50)));
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    for (const int filler : fillers)
        ::close(filler);
    EXPECT_TRUE(waitFor([&] { return !seen_.empty(); }));
    ::close(browser);
}

TEST(RedirectListenerDeadline, HalfAHeadIsDroppedAndTheListeningGoesOn) {
    EXPECT_EQ(RedirectListener::headDeadline, std::chrono::seconds(5));
    RedirectListener listener(
        RedirectListener::Place{"/cb"}, [](const auto&) { return RedirectPage::Neutral; }, milliseconds(100));
    ASSERT_TRUE(listener.listen());
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost,
                         static_cast<quint16>(QUrl(QString::fromStdString(listener.redirectUri())).port()));
    socket.write("GET /cb?state=right HTTP/1.1\r\n");
    ASSERT_TRUE(waitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }));
    EXPECT_TRUE(
        waitFor([&] { return socket.state() == QAbstractSocket::UnconnectedState; }, milliseconds(4000)));
    EXPECT_TRUE(listener.isListening());
}

TEST(RedirectPath, SEC_C_05_IsUniqueToTheIssuerAndToTheFlow) {
    const std::string one = uniqueRedirectPath("https://a.example");
    const std::string again = uniqueRedirectPath("https://a.example");
    const std::string other = uniqueRedirectPath("https://b.example");
    EXPECT_NE(one, again);
    EXPECT_EQ(one.substr(0, 14), again.substr(0, 14));
    EXPECT_NE(one.substr(0, 14), other.substr(0, 14));
    EXPECT_GE(one.size(), 14U + 22U);
}

namespace {

RedirectPage nothing(const std::map<std::string, std::string>&) {
    return RedirectPage::Neutral;
}

bool canConnect(QHostAddress::SpecialAddress address, quint16 port) {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress(address), port);
    return waitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }, milliseconds(500));
}

quint16 portOf(const RedirectListener& listener) {
    return static_cast<quint16>(QUrl(QString::fromStdString(listener.redirectUri())).port());
}

bool hasIpv6() {
    QTcpServer probe;
    return probe.listen(QHostAddress::LocalHostIPv6);
}

} // namespace

TEST(RedirectListenerPlace, LocalhostIsReachedByBothLoopbackAddresses) {
    RedirectListener listener({"/cb", "localhost", 0}, nothing);
    ASSERT_TRUE(listener.listen());
    EXPECT_EQ(listener.redirectUri().rfind("http://localhost:", 0), 0U);
    EXPECT_TRUE(canConnect(QHostAddress::LocalHost, portOf(listener)));
    EXPECT_EQ(canConnect(QHostAddress::LocalHostIPv6, portOf(listener)), hasIpv6());
    listener.close();
    EXPECT_FALSE(canConnect(QHostAddress::LocalHost, portOf(listener)));
    EXPECT_FALSE(canConnect(QHostAddress::LocalHostIPv6, portOf(listener)));
}

TEST(RedirectListenerPlace, SEC_C_03_OneAddressIsNotOpenedAsTheOther) {
    RedirectListener listener({"/cb"}, nothing);
    ASSERT_TRUE(listener.listen());
    EXPECT_FALSE(canConnect(QHostAddress::LocalHostIPv6, portOf(listener)));
}

TEST(RedirectListenerPlace, T11_APortThatIsTakenIsSaidAndFreeLaterOn) {
    for (const auto family : {QHostAddress::LocalHost, QHostAddress::LocalHostIPv6}) {
        QTcpServer other;
        if (!other.listen(family)) {
            EXPECT_FALSE(hasIpv6());
            continue;
        }
        RedirectListener listener({"/cb", "localhost", other.serverPort()}, nothing);
        const Result<void> listening = listener.listen();
        ASSERT_FALSE(listening);
        EXPECT_EQ(listening.error().code, ErrorCode::InvalidRequest);
        EXPECT_NE(listening.error().message.find(std::to_string(other.serverPort())), std::string::npos);
        other.close();
        EXPECT_TRUE(listener.listen());
    }
}

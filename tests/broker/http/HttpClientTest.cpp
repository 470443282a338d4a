#include "broker/http/HttpClient.h"
#include "tests/broker/http/Exchange.h"
#include "tests/broker/http/RawServer.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using std::chrono::milliseconds;

namespace {

const QByteArray emptyAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

RawServer::Answer always(QByteArray bytes) {
    return [bytes](QTcpSocket& socket, const QByteArray&) { socket.write(bytes); };
}

} // namespace

TEST(HttpClient, PostArrivesAsItWasGivenAndTheAnswerComesBack) {
    RawServer server(always("HTTP/1.1 200 OK\r\nX-One: 1\r\nContent-Length: 5\r\n\r\nhello"));
    HttpClient client;
    HttpRequest request = post(server.url(), "grant_type=x&y=z");
    request.headers = {{"Accept", "application/json"}, {"Authorization", "Basic YTpi"}};
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->header("x-one"), "1");
    EXPECT_EQ(response->body.reveal(), "hello");
    ASSERT_EQ(server.requests().size(), 1);
    const QByteArray sent = server.requests().first();
    EXPECT_TRUE(sent.startsWith("POST /token HTTP/1.1\r\n"));
    EXPECT_TRUE(sent.endsWith("\r\n\r\ngrant_type=x&y=z"));
    EXPECT_TRUE(sent.contains("Authorization: Basic YTpi\r\n"));
    EXPECT_TRUE(sent.contains("Content-Type: application/x-www-form-urlencoded\r\n"));
    EXPECT_TRUE(sent.contains("Accept-Encoding: identity\r\n"));
    EXPECT_FALSE(sent.toLower().contains("cookie"));
}

TEST(HttpClient, StatusAbove400IsAnAnswerWithItsBody) {
    for (const char* status : {"400 Bad Request", "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
                               "403 No", "404 No", "429 Slow", "500 Oops", "503 Later", "599 Odd"}) {
        RawServer server(
            always(QByteArray("HTTP/1.1 ") + status + "\r\nContent-Length: 13\r\n\r\n{\"error\":\"x\"}"));
        HttpClient client;
        const Result<HttpResponse> response = exchange(client, post(server.url(), "a=b"));
        ASSERT_TRUE(response) << status << response.error().message;
        EXPECT_EQ(response->status, QByteArray(status).left(3).toInt());
        EXPECT_EQ(response->body.reveal(), "{\"error\":\"x\"}") << status;
        EXPECT_EQ(server.requests().size(), 1) << status;
    }
}

TEST(HttpClient, SEC_C_27_ClosedFreshConnectionSeesExactlyOnePost) {
    RawServer server([](QTcpSocket& socket, const QByteArray&) { socket.disconnectFromHost(); });
    HttpClient client;
    const Result<HttpResponse> response = exchange(client, post(server.url(), "refresh_token=r"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_FALSE(waitFor([&] { return server.requests().size() > 1; }, milliseconds(300)));
    EXPECT_EQ(server.requests().size(), 1);
}

TEST(HttpClient, SEC_C_27_EachRequestHasAConnectionOfItsOwnAndIsSentOnce) {
    int seen = 0;
    RawServer server([&seen](QTcpSocket& socket, const QByteArray&) {
        if (++seen == 1)
            socket.write(emptyAnswer);
        else
            socket.disconnectFromHost();
    });
    HttpClient client;
    ASSERT_TRUE(exchange(client, post(server.url(), "first=1")));
    const Result<HttpResponse> response = exchange(client, post(server.url(), "refresh_token=r"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_FALSE(waitFor([&] { return server.requests().size() > 2; }, milliseconds(300)));
    EXPECT_EQ(server.requests().size(), 2);
    EXPECT_EQ(server.connections(), 2);
}

TEST(HttpClient, SEC_C_27_ResetConnectionSeesExactlyOnePost) {
    RawServer server([](QTcpSocket& socket, const QByteArray&) { socket.abort(); });
    HttpClient client;
    ASSERT_FALSE(exchange(client, post(server.url(), "refresh_token=r")));
    EXPECT_FALSE(waitFor([&] { return server.requests().size() > 1; }, milliseconds(300)));
    EXPECT_EQ(server.requests().size(), 1);
}

TEST(HttpClient, SEC_C_35_RedirectWithASecretIsNotFollowed) {
    RawServer trap(always(emptyAnswer));
    for (const char* status :
         {"301 Moved", "302 Found", "303 See", "307 Temporary", "308 Permanent", "304 Same"}) {
        RawServer server([&trap, status](QTcpSocket& socket, const QByteArray&) {
            socket.write(QByteArray("HTTP/1.1 ") + status + "\r\nLocation: " + trap.url().toEncoded() +
                         "\r\nContent-Length: 0\r\n\r\n");
        });
        HttpClient client;
        HttpRequest request = post(server.url(), "refresh_token=r");
        request.headers = {{"Authorization", "Bearer t"}};
        const Result<HttpResponse> response = exchange(client, std::move(request));
        ASSERT_FALSE(response) << status;
        EXPECT_EQ(response.error().code, ErrorCode::ProviderError) << status;
        const Result<HttpResponse> read = exchange(client, get(server.url()));
        ASSERT_FALSE(read) << status;
        EXPECT_EQ(read.error().code, ErrorCode::ProviderError) << status;
    }
    EXPECT_EQ(trap.connections(), 0);
}

TEST(HttpClient, CookiesAreNeitherKeptNorSent) {
    RawServer server(always("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nCache-Control: max-age=60\r\n"
                            "Content-Length: 2\r\n\r\n{}"));
    HttpClient client;
    ASSERT_TRUE(exchange(client, get(server.url())));
    ASSERT_TRUE(exchange(client, get(server.url())));
    ASSERT_EQ(server.requests().size(), 2) << "an answer was taken from a cache";
    EXPECT_FALSE(server.requests().last().toLower().contains("cookie"));
}

TEST(HttpClient, SEC_C_38_BadHeaderIsRefusedBeforeAByteIsSent) {
    RawServer server(always(emptyAnswer));
    HttpClient client;
    HttpRequest request = post(server.url(), "a=b");
    request.headers = {{"Authorization", "Bearer x\r\nX-Evil: 1"}};
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::InvalidParams);
    EXPECT_EQ(server.connections(), 0);
}

TEST(HttpClient, RefusalIsTooDeliveredFromTheEventLoop) {
    HttpClient client;
    bool called = false;
    const auto running = client.send(get(QUrl(QStringLiteral("http://as.example/"))),
                                     [&](const Result<HttpResponse>&) { called = true; });
    EXPECT_FALSE(called);
    EXPECT_TRUE(waitFor([&] { return called; }));
}

TEST(HttpClient, RefusedConnectionIsTransient) {
    QUrl nobody;
    {
        const RawServer gone(always(emptyAnswer));
        nobody = gone.url();
    }
    HttpClient client;
    const Result<HttpResponse> response = exchange(client, post(nobody, "code=planted"));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::ProviderUnavailable);
    EXPECT_EQ(response.error().message.find("planted"), std::string::npos);
}

TEST(HttpClient, DestroyedExchangeIsCancelledAndSilent) {
    RawServer server([](QTcpSocket&, const QByteArray&) {});
    HttpClient client;
    bool called = false;
    auto running =
        client.send(post(server.url(), "a=b"), [&](const Result<HttpResponse>&) { called = true; });
    ASSERT_TRUE(waitFor([&] { return server.requests().size() == 1; }));
    running.reset();
    EXPECT_FALSE(waitFor([&] { return called; }, milliseconds(100)));
}

TEST(HttpClient, CompletionMayDestroyTheExchange) {
    RawServer server(always(emptyAnswer));
    HttpClient client;
    std::unique_ptr<HttpExchange> running;
    bool called = false;
    running = client.send(get(server.url()), [&](const Result<HttpResponse>&) {
        running.reset();
        called = true;
    });
    ASSERT_TRUE(waitFor([&] { return called; }));
    EXPECT_EQ(running, nullptr);
}

#include "broker/http/HttpClient.h"
#include "tests/broker/http/Exchange.h"
#include "tests/broker/http/RawServer.h"
#include "tests/support/OwnMemory.h"

#include <QElapsedTimer>
#include <QTimer>

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using std::chrono::milliseconds;

namespace {

// Writes the head, then the same chunk again and again until told to stop or the client has gone.
RawServer::Answer endless(QByteArray head, QByteArray chunk, qint64* written) {
    return [head, chunk, written](QTcpSocket& socket, const QByteArray&) {
        socket.write(head);
        QObject::connect(&socket, &QTcpSocket::bytesWritten, &socket,
                         [&socket, chunk, written](qint64 bytes) {
                             *written += bytes;
                             if (socket.bytesToWrite() < chunk.size() && *written < (qint64{256} << 20))
                                 socket.write(chunk);
                         });
    };
}

ErrorCode codeOf(const Result<HttpResponse>& response) {
    return response ? ErrorCode::InternalError : response.error().code;
}

} // namespace

TEST(HttpClientLimits, BodyExactlyAtTheLimitIsRead) {
    RawServer server([](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + QByteArray(300000, 'x'));
    });
    HttpClient client;
    HttpRequest request = get(server.url());
    request.responseLimit = 300000;
    const Result<HttpResponse> response = exchange(client, std::move(request));
    ASSERT_TRUE(response) << response.error().message;
    EXPECT_EQ(response->body.reveal(), std::string(300000, 'x'));
}

TEST(HttpClientLimits, AnnouncedBodyOverTheLimitIsNotEvenWaitedFor) {
    RawServer server([](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2147483648\r\n\r\n"); // and then nothing
    });
    HttpClient client;
    EXPECT_EQ(codeOf(exchange(client, get(server.url()))), ErrorCode::ProviderError);
}

TEST(HttpClientLimits, UnannouncedEndlessBodyStopsAtTheLimit) {
    qint64 written = 0;
    const std::size_t before = residentBytes();
    RawServer server(endless("HTTP/1.1 200 OK\r\n\r\n", QByteArray(65536, 'x'), &written));
    HttpClient client;
    EXPECT_EQ(codeOf(exchange(client, get(server.url()))), ErrorCode::ProviderError);
    EXPECT_LT(written, qint64{32} << 20);
    EXPECT_LT(residentBytes(), before + (64U << 20) + keptBySanitizers);
}

TEST(HttpClientLimits, EndlessChunkedBodyStopsAtTheLimit) {
    qint64 written = 0;
    RawServer server(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                             "10000\r\n" + QByteArray(65536, 'x') + "\r\n", &written));
    HttpClient client;
    EXPECT_EQ(codeOf(exchange(client, get(server.url()))), ErrorCode::ProviderError);
}

TEST(HttpClientLimits, CompressedAnswerIsRefusedAndNeverUnpacked) {
    for (const char* encoding : {"gzip", "br", "zstd", "deflate", "gzip, gzip"}) {
        RawServer server([encoding](QTcpSocket& socket, const QByteArray&) {
            socket.write(QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Encoding: ") + encoding +
                         "\r\n\r\n{}");
        });
        HttpClient client;
        EXPECT_EQ(codeOf(exchange(client, get(server.url()))), ErrorCode::ProviderError) << encoding;
    }
    RawServer plain([](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Encoding: identity\r\n\r\n{}");
    });
    HttpClient client;
    EXPECT_TRUE(exchange(client, get(plain.url())));
}

TEST(HttpClientLimits, EndlessHeadersEndInAnErrorWithoutEatingTheMemory) {
    qint64 written = 0;
    const std::size_t before = residentBytes();
    RawServer server(endless("HTTP/1.1 200 OK\r\n", "X-Filler: " + QByteArray(1000, 'h') + "\r\n", &written));
    HttpClient client;
    HttpRequest request = get(server.url());
    EXPECT_EQ(codeOf(exchange(client, std::move(request))), ErrorCode::ProviderError);
    EXPECT_LT(residentBytes(), before + (64U << 20) + keptBySanitizers);
}

TEST(HttpClientLimits, HeadersOver64KilobytesAreRefused) {
    QByteArray head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";
    for (int i = 0; i < 20; ++i)
        head += "X-" + QByteArray::number(i) + ": " + QByteArray(4000, 'h') + "\r\n";
    RawServer server([head](QTcpSocket& socket, const QByteArray&) { socket.write(head + "\r\n"); });
    HttpClient client;
    const Result<HttpResponse> response = exchange(client, get(server.url()));
    EXPECT_FALSE(response);
}

TEST(HttpClientLimits, DrippingServerHitsTheDeadline) {
    RawServer server([](QTcpSocket& socket, const QByteArray&) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
        auto* drip = new QTimer(&socket);
        QObject::connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
        drip->start(20);
    });
    HttpClient client;
    HttpRequest request = get(server.url());
    request.deadline = milliseconds(300);
    QElapsedTimer elapsed;
    elapsed.start();
    EXPECT_EQ(codeOf(exchange(client, std::move(request))), ErrorCode::ProviderUnavailable);
    EXPECT_GE(elapsed.elapsed(), 250); // a coarse timer may be a twentieth early
    EXPECT_LT(elapsed.elapsed(), 5000);
}

TEST(HttpClientLimits, SilentServerHitsTheDeadline) {
    RawServer server([](QTcpSocket&, const QByteArray&) {});
    HttpClient client;
    HttpRequest request = post(server.url(), "a=b");
    request.deadline = milliseconds(200);
    EXPECT_EQ(codeOf(exchange(client, std::move(request))), ErrorCode::ProviderUnavailable);
    EXPECT_EQ(server.requests().size(), 1);
}

TEST(HttpClientLimits, TruncatedAnswerIsNoAnswer) {
    for (const char* head :
         {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n", "HTTP/1.1 200 OK\r\nCont"}) {
        RawServer server([head](QTcpSocket& socket, const QByteArray&) {
            socket.write(QByteArray(head) + "{\"access_token\":\"cut");
            socket.disconnectFromHost();
        });
        HttpClient client;
        EXPECT_EQ(codeOf(exchange(client, post(server.url(), "a=b"))), ErrorCode::ProviderUnavailable)
            << head;
        EXPECT_EQ(server.requests().size(), 1) << head;
    }
}

TEST(HttpClientLimits, AnswerThatIsNoHttpIsNoAnswer) {
    for (const char* bytes : {"SSH-2.0-OpenSSH_9.2\r\n", "\r\n\r\n\r\n", "HTTP/9.9 abc\r\n\r\n", "{}"}) {
        RawServer server([bytes](QTcpSocket& socket, const QByteArray&) {
            socket.write(bytes);
            socket.disconnectFromHost();
        });
        HttpClient client;
        EXPECT_EQ(codeOf(exchange(client, post(server.url(), "a=b"))), ErrorCode::ProviderUnavailable)
            << bytes;
    }
}

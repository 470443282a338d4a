#include "tests/broker/gateway/upstream/Upstream.h"
#include "tests/support/Certificates.h"
#include "tests/support/TunnelProxy.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ; // NOLINT: of POSIX

namespace keybearer {

namespace {

using namespace test;
namespace fs = std::filesystem;

class Collector final : public UpstreamListener {
public:
    void onHead(const UpstreamHead& got) override { head = got; }
    bool onBody(std::string_view bytes) override {
        size += bytes.size();
        body.append(bytes.substr(0, 4096));
        return taking;
    }
    void onEnd(UpstreamEnd got) override { end = std::move(got); }
    [[nodiscard]] std::string error() const {
        return end && end->error ? end->error->message : std::string();
    }

    UpstreamHead head;
    std::string body;
    std::size_t size = 0;
    bool taking = true;
    std::optional<UpstreamEnd> end;
};

class UpstreamTlsTest : public UpstreamTest {
protected:
    UpstreamTlsTest() {
        char path[] = "/tmp/kb-upstream-XXXXXX";
        folder = ::mkdtemp(path);
        write("ca.pem", certificatePem(authority));
        write("other.pem", certificatePem(makeIdentity({.name = "Other", .isAuthority = true})));
        use(makeIdentity({.name = "s", .alternativeName = "IP:127.0.0.1,DNS:localhost,DNS:mcp.example.test"},
                         &authority));
    }
    ~UpstreamTlsTest() override { fs::remove_all(folder); }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder / name) << text;
    }
    void use(const Identity& identity) {
        tls = std::make_unique<boost::asio::ssl::context>(boost::asio::ssl::context::tls_server);
        SSL_CTX_use_certificate(tls->native_handle(), identity.certificate.get());
        SSL_CTX_use_PrivateKey(tls->native_handle(), identity.key.get());
        write("key.pem", keyPem(identity));
        write("certificate.pem", certificatePem(identity));
        server = std::make_unique<ScriptedServer>(
            loop, [](const Request&, const Reply& reply) { reply->write(ScriptedServer::json("{}")); },
            tls.get());
    }
    UpstreamRequest wanted(const std::string& caFile = "ca.pem") const {
        UpstreamRequest made;
        made.url = server->url();
        made.body = std::make_shared<const std::string>("{}");
        made.caFile = caFile.empty() ? caFile : (folder / caFile).string();
        return made;
    }
    Collector run(UpstreamRequest one) {
        Collector got;
        const auto transfer = pool.start(std::move(one), got);
        EXPECT_TRUE(until([&] { return got.end.has_value(); }, 20'000));
        return got;
    }

    Identity authority = makeIdentity({.name = "Test authority", .isAuthority = true});
    fs::path folder;
    std::unique_ptr<boost::asio::ssl::context> tls;
};

TEST_F(UpstreamTlsTest, SEC_C_21_TheCertificateIsCheckedAlways) {
    EXPECT_EQ(run(wanted()).error(), "");
    EXPECT_EQ(server->requests().size(), 1U);
    for (const std::string ca : {"", "other.pem", "missing.pem"}) {
        UpstreamPool fresh(loop); // keeps no connection
        Collector got;
        const auto transfer = fresh.start(wanted(ca), got);
        ASSERT_TRUE(until([&] { return got.end.has_value(); }));
        EXPECT_NE(got.error().find("No answer from 127.0.0.1: "), std::string::npos) << ca;
        EXPECT_NE(got.end->error->action.find("ca_file"), std::string::npos) << ca;
    }
    EXPECT_EQ(server->requests().size(), 1U);
}

TEST_F(UpstreamTlsTest, SEC_C_21_AndItsNameAndItsTime) {
    for (const CertificateWish& wish : {CertificateWish{.name = "s", .alternativeName = "DNS:elsewhere.test"},
                                        CertificateWish{.name = "127.0.0.1",
                                        .alternativeName = "IP:127.0.0.1",
                                        .beginsAfter = -7200,
                                        .endsAfter = -3600}}) {
        use(makeIdentity(wish, &authority));
        EXPECT_NE(run(wanted()).error(), "") << wish.alternativeName;
        EXPECT_TRUE(server->requests().empty());
    }
}

TEST_F(UpstreamTlsTest, ConnectionsAreKeptAndNotSharedBetweenAuthorities) {
    EXPECT_EQ(run(wanted()).error(), "");
    EXPECT_EQ(run(wanted()).error(), "");
    EXPECT_EQ(server->connections(), 1);
    EXPECT_NE(run(wanted("other.pem")).error(), "");
    EXPECT_EQ(server->requests().size(), 2U);
}

TEST_F(UpstreamTlsTest, ACompanysProxyCarriesWhatGoesOutside) {
    TunnelProxy proxy(loop, server->port());
    UpstreamRequest one = wanted();
    one.url = "https://mcp.example.test/mcp";
    one.proxy = proxy.url("user:pass%20word");
    EXPECT_EQ(run(one).error(), "");
    ASSERT_EQ(proxy.heads().size(), 1U);
    EXPECT_EQ(proxy.heads()[0].find("CONNECT mcp.example.test:443 HTTP/1.1\r\n"), 0U);
    EXPECT_NE(proxy.heads()[0].find("Proxy-Authorization: Basic dXNlcjpwYXNzIHdvcmQ=\r\n"),
              std::string::npos);
    EXPECT_FALSE(server->requests().at(0).has("proxy-authorization"));
    // Exceptions go straight.
    UpstreamRequest straight = wanted();
    straight.proxy = proxy.url();
    straight.noProxy = "localhost,127.0.0.1";
    EXPECT_EQ(run(straight).error(), "");
    EXPECT_EQ(proxy.heads().size(), 1U);
    // A refusal is said as such, and shows no password.
    TunnelProxy refusing(loop, server->port());
    refusing.refusal = "403 No";
    one.proxy = refusing.url("user:hunter2");
    const Collector got = run(one);
    EXPECT_EQ(got.error(), "No answer from mcp.example.test: the proxy answers 403");
    EXPECT_EQ(got.end->error->action.find("hunter2"), std::string::npos);
}

TEST_F(UpstreamTlsTest, TheEnvironmentsProxyIsUsedWhereNoneIsConfigured) {
    TunnelProxy proxy(loop, server->port());
    ::setenv("HTTPS_PROXY", proxy.url().c_str(), 1);
    UpstreamRequest one = wanted();
    one.url = "https://mcp.example.test/mcp";
    EXPECT_EQ(run(one).error(), "");
    EXPECT_EQ(proxy.heads().size(), 1U);
    ::setenv("NO_PROXY", "127.0.0.1", 1);
    UpstreamRequest straight = wanted();
    EXPECT_EQ(run(straight).error(), "");
    ::unsetenv("NO_PROXY");
    ::unsetenv("HTTPS_PROXY");
    EXPECT_EQ(proxy.heads().size(), 1U);
}

// Bits of a deflate stream, lowest first.
class Bits {
public:
    void put(unsigned value, int count) { // lowest bit first
        for (int i = 0; i < count; ++i)
            bit((value >> i) & 1U);
    }
    void code(unsigned value, int count) { // a Huffman code: highest bit first
        for (int i = count - 1; i >= 0; --i)
            bit((value >> i) & 1U);
    }
    std::string bytes;

private:
    void bit(unsigned one) {
        if (at_ == 0)
            bytes.push_back('\0');
        bytes.back() = static_cast<char>(static_cast<unsigned char>(bytes.back()) | (one << at_));
        at_ = (at_ + 1) % 8;
    }
    unsigned at_ = 0;
};

TEST_F(UpstreamTlsTest, T_26_ABodyThatUnpacksWithoutEndIsNotUnpacked) {
    Bits bomb;
    bomb.bytes = std::string("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    bomb.put(0, 1); // not the last block
    bomb.put(1, 2); // fixed codes
    bomb.code(0x30 + 'x', 8);
    for (int i = 0; i < 400'000; ++i) { // 258 bytes for 13 bits: 100 MB out of 650 kB
        bomb.code(0xC5, 8);
        bomb.code(0, 5);
    }
    server = std::make_unique<ScriptedServer>(
        loop,
        [&](const Request& got, const Reply& reply) {
            EXPECT_EQ(got.field("accept-encoding"), "gzip");
            reply->write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                         "Transfer-Encoding: chunked\r\n\r\n" +
                         ScriptedServer::chunk(bomb.bytes));
        },
        tls.get());
    const Collector got = run(wanted());
    EXPECT_EQ(got.error(), "127.0.0.1 sends a body that unpacks without end");
    EXPECT_LT(got.size, 80U * 1024 * 1024);
}

// A server in Node that speaks HTTP/2.
class Http2Server {
public:
    Http2Server(const fs::path& folder) {
        int in[2];
        int out[2];
        EXPECT_EQ(::pipe2(in, O_CLOEXEC), 0);
        EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, in[0], 0);
        posix_spawn_file_actions_adddup2(&actions, out[1], 1);
        std::string words[] = {KEYBEARER_NODE, KEYBEARER_HTTP2_SERVER, (folder / "key.pem").string(),
                               (folder / "certificate.pem").string()};
        char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
        EXPECT_EQ(::posix_spawn(&process_, KEYBEARER_NODE, &actions, nullptr, arguments, environ), 0);
        posix_spawn_file_actions_destroy(&actions);
        ::close(in[0]);
        ::close(out[1]);
        input_ = in[1];
        std::string line;
        for (char c = 0; ::read(out[0], &c, 1) == 1 && c != '\n';)
            line += c;
        ::close(out[0]);
        url = "https://127.0.0.1:" + line;
    }
    ~Http2Server() {
        ::close(input_);
        ::waitpid(process_, nullptr, 0);
    }
    Http2Server(const Http2Server&) = delete;
    Http2Server& operator=(const Http2Server&) = delete;
    std::string url;

private:
    int input_ = -1;
    pid_t process_ = -1;
};

TEST_F(UpstreamTlsTest, Http2IsSpokenWhereTheServerOffersIt) {
    const Http2Server two(folder);
    const auto ask = [&](const std::string& path, const std::string& body = "{}") {
        UpstreamRequest one = wanted();
        one.url = two.url + path;
        one.body = std::make_shared<const std::string>(body);
        return one;
    };
    EXPECT_EQ(run(ask("/echo", "{\"a\":1}")).body, "{\"a\":1}");
    Collector slow;
    const auto waiting = pool.start(ask("/slow"), slow);
    settle(loop);
    const Collector quick = run(ask("/go"));
    EXPECT_EQ(quick.head.status, 200);
    ASSERT_TRUE(until([&] { return slow.end.has_value(); }));
    EXPECT_EQ(slow.body, "{\"slow\":true}");
    const std::string large(8 * 1024 * 1024, 'z');
    const Collector big = run(ask("/echo", large));
    EXPECT_EQ(big.error(), "");
    EXPECT_EQ(big.size, large.size());
    EXPECT_EQ(big.head.field("x-sessions"), "1");
    EXPECT_NE(run(ask("/reset")).error(), "");
    EXPECT_EQ(run(ask("/echo", "{}")).error(), "");
}

TEST_F(UpstreamTlsTest, AStreamThatNobodyReadsDoesNotHoldUpTheOthersOfItsServer) {
    const Http2Server two(folder);
    UpstreamRequest flood = wanted();
    flood.url = two.url + "/flood";
    Collector stuck;
    stuck.taking = false;
    const auto flooding = pool.start(std::move(flood), stuck);
    ASSERT_TRUE(until([&] { return stuck.size > 0; }));
    settle(loop, 500);
    const std::size_t taken = stuck.size;
    for (int i = 0; i < 5; ++i) {
        UpstreamRequest other = wanted();
        other.url = two.url + "/echo";
        other.headTimeout = std::chrono::milliseconds(5000);
        const Collector got = run(std::move(other));
        EXPECT_EQ(got.error(), "");
        EXPECT_EQ(got.body, "{}");
    }
    EXPECT_EQ(stuck.size, taken);
    stuck.taking = true;
    flooding->resume();
    ASSERT_TRUE(until([&] { return stuck.size > taken + 50'000'000; }, 30'000));
}

} // namespace

} // namespace keybearer

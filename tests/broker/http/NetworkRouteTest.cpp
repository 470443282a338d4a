#include "broker/http/NetworkRoute.h"

#include "tests/broker/http/TestCertificates.h"

#include <QTemporaryDir>

#include <fstream>
#include <gtest/gtest.h>
#include <map>

using namespace keybearer;
using namespace keybearer::test;

namespace {

NetworkRoute::Variables variables(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) {
        const auto found = values.find(name);
        return found == values.end() ? std::nullopt : std::optional<std::string>(found->second);
    };
}

QUrl url(const char* text) {
    return QUrl(QString::fromLatin1(text));
}

NetworkRoute::Wish wishFor(const std::string& proxy) {
    NetworkRoute::Wish wish;
    wish.proxy = std::make_shared<const SealedSecret>(Secret::copyOf(proxy));
    return wish;
}

std::string proxyOf(const NetworkRoute::Variables& environment, const char* target) {
    const Result<NetworkRoute> route = NetworkRoute::from({}, environment);
    return route ? route->proxyName(url(target)) : route.error().message;
}

struct Exception {
    const char* entry;
    const char* url;
    bool covered;
};
class ProxyException : public testing::TestWithParam<Exception> {};

TEST_P(ProxyException, CoversWhatItNames) {
    EXPECT_EQ(ProxyExceptions({GetParam().entry}).covers(url(GetParam().url)), GetParam().covered)
        << GetParam().entry << " " << GetParam().url;
}

INSTANTIATE_TEST_SUITE_P(Table, ProxyException,
                         testing::Values(Exception{"*", "https://a.example", true},
                                         Exception{"example.com", "https://example.com", true},
                                         Exception{"example.com", "https://login.example.com/x", true},
                                         Exception{"example.com", "https://badexample.com", false},
                                         Exception{"example.com", "https://example.com.evil.test", false},
                                         Exception{".example.com", "https://login.example.com", true},
                                         Exception{".example.com", "https://example.com", true},
                                         Exception{"*.example.com", "https://login.example.com", true},
                                         Exception{"EXAMPLE.com.", "https://Example.COM", true},
                                         Exception{"example.com:8443", "https://example.com:8443", true},
                                         Exception{"example.com:8443", "https://example.com", false},
                                         Exception{"example.com:443", "https://example.com", true},
                                         Exception{"192.0.2.7", "https://192.0.2.7", true},
                                         Exception{"192.0.2.7", "https://192.0.2.8", false},
                                         Exception{"192.0.2.7:444", "https://192.0.2.7", false},
                                         Exception{"10.0.0.0/8", "https://10.200.1.1", true},
                                         Exception{"10.0.0.0/8", "https://11.0.0.1", false},
                                         Exception{"10.0.0.0/8", "https://ten.example", false},
                                         Exception{"fd00::/8", "https://[fd12::1]", true},
                                         Exception{"fd12::1", "https://[fd12::1]:8443", true},
                                         Exception{"[fd12::1]:8443", "https://[fd12::1]:8443", true},
                                         Exception{"[fd12::1]:8443", "https://[fd12::1]", false},
                                         Exception{"0.2.7", "https://192.0.2.7", false},
                                         Exception{".", "https://a.example", false},
                                         Exception{"10.0.0.0/99", "https://10.0.0.1", false},
                                         Exception{"a.example:x", "https://a.example", false}));

TEST(NetworkRoute, WithoutWishOrVariableTheWayIsStraight) {
    const Result<NetworkRoute> route = NetworkRoute::from({}, variables({}));
    ASSERT_TRUE(route.has_value());
    EXPECT_TRUE(route->isDirect(url("https://a.example")));
    EXPECT_EQ(route->proxyFor(url("https://a.example")).type(), QNetworkProxy::NoProxy);
}

TEST(NetworkRoute, VariablesCountInEitherCaseAndTheSmallOneFirst) {
    EXPECT_EQ(proxyOf(variables({{"HTTPS_PROXY", "http://p.example:3128"}}), "https://a.example"),
              "p.example:3128");
    EXPECT_EQ(proxyOf(variables({{"https_proxy", "q.example:1"}, {"HTTPS_PROXY", "p.example:2"}}),
                      "https://a.example"),
              "q.example:1");
    EXPECT_EQ(proxyOf(variables({{"ALL_PROXY", "http://p.example:3128"}}), "https://a.example"),
              "p.example:3128");
    EXPECT_EQ(proxyOf(variables({{"HTTP_PROXY", "http://p.example:3128"}}), "https://a.example"), "");
    EXPECT_EQ(proxyOf(variables({{"HTTP_PROXY", "http://p.example"}}), "http://a.example"), "p.example:80");
    EXPECT_EQ(proxyOf(variables({{"https_proxy", ""}}), "https://a.example"), "");
    EXPECT_EQ(proxyOf(variables({{"https_proxy", "socks5h://s.example"}}), "https://a.example"),
              "s.example:1080");
}

TEST(NetworkRoute, ThisMachineIsNeverReachedThroughAProxy) {
    for (const char* here :
         {"http://127.0.0.1:9000/cb", "https://localhost", "https://[::1]:1", "http://127.8.9.1"})
        EXPECT_EQ(proxyOf(variables({{"ALL_PROXY", "http://p.example:3128"}}), here), "") << here;
}

TEST(NetworkRoute, ConfigurationOutweighsTheVariables) {
    NetworkRoute::Wish wish = wishFor("http://own.example:8080");
    const auto environment =
        variables({{"https_proxy", "http://p.example:1"}, {"NO_PROXY", "a.example, b.example"}});
    Result<NetworkRoute> route = NetworkRoute::from(wish, environment);
    ASSERT_TRUE(route.has_value());
    EXPECT_EQ(route->proxyName(url("https://c.example")), "own.example:8080");
    EXPECT_TRUE(route->isDirect(url("https://b.example"))); // what is not said is the environment's
    wish.noProxy = std::vector<std::string>{"c.example"};
    route = NetworkRoute::from(wish, environment);
    EXPECT_TRUE(route->isDirect(url("https://c.example")));
    EXPECT_FALSE(route->isDirect(url("https://b.example")));
}

TEST(NetworkRoute, UserAndPasswordAreDecodedForTheProxyAlone) {
    const Result<NetworkRoute> route =
        NetworkRoute::from(wishFor("http://ana:p%40ss%3Aword@own.example:8080"), variables({}));
    ASSERT_TRUE(route.has_value());
    const QNetworkProxy proxy = route->proxyFor(url("https://c.example"));
    EXPECT_EQ(proxy.type(), QNetworkProxy::HttpProxy);
    EXPECT_EQ(proxy.user(), QStringLiteral("ana"));
    EXPECT_EQ(proxy.password(), QStringLiteral("p@ss:word"));
    EXPECT_EQ(route->proxyName(url("https://c.example")), "own.example:8080");
}

TEST(NetworkRoute, UnusableProxyIsNamedWithoutItsPassword) {
    for (const char* text : {"ftp://ana:hush@p.example:1", "https://ana:hush@p.example:1", "http://ana:hush@",
                             "http://p.example:99999", "http://p.example/pac?hush"}) {
        const Result<NetworkRoute> route = NetworkRoute::from({}, variables({{"HTTPS_PROXY", text}}));
        ASSERT_FALSE(route.has_value()) << text;
        EXPECT_EQ(route.error().code, ErrorCode::InvalidParams);
        EXPECT_NE(route.error().message.find("HTTPS_PROXY"), std::string::npos);
        EXPECT_EQ((route.error().message + route.error().action).find("hush"), std::string::npos);
    }
}

TEST(NetworkRoute, ExtraAuthoritiesMustBeReadableCertificates) {
    const QTemporaryDir directory;
    const std::filesystem::path file = directory.filePath(QStringLiteral("ca.pem")).toStdString();
    NetworkRoute::Wish wish;
    wish.caFile = file;
    Result<NetworkRoute> route = NetworkRoute::from(wish, variables({}));
    ASSERT_FALSE(route.has_value());
    EXPECT_NE(route.error().message.find("network.ca_file: "), std::string::npos);
    EXPECT_NE(route.error().message.find("ca.pem"), std::string::npos);
    std::ofstream(file) << "not a certificate\n";
    route = NetworkRoute::from(wish, variables({}));
    ASSERT_FALSE(route.has_value());
    EXPECT_NE(route.error().message.find("holds no certificate"), std::string::npos);
    const Identity one = makeIdentity({.name = "One", .isAuthority = true});
    const Identity two = makeIdentity({.name = "Two", .isAuthority = true});
    std::ofstream(file) << certificatePem(one) << "\ncomment\n" << certificatePem(two);
    route = NetworkRoute::from(wish, variables({}));
    ASSERT_TRUE(route.has_value()) << route.error().message;
    EXPECT_EQ(route->extraAuthorities().size(), 2);
}

} // namespace

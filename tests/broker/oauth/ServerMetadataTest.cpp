#include "broker/oauth/ServerMetadata.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

std::vector<std::string> addressesFor(const std::string& issuer) {
    std::vector<std::string> out;
    for (const QUrl& url : wellKnownUrls(issuer))
        out.push_back(url.toEncoded().toStdString());
    return out;
}

std::string document(const std::string& issuer, const std::string& members = {}) {
    return R"({"issuer":")" + issuer +
           R"(","authorization_endpoint":"https://as.example/a","token_endpoint":"https://as.example/t")" +
           (members.empty() ? "" : "," + members) + "}";
}

Result<AuthorizationServer> parse(const std::string& json, const std::string& issuer = "https://as.example") {
    return parseServerMetadata(json, issuer);
}

} // namespace

TEST(ServerMetadata, SEC_C_15_WellKnownAddressesComeInTheOrderOfTheSpecifications) {
    using List = std::vector<std::string>;
    EXPECT_EQ(addressesFor("https://as.example"),
              (List{"https://as.example/.well-known/oauth-authorization-server",
                    "https://as.example/.well-known/openid-configuration"}));
    EXPECT_EQ(addressesFor("https://as.example/"), addressesFor("https://as.example"));
    EXPECT_EQ(addressesFor("https://as.example:8443/t/1"),
              (List{"https://as.example:8443/.well-known/oauth-authorization-server/t/1",
                    "https://as.example:8443/.well-known/openid-configuration/t/1",
                    "https://as.example:8443/t/1/.well-known/openid-configuration"}));
    EXPECT_EQ(addressesFor("https://as.example/t/"), addressesFor("https://as.example/t"));
    EXPECT_EQ(addressesFor("http://127.0.0.1:99").size(), 2U);
}

TEST(ServerMetadata, SEC_C_15_UnusableIssuersHaveNoAddress) {
    for (const char* issuer :
         {"", "as.example", "http://as.example", "https://", "https:///x", "https:x", "ftp://x/",
          "https://as.example?x", "https://as.example/#f", "https://u@as.example", "https://as.example/a b",
          "https://as.example/\r\n", "HTTPS://as.example", "file:///x"})
        EXPECT_TRUE(wellKnownUrls(issuer).empty()) << issuer;
}

TEST(ServerMetadata, EverythingIsRead) {
    const Result<AuthorizationServer> server = parse(document("https://as.example", R"(
        "revocation_endpoint":"https://as.example/r","userinfo_endpoint":"https://api.example/u?x=1",
        "device_authorization_endpoint":"https://as.example/d","jwks_uri":"https://as.example/j",
        "scopes_supported":["a",5,"b"],"response_types_supported":["code","token"],
        "token_endpoint_auth_methods_supported":["client_secret_post"],"code_challenge_methods_supported":["S256"],
        "authorization_response_iss_parameter_supported":true)"));
    ASSERT_TRUE(server) << server.error().message;
    EXPECT_EQ(server->issuer, "https://as.example");
    EXPECT_EQ(server->authorizationEndpoint, QUrl(QStringLiteral("https://as.example/a")));
    EXPECT_EQ(server->tokenEndpoint, QUrl(QStringLiteral("https://as.example/t")));
    EXPECT_EQ(server->revocationEndpoint, QUrl(QStringLiteral("https://as.example/r")));
    EXPECT_EQ(server->userinfoEndpoint, QUrl(QStringLiteral("https://api.example/u?x=1")));
    EXPECT_EQ(server->deviceAuthorizationEndpoint, QUrl(QStringLiteral("https://as.example/d")));
    EXPECT_EQ(server->jwksUri, QUrl(QStringLiteral("https://as.example/j")));
    EXPECT_EQ(server->scopesSupported, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(server->tokenEndpointAuthMethods, (std::vector<std::string>{"client_secret_post"}));
    EXPECT_EQ(server->codeChallengeMethods, (std::vector<std::string>{"S256"}));
    EXPECT_TRUE(server->issParameterSupported);
}

TEST(ServerMetadata, AbsentMembersStayEmpty) {
    const Result<AuthorizationServer> server = parse(document("https://as.example", R"("jwks_uri":null)"));
    ASSERT_TRUE(server);
    EXPECT_TRUE(server->revocationEndpoint.isEmpty());
    EXPECT_TRUE(server->jwksUri.isEmpty());
    EXPECT_TRUE(server->codeChallengeMethods.empty());
    EXPECT_FALSE(server->issParameterSupported);
}

TEST(ServerMetadata, SEC_C_14_NearlyEqualIssuersAreForeign) {
    for (const char* other :
         {"https://as.example/", "https://AS.example", "https://as.example:443", "http://as.example",
          "HTTPS://as.example", "https://as.example.", "https://as.example/.", "https://as.examplee",
          "https://as%2Eexample", " https://as.example", "https://as.example ", "https://www.as.example",
          "https://as.example//", "https://as.example?", ""})
        EXPECT_FALSE(parse(document(other))) << other;
    EXPECT_FALSE(parse(document("https://as.example"), "https://as.example/"));
    EXPECT_TRUE(parse(document("https://as.example/"), "https://as.example/"));
}

TEST(ServerMetadata, HostileEndpointsAreRefused) {
    for (const char* endpoint :
         {"javascript:alert(1)", "file:///x", "http://as.example/x", "https:x", "https:///x", "-x",
          "https://u:p@as.example/", "https://as.example/#f", "https://as.example/a b",
          "https://as.example/`id`", "https://as.example/<x>", "https://as.example/\\u000a", "",
          "HTTPS://as.example", "https://as.example/\\u00e9"}) {
        for (const char* key : {"revocation_endpoint", "userinfo_endpoint", "jwks_uri"})
            EXPECT_FALSE(
                parse(document("https://as.example", "\"" + std::string(key) + "\":\"" + endpoint + "\"")))
                << key << endpoint;
        EXPECT_FALSE(parse(R"({"issuer":"https://as.example","token_endpoint":"https://as.example/t",
                               "authorization_endpoint":")" +
                           std::string(endpoint) + "\"}"))
            << endpoint;
    }
}

TEST(ServerMetadata, SEC_C_22_EndpointsDoNotPointInside) {
    for (const char* host : {"127.0.0.1", "localhost", "[::1]", "10.1.2.3", "172.16.0.1", "192.168.1.1",
                             "169.254.169.254", "100.64.0.1", "0.0.0.0", "[fd00::1]", "[fe80::1]",
                             "[::ffff:10.0.0.1]", "[::]", "2130706433", "0x7f.1"})
        EXPECT_FALSE(parse(
            document("https://as.example", R"("userinfo_endpoint":"https://)" + std::string(host) + "/u\"")))
            << host;
    for (const char* host : {"api.example", "8.8.8.8", "[2001:4860::1]", "172.32.0.1"})
        EXPECT_TRUE(parse(
            document("https://as.example", R"("userinfo_endpoint":"https://)" + std::string(host) + "/u\"")))
            << host;
}

TEST(ServerMetadata, SEC_C_22_IssuerInsideMayHaveItsEndpointsThere) {
    const std::string local =
        R"({"issuer":"http://127.0.0.1:9","authorization_endpoint":"http://127.0.0.1:9/a",
                                  "token_endpoint":"http://localhost:9/t"})";
    EXPECT_TRUE(parse(local, "http://127.0.0.1:9"));
    const std::string office = R"({"issuer":"https://10.0.0.5","authorization_endpoint":"https://10.0.0.5/a",
                                   "token_endpoint":"https://10.0.0.5/t"})";
    EXPECT_TRUE(parse(office, "https://10.0.0.5"));
}

TEST(ServerMetadata, BrokenDocumentsAreRefused) {
    const std::string good = document("https://as.example");
    for (const std::string& json :
         {std::string(), std::string("<html>"), std::string("[]"), std::string("{}"), good + good,
          std::string(R"({"issuer":"https://as.example"})"), good.substr(0, good.size() - 1),
          std::string(R"({"issuer":"https://as.example","issuer":"https://as.example"})"),
          document("https://as.example", R"("response_types_supported":["token"])"),
          document("https://as.example", R"("jwks_uri":5)"),
          document("https://as.example", "\"x\":\"" + std::string(serverMetadataLimit, 'x') + "\"")})
        EXPECT_EQ(parse(json).error().code, ErrorCode::ProviderError) << json.substr(0, 80);
}

TEST(ServerMetadata, WhatTheServerCanDoIsRead) {
    const auto server = parse(document("https://as.example", R"(
        "pushed_authorization_request_endpoint":"https://as.example/par",
        "require_pushed_authorization_requests":true,
        "dpop_signing_alg_values_supported":["ES256"],
        "token_endpoint_auth_signing_alg_values_supported":["PS256"],
        "id_token_signing_alg_values_supported":["RS256","EdDSA"],
        "grant_types_supported":["authorization_code"],
        "mtls_endpoint_aliases":{"token_endpoint":"https://mtls.as.example/t","unknown":5}
    )"));
    ASSERT_TRUE(server) << server.error().message;
    EXPECT_EQ(server->pushedAuthorizationEndpoint.toString().toStdString(), "https://as.example/par");
    EXPECT_TRUE(server->requiresPushedAuthorization);
    EXPECT_EQ(server->dpopAlgorithms, std::vector<std::string>{"ES256"});
    EXPECT_EQ(server->assertionAlgorithms, std::vector<std::string>{"PS256"});
    EXPECT_EQ(server->idTokenAlgorithms, (std::vector<std::string>{"RS256", "EdDSA"}));
    EXPECT_EQ(server->grantTypes, std::vector<std::string>{"authorization_code"});
    EXPECT_EQ(server->mtls.token.host().toStdString(), "mtls.as.example");
    EXPECT_TRUE(server->mtls.revocation.isEmpty());
}

TEST(ServerMetadata, SEC_C_22_FurtherEndpointsAreCheckedLikeTheOthers) {
    for (const char* member : {R"("pushed_authorization_request_endpoint":"http://as.example/par")",
                               R"("pushed_authorization_request_endpoint":"https://127.0.0.1/par")",
                               R"("pushed_authorization_request_endpoint":7)",
                               R"("jwks_uri":"file:///etc/passwd")", R"("jwks_uri":"https://10.0.0.1/k")",
                               R"("mtls_endpoint_aliases":{"token_endpoint":"http://as.example/t"})",
                               R"("mtls_endpoint_aliases":{"token_endpoint":"https://192.168.0.1/t"})"})
        EXPECT_FALSE(parse(document("https://as.example", member))) << member;
}

TEST(ServerMetadata, ListsAreBoundedAndOddOnesAreEmpty) {
    std::string words = "\"x\"";
    for (int i = 0; i < 999; ++i)
        words += ",\"x\"";
    const auto server =
        parse(document("https://as.example",
                       "\"grant_types_supported\":[" + words +
                           R"(],"dpop_signing_alg_values_supported":"ES256",)"
                           R"("mtls_endpoint_aliases":[],"require_pushed_authorization_requests":"yes")"));
    ASSERT_TRUE(server);
    EXPECT_EQ(server->grantTypes.size(), 200U);
    EXPECT_TRUE(server->dpopAlgorithms.empty());
    EXPECT_FALSE(server->requiresPushedAuthorization);
}

TEST(ServerMetadata, P11_AServerThatSendsNobodyToABrowserNeedsNoAddressForThat) {
    const auto with = [](const std::string& grants) {
        return parse(R"({"issuer":"https://as.example","token_endpoint":"https://as.example/t")" + grants +
                     "}");
    };
    const auto bearer = with(R"(,"grant_types_supported":["urn:ietf:params:oauth:grant-type:jwt-bearer"])");
    ASSERT_TRUE(bearer) << bearer.error().message;
    EXPECT_TRUE(bearer->authorizationEndpoint.isEmpty());
    EXPECT_FALSE(with("")) << "unsaid, it is authorization_code (RFC 8414 section 2)";
    EXPECT_FALSE(with(R"(,"grant_types_supported":["authorization_code"])"));
}

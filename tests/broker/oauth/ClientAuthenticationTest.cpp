#include "broker/oauth/ClientAuthentication.h"

#include "broker/base/Random.h"
#include "broker/oauth/Jws.h"
#include "broker/oauth/SigningKey.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include "TestKeys.h"

#include <gtest/gtest.h>

#include <set>

using namespace keybearer;
using namespace keybearer::test;

namespace {

struct Authenticated {
    Result<void> result;
    std::map<std::string, std::string> form;
    HttpRequest request;
};

Authenticated authenticated(const ClientRegistration& client,
                            const AuthorizationServer& server = exampleServer()) {
    Authenticated out;
    Form form;
    form.add("grant_type", "x");
    out.result = authenticate(out.request, form, server, client, StillClock().now);
    out.form = *decodeForm(form.take().reveal());
    return out;
}

ClientRegistration keyClient(const std::string& pem, const std::string& keyId = {},
                             const std::string& algorithm = {}) {
    ClientRegistration client = publicClient();
    client.method = ClientAuthMethod::PrivateKeyJwt;
    client.signingKey = *SigningKey::fromPem(Secret::copyOf(pem), {}, algorithm, keyId);
    return client;
}

} // namespace

TEST(ClientAuthentication, AnAssertionSaysWhoIsAskingWhomForOneMinute) {
    const ClientRegistration client = keyClient(ecPem(), "k1");
    const Authenticated sent = authenticated(client);
    ASSERT_TRUE(sent.result);
    EXPECT_EQ(sent.form.at("client_assertion_type"),
              "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    EXPECT_EQ(sent.form.at("client_id"), "our client");
    EXPECT_TRUE(sent.request.headers.empty());
    const auto token = readJws(sent.form.at("client_assertion"));
    ASSERT_TRUE(token);
    EXPECT_EQ(token->algorithm, "ES256");
    EXPECT_EQ(token->keyId, "k1");
    EXPECT_EQ(token->type, "JWT");
    const auto now = toUnixSeconds(StillClock().now);
    Json claims = token->claims;
    EXPECT_GE(claims.at("jti").get<std::string>().size(), 22U) << "128 bits";
    claims.erase("jti");
    EXPECT_EQ(claims, (Json{{"iss", "our client"},
                            {"sub", "our client"},
                            {"aud", "https://as.example"},
                            {"iat", now},
                            {"exp", now + 60}}));
    Json jwk = client.signingKey->publicJwk();
    EXPECT_EQ(verifyJws(*token, *parseJwkSet(Json{{"keys", {jwk}}}.dump())), JwsVerdict::Verified);
}

TEST(ClientAuthentication, EveryAlgorithmSigns) {
    const std::string rsa = rsaPem();
    for (const auto& [pem, algorithm] : std::vector<std::pair<std::string, std::string>>{
             {ecPem(), "ES256"}, {rsa, "RS256"}, {rsa, "PS256"}, {ed25519Pem(), "EdDSA"}}) {
        const Authenticated sent = authenticated(keyClient(pem, {}, algorithm));
        ASSERT_TRUE(sent.result) << algorithm;
        EXPECT_EQ(readJws(sent.form.at("client_assertion"))->algorithm, algorithm);
    }
}

TEST(ClientAuthentication, NoAssertionIsSentTwice) {
    const ClientRegistration client = keyClient(ecPem());
    std::set<std::string> ids;
    for (int i = 0; i < 20; ++i)
        ids.insert(readJws(authenticated(client).form.at("client_assertion"))->claims.at("jti"));
    EXPECT_EQ(ids.size(), 20U);
}

TEST(ClientAuthentication, TheAudienceIsTheTokenEndpointOnRequestOrWithoutIssuer) {
    const auto audienceOf = [](const ClientRegistration& client, const AuthorizationServer& server) {
        return readJws(authenticated(client, server).form.at("client_assertion"))->claims.at("aud");
    };
    ClientRegistration client = keyClient(ecPem());
    AuthorizationServer nameless = exampleServer();
    nameless.issuer.clear();
    EXPECT_EQ(audienceOf(client, nameless), "https://as.example/token");
    client.assertionAudience = AssertionAudience::TokenEndpoint;
    EXPECT_EQ(audienceOf(client, exampleServer()), "https://as.example/token");
}

TEST(ClientAuthentication, WithoutWhatTheMethodNeedsItIsNotConfigured) {
    for (const auto method : {ClientAuthMethod::ClientSecretBasic, ClientAuthMethod::ClientSecretPost,
                              ClientAuthMethod::PrivateKeyJwt, ClientAuthMethod::TlsClientAuth}) {
        ClientRegistration client = publicClient();
        client.method = method;
        const Authenticated sent = authenticated(client);
        ASSERT_FALSE(sent.result);
        EXPECT_EQ(sent.result.error().code, ErrorCode::NotConfigured);
        EXPECT_EQ(sent.form, (std::map<std::string, std::string>{{"grant_type", "x"}}));
    }
    EXPECT_EQ(authenticated({}).result.error().code, ErrorCode::NotConfigured) << "no client id";
}

TEST(ClientAuthentication, TheMethodIsConfiguredElseListedElseTheDefault) {
    using M = ClientAuthMethod;
    const ClientProofs secret{true, false, false};
    const ClientProofs key{false, true, false};
    const ClientProofs certificate{false, false, true};
    const ClientProofs all{true, true, true};
    EXPECT_EQ(chooseAuthMethod(M::ClientSecretPost, {"client_secret_basic"}, secret), M::ClientSecretPost);
    EXPECT_EQ(chooseAuthMethod(M::None, {"client_secret_basic"}, secret), M::None);
    EXPECT_EQ(chooseAuthMethod({}, {}, secret), M::ClientSecretBasic);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_post"}, secret), M::ClientSecretPost);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_post", "client_secret_basic"}, secret),
              M::ClientSecretBasic);
    EXPECT_EQ(chooseAuthMethod({}, {"private_key_jwt"}, secret), M::ClientSecretBasic);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_basic"}, {}), M::None);
    EXPECT_EQ(chooseAuthMethod({}, {}, {}), M::None);
    EXPECT_EQ(chooseAuthMethod({}, {}, key), M::PrivateKeyJwt);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_basic", "private_key_jwt"}, all), M::PrivateKeyJwt);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_basic", "tls_client_auth"}, all), M::TlsClientAuth);
    EXPECT_EQ(chooseAuthMethod({}, {"self_signed_tls_client_auth"}, certificate), M::TlsClientAuth);
    EXPECT_EQ(chooseAuthMethod({}, {"client_secret_post"}, all), M::ClientSecretPost);
    EXPECT_EQ(chooseAuthMethod({}, {"none"}, secret), M::ClientSecretBasic);
}

TEST(ClientAuthentication, OnlyAClientWithACertificateUsesTheAliases) {
    AuthorizationServer server = exampleServer();
    server.mtls.token = QUrl(QStringLiteral("https://mtls.as.example/token"));
    server.mtls.pushedAuthorization = QUrl(QStringLiteral("https://mtls.as.example/par"));
    ClientRegistration client = publicClient();
    EXPECT_EQ(endpointsFor(client, server).tokenEndpoint, server.tokenEndpoint);
    client.method = ClientAuthMethod::TlsClientAuth;
    EXPECT_EQ(endpointsFor(client, server).tokenEndpoint, server.mtls.token);
    EXPECT_EQ(endpointsFor(client, server).pushedAuthorizationEndpoint, server.mtls.pushedAuthorization);
    EXPECT_EQ(endpointsFor(client, server).revocationEndpoint, server.revocationEndpoint) << "no alias";
}

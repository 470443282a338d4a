#include "broker/authserver/ClientMetadata.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

std::string refusedWith(const Json& document) {
    const Result<LocalClient> client = readClientMetadata(document);
    if (client)
        return "accepted";
    const ErrorDetail* error = client.error().detail("error");
    return error == nullptr ? "?" : std::get<std::string>(*error);
}

// What they send, as far as it is known (section "What real clients need" of the protocol's survey).
TEST(ClientMetadata, Z4_TheSetsOfRealClientsAreAccepted) {
    const Json claudeCode{{"client_name", "Claude Code (notes)"},
                          {"redirect_uris", {"http://localhost:54545/callback"}},
                          {"grant_types", {"authorization_code", "refresh_token"}},
                          {"response_types", {"code"}},
                          {"token_endpoint_auth_method", "none"},
                          {"scope", "notes"}};
    const Json vsCode{
        {"client_name", "Visual Studio Code"},
        {"client_uri", "https://code.visualstudio.com"},
        {"grant_types",
         {"authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"}},
        {"response_types", {"code"}},
        {"redirect_uris",
         {"https://insiders.vscode.dev/redirect", "https://vscode.dev/redirect", "http://127.0.0.1/",
          "http://127.0.0.1:33418/"}},
        {"token_endpoint_auth_method", "none"},
        {"application_type", "native"}};
    const Json cursor{
        {"client_name", "Cursor"},
        {"redirect_uris",
         {"cursor://anysphere.cursor-mcp/oauth/callback", "https://www.cursor.com/agents/mcp/oauth/callback",
          "http://localhost:8787/callback"}},
        {"grant_types", {"authorization_code", "refresh_token"}},
        {"response_types", {"code"}},
        {"token_endpoint_auth_method", "none"},
        {"application_type", "web"}};
    const Json inspector{{"client_name", "MCP Inspector"},
                         {"redirect_uris", {"http://localhost:6274/oauth/callback"}},
                         {"client_uri", "https://github.com/modelcontextprotocol/inspector"}};
    const Json codex{{"client_name", "Codex"},
                     {"redirect_uris", {"http://127.0.0.1:4444/callback"}},
                     {"grant_types", {"authorization_code", "refresh_token"}},
                     {"token_endpoint_auth_method", "none"},
                     {"response_types", {"code"}}};
    for (const Json* document : {&claudeCode, &vsCode, &cursor, &inspector, &codex}) {
        const Result<LocalClient> client = readClientMetadata(*document);
        ASSERT_TRUE(client) << dumpJson(*document) << client.error().message;
        EXPECT_EQ(client->redirectUris, document->at("redirect_uris").get<std::vector<std::string>>());
        EXPECT_TRUE(client->isPublic());
    }
}

TEST(ClientMetadata, SEC_S_05_ARedirectThatIsActedUponRefusesTheWholeRegistration) {
    for (const char* uri : {"javascript:alert(1)", "data:text/html,x", "file:///x", "https://x/#y", ""})
        EXPECT_EQ(refusedWith({{"redirect_uris", {"http://localhost/cb", uri}}}), "invalid_redirect_uri")
            << uri;
}

TEST(ClientMetadata, HttpToAnotherMachineIsLeftOutWhereOthersRemain) {
    const Result<LocalClient> client =
        readClientMetadata({{"redirect_uris", {"http://example.com/cb", "http://localhost/cb"}}});
    ASSERT_TRUE(client);
    EXPECT_EQ(client->redirectUris, std::vector<std::string>{"http://localhost/cb"});
    EXPECT_EQ(refusedWith({{"redirect_uris", {"http://example.com/cb"}}}), "invalid_redirect_uri");
}

TEST(ClientMetadata, SEC_S_20_HostileDocumentsAreRefused) {
    const Json good{{"redirect_uris", {"http://localhost/cb"}}};
    const auto with = [&good](const char* name, Json value) {
        Json document = good;
        document[name] = std::move(value);
        return document;
    };
    EXPECT_EQ(refusedWith(good), "accepted");
    EXPECT_EQ(refusedWith(Json()), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(Json::array()), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(Json::object()), "invalid_redirect_uri");
    for (const Json& uris :
         {Json("http://localhost/cb"), Json::array(), Json(7), Json::array({7}), Json::array({nullptr}),
          Json(std::vector<std::string>(17, "http://localhost/cb"))})
        EXPECT_EQ(refusedWith(with("redirect_uris", uris)), "invalid_redirect_uri") << dumpJson(uris);
    EXPECT_EQ(refusedWith(with("client_name", std::string(4096, 'x'))), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("client_name", 7)), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("grant_types", {"client_credentials"})), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("grant_types", "authorization_code")), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("grant_types", {"authorization_code", 7})), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("response_types", {"token"})), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("token_endpoint_auth_method", "private_key_jwt")), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("token_endpoint_auth_method", nullptr)), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("application_type", "toaster")), "invalid_client_metadata");
    EXPECT_EQ(refusedWith(with("scope", std::string(5000, 'x'))), "invalid_client_metadata");
}

TEST(ClientMetadata, SEC_S_20_NamesAreCutAndMadeSafeToShow) {
    const Result<LocalClient> client =
        readClientMetadata({{"redirect_uris", {"http://localhost/cb"}},
                            {"client_name", "Cur\u202Esor\n\x1b[2J" + std::string(200, 'x')}});
    ASSERT_TRUE(client);
    EXPECT_EQ(client->name.find('\n'), std::string::npos);
    EXPECT_EQ(client->name.find('\x1b'), std::string::npos);
    EXPECT_EQ(client->name.find("\u202E"), std::string::npos);
    EXPECT_LE(client->name.size(), 100U);
    EXPECT_EQ(readClientMetadata({{"redirect_uris", {"http://localhost/cb"}}, {"client_name", "  "}})->name,
              "a client without a name");
}

TEST(ClientMetadata, SEC_S_20_NothingOfItIsKeptThatWouldHaveToBeFetched) {
    const Json document{{"redirect_uris", {"http://localhost/cb"}},
                        {"logo_uri", "https://evil.example/pixel"},
                        {"policy_uri", "https://evil.example/policy"},
                        {"jwks_uri", "https://evil.example/jwks"}};
    const Result<LocalClient> client = readClientMetadata(document);
    ASSERT_TRUE(client);
    EXPECT_EQ(dumpJson(clientInformation(*client)).find("evil"), std::string::npos);
}

} // namespace
} // namespace keybearer

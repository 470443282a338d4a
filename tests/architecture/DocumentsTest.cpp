// What the broker writes into the audit log, counts and warns of stands in docs/audit.md and docs/metrics.md,
// and nothing else does.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace keybearer {
namespace {

using Words = std::set<std::string>;

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file(std::filesystem::path(KEYBEARER_SOURCE_DIR) / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

Words found(const std::string& text, const char* pattern) {
    const std::regex regex(pattern);
    Words out;
    for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
        out.insert((*at)[1]);
    return out;
}

// The lines of a document from a headline to the next.
std::string section(const std::string& text, const std::string& headline) {
    const std::size_t from = text.find("\n## " + headline + "\n");
    if (from == std::string::npos)
        return {};
    return text.substr(from, text.find("\n## ", from + 1) - from);
}

std::string sourcesBelow(const char* folder) {
    std::string all;
    const auto top = std::filesystem::path(KEYBEARER_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
        if (entry.path().extension() == ".cpp")
            all += contentOf(entry.path());
    }
    return all;
}

// A kind says that something has happened; methods, topics and keys have other words.
constexpr auto kindPattern = R"re("((?:token|policy|rate|consent|session|apikey|service_account|client|)re"
                             R"re(capability|exchange|registration|gateway|route|local_client|local_grant|)re"
                             R"re(local_key|program|demo|tool|)re"
                             R"re(store|config|broker|sharing|audit|alert)\.)re"
                             R"re((?:[a-z_]*(?:ed|unavailable)|signed_in|set_aside))")re";

// A server reads it before it shows a person who asks: it must be what our sign-ins send.
TEST(Documents, C8_TheClientMetadataDocumentIsTheClientThatWeAre) {
    const std::string document = contentOf("resources/client-metadata.json");
    for (const char* member :
         {R"("client_id": "https://)", R"("client_name": "Keybearer")", R"("application_type": "native")",
          R"("redirect_uris": ["http://127.0.0.1/callback"])", R"("token_endpoint_auth_method": "none")",
          R"("grant_types": ["authorization_code", "refresh_token"])", R"("response_types": ["code"])"})
        EXPECT_NE(document.find(member), std::string::npos) << member;
    EXPECT_NE(contentOf("broker/accounts/ResourceEntries.cpp").find("\"/callback\""), std::string::npos);
}

TEST(Documents, A7_EveryKindOfAuditRowIsInAuditMd) {
    Words written = found(sourcesBelow("broker"), kindPattern);
    for (const char* other : {"consent.requested", "session.changed", "gateway.enabled", "broker.stop",
                              "sharing.pause", "sharing.resume"})
        written.erase(other); // events, methods, and a key of the configuration
    const Words documented = found(section(contentOf("docs/audit.md"), "Rows"), "`([a-z_]+\\.[a-z_]+)`");
    ASSERT_GT(written.size(), 30U);
    EXPECT_EQ(documented, written);
}

TEST(Documents, A7_TheCommandLineKnowsTheFamiliesOfAuditMd) {
    Words documented;
    for (const std::string& kind :
         found(section(contentOf("docs/audit.md"), "Rows"), "`([a-z_]+)\\.[a-z_]+`"))
        documented.insert(kind);
    const std::string source = contentOf("app/cli/AuditVerb.cpp");
    const std::size_t from = source.find("families{");
    ASSERT_NE(from, std::string::npos);
    EXPECT_EQ(found(source.substr(from, source.find('}', from) - from), "\"([a-z_]+)\""), documented);
}

TEST(Documents, A7_EveryMetricIsInMetricsMd) {
    const std::string sources = contentOf("broker/methods/MetricsMethods.cpp") +
                                contentOf("broker/daemon/BrokerRoutes.cpp") +
                                contentOf("broker/daemon/BrokerTools.cpp");
    const Words counted = found(sources, "\"((?:keybearer|process)_[a-z_]+)\"");
    const Words documented = found(contentOf("docs/metrics.md"), "\n\\| `([a-z_]+)` \\|");
    ASSERT_GT(counted.size(), 30U);
    EXPECT_EQ(documented, counted);
}

TEST(Documents, A7_EveryAlertOfTheAuditLogIsInAuditMd) {
    const Words documented = found(section(contentOf("docs/audit.md"), "Alerts"), "`([a-z]+_[a-z_]+)`");
    const Words raised =
        found(contentOf("broker/audit/Alerts.cpp"), "\n +(?:often\\()?\"([a-z]+_[a-z_]+)\",");
    ASSERT_GE(raised.size(), 7U);
    for (const std::string& name : raised)
        EXPECT_TRUE(documented.contains(name)) << name;
}

TEST(Documents, TheManualOfTheBrokerNamesEveryOption) {
    const Words options = found(contentOf("broker/daemon/Options.cpp"), "\"--([a-z-]+)\"");
    const std::string manual = contentOf("docs/keybearerd.1");
    ASSERT_GE(options.size(), 6U);
    for (const std::string& option : options)
        EXPECT_NE(manual.find("\n.It Fl -" + option), std::string::npos) << option;
}

// A method is served because its family adds it to the table; the three about the connection are the
// dispatcher's.
Words servedMethods() {
    Words served = found(sourcesBelow("broker"), R"re(\badd\(\s*"([a-z_]+\.[a-z_]+)")re");
    served.insert({"hello", "events.subscribe", "rpc.discover"});
    return served;
}

TEST(Documents, EveryMethodThatIsServedIsInOpenRpcAndNoOther) {
    const std::string text = contentOf("resources/openrpc.json");
    const Words described = found(text.substr(0, text.find("\n  \"components\"")),
                                  R"re(\n      "name": "([a-z_]+(?:\.[a-z_]+)?)")re");
    ASSERT_GT(described.size(), 40U);
    EXPECT_EQ(described, servedMethods());
}

TEST(Documents, EveryMethodThatIsServedIsInProtocolMdAndNoOther) {
    Words described;
    const std::string rows = section(contentOf("broker/protocol/PROTOCOL.md"), "Methods");
    const std::regex row(R"re(\n\| (`[^|]+`) \|)re");
    for (std::sregex_iterator at(rows.begin(), rows.end(), row), end; at != end; ++at)
        described.merge(found((*at)[1], "`([a-z_.]+)`"));
    EXPECT_EQ(described, servedMethods());
}

TEST(Documents, EveryMethodThatIsServedNeedsAPermissionOfItsOwnChoice) {
    const std::string text = contentOf("broker/access/Permission.cpp");
    const std::string rows = text.substr(0, text.find("\n};", text.find("constexpr std::array methods")));
    EXPECT_EQ(found(rows, R"re(Row\{"([a-z_.]+)",)re"), servedMethods());
}

TEST(Documents, EveryErrorOfOpenRpcIsInProtocolMdAndNoOther) {
    const std::string text = contentOf("resources/openrpc.json");
    const Words described = found(text, R"re("data": \{"name": "([a-z_]+)"\})re");
    const std::string rows = section(contentOf("broker/protocol/PROTOCOL.md"), "Errors");
    Words documented;
    const std::regex row(R"re(\n\| -[0-9]+ \| ([^|]+) \|)re");
    for (std::sregex_iterator at(rows.begin(), rows.end(), row), end; at != end; ++at)
        documented.merge(found((*at)[1], "`([a-z_]+)`"));
    ASSERT_GT(documented.size(), 20U);
    EXPECT_EQ(described, documented);
}

// The libraries sort the broker's errors into kinds; a name that none of them knows is "other" in all.
TEST(Documents, TheLibrariesKnowTheSameErrors) {
    const Words documented =
        found(section(contentOf("broker/protocol/PROTOCOL.md"), "Errors"), "`([a-z_]+)`");
    for (const char* name :
         {"authorization_required", "authorization_pending", "sign_in_again", "insufficient_scope",
          "consent_required", "consent_denied", "consent_unavailable", "policy_denied", "policy_unavailable",
          "client_disabled", "client_expired", "client_unknown", "provider_unavailable", "rate_limited",
          "store_locked", "store_unavailable", "timed_out"}) {
        EXPECT_TRUE(documented.contains(name)) << name;
        for (const char* library :
             {"clients/c/connection.c", "clients/node/keybearer.js", "clients/python/keybearer.py"})
            EXPECT_TRUE(
                std::regex_search(contentOf(library), std::regex("[\"']" + std::string(name) + "[\"']")))
                << library << " does not know " << name;
    }
}

} // namespace
} // namespace keybearer

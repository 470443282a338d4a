#include "broker/accounts/ApiKeyHeader.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

const WallTime now{std::chrono::seconds(1'900'000'000)};

CredentialRecord keyRecord() {
    CredentialRecord record;
    record.kind = CredentialKind::ApiKey;
    record.account = {"weather", "weather"};
    return record;
}

std::string reasonOf(const std::optional<Error>& error) {
    return error ? std::get<std::string>(*error->detail("reason")) : "none";
}

TEST(ApiKeyHeaderTest, P8_TheKeyGoesWhereTheTemplateSays) {
    const auto header = ApiKeyHeader::parse("Authorization: Token token={key}, v=1");
    ASSERT_TRUE(header);
    EXPECT_EQ(header->name, "Authorization");
    EXPECT_EQ(header->value("abc").reveal(), "Token token=abc, v=1");
    EXPECT_EQ(ApiKeyHeader::parse("X-Api-Key:{key}")->value("abc").reveal(), "abc");
    EXPECT_EQ(ApiKeyHeader::parse(ApiKeyTerms().header)->value("abc").reveal(), "Bearer abc");
}

TEST(ApiKeyHeaderTest, P8_ATemplateThatIsNoHeaderIsRefused) {
    for (const char* text :
         {"", "{key}", "X-Api-Key", "X-Api-Key: key", ": {key}", "X Y: {key}", "X: {key}{key}",
          "X: {key}\r\nY: 1", "X\r\n: {key}", "Host: {key}", "content-length: {key}", "X: \xc3\xa9{key}"}) {
        const auto header = ApiKeyHeader::parse(text);
        ASSERT_FALSE(header) << text;
        EXPECT_EQ(header.error().code, ErrorCode::InvalidParams);
        EXPECT_FALSE(header.error().action.empty());
    }
}

TEST(ApiKeyRefusalTest, P8_AUsableKeyIsNotRefused) {
    CredentialRecord record = keyRecord();
    EXPECT_FALSE(apiKeyRefusal(record, now));
    record.accessExpiresAt = now + std::chrono::seconds(1);
    EXPECT_FALSE(apiKeyRefusal(record, now));
}

TEST(ApiKeyRefusalTest, P8_EachRefusalSaysWhatToDo) {
    CredentialRecord record = keyRecord();
    record.apiKey.exportable = false;
    EXPECT_EQ(reasonOf(apiKeyRefusal(record, now)), "not_exportable");
    EXPECT_EQ(apiKeyRefusal(record, now)->code, ErrorCode::PolicyDenied);
    record.accessExpiresAt = now;
    EXPECT_EQ(reasonOf(apiKeyRefusal(record, now)), "expired");
    EXPECT_EQ(apiKeyRefusal(record, now)->code, ErrorCode::SignInAgain);
    EXPECT_NE(apiKeyRefusal(record, now)->action.find("keybearer apikey rotate weather"), std::string::npos);
    record.apiKey.active = false;
    EXPECT_EQ(reasonOf(apiKeyRefusal(record, now)), "inactive");
    EXPECT_NE(apiKeyRefusal(record, now)->action.find("keybearer apikey enable weather"), std::string::npos);
}

} // namespace
} // namespace keybearer

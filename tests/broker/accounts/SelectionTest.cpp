#include "tests/broker/accounts/RotationHouse.h"

namespace keybearer {
namespace {

class Selection : public ::testing::Test {
protected:
    RotationHouse::Disk disk;
    RotationHouse house{disk};
    static CredentialSelector of(const std::string& provider, std::optional<std::string> account = {}) {
        return {provider, std::nullopt, std::move(account)};
    }
    std::string signInAt(const std::string& resource) {
        TokenSet tokens;
        tokens.accessToken = AccessToken(Secret::copyOf("at-1"));
        tokens.tokenType = "Bearer";
        AccountRegistry::SignedIn who;
        who.provider = "corp";
        who.issuer = "https://login.example.com";
        who.resource = resource;
        who.account = {"42", "42@example.com"};
        const Result<std::string> id = house.registry.adopt(std::move(who), std::move(tokens));
        EXPECT_TRUE(id);
        return id.value_or("");
    }
};

TEST_F(Selection, NobodySignedInIsSaidWithWhatToDo) {
    const auto none = house.registry.select(of("corp"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::AuthorizationRequired);
    EXPECT_NE(none.error().action.find("keybearer login corp"), std::string::npos);
}

TEST_F(Selection, P9_AnAccountIsFoundByLabelSubjectAndId) {
    const std::string id = house.signIn("42");
    static_cast<void>(house.signIn("43"));
    for (const std::string& word : {std::string("42"), std::string("42@example.com"), id})
        EXPECT_EQ((*house.registry.select(of("corp", word)))->record.id, id) << word;
}

TEST_F(Selection, ARenamedAccountIsFoundByItsNewLabelAlone) {
    const std::string id = house.signIn("42");
    static_cast<void>(house.signIn("43"));
    ASSERT_TRUE(house.registry.rename(id, "work"));
    EXPECT_EQ((*house.registry.select(of("corp", "work")))->record.id, id);
    EXPECT_EQ(house.registry.select(of("corp", "42@example.com")).error().code, ErrorCode::NotFound);
}

TEST_F(Selection, AnEndedAccountIsNotFoundByAnyWord) {
    const std::string id = house.signIn("42");
    static_cast<void>(house.signIn("43"));
    house.registry.erase(id, [](const Result<void>&) {});
    for (const std::string& word : {std::string("42"), std::string("42@example.com"), id})
        EXPECT_EQ(house.registry.select(of("corp", word)).error().code, ErrorCode::NotFound) << word;
}

TEST_F(Selection, AnAccountOfAProviderMeansItsPlainSignInIfAnybodyHasOne) {
    house.open();
    const std::string bound = signInAt("https://mcp.example");
    EXPECT_EQ((*house.registry.select(of("corp", bound)))->record.id, bound);
    const std::string plain = house.signIn("43");
    EXPECT_EQ(house.registry.select(of("corp", bound)).error().code, ErrorCode::NotFound);
    EXPECT_EQ((*house.registry.select(of("corp")))->record.id, plain);
    CredentialSelector selector = of("corp", bound);
    selector.resource = "https://mcp.example";
    EXPECT_EQ((*house.registry.select(selector))->record.id, bound);
}

TEST_F(Selection, WithoutAProviderAResourceOrAnIssuerNamesTheSignIn) {
    house.open();
    const std::string id = signInAt("https://mcp.example");
    for (const char* word : {"https://mcp.example", "https://login.example.com"})
        EXPECT_EQ((*house.registry.select({std::nullopt, word, std::nullopt}))->record.id, id) << word;
    EXPECT_EQ(house.registry.select({std::nullopt, "https://other.example", std::nullopt}).error().code,
              ErrorCode::AuthorizationRequired);
}

TEST_F(Selection, WhatTheDiskHeldIsFoundByTheSameWords) {
    const std::string id = house.signIn("42");
    static_cast<void>(house.signIn("43"));
    RotationHouse again{disk};
    EXPECT_EQ((*again.registry.select(of("corp", "42")))->record.id, id);
    EXPECT_FALSE(again.registry.select(of("corp", "44")));
}

TEST_F(Selection, SeveralAccountsAreListed) {
    static_cast<void>(house.signIn("42"));
    static_cast<void>(house.signIn("43"));
    const auto several = house.registry.select(of("corp"));
    ASSERT_FALSE(several);
    EXPECT_EQ(several.error().code, ErrorCode::InvalidParams);
    EXPECT_NE(several.error().message.find("42@example.com"), std::string::npos);
}

TEST_F(Selection, OfSeveralTheOneThatWorksIsMeant) {
    const std::string dead = house.signIn("42");
    const std::string alive = house.signIn("43");
    house.registry.markNeedsSignIn(dead, "revoked", "gone");
    EXPECT_EQ((*house.registry.select(of("corp")))->record.id, alive);
}

TEST_F(Selection, AMistypedAccountIsSuggested) {
    static_cast<void>(house.signIn("42"));
    const auto wrong = house.registry.select(of("corp", "42@exmaple.com"));
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::NotFound);
    EXPECT_EQ(std::get<std::string>(*wrong.error().detail("did_you_mean")), "42@example.com");
    EXPECT_EQ(house.registry.select(of("corp", "somebody")).error().detail("did_you_mean"), nullptr);
}

TEST_F(Selection, APersonsWordNamesOneSession) {
    const std::string id = house.signIn("42");
    for (const std::string& word :
         {id, std::string("corp"), std::string("42@example.com"), std::string("corp:42@example.com")})
        EXPECT_EQ((*house.registry.selectByWord(word))->record.id, id) << word;
    EXPECT_EQ(std::get<std::string>(*house.registry.selectByWord("crop").error().detail("did_you_mean")),
              "corp");
    static_cast<void>(house.signIn("43"));
    EXPECT_EQ(house.registry.selectByWord("corp").error().code, ErrorCode::InvalidParams);
}

TEST_F(Selection, P10_AnAddressNamesTheSessionOfItsServer) {
    house.open();
    const std::string id = signInAt("https://MCP.example/");
    static_cast<void>(signInAt("https://mcp.example/other"));
    for (const char* word : {"https://mcp.example", "https://mcp.example/", "https://mcp.example:443"})
        EXPECT_EQ((*house.registry.selectByWord(word))->record.id, id) << word;
    EXPECT_EQ(house.registry.selectByWord("https://mcp.example/third").error().code, ErrorCode::NotFound);
}

} // namespace
} // namespace keybearer

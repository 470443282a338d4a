#include "broker/config/ConfigValue.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(AddressProblem, HttpsAndThisMachineAreFine) {
    for (const char* text : {"https://login.example.com", "https://login.example.com:8443/a?tenant=b",
                             "http://127.0.0.1:8080/x", "http://localhost:3001", "http://[::1]:9/"})
        EXPECT_EQ(addressProblem(text, false), "") << text;
}

TEST(AddressProblem, EachMistakeSaysWhatToWriteInstead) {
    EXPECT_EQ(addressProblem("login.example.com", true), "not an address; write https://login.example.com");
    EXPECT_NE(addressProblem("example", true).find("https://login.example.com"), std::string::npos);
    EXPECT_NE(addressProblem("http://login.example.com/a", true).find("write https://login.example.com/a"),
              std::string::npos);
    EXPECT_NE(addressProblem("https://login.example.com/{tenant}", true).find("real value"),
              std::string::npos);
    EXPECT_NE(addressProblem("https://a.example?x=1", true).find("no query"), std::string::npos);
    EXPECT_NE(addressProblem("https://a.example/#x", false).find("fragment"), std::string::npos);
    EXPECT_NE(addressProblem("ftp://a.example", false).find("https://"), std::string::npos);
    EXPECT_NE(addressProblem("https://", false), "");
    EXPECT_NE(addressProblem("https://exa mple.com", false), "");
    EXPECT_NE(addressProblem("https://b\xC3\xBC.example", false), "");
    EXPECT_NE(addressProblem("https://a.example/" + std::string(3000, 'x'), false), "");
}

TEST(AddressProblem, PasswordInAnAddressIsRefusedWithoutRepeatingIt) {
    const std::string problem = addressProblem("https://me:hunter2@a.example", false);
    EXPECT_NE(problem.find("user name or password"), std::string::npos);
    EXPECT_EQ(problem.find("hunter2"), std::string::npos);
    EXPECT_EQ(addressProblem("http://me:hunter2@a.example", false).find("hunter2"), std::string::npos);
    EXPECT_EQ(addressProblem("me:hunter2@a.example", false).find("hunter2"), std::string::npos);
}

TEST(AddressProblem, HostThatOnlyLooksLocalIsNot) {
    for (const char* text : {"http://localhost.example.com", "http://127.0.0.1.example.com",
                             "http://127.0.0.1@a.example", "http://0.0.0.0", "http://10.0.0.1"})
        EXPECT_NE(addressProblem(text, false), "") << text;
}

TEST(Scope, HasNoSpaceQuoteOrBackslash) {
    EXPECT_TRUE(isScope("user:email"));
    EXPECT_TRUE(isScope("https://www.googleapis.com/auth/drive"));
    for (const char* text : {"", "a b", "a\"b", "a\\b", "a\tb", "\xC3\xA4"})
        EXPECT_FALSE(isScope(text)) << text;
}

TEST(ProviderName, IsLowerCase) {
    EXPECT_TRUE(isProviderName("corp-1.a_b"));
    for (const std::string& text : {std::string(), std::string("Corp"), std::string("-a"), std::string("a:b"),
                                    std::string("a b"), std::string("a/b"), std::string(65, 'a')})
        EXPECT_FALSE(isProviderName(text)) << text;
}

} // namespace
} // namespace keybearer

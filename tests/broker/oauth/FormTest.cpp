#include "broker/oauth/Form.h"

#include <gtest/gtest.h>

using namespace keybearer;
using Parameters = std::map<std::string, std::string>;

TEST(Form, EncodesEveryByteThatIsNotUnreserved) {
    EXPECT_EQ(formEncoded("AZaz09-._~"), "AZaz09-._~");
    EXPECT_EQ(formEncoded("a b+c&d=e/f:g%h"), "a+b%2Bc%26d%3De%2Ff%3Ag%25h");
    EXPECT_EQ(formEncoded("\xC3\xA9\r\n"), "%C3%A9%0D%0A");
    EXPECT_EQ(formEncoded(std::string_view("\0\xFF", 2)), "%00%FF");
}

TEST(Form, JoinsPairsAndTakesSecrets) {
    Form form;
    form.add("grant_type", "x y").add("code", Secret::copyOf("4/0Ab+c="));
    EXPECT_EQ(form.take().reveal(), "grant_type=x+y&code=4%2F0Ab%2Bc%3D");
}

TEST(Form, GrowsBeyondItsFirstSize) {
    Form form;
    form.add("a", std::string(3000, 'x')).add("b", std::string(30000, 'y'));
    EXPECT_EQ(form.take().reveal(), "a=" + std::string(3000, 'x') + "&b=" + std::string(30000, 'y'));
}

TEST(Form, DecodesExactlyOnce) {
    EXPECT_EQ(decodeForm("code=4%2F0Ab%2Bc%3D&state=a+b&x=%252F"),
              (Parameters{{"code", "4/0Ab+c="}, {"state", "a b"}, {"x", "%2F"}}));
    EXPECT_EQ(decodeForm("a=b=c&&d&=e"), (Parameters{{"a", "b=c"}, {"d", ""}, {"", "e"}}));
    EXPECT_EQ(decodeForm(""), Parameters{});
}

TEST(Form, BrokenOrAmbiguousQueriesAreNothing) {
    for (const char* query : {"a=%", "a=%4", "a=%zz", "a=%00", "%00=a", "state=1&state=2", "code=1&c%6Fde=2"})
        EXPECT_EQ(decodeForm(query), std::nullopt) << query;
    EXPECT_EQ(decodeForm(std::string_view("a=\0", 3)), std::nullopt);
    std::string many;
    for (int i = 0; i < 65; ++i)
        many += "p" + std::to_string(i) + "=1&";
    EXPECT_EQ(decodeForm(many), std::nullopt);
}

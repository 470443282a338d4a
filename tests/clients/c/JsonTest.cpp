extern "C" {
#include "clients/c/json.h"
}

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

namespace keybearer {
namespace {

using namespace std::string_literals;

bool isObject(std::string_view text) {
    kb_json object;
    return kb_json_object(text.data(), text.size(), &object);
}

// The text of a member, or "-".
std::string memberOf(std::string_view text, const char* name) {
    kb_json object;
    kb_json value;
    if (!kb_json_object(text.data(), text.size(), &object) || !kb_json_member(object, name, &value))
        return "-";
    const std::unique_ptr<char, void (*)(void*)> copy(kb_json_text(value), std::free);
    return copy ? std::string(copy.get()) : "-";
}

long long numberOf(std::string_view text) {
    kb_json object;
    kb_json value;
    long long number = -1;
    if (!kb_json_object(text.data(), text.size(), &object) || !kb_json_member(object, "n", &value) ||
        !kb_json_integer(value, &number))
        return -1;
    return number;
}

TEST(ClientJson, TakesWhatIsJson) {
    for (const std::string_view text :
         {R"({})",
          R"( { "a" : [ 1 , -0.5e+3 , true , false , null , "x" , { } , [ ] ] } )"
          "\n",
          R"({"a":{"b":{"c":"\ud83d\ude00\u00e9\n"}}})", "{\"\xC3\xA9\":\"\xF0\x9F\x98\x80\"}"})
        EXPECT_TRUE(isObject(text)) << text;
}

TEST(ClientJson, RefusesWhatIsNot) {
    const std::array refused{
        ""s,
        " "s,
        "[]"s,
        "1"s,
        "{"s,
        "{}x"s,
        "{}{}"s,
        R"({"a"})"s,
        R"({"a":})"s,
        R"({"a":1,})"s,
        R"({,})"s,
        R"({a:1})"s,
        R"({"a":01})"s,
        R"({"a":1.})"s,
        R"({"a":.5})"s,
        R"({"a":1e})"s,
        R"({"a":+1})"s,
        R"({"a":-})"s,
        R"({"a":tru})"s,
        R"({"a":[1 2]})"s,
        R"({"a":[1,]})"s,
        R"({"a":"x})"s,
        R"({"a":"\x"})"s,
        R"({"a":"\u12"})"s,
        R"({"a":"\u0000"})"s,
        R"({"a":"\ud800"})"s,
        R"({"a":"\ud800\u0041"})"s,
        R"({"a":"\udc00"})"s,
        "{\"a\":\"\x01\"}"s,
        "{\"a\":\"\0\"}"s,
        "{\"a\":\"\xC0\x80\"}"s,
        "{\"a\":\"\xED\xA0\x80\"}"s,
        "{\"a\":\"\xF4\x90\x80\x80\"}"s,
        "{\"a\":\"\xE2\x82\"}"s,
        "{\"a\":\"\xFF\"}"s,
        R"({"a":NaN})"s,
    };
    for (const std::string& text : refused)
        EXPECT_FALSE(isObject(text)) << text;
}

TEST(ClientJson, EveryBeginningOfADocumentIsRefused) {
    const std::string whole = R"({"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00"],"b":{"c":"d"}})";
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(isObject(std::string_view(whole).substr(0, size))) << size;
    EXPECT_TRUE(isObject(whole));
}

TEST(ClientJson, LevelsAreBounded) {
    const auto nested = [](int levels) {
        return R"({"a":)"s + std::string(static_cast<std::size_t>(levels), '[') +
               std::string(static_cast<std::size_t>(levels), ']') + "}";
    };
    EXPECT_TRUE(isObject(nested(31)));
    EXPECT_FALSE(isObject(nested(32)));
    EXPECT_FALSE(isObject(nested(400'000)));
}

TEST(ClientJson, FindsMembersByWhatTheirNamesMean) {
    EXPECT_EQ(memberOf(R"({"x":{"a":"no"},"a":"yes"})", "a"), "yes");
    EXPECT_EQ(memberOf(R"({"\u0061":"yes"})", "a"), "yes");
    EXPECT_EQ(memberOf(R"({"a":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00"})", "a"),
              "\"\\/\b\f\n\r\t\xC3\xA9\xF0\x9F\x98\x80");
    EXPECT_EQ(memberOf(R"({"a":""})", "a"), "");
    EXPECT_EQ(memberOf(R"({"a":null})", "a"), "-");
    EXPECT_EQ(memberOf(R"({"a":1})", "a"), "-");
    EXPECT_EQ(memberOf(R"({"b":"x"})", "a"), "-");
    EXPECT_EQ(memberOf(R"({"a":"one","a":"two"})", "a"), "-");
    const std::string longName(100, 'a');
    EXPECT_EQ(memberOf("{\"" + longName + "\":\"x\"}", longName.c_str()), "-");
}

TEST(ClientJson, ReadsIntegersThatFit) {
    EXPECT_EQ(numberOf(R"({"n":0})"), 0);
    EXPECT_EQ(numberOf(R"({"n":-31001})"), -31001);
    EXPECT_EQ(numberOf(R"({"n":123456789012345678})"), 123456789012345678);
    for (const char* text :
         {R"({"n":1234567890123456789012})", R"({"n":1.0})", R"({"n":1e3})", R"({"n":"1"})", R"({"n":true})"})
        EXPECT_EQ(numberOf(text), -1) << text;
}

} // namespace
} // namespace keybearer

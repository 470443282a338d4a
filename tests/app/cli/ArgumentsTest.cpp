#include "app/cli/Arguments.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<Arguments> parse(const std::vector<const char*>& words) {
    return Arguments::parse(words, allVerbs());
}

std::string meant(const Result<Arguments>& result) {
    const ErrorDetail* detail = result ? nullptr : result.error().detail("did_you_mean");
    return detail == nullptr ? std::string() : std::get<std::string>(*detail);
}

TEST(Arguments, GlobalOptionsStandBeforeAndAfterTheVerb) {
    for (const auto& words : {std::vector<const char*>{"--json", "--timeout", "7", "session", "list"},
                              std::vector<const char*>{"session", "--json", "list", "--timeout=7"},
                              std::vector<const char*>{"session", "list", "--timeout", "7", "--json"}}) {
        const Result<Arguments> arguments = parse(words);
        ASSERT_TRUE(arguments) << arguments.error().message;
        ASSERT_EQ(arguments->path().size(), 2U);
        EXPECT_EQ(arguments->verb()->name, "list");
        EXPECT_TRUE(arguments->has("--json"));
        EXPECT_EQ(arguments->value("--timeout"), "7");
    }
}

TEST(Arguments, RepeatedOptionKeepsEveryValue) {
    const Result<Arguments> arguments = parse({"token", "--scope", "repo", "github", "--scope=read:user"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->values("--scope"), (std::vector<std::string>{"repo", "read:user"}));
    EXPECT_EQ(arguments->operand(0), "github");
}

TEST(Arguments, LettersStandAloneAndTogether) {
    const Result<Arguments> arguments = parse({"-qv", "status"});
    ASSERT_TRUE(arguments);
    EXPECT_TRUE(arguments->has("--quiet"));
    EXPECT_TRUE(arguments->has("--verbose"));
}

TEST(Arguments, TwoDashesEndTheOptions) {
    const Result<Arguments> arguments = parse({"token", "--", "--json"});
    ASSERT_TRUE(arguments);
    EXPECT_EQ(arguments->operand(0), "--json");
    EXPECT_FALSE(arguments->has("--json"));
}

TEST(Arguments, MistypedWordsBringTheNearest) {
    EXPECT_EQ(meant(parse({"statsu"})), "status");
    EXPECT_EQ(meant(parse({"session", "lsit"})), "list");
    EXPECT_EQ(meant(parse({"token", "github", "--acount", "x"})), "--account");
    EXPECT_EQ(meant(parse({"--jsn", "status"})), "--json");
    EXPECT_EQ(meant(parse({"zzzzzzzz"})), "");
}

TEST(Arguments, MisuseIsRefusedAndNamesTheHelp) {
    for (const auto& words :
         {std::vector<const char*>{"login"}, std::vector<const char*>{"token", "a", "b"},
          std::vector<const char*>{"session"}, std::vector<const char*>{"status", "--account", "x"},
          std::vector<const char*>{"token", "github", "--account"},
          std::vector<const char*>{"status", "--json=yes"},
          std::vector<const char*>{"token", "github", "--account="}, std::vector<const char*>{"-x"},
          std::vector<const char*>{"token", "--help=1"}}) {
        const Result<Arguments> arguments = parse(words);
        ASSERT_FALSE(arguments) << words.back();
        EXPECT_EQ(arguments.error().code, ErrorCode::InvalidParams);
        EXPECT_NE(arguments.error().action.find("--help"), std::string::npos);
    }
}

TEST(Arguments, HelpIsGivenEvenWhenSomethingIsMissing) {
    const Result<Arguments> arguments = parse({"token", "--help"});
    ASSERT_TRUE(arguments);
    EXPECT_TRUE(arguments->has("--help"));
}

TEST(Arguments, NumbersHaveBounds) {
    const auto number = [](const char* text) {
        return parse({"token", "x", "--min-valid", text})->number("--min-valid", 0, 100);
    };
    ASSERT_TRUE(number("0"));
    EXPECT_EQ(**number("100"), 100);
    for (const char* text : {"101", "-1", "ten", "1e3", "7 ", "99999999999999999999"})
        EXPECT_FALSE(number(text)) << text;
    EXPECT_FALSE(parse({"token", "x"})->number("--min-valid", 0, 100)->has_value());
}

TEST(Arguments, WordsFromOutsideAreShownSafely) {
    const Result<Arguments> arguments = parse({"\x1b[31mstatus"});
    ASSERT_FALSE(arguments);
    EXPECT_EQ(arguments.error().message.find('\x1b'), std::string::npos);
}

} // namespace
} // namespace keybearer

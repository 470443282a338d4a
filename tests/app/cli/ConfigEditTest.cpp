#include "app/cli/ConfigEdit.h"

#include <gtest/gtest.h>

namespace keybearer::testing {
namespace {

const ConfigEntry corp{"corp",
                       {{"issuer", {"https://login.example.com"}, false},
                        {"client_id", {"1234"}, false},
                        {"scopes", {"openid", "a:b"}, true}}};

constexpr const char* corpLines = "  corp:\n    issuer: https://login.example.com\n    client_id: \"1234\"\n"
                                  "    scopes: [openid, a:b]\n";

std::string added(std::string_view text) {
    const Result<std::string> result = withEntry(ConfigSection::Providers, text, corp);
    return result ? *result : "refused: " + result.error().message;
}

std::string removed(std::string_view text) {
    const Result<std::string> result = withoutEntry(ConfigSection::Providers, text, "corp");
    return result ? *result : "refused: " + result.error().message;
}

TEST(ConfigEdit, EmptyFileGetsTheWholeBlock) {
    EXPECT_EQ(added(""), std::string("providers:\n") + corpLines);
}

TEST(ConfigEdit, FileWithoutProvidersKeepsEveryLine) {
    const std::string text = "# mine\nstore: {backend: memory}   # because\n";
    EXPECT_EQ(added(text), text + "\nproviders:\n" + corpLines);
}

TEST(ConfigEdit, EntryGoesBehindTheLastOneBeforeWhatFollows) {
    const std::string before =
        "providers:   # who\n  # first\n  github:\n    client_id: x # mine\n\n  gitlab: "
        "{client_id: y}\n";
    const std::string after = "\n# the rest\naudit:\n  retention_days: 7\n";
    EXPECT_EQ(added(before + after), before + corpLines + after);
}

TEST(ConfigEdit, IndentationIsThatOfTheFile) {
    EXPECT_EQ(added("providers:\n    github:\n        client_id: x\n"),
              "providers:\n    github:\n        client_id: x\n    corp:\n        issuer: "
              "https://login.example.com\n        client_id: \"1234\"\n        scopes: [openid, a:b]\n");
}

TEST(ConfigEdit, LastLineWithoutItsEndIsEnded) {
    EXPECT_EQ(added("providers:\n  github:\n    client_id: x"),
              std::string("providers:\n  github:\n    client_id: x\n") + corpLines);
}

TEST(ConfigEdit, ProvidersThatAreEmptyAreFilled) {
    EXPECT_EQ(added("providers:\nstore:\n  backend: memory\n"),
              std::string("providers:\n") + corpLines + "store:\n  backend: memory\n");
}

TEST(ConfigEdit, WhatIsThereAlreadyIsNotWrittenTwice) {
    EXPECT_NE(added("providers:\n  corp:\n    client_id: x\n").find("has a provider corp already"),
              std::string::npos);
    EXPECT_NE(added("providers:\n  \"corp\": {}\n").find("has a provider corp already"), std::string::npos);
    // A member of that name is no provider of that name.
    EXPECT_EQ(added("providers:\n  x:\n    corp: 1\n").find("refused"), std::string::npos);
}

TEST(ConfigEdit, ShapesThatCouldBeMisreadAreRefused) {
    for (const char* text :
         {"{providers: {}}\n", "providers: {github: {client_id: x}}\n", "---\nproviders:\n",
          "providers:\n\tgithub: {}\n", "\"providers\":\n  github: {}\n", "providers: &a\n",
          "providers:\n    github: {}\n  gitlab: {}\n", "a: 1\n...\n", "? providers\n: {}\n"}) {
        EXPECT_EQ(added(text).find("refused"), 0U) << text;
        EXPECT_EQ(removed(text).find("refused"), 0U) << text;
    }
}

TEST(ConfigEdit, RemovingTakesTheEntryAndNothingElse) {
    const std::string before = "# mine\nproviders:\n  github:\n    client_id: x\n";
    const std::string after = "\n  # next\n  gitlab: {client_id: y}\naudit:\n  retention_days: 7\n";
    EXPECT_EQ(removed(before + corpLines + after), before + after);
    EXPECT_EQ(removed(before + "  corp: {issuer: a}\n" + after), before + after);
    EXPECT_EQ(removed(before).find("refused: config.yaml has no provider corp"), 0U);
    EXPECT_EQ(removed(""), "refused: config.yaml has no provider corp");
}

TEST(ConfigEdit, AddingAndRemovingGivesTheSameBytes) {
    for (const std::string text :
         {"providers:\n  github:\n    client_id: x\n", "providers:\n  a: {}\n\n\n# end\n",
          "providers:\n  a: {}\nstore:\n  backend: memory\n"})
        EXPECT_EQ(removed(added(text)), text);
}

TEST(ConfigEdit, ValuesThatYamlWouldReadOtherwiseAreQuoted) {
    const ConfigEntry odd{"odd",
                          {{"client_id", {"yes"}, false},
                           {"domain", {"a\"b\\c # d"}, false},
                           {"issuer", {"${CORP}"}, false},
                           {"scopes", {"a: b", "[x]", "1.5"}, true}}};
    EXPECT_EQ(entryLines(odd), "  odd:\n    client_id: \"yes\"\n    domain: \"a\\\"b\\\\c # d\"\n    issuer: "
                               "\"${CORP}\"\n    scopes: [\"a: b\", \"[x]\", \"1.5\"]\n");
}

std::string enabled(std::string_view text) {
    const Result<std::string> result = withSetting(text, "gateway", "enabled", "true");
    return result ? *result : "refused: " + result.error().message;
}

TEST(ConfigEdit, ASettingBecomesALineOfItsSectionWhateverElseStandsThere) {
    EXPECT_EQ(enabled(""), "gateway:\n  enabled: true\n");
    EXPECT_EQ(enabled("# mine\nstore: {backend: memory}\n"),
              "# mine\nstore: {backend: memory}\n\ngateway:\n  enabled: true\n");
    EXPECT_EQ(enabled("gateway:   # ours\n    port: 4180\n# end\n"),
              "gateway:   # ours\n    enabled: true\n    port: 4180\n# end\n");
    EXPECT_EQ(enabled("gateway:\n  port: 4180\n  enabled: false # no\nstore: {}\n"),
              "gateway:\n  port: 4180\n  enabled: true # no\nstore: {}\n");
    EXPECT_EQ(enabled("gateway:\nstore: {}\n"), "gateway:\n  enabled: true\nstore: {}\n");
    EXPECT_EQ(enabled(enabled("gateway:\n  port: 1\n")), enabled("gateway:\n  port: 1\n"));
}

TEST(ConfigEdit, ASettingInBracesIsSetThere) {
    EXPECT_EQ(enabled("gateway: {port: 4180}  # ours\n"), "gateway: {port: 4180, enabled: true}  # ours\n");
    EXPECT_EQ(enabled("gateway: { enabled: false, port: 4180 }\n"), "gateway: {enabled: true, port: 4180}\n");
    EXPECT_EQ(enabled("gateway: {}\n"), "gateway: {enabled: true}\n");
    EXPECT_EQ(withSetting("gateway: {enabled: true}\n", "gateway", "port", "7"),
              "gateway: {enabled: true, port: 7}\n");
}

std::string read(std::string_view text, std::string_view key = "port") {
    const Result<std::optional<std::string>> value = settingIn(text, "gateway", key);
    return !value ? "refused" : value->value_or("nothing");
}

TEST(ConfigEdit, ASettingIsReadWhereverItStands) {
    EXPECT_EQ(read(""), "nothing");
    EXPECT_EQ(read("gateway:\n  enabled: true\nstore: {port: 7}\n"), "nothing");
    EXPECT_EQ(read("gateway:\n  # port: 1\n  port: 4180   # ours\n"), "4180");
    EXPECT_EQ(read("gateway:\n    \"port\": \"4180\"\n"), "4180");
    EXPECT_EQ(read("gateway: {enabled: true, port: 7}  # x\n"), "7");
    EXPECT_EQ(read("gateway:\n  port: ${PORT:-7}\n"), "${PORT:-7}");
    EXPECT_EQ(read("gateway:\r\n  port: 4180\r\n"), "4180");
    EXPECT_EQ(read("gateway:\n\tport: 1\n"), "refused");
    EXPECT_EQ(read("gateway: {a: [b], port: 1}\n"), "refused");
}

TEST(ConfigEdit, ASettingIsNotPutWhereItCouldBeMisread) {
    for (const char* text : {"gateway: {allowed_origins: [a, b]}\n", "gateway: {\n  port: 1\n}\n",
                             "gateway: &a\n  port: 1\n", "gateway: {a: \"x, y\"}\n", "---\ngateway:\n",
                             "gateway:\n\tport: 1\n", "{gateway: {}}\n", "\"gateway\":\n  port: 1\n"})
        EXPECT_EQ(enabled(text).find("refused"), 0U) << text;
}

} // namespace
} // namespace keybearer::testing

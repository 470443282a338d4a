#include "broker/config/ConfigRun.h"

#include "broker/config/Config.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<Config> read(const std::string& text, const Environment& environment = {}) {
    return parseConfig(text, "/etc/kb/config.yaml", environment);
}

std::string errorOf(const std::string& text) {
    const Result<Config> config = read(text);
    return config ? "no error" : config.error().message;
}

TEST(ConfigRun, I3_AProfileSaysWhatAndForWhichCommandAndForHowLong) {
    const Result<Config> config =
        read("profiles:\n"
             "  notes:\n"
             "    allow: [github, \"github:ana@example.com\", \"apikey:Weather-1\", github]\n"
             "    command: [/usr/bin/node, /home/ana/a b.js, --x, --x]\n"
             "    expires_seconds: 60\n"
             "    fallback: true\n"
             "  bare: {allow: [corp]}\n");
    ASSERT_TRUE(config) << config.error().message;
    ASSERT_EQ(config->profiles.size(), 2U);
    const ProfileConfig& notes = config->profiles[0];
    EXPECT_EQ(notes.name, "notes");
    EXPECT_EQ(notes.where, "config.yaml:2");
    EXPECT_EQ(notes.allow,
              (std::vector<std::string>{"github", "github:ana@example.com", "apikey:Weather-1"}));
    EXPECT_EQ(notes.command, (std::vector<std::string>{"/usr/bin/node", "/home/ana/a b.js", "--x", "--x"}));
    EXPECT_EQ(notes.expires, std::chrono::seconds(60));
    EXPECT_TRUE(notes.fallback);
    EXPECT_FALSE(notes.restarts);
    EXPECT_FALSE(config->profiles[1].fallback);
    EXPECT_FALSE(config->profiles[1].expires);
    EXPECT_TRUE(config->profiles[1].command.empty());
}

TEST(ConfigRun, AProfileSaysWhetherItsProgramIsStartedAnew) {
    const Result<Config> config =
        read("profiles: {a: {allow: [x], restart: on_expiry}, b: {allow: [x], restart: never}}");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->profiles[0].restarts);
    EXPECT_FALSE(config->profiles[1].restarts);
    EXPECT_NE(errorOf("profiles: {a: {allow: [x], restart: always}}").find("on_expiry"), std::string::npos);
}

TEST(ConfigRun, WhatAProfileCannotBe) {
    EXPECT_EQ(errorOf("profiles: {a: {fallback: false}}"),
              "config.yaml:1: profiles.a: allows nothing; write allow: [github]");
    EXPECT_NE(errorOf("profiles: {a: {allow: [\"Git Hub\"]}}").find("neither PROVIDER"), std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [\"github:\"]}}").find("neither PROVIDER"), std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [\"github:a\\x1b\"]}}").find("neither PROVIDER"),
              std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [x], command: [node]}}").find("absolute path"),
              std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [x], command: []}}").find("absolute path"), std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [x], fallback: maybe}}").find("true or false"),
              std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {allow: [x], expires_seconds: 0}}").find("whole number from 1"),
              std::string::npos);
    EXPECT_NE(errorOf("profiles: {A B: {allow: [x]}}").find("lower-case letters"), std::string::npos);
    EXPECT_NE(errorOf("profiles: {a: {alow: [x]}}").find("did you mean allow?"), std::string::npos);
}

TEST(ConfigRun, TheAgentSocketIsOffUnlessItIsSwitchedOn) {
    const Result<Config> silent = read("");
    ASSERT_TRUE(silent);
    EXPECT_FALSE(silent->agent.enabled);
    const Result<Config> config = read("agent: {enabled: true, allow: [github], socket: a.sock}");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_TRUE(config->agent.enabled);
    EXPECT_EQ(config->agent.allow, std::vector<std::string>{"github"});
    EXPECT_EQ(config->agent.socket, "/etc/kb/a.sock");
}

TEST(ConfigRun, TheEnvironmentNamesTheAgentSocketAndWhatARunHandsOverIsNoKey) {
    const Result<Config> config = read("", {{"KEYBEARER_AGENT_SOCKET", "/tmp/a.sock"},
                                            {"KEYBEARER_AGENT_ENABLED", "true"},
                                            {"KEYBEARER_FD", "3"},
                                            {"KEYBEARER_CAPABILITY", "kbc_x"}});
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->agent.socket, "/tmp/a.sock");
    EXPECT_TRUE(config->agent.enabled);
    EXPECT_TRUE(config->warnings.empty());
}

} // namespace
} // namespace keybearer

#include "broker/stores/redis/RedisProblem.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

struct Case {
    const char* text;
    const char* says;
    bool endsConnection;
};

TEST(RedisProblem, EveryErrorOfAServerSaysWhatHappenedAndWhatToDo) {
    for (const Case& each : {
             Case{"NOAUTH Authentication required.", "asks for a password", true},
             Case{"WRONGPASS invalid username-password pair or user is disabled.", "refuses the user name",
                  true},
             Case{"ERR invalid password", "refuses the password", true},
             Case{"ERR AUTH <password> called without any password configured for the default user. Are you "
                  "sure",
                  "asks for no password", true},
             Case{"DENIED Redis is running in protected mode because", "protected mode", true},
             Case{"READONLY You can't write against a read only replica.", "read-only replica", true},
             Case{"LOADING Redis is loading the dataset in memory", "still loading", false},
             Case{"MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.",
                  "without its master", true},
             Case{"MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist "
                  "to disk.",
                  "cannot save its data", false},
             Case{"OOM command not allowed when used memory > 'maxmemory'.", "no memory left", false},
             Case{"@user_script: 14: -OOM command not allowed when used memory > 'maxmemory'.",
                  "no memory left", false},
             Case{"NOREPLICAS Not enough good replicas to write.", "too few replicas", false},
             Case{"BUSY Redis is busy running a script. You can only call SCRIPT KILL", "busy", false},
             Case{"ERR max number of clients reached", "too many connections", true},
             Case{"ERR DB index is out of range", "no database of that number", true},
             Case{"MOVED 3999 127.0.0.1:6381", "Redis Cluster", true},
             Case{"ASK 3999 127.0.0.1:6381", "Redis Cluster", true},
             Case{"CROSSSLOT Keys in request don't hash to the same slot", "Redis Cluster", true},
             Case{"CLUSTERDOWN Hash slot not served", "Redis Cluster", true},
             Case{"ERR SELECT is not allowed in cluster mode", "Redis Cluster", true},
             Case{"NOPERM this user has no permissions to run the 'eval' command", "'eval'", false},
             Case{"ERR The user executing the script can't run this command or subcommand script: abc",
                  "lacks a permission", false},
             Case{"ERR something new", "something new", false},
         }) {
        const RedisProblem problem = redisProblem(each.text, "item/x");
        EXPECT_EQ(problem.error.code, ErrorCode::StoreUnavailable) << each.text;
        EXPECT_NE(problem.error.message.find(each.says), std::string::npos) << problem.error.message;
        EXPECT_NE(problem.error.action, "") << each.text;
        EXPECT_EQ(problem.endsConnection, each.endsConnection) << each.text;
    }
}

TEST(RedisProblem, WhatLiesUnderANameButIsNoRecordConcernsThatNameAlone) {
    for (const char* text :
         {"WRONGTYPE Operation against a key holding the wrong kind of value",
          "ERR Error running script (call to f_1): @user_script:2: WRONGTYPE Operation against a key",
          "KEYBEARERTOOLONG", "ERR KEYBEARERNOTOURS"}) {
        const RedisProblem problem = redisProblem(text, "item/x");
        EXPECT_EQ(problem.error.code, ErrorCode::ParseError) << text;
        EXPECT_NE(problem.error.message.find("item/x"), std::string::npos);
        EXPECT_FALSE(problem.endsConnection);
    }
}

TEST(RedisProblem, TextOfAServerIsMadeSafeAndShort) {
    const std::string message =
        redisProblem("ERR \x1b[2J\r\n" + std::string(5000, 'x'), "item/x").error.message;
    EXPECT_EQ(message.find('\x1b'), std::string::npos);
    EXPECT_EQ(message.find('\n'), std::string::npos);
    EXPECT_LT(message.size(), 400U);
}

} // namespace
} // namespace keybearer

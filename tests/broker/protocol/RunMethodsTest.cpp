#include "broker/protocol/RunMethods.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Json good() {
    return Json{{"profile", "notes"},
                {"pid", 4711},
                {"start_time", 12},
                {"executable", "/usr/bin/node"},
                {"arguments", {"server.js", "", "a b", "\xc3\xa9"}},
                {"working_directory", "/home/ana"},
                {"environment", {"NODE_OPTIONS=--x"}},
                {"in_environment", true}};
}

TEST(CapabilityOpenParams, IsReadAndWrittenWhole) {
    const Result<CapabilityOpenParams> open = CapabilityOpenParams::from(good());
    ASSERT_TRUE(open) << open.error().message;
    EXPECT_EQ(open->pid, 4711);
    EXPECT_EQ(open->startTime, 12);
    EXPECT_EQ(open->arguments.size(), 4U);
    EXPECT_TRUE(open->inEnvironment);
    EXPECT_EQ(open->toJson(), good());
}

TEST(CapabilityOpenParams, WhatIsMissingOrWrongIsNamed) {
    const auto parameter = [](const char* key, const Json& value) {
        Json json = good();
        if (value.is_null())
            json.erase(key);
        else
            json[key] = value;
        const Result<CapabilityOpenParams> open = CapabilityOpenParams::from(json);
        return open ? std::string("accepted") : open.error().message;
    };
    for (const char* key : {"profile", "pid", "executable", "working_directory"})
        EXPECT_EQ(parameter(key, nullptr).rfind(key, 0), 0U) << key;
    EXPECT_EQ(parameter("start_time", nullptr), "accepted");
    EXPECT_NE(parameter("pid", -1), "accepted");
    EXPECT_NE(parameter("pid", 5'000'000'000), "accepted");
    EXPECT_NE(parameter("executable", "node"), "accepted");
    EXPECT_NE(parameter("executable", std::string("/usr/bin/node\0x", 15)), "accepted");
    EXPECT_NE(parameter("working_directory", "."), "accepted");
    EXPECT_NE(parameter("arguments", "x"), "accepted");
    EXPECT_NE(parameter("arguments", Json::array({1})), "accepted");
    EXPECT_NE(parameter("arguments", Json::array({std::string("a\0b", 3)})), "accepted");
    EXPECT_NE(parameter("arguments", Json(std::vector<std::string>(5000, "x"))), "accepted");
    EXPECT_NE(parameter("environment", Json(std::vector<std::string>(65, "A=b"))), "accepted");
    EXPECT_NE(parameter("secret", "x"), "accepted");
}

} // namespace
} // namespace keybearer

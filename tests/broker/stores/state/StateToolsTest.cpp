#include "tests/broker/stores/state/StateFixture.h"

#include "broker/base/Random.h"

namespace keybearer {
namespace {

ToolRecord toolNamed(const std::string& name) {
    ToolVersion version;
    version.fingerprint = hex(sha256("{}"));
    version.firstSeen = version.lastSeen = WallTime(std::chrono::seconds(5));
    version.approvedAt = WallTime(std::chrono::seconds(6));
    version.firstUse = version.defined = version.told = true;
    version.keptBytes = 2;
    ToolVersion other = version;
    other.fingerprint = std::string(64, 'b');
    other.approvedAt.reset();
    return {"svc", name, other.fingerprint, WallTime(std::chrono::seconds(7)), {version, other}};
}

class StateToolsTest : public StateFixture {};

TEST_F(StateToolsTest, M7_ToolsAndTheirVersionsSurviveARestart) {
    const std::string print = hex(sha256("{}"));
    {
        const auto state = open();
        const ToolRecord tool = toolNamed("read");
        ASSERT_TRUE(state->putTools({"svc", WallTime(std::chrono::seconds(5)), true}, {&tool}));
        ASSERT_TRUE(state->putDefinition({"svc", "read", print}, "{}"));
        ASSERT_TRUE(state->putDefinition({"svc", "read", std::string(64, 'b')}, "{}"));
    }
    const auto state = open();
    const Result<PinStore::Loaded> loaded = state->loadTools();
    ASSERT_TRUE(loaded);
    ASSERT_EQ(loaded->services.size(), 1U);
    EXPECT_TRUE(loaded->services[0].whole);
    EXPECT_EQ(loaded->services[0].firstSeen, WallTime(std::chrono::seconds(5)));
    ASSERT_EQ(loaded->tools.size(), 1U);
    const ToolRecord& tool = loaded->tools[0];
    EXPECT_EQ(tool.goneSince, WallTime(std::chrono::seconds(7)));
    ASSERT_EQ(tool.versions.size(), 2U);
    EXPECT_EQ(tool.versions[0].approvedAt, WallTime(std::chrono::seconds(6)));
    EXPECT_TRUE(tool.versions[0].firstUse);
    EXPECT_FALSE(tool.versions[1].approvedAt);
    EXPECT_EQ(tool.versions[0].keptBytes, 2U);
    EXPECT_FALSE(tool.isApproved());
    EXPECT_EQ(*state->definition({"svc", "read", print}), "{}");
    EXPECT_EQ(*state->definition({"svc", "read", std::string(64, 'b')}), "") << "not what it says it is";
    ASSERT_TRUE(state->removeTool("svc", "read"));
    EXPECT_TRUE(state->loadTools()->tools.empty());
    EXPECT_EQ(*state->definition({"svc", "read", print}), "");
    ASSERT_TRUE(state->removeTools("svc"));
    EXPECT_TRUE(state->loadTools()->services.empty());
}

TEST_F(StateToolsTest, T_35_AToolWhoseRowSomebodyElseChangedDoesNotCount) {
    {
        const auto state = open();
        const ToolRecord tool = toolNamed("read");
        const ToolRecord other = toolNamed("write");
        ASSERT_TRUE(state->putTools({"svc", WallTime(), true}, {&tool, &other}));
    }
    {
        auto raw = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(
            (*raw)->execute("UPDATE tools SET more = replace(more, 'bbbb', 'cccc') WHERE name = 'read'"));
    }
    const Result<PinStore::Loaded> loaded = open()->loadTools();
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->refused, std::vector<std::string>{"svc"});
    ASSERT_EQ(loaded->tools.size(), 1U);
    EXPECT_EQ(loaded->tools[0].name, "write");
}

} // namespace
} // namespace keybearer

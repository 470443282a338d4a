// Rooms that get another configuration while they work.
#include "broker/access/Admission.h"
#include "broker/access/AgentDoor.h"
#include "broker/access/AuthRules.h"
#include "broker/access/RateLimiter.h"
#include "tests/support/FakeClock.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

Result<AuthRules> rulesFrom(const std::string& text) {
    const Result<Config> config = parseConfig(text, "/tmp/config.yaml", {});
    return config ? AuthRules::compile(*config, {"github", "corp"}) : failure(config.error());
}

TEST(Configure, ARuleThatSomebodyHoldsStaysAsItIs) {
    Result<AuthRules> rules = rulesFrom("auth: {tools: {read: {provider: github}}}");
    Result<AuthRules> fresh = rulesFrom("auth: {tools: {read: {provider: corp}}}");
    ASSERT_TRUE(rules && fresh);
    const std::shared_ptr<const AuthRule> held = rules->keep(rules->find("read", ""));
    ASSERT_NE(held, nullptr);
    rules->replace(std::move(*fresh));
    EXPECT_EQ(held->auth.provider, "github");
    EXPECT_EQ(rules->find("read", "")->auth.provider, "corp") << "what was remembered is forgotten";
    EXPECT_EQ(rules->counters().lookups, 2) << "the counters go on";
}

TEST(Configure, AnotherRateLimitHoldsFromNowOn) {
    FakeClock clock;
    RateLimiter limiter({2, std::chrono::seconds(60), 2}, {}, clock);
    const auto bucket = limiter.bucketOf(Caller{});
    ASSERT_NE(bucket, nullptr);
    EXPECT_TRUE(limiter.take(*bucket, clock.boot()));
    EXPECT_TRUE(limiter.take(*bucket, clock.boot()));
    EXPECT_FALSE(limiter.take(*bucket, clock.boot()));
    limiter.configure({2, std::chrono::seconds(60), 2}, {});
    EXPECT_EQ(limiter.bucketOf(Caller{}), bucket) << "the same limit gives nothing back";
    limiter.configure({6000, std::chrono::seconds(60), 6000}, {});
    EXPECT_TRUE(limiter.take(*limiter.bucketOf(Caller{}), clock.boot()));
    limiter.configure({}, {});
    EXPECT_FALSE(limiter.limits());
}

TEST(Configure, SEC_WhoWasAdminByTheAccessModeIsItNoLonger) {
    Admission::Setup setup;
    setup.programs = Role::Admin; // trusting
    Admission admission(std::move(setup));
    Caller program;
    program.role = Role::Admin;
    EXPECT_TRUE(admission.permitMethod(program, "session.list"));
    EXPECT_TRUE(admission.permitTopic(program, "session.changed"));
    admission.setPrograms(Role::Agent);
    EXPECT_EQ(admission.permitMethod(program, "session.list").error().code, ErrorCode::PolicyDenied);
    EXPECT_FALSE(admission.permitTopic(program, "session.changed"));
    EXPECT_TRUE(admission.permitMethod(program, "token.get"));
    Caller client = program; // a registered client has the role that it was given
    client.clientId = "k_1";
    EXPECT_TRUE(admission.permitMethod(client, "session.list"));
}

TEST(Configure, WhoCameThroughTheAgentSocketConnectsAgainForAnotherList) {
    AgentDoor door({"github"});
    Caller caller;
    caller.door = Door::Agent;
    ASSERT_TRUE(door.recognise(caller, {}).value_or(false));
    EXPECT_TRUE(door.confirm(caller));
    door.configure({"github", "corp"});
    EXPECT_EQ(door.confirm(caller).error().code, ErrorCode::ClientExpired);
    EXPECT_TRUE(door.confirm(Caller{})) << "others do not come through it";
}

} // namespace
} // namespace keybearer

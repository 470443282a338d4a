#include "broker/access/AgentDoor.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(AgentDoor, WhoeverComesThroughItIsRemoteAndHasWhatTheConfigurationAllows) {
    AgentDoor door({"github"});
    Caller caller;
    caller.door = Door::Agent;
    caller.role = Role::Admin;
    caller.operatorProgram = true; // the command line itself, for instance
    caller.identity = IdentityClass::Native;
    const Result<bool> known = door.recognise(caller, {});
    ASSERT_TRUE(known);
    EXPECT_TRUE(*known);
    EXPECT_EQ(caller.identity, IdentityClass::Remote);
    EXPECT_FALSE(caller.operatorProgram);
    EXPECT_EQ(caller.role, Role::Agent);
    EXPECT_EQ(caller.ceiling, Role::Agent);
    ASSERT_TRUE(caller.prior);
    EXPECT_EQ(caller.prior->why, "agent");
    EXPECT_EQ(caller.prior->allowed, std::vector<std::string>{"github"});
}

TEST(AgentDoor, NobodyElseConcernsIt) {
    AgentDoor door({"github"});
    Caller caller;
    const Result<bool> known = door.recognise(caller, {});
    ASSERT_TRUE(known);
    EXPECT_FALSE(*known);
    EXPECT_FALSE(caller.prior);
}

TEST(PriorGrant, WhatIsNotListedIsRefusedBeforeAnythingIsLookedUp) {
    Caller caller;
    EXPECT_FALSE(outsidePriorGrant(caller, "github")); // brings nothing along: a person is asked
    caller.prior = PriorGrant{"run:notes", {"github:ana@example.com", "corp"}, std::nullopt};
    EXPECT_FALSE(outsidePriorGrant(caller, "github"));
    EXPECT_FALSE(outsidePriorGrant(caller, "corp"));
    EXPECT_FALSE(outsidePriorGrant(caller, std::nullopt));
    const std::optional<Error> error = outsidePriorGrant(caller, "git");
    ASSERT_TRUE(error);
    EXPECT_EQ(error->code, ErrorCode::PolicyDenied);
    EXPECT_FALSE(error->action.empty());
}

TEST(AgentDoor, NoAccountIsNamedToAnotherMachine) {
    const Error several = Error(ErrorCode::InvalidParams, "several sessions fit: github:ana@example.com")
                              .with("accounts", std::vector<std::string>{"github:ana@example.com"});
    const Error told = forAnotherMachine(several);
    EXPECT_EQ(told.code, ErrorCode::InvalidParams);
    EXPECT_EQ(told.message.find("ana"), std::string::npos);
    EXPECT_TRUE(told.details.empty());
    EXPECT_EQ(forAnotherMachine(Error(ErrorCode::ProviderUnavailable, "x")).message, "x");
}

} // namespace
} // namespace keybearer

#include "broker/access/Permission.h"

#include <gtest/gtest.h>
#include <set>

namespace keybearer {
namespace {

Caller callerOf(Role role) {
    Caller caller;
    caller.role = role;
    return caller;
}

TEST(Permission, EachHasAWordOfItsOwn) {
    std::set<std::string_view> words;
    for (std::size_t i = 0; i < permissionCount; ++i)
        EXPECT_TRUE(words.insert(permissionWord(static_cast<Permission>(i))).second);
    EXPECT_EQ(permissionWord(Permission::TokenRead), "token:read");
    EXPECT_EQ(permissionWord(Permission::SigninWrite), "signin:write");
    EXPECT_EQ(permissionWord(Permission::ConsentAnswer), "consent:answer");
    EXPECT_EQ(permissionWord(Permission::MetricsRead), "metrics:read");
}

TEST(Permission, AgentGetsTokensAndLearnsOfNobody) {
    for (const Permission allowed : {Permission::Open, Permission::TokenRead, Permission::ProviderRead,
                                     Permission::AuthRead, Permission::HealthShort})
        EXPECT_TRUE(roleHas(Role::Agent, allowed)) << permissionWord(allowed);
    for (const Permission denied :
         {Permission::SessionRead, Permission::SessionWrite, Permission::SigninWrite, Permission::ConsentRead,
          Permission::ClientRead, Permission::AuditRead, Permission::HealthRead, Permission::StoreRead,
          Permission::RunWrite})
        EXPECT_FALSE(roleHas(Role::Agent, denied)) << permissionWord(denied);
}

TEST(Permission, ReadonlyChangesNothingAndGetsNoToken) {
    EXPECT_FALSE(roleHas(Role::Readonly, Permission::TokenRead));
    for (std::size_t i = 0; i < permissionCount; ++i) {
        const auto permission = static_cast<Permission>(i);
        const std::string_view word = permissionWord(permission);
        if (roleHas(Role::Readonly, permission)) {
            EXPECT_TRUE(word == "open" || word.ends_with(":read") || word.ends_with(":short")) << word;
        }
        if (changesSomething(permission)) {
            EXPECT_FALSE(roleHas(Role::Readonly, permission)) << word;
        }
        if (word.ends_with(":write") || word.ends_with(":answer") || word.ends_with(":revoke")) {
            EXPECT_TRUE(changesSomething(permission)) << word;
        }
    }
    EXPECT_FALSE(changesSomething(Permission::TokenRead));
}

TEST(Permission, UserHasWhatAgentAndReadonlyHave) {
    for (std::size_t i = 0; i < permissionCount; ++i) {
        const auto permission = static_cast<Permission>(i);
        if (roleHas(Role::Agent, permission) || roleHas(Role::Readonly, permission)) {
            EXPECT_TRUE(roleHas(Role::User, permission)) << permissionWord(permission);
        }
        EXPECT_TRUE(roleHas(Role::Admin, permission)) << permissionWord(permission);
    }
    for (const Permission denied : {Permission::ClientWrite, Permission::PolicyWrite, Permission::StoreWrite})
        EXPECT_FALSE(roleHas(Role::User, denied)) << permissionWord(denied);
}

TEST(Permission, WhoeverAsksForLessHasWhatBothRolesHave) {
    Caller caller = callerOf(Role::Readonly);
    caller.ceiling = Role::Agent;
    EXPECT_TRUE(callerMay(caller, Permission::ProviderRead));
    EXPECT_FALSE(callerMay(caller, Permission::SessionRead))
        << "an agent does not see sessions by asking for less";
    EXPECT_FALSE(callerMay(caller, Permission::TokenRead));
}

TEST(Permission, OnlyOperatorProgramsAnswerForAPerson) {
    Caller caller = callerOf(Role::Admin);
    EXPECT_FALSE(callerMay(caller, Permission::ConsentAnswer));
    caller.operatorProgram = true;
    EXPECT_TRUE(callerMay(caller, Permission::ConsentAnswer));
    caller.role = Role::Agent; // with the key of a client, or because it asked for less
    EXPECT_FALSE(callerMay(caller, Permission::ConsentAnswer));
}

TEST(Permission, AgentDoorIsForTokensAlone) {
    Caller caller = callerOf(Role::Admin);
    caller.operatorProgram = true;
    caller.door = Door::Agent;
    EXPECT_TRUE(callerMay(caller, Permission::TokenRead));
    for (const Permission denied : {Permission::ProviderRead, Permission::SessionRead, Permission::AuthRead,
                                    Permission::ConsentAnswer, Permission::ClientWrite})
        EXPECT_FALSE(callerMay(caller, denied)) << permissionWord(denied);
}

TEST(Permission, RefusalNamesWhatIsRequiredAndWhatTheCallerIs) {
    const Result<void> refused = methodPermitted(callerOf(Role::Agent), "session.list");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::PolicyDenied);
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("required")), "session:read");
    EXPECT_EQ(std::get<std::string>(*refused.error().detail("role")), "agent");
    EXPECT_NE(refused.error().action, "");
    EXPECT_TRUE(methodPermitted(callerOf(Role::User), "session.list"));
}

TEST(Permission, MethodWithoutARowIsForAdministrators) {
    EXPECT_FALSE(permissionForMethod("no.such"));
    EXPECT_FALSE(methodPermitted(callerOf(Role::User), "no.such"));
    EXPECT_TRUE(methodPermitted(callerOf(Role::Admin), "no.such"));
    Caller asksForLess = callerOf(Role::Admin);
    asksForLess.ceiling = Role::User;
    EXPECT_FALSE(methodPermitted(asksForLess, "no.such"));
}

TEST(Permission, TopicsAreAskedForOneByOne) {
    EXPECT_FALSE(topicPermitted(callerOf(Role::Agent), "consent.requested"));
    EXPECT_FALSE(topicPermitted(callerOf(Role::Agent), "session.changed"));
    EXPECT_TRUE(topicPermitted(callerOf(Role::Agent), "health.changed"));
    EXPECT_TRUE(topicPermitted(callerOf(Role::Readonly), "alert"));
}

} // namespace
} // namespace keybearer

#include "broker/access/Role.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(RoleTest, everyRoleHasAWordThatNamesItAgain) {
    for (const Role role : {Role::Readonly, Role::Agent, Role::User, Role::Admin})
        EXPECT_EQ(roleFrom(roleWord(role)), role);
    EXPECT_EQ(roleFrom("root"), std::nullopt);
    EXPECT_EQ(roleFrom(""), std::nullopt);
}

} // namespace
} // namespace keybearer

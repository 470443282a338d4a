#include "broker/rpc/ConnectionQuota.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

RpcLimits small() {
    RpcLimits limits;
    limits.connections = 20;
    limits.crowdedAt = 10;
    limits.connectionsPerProcess = 3;
    return limits;
}

TEST(ConnectionQuotaTest, OneProcessMayHaveManyWhileThereIsRoom) {
    const RpcLimits limits = small();
    ConnectionQuota quota(limits);
    for (int i = 0; i < 10; ++i) {
        ASSERT_TRUE(quota.allows(1));
        quota.opened(1);
    }
    EXPECT_FALSE(quota.allows(1));
    EXPECT_EQ(quota.total(), 10U);
}

TEST(ConnectionQuotaTest, T_46_OneProcessCannotKeepOthersOut) {
    const RpcLimits limits = small();
    ConnectionQuota quota(limits);
    while (quota.allows(1))
        quota.opened(1);
    for (int i = 0; i < 3; ++i) {
        ASSERT_TRUE(quota.allows(2));
        quota.opened(2);
    }
    EXPECT_FALSE(quota.allows(2));
    EXPECT_TRUE(quota.allows(3));
}

TEST(ConnectionQuotaTest, T_46_AllTogetherHaveALimit) {
    const RpcLimits limits = small();
    ConnectionQuota quota(limits);
    std::size_t opened = 0;
    for (int pid = 1; pid < 100; ++pid) {
        while (quota.allows(pid)) {
            quota.opened(pid);
            ++opened;
        }
    }
    EXPECT_EQ(opened, limits.connections);
}

TEST(ConnectionQuotaTest, ClosingMakesRoomAgain) {
    const RpcLimits limits = small();
    ConnectionQuota quota(limits);
    while (quota.allows(1))
        quota.opened(1);
    quota.closed(1);
    EXPECT_TRUE(quota.allows(1));
    quota.closed(7); // never opened
    EXPECT_EQ(quota.total(), 9U);
}

} // namespace
} // namespace keybearer

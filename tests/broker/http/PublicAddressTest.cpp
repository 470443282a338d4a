#include "broker/http/PublicAddress.h"

#include <gtest/gtest.h>

using namespace keybearer;

namespace {

struct Row {
    const char* address;
    bool isPublic;
};

class PublicAddress : public testing::TestWithParam<Row> {};

TEST_P(PublicAddress, SEC_C_22_IsToldFromAllOthers) {
    const QHostAddress address(QString::fromLatin1(GetParam().address));
    ASSERT_FALSE(address.isNull()) << GetParam().address;
    EXPECT_EQ(isPublicAddress(address), GetParam().isPublic) << GetParam().address;
}

INSTANTIATE_TEST_SUITE_P(
    Table, PublicAddress,
    testing::Values(
        Row{"8.8.8.8", true}, Row{"1.1.1.1", true}, Row{"172.15.255.255", true}, Row{"172.32.0.1", true},
        Row{"100.63.255.255", true}, Row{"100.128.0.1", true}, Row{"192.0.1.1", true}, Row{"11.0.0.1", true},
        Row{"198.17.255.255", true}, Row{"198.20.0.1", true}, Row{"223.255.255.254", true},
        Row{"0.0.0.0", false}, Row{"0.1.2.3", false}, Row{"10.0.0.1", false}, Row{"10.255.255.255", false},
        Row{"100.64.0.1", false}, Row{"100.127.255.255", false}, Row{"127.0.0.1", false},
        Row{"127.255.0.1", false}, Row{"169.254.169.254", false}, Row{"172.16.0.1", false},
        Row{"172.31.255.255", false}, Row{"192.0.0.1", false}, Row{"192.0.2.1", false},
        Row{"192.88.99.1", false}, Row{"192.168.1.1", false}, Row{"198.18.0.1", false},
        Row{"198.19.255.255", false}, Row{"198.51.100.7", false}, Row{"203.0.113.7", false},
        Row{"224.0.0.1", false}, Row{"239.255.255.250", false}, Row{"240.0.0.1", false},
        Row{"255.255.255.255", false}, Row{"2606:4700:4700::1111", true}, Row{"2a00:1450:4001::1", true},
        Row{"2001:4860:4860::8888", true}, Row{"::", false}, Row{"::1", false}, Row{"::ffff:10.0.0.1", false},
        Row{"::ffff:8.8.8.8", true}, Row{"::8.8.8.8", false}, Row{"::ffff:127.0.0.1", false},
        Row{"64:ff9b::808:808", true}, Row{"64:ff9b::a00:1", false}, Row{"64:ff9b:1::1", false},
        Row{"fe80::1", false}, Row{"fec0::1", false}, Row{"fc00::1", false}, Row{"fd12:3456::1", false},
        Row{"ff02::1", false}, Row{"2001:db8::1", false}, Row{"2001::1", false}, Row{"2001:10::1", false},
        Row{"2001:1ff::1", false}, Row{"2001:200::1", true}, Row{"2002:0a00:0001::1", false},
        Row{"2002:0808:0808::1", true}, Row{"2002:7f00:0001::1", false}, Row{"3fff::1", false},
        Row{"100::1", false}, Row{"4000::1", false}));

TEST(PublicAddressTest, SEC_C_22_NoAddressAndOneWithAScopeAreNotPublic) {
    EXPECT_FALSE(isPublicAddress(QHostAddress()));
    EXPECT_FALSE(isPublicAddress(QHostAddress(QStringLiteral("fe80::1%lo"))));
}

} // namespace

// unlock_keyring: unlocks the private keyring of tests/support/with_keyring, for tests that are no C++.
#include "tests/broker/stores/keychain/KeyringSession.h"

#include <QCoreApplication>

#include <gtest/gtest.h>

TEST(UnlockKeyring, Once) {
    keybearer::test::KeyringSession::unlock();
}

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

// Runs the cases inside a private session with a keyring: starts itself again under with_keyring if there is
// none.
#include "tests/broker/stores/keychain/KeyringSession.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstring>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vector>

int main(int argc, char** argv) {
    const bool probing = argc > 1 && std::strcmp(argv[1], "--probe") == 0;
    const bool listing = argc > 1 && std::strncmp(argv[1], "--gtest_list_tests", 18) == 0;
    if (!probing && !listing && qEnvironmentVariableIsEmpty("KEYBEARER_TEST_KEYRING")) {
        std::string script = KEYBEARER_WITH_KEYRING;
        std::vector<char*> arguments{script.data()};
        arguments.insert(arguments.end(), argv, argv + argc);
        arguments.push_back(nullptr);
        ::execv(script.c_str(), arguments.data());
        std::perror(script.c_str());
        return 127;
    }
    QCoreApplication application(argc, argv);
    keybearer::initialiseSecrets();
    if (probing)
        keybearer::test::probe();
    ::testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

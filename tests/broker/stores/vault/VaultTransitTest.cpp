#include "tests/broker/stores/vault/VaultHouse.h"

namespace keybearer::test {

namespace {

class VaultTransitTest : public VaultHouse {
protected:
    void open(const std::string& key = "keybearer") {
        VaultConfig config = vaultConfig(server);
        config.transitKey = key;
        records = vaultRecords(std::move(config));
        ASSERT_TRUE(ready(*records)) << records->health().problem;
    }
    Result<std::string> wrap(const std::string& bytes) {
        return wait<std::string>([&](auto done) { records->keyWrapper()->wrap(bytes, std::move(done)); });
    }
    Result<std::string> unwrap(const std::string& wrapped) {
        return wait<std::string>([&](auto done) { records->keyWrapper()->unwrap(wrapped, std::move(done)); });
    }
    std::unique_ptr<VaultRecords> records;
};

TEST_F(VaultTransitTest, WhatIsWrappedComesBackAlsoUnderANewerKey) {
    open();
    std::string bytes;
    for (int i = 0; i < 256; ++i)
        bytes.push_back(static_cast<char>(i));
    const Result<std::string> wrapped = wrap(bytes);
    ASSERT_TRUE(wrapped) << wrapped.error().message;
    EXPECT_EQ(wrapped->compare(0, 9, "vault:v1:"), 0);
    EXPECT_EQ(wrapped->find(' '), std::string::npos);
    EXPECT_EQ(unwrap(*wrapped), bytes);
    server.command(Json{{"do", "rotate"}, {"key", "keybearer"}});
    EXPECT_EQ(unwrap(*wrapped), bytes);
    EXPECT_EQ(wrap(bytes)->compare(0, 9, "vault:v2:"), 0);
    EXPECT_EQ(records->keyWrapper()->name(), "transit/keybearer");
}

TEST_F(VaultTransitTest, WhatAnotherKeyHasWrappedIsRefused) {
    open();
    std::string wrapped = *wrap("thirty-two bytes of a store's key");
    wrapped[wrapped.size() - 6] = wrapped[wrapped.size() - 6] == 'A' ? 'B' : 'A';
    const Result<std::string> back = unwrap(wrapped);
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, ErrorCode::ParseError);
    EXPECT_NE(back.error().action.find("transit_key"), std::string::npos);
    EXPECT_EQ(unwrap("no ciphertext").error().code, ErrorCode::ParseError);
}

TEST_F(VaultTransitTest, AKeyThatIsNotThereIsNamed) {
    open("no-such-key");
    const Result<std::string> wrapped = wrap("x");
    ASSERT_FALSE(wrapped);
    EXPECT_NE(wrapped.error().message.find("encryption key not found"), std::string::npos);
}

TEST_F(VaultTransitTest, WithoutATransitKeyThereIsNoWrapper) {
    EXPECT_EQ(vaultRecords(vaultConfig(server))->keyWrapper(), nullptr);
}

} // namespace

} // namespace keybearer::test

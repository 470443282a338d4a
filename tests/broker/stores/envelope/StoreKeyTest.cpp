#include "broker/stores/envelope/StoreKey.h"

#include <fstream>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

// Cheap enough for a test; a file can never ask for it.
constexpr PassphraseCost cheap{64 << 10, 1, 8 << 10};

class StoreKeyTest : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        std::string name = "/tmp/kb-key-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
    }
    void TearDown() override {
        std::filesystem::remove_all(directory);
        ::unsetenv("CREDENTIALS_DIRECTORY");
    }
    StoreKeySource fileWith(const std::string& content, mode_t mode = 0600) {
        const std::filesystem::path file = directory / "key";
        std::ofstream(file, std::ios::binary | std::ios::trunc) << content;
        ::chmod(file.c_str(), mode);
        return {StoreKeyKind::KeyFile, file, {}};
    }
    std::filesystem::path directory;
};

TEST_F(StoreKeyTest, KeyIsReadFromEachOfTheThreeForms) {
    const std::string raw(32, '\x07');
    std::string digits;
    for (int i = 0; i < 32; ++i)
        digits += "07";
    for (const std::string& content : {raw, digits, digits + "\n", digits + "\r\n",
                                       std::string("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n")}) {
        const Result<Secret> key = readStoreKey(fileWith(content));
        ASSERT_TRUE(key) << content.size() << key.error().message;
        EXPECT_TRUE(key->equals(raw)) << content.size();
    }
}

TEST_F(StoreKeyTest, AnythingElseIsNoKeyAndIsNotQuoted) {
    for (const std::string& content :
         {std::string(), std::string("passphrase"), std::string(31, 'a'), std::string(33, 'a'),
          std::string(63, 'a'), std::string(64, 'z'), std::string(65, 'a'), std::string(44, '!'),
          std::string(100000, 'a'), std::string(32, 'a') + "\n"}) {
        const Result<Secret> key = readStoreKey(fileWith(content));
        ASSERT_FALSE(key) << content.size();
        EXPECT_EQ(key.error().code, ErrorCode::StoreUnavailable);
        EXPECT_FALSE(key.error().action.empty());
        EXPECT_EQ(key.error().message.find("passphrase"), std::string::npos);
    }
}

TEST_F(StoreKeyTest, KeyFileThatOthersMayReadIsRefused) {
    const std::string raw(32, 'k');
    for (const mode_t mode : {0640, 0604, 0660, 0644, 0777}) {
        const Result<Secret> key = readStoreKey(fileWith(raw, mode));
        ASSERT_FALSE(key) << mode;
        EXPECT_NE(key.error().message.find("read by others"), std::string::npos);
        EXPECT_NE(key.error().action.find("chmod 600"), std::string::npos);
    }
    EXPECT_TRUE(readStoreKey(fileWith(raw, 0400)));
}

TEST_F(StoreKeyTest, AbsentFileDirectoryAndFifoAreNamed) {
    EXPECT_FALSE(readStoreKey({StoreKeyKind::KeyFile, directory / "none", {}}));
    EXPECT_FALSE(readStoreKey({StoreKeyKind::KeyFile, directory, {}}));
    const std::filesystem::path fifo = directory / "fifo";
    ASSERT_EQ(::mkfifo(fifo.c_str(), 0600), 0);
    EXPECT_FALSE(readStoreKey({StoreKeyKind::KeyFile, fifo, {}})) << "and does not hang";
}

TEST_F(StoreKeyTest, CredentialLiesWhereSystemdPutsIt) {
    fileWith(std::string(32, 'c'));
    const StoreKeySource source{StoreKeyKind::Credential, {}, "key"};
    EXPECT_NE(readStoreKey(source).error().message.find("CREDENTIALS_DIRECTORY"), std::string::npos);
    ::setenv("CREDENTIALS_DIRECTORY", directory.c_str(), 1);
    ASSERT_TRUE(readStoreKey(source));
    EXPECT_TRUE(readStoreKey(source)->equals(std::string(32, 'c')));
}

TEST_F(StoreKeyTest, SamePassphraseAndSaltGiveTheSameKeyAndNothingElseDoes) {
    const std::string salt(passphraseSaltBytes, 's');
    const Secret words = Secret::copyOf("correct horse battery staple");
    const Result<Secret> key = deriveStoreKey(words, salt, cheap);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_EQ(key->size(), storeKeyBytes);
    EXPECT_TRUE(deriveStoreKey(words, salt, cheap)->equals(key->reveal()));
    EXPECT_FALSE(deriveStoreKey(words, std::string(passphraseSaltBytes, 't'), cheap)->equals(key->reveal()));
    EXPECT_FALSE(deriveStoreKey(Secret::copyOf("other words"), salt, cheap)->equals(key->reveal()));
}

TEST_F(StoreKeyTest, CostOutOfBoundsIsRefused) {
    const std::string salt(passphraseSaltBytes, 's');
    const Secret words = Secret::copyOf("correct horse");
    for (const PassphraseCost& cost :
         {PassphraseCost{63ULL << 20, 3}, PassphraseCost{(1ULL << 30) + 1, 3}, PassphraseCost{64ULL << 20, 0},
          PassphraseCost{64ULL << 20, 11}, PassphraseCost{UINT64_MAX, UINT64_MAX}})
        EXPECT_FALSE(deriveStoreKey(words, salt, cost)) << cost.memory << " " << cost.passes;
    EXPECT_FALSE(deriveStoreKey(words, "short", cheap));
}

TEST_F(StoreKeyTest, NewPassphraseHasABoundedLength) {
    EXPECT_FALSE(checkNewPassphrase(Secret::copyOf("")));
    EXPECT_FALSE(checkNewPassphrase(Secret::copyOf("seven77")));
    EXPECT_TRUE(checkNewPassphrase(Secret::copyOf("eight888")));
    EXPECT_FALSE(checkNewPassphrase(Secret::copyOf(std::string(1025, 'x'))));
}

} // namespace
} // namespace keybearer

#include "broker/config/Config.h"
#include "broker/config/TrustedFile.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

class ConfigFile : public testing::Test {
protected:
    void SetUp() override {
        std::string pattern = std::filesystem::temp_directory_path() / "kbconfigXXXXXX";
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        directory_ = pattern;
        file_ = directory_ / "config.yaml";
    }
    void TearDown() override { std::filesystem::remove_all(directory_); }
    void write(const std::string& text, mode_t mode = 0600) const {
        std::ofstream(file_) << text;
        ASSERT_EQ(chmod(file_.c_str(), mode), 0);
    }
    [[nodiscard]] std::string errorOf() const {
        const Result<Config> config = loadConfig(file_, {});
        return config ? std::string("no error") : config.error().message;
    }
    std::filesystem::path directory_;
    std::filesystem::path file_;
};

TEST_F(ConfigFile, FileIsReadAndAbsentOneMeansTheDefaults) {
    EXPECT_TRUE(loadConfig(file_, {}).has_value());
    write("store: {backend: memory}\n");
    EXPECT_EQ(loadConfig(file_, {})->store, StoreBackend::Memory);
    EXPECT_EQ(loadConfig(file_)->store, StoreBackend::Memory);
    EXPECT_EQ(loadConfig(directory_ / "none.yaml", {{"KEYBEARER_STORE_BACKEND", "memory"}})->store,
              StoreBackend::Memory);
}

TEST_F(ConfigFile, FileThatOthersMayChangeIsRefusedWithARemedy) {
    for (const mode_t mode : {0620U, 0602U, 0666U}) {
        write("store: {backend: memory}\n", mode);
        const Result<Config> config = loadConfig(file_, {});
        ASSERT_FALSE(config.has_value());
        EXPECT_EQ(config.error().message, "config.yaml: others may change it");
        EXPECT_NE(config.error().action.find("chmod go-w"), std::string::npos);
    }
}

TEST_F(ConfigFile, FileOfAnotherUserIsRefused) {
    if (geteuid() != 0)
        return; // only root can make one
    write("store: {backend: memory}\n");
    ASSERT_EQ(chown(file_.c_str(), 65534, 65534), 0);
    EXPECT_EQ(errorOf(), "config.yaml: belongs to another user");
}

TEST_F(ConfigFile, LinkIsFollowedToAFileThatIsChecked) {
    write("store: {backend: memory}\n");
    std::filesystem::create_symlink(file_, directory_ / "link.yaml");
    EXPECT_TRUE(loadConfig(directory_ / "link.yaml", {}).has_value());
    ASSERT_EQ(chmod(file_.c_str(), 0666), 0);
    EXPECT_FALSE(loadConfig(directory_ / "link.yaml", {}).has_value());
}

TEST_F(ConfigFile, WhatIsNoFileIsRefusedWithoutWaiting) {
    ASSERT_EQ(mkfifo(file_.c_str(), 0600), 0);
    EXPECT_EQ(errorOf(), "config.yaml: not a regular file");
    std::filesystem::remove(file_);
    std::filesystem::create_directory(file_);
    EXPECT_EQ(errorOf(), "config.yaml: not a regular file");
}

TEST_F(ConfigFile, FileOfMoreThanOneMebibyteIsRefused) {
    write(std::string((1U << 20) + 1, '#'));
    EXPECT_EQ(errorOf(), "config.yaml: larger than 1048576 bytes");
    write(std::string(1U << 20, '#'));
    EXPECT_EQ(errorOf(), "no error");
}

TEST_F(ConfigFile, WrittenSecretThatOthersMayReadIsWarnedOf) {
    write("providers: {a: {client_id: x, client_secret: hush}}\n", 0644);
    ASSERT_EQ(loadConfig(file_, {})->warnings.size(), 1U);
    EXPECT_NE(loadConfig(file_, {})->warnings[0].find("chmod 600"), std::string::npos);
    write("providers: {a: {client_id: x, client_secret: hush}}\n", 0600);
    EXPECT_TRUE(loadConfig(file_, {})->warnings.empty());
    write("providers: {a: {client_id: x, client_secret: \"${S}\"}}\n", 0644);
    EXPECT_TRUE(loadConfig(file_, {{"S", "hush"}})->warnings.empty());
}

TEST_F(ConfigFile, TrustedFileSaysWhetherItIsThere) {
    EXPECT_EQ(readTrustedFile(file_, 10).error().code, ErrorCode::NotFound);
    write("12345", 0600);
    EXPECT_EQ(readTrustedFile(file_, 5)->content, "12345");
    EXPECT_FALSE(readTrustedFile(file_, 4).has_value());
}

} // namespace
} // namespace keybearer

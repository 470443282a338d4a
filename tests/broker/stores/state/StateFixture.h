#pragma once

#include "broker/stores/state/StateDatabase.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>
#include <unistd.h>

namespace keybearer {

// A directory with a state.sqlite in it, which can be opened again and again.
class StateFixture : public ::testing::Test {
protected:
    void SetUp() override {
        char pattern[] = "/tmp/kbstate-XXXXXX";
        directory = ::mkdtemp(pattern);
        path = directory / "state.sqlite";
    }
    void TearDown() override { std::filesystem::remove_all(directory); }

    std::unique_ptr<StateDatabase> open() const {
        auto opened = StateDatabase::open(path);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return std::move(*opened);
    }
    static CredentialRecord record(const std::string& id) {
        CredentialRecord out;
        out.id = id;
        out.provider = "github";
        out.issuer = "https://github.com";
        out.account = {"42", "ana@example.com"};
        out.scopes = {"repo", "user:email"};
        out.generation = 3;
        out.accessExpiresAt = WallTime(std::chrono::milliseconds(1'900'000'123'456));
        out.refreshable = true;
        out.lastUsedBy = "/usr/bin/node";
        return out;
    }
    static CredentialSecrets secrets(std::uint64_t generation) {
        CredentialSecrets out;
        out.generation = generation;
        out.accessToken = AccessToken(Secret::copyOf("at-canary-" + std::to_string(generation)));
        out.tokenType = "Bearer";
        out.refreshToken = RefreshToken(Secret::copyOf("rt-canary-" + std::to_string(generation)));
        return out;
    }
    std::filesystem::path directory;
    std::filesystem::path path;
};

} // namespace keybearer

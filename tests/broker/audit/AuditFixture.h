#pragma once

#include "broker/audit/FileAuditLog.h"
#include "broker/base/Time.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <string>

namespace keybearer::test {

class SteadyClock final : public Clock {
public:
    [[nodiscard]] WallTime wall() const override { return WallTime(std::chrono::milliseconds(now_.load())); }
    [[nodiscard]] BootTime boot() const override { return std::chrono::milliseconds(now_.load()); }
    void advance(std::chrono::milliseconds by) { now_ += by.count(); }

private:
    std::atomic<std::int64_t> now_{1'777'627'800'000}; // 2026-05-01T09:30:00Z
};

// A log in a fresh directory, and the means to look at its files and to change them.
class AuditFixture : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        std::string name = (std::filesystem::temp_directory_path() / "kb-audit-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory_ = name;
    }
    void TearDown() override {
        log_.reset();
        std::filesystem::remove_all(directory_);
    }

    void open(AuditLimits limits = {}) {
        log_.reset();
        auto opened = FileAuditLog::open(directory_, clock_, limits);
        ASSERT_TRUE(opened.has_value()) << opened.error().message;
        log_ = std::move(*opened);
    }
    // Opened, but nothing is imported during the test unless it asks.
    void openUnhurried() {
        AuditLimits limits;
        limits.gather = std::chrono::hours(1);
        open(limits);
    }
    void close() { log_.reset(); }

    static AuditEvent event(const std::string& why = {}) {
        AuditEvent released;
        released.kind = "token.released";
        released.caller = "/usr/bin/curl";
        released.pid = 4711;
        released.provider = "github";
        released.account = "ana@example.com";
        released.sessionId = "s-1";
        released.scopes = "repo user";
        released.why = why;
        return released;
    }
    void append(int count) {
        for (int i = 0; i < count; ++i)
            ASSERT_TRUE(log_->append(event("row " + std::to_string(++appended_))).has_value());
    }
    void settle() { ASSERT_TRUE(log_->settle(std::chrono::seconds(30))) << log_->status().problem; }

    AuditLog::Verdict verdict() {
        const auto verified = log_->verify();
        EXPECT_TRUE(verified.has_value());
        return verified ? *verified : AuditLog::Verdict{false, -1, -1};
    }

    [[nodiscard]] std::vector<std::filesystem::path> segmentFiles() const {
        std::vector<std::filesystem::path> files;
        for (const auto& entry : std::filesystem::directory_iterator(directory_ / "audit")) {
            if (entry.path().extension() == ".jsonl")
                files.push_back(entry.path());
        }
        std::sort(files.begin(), files.end());
        return files;
    }
    static std::string content(const std::filesystem::path& path) {
        std::ifstream in(path, std::ios::binary);
        std::ostringstream out;
        out << in.rdbuf();
        return out.str();
    }
    static void rewrite(const std::filesystem::path& path, const std::string& text) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
    }
    void sql(const char* order) {
        auto database = Database::open(directory_ / "audit.sqlite", Database::Durability::Normal);
        ASSERT_TRUE(database.has_value());
        const auto done = (*database)->execute(order);
        ASSERT_TRUE(done.has_value()) << done.error().message;
    }

    SteadyClock clock_;
    std::filesystem::path directory_;
    std::unique_ptr<FileAuditLog> log_;
    int appended_ = 0;
};

} // namespace keybearer::test

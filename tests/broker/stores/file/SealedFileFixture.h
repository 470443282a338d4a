#pragma once

#include "broker/stores/file/SealedFile.h"
#include "broker/stores/state/StateDatabase.h"
#include "tests/support/FakeClock.h"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>
#include <stdlib.h>

namespace keybearer {

// A real SQLite file in a directory of its own, and the ledger that goes with it.
class SealedFileFixture : public ::testing::Test {
protected:
    void SetUp() override {
        initialiseSecrets();
        std::string name = "/tmp/kb-sealed-XXXXXX";
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        directory = name;
        path = directory / "store.sqlite";
        ledger = std::move(*StateDatabase::open(std::filesystem::path()));
    }
    void TearDown() override {
        file.reset();
        std::filesystem::remove_all(directory);
    }

    static SealedHeader header() {
        SealedHeader out;
        out.keyKind = StoreKeyKind::KeyFile;
        out.keyName = "key";
        out.salt = std::string(passphraseSaltBytes, 's');
        return out;
    }
    void make() {
        Result<std::unique_ptr<SealedFile>> made = SealedFile::create(path, *ledger, clock, header(), kek);
        ASSERT_TRUE(made) << made.error().message;
        file = std::move(*made);
    }
    // Opens and unlocks; the error of whichever fails.
    Result<void> reopen() {
        file.reset();
        Result<std::unique_ptr<SealedFile>> opened = SealedFile::open(path, *ledger, clock);
        if (!opened)
            return tl::unexpected(opened.error());
        file = std::move(*opened);
        return file->unlock(kek);
    }
    void put(const std::string& id, const std::string& value) {
        const Result<void> written = file->write(id, "Keybearer - label of " + id, Secret::copyOf(value));
        ASSERT_TRUE(written) << written.error().message;
    }
    // The value; or the words of the failure, in angle brackets.
    std::string valueOf(const std::string& id) {
        const Result<SealedItem> item = file->read(id);
        return item ? std::string(item->value.reveal()) : std::string("<").append(item.error().message) + ">";
    }
    static std::string bytesOf(const std::filesystem::path& name) {
        std::ifstream stream(name, std::ios::binary);
        std::ostringstream out;
        out << stream.rdbuf();
        return out.str();
    }
    static void setBytes(const std::filesystem::path& name, const std::string& bytes) {
        std::ofstream(name, std::ios::binary | std::ios::trunc) << bytes;
    }
    // Closes it, so that everything is in the one file.
    std::string closedBytes() {
        file.reset();
        return bytesOf(path);
    }
    // Changes the file behind our back.
    void tamper(const char* sql) {
        file.reset();
        auto database = Database::open(path, Database::Durability::Full);
        ASSERT_TRUE(database);
        const Result<void> changed = (*database)->execute(sql);
        ASSERT_TRUE(changed) << changed.error().message;
    }

    std::filesystem::path directory;
    std::filesystem::path path;
    FakeClock clock;
    Secret kek = Secret::copyOf(std::string(storeKeyBytes, 'k'));
    std::unique_ptr<StateDatabase> ledger;
    std::unique_ptr<SealedFile> file;
};

} // namespace keybearer

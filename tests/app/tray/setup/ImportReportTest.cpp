#include "app/tray/setup/ImportReport.h"
#include "app/tray/setup/ImportWords.h"
#include "tests/app/tray/setup/ImportSamples.h"

#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

Result<ImportPreview> previewOf(const Json& server) {
    return readPreview(previewJson(Json::array({fileJson("Cursor", Json::array({server}))})));
}

TEST(ImportReportTest, APreviewIsFilesWithTheirServersAndMaskedSecrets) {
    const auto preview = previewOf(serverJson("s-1", "github"));
    ASSERT_TRUE(preview);
    ASSERT_EQ(preview->files.size(), 1U);
    const FoundFile& file = preview->files[0];
    EXPECT_EQ(file.title, QStringLiteral("Cursor"));
    EXPECT_EQ(file.path, QStringLiteral("/home/ana/.cursor/mcp.json"));
    EXPECT_EQ(file.state, FoundFile::State::Found);
    EXPECT_EQ(file.difference, QStringLiteral("--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new"));
    ASSERT_EQ(file.servers.size(), 1U);
    EXPECT_EQ(file.servers[0].id, "s-1");
    EXPECT_TRUE(file.servers[0].canMove());
    EXPECT_EQ(file.servers[0].leadsTo, QStringLiteral("npx -y some-server"));
    EXPECT_EQ(secretWords(file.servers[0]), QStringLiteral("env.TOKEN: ghp_...4f"));
    EXPECT_EQ(preview->servers(), 1);
}

TEST(ImportReportTest, EveryKindOfChangeAndEveryReasonHasItsWords) {
    QStringList seen;
    for (const char* kind : {"bridge", "run", "remove_tokens", "of_tomorrow"}) {
        Json server = serverJson("s-1", "x");
        server["change"]["kind"] = kind;
        const auto preview = previewOf(server);
        ASSERT_TRUE(preview) << kind;
        seen.append(fateWords(preview->files[0].servers[0]));
    }
    for (const char* kind : {"done", "nothing_to_do", "unknown_shape", "cannot", "of_tomorrow"}) {
        const auto preview = previewOf(leftAloneJson("s-1", "x", kind, "the reason of " + std::string(kind)));
        ASSERT_TRUE(preview) << kind;
        EXPECT_FALSE(preview->files[0].servers[0].canMove());
        seen.append(fateWords(preview->files[0].servers[0]));
    }
    for (const QString& words : seen) {
        EXPECT_EQ(seen.count(words), 1) << words.toStdString();
        EXPECT_TRUE(words.endsWith(u'.')) << words.toStdString();
    }
}

TEST(ImportReportTest, ABrokenFileSaysWhereAndWhatToDo) {
    Json file = fileJson("VS Code", Json::array());
    file["state"] = "unreadable";
    file["problem"] = {{"message", "a comma is missing (line 14, column 7)"},
                       {"action", "mend it"},
                       {"line", 14},
                       {"column", 7}};
    const auto preview = readPreview(previewJson(Json::array({file})));
    ASSERT_TRUE(preview);
    EXPECT_EQ(fileWords(preview->files[0]), QStringLiteral("A comma is missing (line 14, column 7)."));
    EXPECT_EQ(preview->files[0].remedy, QStringLiteral("Mend it."));
}

TEST(ImportReportTest, EveryStateOfAFileThatIsNotFoundHasItsWords) {
    for (const char* state : {"missing", "unreadable", "read_only", "unknown_shape", "of_tomorrow"}) {
        Json file = fileJson("Cursor", Json::array());
        file["state"] = state;
        const auto preview = readPreview(previewJson(Json::array({file})));
        ASSERT_TRUE(preview) << state;
        EXPECT_NE(preview->files[0].state, FoundFile::State::Found);
        EXPECT_FALSE(fileWords(preview->files[0]).isEmpty()) << state;
    }
}

TEST(ImportReportTest, AnAnswerOfAnotherShapeIsRefusedAsAWhole) {
    const Json good = previewJson(Json::array({fileJson("Cursor", Json::array({serverJson("s-1", "a")}))}));
    ASSERT_TRUE(readPreview(good));
    const auto refuses = [&](const char* pointer, const Json& value) {
        Json bad = good;
        bad[Json::json_pointer(pointer)] = value;
        return !readPreview(bad);
    };
    EXPECT_FALSE(readPreview(Json::array()));
    EXPECT_FALSE(readPreview(Json::object()));
    EXPECT_TRUE(refuses("/action", "apply"));
    EXPECT_TRUE(refuses("/files", Json::object()));
    EXPECT_TRUE(refuses("/files/0", "text"));
    EXPECT_TRUE(refuses("/files/0/id", nullptr));
    EXPECT_TRUE(refuses("/files/0/path", 7));
    EXPECT_TRUE(refuses("/files/0/servers", nullptr));
    EXPECT_TRUE(refuses("/files/0/servers/0", 7));
    EXPECT_TRUE(refuses("/files/0/servers/0/id", nullptr));
    EXPECT_TRUE(refuses("/files/0/servers/0/change", nullptr)); // neither of the two
    EXPECT_TRUE(refuses("/files/0/servers/0/left_alone", Json::object()));
}

TEST(ImportReportTest, AnIdThatCouldBeAnOptionOrAnythingElseIsRefused) {
    for (const std::string& id : {std::string("--force"), std::string("-x"), std::string("a b"),
                                  std::string("../x"), std::string(65, 'a'), std::string("a\nb")})
        EXPECT_FALSE(previewOf(serverJson(id, "x"))) << id;
    Json file = appliedFileJson("Cursor");
    file["backup"] = "--force";
    const auto outcome = readApplied(outcomeJson("apply", Json::array({file})));
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcome->backups().empty());
}

TEST(ImportReportTest, HostileTextsAreEscapedAndCut) {
    const std::string hostile = "\xe2\x80\xae<b>\x1b[31m" + std::string(10'000, 'a');
    Json server = serverJson("s-1", hostile);
    server["command"] = Json::array({hostile, hostile});
    server["change"]["summary"] = hostile;
    server["secrets"] = Json::array({secretJson(hostile, hostile, hostile)});
    Json file = fileJson(hostile, Json::array({server}));
    file["path"] = "/home/" + hostile;
    file["difference"] = "+" + hostile + "\n-\x1b]0;x\x07";
    const auto preview = readPreview(previewJson(Json::array({file})));
    ASSERT_TRUE(preview);
    const FoundFile& found = preview->files[0];
    const FoundServer& one = found.servers[0];
    for (const QString& text :
         {found.title, found.path, found.difference, one.name, one.leadsTo, one.words, secretWords(one)}) {
        EXPECT_LT(text.size(), 1000);
        EXPECT_FALSE(text.contains(QChar(0x202e)));
        EXPECT_FALSE(text.contains(QChar(0x1b)));
        EXPECT_FALSE(text.contains(QChar(0x07)));
    }
    EXPECT_EQ(found.difference.count(u'\n'), 1);
}

TEST(ImportReportTest, MoreThanAnybodyReadsIsCutAndSaid) {
    Json servers = Json::array();
    for (int i = 0; i < 1000; ++i)
        servers.push_back(serverJson("s-" + std::to_string(i), "x"));
    const auto wide = readPreview(previewJson(Json::array({fileJson("Cursor", servers)})));
    ASSERT_TRUE(wide);
    EXPECT_LT(wide->servers(), 1000);
    EXPECT_TRUE(wide->isCut);
    Json files = Json::array();
    for (int i = 0; i < 1000; ++i)
        files.push_back(fileJson("Cursor", Json::array()));
    const auto many = readPreview(previewJson(files));
    ASSERT_TRUE(many);
    EXPECT_LT(many->files.size(), 1000U);
    EXPECT_TRUE(many->isCut);
    Json endless = fileJson("Cursor", Json::array());
    endless["difference"] = std::string(200'000, '\n');
    const auto lines = readPreview(previewJson(Json::array({endless})));
    ASSERT_TRUE(lines);
    EXPECT_LT(lines->files[0].difference.size(), 10'000);
}

TEST(ImportReportTest, WhatWasAppliedNamesTheCopiesAndTheMissingSignIns) {
    const auto outcome = readApplied(
        outcomeJson("apply", Json::array({appliedFileJson("Cursor"), appliedFileJson("VS Code"),
                                          failedFileJson("read_only", "may not be written", "")})));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->servers(), 2);
    EXPECT_EQ(outcome->count(FileOutcome::Kind::Failed), 1);
    EXPECT_EQ(outcome->backups().size(), 2U);
    EXPECT_EQ(outcome->signIns(), std::vector<std::string>{"https://mcp.linear.app/mcp"});
    EXPECT_TRUE(outcomeWords(outcome->files[0], false).contains(QStringLiteral("Cursor")));
    EXPECT_TRUE(outcomeWords(outcome->files[2], false).contains(QStringLiteral("May not be written.")));
    EXPECT_TRUE(outcomeWords(outcome->files[2], false).contains(QStringLiteral("The file is as it was.")));
}

TEST(ImportReportTest, AFailureThatTheTrayKnowsIsSaidInItsOwnWords) {
    const auto outcome = readApplied(
        outcomeJson("apply", Json::array({failedFileJson("store_locked", "locked", "unlock it")})));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->files[0].problem, QStringLiteral("The keychain is locked."));
    EXPECT_EQ(outcome->files[0].remedy,
              QStringLiteral("Unlock the keychain of your desktop, then try again."));
}

TEST(ImportReportTest, AFileThatWasChangedAfterwardsIsLeftAloneAndSaid) {
    const auto outcome =
        readUndone(outcomeJson("undo", Json::array({failedFileJson("changed_since", "changed", "force")})));
    ASSERT_TRUE(outcome);
    EXPECT_TRUE(outcomeWords(outcome->files[0], true).contains(QStringLiteral("changed after the import")));
}

TEST(ImportReportTest, AnOutcomeOfAnotherShapeIsRefused) {
    EXPECT_FALSE(readApplied(outcomeJson("undo", Json::array())));
    EXPECT_FALSE(readUndone(outcomeJson("undo", Json::array({appliedFileJson("Cursor")}))));
    EXPECT_FALSE(readApplied(outcomeJson("apply", Json::array({1}))));
    Json file = appliedFileJson("Cursor");
    file.erase("result");
    EXPECT_FALSE(readApplied(outcomeJson("apply", Json::array({file}))));
}

} // namespace
} // namespace keybearer::test

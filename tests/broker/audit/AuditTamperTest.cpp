// T-50: whoever changes the log without the key is found out, and the row is named.
#include "tests/broker/audit/AuditFixture.h"

namespace keybearer::test {
namespace {

using AuditTamperTest = AuditFixture;

TEST_F(AuditTamperTest, T_50_EditedByteInSqliteIsNamed) {
    open();
    append(20);
    settle();
    ASSERT_TRUE(verdict().intact);
    for (const char* change :
         {"'ana@', 'eve@'", "'curl', 'perl'", "'github', 'gitlab'", "'repo user', 'repo'",
          "'row 13', 'row 12'", "'4711', '4712'", "'09:30', '09:31'", "'token.rel', 'consent.rel'",
          "'\"seq\":13', '\"seq\":31'", "'\"prev\":\"', '\"prev\":\"0'", "'{', ' {'"}) {
        sql("CREATE TABLE kept AS SELECT line FROM rows WHERE seq=13");
        sql(("UPDATE rows SET line=replace(line, " + std::string(change) + ") WHERE seq=13").c_str());
        EXPECT_FALSE(verdict().intact) << change;
        EXPECT_EQ(verdict().firstBad, 13) << change;
        sql("UPDATE rows SET line=(SELECT line FROM kept) WHERE seq=13; DROP TABLE kept");
        EXPECT_TRUE(verdict().intact);
    }
}

TEST_F(AuditTamperTest, T_50_DeletedAndSwappedRowsAreNamed) {
    open();
    append(20);
    settle();
    sql("UPDATE rows SET seq=1000 WHERE seq=5; UPDATE rows SET seq=5 WHERE seq=6; UPDATE rows SET seq=6 "
        "WHERE seq=1000");
    EXPECT_EQ(verdict().firstBad, 5);
    sql("DELETE FROM rows WHERE seq=3");
    EXPECT_EQ(verdict().firstBad, 3);
    sql("DELETE FROM rows WHERE seq=1");
    EXPECT_EQ(verdict().firstBad, 1);
}

TEST_F(AuditTamperTest, T_50_CuttingOffTheNewestRowsIsNoticed) {
    open();
    append(20);
    settle();
    close();
    for (const auto& file : segmentFiles())
        std::filesystem::remove(file);
    sql("DELETE FROM rows WHERE seq>15");
    openUnhurried();
    EXPECT_FALSE(verdict().intact);
    EXPECT_EQ(verdict().firstBad, 16);
}

TEST_F(AuditTamperTest, T_50_CuttingOffTheOldestRowsIsNoticed) {
    open();
    append(20);
    settle();
    // As the log itself would do it, but without the key.
    const std::string lines = content(segmentFiles().front());
    const std::size_t member = lines.find("\"hash\":\"", lines.find("{\"seq\":4"));
    const std::string hash = lines.substr(member + std::string("\"hash\":\"").size(), 64);
    sql(("INSERT INTO marks VALUES('anchor', 4, x'" + hash + "', 'forged'); DELETE FROM rows WHERE seq<=4")
            .c_str());
    EXPECT_FALSE(verdict().intact);
    EXPECT_EQ(verdict().firstBad, 5);
}

// A forger who computes all hashes anew lacks the key for the seal.
TEST_F(AuditTamperTest, T_50_WholeChainMadeAnewIsNoticed) {
    open();
    append(5);
    settle();
    close();
    for (const auto& file : segmentFiles())
        std::filesystem::remove(file);
    ChainWriter chain({});
    std::string lines;
    for (int i = 0; i < 5; ++i)
        chain.append(lines, clock_.wall(), auditBody(event("forged")));
    rewrite(directory_ / "audit" / "rows-00000000000000000001.jsonl", lines);
    sql("DELETE FROM rows");
    open();
    settle();
    EXPECT_FALSE(verdict().intact);
    append(1);
    settle();
    EXPECT_FALSE(verdict().intact) << "a later import has covered it up";
}

TEST_F(AuditTamperTest, T_50_EditedByteInAFileIsNamed) {
    openUnhurried();
    append(10);
    const std::filesystem::path file = segmentFiles().front();
    std::string text = content(file);
    const std::size_t at = text.find("row 6");
    text[at + 4] = '7';
    rewrite(file, text);
    EXPECT_FALSE(verdict().intact);
    EXPECT_EQ(verdict().firstBad, 6);
    // Also after a restart, and in SQLite.
    open();
    settle();
    EXPECT_EQ(verdict().firstBad, 6);
    append(1);
    EXPECT_EQ(verdict().firstBad, 6);
}

TEST_F(AuditTamperTest, T_50_FileThatDiffersFromSqliteIsNoticed) {
    openUnhurried();
    append(10);
    settle();
    const std::filesystem::path file = segmentFiles().front();
    std::string text = content(file);
    text[text.find("row 6") + 4] = '7';
    rewrite(file, text);
    EXPECT_EQ(verdict().firstBad, 6);
}

TEST_F(AuditTamperTest, T_50_EveryEditedByteIsNoticed) {
    openUnhurried();
    append(4);
    const std::filesystem::path file = segmentFiles().front();
    const std::string text = content(file);
    for (std::size_t at = 0; at < text.size(); ++at) {
        std::string changed = text;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        rewrite(file, changed);
        EXPECT_FALSE(verdict().intact) << at;
    }
    rewrite(file, text);
    EXPECT_TRUE(verdict().intact);
}

TEST_F(AuditTamperTest, T_50_UnreadableLineIsNamedAlsoAfterImport) {
    openUnhurried();
    append(10);
    const std::filesystem::path file = segmentFiles().front();
    std::string text = content(file);
    text.replace(text.rfind("{\"seq\":10"), 6, "garble");
    rewrite(file, text);
    EXPECT_EQ(verdict().firstBad, 10);
    open();
    append(1);
    EXPECT_EQ(log_->query(1)->front().sequence, 11) << "the number of the lost row is not given again";
    settle();
    EXPECT_EQ(verdict().firstBad, 10);
}

TEST_F(AuditTamperTest, T_50_RemovedLinesInAFileAreNamed) {
    openUnhurried();
    append(10);
    const std::filesystem::path file = segmentFiles().front();
    const std::string text = content(file);
    const std::size_t third = text.find("{\"seq\":3");
    const std::size_t fifth = text.find("{\"seq\":5");
    rewrite(file, text.substr(0, third) + text.substr(fifth));
    EXPECT_EQ(verdict().firstBad, 3);
    rewrite(file, text.substr(0, fifth));
    EXPECT_EQ(verdict().firstBad, 5) << "rows cut off the end while the log is open";
    rewrite(file, "");
    EXPECT_EQ(verdict().firstBad, 1);
}

} // namespace
} // namespace keybearer::test

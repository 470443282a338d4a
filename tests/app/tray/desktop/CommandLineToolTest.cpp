#include "app/tray/desktop/CommandLineTool.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>
#include <optional>

namespace keybearer::test {
namespace {

// Programs that stand for `keybearer`, as shell scripts.
class CommandLineToolTest : public ::testing::Test {
protected:
    QString script(const QByteArray& body) {
        const QString path = directory.filePath(QStringLiteral("program"));
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write("#!/bin/sh\n" + body);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return path;
    }
    std::optional<Result<Json>> run(const QString& program, const QStringList& arguments = {},
                                    const QByteArray& input = {},
                                    std::chrono::milliseconds deadline = std::chrono::seconds(20)) {
        CommandLineTool tool({deadline, program}, nullptr);
        std::optional<Result<Json>> got;
        tool.run(
            arguments, [&](const Result<Json>& result) { got = result; }, input);
        EXPECT_TRUE(QTest::qWaitFor([&] { return got.has_value(); }, 30'000));
        return got;
    }
    QTemporaryDir directory;
};

TEST_F(CommandLineToolTest, TheAnswerIsWhatTheProgramWrites) {
    const auto got = run(script("echo \"{\\\"arguments\\\":\\\"$*\\\",\\\"input\\\":\\\"$(cat)\\\"}\""),
                         {QStringLiteral("doctor")}, "in");
    ASSERT_TRUE(got && *got);
    EXPECT_EQ((*got)->value("arguments", ""), "--json doctor");
    EXPECT_EQ((*got)->value("input", ""), "in");
}

TEST_F(CommandLineToolTest, AnAnswerCountsWhateverTheExitStatus) {
    const auto got = run(script("echo '{\"findings\":[]}'; exit 1"));
    ASSERT_TRUE(got && *got);
    EXPECT_TRUE((*got)->contains("findings"));
}

TEST_F(CommandLineToolTest, AnErrorOfTheProgramIsOurs) {
    const auto got = run(script("echo '{\"error\":{\"code\":-31011,\"message\":\"no such "
                                "file\",\"data\":{\"name\":\"not_found\",\"action\":\"Look "
                                "again\"}}}' >&2; exit 9"));
    ASSERT_TRUE(got && !*got);
    EXPECT_EQ(got->error().code, ErrorCode::NotFound);
    EXPECT_EQ(got->error().action, "Look again");
}

TEST_F(CommandLineToolTest, NonsenseIsNoAnswer) {
    const auto got = run(script("echo '{\"a\":1,\"a\":2}'"));
    ASSERT_TRUE(got && !*got);
    EXPECT_EQ(got->error().code, ErrorCode::InternalError);
}

TEST_F(CommandLineToolTest, AProgramThatIsMissingIsSaid) {
    const auto got = run(QStringLiteral("/nowhere/keybearer"));
    ASSERT_TRUE(got && !*got);
    EXPECT_EQ(got->error().code, ErrorCode::NotFound);
    EXPECT_FALSE(got->error().action.empty());
}

TEST_F(CommandLineToolTest, OneThatNeverAnswersIsEnded) {
    const auto got = run(script("exec sleep 600"), {}, {}, std::chrono::milliseconds(50));
    ASSERT_TRUE(got && !*got);
    EXPECT_EQ(got->error().code, ErrorCode::TimedOut);
}

TEST_F(CommandLineToolTest, OneThatTalksWithoutEndIsEnded) {
    const auto got = run(script("exec yes"));
    ASSERT_TRUE(got && !*got);
    EXPECT_EQ(got->error().code, ErrorCode::InternalError);
}

} // namespace
} // namespace keybearer::test

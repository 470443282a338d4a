#include "broker/audit/AuditRow.h"
#include "broker/audit/AuditChain.h"
#include "broker/base/Random.h"
#include "broker/base/Time.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sodium.h>

namespace keybearer {
namespace {

AuditEvent fullEvent() {
    return {"token.released", "/usr/bin/cu\"rl\\", 42,    "github", "ana\xc3\xa9", "s-1",
            "repo user",      "trusting",          "ab12"};
}

std::string lineOf(const AuditEvent& event, ChainWriter& chain) {
    std::string line;
    chain.append(line, *fromRfc3339("2026-05-01T09:30:00Z"), auditBody(safeEvent(event)));
    EXPECT_EQ(line.back(), '\n');
    line.pop_back();
    return line;
}

TEST(AuditRowTest, LineIsJsonWithTheFieldsWords) {
    ChainWriter chain({});
    const nlohmann::json row = nlohmann::json::parse(lineOf(fullEvent(), chain));
    EXPECT_EQ(row["seq"], 1);
    EXPECT_EQ(row["at"], "2026-05-01T09:30:00Z");
    EXPECT_EQ(row["kind"], "token.released");
    EXPECT_EQ(row["caller"], "/usr/bin/cu\"rl\\");
    EXPECT_EQ(row["pid"], 42);
    EXPECT_EQ(row["account"], "ana\xc3\xa9");
    EXPECT_EQ(row["session_id"], "s-1");
    EXPECT_EQ(row["prev"], std::string(64, '0'));
}

TEST(AuditRowTest, LineComesBackAsItWas) {
    ChainWriter chain({});
    for (const AuditEvent& event :
         {fullEvent(), AuditEvent{"broker.started", {}, 0, {}, {}, {}, {}, {}, {}}}) {
        const auto row = parseAuditLine(lineOf(event, chain));
        ASSERT_TRUE(row.has_value());
        EXPECT_EQ(auditBody(row->event), auditBody(event));
        EXPECT_EQ(row->event.caller, event.caller);
        EXPECT_EQ(row->event.pid, event.pid);
        EXPECT_EQ(row->sequence, chain.head().sequence);
        EXPECT_EQ(row->hash, chain.head().hash);
    }
}

// docs/ promise that b2sum -l 256 can check a row.
TEST(AuditRowTest, HashIsBlake2bOfTheLineBeforeIt) {
    ChainWriter chain({});
    const std::string line = lineOf(fullEvent(), chain);
    const std::string covered = line.substr(0, line.find(",\"hash\""));
    AuditHash hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(covered.data()),
                       covered.size(), nullptr, 0);
    EXPECT_EQ(parseAuditLine(line)->hash, hash);
    EXPECT_EQ(hashOfLine(line), hash);
    EXPECT_NE(hashOfLine(""), hash);
}

TEST(AuditRowTest, NoPartOfALineAndNoLongerOneIsARow) {
    ChainWriter chain({});
    const std::string line = lineOf(fullEvent(), chain);
    ASSERT_TRUE(parseAuditLine(line).has_value());
    for (std::size_t length = 0; length < line.size(); ++length)
        EXPECT_FALSE(parseAuditLine(line.substr(0, length)).has_value()) << length;
    EXPECT_FALSE(parseAuditLine(line + " ").has_value());
    EXPECT_FALSE(parseAuditLine(" " + line).has_value());
    EXPECT_FALSE(parseAuditLine(line + line).has_value());
}

// A row has one spelling, so that what was hashed can be made again from what it says.
TEST(AuditRowTest, OtherSpellingsOfTheSameJsonAreRefused) {
    ChainWriter chain({});
    const std::string line = lineOf(fullEvent(), chain);
    const auto changed = [&](const std::string& from, const std::string& to) {
        std::string text = line;
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return parseAuditLine(text.replace(at, from.size(), to)).has_value();
    };
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\":01"));
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\":+1"));
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\":-1"));
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\":0"));
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\":99999999999999999999"));
    EXPECT_FALSE(changed("\"seq\":1", "\"seq\": 1"));
    EXPECT_FALSE(changed("github", "g\\u0069thub"));
    EXPECT_FALSE(changed("github", "git\thub"));
    EXPECT_FALSE(changed("github", "git\\hub"));
    EXPECT_FALSE(changed("github", "git\xffhub"));
    EXPECT_FALSE(changed("\"provider\":\"github\"", "\"provider\":\"\""));
    EXPECT_FALSE(changed("\"pid\":42", "\"pid\":0"));
    EXPECT_FALSE(changed("\"pid\":42", "\"pid\":42,\"more\":1"));
    EXPECT_FALSE(changed("2026-05-01T", "2026-13-01T"));
    EXPECT_FALSE(changed(std::string(64, '0'), std::string(64, 'A')));
    EXPECT_FALSE(changed(std::string(64, '0'), std::string(63, '0')));
    EXPECT_TRUE(changed("github", "gitlab")); // a row, if not one of this chain
}

TEST(AuditRowTest, TextFromOutsideIsMadeSafeAndShort) {
    AuditEvent event = fullEvent();
    event.caller = "/tmp/\n{\"seq\":9}\x1b[2J" + std::string(100'000, 'x');
    event.account = "\xe2\x80\xae"
                    "evil";
    ChainWriter chain({});
    const std::string line = lineOf(event, chain);
    EXPECT_EQ(line.find('\n'), std::string::npos);
    EXPECT_EQ(line.find('\x1b'), std::string::npos);
    EXPECT_LT(line.size(), 4000U);
    EXPECT_TRUE(parseAuditLine(line).has_value());
}

TEST(AuditRowTest, WorstEventStillFitsALine) {
    const std::string worst(100'000, '\x01');
    ChainWriter chain({});
    const std::string line =
        lineOf({worst, worst, INT64_MAX, worst, worst, worst, worst, worst, worst}, chain);
    EXPECT_LE(line.size(), longestAuditLine);
    EXPECT_TRUE(parseAuditLine(line).has_value());
}

TEST(AuditRowTest, SequenceIsReadFromTheBeginningAlone) {
    EXPECT_EQ(sequenceOf("{\"seq\":17,garbage"), 17);
    EXPECT_EQ(sequenceOf("{\"seq\":0,"), 0);
    EXPECT_EQ(sequenceOf("{\"seq\":-3,"), 0);
    EXPECT_EQ(sequenceOf("{\"seq\":"), 0);
    EXPECT_EQ(sequenceOf("{\"SEQ\":17"), 0);
    EXPECT_EQ(sequenceOf(""), 0);
}

TEST(AuditRowTest, VerifierNamesTheFirstRowThatDoesNotFit) {
    ChainWriter chain({});
    std::vector<std::string> rows;
    for (int i = 0; i < 5; ++i)
        rows.push_back(lineOf(fullEvent(), chain));
    const auto firstBad = [](const std::vector<std::string>& given) {
        ChainVerifier verifier({});
        for (const std::string& row : given)
            verifier.accept(row);
        EXPECT_EQ(verifier.verdict().intact, verifier.verdict().firstBad == 0);
        return verifier.verdict().firstBad;
    };
    EXPECT_EQ(firstBad(rows), 0);
    auto edited = rows;
    edited[2].replace(edited[2].find("github"), 6, "gitlab");
    EXPECT_EQ(firstBad(edited), 3);
    // Somebody who also makes the hash anew only moves the break to the next row.
    auto rehashed = edited;
    const std::string right = nlohmann::json::parse(rows[2])["hash"];
    const AuditHash made = hashOfLine(edited[2]);
    rehashed[2].replace(rehashed[2].find(right), right.size(),
                        hex({reinterpret_cast<const char*>(made.data()), made.size()}));
    EXPECT_EQ(firstBad(rehashed), 4);
    auto deleted = rows;
    deleted.erase(deleted.begin() + 1);
    EXPECT_EQ(firstBad(deleted), 2);
    auto swapped = rows;
    std::swap(swapped[1], swapped[2]);
    EXPECT_EQ(firstBad(swapped), 2);
    auto doubled = rows;
    doubled.insert(doubled.begin() + 3, doubled[2]);
    EXPECT_EQ(firstBad(doubled), 4);
    auto unreadable = rows;
    unreadable[3] = "garbage";
    EXPECT_EQ(firstBad(unreadable), 4);
}

} // namespace
} // namespace keybearer

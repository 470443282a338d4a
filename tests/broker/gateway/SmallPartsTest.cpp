// ClientLines, ToolHeaders, StateSeal, Revisions, ServerMemory: the parts without a story.
#include "broker/gateway/ClientLines.h"
#include "broker/gateway/Revisions.h"
#include "broker/gateway/ServerMemory.h"
#include "broker/gateway/StateSeal.h"
#include "broker/gateway/ToolHeaders.h"

#include "broker/base/Json.h"

#include <gtest/gtest.h>

using namespace keybearer;
using namespace std::chrono_literals;

namespace {

std::vector<ClientLines::Piece> cut(ClientLines& lines, std::string_view bytes) {
    std::vector<ClientLines::Piece> out;
    while (!bytes.empty()) {
        ClientLines::Piece piece;
        if (lines.next(bytes, piece))
            out.push_back(std::move(piece));
    }
    return out;
}

TEST(ClientLines, AnyCuttingOfTheStreamGivesTheSameLines) {
    const std::string stream = "one\n\ntwo\n" + std::string(20, 'x') + "\nthree\nrest";
    for (std::size_t size = 1; size <= stream.size(); ++size) {
        ClientLines lines(10);
        std::vector<std::string> got;
        for (std::size_t at = 0; at < stream.size(); at += size) {
            for (const ClientLines::Piece& piece : cut(lines, std::string_view(stream).substr(at, size)))
                got.push_back(piece.kind == ClientLines::Piece::Kind::TooLong ? "!" : piece.text);
        }
        EXPECT_EQ(got, (std::vector<std::string>{"one", "", "two", "!", "three"})) << size;
        EXPECT_EQ(lines.pending(), 4U);
    }
}

TEST(ClientLines, OfALineThatIsTooLongOnlyTheBeginningIsKept) {
    ClientLines lines(1U << 20);
    EXPECT_TRUE(cut(lines, R"({"id":7,"x":")").empty());
    const std::string filler(1U << 20, 'y');
    for (int i = 0; i < 50; ++i)
        EXPECT_TRUE(cut(lines, filler).empty());
    EXPECT_LE(lines.pending(), 4096U);
    const std::vector<ClientLines::Piece> pieces = cut(lines, "\"}\nnext\n");
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[0].kind, ClientLines::Piece::Kind::TooLong);
    const JsonMembers beginning = JsonMembers::ofBeginning(pieces[0].text);
    EXPECT_EQ(beginning.find("id"), "7");
    EXPECT_EQ(pieces[1].text, "next");
}

std::string toolsList(const std::string& tools) {
    return R"({"jsonrpc":"2.0","id":1,"result":{"tools":[)" + tools + "]}}";
}

TEST(ToolHeaders, AnnotatedArgumentsTravelAsHeaders) {
    ToolHeaders headers;
    EXPECT_FALSE(headers.learn(toolsList(
        R"({"name":"t","inputSchema":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"},)"
        R"("n":{"type":"integer","x-mcp-header":"N"},"b":{"type":"boolean","x-mcp-header":"B"},"plain":{"type":"string"},)"
        R"("deep":{"type":"object","properties":{"d":{"type":"string","x-mcp-header":"Deep"}}}}}})")));
    const ToolHeaders::Fields fields = headers.of(
        "t",
        R"({"params":{"arguments":{"region":" padded ","n":42,"b":false,"plain":"x","deep":{"d":"v"}}}})");
    EXPECT_EQ(fields.size(), 4U);
    const std::map<std::string, std::string> map(fields.begin(), fields.end());
    EXPECT_EQ(map.at("Region"), "=?base64?IHBhZGRlZCA=?=");
    EXPECT_EQ(map.at("N"), "42");
    EXPECT_EQ(map.at("B"), "false");
    EXPECT_EQ(map.at("Deep"), "v");
    EXPECT_TRUE(headers.of("t", R"({"params":{"arguments":{"region":null,"n":{},"b":[]}}})").empty());
    EXPECT_TRUE(headers.of("other", R"({"params":{"arguments":{"region":"x"}}})").empty());
}

TEST(ToolHeaders, ToolsThatBreakTheRulesAreNotShown) {
    const std::string good =
        R"({"name":"good","inputSchema":{"type":"object","properties":{"a":{"type":"string"}}}})";
    for (const char* properties :
         {R"({"a":{"type":"string","x-mcp-header":""}})", R"({"a":{"type":"object","x-mcp-header":"A"}})",
          R"({"a":{"type":"number","x-mcp-header":"A"}})", R"({"a":{"x-mcp-header":"A"}})",
          R"({"a":{"type":"string","x-mcp-header":7}})", R"({"a":{"type":"string","x-mcp-header":"A B"}})",
          R"({"a":{"type":"string","x-mcp-header":"A:B"}})",
          R"({"a":{"type":"string","x-mcp-header":"A\u00e9"}})",
          R"({"a":{"type":"string","x-mcp-header":"A"},"b":{"type":"string","x-mcp-header":"a"}})",
          R"({"a":{"type":"array","items":{"type":"string","x-mcp-header":"A"}}})",
          R"({"a":{"anyOf":[{"type":"string","x-mcp-header":"A"}]}})",
          R"({"a":{"$defs":{"d":{"type":"string","x-mcp-header":"A"}}}})"}) {
        ToolHeaders headers;
        const std::optional<std::string> changed = headers.learn(toolsList(
            good + R"(,{"name":"bad","inputSchema":{"type":"object","properties":)" + properties + "}}"));
        ASSERT_TRUE(changed) << properties;
        EXPECT_EQ(*changed,
                  toolsList(R"({"inputSchema":{"properties":{"a":{"type":"string"}},"type":"object"},)"
                            R"("name":"good"})"))
            << properties;
        EXPECT_FALSE(headers.knows("bad"));
    }
}

// Looked at twice on each level, sixty levels take years.
TEST(ToolHeaders, SEC_T_27_ASchemaIsLookedAtOnce) {
    std::string schema = R"({"type":"string"})";
    for (int i = 0; i < 60; ++i)
        schema = std::string(R"({"not":)").append(schema).append("}");
    ToolHeaders headers;
    EXPECT_FALSE(headers.learn(toolsList(
        std::string(
            R"({"name":"t","inputSchema":{"properties":{"a":{"type":"string","x-mcp-header":"A"}}}},)")
            .append(R"({"name":"deep","inputSchema":)")
            .append(schema)
            .append("}"))));
    EXPECT_TRUE(headers.knows("t"));
}

TEST(StateSeal, HoldsForOneRequestInOneExchangeForTenMinutes) {
    const StateSeal seal;
    const StateSeal::Instant now{100h};
    const std::string state = seal.seal("x1", "request", now);
    EXPECT_TRUE(StateSeal::isOurs(state));
    EXPECT_TRUE(seal.opens(state, "x1", "request", now));
    EXPECT_TRUE(seal.opens(state, "x1", "request", now + 10min));
    EXPECT_FALSE(seal.opens(state, "x1", "request", now + 601s));
    EXPECT_FALSE(seal.opens(state, "x1", "request", now - 1s));
    EXPECT_FALSE(seal.opens(state, "x2", "request", now));
    EXPECT_FALSE(seal.opens(state, "x1", "requesu", now));
    EXPECT_FALSE(StateSeal().opens(state, "x1", "request", now));
    std::string later = state;
    later.replace(later.find("360000"), 6, "360500");
    EXPECT_FALSE(seal.opens(later, "x1", "request", now + 500s));
    for (const char* bad : {"", "keybearer.1.", "keybearer.1.x.y", "keybearer.1.360000.", "other"})
        EXPECT_FALSE(seal.opens(bad, "x1", "request", now)) << bad;
}

TEST(Revisions, DatesTellTheEras) {
    EXPECT_TRUE(isModern("2026-07-28"));
    EXPECT_TRUE(isModern("2027-01-01"));
    for (const char* legacy : {"2025-11-25", "2024-11-05", "", "DRAFT-2026-v1", "9999"})
        EXPECT_FALSE(isModern(legacy)) << legacy;
}

TEST(Revisions, WhatARefusalSaysOfAnEra) {
    const auto body = [](int code, const std::string& data = {}) {
        return R"({"jsonrpc":"2.0","id":null,"error":{"code":)" + std::to_string(code) + R"(,"message":"m")" +
               (data.empty() ? "" : ",\"data\":" + data) + "}}";
    };
    EXPECT_EQ(evidenceOf(Era::Legacy, 400, body(-32022)), EraEvidence::Modern);
    EXPECT_EQ(evidenceOf(Era::Modern, 400, body(-32022, R"({"supported":["2025-11-25"]})")),
              EraEvidence::Legacy);
    EXPECT_EQ(evidenceOf(Era::Modern, 400, body(-32022, R"({"supported":["2025-11-25","2026-07-28"]})")),
              EraEvidence::Modern);
    EXPECT_EQ(evidenceOf(Era::Modern, 400, body(-32020)), EraEvidence::Modern);
    EXPECT_EQ(evidenceOf(Era::Modern, 404, body(-32601)), EraEvidence::Legacy);
    EXPECT_EQ(evidenceOf(Era::Modern, 400, "Bad Request"), EraEvidence::Legacy);
    EXPECT_EQ(evidenceOf(Era::Legacy, 404, body(-32601)), EraEvidence::Modern);
    EXPECT_EQ(evidenceOf(Era::Legacy, 400, body(-32000)), EraEvidence::None);
    EXPECT_EQ(evidenceOf(Era::Legacy, 404, "<html>"), EraEvidence::None);
    for (const int status : {401, 403, 0, 500, 503}) {
        EXPECT_EQ(evidenceOf(Era::Legacy, status, body(-32022)), EraEvidence::None) << status;
        EXPECT_EQ(evidenceOf(Era::Modern, status, body(-32022)), EraEvidence::None) << status;
    }
}

TEST(ServerMemory, ForgetsWhatWasNotUsedLongest) {
    ServerMemory memory;
    ExchangeTerms terms;
    terms.url = "first";
    memory.of(terms)->capabilities = "mine";
    for (int i = 0; i < 255; ++i) {
        terms.url = std::to_string(i);
        static_cast<void>(memory.of(terms));
    }
    terms.url = "first";
    EXPECT_EQ(memory.of(terms)->capabilities, "mine");
    terms.url = "one more";
    static_cast<void>(memory.of(terms));
    terms.url = "first";
    EXPECT_EQ(memory.of(terms)->capabilities, "mine");
    terms.url = "0";
    memory.of(terms)->capabilities = "again";
    terms.service = "other";
    EXPECT_TRUE(memory.of(terms)->capabilities.empty());
}

} // namespace

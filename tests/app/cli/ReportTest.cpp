#include "app/cli/Report.h"

#include <algorithm>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

std::string shown(const Json& document) {
    return document.dump();
}

TEST(Pseudonyms, TheSameNameIsTheSamePseudonymEverywhere) {
    Pseudonyms names(false);
    names.know("account", "Ana Example");
    const std::string first = names.hide(std::string_view("Ana Example asked; ana example was told"));
    EXPECT_EQ(first, "account-1 asked; account-1 was told");
    EXPECT_EQ(names.of("account", "ana example"), "account-1");
}

TEST(Pseudonyms, ANameInsideAnotherDoesNotSpoilIt) {
    Pseudonyms names(false);
    names.know("account", "ana");
    names.know("account", "ana.maria");
    EXPECT_EQ(names.hide(std::string_view("ana.maria")), "account-2");
}

TEST(Pseudonyms, O2_SecretsGoWhateverIsWished) {
    for (const bool keep : {false, true}) {
        Pseudonyms names(keep);
        for (const char* secret :
             {"gho_16C7e42F292c6912E7710c838347Ae178B4a", "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
              "sk-abcdefghij0123456789", "xoxb-1234567890-abcdefghijkl", "0123456789abcdef0123456789abcdef",
              "QWxhZGRpbjpvcGVuIHNlc2FtZUFsYWRkaW46b3BlbiBzZXNhbWU="})
            EXPECT_EQ(names.hide(std::string_view("token " + std::string(secret) + " end")).find(secret),
                      std::string::npos)
                << secret << keep;
    }
}

TEST(Pseudonyms, O2_AddressesAndHostsGoAndLoopbackStays) {
    Pseudonyms names(false);
    const std::string text = names.hide(std::string_view(
        "https://login.corp.example/token for ana@corp.example from 10.1.2.3 at 127.0.0.1:80"));
    for (const char* word : {"corp", "ana", "10.1.2.3"})
        EXPECT_EQ(text.find(word), std::string::npos) << text;
    EXPECT_NE(text.find("127.0.0.1:80"), std::string::npos) << text;
}

TEST(Pseudonyms, WhatHelpsIsKept) {
    Pseudonyms names(false);
    for (const char* text :
         {"the store is locked: keybearer store unlock", "config.yaml:3: access.mode must be ask",
          "2026-11-22T00:05:32Z", "state.sqlite has format 9", "keybearer_tokens_released_total",
          "store_move_unfinished", "version 0.1.0"})
        EXPECT_EQ(names.hide(std::string_view(text)), text);
}

TEST(Report, O2_ValuesOfTheConfigurationAreMaskedAndNamesAreNot) {
    Pseudonyms names(false);
    const std::string config = "# ana's\n"
                               "store: {backend: file, key_file: /home/ana/key}\n"
                               "access:\n"
                               "  mode: ask\n"
                               "providers:\n"
                               "  secretcorp:\n"
                               "    issuer: https://login.secretcorp.example\n"
                               "    client_secret: hunter2hunter2\n"
                               "    scopes:\n"
                               "      - read\n"
                               "rate_limits:\n"
                               "  requests: 100\n";
    knowNamesIn(config, names);
    const std::vector<std::string> lines = maskedConfig(config, names);
    const std::string text = shown(Json(lines));
    for (const char* word : {"ana", "secretcorp", "hunter2", "read", "login"})
        EXPECT_EQ(text.find(word), std::string::npos) << text;
    for (const char* line :
         {"  mode: ask", "  requests: 100", "    client_secret: ***", "  name-1:", "store: ***"})
        EXPECT_NE(std::find(lines.begin(), lines.end(), line), lines.end()) << line << text;
    EXPECT_EQ(names.hide(std::string_view("secretcorp does not answer")), "name-1 does not answer");
}

TEST(Report, O2_ARowOfTheAuditLogKeepsWhatHappenedAndWhen) {
    Pseudonyms names(false);
    const Json row{{"sequence", 7},
                   {"kind", "token.released"},
                   {"caller", "/home/ana/bin/tool"},
                   {"account", "Ana"},
                   {"provider", "github"},
                   {"at", "2026-11-22T00:05:32Z"},
                   {"detail", "for ana@x.example"},
                   {"scopes", Json::array({"a"})}};
    const Json out = auditRowFor(row, names);
    EXPECT_EQ(out["kind"], "token.released");
    EXPECT_EQ(out["sequence"], 7);
    EXPECT_EQ(out["caller"], "program-1");
    EXPECT_EQ(shown(out).find("na@"), std::string::npos) << shown(out);
    EXPECT_EQ(shown(out).find("ana"), std::string::npos) << shown(out);
}

TEST(Report, O2_EverythingInItWentThroughThePseudonyms) {
    Pseudonyms names(false);
    names.know("account", "canary");
    ReportMatter matter;
    matter.findings.push_back({Finding::Level::Error, "store_locked", "canary is locked", "ask canary"});
    matter.config = "services:\n  canary:\n    url: https://canary.example\n";
    matter.health = Json{{"canary", Json::array({"canary", Json{{"x", "CANARY"}}})}};
    matter.metrics = Json{{"name", "canary"}};
    matter.auditRows.push_back(Json{{"kind", "x"}, {"caller", "canary"}, {"detail", "canary"}});
    matter.log = "canary\nCanary canary\n";
    const std::string text = shown(report(matter, names));
    EXPECT_EQ(text.find("canary"), std::string::npos) << text;
    EXPECT_EQ(text.find("CANARY"), std::string::npos) << text;
    EXPECT_NE(text.find("store_locked"), std::string::npos);
}

} // namespace
} // namespace keybearer

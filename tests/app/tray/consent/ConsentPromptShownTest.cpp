#include "tests/app/tray/consent/ConsentPromptFixture.h"

#include <QToolButton>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

class ConsentPromptShownTest : public ConsentPromptFixture {};

TEST_F(ConsentPromptShownTest, T_05_WeakEvidenceIsNotOfferedALongPermission) {
    struct Row {
        Json caller;
        Json choices; // as the broker says it, or null
        int offered;
    };
    const std::array rows{
        Row{{{"executable", "/usr/bin/git"}}, nullptr, 3},
        Row{{{"executable", "/usr/bin/node"}, {"script", "/a/index.js"}}, nullptr, 2},
        Row{{{"pid", 7}}, nullptr, 1},
        Row{{{"executable", "/usr/bin/node"}}, Json::array({"allow-once", "deny"}), 1},
        Row{{{"executable", "/usr/bin/node"}}, Json::array({"allow-once", "allow-session", "deny"}), 2},
        Row{{{"executable", "/usr/bin/git"}}, Json::array(), 1},
    };
    for (const Row& row : rows) {
        Json json = requestJson("c1");
        json["caller"] = row.caller;
        if (!row.choices.is_null())
            json["choices"] = row.choices;
        make(*readConsentRequest(json));
        prompt->show();
        countdown->fire();
        EXPECT_TRUE(button("allow-once")->isEnabled());
        EXPECT_EQ(button("allow-session")->isVisible(), row.offered >= 2) << row.caller << row.choices;
        EXPECT_EQ(button("allow")->isVisible(), row.offered >= 3) << row.caller << row.choices;
        EXPECT_EQ(button("allow-session")->isEnabled(), row.offered >= 2) << row.caller << row.choices;
        EXPECT_EQ(button("allow")->isEnabled(), row.offered >= 3) << row.caller << row.choices;
        button("allow")->click();
        EXPECT_EQ(decisions.size(), row.offered >= 3 ? 1U : 0U);
        decisions.clear();
    }
}

TEST_F(ConsentPromptShownTest, MeasuredAndClaimedStandApart) {
    show(requestJson("c1"));
    EXPECT_EQ(text("heading"), QStringLiteral("github-mcp/index.js wants to use your GitHub account"));
    EXPECT_EQ(text("executable"), QStringLiteral("/usr/bin/node"));
    EXPECT_EQ(text("script"), QStringLiteral("/home/ana/src/github-mcp/index.js"));
    EXPECT_EQ(text("startedBy"), QStringLiteral("/usr/share/code/code"));
    EXPECT_EQ(text("account"), QStringLiteral("ana@example.com at GitHub"));
    EXPECT_EQ(text("claimedName"), QStringLiteral("It calls itself \u201Cgithub-mcp\u201D."));
    EXPECT_EQ(text("reason"), QStringLiteral("Its reason: \u201CList issues\u201D"));
    EXPECT_TRUE(text("scopes").contains(QStringLiteral("(repo)")));
    EXPECT_NE(prompt->findChild<QLabel*>(QStringLiteral("claimedName"))->parentWidget(),
              prompt->findChild<QLabel*>(QStringLiteral("executable"))->parentWidget());
}

TEST_F(ConsentPromptShownTest, R3_WhatIsKnownAndWhatHasChangedIsShown) {
    Json json = requestJson("c1");
    json["class"] = "D";
    json["longest"] = "session";
    json["changed"] = {{{"what", "script_sha256"}, {"before", "5c11aaaaaaaaaaaaaaaaaa"}, {"now", "5c22"}}};
    json["caller"]["evidence"] = {{"remarks", {"A library was loaded into it from /tmp."}},
                                  {"sandbox", "snap:editor"},
                                  {"working_directory", "/home/ana/src"}};
    json["scopes"] = {"repo", "odd:scope"};
    json["scope_words"] = {{"repo", "their words"}, {"odd:scope", "Do odd things."}};
    make(*readConsentRequest(json));
    EXPECT_EQ(text("identity"), QStringLiteral("a script, by its file and where it runs"));
    EXPECT_EQ(text("changed"), QStringLiteral("The script is another one"));
    EXPECT_EQ(text("changedValues"), QStringLiteral("before: 5c11aaaaaaaa\nnow: 5c22"));
    EXPECT_EQ(text("remarks"), QStringLiteral("A library was loaded into it from /tmp."));
    EXPECT_EQ(text("sandbox"), QStringLiteral("snap:editor"));
    EXPECT_EQ(text("directory"), QStringLiteral("/home/ana/src"));
    EXPECT_TRUE(text("scopes").contains(QStringLiteral("Do odd things. (odd:scope)")));
    EXPECT_TRUE(text("scopes").contains(QStringLiteral("(repo)")));
}

TEST_F(ConsentPromptShownTest, ASandboxedApplicationIsAllowedUntilThePersonTakesItBack) {
    Json json = requestJson("c1");
    json["class"] = "B";
    json["choices"] = {"allow-once", "allow-session", "allow", "deny"};
    json["longest"] = "until revoked";
    make(*readConsentRequest(json));
    EXPECT_EQ(button("allow")->text().remove(u'&'), QStringLiteral("Until taken back"));
}

TEST_F(ConsentPromptShownTest, T_06_HostileTextStaysText) {
    make(*readConsentRequest(hostileJson()));
    prompt->show();
    EXPECT_EQ(prompt->windowTitle(), QStringLiteral("A program asks for access"));
    int labels = 0;
    for (const QLabel* label : prompt->findChildren<QLabel*>()) {
        if (label->text().isEmpty())
            continue; // the picture
        ++labels;
        EXPECT_EQ(label->textFormat(), Qt::PlainText) << label->text().toStdString();
        EXPECT_FALSE(label->text().contains(u'\u202E'));
    }
    EXPECT_GE(labels, 10);
    EXPECT_LT(prompt->height(), 760);
    EXPECT_LT(prompt->width(), 760);
}

TEST_F(ConsentPromptShownTest, T_06_NameOfMixedAlphabetsIsPointedOut) {
    Json json = requestJson("c1");
    json["caller"]["claimed_name"] = "p\xD0\xB0ypal"; // a Cyrillic a
    make(*readConsentRequest(json));
    EXPECT_TRUE(text("claimedName").contains(QStringLiteral("alphabets")));
    json["caller"]["claimed_name"] = "Bj\xC3\xB6rk 2";
    make(*readConsentRequest(json));
    EXPECT_FALSE(text("claimedName").contains(QStringLiteral("alphabets")));
}

TEST_F(ConsentPromptShownTest, ManyScopesAreAllThere) {
    Json json = requestJson("c1");
    json["scopes"] = Json::array();
    for (int i = 0; i < 500; ++i)
        json["scopes"].push_back("scope." + std::to_string(i));
    make(*readConsentRequest(json));
    prompt->fitInto(600);
    prompt->show();
    EXPECT_EQ(text("scopes").count(u'\n'), 64);
    EXPECT_TRUE(text("scopes").endsWith(QStringLiteral("and 436 more that find no room here")));
    EXPECT_LT(prompt->height(), 560);
}

TEST_F(ConsentPromptShownTest, T_51_ACommandToBeStartedIsShownWhole) {
    std::string command = "LD_PRELOAD=/tmp/x.so /usr/bin/node '";
    for (int i = 0; i < 150; ++i)
        command += "\\u{202E} b"; // as the broker has escaped it
    command += " the end'";
    Json json = startJson();
    json["account"]["label"] = command;
    make(*readConsentRequest(json));
    prompt->fitInto(600);
    prompt->show();
    EXPECT_EQ(text("command"), QString::fromStdString(command));
    const auto* label = prompt->findChild<QLabel*>(QStringLiteral("command"));
    EXPECT_GE(label->height(), label->heightForWidth(label->width()));
    EXPECT_TRUE(facts()->widget()->isAncestorOf(label));
    EXPECT_EQ(text("heading"), QStringLiteral("Start this command with the run profile \u201Cnotes\u201D?"));
    EXPECT_EQ(text("directory"), QStringLiteral("/home/ana/src/notes"));
    EXPECT_EQ(text("startedBy"), QStringLiteral("/usr/bin/keybearer"));
    EXPECT_EQ(text("scopes"), QStringLiteral("\u2022 github\n\u2022 apikey:weather"));
    EXPECT_TRUE(text("account").isEmpty() && text("reason").isEmpty()); // it has not said anything yet
}

TEST_F(ConsentPromptShownTest, AStartIsAllowedOnceForThisRunOrFor30Days) {
    make(*readConsentRequest(startJson()));
    prompt->show();
    countdown->fire();
    EXPECT_EQ(button("allow-session")->text().remove(u'&'), QStringLiteral("This run"));
    EXPECT_TRUE(button("allow")->toolTip().contains(QStringLiteral("until anything of it changes")));
    button("allow-once")->click();
    EXPECT_EQ(decisions, (std::vector<std::string>{"allow-once"}));
}

TEST_F(ConsentPromptShownTest, DetailsShowTheProcessTreeAndWhatWasMeasured) {
    Json json = requestJson("c1");
    json["class"] = "D";
    json["caller"]["uid"] = 1000;
    json["caller"]["evidence"] = {{"system_owned", false},
                                  {"executable_sha256", "9a0b"},
                                  {"script_sha256", "5c11"},
                                  {"terminal", "pts/3"},
                                  {"unit", "app-code.scope"},
                                  {"ancestors",
                                   {{{"pid", 30}, {"executable", "/usr/share/code/code"}},
                                    {{"pid", 2}, {"executable", "/usr/bin/gnome-shell"}},
                                    {{"pid", 1}, {"executable", ""}}}}};
    show(json);
    auto* tree = prompt->findChild<QWidget*>(QStringLiteral("tree"));
    ASSERT_NE(tree, nullptr);
    EXPECT_FALSE(tree->isVisible());
    countdown->fire();
    const int height = prompt->height();
    prompt->findChild<QToolButton*>(QStringLiteral("details"))->click();
    EXPECT_TRUE(tree->isVisible());
    EXPECT_FALSE(button("allow-once")->isEnabled())
        << "what moves under the mouse is not to be pressed at once";
    EXPECT_TRUE(countdown->running);
    countdown->fire();
    EXPECT_TRUE(button("allow-once")->isEnabled());
    QStringList steps;
    for (const QLabel* label : tree->findChildren<QLabel*>(QStringLiteral("step")))
        steps.append(label->text().remove(u'\u200B'));
    EXPECT_EQ(steps, (QStringList{QStringLiteral("could not be read (process 1)"),
                                  QStringLiteral("/usr/bin/gnome-shell (process 2)"),
                                  QStringLiteral("/usr/share/code/code (process 30)"),
                                  QStringLiteral("/usr/bin/node (process 7)")}));
    EXPECT_EQ(text("uid"), QStringLiteral("1000"));
    EXPECT_EQ(text("executableHash"), QStringLiteral("9a0b"));
    EXPECT_EQ(text("scriptHash"), QStringLiteral("5c11"));
    EXPECT_EQ(text("systemOwned"), QStringLiteral("any program of yours"));
    EXPECT_EQ(text("terminal"), QStringLiteral("pts/3"));
    EXPECT_TRUE(text("why").contains(QStringLiteral("(class D)")));
    EXPECT_GE(prompt->height(), height);
    EXPECT_TRUE(button("deny")->hasFocus());
}

TEST_F(ConsentPromptShownTest, T_06_DetailsOfAHostileProgramStayOnTheScreen) {
    Json json = hostileJson();
    const std::string evil = "<b>x</b>\xE2\x80\xAE" + std::string(10'000, 'A');
    for (int i = 0; i < 500; ++i)
        json["caller"]["evidence"]["ancestors"].push_back({{"pid", i}, {"executable", evil}});
    for (const char* fact : {"executable_sha256", "script_sha256", "terminal", "unit", "signer"})
        json["caller"]["evidence"][fact] = evil;
    make(*readConsentRequest(json));
    prompt->fitInto(600);
    prompt->show();
    prompt->findChild<QToolButton*>(QStringLiteral("details"))->click();
    prompt->fitInto(600);
    EXPECT_LE(prompt->height() + 40, 600);
    EXPECT_LE(prompt->width(), 700);
    const auto* tree = prompt->findChild<QWidget*>(QStringLiteral("tree"));
    EXPECT_LE(tree->findChildren<QLabel*>(QStringLiteral("step")).size(), 13);
    for (const QLabel* label : prompt->findChildren<QLabel*>())
        EXPECT_TRUE(label->text().isEmpty() || label->textFormat() == Qt::PlainText);
}

TEST_F(ConsentPromptShownTest, OneOfSeveralSaysSoAndMovesNothing) {
    showPrompt();
    const QPoint before = button("allow-once")->mapTo(prompt.get(), QPoint());
    const auto* place = prompt->findChild<QLabel*>(QStringLiteral("place"));
    EXPECT_FALSE(place->isVisible());
    EXPECT_FALSE(button("denyAll")->isVisible());
    prompt->setPlace(2, 3, 2);
    QCoreApplication::processEvents();
    EXPECT_EQ(place->text(), QStringLiteral("2 of 3"));
    EXPECT_TRUE(place->isVisible());
    EXPECT_TRUE(button("denyAll")->isVisible());
    EXPECT_EQ(button("allow-once")->mapTo(prompt.get(), QPoint()), before);
}

TEST_F(ConsentPromptShownTest, UnknownProgramIsCalledUnknown) {
    Json json = requestJson("c1");
    json["caller"] = {{"pid", 99}, {"claimed_name", "git"}};
    make(*readConsentRequest(json));
    EXPECT_EQ(text("heading"), QStringLiteral("An unknown program wants to use your GitHub account"));
    EXPECT_EQ(text("executable"), QStringLiteral("could not be determined (process 99)"));
}

} // namespace
} // namespace keybearer::test

#pragma once

#include "app/tray/consent/ConsentPrompt.h"
#include "tests/app/tray/support/TrayFixture.h"

#include <QLabel>
#include <QScrollArea>
#include <QTest>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace keybearer::test {

// One question as the tray puts it, with a countdown that the test runs, and what a person decided.
class ConsentPromptFixture : public ::testing::Test {
protected:
    void make(const ConsentRequest& request) {
        prompt = std::make_unique<ConsentPrompt>(request, std::make_unique<ManualCountdown>(&countdown));
        QObject::connect(prompt.get(), &ConsentPrompt::decided, prompt.get(),
                         [this](const std::string& decision) { decisions.push_back(decision); });
    }
    void showPrompt() {
        Json json = requestJson("c1");
        json["caller"].erase("script"); // a program of its own may be allowed for long
        show(json);
    }
    void show(const Json& json) {
        make(*readConsentRequest(json));
        prompt->show();
        ASSERT_TRUE(QTest::qWaitForWindowActive(prompt.get()));
    }
    QPushButton* button(const char* name) { return prompt->findChild<QPushButton*>(QLatin1String(name)); }
    QString text(const char* name) {
        const auto* label = prompt->findChild<QLabel*>(QLatin1String(name));
        return label == nullptr ? QString() : label->text().remove(u'\u200B');
    }
    QScrollArea* facts() { return prompt->findChild<QScrollArea*>(QStringLiteral("facts")); }
    // Everything that a program or a provider can say, at its worst.
    static Json hostileJson() {
        Json json = requestJson("c1");
        const std::string evil = "<b>x</b><img src=http://e/>%1\n\xE2\x80\xAE" + std::string(3000, 'A');
        json["caller"] = {
            {"claimed_name", evil}, {"executable", "/bin/" + evil}, {"script", evil}, {"started_by", evil}};
        json["account"]["label"] = evil;
        json["provider_name"] = evil;
        json["reason"] = evil;
        json["scopes"] = Json::array();
        json["class"] = evil;
        json["changed"] = Json::array();
        for (int i = 0; i < 100; ++i) {
            json["scopes"].push_back(evil);
            json["changed"].push_back({{"what", "owner"}, {"before", evil}, {"now", evil}});
        }
        json["caller"]["evidence"] = {
            {"remarks", {evil, evil, evil, evil}}, {"sandbox", evil}, {"working_directory", evil}};
        json["scope_words"] = {{evil, evil}};
        return json;
    }
    // May a command be started with what a profile lists?
    static Json startJson() {
        Json json = requestJson("c1");
        json["purpose"] = "start";
        json["provider"] = "run:notes";
        json["provider_name"] = "run profile notes";
        json["account"]["label"] = "/usr/bin/node server.js";
        json["scopes"] = {"github", "apikey:weather"};
        json["reason"] = "to be started by keybearer run --profile notes";
        json["class"] = "A";
        json["longest"] = "30 days";
        json["choices"] = {"allow-once", "allow-session", "allow", "deny"};
        json["caller"] = {{"executable", "/usr/bin/node"},
                          {"started_by", "/usr/bin/keybearer"},
                          {"evidence", {{"working_directory", "/home/ana/src/notes"}}}};
        return json;
    }
    bool anyArmed() {
        return button("allow-once")->isEnabled() || button("allow-session")->isEnabled() ||
               button("allow")->isEnabled();
    }

    ManualCountdown* countdown = nullptr;
    std::unique_ptr<ConsentPrompt> prompt;
    std::vector<std::string> decisions;
};

} // namespace keybearer::test

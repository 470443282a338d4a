// Each setting with its value and its source, presets, and what differs between two configurations.
#include "broker/config/Config.h"
#include "broker/config/ConfigKeys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace keybearer {
namespace {

using Source = EffectiveSetting::Source;

Result<Config> read(const std::string& text, const Environment& environment = {}) {
    return parseConfig(text, "/home/ana/.config/keybearer/config.yaml", environment);
}

const EffectiveSetting& settingOf(const Config& config, const std::string& key) {
    static const EffectiveSetting none;
    const auto found = std::find_if(config.settings.begin(), config.settings.end(),
                                    [&](const EffectiveSetting& setting) { return setting.key == key; });
    EXPECT_NE(found, config.settings.end()) << key;
    return found == config.settings.end() ? none : *found;
}

TEST(EffectiveSetting, O1_EveryValueHasItsSource) {
    const Result<Config> config =
        read("access:\n  mode: locked\nproviders:\n  corp:\n    issuer: https://login.example\n"
             "    client_id: \"${DESK:-desk}\"\n    client_secret: \"${SECRET}\"\n",
             {{"SECRET", "canary-7"}, {"KEYBEARER_GATEWAY_PORT", "4180"}});
    ASSERT_TRUE(config) << config.error().message;
    const EffectiveSetting& mode = settingOf(*config, "access.mode");
    EXPECT_EQ(mode.source, Source::File);
    EXPECT_EQ(mode.where, "config.yaml:2");
    EXPECT_EQ(mode.line, 2);
    EXPECT_EQ(mode.values, std::vector<std::string>{"locked"});
    const EffectiveSetting& client = settingOf(*config, "providers.corp.client_id");
    EXPECT_EQ(client.values, std::vector<std::string>{"desk"});
    EXPECT_EQ(client.variables, std::vector<std::string>{"DESK"});
    const EffectiveSetting& secret = settingOf(*config, "providers.corp.client_secret");
    EXPECT_TRUE(secret.secret);
    EXPECT_TRUE(secret.values.empty()) << "a secret is never a value";
    const EffectiveSetting& port = settingOf(*config, "gateway.port");
    EXPECT_EQ(port.source, Source::Environment);
    EXPECT_EQ(port.where, "KEYBEARER_GATEWAY_PORT");
    const EffectiveSetting& pins = settingOf(*config, "gateway.pins");
    EXPECT_EQ(pins.source, Source::Default);
    EXPECT_EQ(pins.values, std::vector<std::string>{"warn"});
    EXPECT_FALSE(settingOf(*config, "policy.opa_url").isSet());
}

TEST(EffectiveSetting, T_37_TheWordsOfACommandAreShownAsTheyStandInTheFile) {
    const Result<Config> config =
        read("services:\n  notes:\n    command: [/usr/bin/node, server.js, \"--key=${NOTES_KEY}\"]\n"
             "profiles:\n  build:\n    command: [/usr/bin/make, \"${NOTES_KEY}\"]\n    allow: [github]\n",
             {{"NOTES_KEY", "canary-8"}});
    ASSERT_TRUE(config) << config.error().message;
    const EffectiveSetting& notes = settingOf(*config, "services.notes.command");
    EXPECT_EQ(notes.values, (std::vector<std::string>{"/usr/bin/node", "server.js", "--key=${NOTES_KEY}"}));
    EXPECT_EQ(notes.variables, std::vector<std::string>{"NOTES_KEY"});
    EXPECT_EQ(settingOf(*config, "profiles.build.command").values.back(), "${NOTES_KEY}");
    EXPECT_EQ(config->services.front().command.back(), "--key=canary-8") << "what is started";
}

TEST(EffectiveSetting, TheSandboxIsThereUnlessSomebodySaysOtherwise) {
    const auto said = [](const Result<Config>& config) {
        return config ? settingOf(*config, "sandbox").values
                      : std::vector<std::string>{config.error().message};
    };
    EXPECT_EQ(said(read("")), std::vector<std::string>{"true"});
    EXPECT_EQ(said(read("sandbox: false\n")), std::vector<std::string>{"false"});
    EXPECT_EQ(said(read("", {{"KEYBEARER_SANDBOX", "false"}})), std::vector<std::string>{"false"});
    EXPECT_FALSE(read("sandbox: off\n").has_value()) << "what is no answer is none";
}

TEST(EffectiveSetting, EverySettingThatIsNoEntryIsThere) {
    const Result<Config> config = read("");
    ASSERT_TRUE(config);
    std::set<std::string> there;
    for (const EffectiveSetting& setting : config->settings)
        EXPECT_TRUE(there.insert(setting.key).second) << setting.key << " is there twice";
    for (const KeyRule& rule : configKeys()) {
        const bool holds = rule.kind != KeyKind::Section && rule.kind != KeyKind::Entries &&
                           rule.kind != KeyKind::ToolEntries && rule.kind != KeyKind::Items;
        if (!rule.available || !holds || rule.path.find_first_of("*[") != std::string_view::npos)
            continue;
        EXPECT_TRUE(there.contains(std::string(rule.path))) << rule.path;
    }
}

TEST(EffectiveSetting, ChangesAreNamedByTheirKeys) {
    const Environment secrets{{"A", "one"}, {"B", "two"}};
    const std::string corp = "providers:\n  corp:\n    issuer: https://login.example\n    client_id: x\n";
    const Result<Config> before = read(corp + "    client_secret: \"${A}\"\n", secrets);
    const Result<Config> same = read("# moved\n" + corp + "    client_secret: \"${A}\"\n", secrets);
    const Result<Config> other =
        read(corp + "    client_secret: \"${B}\"\naccess: {mode: locked}\n", secrets);
    const Result<Config> without = read("", secrets);
    ASSERT_TRUE(before && same && other && without);
    EXPECT_TRUE(changedKeys(before->settings, same->settings).empty());
    EXPECT_EQ(changedKeys(before->settings, other->settings),
              (std::vector<std::string>{"access.mode", "providers.corp.client_secret"}));
    EXPECT_EQ(changedKeys(before->settings, without->settings).size(), 3U);
}

TEST(ConfigPreset, O1_HeadlessChangesWhatIsUsualAndWhatIsSaidWins) {
    const Result<Config> config = read("preset: headless\nstore: {key: key_file, key_file: /run/key}\n");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->store, StoreBackend::File);
    EXPECT_EQ(config->access, AccessMode::Locked);
    EXPECT_FALSE(config->opensBrowsers);
    EXPECT_TRUE(config->log.json);
    EXPECT_EQ(settingOf(*config, "access.mode").where, "preset headless");
    const Result<Config> said =
        read("preset: headless\nstore: {backend: memory}\naccess: {mode: ask}\nlog: {format: text}\n");
    ASSERT_TRUE(said) << said.error().message;
    EXPECT_EQ(said->store, StoreBackend::Memory);
    EXPECT_EQ(said->access, AccessMode::Ask);
    EXPECT_FALSE(said->log.json);
    const Result<Config> byVariable =
        read("", {{"KEYBEARER_PRESET", "headless"}, {"KEYBEARER_STORE_BACKEND", "memory"}});
    ASSERT_TRUE(byVariable) << byVariable.error().message;
    EXPECT_EQ(byVariable->access, AccessMode::Locked);
}

TEST(ConfigPreset, HeadlessNeverChoosesTheKeyOfTheStoreByItself) {
    const Result<Config> config = read("preset: headless\n");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find("store.key"), std::string::npos) << config.error().message;
    EXPECT_TRUE(read("preset: headless\nstore: {key: keychain}\n")) << "it was said";
    const Result<Config> unknown = read("preset: headles\n");
    ASSERT_FALSE(unknown);
    EXPECT_NE(unknown.error().message.find("headless"), std::string::npos);
}

} // namespace
} // namespace keybearer

// docs/config.schema.json and the table that the loader goes by must know the same keys.
#include "broker/base/Json.h"
#include "broker/config/ConfigKeys.h"
#include "broker/config/ConfigLayers.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace keybearer {
namespace {

class Schema {
public:
    Schema() {
        const std::ifstream file(std::string(KEYBEARER_SOURCE_DIR) + "/docs/config.schema.json");
        std::ostringstream text;
        text << file.rdbuf();
        root_ = *parseJson(text.str());
        walk(root_, {});
    }
    std::map<std::string, Json> keys; // dotted path -> the schema there

private:
    const Json& resolve(const Json& schema) const {
        const std::optional<std::string> reference = stringAt(schema, "$ref");
        return reference ? root_.at(Json::json_pointer(reference->substr(1))) : schema;
    }
    void walk(const Json& schema, const std::string& path) {
        if (schema.contains("properties")) {
            EXPECT_EQ(schema.value("additionalProperties", Json(true)), Json(false)) << path;
            for (const auto& [name, child] : schema.at("properties").items()) {
                const std::string below = path.empty() ? name : path + "." + name;
                keys[below] = resolve(child);
                walk(resolve(child), below);
            }
        } else if (schema.contains("additionalProperties")) {
            walk(resolve(schema.at("additionalProperties")), path + ".*");
        } else if (schema.contains("items")) {
            walk(resolve(schema.at("items")), path + "[]");
        }
    }
    Json root_;
};

Json firstAlternative(const Json& schema) {
    return schema.contains("anyOf") ? schema.at("anyOf").at(0) : schema;
}

TEST(ConfigSchema, KnowsEveryKeyOfTheLoaderAndNoOther) {
    Schema schema;
    for (const KeyRule& rule : configKeys())
        EXPECT_EQ(schema.keys.count(std::string(rule.path)), rule.available ? 1U : 0U) << rule.path;
    for (const auto& [path, unused] : schema.keys) {
        const KeyRule* rule = findKey(path);
        EXPECT_TRUE(rule != nullptr && rule->available) << path << " is unknown to the loader";
    }
}

TEST(ConfigSchema, NamesTheSameWordsAndLimits) {
    const Schema schema;
    for (const KeyRule& rule : configKeys()) {
        if (!rule.available || schema.keys.count(std::string(rule.path)) == 0)
            continue;
        const Json& there = schema.keys.at(std::string(rule.path));
        if (rule.kind == KeyKind::Number) {
            EXPECT_EQ(firstAlternative(there).at("minimum"), rule.least) << rule.path;
            EXPECT_EQ(firstAlternative(there).at("maximum"), rule.most) << rule.path;
        } else if (rule.kind == KeyKind::Choice) {
            EXPECT_EQ(firstAlternative(there).at("enum"), Json(rule.choices)) << rule.path;
        } else if (rule.kind == KeyKind::Choices) {
            EXPECT_EQ(firstAlternative(there.at("items")).at("enum"), Json(rule.choices)) << rule.path;
        }
    }
}

// What the schema calls usual is what the reader is fed with, and nothing else is.
TEST(ConfigSchema, NamesTheSameUsualValues) {
    const Schema schema;
    std::map<std::string, std::string> usual;
    for (const LayerValue& value : usualValues())
        usual[std::string(value.key)] = value.value;
    std::map<std::string, std::string> there;
    for (const auto& [path, part] : schema.keys) {
        if (!part.contains("default") || path.find_first_of("*[") != std::string::npos)
            continue;
        const Json& value = part.at("default");
        there[path] = value.is_string() ? value.get<std::string>() : value.dump();
    }
    EXPECT_EQ(usual, there);
}

TEST(ConfigSchema, PresetsSayWhatKeysTake) {
    for (const ConfigPreset& preset : configPresets()) {
        const KeyRule* rule = findKey("preset");
        ASSERT_NE(rule, nullptr);
        EXPECT_NE(std::find(rule->choices.begin(), rule->choices.end(), preset.name), rule->choices.end());
        for (const LayerValue& value : preset.values)
            EXPECT_NE(findKey(value.key), nullptr) << value.key;
    }
}

TEST(ConfigKeys, EveryAvailableValueHasASetterAndAnExample) {
    for (const KeyRule& rule : configKeys()) {
        if (!rule.available)
            continue;
        EXPECT_FALSE(rule.example.empty()) << rule.path;
        EXPECT_TRUE(rule.set != nullptr || rule.kind == KeyKind::Section) << rule.path;
    }
}

} // namespace
} // namespace keybearer

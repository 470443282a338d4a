#include "broker/config/Config.h"

#include "broker/config/ConfigEnvironment.h"
#include "broker/config/ConfigLayers.h"
#include "broker/config/ConfigReading.h"
#include "broker/config/ConfigText.h"
#include "broker/config/TrustedFile.h"
#include "broker/config/tree/ConfigTree.h"

extern char** environ; // NOLINT(readability-redundant-declaration): macOS declares it nowhere

namespace keybearer {

namespace {

constexpr std::size_t sizeLimit = 1U << 20; // a configuration for people; more is a mistake or an attack

// A secret written out in the file, rather than as ${VAR}.
bool holdsWrittenSecret(ConfigNode& root) {
    ConfigNode* providers = root.find("providers");
    if (providers == nullptr)
        return false;
    for (ConfigNode& provider : providers->items) {
        const ConfigNode* secret = provider.find("client_secret");
        if (secret != nullptr && secret->variable.empty() && secret->text.find("${") == std::string::npos)
            return true;
    }
    return false;
}

// Which preset was chosen; whether there is one of this name is for the reader to say.
std::string presetOf(ConfigNode& root, const Environment& environment) {
    const ConfigNode* preset = root.find("preset");
    if (preset == nullptr || preset->kind != ConfigNode::Kind::Text)
        return {};
    return preset->variable.empty() ? expandVariables(preset->text, environment).value_or(std::string())
                                    : preset->text;
}

Result<Config> configFrom(std::string_view text, const std::filesystem::path& file,
                          const Environment& environment, bool othersMayRead) {
    Result<ConfigNode> root = readConfigTree(text, file);
    if (!root)
        return failure(root.error());
    std::vector<std::string> warnings;
    if (othersMayRead && holdsWrittenSecret(*root))
        warnings.push_back(file.string() + " holds a client secret and other users may read it: chmod 600 " +
                           file.string());
    if (Result<void> applied = applyEnvironment(*root, environment, warnings); !applied)
        return failure(applied.error());
    applyLayers(*root, presetOf(*root, environment));
    Result<Config> config = ConfigReading(file, environment).read(*root);
    if (config)
        config->warnings = std::move(warnings);
    return config;
}

} // namespace

Environment processEnvironment() {
    Environment environment;
    for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
        const std::string_view text = *entry;
        const std::size_t equals = text.find('=');
        if (equals != std::string_view::npos)
            environment.emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    return environment;
}

Result<Config> loadConfig(const std::filesystem::path& file) {
    return loadConfig(file, processEnvironment());
}

Result<Config> loadConfig(const std::filesystem::path& file, const Environment& environment) {
    Result<TrustedFile> text = readTrustedFile(file, sizeLimit);
    if (!text && text.error().code == ErrorCode::NotFound)
        return configFrom({}, file, environment, false);
    if (!text)
        return failure(text.error());
    Result<Config> config = configFrom(text->content, file, environment, text->othersMayRead);
    wipe(text->content);
    return config;
}

Result<Config> parseConfig(std::string_view text, const std::filesystem::path& file,
                           const Environment& environment) {
    return configFrom(text, file, environment, false);
}

} // namespace keybearer

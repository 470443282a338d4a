#pragma once

#include "broker/config/Config.h"
#include "broker/config/ConfigKeys.h"
#include "broker/config/tree/ConfigTree.h"

#include <filesystem>
#include <string>

namespace keybearer {

// One configuration file as a place: where something in it stands, where the paths in it begin, and what is
// wrong at some spot of it, as the person reads it who has to mend that.
class ConfigPlace {
public:
    explicit ConfigPlace(std::filesystem::path file) : file_(std::move(file)) {}

    // "config.yaml:12", an environment variable, the name of a preset, "default".
    [[nodiscard]] std::string whereOf(const ConfigNode& node) const;
    // The path as seen from the directory of the file.
    [[nodiscard]] std::filesystem::path beside(const std::string& path) const;

    // `shown`: the key as a person knows it. `nearest`: what was probably meant.
    [[nodiscard]] tl::unexpected<Error> fault(const ConfigNode& node, const std::string& shown,
                                              std::string what, std::string nearest = {}) const;
    // A list where a value belongs, and the like.
    [[nodiscard]] tl::unexpected<Error> wrongKind(const ConfigNode& node, const KeyRule& rule,
                                                  const std::string& shown) const;

private:
    std::filesystem::path file_;
};

} // namespace keybearer

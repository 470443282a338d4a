#pragma once

#include "broker/base/Result.h"
#include "broker/config/Config.h"
#include "broker/providers/Provider.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Every provider this broker knows: the presets built in from resources/providers, those of a directory of
// the person's own, and over both what the configuration says. Loaded once at start and constant after that,
// so its pointers live as long as the catalog, which the Broker owns. Any thread may read.
class ProviderCatalog {
public:
    // The directory is the one in KEYBEARER_PROVIDERS_DIR, if set. InvalidParams names the file or line at
    // fault.
    [[nodiscard]] static Result<ProviderCatalog> load(const Config& config);
    [[nodiscard]] static Result<ProviderCatalog> load(const Config& config,
                                                      const std::filesystem::path& directory);

    [[nodiscard]] const Provider* find(std::string_view name) const; // null: unknown
    // By issuer as raw bytes (RFC 8414 section 3.3); one slash at the end does not matter.
    [[nodiscard]] const Provider* findByIssuer(std::string_view issuer) const;
    [[nodiscard]] std::vector<std::string> names() const;                         // sorted
    [[nodiscard]] const std::vector<Provider>& all() const { return providers_; } // sorted by name
    // NotFound with detail "did_you_mean".
    [[nodiscard]] Error unknownProvider(std::string_view name) const;

private:
    std::vector<Provider> providers_;
};

} // namespace keybearer

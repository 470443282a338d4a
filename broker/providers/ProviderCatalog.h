#pragma once

#include "broker/base/Result.h"
#include "broker/config/Config.h"
#include "broker/providers/Provider.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Every provider this broker knows: the presets built in from resources/providers, those of a directory of
// the person's own, and over both what the configuration says. These are constant once loaded. Beside them
// stand entries that are found at run time, one an MCP server (Provider::Resource). All pointers live as long
// as the catalog, which the Broker owns; an entry that is adopted again changes in its place. Event loop
// thread.
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
    [[nodiscard]] std::vector<std::string> names() const; // sorted, adopted ones too
    // Sorted by name, without what was adopted.
    [[nodiscard]] const std::vector<Provider>& all() const { return providers_; }
    // The entries of MCP servers, sorted by name; configured ones that nobody has asked for yet are among
    // them.
    [[nodiscard]] std::vector<const Provider*> servers() const;
    [[nodiscard]] const Provider* findServer(std::string_view url) const; // by canonical address
    // Takes in the entry of an MCP server or of the demo provider, or what was found out about it since. Its
    // name must be free or its own.
    const Provider& adopt(Provider provider);
    // Gives an entry that has no client id yet the one that it has in `fresh`, in its place, so that nobody
    // has to start the broker anew for it. NotFound; NotConfigured: it has none there either; InvalidRequest:
    // it is not one of the entries that there were at the start, or has another client id here already.
    [[nodiscard]] Result<void> complete(const ProviderCatalog& fresh, std::string_view name);
    // Takes an adopted entry out again; pointers to it stay good, and nobody finds it any more.
    void withdraw(std::string_view name);
    // A name for it that is free: its host, with port or path where another server has that name.
    [[nodiscard]] std::string nameFor(const std::string& url) const;
    // NotFound with detail "did_you_mean".
    [[nodiscard]] Error unknownProvider(std::string_view name) const;

private:
    [[nodiscard]] Result<void> addServices(const Config& config);

    std::vector<Provider> providers_;
    std::map<std::string, std::unique_ptr<Provider>, std::less<>> adopted_; // by name
    std::vector<std::unique_ptr<Provider>> withdrawn_;
};

} // namespace keybearer

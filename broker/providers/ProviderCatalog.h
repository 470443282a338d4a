#pragma once

#include "broker/base/Result.h"
#include "broker/config/Config.h"
#include "broker/providers/Provider.h"

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Every provider this broker knows: the presets built in from resources/providers, those of a directory of
// the person's own, and over both what the configuration says. These are constant until replace(). Beside
// them stand entries that are found at run time, one an MCP server (Provider::Resource). An entry that is
// adopted again changes in its place; one that was exchanged or withdrawn lives on for a while. Who waits for
// something keeps a copy. Owned by the Broker; event loop thread.
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
    [[nodiscard]] std::vector<const Provider*> all() const;
    // The entries of MCP servers, sorted by name; configured ones that nobody has asked for yet are among
    // them.
    [[nodiscard]] std::vector<const Provider*> servers() const;
    [[nodiscard]] const Provider* findServer(std::string_view url) const; // by canonical address
    // Takes in the entry of an MCP server or of the demo provider, or what was found out about it since. Its
    // name must be free or its own.
    const Provider& adopt(Provider provider);
    // Takes over what was loaded from another configuration: entries that are the same stay, others are
    // exchanged. Who has the address of one that was exchanged or has gone reads on in what it was. Servers
    // that were found at run time stay, unless their name or address is the configuration's now.
    void replace(ProviderCatalog fresh);
    // Takes an adopted entry out again; pointers to it stay good, and nobody finds it any more.
    void withdraw(std::string_view name);
    // A name for it that is free: its host, with port or path where another server has that name.
    [[nodiscard]] std::string nameFor(const std::string& url) const;
    // NotFound with detail "did_you_mean".
    [[nodiscard]] Error unknownProvider(std::string_view name) const;

private:
    [[nodiscard]] Result<void> addServices(const Config& config);

    void retire(std::unique_ptr<Provider> provider);
    [[nodiscard]] std::unique_ptr<Provider> takeOver(std::unique_ptr<Provider> before,
                                                     std::unique_ptr<Provider> fresh);

    std::vector<std::unique_ptr<Provider>> providers_;                      // sorted by name
    std::map<std::string, std::unique_ptr<Provider>, std::less<>> adopted_; // by name
    std::deque<std::unique_ptr<Provider>> withdrawn_;
};

} // namespace keybearer

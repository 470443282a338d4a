#include "broker/providers/ProviderCatalog.h"

#include "broker/base/Text.h"
#include "broker/config/TrustedFile.h"
#include "broker/oauth/ProtectedResource.h"
#include "broker/providers/ProviderMerge.h"
#include "broker/providers/ProviderPreset.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cstdlib>
#include <system_error>

// At the outermost level, as the macro demands: a static library's resources are dropped unless somebody
// asks.
static void embedPresets() {
    Q_INIT_RESOURCE(presets);
}

namespace keybearer {

namespace {

constexpr std::size_t presetLimit = std::size_t{64} * 1024; // a preset has about one KiB
constexpr std::size_t directoryLimit = 1000;                // files looked at
constexpr std::size_t mostWithdrawn = 4096;                 // kept for whoever is in the middle of something
constexpr std::string_view demoProvider = "demo";           // comes and goes: keybearer demo start

using Providers = std::vector<std::unique_ptr<Provider>>;
using Texts =
    std::map<std::string, std::string>; // of the presets, by name: some are read again with a domain

bool isBefore(const std::unique_ptr<Provider>& provider, std::string_view name) {
    return provider->name < name;
}

// Keeps the order by name; a later one of the same name replaces the earlier one.
void place(Providers& providers, Provider provider) {
    const auto at = std::lower_bound(providers.begin(), providers.end(), provider.name, isBefore);
    if (at != providers.end() && (*at)->name == provider.name)
        **at = std::move(provider);
    else
        providers.insert(at, std::make_unique<Provider>(std::move(provider)));
}

Result<void> addPreset(Providers& providers, Texts& texts, std::string_view text, const std::string& file) {
    Result<Provider> provider = parseProviderPreset(text, file);
    if (!provider)
        return failure(provider.error());
    if (provider->name + ".json" != file)
        return failure(ErrorCode::InvalidParams, displaySafe(file) + ": the file must be called " +
                                                     provider->name + ".json, after the provider");
    texts[provider->name] = text;
    place(providers, std::move(*provider));
    return {};
}

Result<void> addBuiltIn(Providers& providers, Texts& texts) {
    const QDir presets(QStringLiteral(":/keybearer/providers"));
    for (const QString& name : presets.entryList()) {
        QFile file(presets.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return failure(ErrorCode::InternalError,
                           "a built-in preset cannot be read: " + name.toStdString());
        const QByteArray text = file.readAll();
        if (Result<void> added =
                addPreset(providers, texts, {text.constData(), static_cast<std::size_t>(text.size())},
                          name.toStdString());
            !added)
            return added;
    }
    return {};
}

Result<void> addDirectory(Providers& providers, Texts& texts, const std::filesystem::path& directory) {
    std::error_code failed;
    std::vector<std::filesystem::path> files;
    for (auto at = std::filesystem::directory_iterator(directory, failed);
         !failed && at != std::filesystem::directory_iterator(); at.increment(failed)) {
        if (at->path().extension() == ".json" && at->path().filename() != "provider.schema.json")
            files.push_back(at->path());
    }
    if (failed || files.size() > directoryLimit)
        return failure(ErrorCode::InvalidParams,
                       "KEYBEARER_PROVIDERS_DIR: " +
                           (failed ? directory.string() + ": " + failed.message() : "too many files"));
    std::sort(files.begin(), files.end());
    for (const std::filesystem::path& file : files) {
        const Result<TrustedFile> text = readTrustedFile(file, presetLimit);
        if (!text)
            return failure(text.error());
        if (Result<void> added = addPreset(providers, texts, text->content, file.filename().string()); !added)
            return added;
    }
    return {};
}

// The preset as the entry wants it: with its own domain, if it names one.
Result<Provider> presetFor(const Config::ProviderEntry& entry, const Provider& preset, const Texts& texts) {
    const auto text = texts.find(entry.name);
    if (!entry.domain || text == texts.end())
        return preset;
    Result<Provider> provider =
        parseProviderPreset(text->second, entry.where + ": providers." + entry.name, *entry.domain);
    return provider;
}

constexpr std::size_t longestName = 56; // leaves room for a number

// What of a host or path may stand in a name, the rest as dashes.
std::string nameFrom(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_';
        if (plain)
            out += c;
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    while (!out.empty() && (out.back() == '-' || out.back() == '.'))
        out.pop_back();
    return out.substr(0, longestName);
}

bool saysTheSame(const std::shared_ptr<const SealedSecret>& left,
                 const std::shared_ptr<const SealedSecret>& right) {
    if (left == nullptr || right == nullptr)
        return left == right;
    return left->open().equals(right->open().reveal());
}

std::string_view withoutSlash(std::string_view issuer) {
    if (!issuer.empty() && issuer.back() == '/')
        issuer.remove_suffix(1);
    return issuer;
}

} // namespace

Result<ProviderCatalog> ProviderCatalog::load(const Config& config) {
    const char* directory = std::getenv("KEYBEARER_PROVIDERS_DIR");
    return load(config, directory == nullptr ? "" : directory);
}

Result<ProviderCatalog> ProviderCatalog::load(const Config& config, const std::filesystem::path& directory) {
    embedPresets();
    ProviderCatalog catalog;
    Texts texts;
    if (Result<void> added = addBuiltIn(catalog.providers_, texts); !added)
        return failure(added.error());
    if (!directory.empty()) {
        if (Result<void> added = addDirectory(catalog.providers_, texts, directory); !added)
            return failure(added.error());
    }
    for (const Config::ProviderEntry& entry : config.providers) {
        const Provider* preset = catalog.find(entry.name);
        Result<Provider> merged = preset == nullptr ? providerFrom(entry) : presetFor(entry, *preset, texts);
        if (merged && preset != nullptr)
            merged = mergeProvider(*merged, entry);
        if (!merged) {
            Error error = merged.error();
            const std::string near = preset == nullptr ? nearest(entry.name, catalog.names()) : std::string();
            if (error.action.empty() && !near.empty())
                error.action = "Did you mean the preset " + near + "?";
            return failure(std::move(error));
        }
        place(catalog.providers_, std::move(*merged));
    }
    if (Result<void> added = catalog.addServices(config); !added)
        return failure(added.error());
    for (const Config::CallerRule& rule : config.callers) {
        for (const std::string& name : rule.providers) {
            if (catalog.find(name) == nullptr && name != demoProvider) {
                Error unknown = catalog.unknownProvider(name);
                unknown.code = ErrorCode::InvalidParams;
                unknown.message.insert(0, "callers: ");
                return failure(std::move(unknown));
            }
        }
    }
    return catalog;
}

const Provider* ProviderCatalog::find(std::string_view name) const {
    const auto at = std::lower_bound(providers_.begin(), providers_.end(), name, isBefore);
    if (at != providers_.end() && (*at)->name == name)
        return at->get();
    const auto adopted = adopted_.find(name);
    return adopted == adopted_.end() ? nullptr : adopted->second.get();
}

// A server whose tokens are no named provider's is an entry of its own from the start, so that it can be
// signed in to by its name.
Result<void> ProviderCatalog::addServices(const Config& config) {
    for (const ServiceConfig& service : config.services) {
        if (service.url.empty() || !service.provider.empty())
            continue;
        const Result<std::string> url = canonicalServer(service.url);
        Result<Provider> provider = url ? providerFrom(service, *url) : failure(url.error());
        if (!provider)
            return failure(std::move(provider.error()));
        if (findServer(*url) != nullptr)
            continue; // said twice: the first counts
        if (find(provider->name) != nullptr || provider->name == "apikey")
            provider->name = nameFor(*url);
        adopt(std::move(*provider));
    }
    return {};
}

std::vector<const Provider*> ProviderCatalog::servers() const {
    std::vector<const Provider*> out;
    for (const auto& [name, provider] : adopted_) {
        if (provider->resource)
            out.push_back(provider.get());
    }
    return out;
}

const Provider* ProviderCatalog::findServer(std::string_view url) const {
    const auto found = std::find_if(adopted_.begin(), adopted_.end(), [&](const auto& entry) {
        return entry.second->resource && entry.second->resource->server == url;
    });
    return found == adopted_.end() ? nullptr : found->second.get();
}

std::vector<const Provider*> ProviderCatalog::all() const {
    std::vector<const Provider*> out;
    for (const std::unique_ptr<Provider>& provider : providers_)
        out.push_back(provider.get());
    return out;
}

void ProviderCatalog::retire(std::unique_ptr<Provider> provider) {
    withdrawn_.push_back(std::move(provider));
    if (withdrawn_.size() > mostWithdrawn)
        withdrawn_.pop_front();
}

// The one that stays. A secret is sealed anew each time it is read, and so never equal by itself.
std::unique_ptr<Provider> ProviderCatalog::takeOver(std::unique_ptr<Provider> before,
                                                    std::unique_ptr<Provider> fresh) {
    if (saysTheSame(before->clientSecret, fresh->clientSecret))
        fresh->clientSecret = before->clientSecret;
    if (*before == *fresh)
        return before;
    retire(std::move(before));
    return fresh;
}

void ProviderCatalog::replace(ProviderCatalog fresh) {
    std::map<std::string, std::unique_ptr<Provider>, std::less<>> before;
    for (std::unique_ptr<Provider>& provider : providers_)
        before.emplace(provider->name, std::move(provider));
    providers_.clear();
    for (std::unique_ptr<Provider>& provider : fresh.providers_) {
        auto same = before.extract(provider->name);
        providers_.push_back(same.empty() ? std::move(provider)
                                          : takeOver(std::move(same.mapped()), std::move(provider)));
    }
    for (auto& [name, provider] : before)
        retire(std::move(provider));
    // What services wanted is wanted by them now, or found at run time: their entries go, others stay.
    for (auto at = adopted_.begin(); at != adopted_.end();) {
        const bool ofService = at->second->resource && at->second->resource->config;
        const std::string& name = at->first;
        const bool taken =
            fresh.adopted_.contains(name) ||
            std::any_of(providers_.begin(), providers_.end(),
                        [&name](const auto& provider) { return provider->name == name; }) ||
            (at->second->resource && fresh.findServer(at->second->resource->server) != nullptr);
        if (ofService || taken) {
            retire(std::move(at->second));
            at = adopted_.erase(at);
        } else
            ++at;
    }
    for (auto& [name, provider] : fresh.adopted_)
        adopted_[name] = std::move(provider);
}

const Provider& ProviderCatalog::adopt(Provider provider) {
    std::unique_ptr<Provider>& place = adopted_[provider.name];
    if (place)
        *place = std::move(provider);
    else
        place = std::make_unique<Provider>(std::move(provider));
    return *place;
}

void ProviderCatalog::withdraw(std::string_view name) {
    const auto found = adopted_.find(name);
    if (found == adopted_.end())
        return;
    retire(std::move(found->second));
    adopted_.erase(found);
}

std::string ProviderCatalog::nameFor(const std::string& address) const {
    const QUrl url(QString::fromStdString(address), QUrl::StrictMode);
    std::string name = nameFrom(url.host(QUrl::FullyEncoded).toStdString());
    if (url.port() != -1)
        name.append("-").append(std::to_string(url.port()));
    if (find(name) == nullptr)
        return name;
    const std::string path = nameFrom(url.path(QUrl::FullyEncoded).toStdString());
    const std::string longer = path.empty() ? name : std::string(name).append("-").append(path);
    name = longer.substr(0, longestName);
    for (int number = 2; find(name) != nullptr; ++number)
        name = longer.substr(0, longestName).append("-").append(std::to_string(number));
    return name;
}

const Provider* ProviderCatalog::findByIssuer(std::string_view issuer) const {
    const std::string_view wanted = withoutSlash(issuer);
    if (wanted.empty())
        return nullptr;
    const auto at = std::find_if(providers_.begin(), providers_.end(), [&](const auto& provider) {
        return (provider->issuer && withoutSlash(*provider->issuer) == wanted) ||
               (provider->endpoints && withoutSlash(provider->endpoints->issuer) == wanted);
    });
    return at == providers_.end() ? nullptr : at->get();
}

std::vector<std::string> ProviderCatalog::names() const {
    std::vector<std::string> out;
    for (const std::unique_ptr<Provider>& provider : providers_)
        out.push_back(provider->name);
    for (const auto& [name, provider] : adopted_)
        out.push_back(name);
    std::sort(out.begin(), out.end());
    return out;
}

Error ProviderCatalog::unknownProvider(std::string_view name) const {
    const std::string near = nearest(name, names());
    Error error(ErrorCode::NotFound, "there is no provider called " + displaySafe(name, 60),
                near.empty() ? "Show those there are with: keybearer provider list"
                             : "Did you mean " + near + "?");
    if (!near.empty())
        error.details.emplace_back("did_you_mean", near);
    return error;
}

} // namespace keybearer

#pragma once

#include "broker/base/Result.h"
#include "broker/config/Config.h"
#include "broker/providers/Provider.h"

namespace keybearer {

// A preset with what the configuration changes. Issuer and endpoints are replaced as a whole, never mixed
// with those of the preset (SEC-C-17), and with them goes the place where the preset would send the token to
// ask who it is.
[[nodiscard]] Result<Provider> mergeProvider(const Provider& preset, const Config::ProviderEntry& entry);

// A provider that only the configuration knows: needs issuer, or authorization_endpoint and token_endpoint.
[[nodiscard]] Result<Provider> providerFrom(const Config::ProviderEntry& entry);

// The entry of an MCP server that the configuration names and whose authorization server is still to be found
// (Provider::Resource). `url` is canonical.
[[nodiscard]] Result<Provider> providerFrom(const ServiceConfig& service, const std::string& url);

} // namespace keybearer

#include "broker/stores/vault/VaultFault.h"

#include "broker/base/Text.h"

#include <QUrl>

#include <algorithm>

namespace keybearer {

namespace {

constexpr const char* wholeServer = "whole_server"; // a detail: see concernsAll()

// Of sys/health.
constexpr int disasterSecondary = 472;
constexpr int notInitialised = 501;
constexpr int notServing = 503;

Error unavailable(std::string message, std::string action) {
    return {ErrorCode::StoreUnavailable, std::move(message), std::move(action)};
}

Error forAll(Error error) {
    error.details.emplace_back(wholeServer, true);
    return error;
}

std::string said(const VaultAnswer& answer) {
    if (answer.errors.empty())
        return "HTTP " + std::to_string(answer.status);
    return "HTTP " + std::to_string(answer.status) + ": " + join(answer.errors, "; ");
}

std::string at(const VaultConfig& config) {
    return vaultPlace(config);
}

Error sealedFault(const VaultConfig& config) {
    return forAll(unavailable(at(config) + " is sealed",
                              "Unseal it (vault operator unseal, or bao operator unseal); until then tokens "
                              "that are loaded are served."));
}

Error denied(const VaultCall& call, const VaultAnswer& answer, const VaultConfig& config) {
    std::string action = "Allow \"";
    action.append(call.capability.empty() ? "read" : call.capability);
    action.append("\" on the path ").append(displaySafe(call.path)).append(" in the policy of the token");
    action.append(config.nameSpace.empty() ? "." : ", in the namespace of store.vault.namespace.");
    Error error = unavailable(std::string(at(config)).append(" refuses ").append(displaySafe(call.path)) +
                                  " (" + said(answer) + ")",
                              std::move(action));
    return error;
}

Error tooMuch(const VaultAnswer& answer, const VaultConfig& config) {
    Error error =
        unavailable(at(config) + " has had too many requests (" + said(answer) + ")",
                    "Raise its rate limit quota, or poll less often with store.vault.poll_seconds.");
    error.retryAfter = answer.retryAfter;
    return error;
}

Error noRoute(const VaultConfig& config) {
    return forAll(unavailable(
        std::string(at(config)).append(" has no secrets engine at ").append(displaySafe(config.mount)),
        "Correct store.vault.mount, or enable one: vault secrets enable -path=" + displaySafe(config.mount) +
            " -version=2 kv"));
}

} // namespace

std::string vaultPlace(const VaultConfig& config) {
    const QUrl url(QString::fromStdString(config.url));
    return "Vault at " + displaySafe(url.host().toStdString()) +
           (url.port() == -1 ? std::string() : ":" + std::to_string(url.port()));
}

bool concernsAll(const Error& error) {
    return error.detail(wholeServer) != nullptr;
}

Error forCallers(Error error) {
    const auto ours = [](const auto& detail) {
        return detail.first == wholeServer || detail.first == "sent";
    };
    error.details.erase(std::remove_if(error.details.begin(), error.details.end(), ours),
                        error.details.end());
    return error;
}

bool mayPass(const VaultAnswer& answer) {
    if (answer.status == notServing)
        return !answer.says("sealed");
    return answer.status == 429 || answer.status == 500 || answer.status == 502 || answer.status == 504 ||
           answer.status == 412;
}

Error vaultUnreachable(const Error& network, const VaultConfig& config) {
    const bool tls = network.action.find("network.ca_file") != std::string::npos;
    std::string action =
        "Start it, or correct store.vault.url; until then tokens that are loaded are served.";
    if (tls)
        action =
            "Check the clock; where the server's certificate is of an authority of your own, name that as "
            "store.vault.ca_file in config.yaml.";
    else if (!network.action.empty())
        action = network.action; // of the proxy
    Error error = unavailable(at(config) + ": " + network.message, std::move(action));
    for (const auto& [name, value] : network.details) {
        if (name == "sent")
            error.details.emplace_back(name, value);
    }
    return forAll(std::move(error));
}

Error vaultRefused(const VaultCall& call, const VaultAnswer& answer, const VaultConfig& config) {
    if (answer.status >= 300 && answer.status < 400)
        return forAll(unavailable(
            at(config) + " is a standby node that does not forward requests (" + said(answer) + ")",
            "Name the active node or a load balancer as store.vault.url; redirects are never followed."));
    if (answer.status == 403)
        return denied(call, answer, config);
    if (answer.status == 404 && answer.says("no handler for route"))
        return noRoute(config);
    if (answer.status == 429)
        return tooMuch(answer, config);
    if (answer.status == notServing && answer.says("sealed"))
        return sealedFault(config);
    if (answer.status == 413 || answer.says("too large"))
        return unavailable(at(config) + " takes no record of this size (" + said(answer) + ")",
                           "Raise max_request_size of its listener or max_entry_size of its storage.");
    if (answer.status >= 500) {
        Error error = forAll(unavailable(at(config) + " cannot serve now (" + said(answer) + ")",
                                         "Look at the server's log; we try again."));
        error.retryAfter = answer.retryAfter;
        return error;
    }
    return unavailable(std::string(at(config)).append(" refuses ").append(displaySafe(call.path)) + " (" +
                           said(answer) + ")",
                       "Look whether store.vault.url and store.vault.mount are right.");
}

Error vaultSignInRefused(const VaultAnswer& answer, const VaultConfig& config) {
    if ((answer.status != 400 && answer.status != 403 && answer.status != 404) ||
        answer.says("no handler for route")) {
        if (answer.status == 404)
            return forAll(unavailable(at(config) + " has no auth method " + config.auth + " where we look",
                                      "Correct store.vault.auth_mount, or enable it: vault auth enable " +
                                          config.auth));
        VaultCall call;
        call.path = "auth";
        return forAll(vaultRefused(call, answer, config));
    }
    std::string action = "Put a valid token into store.vault.token_file or store.vault.token.";
    if (config.auth == "approle")
        action = "Give the AppRole a new secret id (store.vault.secret_id or secret_id_file), and check "
                 "store.vault.role_id.";
    if (config.auth == "kubernetes")
        action = "Check store.vault.role, and that it is bound to this pod's service account.";
    return forAll(unavailable(
        at(config) + " refuses our sign-in by " + config.auth + " (" + said(answer) + ")", action));
}

std::optional<Error> vaultUnwell(const VaultAnswer& answer, const VaultConfig& config) {
    if (answer.status == notInitialised)
        return forAll(unavailable(at(config) + " is not initialised",
                                  "Initialise and unseal it: vault operator init, vault operator unseal."));
    if (answer.status == disasterSecondary)
        return forAll(unavailable(at(config) + " is a disaster recovery secondary, which serves nobody",
                                  "Name the primary cluster as store.vault.url."));
    if (answer.status == notServing &&
        (answer.says("sealed") || (answer.body.is_object() && booleanAt(answer.body, "sealed") == true)))
        return sealedFault(config);
    if (answer.status >= 300 && answer.status < 400)
        return vaultRefused({}, answer, config);
    // Standby nodes (429, 473) pass requests on; others may hide this path from us.
    return std::nullopt;
}

Result<void> checkVaultMount(const VaultAnswer& answer, const VaultConfig& config) {
    const std::string mount = displaySafe(config.mount);
    if (answer.status == 403 || answer.status == 404)
        return failure(forAll(
            unavailable(std::string(at(config)).append(" shows us no secrets engine at ") + mount,
                        "Correct store.vault.mount or store.vault.namespace, or give the token a policy for "
                        "this mount.")));
    const Json data = answer.body.is_object() ? answer.body.value("data", Json()) : Json();
    const std::string type = stringAt(data, "type").value_or("");
    if (type != "kv" && type != "generic")
        return failure(forAll(
            unavailable(std::string("The secrets engine at ").append(mount).append(" is of the kind ") +
                            (type.empty() ? "unknown" : displaySafe(type, 40)),
                        "Name a mount of the engine KV version 2 as store.vault.mount.")));
    const Json options = data.value("options", Json());
    if (stringAt(options, "version") != "2")
        return failure(forAll(unavailable(
            std::string("The secrets engine at ").append(mount).append(" is KV version 1"),
            "Enable version 2: vault kv enable-versioning " + mount + ", or name another mount.")));
    return {};
}

} // namespace keybearer

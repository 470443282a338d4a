#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace keybearer {

class SealedSecret;

// The section `store.redis`: a Redis server that several brokers share (docs/stores.md). Only sealed records
// go there.
struct RedisConfig {
    std::string url; // redis://host[:port][,host[:port]...][/database], rediss:// with TLS, or unix:/path
    std::string username; // of an ACL user; empty: `default`
    std::shared_ptr<const SealedSecret> password;
    std::filesystem::path passwordFile;                // instead of it, read at every connection
    std::filesystem::path caFile;                      // PEM; empty: the system's
    std::filesystem::path certificate, certificateKey; // shown to the server; both or none
    int replicas = 0; // a write counts once so many replicas have it, where the server has them
};

// The section `store.vault`: HashiCorp Vault or OpenBao, secrets engine KV version 2.
struct VaultConfig {
    std::string url; // https://host:port; http only to this machine
    std::string mount = "secret";
    std::string nameSpace;      // of Vault Enterprise and HCP; empty: none
    std::string auth = "token"; // token, approle, kubernetes
    std::string authMount;      // empty: as the method is called
    std::shared_ptr<const SealedSecret> token;
    std::filesystem::path tokenFile; // instead of it; read at every sign-in there
    std::string roleId;              // approle
    std::shared_ptr<const SealedSecret> secretId;
    std::filesystem::path secretIdFile;
    std::string role; // kubernetes
    std::filesystem::path jwtFile = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    std::filesystem::path caFile;
    std::string transitKey; // wraps the store's key as well; empty: not used
    std::string transitMount = "transit";
    std::chrono::seconds poll{5}; // how often what other brokers wrote is looked for
};

} // namespace keybearer

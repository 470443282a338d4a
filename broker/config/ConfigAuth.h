#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace keybearer {

// The section auth: as it was written. What it means is AuthRules' business (docs/auth-rules.md).
struct AuthConfig {
    // Which credential: one auth block.
    struct Choice {
        std::string type; // oauth, device_code, api_key, service_account; empty: not said
        std::string provider;
        std::string account;
        std::string keyRef; // name of an API key
        std::string resource;
        std::vector<std::string> scopes;
    };
    // How specific a rule is, least first: the order in which the levels give way to each other.
    enum class Level { Default, Server, Service, Pattern, Capability, Tool };
    struct Entry {
        Level level = Level::Default;
        std::string name;    // of a service, capability or tool; of a pattern rule what it is called
        std::string match;   // Pattern: glob, or regular expression between slashes
        std::string service; // Pattern: only for tools of this service; empty: of any
        std::int64_t priority = 0;
        Choice choice;
        std::string key;   // "auth.tools.read_file", for what is found wrong later
        std::string where; // "config.yaml:12" or an environment variable
    };

    std::string mode; // simple, advanced, rules; empty: what the keys belong to
    std::string modeWhere;
    std::vector<Entry> entries; // in file order
};

// How often something may be asked: on average `requests` in `window`, at most `burst` at once.
struct RateLimitConfig {
    std::int64_t requests = 0; // 0: as often as it likes
    std::chrono::seconds window{60};
    std::int64_t burst = 0; // 0: as many as `requests`
};

// The external decision point, Open Policy Agent's REST data API.
struct PolicyConfig {
    std::string opaUrl; // empty: there is none
    std::chrono::milliseconds timeout{500};
    std::chrono::seconds cache{5};
};

} // namespace keybearer

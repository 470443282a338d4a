#pragma once

#include "broker/gateway/door/ServedRequest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// What a path takes, whoever answers it.
struct RouteRules {
    std::vector<std::string> methods;
    std::string mediaType;                    // of a POST; empty: any
    std::optional<std::uint64_t> longestBody; // absent: streamed, without a bound
    bool page = false;   // people are led there by other sites; nothing for scripts of others
    bool shared = false; // scripts of listed origins may read the answers (CORS)
};

// Which path is answered by whom. Filled when the process starts; outlives the doors. Event loop thread.
class RouteTable {
public:
    struct Entry {
        std::string before; // "/as/"
        std::string behind; // "/token"; nothing where the path has no variable segment
        bool variable = false;
        RouteRules rules;
        Route* route = nullptr;
    };

    // `pattern` has at most one segment "*", the service: "/as/*/token", "/healthz".
    void add(std::string_view pattern, RouteRules rules, Route& route);

    // Null: nobody answers there. `service` becomes what stands for "*".
    [[nodiscard]] const Entry* find(std::string_view path, std::string& service) const;

private:
    std::vector<Entry> entries_;
};

} // namespace keybearer

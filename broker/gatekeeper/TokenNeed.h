#pragma once

#include <string>

namespace keybearer {

// What the gateway needs a token for, as exchange.token says it. Words of servers are cut, nothing more.
struct TokenNeed {
    std::string tool;
    std::string operation;   // "tools/call add_numbers"
    std::string sent;        // serial of the token that the server refused; empty: none was sent
    bool challenged = false; // the server refused; what follows is its challenge
    int status = 0;
    std::string scheme; // Bearer, DPoP; empty: it named none
    std::string error;
    std::string scope;
    std::string resourceMetadata;
    bool interactive = true; // somebody waits for it: a person may be asked
};

// What a proof is needed for, as exchange.proof says it.
struct ProofNeed {
    std::string serial;
    std::string method;
    std::string url;
    std::string nonce;
};

} // namespace keybearer

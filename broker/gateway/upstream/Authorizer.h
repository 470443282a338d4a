#pragma once

#include "broker/base/Result.h"

#include <string>
#include <utility>
#include <vector>

namespace keybearer {

// One field of an HTTP message. Names of what was received are in lower case.
using HttpField = std::pair<std::string, std::string>;

// Which request of the upstream connection wants to go out.
struct AuthorizationTarget {
    std::string method;    // "POST"
    std::string url;       // where it goes
    std::string tool;      // of tools/call; empty otherwise
    std::string operation; // "tools/call add_numbers", as step-ups are remembered; "stream" of a GET stream
    std::string requestId; // of the message that goes out; empty for streams, notifications and responses
};

// A refusal that may mean: with another token. 401, 403 and, where `dpopNonce` is set, any other.
struct AuthorizationChallenge {
    int status = 401;
    std::vector<std::string> wwwAuthenticate; // the fields as they came
    std::string dpopNonce;                    // RFC 9449 section 9; empty: none
};

// What gives a request its authorization. Implemented by the exchange, which asks the broker; used by the
// connections to servers, which never learn where tokens come from. Event loop thread.
class Authorizer {
public:
    virtual ~Authorizer() = default;
    using Fields = std::vector<HttpField>;

    // The fields to send along: none, Authorization, or Authorization and DPoP. New for every request, also
    // for a repeated one. Completes at once (from inside the call) when the token is at hand.
    virtual void authorize(const AuthorizationTarget& target, Completion<Fields> done) = 0;

    // The server refused what was sent. Success: ask authorize() again and repeat the request; the exchange
    // bounds how often. Failure: that is the answer for whoever asked.
    virtual void challenged(const AuthorizationTarget& target, AuthorizationChallenge challenge,
                            Completion<void> done) = 0;

    // An answer that was no refusal brought a nonce for the proofs to come (RFC 9449 section 8.2).
    virtual void nonceSeen(const AuthorizationTarget& target, const std::string& nonce) {
        static_cast<void>(target);
        static_cast<void>(nonce);
    }
};

} // namespace keybearer

#pragma once

#include "broker/base/Result.h"
#include "broker/base/Secret.h"

#include <cstdint>
#include <string>
#include <utility>

namespace keybearer {

// What is said of an item beside its value.
struct ItemTag {
    // Implicit: most stores keep nothing but the label.
    ItemTag(std::string text = {}) : label(std::move(text)) {} // NOLINT(google-explicit-constructor)
    ItemTag(const char* text) : label(text) {}                 // NOLINT(google-explicit-constructor)
    std::string label;                                         // what a person sees in a keychain application
    // For stores that several brokers share; others leave both out.
    std::uint64_t generation = 0; // of the credential: the newest wins. 0: not a credential
    std::string record;           // packRecord() of the credential, without secrets. Empty: not a credential
};

// Where the secrets of credentials lie for good. Owned by the Broker, event loop thread. Every call has a
// deadline of its own and completes exactly once, later, from the event loop; calls on one id are carried out
// in order. Failures: NotFound (certainly absent), StoreLocked (there, but the store is locked),
// StoreUnavailable (no service, no answer in time, refused), ParseError (the item is there but damaged, or
// older than it should be; the rest of the store is not affected). An erase succeeds only if the item is
// certainly gone.
class CredentialStore {
public:
    virtual ~CredentialStore() = default;

    // `id` is unique in this store.
    virtual void write(std::string id, ItemTag tag, Secret value, Completion<void> done) = 0;
    virtual void read(std::string id, Completion<Secret> done) = 0;
    virtual void erase(std::string id, Completion<void> done) = 0;

    struct Health {
        enum class State { Unknown, Ready, Locked, Unavailable } state = State::Unknown;
        std::string backend; // "keychain", "file", "memory", "redis", "vault"
        std::string problem; // one line; empty if there is none
        std::string action;  // what the person can do; empty if nothing
    };
    // As of the last call; never asks the service.
    [[nodiscard]] virtual Health health() const = 0;
};

} // namespace keybearer

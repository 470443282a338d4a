#pragma once

#include "broker/base/Clock.h"
#include "broker/oauth/SigningKey.h"

#include <QUrl>

#include <memory>

namespace keybearer {

// The key of a service account: who it speaks for and what it signs with (RFC 7523 section 2.1). Read from
// Google's JSON key file, or from an object {issuer, private_key, key_id?, algorithm?, audience?, token_uri?}
// of our own. Immutable and shared; any thread; the private part lies sealed.
class ServiceAccountKey {
public:
    // A key file's text. InvalidParams, each cause with words of its own and detail "reason": not_a_key_file,
    // wrong_kind, missing_member, unknown_member, bad_address, bad_key.
    [[nodiscard]] static Result<std::shared_ptr<const ServiceAccountKey>> parse(const Secret& file);

    [[nodiscard]] const std::string& issuer() const { return issuer_; }
    [[nodiscard]] const std::string& audience() const { return audience_; } // empty: the token endpoint
    [[nodiscard]] const QUrl& tokenUri() const { return tokenUri_; }        // empty: the provider's

    // What it asserts (RFC 7523 section 3), signed. `subject`: for whom it acts; empty: itself. Google's kind
    // carries the scopes inside and no subject but a foreign one. Failure: InternalError.
    [[nodiscard]] Result<Secret> assertion(const std::string& tokenEndpoint, const std::string& subject,
                                           const std::string& scope, WallTime now) const;
    // Whether the scopes stand in the assertion; else they are a parameter of the request.
    [[nodiscard]] bool scopesInside() const { return google_; }

private:
    ServiceAccountKey() = default;

    std::string issuer_;
    std::string audience_;
    QUrl tokenUri_;
    bool google_ = false;
    std::shared_ptr<const SigningKey> key_;
};

} // namespace keybearer

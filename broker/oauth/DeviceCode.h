#pragma once

#include "broker/http/HttpTransport.h"

#include <QUrl>

#include <optional>

namespace keybearer {

// What a person is shown of a device authorization (RFC 8628 section 3.2). No secret: the device_code is not
// in it.
struct DeviceCode {
    std::string userCode; // visible ASCII, to be compared and typed
    QUrl verificationUri;
    QUrl verificationUriComplete; // empty: none; on the host of verificationUri
    WallTime expiresAt{};
    std::chrono::seconds interval{5};
};

// A device authorization endpoint's answer, checked and bounded. Pure.
//
// Failures: as oauthError() of TokenResponse.h when the server said no; ProviderError when a member breaks
// the grammar or an address is neither https nor loopback (SEC-C-38); ProviderUnavailable when it is no
// answer at all.
struct DeviceAuthorization {
    Secret deviceCode; // never shown, never logged (RFC 8628 section 5.2)
    DeviceCode shown;
};
[[nodiscard]] Result<DeviceAuthorization> parseDeviceAuthorization(const HttpResponse& response,
                                                                   WallTime now);

// How often the token endpoint is asked, and what its answers mean (RFC 8628 section 3.5, SEC-C-31). A
// value.
class DevicePace {
public:
    explicit DevicePace(std::chrono::seconds interval) : interval_(interval) {}

    // The wait before the next question: the interval, longer after failures to reach the server.
    [[nodiscard]] std::chrono::seconds wait() const;
    // What the failure of a question means: nothing (ask again after wait()), or the end and why.
    [[nodiscard]] std::optional<Error> judge(const Error& error);

private:
    std::chrono::seconds interval_; // grows with every slow_down, for good
    int failures_ = 0;              // in a row, without an answer from the server
    std::chrono::seconds asked_{0}; // Retry-After of the last answer
};

// The code has expired, as the server says or as the clock does.
[[nodiscard]] Error deviceCodeExpired();

} // namespace keybearer

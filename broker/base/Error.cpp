#include "broker/base/Error.h"

namespace keybearer {

bool isTransient(ErrorCode code) {
    switch (code) {
    case ErrorCode::AuthorizationPending:
    case ErrorCode::ProviderUnavailable:
    case ErrorCode::RateLimited:
    case ErrorCode::PolicyUnavailable:
    case ErrorCode::StoreLocked:
    case ErrorCode::StoreUnavailable:
    case ErrorCode::TimedOut:
    case ErrorCode::BrokerUnreachable:
        return true;
    case ErrorCode::AuthorizationRequired:
    case ErrorCode::SignInAgain:
    case ErrorCode::InsufficientScope:
    case ErrorCode::ConsentRequired:
    case ErrorCode::ConsentDenied:
    case ErrorCode::ConsentUnavailable:
    case ErrorCode::ProviderError:
    case ErrorCode::PolicyDenied:
    case ErrorCode::NotFound:
    case ErrorCode::ClientDisabled:
    case ErrorCode::ClientExpired:
    case ErrorCode::ClientUnknown:
    case ErrorCode::NotConfigured:
    case ErrorCode::Cancelled:
    case ErrorCode::ParseError:
    case ErrorCode::InvalidRequest:
    case ErrorCode::MethodNotFound:
    case ErrorCode::InvalidParams:
    case ErrorCode::InternalError:
        return false;
    }
    return false;
}

const ErrorDetail* Error::detail(std::string_view key) const {
    for (const auto& [name, value] : details) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

} // namespace keybearer

#include "broker/protocol/RpcError.h"

#include <array>

namespace keybearer {

namespace {

struct Row {
    ErrorCode code;
    int number;
    std::string_view name;
    int exit;
    std::string_view action;
};

constexpr std::array rows{
    Row{ErrorCode::AuthorizationRequired, -31001, "authorization_required", 4,
        "Sign in with: keybearer login PROVIDER"},
    Row{ErrorCode::AuthorizationPending, -31002, "authorization_pending", 4,
        "Finish the sign-in in the browser, then ask again."},
    Row{ErrorCode::SignInAgain, -31003, "sign_in_again", 4, "Sign in again with: keybearer login PROVIDER"},
    Row{ErrorCode::InsufficientScope, -31004, "insufficient_scope", 4,
        "Sign in again and ask for the missing scopes with --scope."},
    Row{ErrorCode::ConsentRequired, -31005, "consent_required", 5,
        "Answer the question in the tray or with: keybearer consent pending"},
    Row{ErrorCode::ConsentDenied, -31005, "consent_denied", 5,
        "You said no. Ask again if that was a mistake."},
    Row{ErrorCode::ConsentUnavailable, -31005, "consent_unavailable", 5,
        "Start the tray, run the command in a terminal, or allow the program under callers: in config.yaml."},
    Row{ErrorCode::ProviderUnavailable, -31006, "provider_unavailable", 6,
        "Nothing is lost; try again when the provider answers."},
    Row{ErrorCode::ProviderError, -31007, "provider_error", 6,
        "Look at the provider's own words; its documentation explains the code."},
    Row{ErrorCode::RateLimited, -31008, "rate_limited", 10, "Wait, then ask again."},
    Row{ErrorCode::PolicyDenied, -31009, "policy_denied", 5, "Ask whoever wrote the policy."},
    Row{ErrorCode::PolicyUnavailable, -31009, "policy_unavailable", 5,
        "The policy server did not answer; try again."},
    Row{ErrorCode::StoreLocked, -31010, "store_locked", 8, "Unlock the keychain, then ask again."},
    Row{ErrorCode::StoreUnavailable, -31010, "store_unavailable", 8,
        "See what is wrong with: keybearer doctor"},
    Row{ErrorCode::NotFound, -31011, "not_found", 9, "See what there is with: keybearer status"},
    Row{ErrorCode::ClientDisabled, -31012, "client_disabled", 5,
        "Enable the client with: keybearer client enable"},
    Row{ErrorCode::ClientExpired, -31012, "client_expired", 5,
        "Add the client anew with: keybearer client add"},
    Row{ErrorCode::ClientUnknown, -31012, "client_unknown", 5, "Check KEYBEARER_CLIENT_KEY."},
    Row{ErrorCode::NotConfigured, -31013, "not_configured", 2,
        "See where to register with: keybearer provider list"},
    Row{ErrorCode::TimedOut, -31014, "timed_out", 7, "Try again; --timeout gives it longer."},
    Row{ErrorCode::Cancelled, -31015, "cancelled", 1, "Start again when you are ready."},
    Row{ErrorCode::BrokerUnreachable, -31016, "broker_unreachable", 3, "Start it with: keybearer status"},
    Row{ErrorCode::ParseError, -32700, "parse_error", 2, "Send one JSON object a line."},
    Row{ErrorCode::InvalidRequest, -32600, "invalid_request", 2, "Send a JSON-RPC 2.0 request."},
    Row{ErrorCode::MethodNotFound, -32601, "method_not_found", 2, "See the methods with: rpc.discover"},
    Row{ErrorCode::InvalidParams, -32602, "invalid_params", 2, "See the parameters with: rpc.discover"},
    Row{ErrorCode::InternalError, -32603, "internal_error", 1,
        "Report it, with the output of: keybearer doctor"},
};

const Row& rowOf(ErrorCode code) {
    for (const Row& row : rows) {
        if (row.code == code)
            return row;
    }
    return rows.back();
}

Json detailValue(const ErrorDetail& detail) {
    return std::visit([](const auto& value) { return Json(value); }, detail);
}

} // namespace

RpcErrorName rpcErrorName(ErrorCode code) {
    const Row& row = rowOf(code);
    return {row.number, row.name};
}

std::string_view defaultAction(ErrorCode code) {
    return rowOf(code).action;
}

int exitStatus(ErrorCode code) {
    return rowOf(code).exit;
}

Json toRpcError(const Error& error) {
    const Row& row = rowOf(error.code);
    Json data = Json::object();
    for (const auto& [key, value] : error.details)
        data[key] = detailValue(value);
    data["name"] = row.name;
    data["action"] = error.action.empty() ? std::string(row.action) : error.action;
    if (error.retryAfter)
        data["retry_after_seconds"] = error.retryAfter->count();
    if (error.code == ErrorCode::ProviderUnavailable)
        data["transient"] = true;
    return Json{{"code", row.number}, {"message", error.message}, {"data", std::move(data)}};
}

Error fromRpcError(const Json& object) {
    const Json data = object.contains("data") && object["data"].is_object() ? object["data"] : Json::object();
    const std::string name = stringAt(data, "name").value_or("");
    const std::int64_t number = integerAt(object, "code").value_or(0);
    Error error(ErrorCode::InternalError, stringAt(object, "message").value_or("the broker sent no message"));
    for (const Row& row : rows) {
        if (row.name == name || (name.empty() && row.number == number)) {
            error.code = row.code;
            break;
        }
    }
    error.action = stringAt(data, "action").value_or("");
    if (const auto retry = integerAt(data, "retry_after_seconds"))
        error.retryAfter = std::chrono::seconds(*retry);
    for (const auto& [key, value] : data.items()) {
        if (key == "name" || key == "action" || key == "retry_after_seconds")
            continue;
        if (value.is_string())
            error.details.emplace_back(key, value.get<std::string>());
        else if (value.is_boolean())
            error.details.emplace_back(key, value.get<bool>());
        else if (value.is_number_integer())
            error.details.emplace_back(key, value.get<std::int64_t>());
        else if (value.is_array())
            error.details.emplace_back(key, stringsAt(data, key.c_str()));
    }
    return error;
}

} // namespace keybearer

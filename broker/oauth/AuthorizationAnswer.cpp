#include "broker/oauth/AuthorizationAnswer.h"

#include "broker/base/Text.h"

namespace keybearer {

namespace {

constexpr std::size_t codeLimit = 4096; // more would not fit into the redirect's head either
constexpr std::size_t errorCodeShown = 100;

const std::string* find(const std::map<std::string, std::string>& parameters, const char* name) {
    const auto found = parameters.find(name);
    return found == parameters.end() ? nullptr : &found->second;
}

AuthorizationAnswer refused(Error error) {
    AuthorizationAnswer answer;
    answer.kind = AuthorizationAnswer::Kind::Refused;
    answer.error = std::move(error);
    return answer;
}

AuthorizationAnswer serverError(const std::map<std::string, std::string>& parameters,
                                const std::string& code) {
    const std::string shown = displaySafe(code, errorCodeShown);
    Error error = code == "access_denied"
                      ? Error(ErrorCode::Cancelled, "The sign-in was declined at the provider")
                      : Error(ErrorCode::ProviderError, "The authorization server answered: " + shown);
    error.details.emplace_back("error", shown);
    for (const char* name : {"error_description", "error_uri"}) {
        if (const std::string* text = find(parameters, name))
            error.details.emplace_back(name, displaySafe(*text));
    }
    return refused(std::move(error));
}

} // namespace

AuthorizationAnswer judgeAnswer(const std::map<std::string, std::string>& parameters,
                                const AuthorizationExpectation& expected) {
    const std::string* state = find(parameters, "state");
    if (state == nullptr || expected.state.empty() || !expected.state.equals(*state))
        return {};
    const std::string* issuer = find(parameters, "iss");
    if (issuer == nullptr && expected.issParameterSupported)
        return refused(
            Error(ErrorCode::ProviderError, "The answer does not say which authorization server sent it")
                .with("reason", "iss_missing"));
    if (issuer != nullptr && !expected.issuer.empty() && *issuer != expected.issuer)
        return refused(Error(ErrorCode::ProviderError, "The answer comes from another authorization server")
                           .with("reason", "iss_mismatch"));
    if (const std::string* error = find(parameters, "error"))
        return serverError(parameters, *error);
    const std::string* code = find(parameters, "code");
    if (code == nullptr || code->empty() || code->size() > codeLimit || !isVisibleAscii(*code))
        return refused(
            Error(ErrorCode::ProviderError, "The answer of the authorization server holds no code"));
    AuthorizationAnswer answer;
    answer.kind = AuthorizationAnswer::Kind::Granted;
    answer.code = Secret::copyOf(*code);
    return answer;
}

} // namespace keybearer

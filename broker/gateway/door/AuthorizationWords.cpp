#include "broker/gateway/door/AuthorizationWords.h"

#include "broker/base/Ascii.h"
#include "broker/base/Text.h"
#include "broker/gateway/door/FormFields.h"

#include <sodium.h>

#include <algorithm>
#include <optional>

namespace keybearer {

namespace {

constexpr std::size_t longestCredential = 4096;
constexpr JsonLimits documentLimits{8, 64, 1000}; // client metadata (RFC 7591)

tl::unexpected<Error> wrong(std::string what) {
    return failure(ErrorCode::InvalidRequest, std::move(what));
}

std::optional<std::string> base64Decoded(std::string_view text) {
    std::string out(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), text.data(), text.size(),
                          nullptr, &size, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0)
        return {};
    out.resize(size);
    return out;
}

// RFC 6749 section 2.3.1: both halves are written as a form has them.
std::optional<std::string> formDecoded(std::string_view text) {
    std::string field("v=");
    for (const char c : text) {
        if (c == '&')
            return {};
        field.push_back(c);
    }
    const FormFields read = FormFields::of(field);
    if (!read.problem().empty())
        return {};
    return read.values().at("v");
}

Result<Json> credentialsOf(std::string_view value) {
    const std::size_t space = value.find(' ');
    const std::string scheme = lowered(value.substr(0, space));
    const std::string_view rest =
        space == std::string_view::npos ? std::string_view() : value.substr(space + 1);
    if (value.size() > longestCredential || rest.empty())
        return wrong("the Authorization field is not written as it has to be");
    if (scheme == "bearer" && isBearerToken(rest))
        return Json{{"scheme", "Bearer"}, {"password", rest}};
    const std::optional<std::string> pair = scheme == "basic" ? base64Decoded(rest) : std::nullopt;
    const std::size_t colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos)
        return wrong("the Authorization field is not written as it has to be");
    const std::optional<std::string> user = formDecoded(std::string_view(*pair).substr(0, colon));
    const std::optional<std::string> password = formDecoded(std::string_view(*pair).substr(colon + 1));
    if (!user || !password)
        return wrong("the Authorization field is not written as it has to be");
    return Json{{"scheme", "Basic"}, {"user", *user}, {"password", *password}};
}

Result<Json> paramsOf(const RequestHead& head, const std::string& endpoint, std::string_view body) {
    const bool person = endpoint == "authorize" || endpoint == "wait";
    if (head.method == "POST" && !person && !head.query.empty())
        return wrong("parameters of this request belong into its body");
    std::string text = head.query;
    if (head.method == "POST" && endpoint != "register")
        text.append(text.empty() ? "" : "&").append(body);
    const FormFields fields = FormFields::of(text);
    if (!fields.problem().empty())
        return wrong(fields.problem());
    return Json(fields.values());
}

} // namespace

Result<Json> authorizationWords(const RequestHead& head, const std::string& endpoint, std::string_view body) {
    Json out{{"service", head.service},
             {"endpoint", endpoint},
             {"base", head.base},
             {"method", head.method},
             {"socket", head.overSocket}};
    Result<Json> params = paramsOf(head, endpoint, body);
    if (!params)
        return tl::unexpected(params.error());
    out["params"] = params->is_null() ? Json::object() : std::move(*params);
    if (endpoint == "register") {
        Result<Json> document = parseJson(body, documentLimits);
        if (!document || !document->is_object())
            return wrong("the body is no JSON object");
        out["document"] = std::move(*document);
    }
    const auto shown = std::count_if(head.fields.begin(), head.fields.end(),
                                     [](const HttpField& field) { return field.first == "authorization"; });
    if (shown > 1)
        return wrong("there is more than one Authorization field");
    if (shown == 1) {
        Result<Json> credentials = credentialsOf(head.field("authorization"));
        if (!credentials)
            return tl::unexpected(credentials.error());
        out["authorization"] = std::move(*credentials);
    }
    return out;
}

} // namespace keybearer

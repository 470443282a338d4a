#include "broker/authserver/AsMessage.h"

#include "broker/base/Secret.h"

namespace keybearer {

namespace {

constexpr std::size_t longestWord = 128; // service, endpoint, scheme

Result<AsRequest::Authorization> authorizationOf(const Json& value) {
    AsRequest::Authorization out;
    const std::optional<std::string> scheme = stringAt(value, "scheme");
    if (!value.is_object() || !scheme || scheme->size() > longestWord)
        return failure(ErrorCode::InvalidParams, "as.request: authorization has no scheme");
    out.scheme = *scheme;
    out.user = stringAt(value, "user").value_or("");
    out.password = stringAt(value, "password").value_or("");
    return out;
}

const char* stateWord(AsPage::State state) {
    return state == AsPage::State::Waiting ? "waiting" : state == AsPage::State::Done ? "done" : "failed";
}

Json pageToJson(const AsPage& page) {
    Json out{{"title", page.title}, {"text", page.text}, {"state", stateWord(page.state)}};
    if (!page.again.empty())
        out["again"] = page.again;
    if (page.form)
        out["form"] = {
            {"action", page.form->action}, {"fields", page.form->fields}, {"button", page.form->button}};
    return out;
}

} // namespace

AsRequest::~AsRequest() {
    for (auto& [name, value] : params)
        wipe(value);
    if (authorization)
        wipe(authorization->password);
}

Result<AsRequest> AsRequest::from(const Json& params) {
    AsRequest request;
    const auto service = stringAt(params, "service");
    const auto endpoint = stringAt(params, "endpoint");
    const auto base = stringAt(params, "base");
    const auto method = stringAt(params, "method");
    if (!service || !endpoint || !base || !method || service->size() > longestWord ||
        endpoint->size() > longestWord)
        return failure(ErrorCode::InvalidParams, "as.request needs service, endpoint, base and method");
    request.service = *service;
    request.endpoint = *endpoint;
    request.base = *base;
    request.method = *method;
    request.socket = booleanAt(params, "socket").value_or(false);
    if (const auto found = params.find("params"); found != params.end()) {
        if (!found->is_object())
            return failure(ErrorCode::InvalidParams, "as.request: params is no object");
        for (const auto& [name, value] : found->items()) {
            if (!value.is_string())
                return failure(ErrorCode::InvalidParams, "as.request: a parameter is no text");
            request.params[name] = value.get<std::string>();
        }
    }
    if (const auto document = params.find("document"); document != params.end())
        request.document = *document;
    if (const auto shown = params.find("authorization"); shown != params.end()) {
        Result<AsRequest::Authorization> read = authorizationOf(*shown);
        if (!read)
            return tl::unexpected(read.error());
        request.authorization = std::move(*read);
    }
    return request;
}

std::string AsRequest::param(const std::string& name) const {
    const auto found = params.find(name);
    return found == params.end() ? std::string() : found->second;
}

Json AsAnswer::toJson() const {
    Json out{{"status", status}};
    for (const auto& [name, value] : fields)
        out["fields"].push_back(Json::array({name, value}));
    if (!body.is_null())
        out["body"] = body;
    if (!redirect.empty())
        out["redirect"] = redirect;
    if (page)
        out["page"] = pageToJson(*page);
    return out;
}

AsAnswer errorDocument(int status, const char* error, const std::string& description) {
    AsAnswer answer;
    answer.status = status;
    answer.fields = {{"Cache-Control", "no-store"}};
    answer.body = {{"error", error}, {"error_description", description}};
    return answer;
}

AsAnswer errorPage(const std::string& title, const std::string& text, int status) {
    AsAnswer answer;
    answer.status = status;
    answer.page = AsPage{title, text, AsPage::State::Failed, "", std::nullopt};
    return answer;
}

} // namespace keybearer

#include "broker/gateway/ClientSubscriptions.h"

#include "broker/base/Json.h"
#include "broker/gateway/Revisions.h"

namespace keybearer {

namespace {

constexpr std::size_t mostListening = 64;    // subscriptions of one client
constexpr std::size_t mostResources = 1'000; // watched by one subscription
constexpr int invalidParams = -32602;

void stamp(JsonMembers& params, const std::string& subscription) {
    JsonMembers paramsMeta = params.object("_meta");
    paramsMeta.set(meta::subscriptionId, subscription);
    params.set("_meta", paramsMeta.dump());
}

// The part of a filter that lets a notification through.
const char* filterOf(const std::string& method) {
    if (method == "notifications/tools/list_changed")
        return "toolsListChanged";
    if (method == "notifications/prompts/list_changed")
        return "promptsListChanged";
    if (method == "notifications/resources/list_changed")
        return "resourcesListChanged";
    return method == "notifications/resources/updated" ? "resourceSubscriptions" : nullptr;
}

} // namespace

std::vector<std::string> ClientSubscriptions::open(const MessageView& view, std::string_view text,
                                                   const JsonMembers& capabilities) {
    const std::optional<JsonMembers> outer = JsonMembers::of(text);
    const JsonMembers wanted = outer ? outer->object("params").object("notifications") : JsonMembers();
    if (wanted_.size() == mostListening) {
        desk_.toClient(errorText(view.id, invalidParams, "too many subscriptions are open"));
        return {};
    }
    JsonMembers honored;
    const auto take = [&](const char* key, const char* capability, const char* flag) {
        const auto value = wanted.find(key);
        const JsonMembers offered = capabilities.object(capability);
        if (value && value != "false" && offered.find(flag) == "true")
            honored.set(key, std::string(*value));
    };
    take("toolsListChanged", "tools", "listChanged");
    take("promptsListChanged", "prompts", "listChanged");
    take("resourcesListChanged", "resources", "listChanged");
    take("resourceSubscriptions", "resources", "subscribe");
    wanted_[view.id] = honored;
    JsonMembers params;
    params.set("notifications", honored.dump());
    stamp(params, view.id);
    desk_.toClient(notificationText("notifications/subscriptions/acknowledged", params.dump()));
    std::vector<std::string> resources;
    const Json uris = Json::parse(honored.find("resourceSubscriptions").value_or("[]"), nullptr, false);
    for (const Json& uri : uris) {
        if (uri.is_string() && resources.size() < mostResources)
            resources.push_back(uri.get<std::string>());
    }
    return resources;
}

void ClientSubscriptions::spread(const MessageView& view, std::string_view text) const {
    const char* filter = filterOf(view.method);
    if (filter == nullptr)
        return;
    const JsonMembers outer = JsonMembers::of(text).value_or(JsonMembers());
    for (const auto& [id, wanted] : wanted_) {
        const auto value = wanted.find(filter);
        const bool one = view.method == "notifications/resources/updated";
        if (!value || (one && value->find(quotedJson(view.name)) == std::string_view::npos))
            continue;
        JsonMembers params = outer.object("params");
        stamp(params, id);
        desk_.toClient(notificationText(view.method, params.dump()));
    }
}

} // namespace keybearer

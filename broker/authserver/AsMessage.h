#pragma once

#include "broker/base/Json.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace keybearer {

// What the gateway asks the authorization server: as.request of docs/gateway-http.md, one HTTP request below
// /as/SERVICE. Its door has refused repeated parameters and whatever is too long. Wiped when it goes: it may
// hold codes, refresh tokens and secrets.
struct AsRequest {
    struct Authorization {
        std::string scheme;   // as sent: "Basic", "Bearer"
        std::string user;     // of Basic, decoded (RFC 6749 section 2.3.1)
        std::string password; // of Basic; of Bearer the token
    };
    std::string service;
    std::string endpoint; // last word of the path: authorize, wait, token, register, revoke, introspect, jwks
    std::string base;     // "http://127.0.0.1:4180", with the host that the client named
    std::string method;   // GET, POST
    std::map<std::string, std::string> params;
    Json document; // of register: what was posted; null elsewhere
    std::optional<Authorization> authorization{};
    bool socket = false; // it came through gateway.sock

    AsRequest() = default;
    AsRequest(AsRequest&&) = default;
    AsRequest(const AsRequest&) = default;
    AsRequest& operator=(AsRequest&&) = default;
    AsRequest& operator=(const AsRequest&) = default;
    ~AsRequest();

    // InvalidParams if it is not of that form.
    [[nodiscard]] static Result<AsRequest> from(const Json& params);
    [[nodiscard]] std::string param(const std::string& name) const; // empty: none
};

// What a person sees. Texts, never HTML; the door of the gateway escapes them.
struct AsPage {
    enum class State { Waiting, Failed, Done };
    struct Form { // a button that posts
        std::string action;
        std::map<std::string, std::string> fields;
        std::string button;
    };
    std::string title;
    std::string text;
    State state = State::Failed;
    std::string again; // Waiting: where to look again at once; Failed: where the button "Go back" leads
    std::optional<Form> form{};
};

// What goes back: a document, a redirect (303) or a page.
struct AsAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> fields{}; // header fields beyond the usual ones
    Json body = nullptr;
    std::string redirect{};
    std::optional<AsPage> page{};

    [[nodiscard]] Json toJson() const; // the result of as.request; may hold tokens: wipeJson() it
};

// An error as RFC 6749 section 5.2 writes it.
[[nodiscard]] AsAnswer errorDocument(int status, const char* error, const std::string& description);
// Where an answer cannot go back to the client, because it is not known who or where that is (SEC-S-04).
[[nodiscard]] AsAnswer errorPage(const std::string& title, const std::string& text, int status = 400);

} // namespace keybearer

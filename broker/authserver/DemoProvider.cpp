#include "broker/authserver/DemoProvider.h"

#include "broker/authserver/AuthorizationQuery.h"
#include "broker/authserver/RedirectUri.h"
#include "broker/base/Random.h"
#include "broker/base/Text.h"
#include "broker/base/Time.h"
#include "broker/oauth/Form.h"
#include "broker/oauth/Pkce.h"

#include <algorithm>

namespace keybearer {

namespace {

AsAnswer document(int status, Json body) {
    AsAnswer answer;
    answer.status = status;
    answer.fields = {{"Cache-Control", "no-store"}, {"Pragma", "no-cache"}};
    answer.body = std::move(body);
    return answer;
}

AsAnswer refused(const char* error, const char* description, int status = 400) {
    return document(status, {{"error", error}, {"error_description", description}});
}

AsAnswer page(const char* title, const char* text) {
    AsAnswer answer;
    answer.status = 400;
    answer.page = AsPage{title, text, AsPage::State::Failed, "", std::nullopt};
    return answer;
}

AsAnswer nothingHere() {
    return page("Nothing waits here", "Begin anew with: keybearer login demo");
}

} // namespace

void DemoProvider::start(const std::string& base) {
    stop();
    base_ = canonicalBase(base);
    clientId_ = "demo_" + randomToken(16);
    const std::shared_ptr<const SigningKey> made = SigningKey::generate();
    key_ = SigningKey::fromPem(made->pem(), {}, "ES256", made->thumbprint()).value_or(made);
}

void DemoProvider::stop() {
    key_.reset();
    clientId_.clear();
    steps_.clear();
    sessions_.clear();
}

bool DemoProvider::serves(const std::string& service) const {
    return running() && service == name;
}

void DemoProvider::request(const AsRequest& request, Completion<AsAnswer> done) {
    if (request.endpoint == "authorize")
        return done(request.method == "POST" ? pressed(request) : authorize(request));
    if (request.endpoint == "token")
        return done(token(request));
    if (request.endpoint == "revoke")
        return done(revoke(request));
    if (request.endpoint == "jwks")
        return done(document(200, jwks()));
    done(refused("invalid_request", "the demo provider has no such endpoint", 404));
}

Json DemoProvider::jwks() const {
    Json jwk = key_->publicJwk();
    jwk.update({{"kid", key_->keyId()}, {"alg", "ES256"}, {"use", "sig"}});
    return Json{{"keys", Json::array({std::move(jwk)})}};
}

std::string DemoProvider::keep(Step step) {
    const BootTime now = clock_.boot();
    std::erase_if(steps_, [now](const auto& one) { return now - one.second.at > stepLife; });
    if (steps_.size() >= mostSteps)
        steps_.erase(std::min_element(steps_.begin(), steps_.end(),
                                      [](auto& a, auto& b) { return a.second.at < b.second.at; }));
    step.at = now;
    std::string handle = randomToken();
    steps_[sha256(handle)] = std::move(step);
    return handle;
}

AsAnswer DemoProvider::authorize(const AsRequest& request) {
    Step step;
    step.redirectUri = request.param("redirect_uri");
    if (request.param("client_id") != clientId_ || !loopbackAddress(step.redirectUri) ||
        judgeRedirect(step.redirectUri) != RedirectVerdict::Accept)
        return nothingHere();
    const auto query = readAuthorizationQuery(request, {name, "Demo", "", {"openid", "email", "profile"}});
    if (!query)
        return page("This sign-in is not right", query.error().description.c_str());
    step.state = query->state;
    step.challenge = query->challenge;
    step.nonce = request.param("nonce").substr(0, 256);
    step.scope = join(query->scopes, " ");
    step.csrf = randomToken();
    AsPage shown;
    shown.title = "Demo provider";
    shown.text = "This account is made up and opens nothing. It is there to try Keybearer with.";
    shown.state = AsPage::State::Waiting;
    const std::string csrf = step.csrf;
    shown.form = AsPage::Form{request.base + "/as/" + name + "/authorize",
                              {{"csrf", csrf}, {"transaction", keep(std::move(step))}},
                              "Continue as demo user"};
    AsAnswer answer;
    answer.page = std::move(shown);
    return answer;
}

AsAnswer DemoProvider::pressed(const AsRequest& request) {
    const auto found = steps_.find(sha256(request.param("transaction")));
    if (found == steps_.end() || found->second.code || clock_.boot() - found->second.at > stepLife ||
        !Secret::copyOf(request.param("csrf")).equals(found->second.csrf))
        return nothingHere();
    Step step = std::move(found->second);
    steps_.erase(found);
    step.code = true;
    std::string back = step.redirectUri;
    back.append(back.find('?') == std::string::npos ? "?" : "&");
    back.append("state=").append(formEncoded(step.state)).append("&iss=").append(formEncoded(issuer()));
    back.append("&code=").append(keep(std::move(step)));
    AsAnswer answer;
    answer.status = 303;
    answer.redirect = std::move(back);
    return answer;
}

AsAnswer DemoProvider::token(const AsRequest& request) {
    if (request.method != "POST")
        return refused("invalid_request", "the token endpoint takes POST", 405);
    if (request.param("client_id") != clientId_)
        return refused("invalid_client", "this client is not known here", 401);
    const std::string type = request.param("grant_type");
    if (type == "authorization_code")
        return fromCode(request);
    if (type == "refresh_token")
        return fromRefreshToken(request);
    return refused("unsupported_grant_type", "authorization_code and refresh_token are supported");
}

AsAnswer DemoProvider::fromCode(const AsRequest& request) {
    const auto found = steps_.find(sha256(request.param("code")));
    const std::string verifier = request.param("code_verifier");
    if (found == steps_.end() || !found->second.code || clock_.boot() - found->second.at > codeLife ||
        found->second.redirectUri != request.param("redirect_uri") || !isCodeVerifier(verifier) ||
        !Secret::copyOf(codeChallenge(Secret::copyOf(verifier))).equals(found->second.challenge))
        return refused("invalid_grant", "the code is not good");
    const Step step = std::move(found->second);
    steps_.erase(found);
    if (sessions_.size() >= mostSessions)
        sessions_.pop_front();
    sessions_.push_back({{}, {}, {}, step.scope, {}});
    return issue(sessions_.back(), step.nonce, false);
}

AsAnswer DemoProvider::fromRefreshToken(const AsRequest& request) {
    const std::string shown = sha256(request.param("refresh_token"));
    for (auto session = sessions_.begin(); session != sessions_.end(); ++session) {
        if (session->current == shown)
            return issue(*session, "", false);
        if (session->previous != shown)
            continue;
        if (clock_.boot() - session->rotatedAt <= grace)
            return issue(*session, "", true);
        sessions_.erase(session); // used twice: whoever has the other one is not to have it either
        break;
    }
    return refused("invalid_grant", "the refresh token is not good");
}

Json DemoProvider::claims(const std::string& audience) const {
    return Json{{"iss", issuer()},
                {"aud", audience},
                {"sub", subject},
                {"iat", toUnixSeconds(clock_.wall())},
                {"exp", toUnixSeconds(clock_.wall() + tokenLife)}};
}

// `again`: the token that was just replaced came once more, and gets the same successor.
AsAnswer DemoProvider::issue(Session& session, const std::string& nonce, bool again) {
    Json identity = claims(clientId_);
    identity.update({{"email", email}, {"email_verified", true}, {"name", "Demo User"}});
    if (!nonce.empty())
        identity["nonce"] = nonce;
    Json access = claims(issuer());
    access.update({{"client_id", clientId_}, {"scope", session.scope}, {"jti", randomToken(16)}});
    const Result<std::string> idToken = key_->sign(Json{{"typ", "JWT"}}, identity);
    const Result<std::string> accessToken = key_->sign(Json{{"typ", "at+jwt"}}, access);
    if (!idToken || !accessToken)
        return refused("server_error", "a token could not be signed", 500);
    if (!again) {
        std::string next = randomToken();
        session.previous = session.current;
        session.current = sha256(next);
        session.successor = SealedSecret(Secret::takeFrom(next));
        session.rotatedAt = clock_.boot();
    }
    return document(200, {{"access_token", *accessToken},
                          {"token_type", "Bearer"},
                          {"expires_in", tokenLife.count()},
                          {"scope", session.scope},
                          {"id_token", *idToken},
                          {"refresh_token", session.successor.open().reveal()}});
}

AsAnswer DemoProvider::revoke(const AsRequest& request) {
    if (request.method != "POST")
        return refused("invalid_request", "the revocation endpoint takes POST", 405);
    const std::string shown = sha256(request.param("token"));
    std::erase_if(sessions_,
                  [&](const Session& one) { return one.current == shown || one.previous == shown; });
    return document(200, Json::object());
}

} // namespace keybearer

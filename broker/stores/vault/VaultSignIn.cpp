// VaultSession: how it comes to a token and keeps it.
#include "broker/base/PrivateFile.h"
#include "broker/log/Log.h"
#include "broker/stores/vault/VaultFault.h"
#include "broker/stores/vault/VaultSession.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::size_t longestFile = 16'384; // a token, a secret id, a JWT
constexpr std::chrono::seconds longestRenewalPause{30};
// A timer's longest wait: a token of years is looked at in between.
constexpr std::chrono::seconds longestWait = std::chrono::hours(24 * 7);
// A token that is about to end and cannot be renewed is looked for in its file no more often.
constexpr std::chrono::milliseconds shortestWait{500};
// Renewed to less than this part of its first lease, a token is close to the end of all its time.
constexpr int nearTheEnd = 3;

Result<Secret> secretOf(const std::shared_ptr<const SealedSecret>& given, const std::filesystem::path& file,
                        const char* key) {
    if (given)
        return given->open();
    Result<std::string> text = readFile(file, longestFile);
    if (!text)
        return failure(ErrorCode::StoreUnavailable,
                       std::string("The file of ").append(key).append(" cannot be read: ") +
                           text.error().message,
                       std::string("Correct ").append(key).append(" in config.yaml, or the file."));
    while (!text->empty() && (text->back() == '\n' || text->back() == '\r' || text->back() == ' '))
        text->pop_back();
    return Secret::takeFrom(*text);
}

std::string authMountOf(const VaultConfig& config) {
    std::string mount = config.authMount.empty() ? config.auth : config.authMount;
    while (!mount.empty() && mount.back() == '/')
        mount.pop_back();
    return mount;
}

} // namespace

Result<VaultCall> VaultSession::signInCall() {
    VaultCall call;
    if (config_.auth == "token") {
        Result<Secret> token = secretOf(config_.token, config_.tokenFile, "store.vault.token_file");
        if (!token)
            return failure(token.error());
        offered_ = std::move(*token);
        call.path = "auth/token/lookup-self";
        call.token = std::string(offered_.reveal());
        return call;
    }
    call.method = HttpRequest::Method::Post;
    call.path = "auth/" + authMountOf(config_) + "/login";
    const bool pod = config_.auth == "kubernetes";
    Result<Secret> proof =
        pod ? secretOf(nullptr, config_.jwtFile, "store.vault.jwt_file")
            : secretOf(config_.secretId, config_.secretIdFile, "store.vault.secret_id_file");
    if (!proof)
        return failure(proof.error());
    call.body = pod ? Json{{"role", config_.role}, {"jwt", proof->reveal()}}
                    : Json{{"role_id", config_.roleId}, {"secret_id", proof->reveal()}};
    return call;
}

void VaultSession::signIn() {
    if (std::exchange(signingIn_, true))
        return;
    Result<VaultCall> call = signInCall();
    if (!call)
        return signInFailed(call.error());
    // Without the token that we may still have.
    HttpRequest request = requestFor(*call);
    if (call->token.empty()) {
        for (auto header = request.headers.begin(); header != request.headers.end();) {
            const bool token = header->name == "X-Vault-Token";
            if (token)
                wipe(header->value);
            header = token ? request.headers.erase(header) : header + 1;
        }
    }
    wipe(call->token);
    wipeJson(call->body);
    signInExchange_ = http_.send(std::move(request),
                                 [this](const Result<HttpResponse>& response) { onSignedIn(response); });
}

void VaultSession::onSignedIn(const Result<HttpResponse>& response) {
    drop(std::move(signInExchange_));
    if (!response)
        return signInFailed(vaultUnreachable(response.error(), config_));
    Result<VaultAnswer> answer = readVaultAnswer(*response, clock_.wall());
    if (!answer)
        return signInFailed(answer.error());
    if (answer->status != 200)
        return signInFailed(vaultSignInRefused(*answer, config_));
    const bool own = config_.auth == "token";
    Result<VaultToken> token = own ? describedTokenOf(*answer) : vaultTokenOf(std::move(*answer));
    if (!token)
        return signInFailed(token.error());
    if (own)
        token->token = std::move(offered_);
    adopt(std::move(*token));
}

void VaultSession::adopt(VaultToken token) {
    signingIn_ = false;
    token_ = std::make_unique<SealedSecret>(token.token);
    ++tokenNumber_;
    renewable_ = token.renewable;
    firstLease_ = token.lease;
    renewalFailures_ = 0;
    planRenewal(token.lease);
    takeTurns();
}

void VaultSession::signInFailed(const Error& error) {
    signingIn_ = false;
    offered_.clear();
    qCWarning(logStore, "vault: %s", error.message.c_str());
    if (token_ != nullptr) { // a new one ahead of time; the old one still serves
        ++renewalFailures_;
        return planRenewal(std::chrono::seconds(0));
    }
    failWaitingLater(error);
}

// At two thirds of the lease; after a failure sooner and sooner later. Without a lease: never.
void VaultSession::planRenewal(std::chrono::seconds lease) {
    if (renewalFailures_ == 0) {
        tokenEnds_ = lease.count() == 0 ? BootTime(0) : clock_.boot() + lease;
        if (lease.count() == 0)
            return renewal_.stop();
        const std::chrono::milliseconds wait = std::chrono::milliseconds(lease) * 2 / 3;
        return renewal_.start(std::clamp<std::chrono::milliseconds>(wait, shortestWait, longestWait));
    }
    const std::chrono::seconds pause(1 << std::min(renewalFailures_ - 1, 5));
    renewal_.start(std::min<std::chrono::milliseconds>(pause, longestRenewalPause));
}

void VaultSession::renew() {
    if (token_ == nullptr || renewalExchange_ != nullptr)
        return;
    if (!renewable_ || (tokenEnds_ != BootTime(0) && clock_.boot() >= tokenEnds_))
        return signIn();
    VaultCall call;
    call.method = HttpRequest::Method::Post;
    call.path = "auth/token/renew-self";
    call.body = Json::object();
    renewalExchange_ =
        http_.send(requestFor(call), [this](const Result<HttpResponse>& response) { onRenewed(response); });
}

void VaultSession::onRenewed(const Result<HttpResponse>& response) {
    drop(std::move(renewalExchange_));
    Result<VaultAnswer> answer = failure(ErrorCode::StoreUnavailable, "");
    if (response)
        answer = readVaultAnswer(*response, clock_.wall());
    if (answer && (answer->status == 400 || answer->status == 403)) {
        renewable_ = false;
        return signIn();
    }
    Result<VaultToken> token = failure(ErrorCode::StoreUnavailable, "");
    if (answer && answer->status == 200)
        token = vaultTokenOf(std::move(*answer));
    if (!token) {
        ++renewalFailures_;
        return planRenewal(std::chrono::seconds(0));
    }
    renewalFailures_ = 0;
    renewable_ = token->renewable;
    planRenewal(token->lease);
    if (token->lease.count() > 0 && token->lease * nearTheEnd < firstLease_ && config_.auth != "token")
        signIn();
}

} // namespace keybearer

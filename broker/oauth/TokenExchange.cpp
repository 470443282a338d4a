#include "broker/oauth/TokenExchange.h"

#include "broker/oauth/DeliverLater.h"
#include "broker/oauth/DpopProof.h"
#include "broker/oauth/ServerMemory.h"
#include "broker/oauth/TokenRequest.h"

#include <algorithm>

namespace keybearer {

namespace {

bool takes(const AuthorizationServer& server, const std::string& algorithm) {
    const std::vector<std::string>& listed = server.dpopAlgorithms;
    return listed.empty() || std::find(listed.begin(), listed.end(), algorithm) != listed.end();
}

} // namespace

TokenExchange::TokenExchange(HttpTransport& transport, const Clock& clock, Setup setup, Form form,
                             Completion<TokenSet> done)
    : transport_(transport), clock_(clock), setup_(std::move(setup)), form_(std::move(form)),
      done_(std::move(done)) {}

void TokenExchange::start() {
    begun_ = clock_.boot();
    if (setup_.dpopKey && !takes(setup_.server, setup_.dpopKey->algorithm()))
        return deliverLater<TokenSet>(
            this, std::move(done_),
            failure(ErrorCode::ProviderError,
                    "The authorization server does not take the DPoP proofs that the configuration demands",
                    "Set dpop of this provider to auto."));
    if (Result<void> sent = send(); !sent)
        deliverLater<TokenSet>(this, std::move(done_), failure(std::move(sent.error())));
}

Result<void> TokenExchange::send() {
    const bool repeatable = setup_.dpopKey != nullptr || setup_.dpopOnDemand;
    Form form = repeatable ? form_.clone() : std::move(form_);
    Result<HttpRequest> request = tokenRequest(setup_.server.tokenEndpoint, setup_.server, setup_.client,
                                               std::move(form), clock_.wall());
    if (!request)
        return failure(std::move(request.error()));
    if (setup_.dpopKey) {
        Result<std::string> proof =
            dpopProof(*setup_.dpopKey, {"POST", request->url, nonce(), {}, clock_.wall()});
        if (!proof)
            return failure(std::move(proof.error()));
        request->headers.push_back({"DPoP", std::move(*proof)});
    }
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.boot() - begun_);
    request->deadline = std::max(setup_.deadline - spent, std::chrono::milliseconds(1));
    exchange_ = transport_.send(std::move(*request),
                                [this](Result<HttpResponse> response) { onResponse(std::move(response)); });
    return {};
}

void TokenExchange::onResponse(Result<HttpResponse> response) {
    const auto expected = setup_.dpopKey ? TokenKind::Dpop : setup_.expected;
    Result<TokenSet> result = response ? parseTokenResponse(*response, clock_.wall(), setup_.scopeSeparator,
                                                            expected, setup_.server.dialect.tokenObject)
                                       : failure(std::move(response.error()));
    if (!result && response && mayAskAgain(result.error(), *response)) {
        Result<void> sent = send();
        if (sent)
            return;
        result = failure(std::move(sent.error()));
    }
    if (response)
        remember(dpopNonceIn(*response));
    if (result) {
        result->dpopKey = setup_.dpopKey;
        if (!result->refreshToken.empty() && !result->refreshExpiresIn)
            result->refreshExpiresIn = setup_.server.dialect.refreshLife;
    }
    const Completion<TokenSet> done = std::move(done_);
    done(std::move(result)); // may destroy this
}

bool TokenExchange::mayAskAgain(const Error& error, const HttpResponse& response) {
    const std::string offered = dpopNonceIn(response);
    if (!setup_.dpopKey && setup_.dpopOnDemand && wantsDpop(error)) {
        setup_.dpopKey = SigningKey::generate();
        remember(offered);
        nonceTried_ = !offered.empty();
        return takes(setup_.server, setup_.dpopKey->algorithm());
    }
    if (!setup_.dpopKey || nonceTried_ || offered.empty() || !wantsDpopNonce(error))
        return false;
    remember(offered);
    nonceTried_ = true;
    return true;
}

std::string TokenExchange::nonce() const {
    return setup_.server.memory ? setup_.server.memory->dpopNonce : nonce_;
}

void TokenExchange::remember(const std::string& nonce) {
    if (!nonce.empty())
        (setup_.server.memory ? setup_.server.memory->dpopNonce : nonce_) = nonce;
}

} // namespace keybearer

#include "broker/methods/TokenMethods.h"

#include "broker/accounts/ApiKeyHeader.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {

// The prepared answer of the warm path. Its text holds an access token, so it lives in guarded memory.
class PreparedToken final : public WarmAnswer {
public:
    PreparedToken(TokenBroker& broker, WarmTerms terms, Secret text)
        : broker_(broker), terms_(std::move(terms)), text_(std::move(text)) {}
    [[nodiscard]] bool release() override { return broker_.renew(terms_); }
    [[nodiscard]] std::string_view resultJson() const override { return text_.reveal(); }

private:
    TokenBroker& broker_;
    WarmTerms terms_;
    Secret text_;
};

Secret resultText(const TokenGrant& grant) {
    const CredentialRecord& record = grant.record;
    Json result{{"access_token", grant.accessToken.reveal()},
                {"token_type", grant.tokenType},
                {"expires_at", timeOrNull(record.accessExpiresAt)},
                {"scopes", record.scopes},
                {"issuer", record.issuer},
                {"account", record.account.label},
                {"session_id", record.id}};
    if (record.resource)
        result["resource"] = *record.resource;
    if (record.kind == CredentialKind::ApiKey) {
        if (const Result<ApiKeyHeader> header = ApiKeyHeader::parse(record.apiKey.header)) {
            const Secret value = header->value(grant.accessToken.reveal());
            result["header"] = {{"name", header->name}, {"value", value.reveal()}};
        }
    }
    std::string text = dumpJson(result);
    wipeJson(result);
    return Secret::takeFrom(text);
}

} // namespace

void TokenMethods::addTo(MethodTable& table) {
    table.add("token.get", [this](const CallContext& context, const Json& params, const Reply& reply) {
        tokenGet(context, params, reply);
    });
    table.add("token.proof", [this](const CallContext& context, const Json& params, const Reply& reply) {
        tokenProof(context, params, reply);
    });
}

void TokenMethods::tokenGet(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<TokenGetParams> get = paramsOrAnswer<TokenGetParams>(params, reply);
    if (!get)
        return;
    TokenWish wish;
    wish.selector = {get->provider, get->resource, get->account};
    wish.scopes = std::move(get->scopes);
    wish.minValid = std::chrono::seconds(get->minValidSeconds);
    wish.reason = std::move(get->reason);
    wish.tool = get->tool.value_or("");
    wish.service = get->service.value_or("");
    broker_.request(
        context.connection, context.caller, std::move(wish), [this, reply](Result<TokenGrant> grant) {
            if (!grant)
                return reply.error(grant.error());
            Secret text = resultText(*grant);
            if (!grant->warm)
                return reply.resultText(text.reveal());
            reply.warm(std::make_shared<PreparedToken>(broker_, std::move(*grant->warm), std::move(text)));
        });
}

// Whoever may not have the token gets no proof either: the same way through rules, consent and audit log.
void TokenMethods::tokenProof(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<TokenProofParams> asked = paramsOrAnswer<TokenProofParams>(params, reply);
    if (!asked)
        return;
    TokenWish wish;
    wish.selector = {asked->provider, asked->resource, asked->account};
    wish.service = asked->service.value_or("");
    wish.forProof = true;
    broker_.request(context.connection, context.caller, std::move(wish),
                    [this, reply, proof = std::move(*asked)](const Result<TokenGrant>& grant) {
                        if (!grant)
                            return reply.error(grant.error());
                        const std::string& id = grant->record.id;
                        const Result<std::string> made = proof_.sign(
                            {id, proof.tokenHash.value_or(ResourceProof::hashOf(grant->accessToken)),
                             proof.method, proof.url, proof.nonce.value_or("")});
                        if (!made)
                            return reply.error(made.error());
                        reply.result({{"proof", *made}, {"session_id", id}});
                    });
}

} // namespace keybearer

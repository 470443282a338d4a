#include "broker/methods/ServiceAccountMethods.h"

#include "broker/base/Text.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/KeyMethods.h"
#include "broker/protocol/Methods.h"

namespace keybearer {

namespace {
constexpr std::size_t mostTrials = 16; // each is a request to a provider
}

void ServiceAccountMethods::addTo(MethodTable& table) {
    table.add("service_account.add", [this](const CallContext& context, const Json& params,
                                            const Reply& reply) { add(context, params, reply); });
    table.add("service_account.list",
              [this](const CallContext&, const Json& params, const Reply& reply) { list(params, reply); });
    table.add("service_account.remove", [this](const CallContext& context, const Json& params,
                                               const Reply& reply) { remove(context, params, reply); });
}

void ServiceAccountMethods::add(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<ServiceAccountAddParams> add = paramsOrAnswer<ServiceAccountAddParams>(params, reply);
    if (!add)
        return;
    ServiceAccountTrial::Wish wish{std::move(add->provider), Secret::takeFrom(add->key),
                                   std::move(add->subject), std::move(add->scopes), std::move(add->name)};
    if (trials_.size() >= mostTrials)
        return reply.error(Error(ErrorCode::RateLimited, "too many service accounts are being tried",
                                 "Wait until one of them is done.")
                               .retry(std::chrono::seconds(30)));
    const std::uint64_t number = nextTrial_++;
    auto trial = std::make_unique<ServiceAccountTrial>(
        rooms_, std::move(wish),
        [this, number, reply, caller = context.caller](const Result<std::string>& id) {
            onTried(number, caller, reply, id);
        });
    ServiceAccountTrial& started = *trial;
    trials_[number] = std::move(trial);
    started.start();
}

void ServiceAccountMethods::onTried(std::uint64_t trial, const Caller& caller, const Reply& reply,
                                    const Result<std::string>& id) {
    if (const auto found = trials_.find(trial); found != trials_.end()) {
        found->second.release()->deleteLater(); // we are inside its last act
        trials_.erase(found);
    }
    if (!id)
        return reply.error(id.error());
    const Credential& credential = *rooms_.registry.find(*id);
    record("service_account.added", caller, credential.record);
    reply.result(sessionToWire(credential));
}

void ServiceAccountMethods::list(const Json& params, const Reply& reply) const {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    Json accounts = Json::array();
    for (const Credential* credential : rooms_.registry.all()) {
        if (credential->record.kind == CredentialKind::JwtBearer)
            accounts.push_back(sessionToWire(*credential));
    }
    reply.result(Json{{"service_accounts", std::move(accounts)}});
}

void ServiceAccountMethods::remove(const CallContext& context, const Json& params, const Reply& reply) {
    const std::optional<ServiceAccountParams> which = paramsOrAnswer<ServiceAccountParams>(params, reply);
    if (!which)
        return;
    const Result<const Credential*> credential = rooms_.registry.selectByWord(which->name);
    if (!credential || (*credential)->record.kind != CredentialKind::JwtBearer)
        return reply.error(credential ? Error(ErrorCode::NotFound,
                                              displaySafe(which->name, 64) + " is no service account",
                                              "See them with: keybearer service-account list")
                                      : credential.error());
    const CredentialRecord before = (*credential)->record;
    record("service_account.removed", context.caller, before);
    gate_.sessionRemoved(before.id);
    rooms_.registry.erase(before.id, [reply, before](const Result<void>& erased) {
        if (!erased)
            return reply.error(erased.error());
        reply.result(Json{{"session_id", before.id},
                          {"provider", before.provider},
                          {"account", {{"label", before.account.label}}},
                          {"erased", true}});
    });
}

void ServiceAccountMethods::record(const char* kind, const Caller& caller, const CredentialRecord& record) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(caller.executable, 512);
    event.pid = caller.pid;
    event.provider = record.provider;
    event.account = record.account.label;
    event.sessionId = record.id;
    event.scopes = join(record.scopes, " ");
    static_cast<void>(audit_.append(event).has_value()); // nothing leaves with it
}

} // namespace keybearer

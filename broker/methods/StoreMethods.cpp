#include "broker/methods/StoreMethods.h"

#include "broker/base/Text.h"
#include "broker/methods/Wire.h"
#include "broker/protocol/RpcError.h"

namespace keybearer {

namespace {

constexpr std::size_t longestProgram = 512;

} // namespace

void StoreMethods::addTo(MethodTable& table) {
    table.add("store.status", [this](const CallContext&, const Json& params, const Reply& reply) {
        if (paramsOrAnswer<NoParams>(params, reply))
            reply.result(desk_.status());
    });
    table.add("store.unlock", [this](const CallContext& context, const Json& params, const Reply& reply) {
        unlock(context, params, reply);
    });
    table.add("store.lock", [this](const CallContext& context, const Json& params, const Reply& reply) {
        lock(context, params, reply);
    });
    table.add("store.migrate", [this](const CallContext& context, const Json& params, const Reply& reply) {
        migrate(context, params, reply);
    });
    table.add("store.rekey", [this](const CallContext& context, const Json& params, const Reply& reply) {
        rekey(context, params, reply);
    });
}

void StoreMethods::unlock(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<StoreUnlockParams> wish = paramsOrAnswer<StoreUnlockParams>(params, reply);
    if (!wish)
        return;
    std::optional<Secret> passphrase;
    if (wish->passphrase)
        passphrase = Secret::takeFrom(*wish->passphrase);
    desk_.unlock(std::move(passphrase), [this, reply, caller = context.caller](const Result<void>& unlocked) {
        record("store.unlocked", caller, unlocked ? nullptr : &unlocked.error());
        if (!unlocked)
            return reply.error(unlocked.error());
        reply.result(desk_.status());
    });
}

void StoreMethods::lock(const CallContext& context, const Json& params, const Reply& reply) {
    if (!paramsOrAnswer<NoParams>(params, reply))
        return;
    const Result<void> locked = desk_.lock();
    record("store.locked", context.caller, locked ? nullptr : &locked.error());
    if (!locked)
        return reply.error(locked.error());
    reply.result(desk_.status());
}

void StoreMethods::migrate(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<StoreMigrateParams> wish = paramsOrAnswer<StoreMigrateParams>(params, reply);
    if (!wish)
        return;
    desk_.migrate(*wish, [this, reply, caller = context.caller](const Result<Json>& moved) {
        record("store.migrated", caller, moved ? nullptr : &moved.error());
        if (!moved)
            return reply.error(moved.error());
        reply.result(*moved);
    });
    if (wish->key.passphrase)
        wipe(*wish->key.passphrase);
}

void StoreMethods::rekey(const CallContext& context, const Json& params, const Reply& reply) {
    std::optional<StoreRekeyParams> wish = paramsOrAnswer<StoreRekeyParams>(params, reply);
    if (!wish)
        return;
    desk_.rekey(*wish, [this, reply, caller = context.caller](const Result<Json>& changed) {
        record("store.rekeyed", caller, changed ? nullptr : &changed.error());
        if (!changed)
            return reply.error(changed.error());
        reply.result(*changed);
    });
    if (wish->key.passphrase)
        wipe(*wish->key.passphrase);
}

void StoreMethods::record(const char* kind, const Caller& caller, const Error* error) {
    AuditEvent event;
    event.kind = kind;
    event.caller = displaySafe(caller.executable, longestProgram);
    event.pid = caller.pid;
    event.why = error == nullptr ? "done" : std::string(rpcErrorName(error->code).name);
    // An audit log that cannot be written shows in health.get; no token leaves here.
    static_cast<void>(audit_.append(event).has_value());
}

} // namespace keybearer

#pragma once

#include "broker/access/Admission.h"
#include "broker/base/Result.h"
#include "broker/protocol/Methods.h"
#include "broker/rpc/MethodTable.h"
#include "broker/rpc/RpcConnection.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace keybearer {

// Finds the method that a request line asks for and sees to it that the request gets exactly one answer,
// whatever the method does. Knows the methods that are about the connection itself: hello, events.subscribe
// and rpc.discover. Owned by the RpcServer; event loop thread.
class RpcDispatcher final : public MethodTable {
public:
    // Says who is behind a connection. `measured` is what was seen of it when it connected, if it said hello
    // at once; else it is to be looked at again. Calls `done` once, at once or later from the event loop;
    // with an error if the program has ended.
    using DescribeCaller =
        std::function<void(const std::shared_ptr<const PeerProcess>&, std::optional<Measurement> measured,
                           const std::function<void(Result<Caller>)>& done)>;
    struct Setup {
        std::string version;
        DescribeCaller describeCaller; // asked once a connection, when it says hello
        // Decides what the caller may do. Null: whatever its role, as measured, allows, and hello may neither
        // show a client key nor ask for another role.
        Admission* admission = nullptr;
        // Takes what hello showed as `capability` and completes the caller, or says why it is worth nothing.
        // Left empty: nobody has issued any.
        std::function<Result<void>(std::uint64_t connection, const std::string& shown, Caller&)>
            admitCapability;
    };
    RpcDispatcher(Setup setup, const RpcLimits& limits);

    void add(std::string name, Method method) override;
    [[nodiscard]] std::vector<std::string> methodNames() const; // sorted, the built-in ones included

    // One line that no remembered answer fits. Never throws.
    void dispatch(const std::shared_ptr<RpcConnection>& connection, std::string_view line);

    // May this caller still be told of what it subscribed to?
    [[nodiscard]] bool mayHear(const Caller& caller) const;

private:
    using BuiltIn = void (RpcDispatcher::*)(RpcConnection&, const Json&, const Reply&);

    void run(const std::shared_ptr<RpcConnection>& connection, std::string_view line, Json& params,
             const std::string& id, const std::string& name);
    void hello(RpcConnection& connection, const Json& params, const Reply& reply);
    void measured(RpcConnection& connection, HelloParams& hello, Result<Caller> caller, const Reply& reply);
    void subscribe(RpcConnection& connection, const Json& params, const Reply& reply);
    void discover(RpcConnection& connection, const Json& params, const Reply& reply);
    void greet(const RpcConnection& connection, const Reply& reply) const;
    void greetAgain(RpcConnection& connection, const HelloParams& hello, const Reply& reply) const;
    [[nodiscard]] Result<void> admitted(const RpcConnection& connection, HelloParams& hello,
                                        Caller& caller) const;
    [[nodiscard]] Result<void> admit(HelloParams& hello, Caller& caller) const;
    [[nodiscard]] Result<void> permitMethod(const Caller& caller, std::string_view method) const;
    [[nodiscard]] Result<void> permitTopic(const Caller& caller, std::string_view topic) const;

    Setup setup_;
    const RpcLimits& limits_;
    std::map<std::string, Method, std::less<>> methods_;
    std::map<std::string, BuiltIn, std::less<>> builtIns_;
};

} // namespace keybearer

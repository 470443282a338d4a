#include "broker/rpc/OpenRpc.h"

#include "broker/protocol/AuditParams.h"
#include "broker/protocol/ClientParams.h"
#include "broker/protocol/GatewayParams.h"
#include "broker/protocol/KeyMethods.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/RpcError.h"
#include "broker/protocol/RunMethods.h"
#include "broker/protocol/ServiceParams.h"
#include "broker/protocol/SessionListParams.h"
#include "broker/protocol/SharingParams.h"
#include "broker/protocol/ToolParams.h"
#include "broker/rpc/RpcDispatcher.h"
#include "tests/support/SchemaCheck.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

namespace keybearer {
namespace {

using ParamsReader = std::function<Result<void>(const Json&)>;

template <typename Params>
ParamsReader reader() {
    return [](const Json& params) -> Result<void> {
        const Result<Params> read = Params::from(params);
        if (!read)
            return failure(read.error());
        return {};
    };
}

// Which typed parameters each method has.
const std::map<std::string, ParamsReader> readers{
    {"hello", reader<HelloParams>()},
    {"token.get", reader<TokenGetParams>()},
    {"token.proof", reader<TokenProofParams>()},
    {"auth.explain", reader<AuthExplainParams>()},
    {"signin.start", reader<SignInStartParams>()},
    {"signin.status", reader<SignInIdParams>()},
    {"signin.complete", reader<SignInCompleteParams>()},
    {"signin.cancel", reader<SignInIdParams>()},
    {"session.list", reader<SessionListParams>()},
    {"session.show", reader<SessionParams>()},
    {"provider.show", reader<ProviderParams>()},
    {"provider.test", reader<ProviderParams>()},
    {"provider.reload", reader<ProviderParams>()},
    {"config.get", reader<NoParams>()},
    {"config.reload", reader<NoParams>()},
    {"service.list", reader<NoParams>()},
    {"service.test", reader<ServiceParams>()},
    {"service.remove", reader<ServiceParams>()},
    {"session.refresh", reader<SessionParams>()},
    {"session.revoke", reader<SessionParams>()},
    {"session.rename", reader<SessionParams>()},
    {"apikey.add", reader<ApiKeyAddParams>()},
    {"apikey.list", reader<NoParams>()},
    {"apikey.show", reader<ApiKeyParams>()},
    {"apikey.rotate", reader<ApiKeyRotateParams>()},
    {"apikey.enable", reader<ApiKeyParams>()},
    {"apikey.disable", reader<ApiKeyParams>()},
    {"apikey.remove", reader<ApiKeyParams>()},
    {"service_account.add", reader<ServiceAccountAddParams>()},
    {"service_account.list", reader<NoParams>()},
    {"service_account.remove", reader<ServiceAccountParams>()},
    {"store.status", reader<NoParams>()},
    {"store.unlock", reader<StoreUnlockParams>()},
    {"mcp.open", reader<McpOpenParams>()},
    {"store.lock", reader<NoParams>()},
    {"store.migrate", reader<StoreMigrateParams>()},
    {"store.rekey", reader<StoreRekeyParams>()},
    {"provider.list", reader<NoParams>()},
    {"consent.pending", reader<NoParams>()},
    {"consent.answer", reader<ConsentAnswerParams>()},
    {"consent.list", reader<NoParams>()},
    {"consent.revoke", reader<ConsentRevokeParams>()},
    {"caller.show", reader<NoParams>()},
    {"capability.list", reader<NoParams>()},
    {"capability.open", reader<CapabilityOpenParams>()},
    {"client.add", reader<ClientAddParams>()},
    {"client.list", reader<NoParams>()},
    {"client.show", reader<ClientParams>()},
    {"client.enable", reader<ClientParams>()},
    {"client.disable", reader<ClientParams>()},
    {"client.rotate", reader<ClientRotateParams>()},
    {"client.remove", reader<ClientParams>()},
    {"tool.list", reader<ToolListParams>()},
    {"tool.show", reader<ToolParams>()},
    {"tool.approve", reader<ToolParams>()},
    {"tool.forget", reader<ToolForgetParams>()},
    {"gateway.status", reader<NoParams>()},
    {"gateway.start", reader<GatewayStartParams>()},
    {"gateway.stop", reader<NoParams>()},
    {"gateway.keys", reader<NoParams>()},
    {"gateway.rotate_keys", reader<NoParams>()},
    {"gateway.clients", reader<NoParams>()},
    {"gateway.remove_client", reader<GatewayClientParams>()},
    {"demo.start", reader<NoParams>()},
    {"demo.stop", reader<NoParams>()},
    {"demo.status", reader<NoParams>()},
    {"sharing.pause", reader<SharingPauseParams>()},
    {"sharing.resume", reader<NoParams>()},
    {"broker.stop", reader<BrokerStopParams>()},
    {"health.get", reader<NoParams>()},
    {"audit.query", reader<AuditQueryParams>()},
    {"audit.summary", reader<AuditSummaryParams>()},
    {"audit.verify", reader<NoParams>()},
    {"audit.alerts", reader<NoParams>()},
    {"metrics.get", reader<MetricsGetParams>()},
    {"events.subscribe", reader<SubscribeParams>()},
    {"rpc.discover", reader<NoParams>()},
};

class OpenRpcTest : public ::testing::Test {
protected:
    void SetUp() override {
        Result<Json> document = openRpcDocument("7.8.9");
        ASSERT_TRUE(document) << document.error().message;
        document_ = std::move(*document);
        for (const Json& method : document_["methods"])
            methods_[method["name"]] = method;
    }
    static Json exampleOf(const Json& method) {
        Json params = Json::object();
        for (const Json& parameter : method["examples"][0]["params"])
            params[parameter["name"].get<std::string>()] = parameter["value"];
        return params;
    }

    Json document_;
    std::map<std::string, Json> methods_;
};

TEST_F(OpenRpcTest, SaysWhichVersionItDescribes) {
    EXPECT_EQ(document_["info"]["version"], "7.8.9");
    EXPECT_EQ(document_["openrpc"].get<std::string>().substr(0, 2), "1.");
}

TEST_F(OpenRpcTest, DescribesEachMethodOnceAndNoOther) {
    EXPECT_EQ(methods_.size(), document_["methods"].size());
    for (const auto& [name, unused] : readers)
        EXPECT_TRUE(methods_.contains(name)) << name;
    for (const auto& [name, unused] : methods_)
        EXPECT_TRUE(readers.contains(name)) << name;
}

TEST_F(OpenRpcTest, DescribesTheMethodsAboutTheConnection) {
    const RpcLimits limits;
    const RpcDispatcher dispatcher({}, limits);
    EXPECT_EQ(dispatcher.methodNames(),
              (std::vector<std::string>{"events.subscribe", "hello", "rpc.discover"}));
    for (const std::string& name : dispatcher.methodNames())
        EXPECT_TRUE(methods_.contains(name)) << name;
}

TEST_F(OpenRpcTest, ExamplesAreValidAndAreRead) {
    for (const auto& [name, method] : methods_) {
        const Json params = exampleOf(method);
        const Result<void> read = readers.at(name)(params);
        EXPECT_TRUE(read) << name << ": " << (read ? "" : read.error().message);
        for (const Json& parameter : method["params"]) {
            if (params.contains(parameter["name"].get<std::string>())) {
                EXPECT_EQ(test::mismatch(params[parameter["name"].get<std::string>()], parameter["schema"],
                                         document_),
                          "")
                    << name;
            }
        }
        if (name != "rpc.discover") {
            EXPECT_EQ(test::mismatch(method["examples"][0]["result"]["value"], method["result"]["schema"],
                                     document_),
                      "")
                << name;
        }
    }
}

TEST_F(OpenRpcTest, EveryDescribedParameterIsKnownAndEveryWrongKindOfItRefused) {
    for (const auto& [name, method] : methods_) {
        for (const Json& parameter : method["params"]) {
            const std::string key = parameter["name"];
            for (const Json& wrong : {Json(Json::array({Json::array()})), Json(1.5), Json(-1), Json(""),
                                      Json(std::string(9000, 'x')), Json(Json{{"x", 1}})}) {
                if (test::mismatch(wrong, parameter["schema"], document_).empty())
                    continue; // right after all: an open object, say
                if (key == "client")
                    continue; // a claim: whatever stands there is shown escaped or not at all
                Json params = exampleOf(method);
                params[key] = wrong;
                const Result<void> read = readers.at(name)(params);
                if (wrong == Json("") && parameter["schema"].value("type", "") == "string" &&
                    !parameter["schema"].contains("enum"))
                    continue; // the schema allows what from() refuses; covered below
                ASSERT_FALSE(read) << name << "." << key << " = " << wrong.dump().substr(0, 40);
                EXPECT_EQ(read.error().code, ErrorCode::InvalidParams);
            }
        }
    }
}

TEST_F(OpenRpcTest, EmptyTextIsRefusedForEveryTextParameter) {
    for (const auto& [name, method] : methods_) {
        for (const Json& parameter : method["params"]) {
            if (parameter["schema"].value("type", "") != "string")
                continue;
            Json params = exampleOf(method);
            params[parameter["name"].get<std::string>()] = "";
            EXPECT_FALSE(readers.at(name)(params)) << name << "." << parameter["name"];
        }
    }
}

TEST_F(OpenRpcTest, UnknownParameterIsRefusedByEveryMethod) {
    for (const auto& [name, method] : methods_) {
        Json params = exampleOf(method);
        params["no_such_parameter"] = 1;
        const Result<void> read = readers.at(name)(params);
        ASSERT_FALSE(read) << name;
        EXPECT_EQ(std::get<std::string>(*read.error().detail("parameter")), "no_such_parameter") << name;
    }
}

// The other way round: what is read and not described. The methods about sessions share their parameters.
TEST_F(OpenRpcTest, EveryParameterThatIsReadIsDescribed) {
    const std::set<std::string> ofAllSessions{"label", "local_only"};
    for (const auto& [name, method] : methods_) {
        Json params = exampleOf(method);
        params["no_such_parameter"] = 1;
        const Result<void> read = readers.at(name)(params);
        ASSERT_FALSE(read) << name;
        std::set<std::string> described;
        for (const Json& parameter : method["params"])
            described.insert(parameter["name"].get<std::string>());
        const ErrorDetail* known = read.error().detail("known");
        ASSERT_NE(known, nullptr) << name;
        for (const std::string& key : std::get<std::vector<std::string>>(*known)) {
            if (name.starts_with("session.") && ofAllSessions.contains(key))
                continue;
            EXPECT_TRUE(described.contains(key)) << name << " reads " << key << " and does not say so";
        }
    }
}

TEST_F(OpenRpcTest, RequiredParametersAreRequired) {
    for (const auto& [name, method] : methods_) {
        for (const Json& parameter : method["params"]) {
            const std::string key = parameter["name"];
            if (!parameter["required"].get<bool>() || (name == "session.rename" && key == "label"))
                continue; // the label is asked for by the method: its parameters are those of all session
                          // methods
            Json params = exampleOf(method);
            params.erase(key);
            const Result<void> read = readers.at(name)(params);
            ASSERT_FALSE(read) << name << "." << key;
            EXPECT_EQ(std::get<std::string>(*read.error().detail("parameter")), key) << name;
        }
    }
}

TEST_F(OpenRpcTest, ErrorsAreTheOnesOnTheWire) {
    std::set<std::string> described;
    for (const auto& [key, error] : document_["components"]["errors"].items())
        described.insert(error["data"]["name"].get<std::string>() + error["code"].dump());
    std::set<std::string> real;
    for (int i = 0; i <= static_cast<int>(ErrorCode::InternalError); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        if (code != ErrorCode::BrokerUnreachable) // never sent by a broker
            real.insert(std::string(rpcErrorName(code).name) + std::to_string(rpcErrorName(code).code));
    }
    EXPECT_EQ(described, real);
}

// Before each request it is looked at again who asks: a client may be switched off, a permission be missing.
TEST_F(OpenRpcTest, A6_EveryMethodSaysWhatTheDoorMayAnswer) {
    for (const auto& [name, method] : methods_) {
        const std::string errors = method["errors"].dump();
        for (const char* error : {"ClientDisabled", "ClientExpired", "ClientUnknown", "PolicyDenied"}) {
            if (name == "rpc.discover" && error == std::string_view("PolicyDenied"))
                continue; // open to everybody, at both doors
            EXPECT_NE(errors.find(error), std::string::npos) << name << ": " << error;
        }
    }
}

TEST_F(OpenRpcTest, EveryReferenceLeadsSomewhere) {
    std::function<void(const Json&)> visit = [&](const Json& node) {
        if (node.is_object() && node.contains("$ref")) {
            EXPECT_TRUE(document_.contains(Json::json_pointer(node["$ref"].get<std::string>().substr(1))))
                << node;
        }
        if (node.is_structured()) {
            for (const Json& child : node)
                visit(child);
        }
    };
    visit(document_);
}

TEST_F(OpenRpcTest, TopicsAreThoseOneCanSubscribeTo) {
    const std::vector<std::string> topics(std::begin(eventTopics), std::end(eventTopics));
    EXPECT_EQ(document_["components"]["schemas"]["Topic"]["enum"].get<std::vector<std::string>>(), topics);
    std::set<std::string> described;
    for (const auto& [topic, unused] : document_["x-events"].items())
        described.insert(topic);
    EXPECT_EQ(described, std::set<std::string>(topics.begin(), topics.end()));
}

} // namespace
} // namespace keybearer

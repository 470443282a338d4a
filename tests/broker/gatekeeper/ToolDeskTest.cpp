#include "broker/gatekeeper/ToolDesk.h"

#include "broker/base/Random.h"
#include "tests/broker/gatekeeper/GatekeeperHouse.h"
#include "tests/support/MemoryPinStore.h"

#include <QTemporaryDir>

#include <fstream>
#include <sys/stat.h>

namespace keybearer {
namespace {

const std::string definition = R"({"name":"read"})";
const std::string fingerprint = hex(sha256(definition));

// A shell script plays the gateway and says back whatever the desk tells it.
class ToolDeskTest : public ::testing::Test {
protected:
    void SetUp() override {
        std::ofstream(path("gateway")) << "#!/bin/sh\nexec cat <&3 >&3\n";
        ::chmod(path("gateway").c_str(), 0700);
        GatewayProcess::Setup setup;
        setup.program = path("gateway");
        setup.socket = path("run/mcp.sock");
        process_ = std::make_unique<GatewayProcess>(setup, house_.house.clock);
        QObject::connect(process_.get(), &GatewayProcess::received, process_.get(),
                         [this](const std::string& line) { told_.push_back(Json::parse(line)); });
        desk_ = std::make_unique<CoreDesk>(CoreDesk::Setup{}, *process_, tickets_, house_.exchanges,
                                           house_.access);
        tools_ = std::make_unique<PinnedTools>(store_, house_.house.clock);
        toolDesk_ = std::make_unique<ToolDesk>(*desk_, *process_, *tools_);
        ASSERT_TRUE(process_->want());
    }
    std::string path(const std::string& name) const {
        return directory_.filePath(QString::fromStdString(name)).toStdString();
    }
    Json call(const std::string& method, const Json& params) {
        const std::size_t before = told_.size();
        desk_->onLine(Json{{"jsonrpc", "2.0"}, {"id", "q"}, {"method", method}, {"params", params}}.dump());
        EXPECT_TRUE(spinUntil([&] { return told_.size() > before; }));
        return told_.size() > before ? told_.back() : Json();
    }
    std::string open(ToolPins pins) {
        McpTarget target = house_.target;
        target.pins = pins;
        const std::string ticket = *tickets_.issue({Caller(), target});
        const Json answer = call("exchange.open", {{"ticket", ticket}});
        pinsSaid_ = answer["result"].value("pins", "");
        return answer["result"]["exchange"];
    }
    Json seen(const std::string& exchange, const Json& tools, bool whole = true) {
        return call("tools.seen", {{"exchange", exchange}, {"tools", tools}, {"whole", whole}});
    }
    static Json tool(const std::string& name, const std::string& print) {
        return Json{{"name", name}, {"fingerprint", print}};
    }

    QTemporaryDir directory_;
    GatekeeperHouse house_{AccessPolicy::Trusting};
    Tickets tickets_{house_.house.clock};
    MemoryPinStore store_;
    std::vector<Json> told_;
    std::string pinsSaid_;
    std::unique_ptr<GatewayProcess> process_;
    std::unique_ptr<CoreDesk> desk_;
    std::unique_ptr<PinnedTools> tools_;
    std::unique_ptr<ToolDesk> toolDesk_;
};

TEST_F(ToolDeskTest, M7_ToolsAreThoseOfTheExchangesService) {
    const std::string exchange = open(ToolPins::Hold);
    EXPECT_EQ(pinsSaid_, "hold");
    const Json answer = seen(exchange, Json::array({tool("read", fingerprint)}));
    EXPECT_EQ(answer["result"]["unknown"], Json::array({"read"}));
    EXPECT_EQ(answer["result"]["hidden"], Json::array());
    EXPECT_EQ(tools_->list(house_.target.name).size(), 1U);
    const Json defined = call(
        "tools.define",
        {{"exchange", exchange}, {"name", "read"}, {"fingerprint", fingerprint}, {"definition", definition}});
    EXPECT_EQ(defined["result"]["hidden"], false);
    const Json changed = seen(exchange, Json::array({tool("read", std::string(64, 'a'))}));
    EXPECT_EQ(changed["result"]["hidden"], Json::array({{{"name", "read"}, {"why", "changed"}}}));
    const Json more =
        seen(exchange, Json::array({tool("read", fingerprint), tool("send", std::string(64, 'b'))}));
    EXPECT_EQ(more["result"]["hidden"], Json::array({{{"name", "send"}, {"why", "new"}}}));
}

TEST_F(ToolDeskTest, M7_OfAServiceThatNobodyLooksAtNothingIsKept) {
    const Json answer = seen(open(ToolPins::Off), Json::array({tool("read", fingerprint)}));
    EXPECT_EQ(answer["result"]["unknown"], Json::array());
    EXPECT_TRUE(tools_->list("").empty());
}

TEST_F(ToolDeskTest, WhatIsNoListIsRefused) {
    const std::string exchange = open(ToolPins::Warn);
    for (const Json& bad : {Json("x"), Json::array({7}), Json::array({tool("", fingerprint)}),
                            Json::array({tool("a\n", fingerprint)}), Json::array({tool("a", "short")}),
                            Json::array({tool("a", std::string(64, 'G'))}),
                            Json::array({tool(std::string(129, 'n'), fingerprint)})})
        EXPECT_TRUE(seen(exchange, bad).contains("error")) << bad.dump();
    EXPECT_TRUE(seen("x_99", {tool("a", fingerprint)}).contains("error"));
    EXPECT_TRUE(
        call("tools.define",
             {{"exchange", exchange}, {"name", "a"}, {"fingerprint", fingerprint}, {"definition", "{}"}})
            .contains("error"));
    EXPECT_TRUE(call("tools.define", {{"exchange", "x_99"}}).contains("error"));
    EXPECT_TRUE(tools_->list("").empty());
}

TEST_F(ToolDeskTest, M7_TheGatewayIsToldWhenSomethingIsApproved) {
    const std::string exchange = open(ToolPins::Hold);
    seen(exchange, Json::array({tool("read", fingerprint)}));
    seen(exchange, Json::array({tool("read", std::string(64, 'a'))}));
    const std::size_t before = told_.size();
    ASSERT_TRUE(tools_->approve(house_.target.name, "read", ""));
    ASSERT_TRUE(spinUntil([&] { return told_.size() > before; }));
    EXPECT_EQ(told_.back()["method"], "tools.changed");
    EXPECT_EQ(told_.back()["params"]["service"], house_.target.name);
}

} // namespace
} // namespace keybearer

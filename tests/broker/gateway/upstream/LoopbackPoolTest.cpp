#include "broker/gateway/upstream/LoopbackPool.h"

#include "tests/broker/gateway/upstream/Upstream.h"

namespace keybearer {

namespace {

using namespace test;

class Answered final : public UpstreamListener {
public:
    void onHead(const UpstreamHead&) override {}
    bool onBody(std::string_view bytes) override {
        body.append(bytes);
        return true;
    }
    void onEnd(UpstreamEnd got) override { end = std::move(got); }

    std::string body;
    std::optional<UpstreamEnd> end;
};

// Whatever a server says unasked belongs to no request, and least of all to the next client's.
TEST(LoopbackPool, T_28_WhatNobodyAskedForIsNobodysAnswer) {
    boost::asio::io_context loop;
    Reply first;
    ScriptedServer server(loop, [&](const Request&, const Reply& reply) {
        reply->write(ScriptedServer::json(first ? "second" : "first"));
        first = first ? first : reply;
    });
    LoopbackPool pool(loop);
    const auto ask = [&] {
        Answered got;
        UpstreamRequest request;
        request.url = server.url();
        request.body = std::make_shared<const std::string>("{}");
        const auto call = pool.call(std::move(request), got);
        EXPECT_TRUE(runUntil(loop, [&] { return got.end.has_value(); }));
        return got.body;
    };
    EXPECT_EQ(ask(), "first");
    const std::size_t before = first->written();
    first->write(ScriptedServer::json("unasked"));
    ASSERT_TRUE(runUntil(loop, [&] { return first->written() > before; }));
    EXPECT_EQ(ask(), "second");
    EXPECT_EQ(server.connections(), 2);
    EXPECT_EQ(ask(), "second");
    EXPECT_EQ(server.connections(), 2) << "a good one is kept";
}

// What is not passed on to a client is read here, and nothing is unpacked here.
TEST(LoopbackPool, WhatIsReadHereIsAskedForUnpackedAndRefusedPacked) {
    boost::asio::io_context loop;
    std::string packed = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}";
    ScriptedServer server(loop, [&](const Request&, const Reply& reply) { reply->write(packed); });
    LoopbackPool pool(loop);
    for (const bool verbatim : {false, true}) {
        Answered got;
        UpstreamRequest request;
        request.url = server.url();
        request.body = std::make_shared<const std::string>("{}");
        request.verbatim = verbatim;
        const auto call = pool.call(std::move(request), got);
        EXPECT_TRUE(runUntil(loop, [&] { return got.end.has_value(); }));
        EXPECT_EQ(got.end->error.has_value(), !verbatim);
        EXPECT_EQ(got.body, verbatim ? "{}" : "");
        const Request& sent = server.requests().back();
        EXPECT_EQ(sent.field("accept-encoding"), verbatim ? "" : "identity");
        EXPECT_EQ(sent.field("user-agent").starts_with("keybearer/"), !verbatim);
    }
}

} // namespace

} // namespace keybearer

#include "broker/accounts/WorkloadToken.h"

#include "tests/broker/accounts/VouchedFixture.h"

#include <sys/stat.h>

namespace keybearer {
namespace {

using namespace std::chrono_literals;

class WorkloadTokenTest : public VouchedTest {
protected:
    [[nodiscard]] Result<WorkloadToken> read(const Json& said) {
        access.workload = ServerAccess::Workload{write(jwt(said), "\n"), bound};
        return readWorkloadToken(access, house.clock.wall());
    }
    [[nodiscard]] Json forServer(std::chrono::seconds life = 1h) const {
        Json out = claims("system:robot", life);
        out["aud"] = "https://as.example";
        return out;
    }
    ServerAccess access = server();
    bool bound = false;
};

TEST_F(WorkloadTokenTest, P11_TheFileIsReadAnewEachTime) {
    const auto first = read(forServer());
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_EQ(first->claims.subject, "system:robot");
    const auto second = read(forServer(2h));
    ASSERT_TRUE(second);
    EXPECT_FALSE(first->jwt.equals(second->jwt.reveal()));
}

TEST_F(WorkloadTokenTest, P11_AnExpiredOneIsNotSent) {
    const auto token = read(forServer(-1s));
    ASSERT_FALSE(token);
    EXPECT_EQ(token.error().code, ErrorCode::NotConfigured);
    EXPECT_NE(token.error().message.find("expired"), std::string::npos);
}

TEST_F(WorkloadTokenTest, T_20_AServerThatAStrangerNamedGetsNoTokenForAnother) {
    Json said = forServer();
    said["aud"] = "https://cloud.example";
    EXPECT_FALSE(read(said));
    said.erase("aud");
    EXPECT_FALSE(read(said));
    bound = true; // the configuration names the server
    EXPECT_TRUE(read(said));
}

TEST_F(WorkloadTokenTest, AFileThatOthersMayWriteIsNotUsed) {
    ASSERT_TRUE(read(forServer()));
    ASSERT_EQ(::chmod(access.workload->tokenFile.c_str(), 0666), 0);
    EXPECT_EQ(readWorkloadToken(access, house.clock.wall()).error().code, ErrorCode::NotConfigured);
    access.workload.reset();
    EXPECT_EQ(readWorkloadToken(access, house.clock.wall()).error().code, ErrorCode::NotConfigured);
}

TEST_F(WorkloadTokenTest, P11_ARenewalAsksOnceWithWhatThePlatformWroteLast) {
    ASSERT_TRUE(read(forServer()));
    CredentialRecord record;
    record.kind = CredentialKind::Workload;
    record.scopes = {"read"};
    record.resource = "https://mcp.example/mcp";
    std::optional<Result<TokenSet>> tokens;
    const auto flow = startRenewal(rooms(), access, record, {},
                                   [&](Result<TokenSet> result) { tokens = std::move(result); });
    ASSERT_TRUE(flow) << flow.error().message;
    ASSERT_TRUE(house.requestWaits());
    EXPECT_EQ(asked()["grant_type"], "urn:ietf:params:oauth:grant-type:jwt-bearer");
    EXPECT_EQ(asked()["resource"], "https://mcp.example/mcp");
    EXPECT_EQ(asked()["client_id"], "us");
    house.http.answer(200, freshToken);
    ASSERT_TRUE(tokens && tokens->has_value());
}

} // namespace
} // namespace keybearer

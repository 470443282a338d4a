#include "broker/oauth/AuthorizationCodeFlow.h"
#include "broker/http/HttpClient.h"
#include "broker/oauth/Form.h"
#include "tests/broker/oauth/ScriptedTransport.h"

#include <QTcpSocket>
#include <QUrlQuery>

#include <gtest/gtest.h>

using namespace keybearer;
using namespace keybearer::test;
using std::chrono::milliseconds;
using Parameters = std::map<std::string, std::string>;

namespace {

Result<QUrl> startOf(AuthorizationCodeFlow& flow) {
    std::optional<Result<QUrl>> url;
    flow.start([&](Result<QUrl> ready) { url = std::move(ready); });
    EXPECT_FALSE(url) << "inside the call";
    EXPECT_TRUE(waitFor([&] { return url.has_value(); }));
    return *url;
}

class AuthorizationCodeFlowTest : public ::testing::Test {
protected:
    AuthorizationCodeFlowTest() {
        setup_.server = exampleServer();
        setup_.client = publicClient();
        setup_.scopes = {"a", "b"};
    }

    void start() {
        flow_ = std::make_unique<AuthorizationCodeFlow>(
            transport_, clock_, setup_, [this](Result<TokenSet> r) { result_ = std::move(r); });
        Result<QUrl> url = startOf(*flow_);
        ASSERT_TRUE(url) << url.error().message;
        sentToBrowser_ = *decodeForm(url->query(QUrl::FullyEncoded).toStdString());
    }
    [[nodiscard]] std::string state() const { return sentToBrowser_.at("state"); }
    [[nodiscard]] std::string answer(const std::string& query) const {
        return flow_->redirectUri() + "?" + query;
    }
    [[nodiscard]] bool finished() {
        return waitFor([&] { return result_.has_value(); });
    }
    [[nodiscard]] Parameters tokenRequest() const { return *decodeForm(transport_.sent.at(0).body); }

    // What a browser does with an address of ours.
    [[nodiscard]] std::string browse(const std::string& address) const {
        const QUrl url(QString::fromStdString(address));
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        socket.write("GET " + url.toEncoded(QUrl::RemoveScheme | QUrl::RemoveAuthority) +
                     " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(url.port()) + "\r\n\r\n");
        QByteArray all;
        EXPECT_TRUE(waitFor([&] {
            all += socket.readAll();
            return socket.state() == QAbstractSocket::UnconnectedState;
        }));
        return (all + socket.readAll()).toStdString();
    }

    ScriptedTransport transport_;
    StillClock clock_;
    AuthorizationCodeFlow::Setup setup_;
    std::unique_ptr<AuthorizationCodeFlow> flow_;
    Parameters sentToBrowser_;
    std::optional<Result<TokenSet>> result_;
};

} // namespace

TEST_F(AuthorizationCodeFlowTest, BrowserAnswerBecomesTokens) {
    transport_.answer(200, goodTokens);
    int exchanging = 0;
    setup_.onExchanging = [&] { ++exchanging; };
    setup_.resource = "https://mcp.example/mcp";
    start();
    EXPECT_EQ(sentToBrowser_.at("redirect_uri"), flow_->redirectUri());
    EXPECT_EQ(sentToBrowser_.at("scope"), "a b");
    EXPECT_EQ(sentToBrowser_.at("resource"), "https://mcp.example/mcp");
    EXPECT_EQ(exchanging, 0);
    const std::string page = browse(answer("code=4%2F0Ab%2Bc%3D&state=" + state()));
    EXPECT_NE(page.find("Go back to Keybearer"), std::string::npos);
    ASSERT_TRUE(finished());
    ASSERT_TRUE(*result_) << result_->error().message;
    EXPECT_EQ((*result_)->accessToken.reveal(), "at-1");
    EXPECT_EQ((*result_)->receivedAt, clock_.now);
    EXPECT_EQ(exchanging, 1);
    ASSERT_EQ(transport_.sent.size(), 1U);
    EXPECT_EQ(transport_.sent[0].url, "https://as.example/token");
    Parameters form = tokenRequest();
    EXPECT_EQ(codeChallenge(Secret::copyOf(form.at("code_verifier"))), sentToBrowser_.at("code_challenge"));
    form.erase("code_verifier");
    EXPECT_EQ(form, (Parameters{{"grant_type", "authorization_code"},
                                {"code", "4/0Ab+c="},
                                {"redirect_uri", flow_->redirectUri()},
                                {"client_id", "our client"},
                                {"resource", "https://mcp.example/mcp"}}));
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_06_StateIsRandomAndForeignStateChangesNothing) {
    transport_.answer(200, goodTokens);
    start();
    const std::string first = state();
    EXPECT_EQ(first.size(), 43U);
    for (const std::string& query :
         {"code=evil&state=" + std::string(43, 'A'), std::string("code=evil"),
          std::string("error=access_denied&state=x"), std::string("error=access_denied")})
        EXPECT_NE(browse(answer(query)).find("Nothing to do here"), std::string::npos) << query;
    EXPECT_FALSE(waitFor([&] { return result_.has_value(); }, milliseconds(50)));
    EXPECT_TRUE(transport_.sent.empty());
    ASSERT_TRUE(flow_->complete(answer("code=good&state=" + first)));
    ASSERT_TRUE(finished());
    EXPECT_TRUE(*result_);
    EXPECT_EQ(tokenRequest().at("code"), "good");
    start();
    EXPECT_NE(state(), first);
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_06_AnswerCountsOnce) {
    start(); // the token request stays without an answer
    ASSERT_TRUE(flow_->complete(answer("code=one&state=" + state())));
    EXPECT_FALSE(flow_->complete(answer("code=two&state=" + state())));
    EXPECT_FALSE(waitFor([&] { return transport_.sent.size() > 1; }, milliseconds(50)));
    EXPECT_EQ(tokenRequest().at("code"), "one");
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_04_PortIsClosedAfterTheAnswer) {
    start();
    ASSERT_TRUE(flow_->complete(answer("code=one&state=" + state())));
    QTcpSocket late;
    late.connectToHost(QHostAddress::LocalHost,
                       static_cast<quint16>(QUrl(QString::fromStdString(flow_->redirectUri())).port()));
    EXPECT_TRUE(waitFor([&] { return late.error() == QAbstractSocket::ConnectionRefusedError; }));
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_11_ForeignIssuerAbortsAndNoCodeIsSent) {
    start();
    const std::string page = browse(
        answer("code=c&state=" + state() + "&iss=https%3A%2F%2Fevil.example&error_description=planted"));
    EXPECT_NE(page.find("You were not signed in"), std::string::npos);
    EXPECT_EQ(page.find("planted"), std::string::npos);
    ASSERT_TRUE(finished());
    EXPECT_EQ(result_->error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_11_OwnIssuerIsAccepted) {
    transport_.answer(200, goodTokens);
    setup_.server.issParameterSupported = true;
    start();
    ASSERT_TRUE(flow_->complete(answer("code=c&state=" + state() + "&iss=https%3A%2F%2Fas.example")));
    ASSERT_TRUE(finished());
    EXPECT_TRUE(*result_);
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_12_PromisedIssuerThatIsMissingAborts) {
    setup_.server.issParameterSupported = true;
    start();
    ASSERT_TRUE(flow_->complete(answer("code=c&state=" + state())));
    EXPECT_FALSE(result_) << "inside the call";
    ASSERT_TRUE(finished());
    EXPECT_EQ(result_->error().code, ErrorCode::ProviderError);
    EXPECT_TRUE(transport_.sent.empty());
}

TEST_F(AuthorizationCodeFlowTest, DeclinedSignInIsCancelled) {
    start();
    const std::string page = browse(answer("error=access_denied&state=" + state()));
    EXPECT_NE(page.find("You were not signed in"), std::string::npos);
    ASSERT_TRUE(finished());
    EXPECT_EQ(result_->error().code, ErrorCode::Cancelled);
}

TEST_F(AuthorizationCodeFlowTest, SEC_C_09_ServerWithoutS256IsRefusedUnlessItIsKnown) {
    for (const std::vector<std::string>& methods : {std::vector<std::string>{}, {"plain"}, {"s256"}}) {
        setup_.server.codeChallengeMethods = methods;
        setup_.pkceWithoutMetadata = false;
        AuthorizationCodeFlow refused(transport_, clock_, setup_, [](const Result<TokenSet>&) { FAIL(); });
        EXPECT_EQ(startOf(refused).error().code, ErrorCode::ProviderError);
        setup_.pkceWithoutMetadata = true;
        AuthorizationCodeFlow known(transport_, clock_, setup_, [](const Result<TokenSet>&) { FAIL(); });
        const Result<QUrl> url = startOf(known);
        ASSERT_TRUE(url);
        EXPECT_EQ(QUrlQuery(*url).queryItemValue(QStringLiteral("code_challenge_method")), u"S256");
    }
}

TEST_F(AuthorizationCodeFlowTest, StartRefusesWhatCannotWork) {
    const auto codeOfStart = [&] {
        AuthorizationCodeFlow flow(transport_, clock_, setup_, [](const Result<TokenSet>&) { FAIL(); });
        return startOf(flow).error().code;
    };
    setup_.client.clientId.clear();
    EXPECT_EQ(codeOfStart(), ErrorCode::NotConfigured);
    setup_.client = publicClient();
    setup_.server.tokenEndpoint = QUrl(QStringLiteral("http://as.example/token"));
    EXPECT_EQ(codeOfStart(), ErrorCode::InvalidParams);
    setup_.server = exampleServer();
    setup_.server.authorizationEndpoint = QUrl(QStringLiteral("javascript:alert(1)"));
    EXPECT_EQ(codeOfStart(), ErrorCode::InvalidParams);
}

TEST_F(AuthorizationCodeFlowTest, NobodyAnswersUntilTheTimeIsOver) {
    setup_.timeout = milliseconds(50);
    start();
    ASSERT_TRUE(finished());
    EXPECT_EQ(result_->error().code, ErrorCode::TimedOut);
    EXPECT_FALSE(flow_->complete(answer("code=c&state=" + state())));
}

TEST_F(AuthorizationCodeFlowTest, DestroyedFlowIsSilent) {
    transport_.answer(200, goodTokens);
    start();
    ASSERT_TRUE(flow_->complete(answer("code=c&state=" + state())));
    flow_.reset();
    EXPECT_FALSE(waitFor([&] { return result_.has_value(); }, milliseconds(50)));
}

TEST_F(AuthorizationCodeFlowTest, CompletionMayDestroyTheFlow) {
    transport_.fail(ErrorCode::ProviderUnavailable);
    bool called = false;
    flow_ = std::make_unique<AuthorizationCodeFlow>(transport_, clock_, setup_, [&](const Result<TokenSet>&) {
        flow_.reset();
        called = true;
    });
    const Result<QUrl> url = startOf(*flow_);
    ASSERT_TRUE(url);
    const auto query = *decodeForm(url->query(QUrl::FullyEncoded).toStdString());
    ASSERT_TRUE(flow_->complete(query.at("redirect_uri") + "?code=c&state=" + query.at("state")));
    EXPECT_TRUE(waitFor([&] { return called; }));
}

TEST_F(AuthorizationCodeFlowTest, PastedAddressMayHaveSpacesAFragmentOrNoScheme) {
    for (const char* shape : {"  \n%1 \n", "%1#fragment", "%1"}) {
        start();
        const std::string address = answer("code=c&state=" + state());
        EXPECT_TRUE(
            flow_->complete(QString::fromLatin1(shape).arg(QString::fromStdString(address)).toStdString()));
        start();
        EXPECT_TRUE(flow_->complete(answer("code=c&state=" + state()).substr(7)));
    }
}

TEST_F(AuthorizationCodeFlowTest, PastedRubbishIsRefusedAndTheFlowGoesOn) {
    transport_.answer(200, goodTokens);
    start();
    const std::string right = answer("code=c&state=" + state());
    for (const std::string& pasted :
         {std::string(), std::string("4/0Abc"), "https://evil.example/?code=c&state=" + state(),
          flow_->redirectUri(), flow_->redirectUri() + "/x?code=c&state=" + state(),
          answer("code=c&state=wrong"), answer("code=%zz&state=" + state()), right + std::string(20000, ' '),
          "x" + right}) {
        const Result<void> completed = flow_->complete(pasted);
        ASSERT_FALSE(completed) << pasted.substr(0, 80);
        EXPECT_EQ(completed.error().code, ErrorCode::InvalidParams);
    }
    ASSERT_TRUE(flow_->complete(right));
    ASSERT_TRUE(finished());
    EXPECT_TRUE(*result_);
}

TEST_F(AuthorizationCodeFlowTest, NonceIsSentOnlyForOpenId) {
    start();
    EXPECT_EQ(sentToBrowser_.count("nonce"), 0U);
    EXPECT_EQ(flow_->nonce(), "");
    setup_.openId = true;
    start();
    EXPECT_EQ(sentToBrowser_.at("nonce"), flow_->nonce());
    EXPECT_EQ(flow_->nonce().size(), 43U);
}

TEST_F(AuthorizationCodeFlowTest, FixedRedirectPathIsUsed) {
    setup_.redirectPath = "/callback";
    start();
    EXPECT_EQ(QUrl(QString::fromStdString(flow_->redirectUri())).path(), u"/callback");
}

TEST_F(AuthorizationCodeFlowTest, ErrorOfTheTokenEndpointIsHandedOver) {
    transport_.answer(400, R"({"error":"invalid_grant","error_description":"code used"})");
    start();
    ASSERT_TRUE(flow_->complete(answer("code=c&state=" + state())));
    ASSERT_TRUE(finished());
    EXPECT_EQ(result_->error().code, ErrorCode::ProviderError);
    EXPECT_EQ(std::get<std::string>(*result_->error().detail("error_description")), "code used");
}

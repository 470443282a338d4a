#include "clients/c/keybearer.h"
#include "tests/support/ScriptedBroker.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace keybearer {
namespace {

using testing::ScriptedBroker;
using testing::ScriptedConnection;
using testing::TemporaryDirectory;

const Json tokenAnswer{{"access_token", "tok-1"},
                       {"token_type", "Bearer"},
                       {"expires_at", "2026-05-01T09:30:00Z"},
                       {"account", "ana@example.com"},
                       {"scopes", Json::array({"repo"})}};

// One environment variable for the length of a test.
class Variable {
public:
    Variable(const char* name, const std::string& value) : name_(name) { ::setenv(name, value.c_str(), 1); }
    ~Variable() { ::unsetenv(name_); }
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

private:
    const char* name_;
};

class Token : public kb_token {
public:
    Token() : kb_token{} {}
    ~Token() { kb_token_free(this); }
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;
};

class ClientLibrary : public ::testing::Test {
protected:
    using Client = std::unique_ptr<kb_client, void (*)(kb_client*)>;

    void SetUp() override {
        for (const char* name :
             {"KEYBEARER_SOCKET", "KEYBEARER_FD", "KEYBEARER_CAPABILITY", "KEYBEARER_CLIENT_KEY"})
            ::unsetenv(name);
        home_ = std::make_unique<Variable>("KEYBEARER_HOME", broker_->home().string());
    }
    Client open(const kb_options& options = {}) {
        Client client(kb_open(&options, &error_), kb_close);
        EXPECT_NE(client, nullptr) << error_.message;
        return client;
    }
    kb_kind ask(const Client& client, Token& token, kb_request request = {}) {
        if (request.provider == nullptr && request.tool == nullptr)
            request.provider = "demo";
        if (request.timeout == 0)
            request.timeout = 10;
        return kb_get_token(client.get(), &request, &token, &error_);
    }

    std::unique_ptr<ScriptedBroker> broker_ = std::make_unique<ScriptedBroker>();
    std::unique_ptr<Variable> home_;
    kb_error error_{};
};

TEST_F(ClientLibrary, GetsATokenAndSaysWhoItIs) {
    broker_->on("token.get", tokenAnswer);
    kb_options options{};
    options.name = "notes \"1\"";
    options.version = "2";
    const Client client = open(options);
    const char* const scopes[] = {"repo", "user", nullptr};
    kb_request request{};
    request.provider = "github:ana@example.com";
    request.scopes = scopes;
    request.min_valid = 60;
    request.reason = "line\nbreak";
    Token token;
    ASSERT_EQ(ask(client, token, request), KB_OK) << error_.message;
    EXPECT_STREQ(token.access_token, "tok-1");
    EXPECT_STREQ(token.header_name, "Authorization");
    EXPECT_STREQ(token.header_value, "Bearer tok-1");
    EXPECT_STREQ(token.account, "ana@example.com");
    EXPECT_STREQ(token.expires_at, "2026-05-01T09:30:00Z");
    EXPECT_EQ(error_.kind, KB_OK);
    const Json hello = broker_->received("hello").at(0)["params"];
    EXPECT_EQ(hello, (Json{{"protocol", 1}, {"client", {{"name", "notes \"1\""}, {"version", "2"}}}}));
    const Json asked = broker_->received("token.get").at(0)["params"];
    EXPECT_EQ(asked, (Json{{"provider", "github"},
                           {"account", "ana@example.com"},
                           {"scopes", {"repo", "user"}},
                           {"min_valid_seconds", 60},
                           {"reason", "line\nbreak"}}));
    EXPECT_EQ(broker_->linesOfFirstRead(), 2U);
}

TEST_F(ClientLibrary, AToolAloneLeavesTheChoiceToTheRules) {
    broker_->on("token.get", Json{{"access_token", "k"},
                                  {"token_type", "ApiKey"},
                                  {"expires_at", nullptr},
                                  {"header", {{"name", "X-Api-Key"}, {"value", "k"}}}});
    const Client client = open();
    kb_request request{};
    request.tool = "weather.now";
    Token token;
    ASSERT_EQ(ask(client, token, request), KB_OK) << error_.message;
    EXPECT_STREQ(token.header_name, "X-Api-Key");
    EXPECT_STREQ(token.header_value, "k");
    EXPECT_EQ(token.expires_at, nullptr);
    EXPECT_EQ(broker_->received("token.get").at(0)["params"], (Json{{"tool", "weather.now"}}));
}

TEST_F(ClientLibrary, KeepsItsConnection) {
    broker_->on("token.get", tokenAnswer);
    const Client client = open();
    for (int i = 0; i < 3; ++i) {
        Token token;
        ASSERT_EQ(ask(client, token), KB_OK) << error_.message;
    }
    EXPECT_EQ(broker_->received("hello").size(), 1U);
    EXPECT_EQ(broker_->received("token.get").size(), 3U);
}

TEST_F(ClientLibrary, ErrorsArriveWithKindNameActionAndWhatThePersonNeeds) {
    broker_->refuse("token.get",
                    Error(ErrorCode::AuthorizationRequired, "nobody has signed in", "Sign in.")
                        .with("authorization_url", std::string("https://login.example.com/a?b=c"))
                        .with("user_code", std::string("AB-\x01"
                                                       "CD"))
                        .with("retry_after_seconds", std::int64_t(7)));
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_SIGN_IN);
    EXPECT_STREQ(error_.name, "authorization_required");
    EXPECT_EQ(error_.code, -31001);
    EXPECT_STREQ(error_.message, "nobody has signed in");
    EXPECT_STREQ(error_.action, "Sign in.");
    EXPECT_STREQ(error_.authorization_url, "https://login.example.com/a?b=c");
    EXPECT_STREQ(error_.user_code, "AB- CD");
    EXPECT_EQ(error_.retry_after, 7);
    EXPECT_EQ(token.access_token, nullptr);
    broker_->refuse("token.get", Error(ErrorCode::ConsentDenied, "no", ""));
    EXPECT_EQ(ask(client, token), KB_DENIED);
    EXPECT_EQ(error_.retry_after, -1);
    broker_->refuse("token.get", Error(ErrorCode::RateLimited, "slow", ""));
    EXPECT_EQ(ask(client, token), KB_LATER);
    broker_->refuse("token.get", Error(ErrorCode::NotFound, "what", ""));
    EXPECT_EQ(ask(client, token), KB_OTHER);
    EXPECT_EQ(broker_->received("hello").size(), 1U) << "a refusal costs no connection";
}

TEST_F(ClientLibrary, ARefusedGreetingIsTheErrorOfTheRequest) {
    broker_->refuse("hello", Error(ErrorCode::ClientUnknown, "no such key", "Ask for another."));
    broker_->refuse("token.get", Error(ErrorCode::InvalidRequest, "hello first", ""));
    const Variable key("KEYBEARER_CLIENT_KEY", "kbk_wrong");
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_DENIED);
    EXPECT_STREQ(error_.name, "client_unknown");
    EXPECT_EQ(broker_->received("hello").at(0)["params"]["client_key"], "kbk_wrong");
}

TEST_F(ClientLibrary, TheClientKeyMayLieInAFile) {
    broker_->on("token.get", tokenAnswer);
    const std::filesystem::path file = broker_->home() / "key";
    std::ofstream(file) << "kbk_file\n";
    const Variable key("KEYBEARER_CLIENT_KEY", "@" + file.string());
    Token token;
    ASSERT_EQ(ask(open(), token), KB_OK) << error_.message;
    EXPECT_EQ(broker_->received("hello").at(0)["params"]["client_key"], "kbk_file");
    std::filesystem::remove(file);
    EXPECT_EQ(kb_open(nullptr, &error_), nullptr);
    EXPECT_STREQ(error_.name, "invalid_params");
    EXPECT_NE(std::string(error_.action).find("KEYBEARER_CLIENT_KEY"), std::string::npos);
}

TEST_F(ClientLibrary, ACapabilityInTheEnvironmentCountsBeforeAKey) {
    broker_->on("token.get", tokenAnswer);
    const Variable capability("KEYBEARER_CAPABILITY", "kbc_1");
    const Variable key("KEYBEARER_CLIENT_KEY", "kbk_1");
    Token token;
    ASSERT_EQ(ask(open(), token), KB_OK) << error_.message;
    const Json hello = broker_->received("hello").at(0)["params"];
    EXPECT_EQ(hello["capability"], "kbc_1");
    EXPECT_FALSE(hello.contains("client_key"));
}

TEST_F(ClientLibrary, NoBrokerIsSaidAtOnce) {
    broker_.reset();
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_STREQ(error_.name, "broker_unreachable");
    EXPECT_NE(std::string(error_.action), "");
}

TEST_F(ClientLibrary, SilenceEndsAtTheDeadlineAndTheLateAnswerIsPassedOver) {
    Json late;
    broker_->on("token.get", [&](ScriptedConnection& connection, const Json& request) {
        if (late.is_null()) {
            late = request;
            return;
        }
        Json stale = tokenAnswer;
        stale["access_token"] = "stale";
        connection.answer(late, stale);
        connection.event(Json{{"topic", "alert"}});
        connection.answer(request, tokenAnswer);
    });
    const Client client = open();
    Token token;
    kb_request request{};
    request.timeout = 1;
    EXPECT_EQ(ask(client, token, request), KB_TIMED_OUT);
    EXPECT_STREQ(error_.name, "timed_out");
    ASSERT_EQ(ask(client, token), KB_OK) << error_.message;
    EXPECT_STREQ(token.access_token, "tok-1");
}

TEST_F(ClientLibrary, ABrokerThatWasRestartedIsAskedAgain) {
    const TemporaryDirectory home;
    const Variable place("KEYBEARER_HOME", home.path().string());
    auto first = std::make_unique<ScriptedBroker>(home.path());
    first->on("token.get", tokenAnswer);
    const Client client = open();
    Token before;
    ASSERT_EQ(ask(client, before), KB_OK) << error_.message;
    first.reset();
    std::filesystem::remove(home.path() / "run" / "broker.sock");
    ScriptedBroker second(home.path());
    second.on("token.get", tokenAnswer);
    Token after;
    ASSERT_EQ(ask(client, after), KB_OK) << error_.message;
    EXPECT_EQ(second.received("hello").size(), 1U);
}

TEST_F(ClientLibrary, ABrokerThatClosesEachTimeIsNotAskedForever) {
    broker_->on("token.get", [](ScriptedConnection& connection, const Json&) { connection.close(); });
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_EQ(broker_->received("token.get").size(), 1U);
}

TEST_F(ClientLibrary, NonsenseIsNotBelieved) {
    for (const std::string line : {"hello\n", "{\"id\":2\n", "[]\n", "{}garbage\n"}) {
        broker_->on("token.get",
                    [line](ScriptedConnection& connection, const Json&) { connection.sendRaw(line); });
        const Client client = open();
        Token token;
        EXPECT_EQ(ask(client, token), KB_UNREACHABLE) << line;
    }
    for (const Json& result :
         {Json(1), Json::object(), Json{{"access_token", 5}, {"token_type", "Bearer"}}}) {
        broker_->on("token.get", result);
        const Client client = open();
        Token token;
        EXPECT_EQ(ask(client, token), KB_UNREACHABLE) << result;
        EXPECT_EQ(token.access_token, nullptr);
    }
}

TEST_F(ClientLibrary, AnEndlessLineIsGivenUp) {
    broker_->on("token.get", [](ScriptedConnection& connection, const Json&) {
        const std::string piece(1U << 16, 'x');
        for (int i = 0; i < 17; ++i)
            connection.sendRaw(piece);
    });
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_NE(std::string(error_.message).find("language"), std::string::npos);
}

TEST_F(ClientLibrary, ADirectoryThatOthersMayWriteToIsRefused) {
    broker_->on("token.get", tokenAnswer);
    ::chmod((broker_->home() / "run").c_str(), 0770);
    const Client client = open();
    Token token;
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_NE(std::string(error_.message).find("others may write"), std::string::npos);
    EXPECT_TRUE(broker_->received("hello").empty());
    ::chmod((broker_->home() / "run").c_str(), 0700);
    std::filesystem::rename(broker_->home() / "run", broker_->home() / "real");
    std::filesystem::create_directory_symlink(broker_->home() / "real", broker_->home() / "run");
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_NE(std::string(error_.message).find("link"), std::string::npos);
}

TEST_F(ClientLibrary, AHandedConnectionIsUsedWithoutAGreetingAndNotReplaced) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
    const Variable descriptor("KEYBEARER_FD", std::to_string(ends[0]));
    const Client client = open();
    ::shutdown(ends[1], SHUT_RD);
    ::close(ends[1]);
    Token token;
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_EQ(ask(client, token), KB_UNREACHABLE);
    EXPECT_NE(std::string(error_.action).find("Start this program again"), std::string::npos);
    EXPECT_TRUE(broker_->received("hello").empty());
    ::close(ends[0]);
}

TEST_F(ClientLibrary, ADescriptorThatIsNoneIsSaid) {
    const Variable descriptor("KEYBEARER_FD", "900");
    Token token;
    EXPECT_EQ(ask(open(), token), KB_UNREACHABLE);
    EXPECT_NE(std::string(error_.message).find("KEYBEARER_FD"), std::string::npos);
    const Variable word("KEYBEARER_FD", "three");
    EXPECT_EQ(kb_open(nullptr, &error_), nullptr);
    EXPECT_STREQ(error_.name, "invalid_params");
}

TEST_F(ClientLibrary, MistakesOfTheProgramAreSaid) {
    const Client client = open();
    Token token;
    kb_request request{};
    request.min_valid = -1;
    EXPECT_EQ(ask(client, token, request), KB_OTHER);
    request.min_valid = 86401;
    EXPECT_EQ(ask(client, token, request), KB_OTHER);
    EXPECT_STREQ(error_.name, "invalid_params");
    EXPECT_TRUE(broker_->received("hello").empty());
}

TEST_F(ClientLibrary, APlaceThatIsTooLongIsSaid) {
    const Variable place("KEYBEARER_HOME", "/" + std::string(200, 'x'));
    EXPECT_EQ(kb_open(nullptr, &error_), nullptr);
    EXPECT_NE(std::string(error_.action).find("shorter"), std::string::npos);
}

} // namespace
} // namespace keybearer

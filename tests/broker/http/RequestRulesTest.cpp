#include "broker/http/RequestRules.h"

#include <gtest/gtest.h>

using namespace keybearer;

TEST(RequestRules, SEC_C_21_HttpsAndLoopbackAreAllowed) {
    for (const char* url :
         {"https://as.example/token", "https://as.example:8443/token?x=1", "http://127.0.0.1:9/t",
          "http://[::1]:9/t", "http://localhost/t", "https://10.0.0.1/t"})
        EXPECT_TRUE(checkUrl(QUrl(QString::fromLatin1(url)))) << url;
}

TEST(RequestRules, SEC_C_21_EverythingElseIsRefused) {
    for (const char* url :
         {"http://as.example/token", "http://127.0.0.2/t", "http://127.0.0.1.nip.io/t",
          "http://localhost.evil/t", "http://[::ffff:127.0.0.1]/t", "ftp://127.0.0.1/t", "file:///etc/passwd",
          "javascript:alert(1)", "data:text/plain,x", "https:///t", "/token", "", "https://user@as.example/t",
          "https://user:pw@as.example/t", "https://@as.example/t", "https://as.example/t#x"}) {
        const Result<void> checked = checkUrl(QUrl(QString::fromLatin1(url)));
        ASSERT_FALSE(checked) << url;
        EXPECT_EQ(checked.error().code, ErrorCode::InvalidParams) << url;
    }
}

TEST(RequestRules, RefusalDoesNotQuoteTheQuery) {
    const Result<void> checked = checkUrl(QUrl(QStringLiteral("http://as.example/t?code=planted")));
    ASSERT_FALSE(checked);
    EXPECT_EQ(checked.error().message.find("planted"), std::string::npos);
}

TEST(RequestRules, SEC_C_38_HeaderThatCouldEndTheLineIsRefused) {
    using std::string;
    EXPECT_TRUE(checkHeader({"Authorization", "Bearer abc.def"}));
    for (const string& value : {string("a\r\nX-Evil: 1"), string("a\rb"), string("a\nb"), string("a\0b", 3),
                                string("caf\xC3\xA9"), string("a\x7F"), string("\x1B[0m"), string("a\tb")})
        EXPECT_FALSE(checkHeader({"X", value}));
    for (const string& name : {string(), string("X Y"), string("X:"), string("X\r\n"), string("\xC3\xA9")})
        EXPECT_FALSE(checkHeader({name, "v"}));
}

TEST(RequestRules, BodyNeedsPost) {
    HttpRequest request;
    request.url = QUrl(QStringLiteral("https://as.example/"));
    request.body = Secret::copyOf("x");
    EXPECT_FALSE(checkRequest(request));
    request.method = HttpRequest::Method::Post;
    EXPECT_TRUE(checkRequest(request));
    request.contentType = "text/plain\r\nX: 1";
    EXPECT_FALSE(checkRequest(request));
}

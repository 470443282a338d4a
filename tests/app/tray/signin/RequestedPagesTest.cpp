#include "app/tray/signin/RequestedPages.h"

#include "tests/app/tray/support/TrayFixture.h"

namespace keybearer::test {
namespace {

class RequestedPagesTest : public TrayFixture {
protected:
    RequestedPagesTest() {
        pages = std::make_unique<RequestedPages>(mirror, [this](const QUrl& url) {
            opened.push_back(url.toEncoded().toStdString());
            return browserStarts;
        });
        QObject::connect(pages.get(), &RequestedPages::failed, pages.get(),
                         [this](const QString& address) { failed.push_back(address.toStdString()); });
    }
    void progress(const std::string& id, const std::string& url, bool open = true) {
        broker.emitEvent("signin.progress", Json{{"signin_id", id},
                                                 {"state", "waiting"},
                                                 {"open_browser", open},
                                                 {"authorization_url", url}});
    }

    std::unique_ptr<RequestedPages> pages;
    std::vector<std::string> opened;
    std::vector<std::string> failed;
    bool browserStarts = true;
};

TEST_F(RequestedPagesTest, ThePageOfASignInIsOpenedOnce) {
    connectAll();
    const std::string url = "https://as.example/authorize?x=1&y=%20";
    progress("i1", url, false);
    progress("i1", url);
    progress("i1", url);
    progress("i2", "https://as.example/2");
    ASSERT_TRUE(wait([&] { return opened.size() >= 2; }));
    EXPECT_EQ(opened, (std::vector<std::string>{url, "https://as.example/2"}));
    EXPECT_TRUE(failed.empty());
}

TEST_F(RequestedPagesTest, SEC_C_34_NothingButAWebAddressIsOpened) {
    connectAll();
    int number = 0;
    for (const char* url :
         {"file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "--new-window",
          "https://as.example@evil.example/", "http://as.example/", "https://a b/", "ms-msdt:x"})
        progress("i" + std::to_string(number++), url);
    progress("last", "http://127.0.0.1:9/authorize");
    ASSERT_TRUE(wait([&] { return !opened.empty(); }));
    EXPECT_EQ(opened, std::vector<std::string>{"http://127.0.0.1:9/authorize"});
}

TEST_F(RequestedPagesTest, WithoutABrowserTheAddressIsTold) {
    browserStarts = false;
    connectAll();
    progress("i1", "https://as.example/");
    ASSERT_TRUE(wait([&] { return failed.size() == 1; }));
    EXPECT_EQ(failed[0], "https://as.example/");
}

} // namespace
} // namespace keybearer::test

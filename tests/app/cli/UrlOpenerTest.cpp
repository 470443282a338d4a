#include "app/cli/UrlOpener.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

using Commands = std::vector<std::vector<std::string>>;
const std::string url = "https://example.com/authorize?a=1&b=%20";

TEST(UrlOpener, BrowserVariableIsAListWithPlaceholders) {
    EXPECT_EQ(browserCommands({"firefox", true}, url), (Commands{{"firefox", url}}));
    EXPECT_EQ(browserCommands({"firefox --new-window %s:w3m", false}, url),
              (Commands{{"firefox", "--new-window", url}, {"w3m", url}}));
    EXPECT_EQ(browserCommands({"open --url=%s", false}, url), (Commands{{"open", "--url=" + url}}));
    EXPECT_EQ(browserCommands({"::", false}, url), Commands{});
}

TEST(UrlOpener, UrlThatLooksLikeAPlaceholderIsNotReplacedAgain) {
    const std::string odd = "https://example.com/%s";
    EXPECT_EQ(browserCommands({"b %s", true}, odd), (Commands{{"b", odd}}));
}

TEST(UrlOpener, WithoutTheVariableXdgOpenNeedsADisplay) {
    EXPECT_EQ(browserCommands({"", true}, url), (Commands{{"xdg-open", url}}));
    EXPECT_TRUE(browserCommands({"", false}, url).empty());
}

TEST(UrlOpener, EndlessVariableIsCut) {
    std::string list;
    for (int i = 0; i < 100; ++i)
        list += "b:";
    EXPECT_LE(browserCommands({list, false}, url).size(), 8U);
}

TEST(UrlOpener, OnlyWebAddressesAreOpened) {
    EXPECT_TRUE(isOpenable(url));
    EXPECT_TRUE(isOpenable("http://127.0.0.1:3000/x"));
    for (const std::string& bad :
         {std::string("file:///etc/passwd"), std::string("javascript:alert(1)"), std::string("-https://x"),
          std::string("--help"), std::string("https://"), std::string("https:///x"),
          std::string("http://:80"), std::string("https://a b"), std::string("https://a\n"),
          std::string("https://a\"b"), std::string(), "https://" + std::string(9000, 'a')})
        EXPECT_FALSE(isOpenable(bad)) << bad;
}

TEST(UrlOpener, NothingIsStartedForAnythingElse) {
    const Result<void> opened = openInBrowser("file:///etc/passwd");
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, ErrorCode::ProviderError);
}

} // namespace
} // namespace keybearer

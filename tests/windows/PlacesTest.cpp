#include "tests/windows/Place.h"

#include "broker/base/windows/OwnerOnly.h"
#include "broker/protocol/Endpoint.h"

extern "C" {
#include "clients/c/channel.h"
}

#include <cstdlib>
#include <utility>

namespace keybearer {
namespace {

// Both views of the environment: ours is the system's, the C library reads the run time's too.
void set(const std::string& name, const std::string& value) {
    ::_putenv_s(name.c_str(), value.c_str());
    ::SetEnvironmentVariableW(wide(name).c_str(), value.empty() ? nullptr : wide(value).c_str());
}

class PlacesTest : public Place {
protected:
    void SetUp() override {
        Place::SetUp();
        clear();
    }
    void TearDown() override {
        clear();
        Place::TearDown();
    }
    static void clear() {
        for (const char* name : {"KEYBEARER_HOME", "KEYBEARER_CONFIG", "KEYBEARER_SOCKET"})
            set(name, "");
    }
    static std::string placeInC() {
        kb_error error{};
        char* place = kb_place(&error);
        std::string out(place == nullptr ? error.message : place);
        std::free(place);
        return out;
    }
};

TEST_F(PlacesTest, EverythingLiesWithTheApplicationsOfThisAccount) {
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_NE(places->config.wstring().find(LR"(\AppData\Local\keybearer\config.yaml)"), std::wstring::npos)
        << places->config;
    EXPECT_EQ(places->state.parent_path(), places->config.parent_path());
    EXPECT_EQ(places->socket.string(), R"(\\.\pipe\keybearer-)" + *ownAccount());
    EXPECT_EQ(placeInC(), places->socket.string());
}

TEST_F(PlacesTest, OwnDirectoryHasAPipeOfItsOwnWhichTheLibraryInCFindsToo) {
    set("KEYBEARER_HOME", R"(C:\Some Where\Sch)"
                          "\xc3\xbc"
                          R"(ssel)");
    const Result<Places> places = findPlaces();
    ASSERT_TRUE(places);
    EXPECT_EQ(places->config.wstring(), L"C:\\Some Where\\Sch\u00fcssel\\config\\config.yaml");
    EXPECT_EQ(places->lock().wstring(), L"C:\\Some Where\\Sch\u00fcssel\\run\\broker.lock");
    EXPECT_TRUE(places->socket.string().starts_with(R"(\\.\pipe\keybearer-)" + *ownAccount() + "-"));
    EXPECT_EQ(placeInC(), places->socket.string());
    for (const char* same : {R"(c:\some where\X\..\SCH)"
                             "\xc3\xbc"
                             R"(ssel\)",
                             "C:/Some Where/Sch\xc3\xbcssel"}) {
        set("KEYBEARER_HOME", same);
        EXPECT_EQ(findPlaces()->socket, places->socket) << same;
        EXPECT_EQ(placeInC(), places->socket.string()) << same;
    }
    set("KEYBEARER_HOME", R"(C:\Some Where\Other)");
    EXPECT_NE(findPlaces()->socket, places->socket);
}

TEST_F(PlacesTest, OnlyAPipeOfThisMachineIsASocket) {
    set("KEYBEARER_SOCKET", R"(\\.\pipe\mine)");
    EXPECT_EQ(findPlaces()->socket.string(), R"(\\.\pipe\mine)");
    EXPECT_EQ(placeInC(), R"(\\.\pipe\mine)");
    for (const char* no : {R"(\\server\pipe\mine)", R"(C:\mine)", R"(\\.\pipe\)", R"(\\.\pipe\a\b)"}) {
        set("KEYBEARER_SOCKET", no);
        EXPECT_FALSE(findPlaces()) << no;
    }
}

} // namespace
} // namespace keybearer

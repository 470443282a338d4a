#include "broker/access/RunCommand.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

RunCommand commandWith(std::string argument) {
    RunCommand command;
    command.executable = "/bin/sh";
    command.arguments = {"-c", std::move(argument)};
    return command;
}

TEST(RunCommandTest, T_51_ACommandIsShownWholeOrNotAtAll) {
    const auto shown = shownCommand(commandWith(std::string(1900, 'x') + " the end"));
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->ends_with("the end'"));
    EXPECT_FALSE(shownCommand(commandWith(std::string(2000, 'x'))));
}

TEST(RunCommandTest, T_51_EscapesCountAsTheyAreShown) {
    std::string turns;
    for (int i = 0; i < 300; ++i)
        turns += "\xE2\x80\xAE"; // shown as \u{202E}
    EXPECT_FALSE(shownCommand(commandWith(turns)));
    const auto shown = shownCommand(commandWith(turns.substr(0, 600) + "the end"));
    ASSERT_TRUE(shown);
    EXPECT_TRUE(shown->ends_with("\\u{202E}the end'"));
}

} // namespace
} // namespace keybearer

#include "app/cli/Help.h"

#include "app/cli/Table.h"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace keybearer {
namespace {

std::string contentOf(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(std::string(SOURCE_TREE) + "/" + path).rdbuf();
    return out.str();
}

void forEveryVerb(const std::function<void(const std::vector<const Verb*>&)>& visit) {
    for (const Verb* verb : allVerbs()) {
        visit({verb});
        for (const Verb* child : verb->children)
            visit({verb, child});
    }
}

void expectNarrow(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        EXPECT_LE(displayWidth(line), 80U) << line;
}

TEST(Help, EveryPageFitsInEightyColumns) {
    expectNarrow(overview());
    forEveryVerb([](const auto& path) { expectNarrow(helpFor(path)); });
}

TEST(Help, EveryVerbHasASummaryAndEveryLeafAnExample) {
    forEveryVerb([](const auto& path) {
        const Verb& verb = *path.back();
        EXPECT_FALSE(verb.summary.empty()) << verb.name;
        EXPECT_NE(verb.children.empty(), verb.run == nullptr) << verb.name;
        EXPECT_NE(verb.children.empty(), verb.examples.empty()) << verb.name;
        for (const Example& example : verb.examples)
            EXPECT_NE(example.command.find("keybearer"), std::string_view::npos) << example.command;
    });
}

// What exists is documented: a verb or an option that is added appears in the manual and in every completion.
TEST(Help, ManualNamesEveryVerbAndOption) {
    const std::string manual = contentOf("docs/keybearer.1");
    ASSERT_FALSE(manual.empty());
    const auto expectOption = [&manual](const Option& option) {
        const std::string written = "Fl -" + std::string(option.name.substr(2));
        EXPECT_NE(manual.find(written), std::string::npos) << option.name;
    };
    forEveryVerb([&](const auto& path) {
        if (!path.back()->children.empty())
            return;
        std::string item = ".It Ic";
        for (const Verb* verb : path)
            item += " " + std::string(verb->name);
        EXPECT_NE(manual.find(item), std::string::npos) << item;
        for (const Option& option : path.back()->options)
            expectOption(option);
    });
    for (const Option& option : globalOptions())
        expectOption(option);
}

TEST(Help, CompletionsNameEveryVerbAndOption) {
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const std::string script = contentOf(std::string("resources/completions/keybearer.") + shell);
        ASSERT_FALSE(script.empty());
        const auto expectWord = [&](std::string_view word) {
            EXPECT_NE(script.find(word), std::string::npos) << shell << ": " << word;
        };
        const auto nameOf = [&](const Option& option) {
            return std::string(shell) == "fish" ? "-l " + std::string(option.name.substr(2))
                                                : std::string(option.name);
        };
        forEveryVerb([&](const auto& path) {
            expectWord(path.back()->name);
            for (const Option& option : path.back()->options)
                expectWord(nameOf(option));
        });
        for (const Option& option : globalOptions())
            expectWord(nameOf(option));
    }
}

} // namespace
} // namespace keybearer

// Findings of doctor and health, errors of requests, and the pages of docs/errors: each has the other.
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace keybearer {
namespace {

const std::filesystem::path top = KEYBEARER_SOURCE_DIR;

std::string textOf(const std::filesystem::path& file) {
    std::ifstream stream(file);
    std::ostringstream out;
    out << stream.rdbuf();
    return out.str();
}

using Names = std::set<std::string>;

void collect(const std::string& text, const std::regex& pattern, Names& into) {
    for (auto found = std::sregex_iterator(text.begin(), text.end(), pattern);
         found != std::sregex_iterator(); ++found)
        into.insert((*found)[1]);
}

// The ways in which the code gives a finding its name.
Names namesInCode() {
    const std::string name = "\"([a-z]+(?:_[a-z0-9]+)*)\"";
    const std::regex byLevel("Level::(?:Good|Warning|Error),\\s*" + name);
    const std::regex byWord("finding\\(\"(?:warning|error)\",\\s*" + name);
    const std::regex byDoor("\\{\"(?:warning|error)\",\\s*" + name);
    const std::regex byConfig("findingOf\\(" + name);
    const std::regex byCheck("\\b(?:good|warn|fault)\\(" + name + ",");
    const std::regex byConstant("Problem = " + name);
    const std::regex byRemark("push_back\\(\\{\\s*\"(store_[a-z_]+)\"");
    const std::regex byDirectory("\\{\"([a-z]+_directory)\",");
    Names names;
    for (const char* room : {"app/cli", "broker"}) {
        for (const auto& entry : std::filesystem::recursive_directory_iterator(top / room)) {
            if (entry.path().extension() != ".cpp")
                continue;
            const std::string text = textOf(entry.path());
            const std::string file = entry.path().filename();
            for (const std::regex& pattern : {byLevel, byWord, byConfig, byConstant, byRemark})
                collect(text, pattern, names);
            if (file.ends_with("Check.cpp"))
                collect(text, byCheck, names);
            if (file == "HttpDoors.cpp")
                collect(text, byDoor, names);
            if (file == "DoctorVerb.cpp")
                collect(text, byDirectory, names);
        }
    }
    return names;
}

Names namesOfErrors() {
    Names names;
    collect(textOf(top / "broker/protocol/RpcError.cpp"),
            std::regex("Row\\{ErrorCode::\\w+, -\\d+, \"([a-z_]+)\""), names);
    return names;
}

Names namesOfPages() {
    Names names;
    for (const auto& entry : std::filesystem::directory_iterator(top / "docs/errors")) {
        if (entry.path().extension() == ".md" && entry.path().stem() != "README")
            names.insert(entry.path().stem());
    }
    return names;
}

TEST(FindingPages, O2_EveryFindingAndEveryErrorHasAPage) {
    Names names = namesInCode();
    EXPECT_GE(names.size(), 50U) << "the patterns do not fit the code any more";
    for (const std::string& error : namesOfErrors())
        names.insert(error);
    const Names pages = namesOfPages();
    for (const std::string& name : names)
        EXPECT_TRUE(pages.contains(name)) << "docs/errors/" << name << ".md is missing";
}

TEST(FindingPages, O2_NoPageSpeaksOfWhatNobodySays) {
    const Names findings = namesInCode();
    const Names errors = namesOfErrors();
    EXPECT_EQ(errors.size(), 27U);
    for (const std::string& page : namesOfPages())
        EXPECT_TRUE(findings.contains(page) || errors.contains(page)) << page;
}

TEST(FindingPages, O2_ErrorsOfTheInterfaceDescriptionAreThese) {
    const std::string description = textOf(top / "resources/openrpc.json");
    Names names = namesOfErrors();
    names.erase("broker_unreachable"); // said by whoever asks
    for (const std::string& name : names)
        EXPECT_NE(description.find("\"" + name + "\""), std::string::npos) << name;
}

TEST(FindingPages, O2_EveryPageSaysWhatWhyAndWhatToDoAndIsInTheIndex) {
    const std::string index = textOf(top / "docs/errors/README.md");
    for (const std::string& page : namesOfPages()) {
        const std::string text = textOf(top / "docs/errors" / (page + ".md"));
        EXPECT_NE(text.find("`" + page + "`"), std::string::npos) << page;
        for (const char* heading : {"\n## What happened\n", "\n## Why\n", "\n## What to do\n"})
            EXPECT_NE(text.find(heading), std::string::npos) << page << heading;
        EXPECT_NE(index.find("(" + page + ".md)"), std::string::npos) << page;
    }
}

} // namespace
} // namespace keybearer

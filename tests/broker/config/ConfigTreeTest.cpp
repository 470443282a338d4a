#include "broker/config/tree/ConfigTree.h"

#include <gtest/gtest.h>

namespace keybearer {
namespace {

std::string errorOf(std::string_view text) {
    const Result<ConfigNode> tree = readConfigTree(text, "/etc/kb/config.yaml");
    return tree ? std::string("no error") : tree.error().message;
}

TEST(ConfigTree, BlockFlowAndJsonGiveTheSameTree) {
    for (const char* text : {"a:\n  b: [x, 'y']\n", "a: {b: [x, \"y\"]}", "{\"a\": {\"b\": [\"x\", \"y\"]}}",
                             "{\n\t\"a\": {\n\t\t\"b\": [\"x\", \"y\"]\n\t}\n}\n",
                             "\xEF\xBB\xBF---\na:\n  b:\n  - x\n  - y\n...\n"}) {
        Result<ConfigNode> tree = readConfigTree(text, "c");
        ASSERT_TRUE(tree.has_value()) << text << tree.error().message;
        ASSERT_NE(tree->find("a"), nullptr);
        const ConfigNode* list = tree->find("a")->find("b");
        ASSERT_NE(list, nullptr);
        ASSERT_EQ(list->items.size(), 2U);
        EXPECT_EQ(list->items[0].text, "x");
        EXPECT_EQ(list->items[1].text, "y");
    }
}

TEST(ConfigTree, LinesAreThoseOfTheFile) {
    Result<ConfigNode> tree = readConfigTree("# comment\n\na:\n  b: 1\n", "c");
    ASSERT_TRUE(tree.has_value());
    EXPECT_EQ(tree->find("a")->keyLine, 3);
    EXPECT_EQ(tree->find("a")->line, 4);
    EXPECT_EQ(tree->find("a")->find("b")->keyLine, 4);
}

TEST(ConfigTree, NothingIsAnEmptyTree) {
    for (const char* text : {"", "\n", "# only a comment\n", "---\n", "~", "null"}) {
        const Result<ConfigNode> tree = readConfigTree(text, "c");
        ASSERT_TRUE(tree.has_value()) << text;
        EXPECT_EQ(tree->kind, ConfigNode::Kind::Empty) << text;
    }
}

TEST(ConfigTree, KeyThatStandsTwiceIsRefusedWithBothLines) {
    EXPECT_EQ(errorOf("a: 1\nb: 2\na: 3\n"),
              "config.yaml:3: the key a stands here a second time; the first is on line 1");
    EXPECT_NE(errorOf("{\"a\": 1, \"a\": 2}").find("second time"), std::string::npos);
}

TEST(ConfigTree, AliasBombIsRefusedAtItsFirstAnchor) {
    std::string bomb = "a: &a [x, x, x]\n";
    for (char c = 'b'; c < 'z'; ++c)
        bomb += std::string(1, c) + ": &" + c + " [*" + static_cast<char>(c - 1) + ", *" +
                static_cast<char>(c - 1) + "]\n";
    EXPECT_EQ(errorOf(bomb),
              "config.yaml:1: anchors and aliases (& and *) are not supported; write the value out");
    EXPECT_NE(errorOf("a: *b\n"), "no error");
}

TEST(ConfigTree, SecondDocumentIsRefused) {
    EXPECT_EQ(errorOf("a: 1\n---\nb: 2\n"),
              "config.yaml:2: a second document begins here (---); one file holds one");
    EXPECT_NE(errorOf("---\na: 1\n---\n"), "no error");
}

TEST(ConfigTree, TagsAndOddKeysAreRefused) {
    EXPECT_EQ(errorOf("a: !!python/object:os.system x\n"), "config.yaml:1: type tags (!) are not supported");
    EXPECT_NE(errorOf("? [a, b]\n: c\n"), "no error");
    EXPECT_NE(errorOf("? {a: b}\n: c\n"), "no error");
    EXPECT_NE(errorOf(": c\n"), "no error");
}

TEST(ConfigTree, BrokenYamlNamesItsLine) {
    EXPECT_EQ(errorOf("a: 1\nb: [1, 2\nc: 3\n").substr(0, 12), "config.yaml:");
    EXPECT_EQ(errorOf("a:\n  b: 1\n\tc: 2\n"), "config.yaml:3: a tab in the indentation; YAML wants spaces");
    EXPECT_EQ(errorOf("a:\n\tb: 1\n"), "config.yaml:2: a tab in the indentation; YAML wants spaces");
    EXPECT_NE(errorOf("a: {b: ${C}}\n").find("double quotes"), std::string::npos)
        << errorOf("a: {b: ${C}}\n");
    EXPECT_NE(errorOf("a: b: c\n"), "no error");
    EXPECT_NE(errorOf("a: 1\n]\n"), "no error");
}

TEST(ConfigTree, QuoteThatIsNotClosedDoesNotSwallowTheRest) {
    EXPECT_EQ(errorOf("x: '\xC3\xA4'\n\xC3\xA4: 'b\nc: d\n"),
              "config.yaml:2: the quote that begins here is not closed");
    EXPECT_NE(errorOf("a: \"b\nc: d\n"), "no error");
    EXPECT_NE(errorOf("a: 'it''s\n"), "no error");
    EXPECT_NE(errorOf("a: \"b\\\"\n"), "no error");
    for (const char* fine :
         {"a: 'b'\n", "a: 'it''s'\n", "a: \"b\\\"c\"\n", "a: |\n  'x\n", "\xC3\xA4: ''\n", "a: it's\n"})
        EXPECT_EQ(errorOf(fine), "no error") << fine;
}

TEST(ConfigTree, SizeDepthAndNumberAreBounded) {
    EXPECT_NE(errorOf(std::string((1U << 20) + 1, '#')).find("larger than"), std::string::npos);
    EXPECT_NE(errorOf(std::string(20, '[') + std::string(20, ']')).find("nested too deeply"),
              std::string::npos);
    EXPECT_NE(errorOf(std::string(100'000, '[')), "no error");
    std::string many = "a: [";
    for (int i = 0; i < 30'000; ++i)
        many += "1,";
    EXPECT_NE(errorOf(many + "]").find("more than"), std::string::npos);
}

TEST(ConfigTree, OtherThanUtf8IsRefused) {
    EXPECT_NE(errorOf("a: \xff\n").find("not UTF-8"), std::string::npos);
    EXPECT_NE(errorOf(std::string_view("a: \0b\n", 7)).find("not UTF-8"), std::string::npos);
    EXPECT_NE(errorOf(std::string_view("\xff\xfe\x61\0", 4)).find("not UTF-8"), std::string::npos);
}

TEST(ConfigTree, ControlCharactersOfAKeyDoNotReachTheMessage) {
    EXPECT_EQ(errorOf("\"\\e[2Jx\": 1\n\"\\e[2Jx\": 2\n").find('\x1b'), std::string::npos);
}

} // namespace
} // namespace keybearer

#include "app/tray/look/SearchProxy.h"

#include <QStandardItemModel>
#include <gtest/gtest.h>

namespace keybearer::test {
namespace {

class SearchProxyTest : public ::testing::Test {
protected:
    SearchProxyTest() {
        add(QStringLiteral("GitHub"), QStringLiteral("ana@example.com"));
        add(QStringLiteral("Caf\u00E9 M\u00FCller"), QStringLiteral("Bo"));
        proxy.setSourceModel(&model);
    }
    void add(const QString& first, const QString& second) {
        model.appendRow({new QStandardItem(first), new QStandardItem(second)});
    }
    int found(const QString& text) {
        proxy.setSearch(text);
        return proxy.rowCount();
    }
    QStandardItemModel model;
    SearchProxy proxy;
};

TEST_F(SearchProxyTest, EveryWordMustBeSomewhereInTheRow) {
    EXPECT_EQ(found(QStringLiteral("github ANA")), 1);
    EXPECT_EQ(found(QStringLiteral("github bo")), 0);
    EXPECT_EQ(found(QStringLiteral("  ")), 2);
    EXPECT_FALSE(proxy.isSearching());
}

TEST_F(SearchProxyTest, AccentsAndCapitalsMakeNoDifference) {
    EXPECT_EQ(found(QStringLiteral("cafe muller")), 1);
    EXPECT_EQ(found(QStringLiteral("CAF\u00C9")), 1);
}

TEST_F(SearchProxyTest, WhatTheModelSaysBesidesIsLookedAtInsteadOfTheColumns) {
    model.item(0)->setData(foldedForSearch(QStringLiteral("https://issuer.example")),
                           SearchProxy::SearchRole);
    EXPECT_EQ(found(QStringLiteral("Issuer")), 1);
    EXPECT_EQ(found(QStringLiteral("github")), 0);
}

TEST_F(SearchProxyTest, AnotherFilterGoesWithTheSearch) {
    proxy.setKeep([](int row) { return row == 1; });
    EXPECT_EQ(found({}), 1);
    EXPECT_EQ(found(QStringLiteral("github")), 0);
    proxy.setKeep({});
    EXPECT_EQ(proxy.rowCount(), 1);
}

TEST_F(SearchProxyTest, EqualRowsKeepTheirOrderWhenASearchEnds) {
    for (const char* name : {"ca", "cb", "cc", "cd"})
        add(QStringLiteral("same"), QString::fromLatin1(name));
    proxy.sort(0);
    const auto order = [&] {
        QStringList seen;
        for (int row = 0; row < proxy.rowCount(); ++row)
            seen.append(proxy.index(row, 1).data().toString());
        return seen;
    };
    const QStringList before = order();
    for (const char* search : {"cc", "cb", "cd"}) {
        proxy.setSearch(QString::fromLatin1(search));
        proxy.setSearch({});
        EXPECT_EQ(order(), before) << search;
    }
}

TEST_F(SearchProxyTest, AVeryLongSearchIsCutAndDoesNoHarm) {
    EXPECT_EQ(found(QStringLiteral("\u202E%1 ").repeated(5000)), 0);
}

} // namespace
} // namespace keybearer::test

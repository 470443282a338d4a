#include "app/tray/look/ScrollAreaInterface.h"

#include <QAccessible>
#include <QLabel>
#include <QScrollArea>
#include <QTableWidget>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(ScrollAreaInterfaceTest, AChildThatWentIsAnsweredWithNothing) {
    installScrollAreaInterface();
    QScrollArea area;
    area.setWidget(new QLabel(QStringLiteral("inside")));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&area);
    ASSERT_NE(interface, nullptr);
    ASSERT_GT(interface->childCount(), 0);
    EXPECT_NE(interface->child(0), nullptr);
    EXPECT_EQ(interface->child(interface->childCount()), nullptr);
    EXPECT_EQ(interface->child(1000), nullptr);
    EXPECT_EQ(interface->child(-1), nullptr);
}

TEST(ScrollAreaInterfaceTest, TablesStayTables) {
    installScrollAreaInterface();
    QTableWidget table(1, 1);
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&table);
    ASSERT_NE(interface, nullptr);
    EXPECT_EQ(interface->role(), QAccessible::Table);
}

} // namespace
} // namespace keybearer

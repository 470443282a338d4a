#include "app/tray/look/FormLabels.h"

#include <QAccessible>
#include <QFormLayout>
#include <QLabel>
#include <gtest/gtest.h>

namespace keybearer {
namespace {

TEST(FormLabelsTest, ScreenReadersAreToldWhatALabelBelongsTo) {
    QWidget window;
    auto* form = new QFormLayout(&window);
    auto* title = new QLabel(QStringLiteral("Program:"));
    auto* value = new QLabel(QStringLiteral("/usr/bin/git"));
    form->addRow(title, value);
    auto* changed = new QLabel(QStringLiteral("Changed:"));
    auto* lines = new QVBoxLayout;
    auto* first = new QLabel(QStringLiteral("owner"));
    lines->addWidget(first);
    form->addRow(changed, lines);
    form->addRow(new QLabel(QStringLiteral("alone")));
    joinLabels(*form);
    EXPECT_EQ(title->buddy(), value);
    EXPECT_EQ(changed->buddy(), first);
    QAccessibleInterface* field = QAccessible::queryAccessibleInterface(value);
    ASSERT_NE(field, nullptr);
    EXPECT_EQ(field->relations(QAccessible::Label).size(), 1);
}

} // namespace
} // namespace keybearer

#include "app/tray/look/FactsView.h"

#include "app/tray/look/Spacing.h"

#include <QEvent>
#include <QTextCursor>
#include <QTextTable>
#include <algorithm>

namespace keybearer {

namespace {
constexpr int leastLines = 4;
} // namespace

bool operator==(const Fact& a, const Fact& b) {
    return a.name == b.name && a.value == b.value;
}

FactsView::FactsView(const QString& name, QWidget* parent) : QTextEdit(parent) {
    setReadOnly(true);
    setAcceptRichText(false);
    setTabChangesFocus(true);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(name);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    viewport()->setAutoFillBackground(false);
    setMinimumHeight(fontMetrics().lineSpacing() * leastLines);
    document()->setDocumentMargin(spacing::tight);
    document()->setUndoRedoEnabled(false);
}

void FactsView::present(const std::vector<Fact>& facts) {
    std::vector<Fact> told;
    std::copy_if(facts.begin(), facts.end(), std::back_inserter(told),
                 [](const Fact& fact) { return !fact.value.isEmpty(); });
    if (told == facts_ && sentence_.isEmpty())
        return;
    facts_ = std::move(told);
    sentence_.clear();
    write();
}

void FactsView::say(const QString& sentence) {
    if (sentence == sentence_ && facts_.empty())
        return;
    facts_.clear();
    sentence_ = sentence;
    write();
}

void FactsView::write() {
    document()->clear();
    QTextCharFormat names;
    QTextCharFormat values;
    values.setForeground(palette().brush(QPalette::WindowText));
    names.setForeground(palette().brush(QPalette::WindowText));
    names.setFontWeight(QFont::DemiBold);
    QTextCursor cursor(document());
    if (facts_.empty()) {
        cursor.insertText(sentence_, values);
        return;
    }
    QTextTableFormat format;
    format.setBorder(0);
    format.setCellPadding(spacing::hair);
    format.setCellSpacing(0);
    QTextTable* table = cursor.insertTable(static_cast<int>(facts_.size()), 2, format);
    for (std::size_t row = 0; row < facts_.size(); ++row) {
        QTextBlockFormat side;
        side.setAlignment(Qt::AlignTrailing);
        side.setRightMargin(spacing::small);
        QTextCursor left = table->cellAt(static_cast<int>(row), 0).firstCursorPosition();
        left.setBlockFormat(side);
        left.insertText(facts_[row].name, names);
        table->cellAt(static_cast<int>(row), 1).firstCursorPosition().insertText(facts_[row].value, values);
    }
    moveCursor(QTextCursor::Start);
}

void FactsView::changeEvent(QEvent* event) {
    QTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        write();
}

} // namespace keybearer

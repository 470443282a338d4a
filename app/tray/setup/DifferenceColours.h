#pragma once

#include <QSyntaxHighlighter>

class QPlainTextEdit;

namespace keybearer {

// Colours the lines of a unified difference; the signs at their starts say the same. A child of the text that
// it colours.
class DifferenceColours final : public QSyntaxHighlighter {
    Q_OBJECT
public:
    explicit DifferenceColours(QPlainTextEdit* text);
    Q_DISABLE_COPY_MOVE(DifferenceColours)

protected:
    void highlightBlock(const QString& line) override;

private:
    QPlainTextEdit* text_;
};

} // namespace keybearer

#include "app/tray/setup/DifferenceColours.h"

#include "app/tray/look/Tones.h"

#include <QPlainTextEdit>

namespace keybearer {

DifferenceColours::DifferenceColours(QPlainTextEdit* text)
    : QSyntaxHighlighter(text->document()), text_(text) {}

void DifferenceColours::highlightBlock(const QString& line) {
    QTextCharFormat format;
    if (line.startsWith(u'+'))
        format.setForeground(toneColour(Tone::Good, text_->palette()));
    else if (line.startsWith(u'-'))
        format.setForeground(toneColour(Tone::Problem, text_->palette()));
    else if (line.startsWith(u'@'))
        format.setForeground(toneColour(Tone::Quiet, text_->palette()));
    if (line.startsWith(QStringLiteral("+++")) || line.startsWith(QStringLiteral("---")))
        format.setFontWeight(QFont::Bold);
    setFormat(0, static_cast<int>(line.size()), format);
}

} // namespace keybearer

#include "app/tray/look/Labels.h"

#include "app/tray/look/Spacing.h"
#include "broker/base/Text.h"

#include <QEvent>
#include <QUrl>

namespace keybearer {

namespace {
constexpr std::size_t longestHost = 253; // RFC 1035
}

ToneLabel::ToneLabel(Tone tone, const QString& text, QWidget* parent) : QLabel(parent), tone_(tone) {
    setTextFormat(Qt::PlainText);
    setText(text);
    colour();
}

void ToneLabel::setTone(Tone tone) {
    tone_ = tone;
    colour();
}

void ToneLabel::changeEvent(QEvent* event) {
    QLabel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        colour();
}

void ToneLabel::colour() {
    const QColor wanted = toneColour(tone_, palette());
    if (palette().color(foregroundRole()) == wanted)
        return; // to set it is to be told of it again
    QPalette own = palette();
    own.setColor(foregroundRole(), wanted);
    setPalette(own);
}

QLabel* plainLabel(const QString& text, const char* name) {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setText(text);
    if (name != nullptr)
        label->setObjectName(QLatin1String(name));
    return label;
}

QLabel* quietLabel(const QString& text, const char* name) {
    auto* label = new ToneLabel(Tone::Quiet, text);
    if (name != nullptr)
        label->setObjectName(QLatin1String(name));
    return label;
}

QLabel* headingLabel(const QString& text, const char* name) {
    QLabel* label = plainLabel(text, name);
    QFont large = label->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * spacing::headingScale);
    label->setFont(large);
    return label;
}

QString wrappable(const QString& text) {
    constexpr int longestRun = 20; // of the widest letters still a part of a line
    QString out;
    int run = 0;
    for (const QChar letter : text) {
        out += letter;
        run = letter.isSpace() || letter.isHighSurrogate() ? 0 : run + 1;
        if (letter == u'/' || run >= longestRun) {
            out += u'\u200B';
            run = 0;
        }
    }
    return out;
}

bool mixesScripts(const QString& text) {
    QChar::Script seen = QChar::Script_Common;
    for (const char32_t point : text.toUcs4()) {
        const QChar::Script script = QChar::script(point);
        if (script == QChar::Script_Common || script == QChar::Script_Inherited)
            continue;
        if (seen != QChar::Script_Common && script != seen)
            return true;
        seen = script;
    }
    return false;
}

QString hostInBothWays(const QUrl& url) {
    const QString ascii = url.host(QUrl::FullyEncoded);
    const QString read = QUrl::fromAce(ascii.toLatin1(), QUrl::IgnoreIDNWhitelist);
    const QString safe = QString::fromStdString(displaySafe(ascii.toStdString(), longestHost));
    if (read == ascii || read.isEmpty())
        return safe;
    return QStringLiteral("%1 (%2)").arg(
        safe, QString::fromStdString(displaySafe(read.toStdString(), longestHost)));
}

} // namespace keybearer

#pragma once

#include "app/tray/look/Tones.h"

#include <QLabel>
#include <QString>

class QUrl;

// Labels for text from outside: what they are given is shown as it is, never as mark-up. GUI thread.
namespace keybearer {

// Text in a tone, which follows the palette.
class ToneLabel final : public QLabel {
    Q_OBJECT
public:
    explicit ToneLabel(Tone tone, const QString& text = {}, QWidget* parent = nullptr);
    void setTone(Tone tone);

protected:
    void changeEvent(QEvent* event) override;

private:
    void colour();
    Tone tone_;
};

// A label that shows `text` as it is; `name` is for tests and screen readers' scripts.
[[nodiscard]] QLabel* plainLabel(const QString& text, const char* name = nullptr);
[[nodiscard]] QLabel* quietLabel(const QString& text, const char* name = nullptr);
// Larger and bold: the one sentence at the top of a dialog.
[[nodiscard]] QLabel* headingLabel(const QString& text, const char* name = nullptr);
// Paths and hostile names have no spaces to wrap at: zero-width spaces after slashes, and in any run of
// letters that is too long, let them. For show only.
[[nodiscard]] QString wrappable(const QString& text);

// Letters of more than one script in one name are how "paypal" is written with a Cyrillic "a" (T-06).
[[nodiscard]] bool mixesScripts(const QString& text);
// The host of an address in ASCII, and beside it as it reads, if that differs (T-22): "xn--mnchen-3ya.de
// (münchen.de)".
[[nodiscard]] QString hostInBothWays(const QUrl& url);

} // namespace keybearer

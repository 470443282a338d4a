#include "app/tray/actions/ShownKeyDialog.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

namespace keybearer {

namespace {
constexpr int textCharacters = 64;
constexpr std::chrono::seconds clipboardTime{60}; // long enough to paste it into one file

void copySecretly(const QString& key) {
    auto* content = new QMimeData;
    content->setText(key);
    content->setData(QStringLiteral("x-kde-passwordManagerHint"),
                     "secret"); // clipboard histories leave it out
    QClipboard* clipboard = QGuiApplication::clipboard();
    clipboard->setMimeData(content);
    QTimer::singleShot(clipboardTime, clipboard, [clipboard, key] {
        if (clipboard->text() == key)
            clipboard->clear();
    });
}
} // namespace

ShownKeyDialog::ShownKeyDialog(const QString& client, const QString& key, QWidget* parent) : QDialog(parent) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("The key of %1").arg(client));
    setWindowIcon(applicationIcon());
    auto* words =
        new QLabel(tr("Copy it now: it is shown this once, and kept nowhere. Whoever has it gets what "
                      "you have allowed, without a question."));
    words->setTextFormat(Qt::PlainText);
    wrapAt(*words, textCharacters);
    auto* line = new QLineEdit(key);
    line->setObjectName(QStringLiteral("key"));
    line->setReadOnly(true);
    line->setAccessibleName(tr("Key"));
    line->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    line->setMinimumWidth(line->fontMetrics().horizontalAdvance(key) + 4 * spacing::medium);
    line->setCursorPosition(0);
    auto* copy = new QPushButton(symbol(Symbol::Copy), tr("&Copy"));
    copy->setObjectName(QStringLiteral("copy"));
    copy->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(line, 1);
    row->addWidget(copy);
    auto* hint =
        new QLabel(tr("The program finds it in the environment variable KEYBEARER_CLIENT_KEY, or in a "
                      "file that the variable names as @FILE."));
    hint->setTextFormat(Qt::PlainText);
    wrapAt(*hint, textCharacters);
    auto* buttons = new QDialogButtonBox;
    auto* kept = buttons->addButton(tr("I have &kept it"), QDialogButtonBox::AcceptRole);
    kept->setObjectName(QStringLiteral("kept"));
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(copy, &QPushButton::clicked, this, [copy, key] {
        copySecretly(key);
        copy->setText(tr("Copied for a minute"));
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::medium);
    layout->addWidget(words);
    layout->addLayout(row);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    copy->setFocus();
}

void ShownKeyDialog::reject() {}

} // namespace keybearer

#include "app/tray/actions/UnlockDialog.h"

#include "app/tray/look/Icons.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {
constexpr int leastCharacters = 8; // of a new passphrase; the broker says the same
constexpr int mostCharacters = 1024;
constexpr int headingIconSize = 48;
constexpr int spacing = 16;
constexpr int leastWidth = 420; // the title fits
} // namespace

UnlockDialog::UnlockDialog(bool fresh, QWidget* parent)
    : QDialog(parent), fresh_(fresh), problem_(new QLabel), passphrase_(new QLineEdit),
      again_(new QLineEdit) {
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(fresh ? tr("Choose a passphrase") : tr("Unlock the store"));
    setWindowIcon(applicationIcon());
    auto* text =
        new QLabel(fresh ? tr("It will be asked for whenever the broker starts. There is no way around a "
                              "forgotten one.")
                         : tr("Your sessions are in a file that this passphrase opens."));
    text->setWordWrap(true);
    problem_->setObjectName(QStringLiteral("problem"));
    problem_->setTextFormat(Qt::PlainText);
    problem_->setWordWrap(true);
    problem_->hide();
    auto* form = new QFormLayout;
    for (QLineEdit* line : {passphrase_, again_}) {
        line->setEchoMode(QLineEdit::Password);
        line->setMaxLength(mostCharacters);
        line->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
        connect(line, &QLineEdit::textChanged, this, &UnlockDialog::onChanged);
    }
    passphrase_->setObjectName(QStringLiteral("passphrase"));
    again_->setObjectName(QStringLiteral("again"));
    form->addRow(tr("&Passphrase:"), passphrase_);
    if (fresh)
        form->addRow(tr("Once &more:"), again_);
    else
        again_->setParent(this);
    again_->setVisible(fresh);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    unlock_ = buttons->addButton(fresh ? tr("&Use it") : tr("&Unlock"), QDialogButtonBox::AcceptRole);
    unlock_->setObjectName(QStringLiteral("unlock"));
    unlock_->setDefault(true);
    connect(buttons, &QDialogButtonBox::accepted, this, &UnlockDialog::onAccepted);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(headingIconSize));
    picture->setAlignment(Qt::AlignTop);
    auto* words = new QVBoxLayout;
    words->addWidget(text);
    words->addLayout(form);
    words->addWidget(problem_);
    auto* body = new QHBoxLayout;
    body->setSpacing(spacing);
    body->addWidget(picture);
    body->addLayout(words, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing, spacing, spacing, spacing);
    layout->setSpacing(spacing);
    layout->addLayout(body);
    layout->addWidget(buttons);
    setMinimumWidth(leastWidth);
    onChanged();
}

void UnlockDialog::present() {
    show();
    raise();
    activateWindow();
    passphrase_->setFocus();
}

void UnlockDialog::refuse(const QString& why) {
    setEnabled(true);
    problem_->setText(why);
    problem_->show();
    passphrase_->clear();
    again_->clear();
    passphrase_->setFocus();
}

void UnlockDialog::onChanged() {
    const bool good = fresh_ ? passphrase_->text().toUtf8().size() >= leastCharacters &&
                                   passphrase_->text() == again_->text()
                             : !passphrase_->text().isEmpty();
    unlock_->setEnabled(good);
}

void UnlockDialog::onAccepted() {
    setEnabled(false); // until the answer comes: a second one would be refused
    Q_EMIT given(passphrase_->text());
}

} // namespace keybearer

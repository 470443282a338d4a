#include "app/tray/signin/SignInDialog.h"

#include "app/tray/desktop/Browser.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/PageParts.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>

namespace keybearer {

namespace {
constexpr int textCharacters = 56;
constexpr int headingIconSize = 48;
} // namespace

SignInDialog::SignInDialog(const QString& provider, QWidget* parent)
    : QDialog(parent), provider_(provider), device_(new DevicePanel), heading_(new QLabel),
      detail_(new QLabel), progress_(new QProgressBar), copy_(new QPushButton(tr("&Copy link"))),
      open_(new QPushButton(tr("&Open again"))), retry_(new QPushButton(tr("&Try again"))),
      cancel_(new QPushButton(tr("Cancel"))) {
    setWindowTitle(tr("Sign in to %1").arg(provider));
    setWindowIcon(applicationIcon());
    for (QLabel* label : {heading_, detail_})
        label->setTextFormat(Qt::PlainText);
    heading_->setObjectName(QStringLiteral("heading"));
    detail_->setObjectName(QStringLiteral("detail"));
    QFont large = heading_->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * 1.2);
    heading_->setFont(large);
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Sign-in in progress"));

    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(headingIconSize));
    auto* texts = new QVBoxLayout;
    texts->addWidget(heading_);
    texts->addWidget(detail_);
    texts->addWidget(device_);
    texts->addWidget(progress_);
    texts->addStretch();
    auto* top = new QHBoxLayout;
    const int space = style()->pixelMetric(QStyle::PM_LayoutTopMargin);
    top->setSpacing(space + 4);
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addLayout(texts, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(copy_);
    buttons->addWidget(open_);
    buttons->addStretch();
    buttons->addWidget(retry_);
    buttons->addWidget(cancel_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(space * 2, space * 2, space * 2, space * 2);
    layout->setSpacing(space * 2);
    layout->addLayout(top, 1);
    layout->addLayout(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize); // as large as the text needs, whenever it changes

    connect(copy_, &QPushButton::clicked, this, &SignInDialog::copyLink);
    connect(open_, &QPushButton::clicked, this, &SignInDialog::openWanted);
    connect(retry_, &QPushButton::clicked, this, &SignInDialog::retryWanted);
    connect(cancel_, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::rejected, this, &SignInDialog::dismissed);
    showStarting();
}

void SignInDialog::present(const QString& heading, const QString& detail, bool busy) {
    heading_->setText(heading);
    detail_->setText(detail);
    device_->hide();
    detail_->show();
    wrapAt(*heading_, textCharacters - textCharacters / 6); // its letters are wider
    wrapAt(*detail_, textCharacters);
    progress_->setVisible(busy);
    const bool waiting = busy && !url_.isEmpty();
    copy_->setVisible(waiting);
    open_->setVisible(waiting);
    retry_->setVisible(!busy);
    (busy ? cancel_ : retry_)->setDefault(true);
    (busy ? cancel_ : retry_)->setFocus();
    cancel_->setText(busy ? tr("Cancel") : tr("Close"));
}

void SignInDialog::showStarting() {
    url_.clear();
    code_.clear();
    present(tr("Preparing the sign-in..."), tr("Keybearer is asking %1 where to sign in.").arg(provider_),
            true);
}

void SignInDialog::showWaiting(const QUrl& url, bool opened) {
    url_ = url;
    const QString host = asciiHost(url);
    if (opened)
        present(tr("Waiting for you in the browser..."),
                tr("Sign in on the page of %1 that has just opened. Check that the browser's address bar "
                   "says so before "
                   "you type a password.")
                    .arg(host),
                true);
    else
        present(tr("Open the link in a browser"),
                tr("No browser could be started. Copy the link, open it in a browser on this computer, and "
                   "check that "
                   "it shows %1.")
                    .arg(host),
                true);
    copy_->setText(tr("&Copy link"));
    open_->setText(tr("&Open again"));
}

void SignInDialog::showDevice(const DeviceSignIn& device) {
    url_ = device.completeAddress;
    code_ = device.userCode;
    present(tr("Enter a code to sign in"), QString(), true);
    detail_->hide();
    device_->show(device);
    copy_->setText(tr("&Copy code"));
    open_->setText(tr("&Open here"));
}

void SignInDialog::showFinishing() {
    present(tr("Almost there..."), tr("%1 has answered; Keybearer is fetching your session.").arg(provider_),
            true);
    copy_->hide();
    open_->hide();
}

void SignInDialog::showFailure(const QString& what, const QString& remedy) {
    url_.clear();
    present(tr("The sign-in did not work"), remedy.isEmpty() ? what : what + u'\n' + remedy, false);
}

void SignInDialog::copyLink() {
    QApplication::clipboard()->setText(code_.isEmpty() ? QString::fromLatin1(url_.toEncoded()) : code_);
    copy_->setText(tr("Copied"));
}

} // namespace keybearer

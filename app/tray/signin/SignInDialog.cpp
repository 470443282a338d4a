#include "app/tray/signin/SignInDialog.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/signin/PastePanel.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keybearer {

namespace {
constexpr int textCharacters = 60;
constexpr int headingCharacters = 48; // its letters are wider
} // namespace

SignInDialog::SignInDialog(const QString& provider, const std::string& name, QWidget* parent)
    : QDialog(parent), provider_(provider), steps_(new SignInSteps), device_(new DevicePanel),
      paste_(new PastePanel), heading_(headingLabel({}, "heading")), detail_(plainLabel({}, "detail")),
      host_(plainLabel({}, "host")), copy_(new QPushButton(tr("&Copy link"))),
      open_(new QPushButton(tr("&Open again"))), setup_(new QPushButton(tr("&Set up..."))),
      retry_(new QPushButton(tr("&Try again"))), cancel_(new QPushButton(tr("Cancel"))) {
    setWindowTitle(tr("Sign in to %1").arg(provider));
    setWindowIcon(applicationIcon());
    auto* picture = new QLabel;
    picture->setPixmap(providerIcon(name).pixmap(spacing::tileIcon));
    auto* top = new QHBoxLayout;
    top->setSpacing(spacing::medium);
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addLayout(makeTexts(), 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::large);
    layout->addLayout(top, 1);
    layout->addLayout(makeButtons());
    layout->setSizeConstraint(QLayout::SetFixedSize); // as large as the text needs, whenever it changes
    connect(device_, &DevicePanel::expired, this, &SignInDialog::onExpired);
    connect(paste_, &PastePanel::pasted, this, &SignInDialog::pasted);
    connect(this, &QDialog::rejected, this, &SignInDialog::dismissed);
    showStarting();
}

QLayout* SignInDialog::makeTexts() {
    auto* texts = new QVBoxLayout;
    texts->setSpacing(spacing::medium);
    texts->addWidget(heading_);
    texts->addWidget(detail_);
    texts->addWidget(host_);
    texts->addWidget(device_);
    texts->addWidget(steps_);
    texts->addWidget(paste_);
    texts->addStretch();
    QFont bold = host_->font();
    bold.setBold(true);
    host_->setFont(bold);
    host_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return texts;
}

QLayout* SignInDialog::makeButtons() {
    copy_->setObjectName(QStringLiteral("copy"));
    open_->setObjectName(QStringLiteral("open"));
    setup_->setObjectName(QStringLiteral("setup"));
    retry_->setObjectName(QStringLiteral("retry"));
    cancel_->setObjectName(QStringLiteral("cancel"));
    copy_->setIcon(symbol(Symbol::Copy));
    open_->setIcon(symbol(Symbol::External));
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(copy_);
    row->addWidget(open_);
    row->addStretch();
    row->addWidget(retry_);
    row->addWidget(setup_);
    row->addWidget(cancel_);
    for (QPushButton* button : {copy_, open_, setup_, retry_, cancel_})
        button->setAutoDefault(false); // Enter is to end nothing by accident
    connect(copy_, &QPushButton::clicked, this, &SignInDialog::copyLink);
    connect(open_, &QPushButton::clicked, this, &SignInDialog::openWanted);
    connect(setup_, &QPushButton::clicked, this, &SignInDialog::setupWanted);
    connect(retry_, &QPushButton::clicked, this, &SignInDialog::retryWanted);
    connect(cancel_, &QPushButton::clicked, this, &QDialog::reject);
    return row;
}

void SignInDialog::present(const QString& heading, const QString& detail, Mood mood) {
    const bool busy = mood == Mood::Busy;
    heading_->setText(wrappable(heading));
    detail_->setText(wrappable(detail));
    wrapAt(*heading_, headingCharacters);
    wrapAt(*detail_, textCharacters);
    detail_->setVisible(!detail.isEmpty());
    device_->setVisible(!code_.isEmpty() && mood != Mood::Failed);
    steps_->setVisible(device_->isHidden());
    const bool inBrowser = busy && !url_.isEmpty() && code_.isEmpty();
    host_->setVisible(inBrowser);
    paste_->setVisible(inBrowser);
    copy_->setVisible(busy && !url_.isEmpty());
    open_->setVisible(busy && !url_.isEmpty());
    setup_->hide();
    retry_->setVisible(!busy);
    retry_->setText(mood == Mood::Expired ? tr("Get a &new code") : tr("&Try again"));
    retry_->setDefault(!busy);
    cancel_->setText(mood == Mood::Failed ? tr("Close") : tr("Cancel"));
    (busy ? cancel_ : retry_)->setFocus();
}

void SignInDialog::showStarting() {
    url_.clear();
    code_.clear();
    paste_->reset();
    steps_->begin(false);
    present(tr("Preparing the sign-in..."), tr("Keybearer is asking %1 where to sign in.").arg(provider_),
            Mood::Busy);
}

void SignInDialog::showStep(SignInSteps::Step step) {
    if (step >= SignInSteps::Step::Exchanging && steps_->current() < SignInSteps::Step::Exchanging)
        showFinishing();
    steps_->reach(step);
}

void SignInDialog::showWaiting(const QUrl& url, bool opened) {
    const bool again = url_ == url;
    url_ = url;
    const QString host = hostInBothWays(url);
    steps_->reach(SignInSteps::Step::Waiting);
    if (!again)
        paste_->reset();
    host_->setText(
        mixesScripts(host.section(u'(', 1))
            ? tr("%1\nThis name is written with letters of different alphabets.").arg(wrappable(host))
            : wrappable(host));
    wrapAt(*host_, headingCharacters);
    host_->setAccessibleName(tr("Host of the sign-in page: %1").arg(host));
    copy_->setText(tr("&Copy link"));
    open_->setText(tr("&Open again"));
    const QString where = url.host(QUrl::FullyEncoded);
    if (opened)
        present(tr("Waiting for you in the browser..."),
                tr("Sign in on the page of %1 that has just opened. Check that the browser's address bar "
                   "says so before you type a password.")
                    .arg(where),
                Mood::Busy);
    else
        present(tr("Open the link in a browser"),
                tr("No browser could be started. Copy the link, open it in a browser on this computer, and "
                   "check that it shows %1.")
                    .arg(where),
                Mood::Busy);
}

void SignInDialog::showDevice(const DeviceSignIn& device) {
    url_ = device.completeAddress;
    code_ = device.userCode;
    steps_->begin(true);
    steps_->reach(SignInSteps::Step::Waiting);
    copy_->setText(tr("&Copy code"));
    open_->setText(tr("&Open here"));
    present(tr("Enter a code to sign in"), QString(), Mood::Busy);
    device_->show(device);
}

void SignInDialog::onExpired() {
    url_.clear();
    present(tr("The code has expired"), tr("Nothing is lost: get a new code, and enter that one."),
            Mood::Expired);
}

void SignInDialog::showFinishing() {
    url_.clear();
    code_.clear();
    steps_->reach(SignInSteps::Step::Exchanging);
    present(tr("Almost there..."), tr("%1 has answered; Keybearer is fetching your session.").arg(provider_),
            Mood::Busy);
}

void SignInDialog::showFailure(const QString& what, const QString& remedy, bool needsClient) {
    url_.clear();
    code_.clear();
    steps_->fail();
    present(tr("The sign-in did not work"), remedy.isEmpty() ? what : what + u'\n' + remedy, Mood::Failed);
    setup_->setVisible(needsClient);
    if (!needsClient)
        return;
    setup_->setDefault(true);
    setup_->setFocus();
}

void SignInDialog::showPasteProblem(const QString& what) {
    paste_->showProblem(what);
}

void SignInDialog::copyLink() {
    QApplication::clipboard()->setText(code_.isEmpty() ? QString::fromLatin1(url_.toEncoded()) : code_);
    copy_->setText(tr("Copied"));
}

} // namespace keybearer

#include "app/tray/setup/SetupWizard.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Tones.h"
#include "app/tray/mirror/BrokerMirror.h"
#include "app/tray/setup/DonePage.h"
#include "app/tray/setup/ImportPage.h"
#include "app/tray/setup/ResultPage.h"
#include "app/tray/setup/SignInsPage.h"
#include "app/tray/setup/WelcomePage.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStackedWidget>

namespace keybearer {

namespace {
// In characters and lines of the font, so that twice the size has the room it needs.
constexpr int firstCharacters = 128;
constexpr int firstLines = 38;
} // namespace

SetupWizard::SetupWizard(const BrokerMirror& mirror, ImportTool::Run run, const QString& backupDirectory,
                         QWidget* parent)
    : QDialog(parent), mirror_(mirror), tool_(std::move(run)), welcome_(new WelcomePage(mirror)),
      import_(new ImportPage(tool_)), result_(new ResultPage(tool_, backupDirectory)),
      signIns_(new SignInsPage(mirror)), done_(new DonePage), stack_(new QStackedWidget), step_(new QLabel),
      back_(new QPushButton(tr("&Back"))), close_(new QPushButton(tr("Close"))), next_(new QPushButton) {
    setWindowTitle(tr("Set up Keybearer"));
    setWindowIcon(applicationIcon());
    for (SetupPage* page : std::initializer_list<SetupPage*>{welcome_, import_, result_, signIns_, done_})
        stack_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::medium);
    layout->setSpacing(spacing::large);
    layout->addWidget(stack_, 1);
    layout->addLayout(makeButtons());
    resize(fontMetrics().averageCharWidth() * firstCharacters, fontMetrics().lineSpacing() * firstLines);
    connectPages();
    show(welcome_);
}

QLayout* SetupWizard::makeButtons() {
    step_->setObjectName(QStringLiteral("step"));
    QPalette quiet = step_->palette();
    quiet.setColor(QPalette::WindowText, toneColour(Tone::Quiet, quiet));
    step_->setPalette(quiet);
    back_->setObjectName(QStringLiteral("back"));
    close_->setObjectName(QStringLiteral("close"));
    next_->setObjectName(QStringLiteral("next"));
    for (QPushButton* button : {back_, close_})
        button->setAutoDefault(false);
    next_->setDefault(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(step_);
    row->addStretch();
    row->addWidget(close_);
    row->addSpacing(spacing::medium);
    row->addWidget(back_);
    row->addWidget(next_);
    return row;
}

void SetupWizard::connectPages() {
    for (int i = 0; i < stack_->count(); ++i)
        connect(static_cast<SetupPage*>(stack_->widget(i)), &SetupPage::changed, this,
                &SetupWizard::showButtons);
    connect(signIns_, &SignInsPage::signInWanted, this, &SetupWizard::signInWanted);
    connect(signIns_, &SignInsPage::signInAtWanted, this, &SetupWizard::signInAtWanted);
    connect(done_, &DonePage::windowWanted, this, &SetupWizard::windowWanted);
    connect(done_, &DonePage::windowWanted, this, &QDialog::accept);
    connect(back_, &QPushButton::clicked, this, &SetupWizard::back);
    connect(close_, &QPushButton::clicked, this, &SetupWizard::reject);
    connect(next_, &QPushButton::clicked, this, &SetupWizard::next);
}

SetupPage* SetupWizard::current() const {
    return static_cast<SetupPage*>(stack_->currentWidget());
}

void SetupWizard::present() {
    if (!isVisible())
        show(welcome_);
    QDialog::show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void SetupWizard::show(SetupPage* page) {
    stack_->setCurrentWidget(page);
    page->enter();
    showButtons();
    QWidget* first = page->firstWidget();
    (first != nullptr ? first : next_)->setFocus();
}

void SetupWizard::next() {
    SetupPage* page = current();
    if (page == welcome_)
        return show(import_);
    if (page == done_)
        return accept();
    if (page == signIns_) {
        done_->sum(result_->outcome().servers(), signIns_->done());
        return show(done_);
    }
    if (page == import_) {
        const ImportPage::Choice chosen = import_->chosen();
        if (!chosen.servers.empty()) {
            show(result_);
            return result_->apply(chosen.servers, chosen.files);
        }
    }
    signIns_->offer(providersOf(welcome_->scenario(), welcome_->provider(), mirror_),
                    result_->outcome().signIns());
    show(signIns_);
}

void SetupWizard::back() {
    SetupPage* page = current();
    show(page == import_ ? static_cast<SetupPage*>(welcome_) : import_);
}

void SetupWizard::showButtons() {
    const SetupPage* page = current();
    next_->setText(page->nextText());
    next_->setEnabled(!page->isBusy());
    close_->setEnabled(!page->isBusy());
    close_->setVisible(page != done_);
    back_->setVisible(page->canGoBack() && page != done_);
    back_->setEnabled(!page->isBusy());
    step_->setText(tr("Step %1 of %2").arg(stack_->currentIndex() + 1).arg(stack_->count()));
}

void SetupWizard::reject() {
    if (!current()->isBusy())
        QDialog::reject();
}

} // namespace keybearer

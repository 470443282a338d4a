#include "app/tray/actions/QuitQuestion.h"

#include <QCheckBox>
#include <QMessageBox>
#include <QPushButton>

namespace keybearer {

QuitQuestion::~QuitQuestion() {
    delete dialog_;
}

void QuitQuestion::ask(bool online, QWidget* over) {
    if (!online)
        return Q_EMIT quitWanted(false);
    if (settings_.quitChoice() != QuitChoice::Ask)
        return Q_EMIT quitWanted(settings_.quitChoice() == QuitChoice::StopBroker);
    if (!dialog_)
        show(over);
    dialog_->raise();
    dialog_->activateWindow();
}

void QuitQuestion::show(QWidget* over) {
    dialog_ = new QMessageBox(QMessageBox::Question, tr("Quit Keybearer"),
                              tr("Should programs keep their access?"), QMessageBox::NoButton, over);
    dialog_->setAttribute(Qt::WA_DeleteOnClose);
    dialog_->setTextFormat(Qt::PlainText);
    dialog_->setInformativeText(tr(
        "The icon goes in any case. The broker can go on in the background: programs that you have allowed "
        "keep their access, but nobody is there to answer new questions. If it stops too, the next program "
        "that asks starts it again."));
    QPushButton* keep = dialog_->addButton(tr("&Keep sharing in the background"), QMessageBox::AcceptRole);
    QPushButton* stop = dialog_->addButton(tr("&Stop the broker too"), QMessageBox::DestructiveRole);
    dialog_->addButton(QMessageBox::Cancel);
    dialog_->setDefaultButton(keep);
    auto* always = new QCheckBox(tr("Do not ask again"));
    always->setToolTip(tr("The Settings page can change it later."));
    dialog_->setCheckBox(always);
    const auto decide = [this, always](bool stopBroker) {
        if (always->isChecked())
            settings_.setQuitChoice(stopBroker ? QuitChoice::StopBroker : QuitChoice::KeepBroker);
        Q_EMIT quitWanted(stopBroker);
    };
    connect(keep, &QPushButton::clicked, this, [decide] { decide(false); });
    connect(stop, &QPushButton::clicked, this, [decide] { decide(true); });
    dialog_->show();
}

} // namespace keybearer

#include "app/tray/settings/TraySection.h"

#include "app/tray/look/Wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>

namespace keybearer {

TraySection::TraySection(TraySettings& settings, std::unique_ptr<Autostart> autostart, QWidget* parent)
    : QGroupBox(tr("This application"), parent), settings_(settings), autostart_(std::move(autostart)),
      start_(new QCheckBox(tr("&Start with the desktop"))), look_(new QComboBox), quit_(new QComboBox),
      problem_(new QLabel) {
    start_->setObjectName(QStringLiteral("autostart"));
    look_->setObjectName(QStringLiteral("look"));
    quit_->setObjectName(QStringLiteral("quitChoice"));
    start_->setToolTip(
        plainToolTip(tr("Written to %1", "a file").arg(shown(autostart_->place().toStdString()))));
    look_->addItem(tr("With colour", "the status icon"), static_cast<int>(TrayLook::Colour));
    look_->addItem(tr("In one colour, like the panel's own", "the status icon"),
                   static_cast<int>(TrayLook::Symbolic));
    quit_->addItem(tr("Ask me each time"), static_cast<int>(QuitChoice::Ask));
    quit_->addItem(tr("The broker goes on in the background"), static_cast<int>(QuitChoice::KeepBroker));
    quit_->addItem(tr("The broker stops too"), static_cast<int>(QuitChoice::StopBroker));
    problem_->setObjectName(QStringLiteral("trayProblem"));
    problem_->setTextFormat(Qt::PlainText);
    problem_->setWordWrap(true);
    problem_->hide();
    auto* form = new QFormLayout(this);
    form->addRow(start_);
    form->addRow(tr("Status &icon:"), look_);
    form->addRow(tr("When I &quit:"), quit_);
    form->addRow(problem_);
    connect(start_, &QCheckBox::toggled, this, &TraySection::onAutostart);
    connect(look_, &QComboBox::activated, this, [this] {
        settings_.setLook(static_cast<TrayLook>(look_->currentData().toInt()));
        load();
    });
    connect(quit_, &QComboBox::activated, this, [this] {
        settings_.setQuitChoice(static_cast<QuitChoice>(quit_->currentData().toInt()));
        load();
    });
    load();
}

void TraySection::load() {
    const QSignalBlocker quiet(start_);
    start_->setChecked(autostart_->isOn());
    look_->setCurrentIndex(look_->findData(static_cast<int>(settings_.look())));
    quit_->setCurrentIndex(quit_->findData(static_cast<int>(settings_.quitChoice())));
    showProblem(settings_.isWritable() ? QString()
                                       : tr("These settings cannot be kept: %1 cannot be written.", "a file")
                                             .arg(shown(settings_.file().toStdString())));
}

void TraySection::onAutostart(bool on) {
    const Result<void> written = autostart_->set(on);
    load();
    if (!written)
        showProblem(asSentence(shown(written.error().message)) + u' ' + whatToDo(written.error()));
}

void TraySection::showProblem(const QString& text) {
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
}

} // namespace keybearer

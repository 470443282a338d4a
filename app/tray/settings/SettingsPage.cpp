#include "app/tray/settings/SettingsPage.h"

#include "app/tray/look/Spacing.h"

#include <QDesktopServices>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>

namespace keybearer {

namespace {

BrokerSection::Run orTool(BrokerSection::Run run, CommandLineTool& tool) {
    if (run)
        return run;
    return [&tool](const QStringList& words, std::function<void(const Result<Json>&)> answer) {
        tool.run(words, std::move(answer));
    };
}

} // namespace

SettingsPage::SettingsPage(TraySettings& settings, std::unique_ptr<Autostart> autostart,
                           BrokerSection::Run run, QWidget* parent)
    : Page(parent), tray_(new TraySection(settings, std::move(autostart))),
      notifications_(new NotificationSection(settings)),
      broker_(new BrokerSection(orTool(std::move(run), tool_))) {
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(spacing::medium);
    column->addWidget(tray_);
    column->addWidget(notifications_);
    column->addWidget(broker_);
    column->addStretch();
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setAccessibleName(title());
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(inside);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(scroll);
    connect(broker_, &BrokerSection::openWanted, this, &SettingsPage::openFile);
}

void SettingsPage::showEvent(QShowEvent* event) {
    tray_->load();
    notifications_->load();
    broker_->load();
    Page::showEvent(event);
}

void SettingsPage::openFile(const QString& path) {
    if (!QDesktopServices::openUrl(QUrl::fromLocalFile(path)))
        Q_EMIT noticed({Notice::Kind::Problem, tr("No program could be found that opens the file"), path});
}

} // namespace keybearer

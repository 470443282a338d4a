#include "app/tray/settings/NotificationSection.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QTimeEdit>
#include <QVBoxLayout>

namespace keybearer {

NotificationSection::NotificationSection(TraySettings& settings, QWidget* parent)
    : QGroupBox(tr("Notifications"), parent), settings_(settings),
      quiet_(new QCheckBox(tr("&Quiet hours, from"))), from_(new QTimeEdit), to_(new QTimeEdit),
      requests_(new QCheckBox(tr("Tell me of &waiting programs all the same"))) {
    auto* layout = new QVBoxLayout(this);
    setLayout(layout);
    addTopic(Notice::Topic::Request, tr("A program waits for my answer, and its window is not in front"),
             "notifyRequests");
    addTopic(Notice::Topic::Session, tr("A session needs me to sign in again"), "notifySessions");
    addTopic(Notice::Topic::Alert, tr("Something is wrong, or looks like misuse"), "notifyAlerts");
    addTopic(Notice::Topic::Tool, tr("A tool of an MCP server has changed"), "notifyTools");
    addTopic(Notice::Topic::Sharing, tr("Sharing was paused or goes on"), "notifySharing");
    addTopic(Notice::Topic::Other, tr("What I have asked for is done, or has failed"), "notifyOther");
    layout->addLayout(makeQuietHours());
    layout->addWidget(requests_);
    load();
}

void NotificationSection::addTopic(Notice::Topic topic, const QString& text, const char* name) {
    auto* box = new QCheckBox(text);
    box->setObjectName(QLatin1String(name));
    layout()->addWidget(box);
    topics_.push_back({topic, box});
    connect(box, &QCheckBox::toggled, this,
            [this, topic](bool notifies) { settings_.setNotifiesOf(topic, notifies); });
}

QLayout* NotificationSection::makeQuietHours() {
    quiet_->setObjectName(QStringLiteral("quiet"));
    from_->setObjectName(QStringLiteral("quietFrom"));
    to_->setObjectName(QStringLiteral("quietTo"));
    requests_->setObjectName(QStringLiteral("quietRequests"));
    from_->setAccessibleName(tr("Beginning of the quiet hours"));
    to_->setAccessibleName(tr("End of the quiet hours"));
    auto* between = new QLabel(tr("&to", "between two times of day"));
    between->setBuddy(to_);
    auto* row = new QHBoxLayout;
    row->addWidget(quiet_);
    row->addWidget(from_);
    row->addWidget(between);
    row->addWidget(to_);
    row->addStretch();
    for (QCheckBox* box : {quiet_, requests_})
        connect(box, &QCheckBox::toggled, this, &NotificationSection::keepQuietHours);
    for (QTimeEdit* edit : {from_, to_})
        connect(edit, &QTimeEdit::editingFinished, this, &NotificationSection::keepQuietHours);
    return row;
}

void NotificationSection::load() {
    for (const Choice& choice : topics_) {
        const QSignalBlocker silent(choice.box);
        choice.box->setChecked(settings_.notifiesOf(choice.topic));
    }
    const QuietHours hours = settings_.quietHours();
    const QSignalBlocker silentQuiet(quiet_);
    const QSignalBlocker silentRequests(requests_);
    quiet_->setChecked(hours.on);
    from_->setTime(hours.from);
    to_->setTime(hours.to);
    requests_->setChecked(hours.requestsBreakThrough);
    for (QWidget* part : std::initializer_list<QWidget*>{from_, to_, requests_})
        part->setEnabled(hours.on);
}

void NotificationSection::keepQuietHours() {
    settings_.setQuietHours({quiet_->isChecked(), from_->time(), to_->time(), requests_->isChecked()});
    load();
}

} // namespace keybearer

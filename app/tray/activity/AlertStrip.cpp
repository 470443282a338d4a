#include "app/tray/activity/AlertStrip.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keybearer {

namespace {
constexpr std::size_t longestMessage = 300;
}

AlertStrip::AlertStrip(BrokerClient& client, QWidget* parent)
    : QFrame(parent), client_(client), picture_(new QLabel), text_(new QLabel),
      all_(new QPushButton(tr("Show &alerts"))) {
    setFrameShape(QFrame::StyledPanel);
    setObjectName(QStringLiteral("alerts"));
    text_->setObjectName(QStringLiteral("alertText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    all_->setObjectName(QStringLiteral("showAlerts"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::small, spacing::tight, spacing::small, spacing::tight);
    layout->setSpacing(spacing::small);
    layout->addWidget(picture_);
    layout->addWidget(text_, 1);
    layout->addWidget(all_);
    connect(all_, &QPushButton::clicked, this, &AlertStrip::rowsWanted);
    hide();
}

void AlertStrip::load() {
    client_.call("audit.alerts", Json::object(), this,
                 [this](const Result<Json>& answer) { onAlerts(answer); });
}

void AlertStrip::onAlerts(const Result<Json>& answer) {
    const Json none = Json::array();
    const Json& alerts =
        answer && answer->contains("alerts") && (*answer)["alerts"].is_array() ? (*answer)["alerts"] : none;
    setVisible(!alerts.empty());
    if (alerts.empty())
        return;
    const auto said = [&](const char* key) {
        return asSentence(shown(stringAt(alerts.front(), key).value_or(""), longestMessage));
    };
    QString text = (said("message") + u' ' + said("action")).trimmed();
    if (alerts.size() > 1)
        text += u'\n' + tr("%n more since the broker started.", nullptr, static_cast<int>(alerts.size()) - 1);
    text_->setText(text);
    picture_->setPixmap(symbol(Symbol::Bell, palette()).pixmap(spacing::rowIcon));
    setAccessibleName(tr("Alerts: %1").arg(text));
}

} // namespace keybearer

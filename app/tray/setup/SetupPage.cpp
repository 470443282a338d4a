#include "app/tray/setup/SetupPage.h"

#include "app/tray/look/Spacing.h"

#include <QLabel>
#include <QVBoxLayout>

namespace keybearer {

QLabel* makeNote(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    label->setSizePolicy(policy);
    return label;
}

SetupPage::SetupPage(QWidget* parent)
    : QWidget(parent), heading_(makeNote()), introduction_(makeNote()), body_(new QVBoxLayout) {
    heading_->setObjectName(QStringLiteral("heading"));
    introduction_->setObjectName(QStringLiteral("introduction"));
    QFont large = heading_->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * spacing::titleScale);
    heading_->setFont(large);
    body_->setSpacing(spacing::small);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(heading_);
    layout->addWidget(introduction_);
    layout->addSpacing(spacing::small);
    layout->addLayout(body_, 1);
}

void SetupPage::setHeading(const QString& text) {
    heading_->setText(text);
    setAccessibleName(text);
}

void SetupPage::setIntroduction(const QString& text) {
    introduction_->setText(text);
    introduction_->setVisible(!text.isEmpty());
}

} // namespace keybearer

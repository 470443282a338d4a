#include "app/tray/consent/ArmLine.h"

#include <QPainter>
#include <QStyle>

namespace keybearer {

namespace {
constexpr int thickness = 3;
}

ArmLine::ArmLine(QWidget* parent) : QWidget(parent) {
    setFixedHeight(thickness);
    animation_.setStartValue(0.0);
    animation_.setEndValue(1.0);
    connect(&animation_, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        share_ = value.toDouble();
        update();
    });
}

void ArmLine::begin(int milliseconds) {
    animation_.stop();
    animation_.setDuration(milliseconds);
    animation_.start();
}

void ArmLine::stop(bool full) {
    animation_.stop();
    share_ = full ? 1.0 : 0.0;
    update();
}

void ArmLine::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Mid));
    QRect filled = rect();
    filled.setWidth(static_cast<int>(filled.width() * share_));
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), filled),
                     palette().color(QPalette::Highlight));
}

} // namespace keybearer

#include "app/tray/window/StateBar.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keybearer {

StateBar::StateBar(QWidget* parent)
    : QFrame(parent), symbol_(new QLabel), text_(new QLabel), button_(new QPushButton) {
    setObjectName(QStringLiteral("stateBar"));
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("State of the broker"));
    text_->setObjectName(QStringLiteral("stateText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    button_->setObjectName(QStringLiteral("stateButton"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::small, spacing::tight, spacing::small, spacing::tight);
    row->setSpacing(spacing::small);
    row->addWidget(symbol_);
    row->addWidget(text_, 1);
    row->addWidget(button_);
    connect(button_, &QPushButton::clicked, this, [this] {
        if (trouble_ == Trouble::Offline)
            Q_EMIT startWanted();
        else
            Q_EMIT unlockWanted();
    });
    hide();
}

void StateBar::present(const BrokerMirror& mirror) {
    trouble_ = !mirror.isOnline()                        ? Trouble::Offline
               : mirror.health().storeState == u"locked" ? Trouble::Locked
                                                         : Trouble::None;
    switch (trouble_) {
    case Trouble::None:
        break;
    case Trouble::Offline:
        text_->setText(tr("No connection to the broker; trying again. What you see is how it was."));
        button_->setText(tr("Start the &broker"));
        break;
    case Trouble::Locked:
        text_->setText(mirror.health().storeBackend == u"file"
                           ? tr("The store is locked: no program gets a token until you unlock it.")
                           : tr("The keychain is locked: no program gets a token until you unlock it."));
        button_->setText(tr("Un&lock..."));
        break;
    }
    paintSymbol();
    setVisible(trouble_ != Trouble::None);
}

void StateBar::paintSymbol() {
    const QColor colour = toneColour(Tone::Attention, palette());
    const QIcon drawing = symbol(trouble_ == Trouble::Locked ? Symbol::Lock : Symbol::Warning, colour);
    symbol_->setPixmap(drawing.pixmap(QSize(spacing::smallIcon, spacing::smallIcon), devicePixelRatioF()));
}

void StateBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange)
        paintSymbol();
    QFrame::changeEvent(event);
}

} // namespace keybearer

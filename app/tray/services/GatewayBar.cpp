#include "app/tray/services/GatewayBar.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/mirror/Records.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keybearer {

GatewayBar::GatewayBar(ServicesBook& book, QWidget* parent)
    : QFrame(parent), book_(book), text_(new QLabel), copy_(new QPushButton(tr("Copy addr&ess"))),
      clients_(new QPushButton), toggle_(new QPushButton) {
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Gateway"));
    auto* picture = new QLabel;
    picture->setPixmap(symbol(Symbol::Gateway, palette()).pixmap(spacing::rowIcon));
    text_->setObjectName(QStringLiteral("gatewayText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse);
    copy_->setObjectName(QStringLiteral("copyAddress"));
    copy_->setIcon(symbol(Symbol::Copy, palette()));
    clients_->setObjectName(QStringLiteral("gatewayClients"));
    toggle_->setObjectName(QStringLiteral("gatewayToggle"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::small, spacing::tight, spacing::small, spacing::tight);
    layout->setSpacing(spacing::small);
    layout->addWidget(picture);
    layout->addWidget(text_, 1);
    layout->addWidget(clients_);
    layout->addWidget(copy_);
    layout->addWidget(toggle_);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(book_.gateway().address));
    });
    connect(clients_, &QPushButton::clicked, this, &GatewayBar::clientsWanted);
    connect(toggle_, &QPushButton::clicked, this, [this] {
        toggle_->setEnabled(false);
        if (book_.gateway().open)
            book_.stopGateway();
        else
            book_.startGateway();
    });
    connect(&book_, &ServicesBook::changed, this, &GatewayBar::showState);
    connect(&book_, &ServicesBook::failed, this, &GatewayBar::showState);
    showState();
}

void GatewayBar::showState() {
    const GatewayRecord& gateway = book_.gateway();
    QString text = gateway.open ? tr("The gateway is open at %1. Clients that take an address reach every "
                                     "MCP server there.")
                                      .arg(shown(gateway.address))
                                : tr("The gateway is closed. Open it for clients that take an address "
                                     "instead of a program.");
    if (!gateway.problem.isEmpty())
        text += u' ' + gateway.problem;
    text_->setText(text);
    toggle_->setText(gateway.open ? tr("&Close gateway") : tr("&Open gateway"));
    toggle_->setEnabled(true);
    copy_->setVisible(gateway.open);
    clients_->setVisible(gateway.connected > 0);
    clients_->setText(tr("%n client(s) connected", nullptr, gateway.connected));
}

} // namespace keybearer

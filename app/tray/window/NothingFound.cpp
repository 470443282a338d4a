#include "app/tray/window/NothingFound.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

NothingFound::NothingFound(QWidget* parent) : QWidget(parent), text_(new QLabel) {
    setObjectName(QStringLiteral("nothingFound"));
    auto* picture = new QLabel;
    picture->setPixmap(symbol(Symbol::Search, palette()).pixmap(QSize(spacing::tileIcon, spacing::tileIcon)));
    auto* heading = new QLabel(tr("Nothing here matches"));
    QFont large = heading->font();
    large.setBold(true);
    large.setPointSizeF(large.pointSizeF() * spacing::headingScale);
    heading->setFont(large);
    text_->setTextFormat(Qt::PlainText);
    auto* clear = new QPushButton(tr("&Clear the search"));
    clear->setObjectName(QStringLiteral("clearSearch"));
    connect(clear, &QPushButton::clicked, this, &NothingFound::clearWanted);
    auto* layout = new QVBoxLayout(this);
    layout->setSpacing(spacing::small);
    layout->addStretch(2);
    layout->addWidget(picture, 0, Qt::AlignHCenter);
    layout->addWidget(heading, 0, Qt::AlignHCenter);
    layout->addWidget(text_, 0, Qt::AlignHCenter);
    layout->addWidget(clear, 0, Qt::AlignHCenter);
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        buttons_.at(i) = new QPushButton;
        buttons_.at(i)->setObjectName(QStringLiteral("elsewhere%1").arg(i));
        connect(buttons_.at(i), &QPushButton::clicked, this, [this, i] { Q_EMIT pageWanted(pages_.at(i)); });
        layout->addWidget(buttons_.at(i), 0, Qt::AlignHCenter);
    }
    layout->addStretch(3);
    present({});
}

void NothingFound::present(const std::vector<Elsewhere>& elsewhere) {
    text_->setText(elsewhere.empty() ? tr("There is nothing on the other pages either.")
                                     : tr("There is something on other pages:"));
    for (std::size_t i = 0; i < buttons_.size(); ++i) {
        buttons_.at(i)->setVisible(i < elsewhere.size());
        if (i >= elsewhere.size())
            continue;
        pages_.at(i) = elsewhere[i].page;
        buttons_.at(i)->setText(
            tr("Show %n on the page %1", nullptr, elsewhere[i].found).arg(elsewhere[i].title));
    }
}

} // namespace keybearer

#include "app/tray/window/NoticeBar.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace keybearer {

namespace {
constexpr std::chrono::seconds noticeLength{12};  // two lines, read twice
constexpr std::chrono::seconds problemLength{40}; // with something to do about it, it may be read later
} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QFrame(parent), symbol_(new QLabel), text_(new QLabel), buttons_(new QHBoxLayout),
      close_(new QPushButton(tr("Close", "a notice"))) {
    setObjectName(QStringLiteral("notice"));
    setFrameShape(QFrame::StyledPanel);
    setAccessibleName(tr("Notice"));
    text_->setObjectName(QStringLiteral("noticeText"));
    text_->setTextFormat(Qt::PlainText);
    text_->setWordWrap(true);
    close_->setFlat(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(spacing::small, spacing::tight, spacing::small, spacing::tight);
    row->setSpacing(spacing::small);
    row->addWidget(symbol_);
    row->addWidget(text_, 1);
    row->addLayout(buttons_);
    row->addWidget(close_);
    length_.setSingleShot(true);
    connect(&length_, &QTimer::timeout, this, &NoticeBar::dismiss);
    connect(close_, &QPushButton::clicked, this, &NoticeBar::dismiss);
    hide();
}

void NoticeBar::present(const Notice& notice) {
    dismiss();
    notice_ = notice;
    const bool problem = notice.kind == Notice::Kind::Problem;
    symbol_->setPixmap(symbol(problem ? Symbol::Warning : Symbol::Good, palette())
                           .pixmap(QSize(spacing::smallIcon, spacing::smallIcon), devicePixelRatioF()));
    text_->setText(notice.text.isEmpty() ? notice.title : notice.title + QStringLiteral(". ") + notice.text);
    for (std::size_t i = 0; i < notice.actions.size(); ++i) {
        auto* button = new QPushButton(notice.actions[i].text);
        connect(button, &QPushButton::clicked, this, [this, i] { act(i); });
        buttons_->addWidget(button);
    }
    length_.start(problem ? problemLength : noticeLength);
    show();
}

void NoticeBar::act(std::size_t index) {
    const auto run = notice_.actions.at(index).run;
    dismiss();
    if (run)
        run();
}

void NoticeBar::dismiss() {
    length_.stop();
    hide();
    while (QLayoutItem* item = buttons_->takeAt(0)) {
        item->widget()->deleteLater(); // it may be the one that was clicked
        delete item;
    }
    notice_ = {};
}

} // namespace keybearer

#include "app/tray/health/FindingList.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

QLabel* words(const QString& text) {
    auto* label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

bool areSame(const FindingList::Row& a, const FindingList::Row& b) {
    return a.finding == b.finding && a.remedy.kind == b.remedy.kind && a.remedy.what == b.remedy.what;
}

} // namespace

FindingList::FindingList(QWidget* parent)
    : QWidget(parent), layout_(new QVBoxLayout(this)), good_(new QPushButton) {
    layout_->setContentsMargins(0, 0, 0, 0);
    layout_->setSpacing(spacing::small);
    good_->setObjectName(QStringLiteral("showGood"));
    good_->setCheckable(true);
    good_->setIcon(levelIcon(FindingRecord::Level::Good, palette()));
    layout_->addWidget(good_, 0, Qt::AlignLeading);
    connect(good_, &QPushButton::toggled, this, &FindingList::showRows);
    showRows();
}

void FindingList::present(const std::vector<Row>& rows) {
    if (!widgets_.empty() && std::equal(rows.begin(), rows.end(), rows_.begin(), rows_.end(), areSame))
        return;
    for (QWidget* gone : std::exchange(widgets_, {})) {
        gone->hide();
        gone->deleteLater(); // it may be its own button that was pressed
    }
    rows_ = rows;
    for (const Row& row : rows_) {
        widgets_.push_back(makeRow(row));
        const bool isGood = row.finding.level == FindingRecord::Level::Good;
        layout_->insertWidget(isGood ? layout_->count() : layout_->indexOf(good_), widgets_.back());
    }
    orderStops();
    showRows();
}

// Tab goes from top to bottom, not in the order in which they were made.
void FindingList::orderStops() {
    QWidget* before = this;
    for (int i = 0; i < layout_->count(); ++i) {
        QWidget* row = layout_->itemAt(i)->widget();
        QWidget* stop = row == good_ ? row : row->findChild<QPushButton*>();
        if (stop == nullptr)
            continue;
        setTabOrder(before, stop);
        before = stop;
    }
}

QWidget* FindingList::makeRow(const Row& row) {
    auto* frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    frame->setObjectName(QStringLiteral("finding"));
    const FindingRecord& finding = row.finding;
    frame->setAccessibleName(tr("%1: %2", "how bad, what").arg(levelWord(finding.level), finding.message));
    auto* picture = new QLabel;
    picture->setPixmap(levelIcon(finding.level, palette()).pixmap(spacing::rowIcon));
    auto* level = words(levelWord(finding.level));
    level->setWordWrap(false);
    QFont bold = level->font();
    bold.setBold(true);
    if (finding.level != FindingRecord::Level::Good)
        level->setFont(bold);
    // As wide as the widest of the three words, so that the messages stand below each other.
    int widest = 0;
    for (const auto each :
         {FindingRecord::Level::Error, FindingRecord::Level::Warning, FindingRecord::Level::Good})
        widest = std::max(widest, QFontMetrics(bold).horizontalAdvance(levelWord(each)));
    level->setMinimumWidth(widest + spacing::small);
    auto* text = new QVBoxLayout;
    text->setSpacing(spacing::hair);
    text->addWidget(words(finding.message));
    if (!finding.action.isEmpty())
        text->addWidget(words(asSentence(finding.action)));
    auto* layout = new QHBoxLayout(frame);
    layout->setContentsMargins(spacing::small, spacing::tight, spacing::small, spacing::tight);
    layout->setSpacing(spacing::small);
    layout->addWidget(picture, 0, Qt::AlignVCenter);
    layout->addWidget(level, 0, Qt::AlignVCenter);
    layout->addLayout(text, 1);
    if (const QString word = remedyWords(row.remedy); !word.isEmpty()) {
        auto* button = new QPushButton(word);
        button->setObjectName(QStringLiteral("remedy"));
        button->setAccessibleDescription(finding.message);
        connect(button, &QPushButton::clicked, this,
                [this, remedy = row.remedy] { Q_EMIT remedyWanted(remedy); });
        layout->addWidget(button, 0, Qt::AlignVCenter);
    }
    return frame;
}

void FindingList::search(const QString& text) {
    words_ = text.simplified().split(u' ', Qt::SkipEmptyParts);
    showRows();
}

bool FindingList::fits(const Row& row) const {
    const FindingRecord& finding = row.finding;
    const QString all = finding.message + u'\n' + finding.action + u'\n' + levelWord(finding.level);
    return std::all_of(words_.begin(), words_.end(),
                       [&](const QString& word) { return all.contains(word, Qt::CaseInsensitive); });
}

void FindingList::showRows() {
    int good = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const bool isGood = rows_[i].finding.level == FindingRecord::Level::Good;
        good += isGood ? 1 : 0;
        const bool isWanted = !isGood || good_->isChecked() || !words_.isEmpty();
        widgets_[i]->setVisible(isWanted && fits(rows_[i]));
    }
    good_->setText(good_->isChecked() ? tr("Hide what works")
                                      : tr("Show %n thing(s) that work", nullptr, good));
    good_->setVisible(good > 0 && words_.isEmpty());
}

int FindingList::found() const {
    return static_cast<int>(
        std::count_if(rows_.begin(), rows_.end(), [this](const Row& row) { return fits(row); }));
}

} // namespace keybearer

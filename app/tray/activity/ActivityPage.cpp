#include "app/tray/activity/ActivityPage.h"

#include "app/tray/activity/ActivityFilterBar.h"
#include "app/tray/activity/ActivityFooter.h"
#include "app/tray/activity/AlertStrip.h"
#include "app/tray/activity/AuditRowDialog.h"
#include "app/tray/activity/UsagePanel.h"
#include "app/tray/look/Spacing.h"

#include <QHeaderView>
#include <QPushButton>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>

namespace keybearer {

namespace {

// The log has just been told that something happened; rows of several events come together.
constexpr std::chrono::milliseconds gather{1000};
constexpr int charactersOf[] = {19, 0, 19, 25, 11}; // of each column, 0: what is left

// Rows with every word of the search. While one searches nothing is fetched by scrolling: looking through a
// million rows is to be asked for.
class SearchedRows final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QStringList& words) {
        words_ = words;
        invalidateFilter();
    }
    bool canFetchMore(const QModelIndex& parent) const override {
        return words_.isEmpty() && QSortFilterProxyModel::canFetchMore(parent);
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        if (words_.isEmpty())
            return true;
        const QString text = sourceModel()->index(row, 0, parent).data(ActivityModel::TextRole).toString();
        return std::all_of(words_.begin(), words_.end(),
                           [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList words_;
};

} // namespace

ActivityPage::ActivityPage(BrokerClient& client, BrokerMirror& mirror, QWidget* parent)
    : Page(parent), client_(client), mirror_(mirror), model_(client, mirror, &QDateTime::currentDateTimeUtc),
      alerts_(new AlertStrip(client)), filters_(new ActivityFilterBar(mirror)),
      usage_(new UsagePanel(client)), footer_(new ActivityFooter(client, model_)),
      stack_(new QStackedWidget) {
    stack_->addWidget(makeTable());
    stack_->addWidget(new EmptyPage(tr("Nothing has happened yet"),
                                    tr("Every token that is given to a program, every refusal and every "
                                       "change is written down and shown here."),
                                    nullptr));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(alerts_);
    layout->addWidget(usage_);
    layout->addWidget(filters_);
    layout->addWidget(stack_, 1);
    layout->addWidget(footer_);
    soon_.setSingleShot(true);
    soon_.setInterval(gather);
    connect(&soon_, &QTimer::timeout, this, [this] {
        if (isVisible())
            model_.refresh();
    });
    connect(filters_, &ActivityFilterBar::changed, this, &ActivityPage::load);
    connect(usage_, &UsagePanel::programChosen, filters_, &ActivityFilterBar::setCaller);
    connect(alerts_, &AlertStrip::rowsWanted, this, [this] { select("alerts"); });
    connect(&model_, &ActivityModel::progressed, this, &ActivityPage::onProgress);
    connect(&model_, &ActivityModel::grew, this, &ActivityPage::keepPlace);
    connect(&mirror_, &BrokerMirror::changed, this, &ActivityPage::onMirrorChanged);
    connect(&mirror_, &BrokerMirror::alerted, alerts_, &AlertStrip::load);
}

QWidget* ActivityPage::first() const {
    return table_.view;
}

QWidget* ActivityPage::makeTable() {
    auto* view = new QTableView;
    auto* rows = new SearchedRows(view);
    rows->setSourceModel(&model_);
    view->setModel(rows);
    table_ = {view, rows};
    view->setObjectName(QStringLiteral("activity"));
    view->setAccessibleName(tr("Rows of the log"));
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view->setTabKeyNavigation(false);
    view->setShowGrid(false);
    view->setAlternatingRowColors(true);
    view->setWordWrap(false);
    view->setIconSize({spacing::smallIcon, spacing::smallIcon});
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(view->fontMetrics().height() + spacing::small);
    QHeaderView* header = view->horizontalHeader();
    header->setHighlightSections(false);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    for (int column = 0; column < ActivityModel::ColumnCount; ++column)
        header->resizeSection(column, view->fontMetrics().averageCharWidth() * charactersOf[column]);
    header->setSectionResizeMode(ActivityModel::What, QHeaderView::Stretch);
    connect(view, &QTableView::activated, this, &ActivityPage::showDetails);
    return view;
}

void ActivityPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    if (begun_ && model_.filter() == filters_->filter())
        tick();
    else if (mirror_.isOnline())
        load();
    usage_->load(filters_->filter());
    alerts_->load();
}

void ActivityPage::load() {
    if (!isVisible())
        return;
    begun_ = true;
    model_.load(filters_->filter());
    usage_->load(filters_->filter());
}

void ActivityPage::tick() {
    if (!isVisible() || !begun_)
        return;
    model_.tick();
    model_.refresh();
}

void ActivityPage::onMirrorChanged() {
    const bool online = mirror_.isOnline();
    stack_->setEnabled(online);
    if (online && !wasOnline_ && isVisible()) {
        load();
        alerts_->load();
    } else if (online && isVisible() && begun_) {
        soon_.start();
    }
    wasOnline_ = online;
}

void ActivityPage::onProgress() {
    const bool nothing = model_.rowCount() == 0 && model_.edge() == ActivityModel::Edge::End;
    stack_->setCurrentIndex(nothing && model_.filter().isEmpty() ? 1 : 0);
    footer_->showState(!search_.isEmpty(), table_.proxy->rowCount());
    if (!search_.isEmpty())
        Q_EMIT changed();
}

// Rows come in above: what the person reads stays where it is.
void ActivityPage::keepPlace(int rows) {
    QScrollBar* bar = table_.view->verticalScrollBar();
    if (bar->value() == 0 && !table_.view->viewport()->underMouse())
        return;
    int shown = 0;
    for (int row = 0; row < rows; ++row)
        shown += table_.proxy->mapFromSource(model_.index(row, 0)).isValid() ? 1 : 0;
    bar->setValue(bar->value() + shown);
}

void ActivityPage::search(const QString& text) {
    search_ = text.simplified();
    static_cast<SearchedRows*>(table_.proxy)->setWords(search_.split(u' ', Qt::SkipEmptyParts));
    footer_->showState(!search_.isEmpty(), table_.proxy->rowCount());
}

int ActivityPage::found() const {
    return begun_ ? table_.proxy->rowCount() : -1;
}

void ActivityPage::select(const std::string& what) {
    if (what == "alerts")
        filters_->setKind("alert");
    else if (what.find('/') != std::string::npos)
        filters_->setCaller(QString::fromStdString(what));
    table_.view->setFocus();
}

void ActivityPage::showDetails() {
    const AuditRecord* record = model_.at(selectedRow(table_));
    if (record == nullptr)
        return;
    const QString provider = record->provider.empty() ? QString() : mirror_.providerTitle(record->provider);
    (new AuditRowDialog(*record, provider, window()))->open();
}

} // namespace keybearer

#include "app/tray/pages/ConsentsPage.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QTableView>

namespace keybearer {

ConsentsPage::ConsentsPage(BrokerMirror& mirror, SessionActions& actions, QWidget* parent)
    : Page(parent), mirror_(mirror), actions_(actions), model_(mirror, &QDateTime::currentDateTimeUtc),
      table_(makeSortedTable(&model_, ConsentModel::SortRole, ConsentModel::Scopes, tr("Allowed programs"))),
      stack_(new QStackedWidget), revoke_(new QPushButton(tr("&Take back..."))) {
    table_.view->setObjectName(QStringLiteral("consents"));
    setFocusProxy(table_.view);
    revoke_->setObjectName(QStringLiteral("takeBack"));
    auto* page = new QWidget;
    auto* pageLayout = new QVBoxLayout(page);
    pageLayout->setContentsMargins(0, 0, 0, 0);
    pageLayout->addWidget(table_.view, 1);
    auto* row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(revoke_);
    pageLayout->addLayout(row);
    stack_->addWidget(
        new EmptyPage(tr("No program is allowed yet"),
                      tr("When a program asks for one of your accounts, you decide. What you allow for "
                         "longer than once is listed here."),
                      nullptr));
    stack_->addWidget(page);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(stack_);
    connect(revoke_, &QPushButton::clicked, this, &ConsentsPage::revoke);
    auto* remove = new QShortcut(QKeySequence::Delete, table_.view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &ConsentsPage::revoke);
    connect(&mirror_, &BrokerMirror::changed, this, &ConsentsPage::onChanged);
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ConsentsPage::onChanged);
    onChanged();
}

void ConsentsPage::showEvent(QShowEvent* event) {
    mirror_.loadConsents();
    Page::showEvent(event);
}

void ConsentsPage::onChanged() {
    stack_->setCurrentIndex(mirror_.consents().empty() ? 0 : 1);
    stack_->setEnabled(mirror_.isOnline());
    revoke_->setEnabled(selectedRow(table_) >= 0);
}

void ConsentsPage::revoke() {
    if (const ConsentRecord* consent = model_.at(selectedRow(table_)))
        actions_.revokeConsent(consent->id, window());
}

} // namespace keybearer

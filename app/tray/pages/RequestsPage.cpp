#include "app/tray/pages/RequestsPage.h"

#include "app/tray/look/FactsView.h"
#include "app/tray/look/SearchProxy.h"
#include "app/tray/look/Wording.h"

#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr std::chrono::seconds second{1};

std::vector<Fact> factsOf(const ConsentRequest& request) {
    const CallerRecord& caller = request.caller;
    QStringList scopes;
    for (qsizetype i = 0; i < request.scopes.size(); ++i) {
        const QString meaning = request.scopeMeanings.value(i);
        scopes.append(meaning.isEmpty() ? scopeWords(request.scopes[i])
                                        : RequestsPage::tr("%1 (%2)", "what a scope allows, and the scope")
                                              .arg(meaning, request.scopes[i]));
    }
    QStringList changes;
    for (const ConsentChange& change : request.changed)
        changes.append(changeWords(change.what));
    const auto claim = [](const QString& text) {
        return text.isEmpty() ? text
                              : RequestsPage::tr("\u201C%1\u201D", "what a program says of itself").arg(text);
    };
    return {{RequestsPage::tr("Changed"), changes.join(u'\n')},
            {RequestsPage::tr("Wants to"), RequestModel::wishWords(request)},
            {RequestsPage::tr("Command"), request.command},
            {RequestsPage::tr("May then"), scopes.join(u'\n')},
            {RequestsPage::tr("Program"), caller.executable},
            {RequestsPage::tr("Script"), caller.script},
            {RequestsPage::tr("Started by"), caller.startedBy},
            {RequestsPage::tr("Recognised as"), identityWords(request.identity)},
            {RequestsPage::tr("It calls itself"),
             claim(request.isConnect ? request.clientName : caller.claimedName)},
            {RequestsPage::tr("It says"), claim(request.reason)}};
}

} // namespace

RequestsPage::RequestsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent)
    : Page(parent), actions_(actions), model_(mirror, &QDateTime::currentDateTimeUtc) {
    list_ = new ListPart(&model_, RequestModel::SortRole, RequestModel::Wants,
                         {"requests", tr("Requests"), tr("Details of the request")}, makeEmpty());
    deny_ = list_->addButton(tr("&Deny"), Symbol::Revoke, "deny");
    answer_ = list_->addButton(tr("&Answer..."), Symbol::Forward, "answer");
    answer_->setToolTip(tr("Brings the question to the front; several are asked one after another."));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(list_);
    second_.setInterval(second);
    connect(&second_, &QTimer::timeout, list_, &ListPart::repaintRows);
    connect(list_, &ListPart::selectionChanged, this, &RequestsPage::onChanged);
    connect(list_, &ListPart::activated, this, &RequestsPage::answerWanted);
    connect(list_, &ListPart::removeWanted, this, &RequestsPage::deny);
    connect(answer_, &QPushButton::clicked, this, &RequestsPage::answerWanted);
    connect(deny_, &QPushButton::clicked, this, &RequestsPage::deny);
    onChanged();
}

QWidget* RequestsPage::first() const {
    return list_->table().view;
}

QWidget* RequestsPage::makeEmpty() {
    auto* activity = new QPushButton(tr("Show &activity"));
    activity->setObjectName(QStringLiteral("activity"));
    connect(activity, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted("activity", {}); });
    return new EmptyPage(
        tr("Nobody waits for you"),
        tr("When a program wants one of your accounts, the question comes to the front, and is "
           "listed here until you answer. What was answered lately stands in Activity."),
        activity);
}

void RequestsPage::onChanged() {
    const ConsentRequest* request = model_.at(list_->row());
    deny_->setEnabled(request != nullptr);
    answer_->setEnabled(model_.rowCount() > 0);
    if (request != nullptr)
        list_->facts().present(factsOf(*request));
    else
        list_->facts().say({});
    count();
    Q_EMIT changed();
}

void RequestsPage::count() {
    const bool isNeeded = isVisible() && model_.rowCount() > 0;
    if (isNeeded == second_.isActive())
        return;
    if (isNeeded)
        second_.start();
    else
        second_.stop();
}

void RequestsPage::deny() {
    if (const ConsentRequest* request = model_.at(list_->row()))
        actions_.deny(request->id);
}

void RequestsPage::search(const QString& text) {
    searchOf(list_->table()).setSearch(text);
}

int RequestsPage::found() const {
    return list_->table().proxy->rowCount();
}

void RequestsPage::select(const std::string& consentId) {
    list_->selectRow(model_.rowOf(consentId));
    list_->table().view->setFocus();
}

void RequestsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    count();
}

void RequestsPage::hideEvent(QHideEvent* event) {
    Page::hideEvent(event);
    second_.stop();
}

} // namespace keybearer

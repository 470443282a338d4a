#include "app/tray/services/ServicesPage.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "app/tray/services/AddServiceDialog.h"
#include "app/tray/services/ConnectPanel.h"
#include "app/tray/services/GatewayBar.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds gather{500}; // several events come together
constexpr std::chrono::seconds longestTest{75};  // the broker ends one within a minute
constexpr int weightOfFacts = 2;
constexpr int weightOfSettings = 3;

// Rows with every word of the search.
class SearchedServices final : public QSortFilterProxyModel {
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setWords(const QStringList& words) {
        words_ = words;
        invalidateFilter();
    }

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override {
        const QString text = sourceModel()->index(row, 0, parent).data(ServiceModel::TextRole).toString();
        return std::all_of(words_.begin(), words_.end(),
                           [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
    }

private:
    QStringList words_;
};

QLabel* plainLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ServicesPage::ServicesPage(BrokerClient& client, BrokerMirror& mirror, CommandLineTool::Options tool,
                           QWidget* parent)
    : Page(parent), client_(client), mirror_(mirror), toolOptions_(std::move(tool)),
      tool_(toolOptions_, nullptr), book_(client), model_(book_), gateway_(new GatewayBar(book_)),
      stack_(new QStackedWidget), facts_(plainLabel("facts")), findings_(plainLabel("testFindings")),
      connect_(new ConnectPanel), signIn_(new QPushButton(tr("&Sign in"))),
      test_(new QPushButton(tr("&Test"))), tools_(new QPushButton),
      remove_(new QPushButton(tr("&Remove..."))) {
    stack_->addWidget(makeTablePage());
    auto* first = new QPushButton(tr("Add &MCP server..."));
    first->setObjectName(QStringLiteral("addFirst"));
    connect(first, &QPushButton::clicked, this, &ServicesPage::addService);
    stack_->addWidget(new EmptyPage(tr("No MCP servers yet"),
                                    tr("Add a server by its address, or a program of this computer. "
                                       "MCP clients then reach it through Keybearer, without a token in "
                                       "their settings."),
                                    first));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(gateway_);
    layout->addWidget(stack_, 1);
    soon_.setSingleShot(true);
    soon_.setInterval(gather);
    connect(&soon_, &QTimer::timeout, this, &ServicesPage::tick);
    connect(&book_, &ServicesBook::changed, this, &ServicesPage::onChanged);
    connect(&book_, &ServicesBook::failed, this, &ServicesPage::onFailed);
    connect(&mirror_, &BrokerMirror::changed, this, &ServicesPage::onMirrorChanged);
    connect(gateway_, &GatewayBar::clientsWanted, this, [this] { Q_EMIT pageWanted("clients", ""); });
    onSelection();
}

QWidget* ServicesPage::first() const {
    return table_.view;
}

QWidget* ServicesPage::makeTablePage() {
    table_ = makeSortedTable(&model_, ServiceModel::SortRole, ServiceModel::Target, tr("MCP servers"));
    auto* rows = new SearchedServices(table_.view);
    rows->setSourceModel(&model_);
    rows->setSortRole(ServiceModel::SortRole);
    table_.view->setModel(rows);
    table_.proxy = rows;
    table_.view->sortByColumn(ServiceModel::Name, Qt::AscendingOrder);
    table_.view->setObjectName(QStringLiteral("services"));
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &ServicesPage::onSelection);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(table_.view, 1);
    layout->addWidget(makeDetails());
    layout->addLayout(makeButtons());
    return page;
}

QWidget* ServicesPage::makeDetails() {
    auto* frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    auto* words = new QVBoxLayout;
    words->setSpacing(spacing::small);
    words->addWidget(facts_);
    words->addWidget(findings_);
    words->addStretch();
    auto* layout = new QHBoxLayout(frame);
    layout->setSpacing(spacing::large);
    layout->addLayout(words, weightOfFacts);
    layout->addWidget(connect_, weightOfSettings);
    return frame;
}

QLayout* ServicesPage::makeButtons() {
    auto* add = new QPushButton(tr("&Add MCP server..."));
    add->setObjectName(QStringLiteral("addService"));
    signIn_->setObjectName(QStringLiteral("serviceSignIn"));
    test_->setObjectName(QStringLiteral("serviceTest"));
    tools_->setObjectName(QStringLiteral("serviceTools"));
    remove_->setObjectName(QStringLiteral("serviceRemove"));
    connect(add, &QPushButton::clicked, this, &ServicesPage::addService);
    connect(signIn_, &QPushButton::clicked, this, [this] {
        if (const ServiceRecord* service = selected())
            Q_EMIT signInWanted(service->provider);
    });
    connect(test_, &QPushButton::clicked, this, &ServicesPage::test);
    connect(tools_, &QPushButton::clicked, this, &ServicesPage::toolsWanted);
    connect(remove_, &QPushButton::clicked, this, &ServicesPage::askToRemove);
    auto* gone = new QShortcut(QKeySequence::Delete, table_.view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(gone, &QShortcut::activated, this, &ServicesPage::askToRemove);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(add);
    row->addStretch();
    for (QPushButton* button : {tools_, signIn_, test_, remove_})
        row->addWidget(button);
    return row;
}

const ServiceRecord* ServicesPage::selected() const {
    return model_.at(selectedRow(table_));
}

void ServicesPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    tick();
}

void ServicesPage::tick() {
    if (isVisible() && mirror_.isOnline())
        book_.load();
}

void ServicesPage::onMirrorChanged() {
    const bool online = mirror_.isOnline();
    setEnabled(online);
    if (online && isVisible())
        soon_.start();
}

int ServicesPage::waiting() const {
    int count = 0;
    for (const ServiceRecord& service : book_.services())
        count += service.toolsWaiting;
    return count;
}

void ServicesPage::onChanged() {
    if (!book_.isLoaded())
        return;
    stack_->setCurrentIndex(book_.services().empty() ? 1 : 0);
    const int wanted = wanted_.empty() ? -1 : model_.rowOf(wanted_);
    if (wanted >= 0) {
        wanted_.clear();
        table_.view->selectRow(table_.proxy->mapFromSource(model_.index(wanted, 0)).row());
    } else if (selectedRow(table_) < 0 && table_.proxy->rowCount() > 0) {
        table_.view->selectRow(0);
    }
    onSelection();
    Q_EMIT changed();
}

void ServicesPage::onSelection() {
    const ServiceRecord* service = selected();
    connect_->present(service == nullptr ? std::nullopt : std::optional(*service));
    for (QPushButton* button : {test_, remove_})
        button->setEnabled(service != nullptr);
    signIn_->setVisible(service != nullptr && !service->local);
    signIn_->setText(service != nullptr && service->signedIn ? tr("&Sign in again") : tr("&Sign in"));
    tools_->setVisible(service != nullptr && service->toolsWaiting > 0);
    tools_->setText(tr("&Look at %n tool(s)", nullptr, service == nullptr ? 0 : service->toolsWaiting));
    const bool isTested = service != nullptr && service->name == tested_;
    findings_->setVisible(isTested);
    if (service == nullptr)
        return facts_->setText(tr("Select an MCP server above."));
    QStringList lines{service->target(),
                      signInWords(*service) + QStringLiteral(". ") + stateWords(*service) + u'.'};
    if (!service->issuer.isEmpty())
        lines.append(tr("Signs in at %1.").arg(service->issuer));
    if (!service->scopes.isEmpty())
        lines.append(tr("Asks for: %1").arg(service->scopes.join(QStringLiteral(", "))));
    if (!service->address.empty())
        lines.append(tr("At the gateway: %1").arg(shown(service->address, 300)));
    lines.append(service->configured ? tr("It stands in config.yaml.")
                                     : tr("Known from a sign-in by its address."));
    facts_->setText(lines.join(u'\n'));
}

void ServicesPage::search(const QString& text) {
    static_cast<SearchedServices*>(table_.proxy)->setWords(text.simplified().split(u' ', Qt::SkipEmptyParts));
}

int ServicesPage::found() const {
    return book_.isLoaded() ? table_.proxy->rowCount() : -1;
}

void ServicesPage::select(const std::string& what) {
    if (what == "add")
        return addService();
    const int row = model_.rowOf(what);
    if (row >= 0)
        table_.view->selectRow(table_.proxy->mapFromSource(model_.index(row, 0)).row());
    else
        wanted_ = what;
    table_.view->setFocus();
}

void ServicesPage::addService() {
    auto* dialog = new AddServiceDialog(toolOptions_, window());
    connect(dialog, &AddServiceDialog::added, this, [this](const std::string& name) {
        wanted_ = name;
        book_.load();
        Q_EMIT noticed({Notice::Kind::News, tr("MCP server added"),
                        tr("%1 stands in config.yaml now.").arg(shown(name, 80))});
    });
    dialog->open();
}

void ServicesPage::test() {
    const ServiceRecord* service = selected();
    if (service == nullptr)
        return;
    const std::string name = service->name;
    tested_ = name;
    findings_->setText(tr("Testing %1...").arg(shown(name, 80)));
    findings_->show();
    test_->setEnabled(false);
    client_.call(
        "service.test", Json{{"service", name}}, this,
        [this, name](const Result<Json>& answer) { onTested(name, answer); }, longestTest);
}

void ServicesPage::onTested(const std::string& service, const Result<Json>& answer) {
    test_->setEnabled(selected() != nullptr);
    if (service != tested_)
        return;
    QStringList lines;
    if (!answer)
        lines.append(failureWords(answer.error()));
    else
        for (const FindingRecord& finding : readFindings(*answer))
            lines.append(tr("%1: %2", "how bad, what").arg(levelWord(finding.level), finding.message) +
                         (finding.action.isEmpty() ? QString() : u' ' + asSentence(finding.action)));
    if (lines.isEmpty())
        lines.append(tr("Nothing is wrong with it."));
    findings_->setText(lines.join(u'\n'));
    onSelection();
}

void ServicesPage::askToRemove() {
    const ServiceRecord* service = selected();
    if (service == nullptr)
        return;
    auto* question = new QMessageBox(window());
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setIcon(QMessageBox::Question);
    question->setText(tr("Remove the MCP server %1?").arg(shown(service->name, 80)));
    question->setInformativeText(
        service->configured
            ? tr("Its entry goes from config.yaml; the file as it was is kept beside it. Clients "
                 "that use it lose their connection. The account stays signed in.")
            : tr("What was found out about it is forgotten. Clients that use it lose their "
                 "connection."));
    QPushButton* yes = question->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    yes->setObjectName(QStringLiteral("removeYes"));
    question->setDefaultButton(question->addButton(QMessageBox::Cancel));
    connect(yes, &QPushButton::clicked, this,
            [this, name = service->name, configured = service->configured] { remove(name, configured); });
    question->open();
}

void ServicesPage::remove(const std::string& service, bool configured) {
    if (!configured)
        return book_.forget(service);
    tool_.run({QStringLiteral("service"), QStringLiteral("remove"), QString::fromStdString(service)},
              [this](const Result<Json>& answer) {
                  if (!answer)
                      tell(tr("The MCP server was not removed"), answer.error());
                  book_.load();
              });
}

void ServicesPage::onFailed(const Error& why) {
    tell(tr("That did not work"), why);
}

void ServicesPage::tell(const QString& title, const Error& why) {
    Q_EMIT noticed({Notice::Kind::Problem, title, failureWords(why)});
}

} // namespace keybearer

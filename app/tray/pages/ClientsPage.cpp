#include "app/tray/pages/ClientsPage.h"

#include "app/tray/look/FactsView.h"
#include "app/tray/look/SearchProxy.h"
#include "app/tray/look/Wording.h"

#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTabWidget>
#include <QVBoxLayout>
#include <utility>

namespace keybearer {

namespace {
enum Tab { Permissions, Keys, Connected };
} // namespace

ClientsPage::ClientsPage(BrokerClient& client, BrokerMirror& mirror, SessionActions& actions,
                         KeyActions& keys, QWidget* parent)
    : Page(parent), mirror_(mirror), keyActions_(keys), lists_(client),
      clients_(lists_, &QDateTime::currentDateTimeUtc), connected_(lists_, &QDateTime::currentDateTimeUtc),
      consents_(new ConsentsPart(mirror, actions)), tabs_(new QTabWidget) {
    tabs_->setObjectName(QStringLiteral("parts"));
    tabs_->setDocumentMode(true);
    tabs_->setAccessibleName(title());
    tabs_->addTab(consents_, {});
    tabs_->addTab(makeKeys(), {});
    tabs_->addTab(makeConnected(), {});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(tabs_);
    connect(&lists_, &ClientLists::changed, this, &ClientsPage::onListsChanged);
    connect(&keyActions_, &KeyActions::clientsChanged, &lists_, &ClientLists::load);
    connect(&mirror_, &BrokerMirror::changed, this, &ClientsPage::onListsChanged);
    onListsChanged();
}

QWidget* ClientsPage::first() const {
    return tabs_;
}

QWidget* ClientsPage::makeKeys() {
    const auto makeAdd = [this](const char* name) {
        auto* add = new QPushButton(keybearer::symbol(Symbol::Add), tr("Add &client key..."));
        add->setObjectName(QLatin1String(name));
        connect(add, &QPushButton::clicked, this, [this] { keyActions_.addClient(window()); });
        return add;
    };
    keys_ = new ListPart(
        &clients_, ClientModel::SortRole, ClientModel::Allow,
        {"clientKeys", tr("Client keys"), tr("Details of the client")},
        new EmptyPage(
            tr("No client keys"),
            tr("A program that runs where nobody can be asked, as on a server or in a container, can "
               "have a key of its own, and gets exactly what you list for it."),
            makeAdd("addFirstClient")));
    QPushButton* add = keys_->addButton(tr("Add &client key..."), Symbol::Add, "addClient", true);
    rotate_ = keys_->addButton(tr("&New key..."), Symbol::Refresh, "rotateClient");
    switch_ = keys_->addButton({}, Symbol::Pause, "switchClient");
    remove_ = keys_->addButton(tr("Remo&ve..."), Symbol::Revoke, "removeClient");
    connect(add, &QPushButton::clicked, this, [this] { keyActions_.addClient(window()); });
    connect(rotate_, &QPushButton::clicked, this, [this] {
        if (const ClientRecord* client = clients_.at(keys_->row()))
            keyActions_.rotateClient(*client, window());
    });
    connect(switch_, &QPushButton::clicked, this, [this] {
        if (const ClientRecord* client = clients_.at(keys_->row()))
            keyActions_.setClientActive(client->id, client->state == u"disabled");
    });
    const auto remove = [this] {
        const ClientRecord* client = clients_.at(keys_->row());
        if (client != nullptr && remove_->isEnabled())
            keyActions_.removeClient(*client, window());
    };
    connect(remove_, &QPushButton::clicked, this, remove);
    connect(keys_, &ListPart::removeWanted, this, remove);
    connect(keys_, &ListPart::selectionChanged, this, &ClientsPage::onClientChanged);
    return keys_;
}

QWidget* ClientsPage::makeConnected() {
    auto* services = new QPushButton(keybearer::symbol(Symbol::Services), tr("Show &services"));
    connect(services, &QPushButton::clicked, this, [this] { Q_EMIT pageWanted("services", {}); });
    peers_ = new ListPart(
        &connected_, ConnectedModel::SortRole, ConnectedModel::Has,
        {"connected", tr("Connected programs"), tr("Details of the program")},
        new EmptyPage(
            tr("Nothing is connected"),
            tr("Programs that \"keybearer run\" has started, and MCP clients that use the gateway, are "
               "listed here. How to connect a client stands on the page of the services."),
            services));
    disconnect_ = peers_->addButton(tr("Remo&ve..."), Symbol::Revoke, "removePeer");
    connect(disconnect_, &QPushButton::clicked, this, &ClientsPage::removeConnected);
    connect(peers_, &ListPart::removeWanted, this, &ClientsPage::removeConnected);
    connect(peers_, &ListPart::selectionChanged, this, &ClientsPage::onConnectedChanged);
    return peers_;
}

void ClientsPage::removeConnected() {
    const ConnectedRecord* record = connected_.at(peers_->row());
    if (record != nullptr && !record->isStarted && disconnect_->isEnabled())
        keyActions_.removeGatewayClient(record->client, window());
}

void ClientsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    load();
}

void ClientsPage::load() {
    if (!mirror_.isOnline())
        return;
    mirror_.loadConsents();
    lists_.load();
}

void ClientsPage::tick() {
    consents_->list().repaintRows();
    keys_->repaintRows();
    peers_->repaintRows();
    if (isVisible() && mirror_.isOnline())
        lists_.load(); // no event tells of these
}

void ClientsPage::onListsChanged() {
    const bool wasCurrent = clients_.isCurrent();
    clients_.setCurrent(mirror_.isOnline());
    connected_.setCurrent(mirror_.isOnline());
    if (mirror_.isOnline() && !wasCurrent && isVisible())
        lists_.load(); // the broker is back
    onClientChanged();
    onConnectedChanged();
    showTitles();
    Q_EMIT changed();
}

void ClientsPage::showTitles() {
    const auto title = [this](const QString& name, const ListPart& part) {
        const int rows =
            isSearching_ ? part.table().proxy->rowCount() : part.table().proxy->sourceModel()->rowCount();
        return rows == 0 && !isSearching_ ? name
                                          : tr("%1 (%2)", "part of a page, how many").arg(name).arg(rows);
    };
    tabs_->setTabText(Permissions, title(tr("&Permissions"), consents_->list()));
    tabs_->setTabText(Keys, title(tr("Client &keys"), *keys_));
    tabs_->setTabText(Connected, title(tr("Conn&ected"), *peers_));
}

void ClientsPage::onClientChanged() {
    if (remove_ == nullptr)
        return;
    const ClientRecord* client = clients_.at(keys_->row());
    const bool isOff = client != nullptr && client->state == u"disabled";
    switch_->setText(isOff ? tr("Switch &on", "a client key") : tr("Switch o&ff", "a client key"));
    switch_->setIcon(keybearer::symbol(isOff ? Symbol::Play : Symbol::Pause));
    for (QPushButton* button : {rotate_, switch_, remove_})
        button->setEnabled(client != nullptr && clients_.isCurrent());
    if (client == nullptr)
        return keys_->facts().say(tr("Select a row to see everything about it."));
    const QDateTime now = QDateTime::currentDateTimeUtc();
    keys_->facts().present(
        {{tr("May have"),
          client->allow.isEmpty() ? tr("nothing yet", "a client may have") : client->allow.join(u'\n')},
         {tr("Role"), ClientModel::roleWords(*client)},
         {tr("Description"), client->description},
         {tr("Owner"), client->owner},
         {tr("Key ends in"), client->keyEnds},
         {tr("Expires"),
          client->expiresAt.isValid() ? exactWords(client->expiresAt) : tr("never", "expires")},
         {tr("Old key works until"), client->oldKeyUntil > now ? exactWords(client->oldKeyUntil) : QString()},
         {tr("Made"), exactWords(client->createdAt)},
         {tr("Key replaced"), exactWords(client->rotatedAt)},
         {tr("Last used"), client->lastUsedAt.isValid()
                               ? tr("%1, %n connection(s) in all", "when", static_cast<int>(client->uses))
                                     .arg(agoWords(client->lastUsedAt, now))
                               : tr("never", "last used")},
         {tr("Client id"), shown(client->id)}});
}

void ClientsPage::onConnectedChanged() {
    if (disconnect_ == nullptr)
        return;
    const ConnectedRecord* record = connected_.at(peers_->row());
    disconnect_->setEnabled(record != nullptr && !record->isStarted && connected_.isCurrent());
    if (record == nullptr)
        return peers_->facts().say(tr("Select a row to see everything about it."));
    if (record->isStarted) {
        const CapabilityRecord& started = record->capability;
        return peers_->facts().present(
            {{tr("Program"), started.executable},
             {tr("Process"), QString::number(started.pid)},
             {tr("May have"), tr("what the run profile %1 lists in config.yaml").arg(started.profile)},
             {tr("Recognised as"), identityWords('A')},
             {tr("Ends"),
              started.expiresAt.isValid() ? exactWords(started.expiresAt) : tr("when the program ends")},
             {tr("Started"), exactWords(started.issuedAt)}});
    }
    const GatewayClientRecord& client = record->client;
    peers_->facts().present({{tr("Calls itself"), client.name},
                             {tr("For the service"), client.service},
                             {tr("May use"), client.grants.join(u'\n')},
                             {tr("Its answers go to"), client.redirects.join(u'\n')},
                             {tr("Registered"), exactWords(client.createdAt)},
                             {tr("Last used"), exactWords(client.lastUsedAt)},
                             {tr("Client id"), shown(client.id)}});
}

std::array<const ListPart*, 3> ClientsPage::parts() const {
    return {&std::as_const(*consents_).list(), keys_, peers_};
}

void ClientsPage::search(const QString& text) {
    for (const ListPart* part : parts())
        searchOf(part->table()).setSearch(text);
    isSearching_ = searchOf(consents_->list().table()).isSearching();
    showTitles();
    const auto hasRows = [this](std::size_t part) { return parts().at(part)->table().proxy->rowCount() > 0; };
    if (!isSearching_ || hasRows(static_cast<std::size_t>(tabs_->currentIndex())))
        return;
    for (std::size_t i = 0; i < parts().size(); ++i) { // where something was found comes to the front
        if (hasRows(i))
            return tabs_->setCurrentIndex(static_cast<int>(i));
    }
}

int ClientsPage::found() const {
    int rows = 0;
    for (const ListPart* part : parts())
        rows += part->table().proxy->rowCount();
    return rows;
}

void ClientsPage::select(const std::string& what) {
    if (const int row = consents_->model().rowOf(what); row >= 0) {
        tabs_->setCurrentIndex(Permissions);
        consents_->list().selectRow(row);
    } else if (const int place = clients_.rowOf(what); place >= 0 || what == "keys") {
        tabs_->setCurrentIndex(Keys);
        keys_->selectRow(place);
    } else if (what == "connected") {
        tabs_->setCurrentIndex(Connected);
    }
    tabs_->currentWidget()->setFocus();
}

} // namespace keybearer

#include "app/tray/pages/SessionsPage.h"

#include "app/tray/look/SearchProxy.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "app/tray/pages/SessionDetails.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

namespace keybearer {

namespace {

// In the order of the box above the table.
enum Kinds { Everything, SignIns, ApiKeys, Others };

bool isShown(const SessionRecord& session, int kinds) {
    switch (kinds) {
    case SignIns:
        return session.kind == SessionKind::SignIn;
    case ApiKeys:
        return session.kind == SessionKind::ApiKey;
    case Others:
        return session.kind != SessionKind::SignIn && session.kind != SessionKind::ApiKey;
    default:
        return true;
    }
}

bool needsSignIn(const SessionRecord& session) {
    return session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined;
}

} // namespace

SessionsPage::SessionsPage(const BrokerMirror& mirror, SessionActions& actions, KeyActions& keys,
                           QWidget* parent)
    : Page(parent), mirror_(mirror), actions_(actions), keys_(keys),
      model_(mirror, &QDateTime::currentDateTimeUtc), stack_(new QStackedWidget), kinds_(new QComboBox),
      details_(new SessionDetails(mirror, model_)) {
    model_.setLeaving([this](const std::string& id) { return actions_.isLeaving(id); });
    stack_->addWidget(
        new EmptyPage(tr("No sessions yet"),
                      tr("Sign in once, and programs on this computer can use the account, each with your "
                         "permission and without ever seeing a password."),
                      makeSignInButton(tr("&Sign in..."))));
    stack_->addWidget(makeTablePage());
    stack_->addWidget(new EmptyPage(tr("Waiting for the broker"),
                                    tr("Your sessions are listed here as soon as it answers."), nullptr));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(stack_);
    makeShortcuts();
    connect(&mirror_, &BrokerMirror::changed, this, &SessionsPage::onMirrorChanged);
    connect(&actions_, &SessionActions::leavingChanged, this, &SessionsPage::onMirrorChanged);
    onMirrorChanged();
}

QWidget* SessionsPage::first() const {
    return table_.view;
}

QPushButton* SessionsPage::makeSignInButton(const QString& text) {
    auto* button = new QPushButton(text);
    connect(button, &QPushButton::clicked, this, &SessionsPage::chooserWanted);
    return button;
}

QLayout* SessionsPage::makeTop() {
    kinds_->setObjectName(QStringLiteral("kinds"));
    kinds_->addItems({tr("Everything"), tr("Sign-ins"), tr("API keys"), tr("Service accounts and machines")});
    kinds_->setAccessibleName(tr("Show"));
    auto* label = new QLabel(tr("Sho&w:"));
    label->setBuddy(kinds_);
    connect(kinds_, &QComboBox::currentIndexChanged, this, &SessionsPage::showKind);
    auto* key = new QPushButton(keybearer::symbol(Symbol::Key), tr("&Add API key..."));
    key->setObjectName(QStringLiteral("addKey"));
    connect(key, &QPushButton::clicked, this, [this] { keys_.addApiKey(window()); });
    auto* signIn = makeSignInButton(tr("&Sign in..."));
    signIn->setObjectName(QStringLiteral("signIn"));
    signIn->setIcon(keybearer::symbol(Symbol::Add));
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(label);
    row->addWidget(kinds_);
    row->addStretch();
    row->addWidget(key);
    row->addWidget(signIn);
    return row;
}

QWidget* SessionsPage::makeTablePage() {
    table_ = makeSortedTable(&model_, SessionModel::SortRole, SessionModel::Scopes, tr("Sessions"));
    table_.view->setObjectName(QStringLiteral("sessions"));
    table_.view->setIconSize(QSize(spacing::rowIcon, spacing::rowIcon));
    table_.view->setContextMenuPolicy(Qt::CustomContextMenu);
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addLayout(makeTop());
    splitter_ = new QSplitter(Qt::Vertical);
    splitter_->setChildrenCollapsible(false);
    splitter_->addWidget(table_.view);
    splitter_->addWidget(details_);
    splitter_->setStretchFactor(0, 3);
    splitter_->setStretchFactor(1, 2);
    layout->addWidget(splitter_, 1);
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SessionsPage::onSelectionChanged);
    connect(table_.view, &QWidget::customContextMenuRequested, this, &SessionsPage::onMenu);
    connect(details_, &SessionDetails::refreshWanted, this, &SessionsPage::refreshOrSignIn);
    connect(details_, &SessionDetails::renameWanted, this, &SessionsPage::rename);
    connect(details_, &SessionDetails::revokeWanted, this, &SessionsPage::revoke);
    connect(details_, &SessionDetails::rotateWanted, this, &SessionsPage::rotateKey);
    connect(details_, &SessionDetails::switchWanted, this, &SessionsPage::switchKey);
    connect(details_, &SessionDetails::undoWanted, this, [this] { actions_.acts().undo(selectedId_); });
    return page;
}

void SessionsPage::makeShortcuts() {
    const auto add = [this](const QKeySequence& keys, void (SessionsPage::*run)(), bool inTable) {
        auto* key = new QShortcut(keys, inTable ? static_cast<QWidget*>(table_.view) : this, nullptr, nullptr,
                                  inTable ? Qt::WidgetShortcut : Qt::WidgetWithChildrenShortcut);
        connect(key, &QShortcut::activated, this, run);
    };
    add(QKeySequence::Refresh, &SessionsPage::refreshOrSignIn, false);
    add(QKeySequence(Qt::Key_F2), &SessionsPage::rename, false);
    add(QKeySequence::Delete, &SessionsPage::revoke, true);
    add(QKeySequence::Copy, &SessionsPage::copyAccount, true);
}

const SessionRecord* SessionsPage::selected() const {
    return model_.at(selectedRow(table_));
}

const ApiKeyRecord* SessionsPage::selectedKey() const {
    const SessionRecord* session = selected();
    const auto& keys = mirror_.apiKeys();
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const ApiKeyRecord& k) {
        return session != nullptr && k.row.id == session->id;
    });
    return key == keys.end() ? nullptr : &*key;
}

int SessionsPage::waiting() const {
    const auto& sessions = mirror_.sessions();
    return static_cast<int>(std::count_if(sessions.begin(), sessions.end(), needsSignIn));
}

void SessionsPage::search(const QString& text) {
    searchOf(table_).setSearch(text);
    table_.view->scrollTo(table_.view->currentIndex()); // what is selected does not get lost among thousands
    onSelectionChanged();
}

int SessionsPage::found() const {
    return table_.proxy->rowCount();
}

void SessionsPage::select(const std::string& sessionId) {
    selectedId_ = sessionId;
    const int row = model_.rowOf(sessionId);
    if (row >= 0) {
        kinds_->setCurrentIndex(Everything); // it may be one that the box hides
        table_.view->selectRow(table_.proxy->mapFromSource(model_.index(row, 0)).row());
        table_.view->scrollTo(table_.view->currentIndex());
    }
    table_.view->setFocus();
}

void SessionsPage::showKind(int index) {
    searchOf(table_).setKeep(index == Everything ? SearchProxy::Keep() : [this, index](int row) {
        const SessionRecord* session = model_.at(row);
        return session != nullptr && isShown(*session, index);
    });
    onSelectionChanged();
    Q_EMIT changed();
}

void SessionsPage::onMirrorChanged() {
    enum { Invitation, Table, Waiting };
    stack_->setCurrentIndex(model_.rowCount() > 0 ? Table : mirror_.isLoaded() ? Invitation : Waiting);
    // The row that was selected has gone, or rows have come for the first time.
    const int row = model_.rowOf(selectedId_);
    if (selected() == nullptr && table_.proxy->rowCount() > 0)
        table_.view->selectRow(row >= 0 ? table_.proxy->mapFromSource(model_.index(row, 0)).row() : 0);
    onSelectionChanged();
    table_.view->viewport()->update(); // whether one is about to go is no fact of the model's own
    Q_EMIT changed();
}

void SessionsPage::onSelectionChanged() {
    const SessionRecord* session = selected();
    if (session != nullptr)
        selectedId_ = session->id;
    if (isVisible() || session == nullptr)
        details_->present(session, session != nullptr && actions_.isLeaving(session->id));
}

void SessionsPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    onSelectionChanged();
}

void SessionsPage::onMenu(const QPoint& place) {
    const SessionRecord* session = selected();
    if (session == nullptr)
        return;
    QMenu menu(this);
    const bool isKey = session->kind == SessionKind::ApiKey;
    const bool isLeaving = actions_.isLeaving(session->id);
    const auto add = [&](const QString& text, void (SessionsPage::*run)(), const QKeySequence& keys,
                         bool isPossible) {
        QAction* action = menu.addAction(text);
        action->setShortcut(keys);
        action->setShortcutVisibleInContextMenu(true);
        action->setEnabled(isPossible);
        connect(action, &QAction::triggered, this, run);
    };
    const bool canAct = model_.isCurrent() && !isLeaving;
    add(tr("&Copy account"), &SessionsPage::copyAccount, QKeySequence::Copy, !session->account.isEmpty());
    menu.addSeparator();
    if (isKey) {
        add(tr("&New value..."), &SessionsPage::rotateKey, {}, canAct);
        add(session->state == SessionState::SwitchedOff ? tr("Switch &on", "an API key")
                                                        : tr("Switch &off", "an API key"),
            &SessionsPage::switchKey, {}, canAct);
    } else {
        add(needsSignIn(*session) ? tr("S&ign in again...") : tr("&Refresh"), &SessionsPage::refreshOrSignIn,
            QKeySequence::Refresh, canAct);
        add(tr("Re&name..."), &SessionsPage::rename, QKeySequence(Qt::Key_F2), canAct);
    }
    menu.addSeparator();
    const bool isRemoved = isKey || session->kind == SessionKind::ServiceAccount;
    add(isRemoved ? tr("Remo&ve...") : tr("Re&voke..."), &SessionsPage::revoke, QKeySequence::Delete, canAct);
    menu.exec(table_.view->viewport()->mapToGlobal(place));
}

void SessionsPage::refreshOrSignIn() {
    const SessionRecord* session = selected();
    if (session == nullptr || session->kind == SessionKind::ApiKey || !model_.isCurrent())
        return;
    if (needsSignIn(*session))
        Q_EMIT signInWanted(session->provider);
    else
        actions_.refresh(session->id);
}

void SessionsPage::rename() {
    const SessionRecord* session = selected();
    if (session == nullptr || session->kind == SessionKind::ApiKey || !model_.isCurrent())
        return;
    KeyActions::rename(
        session->account,
        [this, id = session->id](const QString& label, const std::function<void(const Result<Json>&)>& then) {
            actions_.rename(id, label, then);
        },
        window());
}

void SessionsPage::revoke() {
    if (const SessionRecord* session = selected(); session != nullptr && model_.isCurrent())
        actions_.revoke(session->id, window());
}

void SessionsPage::copyAccount() {
    if (const SessionRecord* session = selected(); session != nullptr && !session->account.isEmpty())
        QGuiApplication::clipboard()->setText(session->account);
}

void SessionsPage::rotateKey() {
    if (const ApiKeyRecord* key = selectedKey())
        keys_.rotateApiKey(key->name, window());
}

void SessionsPage::switchKey() {
    if (const ApiKeyRecord* key = selectedKey())
        keys_.setApiKeyActive(key->name, !key->active);
}

void SessionsPage::tick() {
    table_.view->viewport()->update(); // only what is on the screen says its times anew
    onSelectionChanged();
}

QByteArray SessionsPage::layoutState() const {
    return tableState(table_);
}

void SessionsPage::restoreLayoutState(const QByteArray& state) {
    restoreTableState(table_, state);
}

} // namespace keybearer

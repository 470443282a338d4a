#include "app/tray/pages/SessionsPage.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"

#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>

namespace keybearer {

namespace {

QLabel* detailLabel(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

SessionsPage::SessionsPage(const BrokerMirror& mirror, SessionActions& actions, QWidget* parent)
    : Page(parent), mirror_(mirror), actions_(actions), model_(mirror, &QDateTime::currentDateTimeUtc),
      stack_(new QStackedWidget), refresh_(new QPushButton), revoke_(new QPushButton),
      issuer_(detailLabel("issuer")), scopes_(detailLabel("detailScopes")), times_(detailLabel("times")),
      problem_(detailLabel("problem")) {
    stack_->addWidget(
        new EmptyPage(tr("No sessions yet"),
                      tr("Sign in once, and programs on this computer can use the account, each with your "
                         "permission and without ever seeing a password."),
                      makeSignInButton(tr("&Sign in..."))));
    stack_->addWidget(makeTablePage());
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(stack_);
    connect(&mirror_, &BrokerMirror::changed, this, &SessionsPage::onMirrorChanged);
    onMirrorChanged();
}

QPushButton* SessionsPage::makeSignInButton(const QString& text) {
    auto* button = new QPushButton(text);
    connect(button, &QPushButton::clicked, this, &SessionsPage::chooserWanted);
    return button;
}

QWidget* SessionsPage::makeTablePage() {
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    table_ = makeSortedTable(&model_, SessionModel::SortRole, SessionModel::Scopes, tr("Sessions"));
    table_.view->setObjectName(QStringLiteral("sessions"));
    setFocusProxy(table_.view);
    layout->addWidget(table_.view, 1);
    layout->addWidget(makeDetails());
    layout->addLayout(makeButtons());
    connect(table_.view->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &SessionsPage::onSelectionChanged);
    return page;
}

QWidget* SessionsPage::makeDetails() {
    auto* frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    details_ = new QFormLayout(frame);
    details_->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    details_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    details_->addRow(tr("Signed in at:"), issuer_);
    details_->addRow(tr("Scopes:"), scopes_);
    details_->addRow(tr("Token:"), times_);
    details_->addRow(tr("Problem:"), problem_);
    return frame;
}

QLayout* SessionsPage::makeButtons() {
    refresh_->setObjectName(QStringLiteral("refresh"));
    revoke_->setObjectName(QStringLiteral("revoke"));
    revoke_->setText(tr("Re&voke..."));
    connect(refresh_, &QPushButton::clicked, this, &SessionsPage::refreshOrSignIn);
    connect(revoke_, &QPushButton::clicked, this, &SessionsPage::revoke);
    auto* again = new QShortcut(QKeySequence::Refresh, this);
    connect(again, &QShortcut::activated, this, &SessionsPage::refreshOrSignIn);
    auto* remove = new QShortcut(QKeySequence::Delete, table_.view, nullptr, nullptr, Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &SessionsPage::revoke);
    auto* row = new QHBoxLayout;
    row->addWidget(makeSignInButton(tr("&Sign in...")));
    row->addStretch();
    row->addWidget(refresh_);
    row->addWidget(revoke_);
    return row;
}

const SessionRecord* SessionsPage::selected() const {
    return model_.at(selectedRow(table_));
}

void SessionsPage::select(const std::string& sessionId) {
    selectedId_ = sessionId;
    const int row = model_.rowOf(sessionId);
    if (row >= 0)
        table_.view->selectRow(table_.proxy->mapFromSource(model_.index(row, 0)).row());
    table_.view->setFocus();
}

void SessionsPage::onMirrorChanged() {
    stack_->setCurrentIndex(mirror_.sessions().empty() ? 0 : 1);
    stack_->setEnabled(mirror_.isOnline());
    // A table that was filled anew has lost its selection.
    const int row = model_.rowOf(selectedId_);
    if (selected() == nullptr && model_.rowCount() > 0)
        table_.view->selectRow(row >= 0 ? table_.proxy->mapFromSource(model_.index(row, 0)).row() : 0);
    onSelectionChanged();
}

void SessionsPage::onSelectionChanged() {
    const SessionRecord* session = selected();
    refresh_->setEnabled(session != nullptr);
    revoke_->setEnabled(session != nullptr);
    const bool signIn = session != nullptr && (session->state == SessionState::NeedsSignIn ||
                                               session->state == SessionState::Quarantined);
    refresh_->setText(signIn ? tr("S&ign in again...") : tr("&Refresh"));
    if (session == nullptr)
        return;
    selectedId_ = session->id;
    issuer_->setText(session->issuer.isEmpty() ? QStringLiteral("\u2013") : session->issuer);
    scopes_->setText(session->scopes.isEmpty() ? QStringLiteral("\u2013")
                                               : session->scopes.join(QStringLiteral(", ")));
    const QString fetched = exactWords(session->refreshedAt);
    const QString expires = exactWords(session->expiresAt);
    times_->setText(expires.isEmpty()   ? tr("fetched %1").arg(fetched)
                    : fetched.isEmpty() ? tr("expires %1").arg(expires)
                                        : tr("fetched %1, expires %2").arg(fetched, expires));
    problem_->setText(session->problem);
    problem_->setVisible(!session->problem.isEmpty());
    details_->labelForField(problem_)->setVisible(!session->problem.isEmpty());
}

void SessionsPage::refreshOrSignIn() {
    const SessionRecord* session = selected();
    if (session == nullptr)
        return;
    if (session->state == SessionState::NeedsSignIn || session->state == SessionState::Quarantined)
        Q_EMIT signInWanted(session->provider);
    else
        actions_.refresh(session->id);
}

void SessionsPage::revoke() {
    if (const SessionRecord* session = selected())
        actions_.revoke(session->id, window());
}

void SessionsPage::tick() {
    model_.tick();
}

} // namespace keybearer

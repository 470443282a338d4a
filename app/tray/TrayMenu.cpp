#include "app/tray/TrayMenu.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/signin/ProviderMenu.h"

#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t mostAccounts = 15; // in the menu; the Sessions window shows them all
constexpr std::size_t mostRequests = 5;  // the same of questions
constexpr qsizetype longestProgram = 40; // characters of its name

} // namespace

TrayMenu::TrayMenu(const BrokerMirror& mirror, QObject* parent) : QObject(parent), mirror_(mirror) {
    menu_.setToolTipsVisible(true);
    connect(&mirror_, &BrokerMirror::changed, this, [this] {
        if (menu_.isVisible())
            stale_ = true;
        else
            rebuild();
    });
    // Queued: the action that closed the menu is delivered after aboutToHide.
    connect(
        &menu_, &QMenu::aboutToHide, this,
        [this] {
            if (std::exchange(stale_, false))
                rebuild();
        },
        Qt::QueuedConnection);
    rebuild();
}

TrayMenu::~TrayMenu() {
    menu_.clear();
}

QMenu* TrayMenu::addSubmenu(const QString& title) {
    submenus_.push_back(std::make_unique<QMenu>(plainMenuText(title)));
    submenus_.back()->setToolTipsVisible(true);
    return submenus_.back().get();
}

void TrayMenu::rebuild() {
    menu_.clear();
    submenus_.clear();
    // Not greyed: it is the line to be read first, and it leads to the window that explains it.
    QAction* headline = menu_.addAction(stateDot(mirror_.state()), mirror_.headline());
    connect(headline, &QAction::triggered, this, &TrayMenu::windowWanted);
    addRequests();
    menu_.addSeparator();
    addAccounts();
    addSignIn();
    connect(menu_.addAction(tr("Open")), &QAction::triggered, this, &TrayMenu::sessionsWanted);
    addSharing();
    addLock();
    menu_.addSeparator();
    connect(menu_.addAction(tr("Set up...")), &QAction::triggered, this, &TrayMenu::setupWanted);
    connect(menu_.addAction(tr("Settings...")), &QAction::triggered, this, &TrayMenu::settingsWanted);
    menu_.addSeparator();
    QAction* quit = menu_.addAction(tr("Quit"));
    quit->setToolTip(tr("Closes the tray icon, and asks whether the broker should go on."));
    connect(quit, &QAction::triggered, this, &TrayMenu::quitWanted);
}

// What waits for the person, before everything else.
void TrayMenu::addRequests() {
    const auto& pending = mirror_.pending();
    for (std::size_t i = 0; i < std::min(pending.size(), mostRequests); ++i) {
        const QString program = pending[i].caller.programName().left(longestProgram);
        const QString text =
            program.isEmpty()
                ? tr("A program asks for %1...", "a provider").arg(pending[i].provider)
                : tr("%1 asks for %2...", "a program, a provider").arg(program, pending[i].provider);
        QAction* request = menu_.addAction(symbol(Symbol::Requests), plainMenuText(text));
        connect(request, &QAction::triggered, this, &TrayMenu::pendingWanted);
    }
    if (pending.size() > mostRequests) {
        QAction* all = menu_.addAction(tr("All %n request(s)...", nullptr, static_cast<int>(pending.size())));
        connect(all, &QAction::triggered, this, &TrayMenu::pendingWanted);
    }
    if (const std::size_t changed = mirror_.tools().size(); changed > 0) {
        QAction* tools = menu_.addAction(tr("Changed tools (%1)...").arg(changed));
        connect(tools, &QAction::triggered, this, &TrayMenu::toolsWanted);
    }
}

void TrayMenu::addAccounts() {
    const auto& sessions = mirror_.sessions();
    for (std::size_t i = 0; i < std::min(sessions.size(), mostAccounts); ++i)
        addAccount(sessions[i]);
    if (sessions.size() > mostAccounts)
        addMenuNote(menu_, tr("%n more in the Sessions window", nullptr,
                              static_cast<int>(sessions.size() - mostAccounts)));
    if (!sessions.empty())
        menu_.addSeparator();
}

void TrayMenu::addSignIn() {
    QMenu* signIn = addSubmenu(tr("Sign in"));
    fillProviderMenu(
        *signIn, mirror_, this, [this](const std::string& name) { Q_EMIT signInWanted(name); },
        [this] { Q_EMIT chooserWanted(); });
    menu_.addMenu(signIn)->setEnabled(mirror_.isOnline());
}

void TrayMenu::addSharing() {
    if (!mirror_.isOnline())
        return;
    if (mirror_.health().paused) {
        QAction* resume = menu_.addAction(symbol(Symbol::Play), tr("Resume sharing"));
        connect(resume, &QAction::triggered, this, &TrayMenu::resumeWanted);
        return;
    }
    QMenu* pause = addSubmenu(tr("Pause sharing"));
    pause->setIcon(symbol(Symbol::Pause));
    const auto add = [&](const QString& text, qint64 seconds) {
        connect(pause->addAction(text), &QAction::triggered, this,
                [this, seconds] { Q_EMIT pauseWanted(seconds); });
    };
    add(tr("For 15 minutes"), 15 * 60);
    add(tr("For 1 hour"), 60 * 60);
    add(tr("Until I resume"), 0);
    menu_.addMenu(pause);
}

// Only a file is locked here; the keychain is the desktop's to lock.
void TrayMenu::addLock() {
    if (!mirror_.isOnline() || mirror_.health().storeBackend != u"file")
        return;
    if (mirror_.health().storeState == u"locked")
        connect(menu_.addAction(symbol(Symbol::Unlock), tr("Unlock...")), &QAction::triggered, this,
                &TrayMenu::unlockWanted);
    else if (mirror_.health().storeState == u"ready")
        connect(menu_.addAction(symbol(Symbol::Lock), tr("Lock")), &QAction::triggered, this,
                &TrayMenu::lockWanted);
}

void TrayMenu::addAccount(const SessionRecord& session) {
    const QString provider = mirror_.providerTitle(session.provider);
    const QString title = session.account.isEmpty()
                              ? provider
                              : tr("%1 \u2013 %2", "provider and account").arg(provider, session.account);
    QMenu* account = addSubmenu(title);
    account->setIcon(stateDot(session.state));
    const std::string id = session.id;
    const QString state =
        session.state == SessionState::Active && session.expiresAt.isValid()
            ? tr("%1, expires %2", "state, in how long")
                  .arg(stateWord(session.state), untilWords(session.expiresAt, QDateTime::currentDateTime()))
            : stateWord(session.state);
    connect(account->addAction(state), &QAction::triggered, this, [this, id] { Q_EMIT detailsWanted(id); });
    account->addSeparator();
    if (session.state == SessionState::NeedsSignIn || session.state == SessionState::Quarantined) {
        connect(account->addAction(tr("Sign in again...")), &QAction::triggered, this,
                [this, name = session.provider] { Q_EMIT signInWanted(name); });
    } else {
        connect(account->addAction(tr("Refresh now")), &QAction::triggered, this,
                [this, id] { Q_EMIT refreshWanted(id); });
    }
    connect(account->addAction(tr("Revoke...")), &QAction::triggered, this,
            [this, id] { Q_EMIT revokeWanted(id); });
    connect(account->addAction(tr("Details")), &QAction::triggered, this,
            [this, id] { Q_EMIT detailsWanted(id); });
    menu_.addMenu(account);
}

} // namespace keybearer

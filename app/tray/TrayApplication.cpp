#include "app/tray/TrayApplication.h"

#include "app/tray/activity/ActivityPage.h"
#include "app/tray/desktop/Browser.h"
#include "app/tray/health/HealthPage.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"
#include "app/tray/pages/ClientsPage.h"
#include "app/tray/pages/RequestsPage.h"
#include "app/tray/pages/SessionsPage.h"
#include "app/tray/pages/ToolsPage.h"
#include "app/tray/services/ServicesPage.h"
#include "app/tray/settings/SettingsPage.h"
#include "app/tray/setup/SetupWizard.h"
#include "app/tray/window/MainWindow.h"

#include <QApplication>
#include <QEvent>
#include <QPalette>
#include <QPointer>

namespace keybearer {

namespace {

// A desktop that is still starting brings its panel within a second or two; later ones (a panel that was
// restarted) are found by looking now and then, at the cost of two wake-ups a minute at most.
constexpr std::chrono::milliseconds firstLook{250};
constexpr std::chrono::milliseconds lastLook{30'000};
constexpr std::chrono::milliseconds patience{2'000}; // then the window opens instead
// The first look for MCP clients waits until the desktop has settled; changing files may wait for a person
// who has to type the keychain's password.
constexpr std::chrono::milliseconds beforeFirstLook{1'500};
constexpr std::chrono::minutes setupDeadline{5};

ImportTool::Run runnerOf(CommandLineTool& tool) {
    return [&tool](const QStringList& arguments, CommandLineTool::Answer answer) {
        tool.run(arguments, std::move(answer));
    };
}

BrokerClient::Options clientOptions(const Places& places, BrokerStarter& starter) {
    BrokerClient::Options options;
    options.socket = QString::fromStdString(places.socket.string());
    options.name = QStringLiteral("keybearer-tray");
    options.launch = [&starter] { starter.start(); };
    return options;
}

} // namespace

TrayApplication::TrayApplication(const Places& places, std::unique_ptr<StatusIcon> icon, QObject* parent)
    : QObject(parent), places_(places), starter_(places), client_(clientOptions(places, starter_)),
      mirror_(client_), pages_(mirror_, openInBrowser), actions_(client_, mirror_), keys_(client_, mirror_),
      consents_(client_, mirror_,
                [] { return std::unique_ptr<Countdown>(std::make_unique<TimerCountdown>()); }),
      signIns_(client_, mirror_, openInBrowser), storeLock_(client_), settings_(places.config.parent_path()),
      sharing_(client_, mirror_), quitQuestion_(settings_), menu_(mirror_),
      setupTool_({setupDeadline}, nullptr),
      firstStart_(mirror_, runnerOf(firstLook_), places.state / "setup-offered", beforeFirstLook),
      icon_(std::move(icon)), notices_(settings_, *icon_),
      events_(mirror_, noticeWays(), std::make_unique<TimerCountdown>()), trayBackoff_(firstLook, lastLook) {
    traySearch_.setSingleShot(true);
    connectParts();
    qApp->installEventFilter(this);
}

TrayApplication::~TrayApplication() = default;

void TrayApplication::connectParts() {
    connect(&starter_, &BrokerStarter::started, &client_, &BrokerClient::start);
    connect(&starter_, &BrokerStarter::failed, this, &TrayApplication::onStartFailed);
    connect(&client_, &BrokerClient::connected, this, [this] {
        if (std::exchange(toldStartFailure_, false) && window_)
            window_->dropNotice(); // it is no longer true
    });
    connect(&mirror_, &BrokerMirror::changed, this, &TrayApplication::presentState);
    connect(&pages_, &RequestedPages::failed, this, [this](const QString& address) {
        tell({Notice::Kind::Problem, tr("No browser could be opened for a sign-in"), address});
    });
    connect(&keys_, &KeyActions::noticed, this, &TrayApplication::tell);
    connect(&actions_, &SessionActions::noticed, this, &TrayApplication::tell);
    connect(&consents_, &ConsentQueue::noticed, this, &TrayApplication::tell);
    connect(&storeLock_, &StoreLock::noticed, this, &TrayApplication::tell);
    connect(&sharing_, &SharingControl::noticed, this, &TrayApplication::tell);
    connect(&events_, &EventNotices::noticed, this, &TrayApplication::tell);
    connect(&events_, &EventNotices::over, &notices_, &TrayNotices::withdraw);
    connect(&notices_, &TrayNotices::opened, this, &TrayApplication::onNoticeOpened);
    connect(&quitQuestion_, &QuitQuestion::quitWanted, this, &TrayApplication::quitNow);
    connect(&settings_, &TraySettings::changed, this, &TrayApplication::presentState);
    connectMenu();
    connect(&firstStart_, &FirstStart::setupWanted, this, &TrayApplication::showSetup);
    connect(&traySearch_, &QTimer::timeout, this, &TrayApplication::lookForTray);
}

void TrayApplication::connectMenu() {
    connect(&menu_, &TrayMenu::unlockWanted, &storeLock_, &StoreLock::unlock);
    connect(&menu_, &TrayMenu::lockWanted, &storeLock_, &StoreLock::lock);
    connect(&menu_, &TrayMenu::signInWanted, &signIns_, &SignIns::signIn);
    connect(&menu_, &TrayMenu::chooserWanted, &signIns_, &SignIns::choose);
    connect(&signIns_, &SignIns::noticed, this, &TrayApplication::tell);
    connect(&signIns_, &SignIns::sessionWanted, this,
            [this](const std::string& id) { showWindow("sessions", id); });
    connect(&menu_, &TrayMenu::refreshWanted, &actions_, &SessionActions::refresh);
    connect(&menu_, &TrayMenu::revokeWanted, this,
            [this](const std::string& id) { actions_.revoke(id, nullptr); });
    connect(&menu_, &TrayMenu::detailsWanted, this,
            [this](const std::string& id) { showWindow("sessions", id); });
    connect(&menu_, &TrayMenu::pendingWanted, &consents_, &ConsentQueue::raise);
    connect(&menu_, &TrayMenu::toolsWanted, this, [this] { showWindow("tools"); });
    connect(&menu_, &TrayMenu::sessionsWanted, this, [this] { showWindow("sessions"); });
    connect(&menu_, &TrayMenu::windowWanted, this, [this] { showWindow("sessions"); });
    connect(&menu_, &TrayMenu::pauseWanted, this, [this](qint64 seconds) {
        sharing_.pause(seconds > 0 ? std::optional(std::chrono::seconds(seconds)) : std::nullopt);
    });
    connect(&menu_, &TrayMenu::resumeWanted, &sharing_, &SharingControl::resume);
    connect(&menu_, &TrayMenu::setupWanted, this, &TrayApplication::showSetup);
    connect(&menu_, &TrayMenu::settingsWanted, this, [this] { showWindow("settings"); });
    connect(&menu_, &TrayMenu::quitWanted, this, &TrayApplication::quit);
    connect(icon_.get(), &StatusIcon::activated, this, [this] { showWindow("sessions"); });
    // The quickest way to what waits; to the window where nothing does.
    connect(icon_.get(), &StatusIcon::middleActivated, this, [this] {
        if (mirror_.pending().empty())
            showWindow("sessions");
        else
            consents_.raise();
    });
}

EventNotices::Ways TrayApplication::noticeWays() {
    EventNotices::Ways ways;
    ways.signIn = [self = QPointer(this)](const std::string& provider) {
        if (self)
            self->signIns_.signIn(provider);
    };
    ways.showPage = [self = QPointer(this)](const std::string& page, const std::string& what) {
        if (self)
            self->showWindow(page, what);
    };
    ways.showTools = [self = QPointer(this)] {
        if (self)
            self->showWindow("tools");
    };
    ways.raisePrompt = [self = QPointer(this)] {
        if (self)
            self->consents_.raise();
    };
    ways.promptIsSeen = [this] {
        return consents_.current() != nullptr && consents_.current()->isActiveWindow();
    };
    return ways;
}

void TrayApplication::onNoticeOpened(const Notice& notice) {
    // A click is what its first button does, where that only shows something.
    const bool shows = notice.topic == Notice::Topic::Request || notice.topic == Notice::Topic::Tool ||
                       notice.topic == Notice::Topic::Alert;
    if (shows && !notice.actions.empty() && notice.actions.front().run)
        notice.actions.front().run();
    else
        showWindow("sessions");
}

void TrayApplication::quit() {
    quitQuestion_.ask(mirror_.isOnline(), window_ && window_->isVisible() ? window_.get() : nullptr);
}

void TrayApplication::quitNow(bool stopBroker) {
    if (!stopBroker)
        return QCoreApplication::quit();
    sharing_.stopBroker([this](const Result<void>& stopping) {
        if (stopping) {
            client_.stop(); // it would start another one
            return QCoreApplication::quit();
        }
        tell({Notice::Kind::Problem, tr("The broker could not be stopped"), failureWords(stopping.error())});
    });
}

void TrayApplication::start() {
    presentState();
    lookForTray();
    client_.start();
    QTimer::singleShot(patience, this, [this] {
        if (!installed_)
            onTrayMissing();
    });
}

void TrayApplication::onTrayMissing() {
    showWindow("sessions");
    window_->showNotice(
        {Notice::Kind::News, tr("This desktop has no place for a status icon"),
         tr("Closed, this window comes back when Keybearer is started again; meanwhile it goes "
            "on in the background.")});
}

void TrayApplication::lookForTray() {
    if (!icon_->isAvailable()) {
        traySearch_.start(trayBackoff_.next());
        return;
    }
    icon_->install(menu_.menu());
    installed_ = true;
    if (window_)
        window_->setQuitVisible(false);
}

void TrayApplication::presentState() {
    icon_->present(trayIcon(mirror_.state(), isPanelDark(QApplication::palette()), settings_.look()),
                   QStringLiteral("Keybearer \u2013 ") + mirror_.headline());
}

bool TrayApplication::eventFilter(QObject* watched, QEvent* event) {
    if (watched == qApp && event->type() == QEvent::ApplicationPaletteChange)
        presentState();
    return QObject::eventFilter(watched, event);
}

void TrayApplication::makeWindow() {
    window_ = std::make_unique<MainWindow>(mirror_);
    auto* sessions = new SessionsPage(mirror_, actions_, keys_);
    connect(sessions, &SessionsPage::signInWanted, &signIns_, &SignIns::signIn);
    connect(sessions, &SessionsPage::chooserWanted, &signIns_, &SignIns::choose);
    window_->addPage(sessions);
    auto* services = new ServicesPage(client_, mirror_);
    connect(services, &ServicesPage::signInWanted, &signIns_, &SignIns::signIn);
    connect(services, &ServicesPage::toolsWanted, this, [this] { showWindow("tools"); });
    window_->addPage(services);
    auto* requests = new RequestsPage(mirror_, actions_);
    connect(requests, &RequestsPage::answerWanted, &consents_, &ConsentQueue::raise);
    window_->addPage(requests);
    window_->addPage(new ToolsPage(client_, mirror_));
    window_->addPage(new ClientsPage(client_, mirror_, actions_, keys_));
    window_->addPage(new ActivityPage(client_, mirror_));
    auto* health = new HealthPage(client_, mirror_, HealthPage::Surroundings());
    connect(health, &HealthPage::unlockWanted, &storeLock_, &StoreLock::unlock);
    connect(health, &HealthPage::signInWanted, &signIns_, &SignIns::signIn);
    window_->addPage(health);
    window_->addPage(new SettingsPage(settings_, systemAutostart()));
    connect(window_.get(), &MainWindow::startWanted, &starter_, &BrokerStarter::start);
    connect(window_.get(), &MainWindow::unlockWanted, &storeLock_, &StoreLock::unlock);
    connect(window_.get(), &MainWindow::undoWanted, &actions_.acts(), &DelayedActs::undoLast);
    connect(window_.get(), &MainWindow::closed, &actions_.acts(), &DelayedActs::finishNow);
    window_->remember(QString::fromStdString((places_.state / "tray-window.ini").string()));
    connect(window_.get(), &MainWindow::noticed, this, &TrayApplication::tell);
    connect(window_.get(), &MainWindow::setupWanted, this, &TrayApplication::showSetup);
    connect(window_.get(), &MainWindow::quitWanted, this, &TrayApplication::quit);
}

void TrayApplication::showWindow(const std::string& page, const std::string& what) {
    if (!window_)
        makeWindow();
    window_->setQuitVisible(!installed_);
    window_->present(page, what);
}

void TrayApplication::showSetup() {
    if (!setup_) {
        const std::string backups = (places_.state / "backups").string();
        setup_ = std::make_unique<SetupWizard>(mirror_, runnerOf(setupTool_), shownPath(backups));
        connect(setup_.get(), &SetupWizard::signInWanted, &signIns_, &SignIns::signIn);
        connect(setup_.get(), &SetupWizard::signInAtWanted, &signIns_, &SignIns::signIn);
        connect(setup_.get(), &SetupWizard::windowWanted, this, [this] { showWindow(); });
    }
    setup_->present();
}

void TrayApplication::tell(const Notice& notice) {
    notices_.tell(notice);
    if (window_)
        window_->showNotice(notice);
}

void TrayApplication::onStartFailed(const Error& why) {
    // Said once, not at every attempt.
    if (std::exchange(toldStartFailure_, true))
        return;
    tell({Notice::Kind::Problem, tr("The broker did not start"),
          (asSentence(shown(why.message, 300)) + u' ' + asSentence(shown(why.action))).trimmed()});
}

} // namespace keybearer

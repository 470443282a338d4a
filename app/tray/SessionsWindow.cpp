#include "app/tray/SessionsWindow.h"

#include "app/tray/ConsentsPage.h"
#include "app/tray/Icons.h"
#include "app/tray/SessionsPage.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QTabWidget>

namespace keybearer {

namespace {
constexpr QSize firstSize{860, 480};
constexpr std::chrono::seconds tickLength{20};
constexpr std::chrono::seconds noticeLength{12}; // two lines, read twice
constexpr int dotSize = 12;
// What the headline has not said already.
QString storeWords(const HealthRecord& health, const QString& headline) {
    if (health.storeProblem.compare(headline, Qt::CaseInsensitive) == 0)
        return health.storeAction;
    const QString problem = health.storeProblem.left(1).toUpper() + health.storeProblem.mid(1);
    return problem + QStringLiteral(". ") + health.storeAction;
}

} // namespace

SessionsWindow::SessionsWindow(BrokerMirror& mirror, SessionActions& actions, QWidget* parent)
    : QWidget(parent, Qt::Window), mirror_(mirror), tabs_(new QTabWidget),
      sessions_(new SessionsPage(mirror, actions)), consents_(new ConsentsPage(mirror, actions)),
      dot_(new QLabel), line_(new QLabel), quit_(new QPushButton(tr("&Quit"))) {
    setWindowTitle(tr("Sessions"));
    setWindowIcon(applicationIcon());
    tabs_->addTab(sessions_, tr("Sessions"));
    tabs_->addTab(consents_, tr("Allowed programs"));
    tabs_->setDocumentMode(false);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(tabs_, 1);
    layout->addLayout(makeFooter());
    resize(firstSize);
    minute_.setInterval(tickLength);
    notice_.setSingleShot(true);
    connect(&minute_, &QTimer::timeout, this, &SessionsWindow::tick);
    connect(&notice_, &QTimer::timeout, this, &SessionsWindow::showState);
    connect(&mirror_, &BrokerMirror::changed, this, [this] {
        if (!notice_.isActive())
            showState();
    });
    connect(sessions_, &SessionsPage::signInWanted, this, &SessionsWindow::signInWanted);
    connect(quit_, &QPushButton::clicked, this, &SessionsWindow::quitWanted);
    setQuitVisible(false);
    showState();
}

QLayout* SessionsWindow::makeFooter() {
    line_->setTextFormat(Qt::PlainText);
    line_->setWordWrap(true);
    line_->setObjectName(QStringLiteral("statusLine"));
    auto* row = new QHBoxLayout;
    row->addWidget(dot_);
    row->addWidget(line_, 1);
    row->addWidget(quit_);
    return row;
}

void SessionsWindow::present(const std::string& sessionId) {
    if (!sessionId.empty()) {
        tabs_->setCurrentWidget(sessions_);
        sessions_->select(sessionId);
    } else if (!isVisible()) {
        tabs_->currentWidget()->setFocus(); // the rows, not the tabs: arrow keys work at once
    }
    show();
    setWindowState(windowState() & ~Qt::WindowMinimized);
    raise();
    activateWindow();
}

void SessionsWindow::showState() {
    const HealthRecord& health = mirror_.health();
    QString line = mirror_.headline();
    if (!health.storeProblem.isEmpty())
        line += QStringLiteral(". ") + storeWords(health, line);
    else if (!health.finding.isEmpty())
        line += QStringLiteral(". ") + health.finding;
    else if (mirror_.isLoaded() && !health.version.isEmpty())
        line +=
            u' ' + tr("\u00B7 broker %1, sessions are kept in: %2").arg(health.version, health.storeBackend);
    line_->setText(line);
    dot_->setPixmap(stateDot(mirror_.state()).pixmap(dotSize));
}

void SessionsWindow::showNotice(const Notice& notice) {
    line_->setText(notice.title + QStringLiteral(". ") + notice.text);
    dot_->setPixmap(stateDot(notice.kind == Notice::Kind::Problem ? TrayState::Attention : TrayState::Ok)
                        .pixmap(dotSize));
    notice_.start(noticeLength);
}

void SessionsWindow::dropNotice() {
    notice_.stop();
    showState();
}

void SessionsWindow::setQuitVisible(bool visible) {
    quit_->setVisible(visible);
    quit_->setToolTip(
        tr("Closes the tray icon. The broker goes on running, and programs keep their access."));
}

void SessionsWindow::tick() {
    sessions_->tick();
    consents_->tick();
}

void SessionsWindow::showEvent(QShowEvent* event) {
    mirror_.loadConsents();
    tick();
    minute_.start();
    QWidget::showEvent(event);
}

void SessionsWindow::hideEvent(QHideEvent* event) {
    minute_.stop(); // nobody looks: no wake-ups
    QWidget::hideEvent(event);
}

void SessionsWindow::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Cancel) || event->matches(QKeySequence::Close))
        close();
    else
        QWidget::keyPressEvent(event);
}

} // namespace keybearer

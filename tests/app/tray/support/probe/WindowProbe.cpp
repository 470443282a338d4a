#include "WindowProbe.h"

#include "CutText.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QMenu>
#include <QSemaphore>
#include <QWidget>

namespace keybearer::test {

namespace {
constexpr unsigned long betweenPulses = 4; // milliseconds
constexpr int longestSilence = 100;        // milliseconds between two looks whether to end
// Later, not now: what opens a dialog may not come back before that is closed.
bool press(const QString& name) {
    for (const QWidget* window : QApplication::topLevelWidgets()) {
        for (QAbstractButton* button : window->findChildren<QAbstractButton*>(name))
            if (button->isVisible() && button->isEnabled())
                return QMetaObject::invokeMethod(button, &QAbstractButton::click, Qt::QueuedConnection);
        for (QAction* action : window->findChildren<QAction*>(name))
            if (action->isVisible() && action->isEnabled())
                return QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
    }
    return false;
}

// Of tables AT-SPI cannot ask it.
bool giveFocus(const QString& name) {
    for (const QWidget* window : QApplication::topLevelWidgets()) {
        auto* found = window->findChild<QWidget*>(name);
        if (found != nullptr && found->isVisible()) {
            found->setFocus(Qt::OtherFocusReason);
            return true;
        }
    }
    return false;
}

// Menus that pop up are no windows for AT-SPI.
bool choose(const QString& text) {
    for (QWidget* window : QApplication::topLevelWidgets()) {
        if (!window->isVisible() || qobject_cast<QMenu*>(window) == nullptr)
            continue;
        for (QAction* action : window->actions()) {
            if (action->text().remove(u'&') != text || !action->isEnabled())
                continue;
            QMetaObject::invokeMethod(window, &QWidget::hide, Qt::QueuedConnection);
            return QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
        }
    }
    return false;
}

QByteArray names() {
    QJsonArray found;
    for (const QWidget* window : QApplication::topLevelWidgets()) {
        for (const QAbstractButton* button : window->findChildren<QAbstractButton*>())
            if (button->isVisible() && !button->objectName().isEmpty())
                found.append(button->objectName());
        for (const QAction* action : window->findChildren<QAction*>())
            if (!action->objectName().isEmpty())
                found.append(action->objectName());
    }
    return QJsonDocument(found).toJson(QJsonDocument::Compact);
}

} // namespace

Pulse::~Pulse() {
    requestInterruption();
    wait();
}

void Pulse::run() {
    while (!isInterruptionRequested()) {
        QElapsedTimer clock;
        clock.start();
        const auto answered = std::make_shared<QSemaphore>();
        QMetaObject::invokeMethod(
            patient_, [answered] { answered->release(); }, Qt::QueuedConnection);
        while (!answered->tryAcquire(1, longestSilence))
            if (isInterruptionRequested())
                return;
        const qint64 took = clock.nsecsElapsed() / 1000;
        for (qint64 before = longest_; before < took && !longest_.compare_exchange_weak(before, took);) {
        }
        msleep(betweenPulses);
    }
}

WindowProbe::WindowProbe(const QString& socket) {
    connect(&server_, &QLocalServer::newConnection, this, &WindowProbe::serve);
    // The application is not finished when its plug-ins are loaded.
    QMetaObject::invokeMethod(
        this, [this, socket] { server_.listen(socket); }, Qt::QueuedConnection);
}

WindowProbe::~WindowProbe() = default;

void WindowProbe::serve() {
    while (QLocalSocket* line = server_.nextPendingConnection()) {
        connect(line, &QLocalSocket::disconnected, line, &QObject::deleteLater);
        connect(line, &QLocalSocket::readyRead, this, [this, line] {
            while (line->canReadLine())
                line->write(answer(line->readLine().trimmed()) + '\n');
        });
    }
}

QByteArray WindowProbe::answer(const QByteArray& question) {
    if (question == "cut") {
        QJsonArray found;
        for (const QWidget* window : QApplication::topLevelWidgets())
            if (window->isVisible())
                for (const QString& fault : cutText(*window))
                    found.append(fault);
        return QJsonDocument(found).toJson(QJsonDocument::Compact);
    }
    if (question == "pulse") {
        const qint64 longest = pulse_ ? pulse_->takeLongest() : 0;
        if (!pulse_) {
            pulse_ = std::make_unique<Pulse>(this);
            pulse_->start();
        }
        return QJsonDocument(QJsonObject{{QStringLiteral("microseconds"), longest}})
            .toJson(QJsonDocument::Compact);
    }
    if (question == "names")
        return names();
    const QByteArray verb = "press ";
    if (question.startsWith(verb))
        return press(QString::fromUtf8(question.mid(verb.size()))) ? "true" : "false";
    const QByteArray place = "focus ";
    if (question.startsWith(place))
        return giveFocus(QString::fromUtf8(question.mid(place.size()))) ? "true" : "false";
    const QByteArray item = "choose ";
    if (question.startsWith(item))
        return choose(QString::fromUtf8(question.mid(item.size()))) ? "true" : "false";
    return "null";
}

QObject* WindowProbePlugin::create(const QString& name, const QString& socket) {
    return name.compare(QStringLiteral("windowprobe"), Qt::CaseInsensitive) == 0 ? new WindowProbe(socket)
                                                                                 : nullptr;
}

} // namespace keybearer::test

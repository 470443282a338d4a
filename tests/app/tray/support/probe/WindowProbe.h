#pragma once

#include <QElapsedTimer>
#include <QGenericPlugin>
#include <QLocalServer>
#include <QThread>
#include <atomic>
#include <memory>

// Eyes inside of the real keybearer-tray, for the tests on a desktop: what a screen reader is not told. Qt
// loads it as a generic plug-in when QT_QPA_GENERIC_PLUGINS=windowprobe:SOCKET says so, and QT_PLUGIN_PATH
// where it is.
namespace keybearer::test {

// Asks the GUI thread again and again for a sign of life, and keeps the longest time that it took to give
// one.
class Pulse final : public QThread {
    Q_OBJECT
public:
    explicit Pulse(QObject* patient) : patient_(patient) {}
    ~Pulse() override;
    Q_DISABLE_COPY_MOVE(Pulse)

    // Microseconds; begins anew.
    [[nodiscard]] qint64 takeLongest() { return longest_.exchange(0); }

protected:
    void run() override;

private:
    QObject* patient_;
    std::atomic<qint64> longest_ = 0;
};

// Answers a line by a line of JSON. "cut" lists what is cut off or covered in the windows on show, "pulse"
// how long the GUI thread has kept others waiting since it was asked last. "press NAME" presses the button or
// chooses the action of that object name, which is the same in every language; "names" lists those names;
// "choose TEXT" takes an entry of the menu that is open. GUI thread.
class WindowProbe final : public QObject {
    Q_OBJECT
public:
    explicit WindowProbe(const QString& socket);
    ~WindowProbe() override;
    Q_DISABLE_COPY_MOVE(WindowProbe)

private:
    void serve();
    [[nodiscard]] QByteArray answer(const QByteArray& question);

    QLocalServer server_;
    std::unique_ptr<Pulse> pulse_;
};

class WindowProbePlugin final : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "window_probe.json")
public:
    QObject* create(const QString& name, const QString& socket) override;
};

} // namespace keybearer::test

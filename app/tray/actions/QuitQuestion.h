#pragma once

#include "app/tray/desktop/TraySettings.h"

#include <QMessageBox>
#include <QObject>
#include <QPointer>

namespace keybearer {

// What Quit means: the icon goes, and the broker goes on or goes too. Asks unless the person has said what
// they always want. Owned by the tray application; GUI thread.
class QuitQuestion final : public QObject {
    Q_OBJECT
public:
    explicit QuitQuestion(TraySettings& settings, QObject* parent = nullptr)
        : QObject(parent), settings_(settings) {}
    ~QuitQuestion() override;
    Q_DISABLE_COPY_MOVE(QuitQuestion)

    // Not online: there is no broker to ask about. Asked again while it is open, it comes to the front.
    void ask(bool online, QWidget* over);
    [[nodiscard]] QMessageBox* dialog() const { return dialog_; }

Q_SIGNALS:
    void quitWanted(bool stopBroker);

private:
    void show(QWidget* over);

    TraySettings& settings_;
    QPointer<QMessageBox> dialog_; // deletes itself when closed
};

} // namespace keybearer

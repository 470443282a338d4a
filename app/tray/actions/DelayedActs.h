#pragma once

#include "app/tray/look/Countdown.h"
#include "app/tray/look/Notice.h"

#include <QObject>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace keybearer {

// Deeds that cannot be taken back once they are done: each waits a few seconds, in which the person can undo
// it by a notice or by the keyboard. Until then nothing was sent; a tray that is killed has done nothing.
// finishNow() does at once what still waits: for when the window closes and nobody could undo any more.
// Owned by who acts; GUI thread.
class DelayedActs final : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::seconds delay{6};
    using MakeCountdown = std::function<std::unique_ptr<Countdown>()>;
    struct Act {
        std::string id;    // of what it is done to; one act a thing
        QString title;     // "The GitHub session of ana ends in 6 seconds"
        QString text;      // what that means
        QString unchanged; // said after an undo
        std::function<void()> run;
    };

    explicit DelayedActs(MakeCountdown makeCountdown, QObject* parent = nullptr);
    Q_DISABLE_COPY_MOVE(DelayedActs)

    void begin(Act act); // one that waits already goes on waiting
    void undo(const std::string& id);
    void undoLast();
    void finishNow();
    [[nodiscard]] bool isWaiting(const std::string& id) const;
    [[nodiscard]] bool isEmpty() const { return waiting_.empty(); }

Q_SIGNALS:
    void noticed(const keybearer::Notice& notice);
    void changed(); // isWaiting() is different for some id

private:
    struct Waiting {
        Act act;
        std::unique_ptr<Countdown> countdown;
    };
    void perform(const std::string& id);
    [[nodiscard]] std::vector<Waiting>::iterator place(const std::string& id);

    MakeCountdown makeCountdown_;
    std::vector<Waiting> waiting_;
};

} // namespace keybearer

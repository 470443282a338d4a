#pragma once

#include "broker/base/Json.h"
#include "broker/base/Result.h"
#include "broker/platform/OwnProgram.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>
#include <string>
#include <vector>

namespace keybearer {

// How the broker goes on as another process: asked for by a person (keybearer restart), or because the
// system's package manager has put another program in its place. First the program on the disk is asked
// whether it takes the configuration; then what only this process can finish is waited for, sign-ins and open
// questions; then the event loop ends, and main() becomes the successor with the listening sockets still open
// (Successor). A program that other programs of this user can replace is never started unasked. Owned by the
// Broker; event loop thread.
class HandOver final : public QObject {
    Q_OBJECT
public:
    struct Rooms {
        std::function<bool()> quiet;   // nothing is open that would be lost
        std::function<void()> leave;   // ends the event loop
        std::function<void()> changed; // findings() are others
    };
    HandOver(OwnProgram program, std::vector<std::string> arguments, Rooms rooms);
    ~HandOver() override;

    // Completes when the program on the disk has agreed to go on, or with why it does not.
    void ask(Completion<void> done);
    // Whether another program lies there now; every minute.
    void look();

    // The event loop has ended for a successor.
    [[nodiscard]] bool isDue() const { return due_; }
    [[nodiscard]] const std::filesystem::path& program() const { return program_.path(); }
    [[nodiscard]] const std::vector<std::string>& arguments() const { return arguments_; }
    // In the wire form of health.get.
    [[nodiscard]] Json findings() const;

private:
    void check();
    void checked();
    void answer(const Result<void>& outcome);
    void proceed();

    OwnProgram program_;
    std::vector<std::string> arguments_;
    Rooms rooms_;
    std::unique_ptr<QProcess> process_; // of the check
    QTimer limit_;                      // of the check
    QTimer pace_;                       // between two looks whether it is quiet
    std::vector<Completion<void>> asked_;
    std::chrono::steady_clock::time_point goesAt_{}; // even if it is not quiet
    bool patient_ = true;                            // nobody waits for it
    bool due_ = false;
    OwnProgram::State state_ = OwnProgram::State::Same;
    std::string refusal_; // what the program on the disk said to the configuration
};

} // namespace keybearer

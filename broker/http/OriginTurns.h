#pragma once

#include <QObject>

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <string>

namespace keybearer {

// At most so many requests to one origin (RFC 6454) at a time; the others wait their turn, oldest first. A
// provider that hangs so delays nobody but itself, and a thousand sign-ins of one provider that become due
// together do not fall upon it together. Owned by the HttpClient; event loop thread.
class OriginTurns {
public:
    static constexpr int mostAtOnce = 6; // what browsers allow themselves, so what servers expect

    // A place in the queue, then a turn. Destroying it gives it back.
    class Turn {
    public:
        ~Turn();
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        friend class OriginTurns;
        Turn(OriginTurns& turns, std::string origin, std::function<void()> come)
            : turns_(turns), origin_(std::move(origin)), come_(std::move(come)) {}

        OriginTurns& turns_;
        std::string origin_;
        std::function<void()> come_; // still to be called
    };

    // `come` is called later, from the event loop, when it is this one's turn.
    [[nodiscard]] std::unique_ptr<Turn> wait(const std::string& origin, std::function<void()> come);

private:
    struct Queue {
        int running = 0;
        std::list<Turn*> waiting;
    };
    void leave(Turn& turn);
    void callNext(const std::string& origin);
    void call(const std::string& origin);

    std::map<std::string, Queue> queues_;
    QObject loop_;
};

} // namespace keybearer

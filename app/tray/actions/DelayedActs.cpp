#include "app/tray/actions/DelayedActs.h"

#include <QPointer>
#include <algorithm>

namespace keybearer {

DelayedActs::DelayedActs(MakeCountdown makeCountdown, QObject* parent)
    : QObject(parent), makeCountdown_(std::move(makeCountdown)) {}

std::vector<DelayedActs::Waiting>::iterator DelayedActs::place(const std::string& id) {
    return std::find_if(waiting_.begin(), waiting_.end(),
                        [&](const Waiting& waiting) { return waiting.act.id == id; });
}

bool DelayedActs::isWaiting(const std::string& id) const {
    return std::any_of(waiting_.begin(), waiting_.end(),
                       [&](const Waiting& waiting) { return waiting.act.id == id; });
}

void DelayedActs::begin(Act act) {
    if (isWaiting(act.id))
        return;
    const std::string id = act.id;
    std::unique_ptr<Countdown> countdown = makeCountdown_();
    connect(countdown.get(), &Countdown::elapsed, this, [this, id] { perform(id); });
    Notice notice{Notice::Kind::News, act.title, act.text, "undo:" + id, {}};
    const QPointer<DelayedActs> self(this);
    notice.actions.push_back({tr("Undo"), [self, id] {
                                  if (self)
                                      self->undo(id);
                              }});
    waiting_.push_back({std::move(act), std::move(countdown)});
    waiting_.back().countdown->begin(delay);
    Q_EMIT noticed(notice);
    Q_EMIT changed();
}

void DelayedActs::undo(const std::string& id) {
    const auto found = place(id);
    if (found == waiting_.end())
        return;
    const QString unchanged = found->act.unchanged;
    found->countdown->cancel();
    waiting_.erase(found);
    Q_EMIT noticed(
        {Notice::Kind::News, tr("Undone", "an action was taken back"), unchanged, "undo:" + id, {}});
    Q_EMIT changed();
}

void DelayedActs::undoLast() {
    if (!waiting_.empty())
        undo(std::string(waiting_.back().act.id));
}

void DelayedActs::perform(const std::string& id) {
    const auto found = place(id);
    if (found == waiting_.end())
        return;
    found->countdown.release()->deleteLater(); // it may be the one that is calling
    const std::function<void()> run = std::move(found->act.run);
    waiting_.erase(found);
    run();
    Q_EMIT changed();
}

void DelayedActs::finishNow() {
    while (!waiting_.empty())
        perform(std::string(waiting_.front().act.id));
}

} // namespace keybearer

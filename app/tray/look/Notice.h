#pragma once

#include <QMetaType>
#include <QString>
#include <functional>
#include <string>
#include <vector>

namespace keybearer {

// What a person can do about a notice, in its notification and in the window. `run` is called at most once,
// on the GUI thread, and must guard what it names: the notice may live longer.
struct NoticeAction {
    QString text; // as on a button, without a shortcut: "Sign in again"
    std::function<void()> run;
};

// Something the person should hear about, in plain text.
struct Notice {
    enum class Kind { News, Problem };
    // What it is about: a person can choose which of them become notifications.
    enum class Topic { Other, Session, Request, Alert, Tool, Sharing };
    Kind kind = Kind::News;
    QString title;
    QString text;
    std::string reason = {}; // a notice takes the place of an earlier one of the same reason; empty: of none
    std::vector<NoticeAction> actions = {};
    Topic topic = Topic::Other;
};

} // namespace keybearer

#pragma once

#include <QString>
#include <functional>
#include <string>

class QAction;
class QMenu;
class QObject;

namespace keybearer {

class BrokerMirror;

// A line of a menu that says something and does nothing. Plain text.
QAction* addMenuNote(QMenu& menu, const QString& text);

// Fills a menu with the first of the providers that one can sign in to, and a way to all the others; `choose`
// and `chooseOther` are called while `context` lives. GUI thread.
void fillProviderMenu(QMenu& menu, const BrokerMirror& mirror, QObject* context,
                      const std::function<void(const std::string&)>& choose,
                      const std::function<void()>& chooseOther);

} // namespace keybearer

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

// Fills a menu with the providers that one can sign in to; `choose` is called while `context` lives. GUI
// thread.
void fillProviderMenu(QMenu& menu, const BrokerMirror& mirror, QObject* context,
                      const std::function<void(const std::string&)>& choose);

} // namespace keybearer

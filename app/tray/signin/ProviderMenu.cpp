#include "app/tray/signin/ProviderMenu.h"

#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QCoreApplication>
#include <QMenu>

namespace keybearer {

namespace {

constexpr int mostProviders = 9; // in the menu; the chooser shows them all

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TrayMenu)
};

} // namespace

QAction* addMenuNote(QMenu& menu, const QString& text) {
    QAction* note = menu.addAction(plainMenuText(text));
    note->setEnabled(false);
    return note;
}

void fillProviderMenu(QMenu& menu, const BrokerMirror& mirror, QObject* context,
                      const std::function<void(const std::string&)>& choose,
                      const std::function<void()>& chooseOther) {
    int shown = 0;
    for (const ProviderRecord& provider : mirror.providers()) {
        if (!provider.configured || shown == mostProviders)
            continue;
        ++shown;
        QObject::connect(menu.addAction(providerIcon(provider.name), plainMenuText(provider.title)),
                         &QAction::triggered, context, [choose, name = provider.name] { choose(name); });
    }
    if (shown > 0)
        menu.addSeparator();
    QObject::connect(menu.addAction(shown > 0 ? Words::tr("Another provider or server...")
                                              : Words::tr("Choose a provider or server...")),
                     &QAction::triggered, context, chooseOther);
}

} // namespace keybearer

#include "app/tray/signin/ProviderMenu.h"

#include "app/tray/look/Wording.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QCoreApplication>
#include <QMenu>

namespace keybearer {

namespace {
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
                      const std::function<void(const std::string&)>& choose) {
    QMenu* more = nullptr;
    for (const ProviderRecord& provider : mirror.providers()) {
        if (!provider.configured)
            continue;
        QObject::connect(menu.addAction(plainMenuText(provider.title)), &QAction::triggered, context,
                         [choose, name = provider.name] { choose(name); });
    }
    if (menu.isEmpty())
        addMenuNote(menu, Words::tr("No provider is set up yet"));
    for (const ProviderRecord& provider : mirror.providers()) {
        if (provider.configured)
            continue;
        if (more == nullptr) {
            menu.addSeparator();
            more = menu.addMenu(Words::tr("More..."));
            more->setToolTipsVisible(true);
            addMenuNote(*more, Words::tr("These need a client id in config.yaml first:"));
            more->addSeparator();
        }
        addMenuNote(*more, provider.title)->setToolTip(plainToolTip(provider.note));
    }
}

} // namespace keybearer

#include "app/tray/setup/DonePage.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {

void addLine(QGridLayout& grid, const QIcon& icon, QLabel* words, double ratio) {
    const int row = grid.rowCount();
    auto* picture = new QLabel;
    picture->setPixmap(icon.pixmap(QSize(spacing::rowIcon, spacing::rowIcon), ratio));
    grid.addWidget(picture, row, 0, Qt::AlignTop);
    grid.addWidget(words, row, 1);
}

} // namespace

DonePage::DonePage(QWidget* parent) : SetupPage(parent), moved_(makeNote()), signedIn_(makeNote()) {
    setHeading(tr("Keybearer is set up"));
    setIntroduction({});
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(spacing::medium);
    grid->setVerticalSpacing(spacing::medium);
    grid->setColumnStretch(1, 1);
    const double ratio = devicePixelRatioF();
    addLine(*grid, symbol(Symbol::Program), moved_, ratio);
    addLine(*grid, symbol(Symbol::Person), signedIn_, ratio);
    addLine(
        *grid, symbol(Symbol::Requests),
        makeNote(tr("When a program wants an account, you are asked once: what it is, which account, and for "
                    "how long.")),
        ratio);
    addLine(*grid, applicationIcon(),
            makeNote(tr("The key in the panel shows how things stand. You find everything there, also how to "
                        "take a permission back.")),
            ratio);
    body()->addLayout(grid);
    auto* open = new QPushButton(tr("&Open the main window"));
    open->setObjectName(QStringLiteral("open"));
    body()->addSpacing(spacing::medium);
    body()->addWidget(open, 0, Qt::AlignLeft);
    body()->addStretch();
    connect(open, &QPushButton::clicked, this, &DonePage::windowWanted);
}

void DonePage::sum(int movedServers, int signedIn) {
    moved_->setText(movedServers == 0
                        ? tr("No settings of MCP clients were changed.")
                        : tr("%n server(s) of your MCP clients use Keybearer now.", "", movedServers));
    signedIn_->setText(
        signedIn == 0 ? tr("Nobody is signed in yet. Sign in from the icon in the panel, or wait until a "
                           "program asks.")
                      : tr("You are signed in to %n service(s).", "", signedIn));
}

QString DonePage::nextText() const {
    return tr("&Done");
}

} // namespace keybearer

#include "app/tray/setup/WelcomePage.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QAbstractItemView>
#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QRadioButton>
#include <QVBoxLayout>

namespace keybearer {

namespace {

QLabel* quietNote(const QString& text) {
    QLabel* label = makeNote(text);
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, toneColour(Tone::Quiet, palette));
    label->setPalette(palette);
    return label;
}

} // namespace

WelcomePage::WelcomePage(const BrokerMirror& mirror, QWidget* parent)
    : SetupPage(parent), mirror_(mirror), scenarios_(new QButtonGroup(this)), providers_(new QComboBox) {
    setHeading(tr("Welcome to Keybearer"));
    setIntroduction(tr("You sign in once to each service. Programs on this computer can then use the "
                       "account, each with your permission, and none of them ever holds a password or a key "
                       "that lasts."));
    auto* question = makeNote(tr("What do your programs need?"));
    QFont bold = question->font();
    bold.setBold(true);
    question->setFont(bold);
    body()->addWidget(question);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(spacing::medium);
    grid->setVerticalSpacing(spacing::hair);
    grid->setColumnStretch(1, 1);
    addScenario(*grid, Scenario::GitHub, providerIcon("github"), tr("&GitHub"),
                tr("Repositories, issues and pull requests, with one sign-in instead of personal tokens."))
        ->setChecked(true);
    addScenario(*grid, Scenario::GoogleWorkspace, providerIcon("google"), tr("Google &Workspace"),
                tr("Mail, calendar and documents of one account."));
    QRadioButton* one = addScenario(*grid, Scenario::OneProvider, emblem(Emblem::Building),
                                    tr("One &other service"), providers_);
    providers_->setAccessibleName(tr("Service"));
    providers_->view()->setAccessibleName(tr("Services"));
    providers_->setObjectName(QStringLiteral("providers"));
    providers_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    providers_->setEnabled(false);
    connect(one, &QRadioButton::toggled, providers_, &QWidget::setEnabled);
    addScenario(*grid, Scenario::SeveralProviders, emblem(Emblem::Server), tr("&Several services"),
                tr("You choose from all of them, and add your company's own servers by their address."));
    addScenario(*grid, Scenario::ApiKeysOnly, emblem(Emblem::Key), tr("Only API &keys"),
                tr("Nothing to sign in to: keys move from settings files into the keychain."));
    body()->addLayout(grid);
    body()->addStretch();
    connect(&mirror_, &BrokerMirror::changed, this, &WelcomePage::fillProviders);
    fillProviders();
}

QRadioButton* WelcomePage::addScenario(QGridLayout& grid, Scenario scenario, const QIcon& icon,
                                       const QString& title, const QString& words) {
    QRadioButton* button = addScenario(grid, scenario, icon, title, quietNote(words));
    button->setAccessibleDescription(words);
    return button;
}

QRadioButton* WelcomePage::addScenario(QGridLayout& grid, Scenario scenario, const QIcon& icon,
                                       const QString& title, QWidget* below) {
    const int row = grid.rowCount();
    auto* picture = new QLabel;
    picture->setPixmap(icon.pixmap(QSize(spacing::rowIcon, spacing::rowIcon), devicePixelRatioF()));
    auto* button = new QRadioButton(title);
    scenarios_->addButton(button, static_cast<int>(scenario));
    grid.addWidget(picture, row, 0, 2, 1, Qt::AlignVCenter);
    grid.addWidget(button, row, 1);
    auto* indented = new QHBoxLayout;
    indented->addWidget(below, below == providers_ ? 0 : 1);
    if (below == providers_)
        indented->addStretch();
    grid.addLayout(indented, row + 1, 1);
    grid.setRowMinimumHeight(row + 2, spacing::small);
    return button;
}

void WelcomePage::fillProviders() {
    const QVariant chosen = providers_->currentData();
    const QSignalBlocker quiet(providers_);
    providers_->clear();
    for (const ProviderRecord& provider : mirror_.providers())
        providers_->addItem(providerIcon(provider.name), provider.title,
                            QString::fromStdString(provider.name));
    providers_->setCurrentIndex(std::max(0, providers_->findData(chosen)));
}

Scenario WelcomePage::scenario() const {
    return static_cast<Scenario>(scenarios_->checkedId());
}

std::string WelcomePage::provider() const {
    return providers_->currentData().toString().toStdString();
}

QString WelcomePage::nextText() const {
    return tr("&Look for MCP clients");
}

void WelcomePage::enter() {
    fillProviders();
}

QWidget* WelcomePage::firstWidget() {
    return scenarios_->checkedButton();
}

} // namespace keybearer

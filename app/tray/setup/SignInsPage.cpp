#include "app/tray/setup/SignInsPage.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Tones.h"
#include "app/tray/mirror/BrokerMirror.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <algorithm>

namespace keybearer {

namespace {

constexpr std::size_t manyRows = 6; // from here on a field to search is worth its room
constexpr int longestSearch = 100;

QLabel* pictureOf(const std::string& name, bool isAddress, double ratio) {
    auto* picture = new QLabel;
    const QIcon icon = isAddress ? emblem(Emblem::Server) : providerIcon(name);
    picture->setPixmap(icon.pixmap(QSize(spacing::rowIcon, spacing::rowIcon), ratio));
    return picture;
}

} // namespace

SignInsPage::SignInsPage(const BrokerMirror& mirror, QWidget* parent)
    : SetupPage(parent), mirror_(mirror), search_(new QLineEdit), area_(new QScrollArea),
      list_(new QVBoxLayout) {
    search_->setObjectName(QStringLiteral("search"));
    search_->setPlaceholderText(tr("Search services"));
    search_->setAccessibleName(tr("Search services"));
    search_->setClearButtonEnabled(true);
    search_->setMaxLength(longestSearch);
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, 0, spacing::small, 0);
    column->addLayout(list_);
    column->addStretch();
    list_->setSpacing(spacing::small);
    area_->setWidget(inside);
    area_->setWidgetResizable(true);
    area_->setFrameShape(QFrame::NoFrame);
    area_->setFocusPolicy(Qt::NoFocus);
    area_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    body()->addWidget(search_);
    body()->addWidget(area_, 1);
    connect(search_, &QLineEdit::textChanged, this, &SignInsPage::filter);
    connect(&mirror_, &BrokerMirror::changed, this, &SignInsPage::showStates);
}

void SignInsPage::offer(const std::vector<std::string>& providers,
                        const std::vector<std::string>& addresses) {
    for (const Row& row : rows_)
        delete row.widget;
    rows_.clear();
    search_->clear();
    for (const std::string& address : addresses)
        addRow(address, true);
    for (const std::string& provider : providers)
        addRow(provider, false);
    search_->setVisible(rows_.size() > manyRows);
    setHeading(rows_.empty() ? tr("Nothing to sign in to") : tr("Sign in"));
    setIntroduction(
        rows_.empty()
            ? tr("API keys need no sign-in. Those that were moved are in the store; add others with "
                 "\"keybearer apikey add\".")
            : tr("Your browser opens for each. You can do this now, or later from the icon in the "
                 "panel: a program that needs an account asks for it."));
    showStates();
    Q_EMIT changed();
}

void SignInsPage::addRow(const std::string& name, bool isAddress) {
    Row row{name, isAddress, isAddress ? shown(name) : mirror_.providerTitle(name)};
    row.widget = new QWidget;
    auto* layout = new QHBoxLayout(row.widget);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::medium);
    layout->addWidget(pictureOf(name, isAddress, devicePixelRatioF()));
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    auto* title = makeNote(row.title);
    row.state = makeNote();
    texts->addWidget(title);
    texts->addWidget(row.state);
    layout->addLayout(texts, 1);
    row.button = new QPushButton(tr("Sign in..."));
    layout->addWidget(row.button, 0, Qt::AlignVCenter);
    connect(row.button, &QPushButton::clicked, this, [this, name, isAddress] {
        if (isAddress)
            Q_EMIT signInAtWanted(name);
        else
            Q_EMIT signInWanted(name);
    });
    list_->addWidget(row.widget);
    rows_.push_back(row);
}

QString SignInsPage::account(const Row& row) const {
    for (const SessionRecord& session : mirror_.sessions()) {
        const bool same = row.isAddress ? session.resource == shown(row.name) : session.provider == row.name;
        if (same && session.state != SessionState::NeedsSignIn && session.state != SessionState::Quarantined)
            return session.account.isEmpty() ? tr("an account without a name") : session.account;
    }
    return {};
}

void SignInsPage::showStates() {
    for (const Row& row : rows_) {
        const QString who = account(row);
        const bool signedIn = !who.isEmpty();
        row.state->setText(signedIn ? tr("Signed in as %1").arg(who) : tr("Not signed in"));
        QPalette colours = palette();
        colours.setColor(QPalette::WindowText, toneColour(signedIn ? Tone::Good : Tone::Quiet, palette()));
        row.state->setPalette(colours);
        row.button->setText(signedIn ? tr("Add another account...") : tr("Sign in..."));
        row.button->setAccessibleName(
            (signedIn ? tr("Add another account of %1") : tr("Sign in to %1")).arg(row.title));
    }
    Q_EMIT changed();
}

void SignInsPage::filter(const QString& text) {
    for (const Row& row : rows_)
        row.widget->setVisible(
            row.title.contains(text.trimmed(), Qt::CaseInsensitive) ||
            QString::fromStdString(row.name).contains(text.trimmed(), Qt::CaseInsensitive));
}

int SignInsPage::done() const {
    return static_cast<int>(
        std::ranges::count_if(rows_, [this](const Row& row) { return !account(row).isEmpty(); }));
}

QString SignInsPage::nextText() const {
    return rows_.empty() || done() > 0 ? tr("&Go on") : tr("&Later");
}

QWidget* SignInsPage::firstWidget() {
    return rows_.empty() ? nullptr : rows_.front().button;
}

} // namespace keybearer

#include "app/tray/activity/ActivityFilterBar.h"

#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <set>

namespace keybearer {

namespace {

constexpr std::chrono::milliseconds typingPause{400};
constexpr int longestProgram = 4096;
constexpr int programCharacters = 16;
constexpr int today = 0;
constexpr int always = -1;

} // namespace

ActivityFilterBar::ActivityFilterBar(const BrokerMirror& mirror, QWidget* parent)
    : QWidget(parent), mirror_(mirror), kind_(new QComboBox), provider_(new QComboBox), span_(new QComboBox),
      program_(new QLineEdit), clear_(new QPushButton(tr("Clear &filters"))) {
    addKinds(*kind_);
    addSpans(*span_);
    kind_->setObjectName(QStringLiteral("kindFilter"));
    kind_->setAccessibleName(tr("Kind of row"));
    provider_->setObjectName(QStringLiteral("providerFilter"));
    provider_->setAccessibleName(tr("Provider"));
    span_->setObjectName(QStringLiteral("spanFilter"));
    span_->setAccessibleName(tr("Span of time"));
    program_->setObjectName(QStringLiteral("programFilter"));
    program_->setAccessibleName(tr("Program, by its path or the name of its file"));
    program_->setPlaceholderText(tr("Program"));
    program_->setToolTip(tr("The path of a program, or the name of its file: node"));
    program_->setMaxLength(longestProgram);
    program_->setClearButtonEnabled(true);
    program_->setMinimumWidth(program_->fontMetrics().averageCharWidth() * programCharacters);
    clear_->setObjectName(QStringLiteral("clearFilters"));
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    for (QWidget* each : {static_cast<QWidget*>(kind_), static_cast<QWidget*>(provider_),
                          static_cast<QWidget*>(span_), static_cast<QWidget*>(program_)})
        layout->addWidget(each, each == program_ ? 1 : 0);
    layout->addWidget(clear_);
    typing_.setSingleShot(true);
    typing_.setInterval(typingPause);
    fillProviders();
    for (QComboBox* box : {kind_, provider_, span_})
        connect(box, &QComboBox::currentIndexChanged, this, &ActivityFilterBar::announce);
    connect(program_, &QLineEdit::textChanged, &typing_, qOverload<>(&QTimer::start));
    connect(program_, &QLineEdit::returnPressed, this, &ActivityFilterBar::announce);
    connect(&typing_, &QTimer::timeout, this, &ActivityFilterBar::announce);
    connect(clear_, &QPushButton::clicked, this, &ActivityFilterBar::clear);
    connect(&mirror_, &BrokerMirror::changed, this, &ActivityFilterBar::fillProviders);
    clear_->setEnabled(false);
}

void ActivityFilterBar::addKinds(QComboBox& box) {
    box.addItem(tr("Everything"), QString());
    box.addItem(tr("Tokens given"), QStringLiteral("token.released"));
    box.addItem(tr("Tokens refused"), QStringLiteral("token.denied"));
    box.addItem(tr("Kept away by rules"), QStringLiteral("policy"));
    box.addItem(tr("Asked too often"), QStringLiteral("rate"));
    box.addItem(tr("Permissions"), QStringLiteral("consent"));
    box.addItem(tr("Sessions"), QStringLiteral("session"));
    box.addItem(tr("API keys"), QStringLiteral("apikey"));
    box.addItem(tr("Registered programs"), QStringLiteral("client"));
    box.addItem(tr("MCP servers"), QStringLiteral("exchange"));
    box.addItem(tr("Tools"), QStringLiteral("tool"));
    box.addItem(tr("Gateway"), QStringLiteral("gateway"));
    box.addItem(tr("Clients of the gateway"), QStringLiteral("local_grant"));
    box.addItem(tr("Store"), QStringLiteral("store"));
    box.addItem(tr("Broker"), QStringLiteral("broker"));
    box.addItem(tr("Alerts"), QStringLiteral("alert"));
}

void ActivityFilterBar::addSpans(QComboBox& box) {
    box.addItem(tr("At any time"), always);
    box.addItem(tr("Today"), today);
    box.addItem(tr("In the last 7 days"), 7);
    box.addItem(tr("In the last 30 days"), 30);
}

// Those that can have rows: set up, or with a session. The choice stays.
void ActivityFilterBar::fillProviders() {
    std::set<std::string> names;
    for (const ProviderRecord& provider : mirror_.providers()) {
        if (provider.configured)
            names.insert(provider.name);
    }
    for (const SessionRecord& session : mirror_.sessions())
        names.insert(session.provider);
    QStringList keys{QString()};
    for (const std::string& name : names)
        keys.append(QString::fromStdString(name));
    QStringList there;
    for (int i = 0; i < provider_->count(); ++i)
        there.append(provider_->itemData(i).toString());
    if (keys == there)
        return;
    const QString chosen = provider_->currentData().toString();
    const QSignalBlocker quiet(provider_);
    provider_->clear();
    provider_->addItem(tr("All providers"), QString());
    for (const std::string& name : names)
        provider_->addItem(providerIcon(name), mirror_.providerTitle(name), QString::fromStdString(name));
    provider_->setCurrentIndex(std::max(0, provider_->findData(chosen)));
}

ActivityFilter ActivityFilterBar::filter() const {
    ActivityFilter filter;
    filter.kind = kind_->currentData().toString().toStdString();
    filter.provider = provider_->currentData().toString().toStdString();
    filter.caller = program_->text().trimmed().toStdString();
    const int days = span_->currentData().toInt();
    if (days == today)
        filter.since = QDate::currentDate().startOfDay();
    else if (days != always)
        filter.since = QDate::currentDate().addDays(1 - days).startOfDay();
    return filter;
}

void ActivityFilterBar::setKind(const std::string& kind) {
    kind_->setCurrentIndex(std::max(0, kind_->findData(QString::fromStdString(kind))));
}

void ActivityFilterBar::setCaller(const QString& caller) {
    program_->setText(caller);
    announce();
}

void ActivityFilterBar::clear() {
    {
        const QSignalBlocker first(kind_);
        const QSignalBlocker second(provider_);
        const QSignalBlocker third(span_);
        const QSignalBlocker fourth(program_);
        kind_->setCurrentIndex(0);
        provider_->setCurrentIndex(0);
        span_->setCurrentIndex(0);
        program_->clear();
    }
    announce();
}

void ActivityFilterBar::announce() {
    typing_.stop();
    const ActivityFilter now = filter();
    clear_->setEnabled(!now.isEmpty());
    if (now == announced_)
        return;
    announced_ = now;
    Q_EMIT changed();
}

} // namespace keybearer

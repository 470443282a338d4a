#include "app/tray/health/HealthPage.h"

#include "app/tray/health/HealthReport.h"
#include "app/tray/look/FormLabels.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/Endpoint.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QDir>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

namespace keybearer {

namespace {

constexpr std::chrono::minutes goodFor{2};       // a check; the person can ask for another at any time
constexpr std::chrono::milliseconds gather{500}; // several events come together

int countOf(const std::vector<FindingRecord>& findings, FindingRecord::Level level) {
    return static_cast<int>(
        std::count_if(findings.begin(), findings.end(),
                      [level](const FindingRecord& finding) { return finding.level == level; }));
}

} // namespace

HealthPage::HealthPage(BrokerClient& client, BrokerMirror& mirror, Surroundings surroundings, QWidget* parent)
    : Page(parent), client_(client), mirror_(mirror), surroundings_(std::move(surroundings)),
      doctor_(surroundings_.tool, nullptr), fixer_(surroundings_.tool, nullptr), headline_(new QLabel),
      progress_(new QProgressBar), again_(new QPushButton(tr("&Check again"))), list_(new FindingList) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addLayout(makeHeader());
    layout->addWidget(progress_);
    layout->addWidget(makeBody(), 1);
    soon_.setSingleShot(true);
    soon_.setInterval(gather);
    connect(&soon_, &QTimer::timeout, this, &HealthPage::askBroker);
    connect(again_, &QPushButton::clicked, this, &HealthPage::check);
    connect(list_, &FindingList::remedyWanted, this, &HealthPage::mend);
    connect(&mirror_, &BrokerMirror::changed, this, &HealthPage::onMirrorChanged);
    showAll();
}

QWidget* HealthPage::first() const {
    return again_;
}

QLayout* HealthPage::makeHeader() {
    headline_->setObjectName(QStringLiteral("headline"));
    headline_->setTextFormat(Qt::PlainText);
    headline_->setWordWrap(true);
    QFont large = headline_->font();
    large.setPointSizeF(large.pointSizeF() * spacing::headingScale);
    headline_->setFont(large);
    again_->setObjectName(QStringLiteral("checkAgain"));
    again_->setIcon(::keybearer::symbol(Symbol::Refresh, palette()));
    auto* report = new QPushButton(tr("Copy &report"));
    report->setObjectName(QStringLiteral("copyReport"));
    report->setIcon(::keybearer::symbol(Symbol::Copy, palette()));
    report->setToolTip(tr("For a report of a fault: without tokens and without the names of your accounts."));
    connect(report, &QPushButton::clicked, this, &HealthPage::copyReport);
    progress_->setRange(0, 0);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Checking"));
    progress_->hide();
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addWidget(headline_, 1);
    row->addWidget(report);
    row->addWidget(again_);
    return row;
}

QWidget* HealthPage::makeBody() {
    auto* body = new QWidget;
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, spacing::small, 0);
    layout->setSpacing(spacing::large);
    layout->addWidget(list_);
    facts_ = new QFormLayout;
    facts_->setLabelAlignment(Qt::AlignRight | Qt::AlignTop);
    facts_->setHorizontalSpacing(spacing::medium);
    facts_->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    layout->addLayout(facts_);
    layout->addStretch();
    auto* area = new QScrollArea;
    area->setObjectName(QStringLiteral("health"));
    area->setAccessibleName(tr("Findings"));
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(body);
    return area;
}

void HealthPage::showEvent(QShowEvent* event) {
    Page::showEvent(event);
    askBroker();
    if (!sinceCheck_.isValid() || sinceCheck_.hasExpired(std::chrono::milliseconds(goodFor).count()))
        check();
}

// Nobody looks any more: the next time it begins anew.
void HealthPage::hideEvent(QHideEvent* event) {
    if (doctor_.isRunning()) {
        doctor_.cancel();
        sinceCheck_.invalidate();
    }
    soon_.stop();
    showAll();
    Page::hideEvent(event);
}

void HealthPage::tick() {
    askBroker();
}

void HealthPage::check() {
    if (!isVisible())
        return;
    sinceCheck_.start();
    // It must not start a broker that the person has stopped.
    doctor_.run({QStringLiteral("doctor"), QStringLiteral("--no-spawn")},
                [this](const Result<Json>& answer) { onChecked(answer); });
    showAll();
}

void HealthPage::onChecked(const Result<Json>& answer) {
    problem_.clear();
    if (answer)
        checked_ = readFindings(*answer);
    else
        problem_ = failureWords(answer.error());
    showAll();
}

void HealthPage::askBroker() {
    if (!isVisible() || !mirror_.isOnline())
        return;
    client_.call("health.get", Json::object(), this, [this](const Result<Json>& health) {
        if (health)
            health_ = *health;
        showAll();
    });
    client_.call("store.status", Json::object(), this, [this](const Result<Json>& store) {
        if (store)
            store_ = *store;
        showAll();
    });
}

void HealthPage::onMirrorChanged() {
    const bool online = mirror_.isOnline();
    if (isVisible() && online != wasOnline_ && sinceCheck_.isValid())
        check();
    wasOnline_ = online;
    if (!isVisible())
        return;
    if (online)
        soon_.start();
    else
        showAll();
}

std::vector<FindingRecord> HealthPage::findings() const {
    std::vector<FindingRecord> all = mergedFindings(checked_, readFindings(health_), mirror_.isOnline());
    if (!problem_.isEmpty())
        all.insert(all.begin(),
                   {FindingRecord::Level::Error, "doctor", tr("The check did not run."), problem_});
    return all;
}

int HealthPage::waiting() const {
    const std::vector<FindingRecord> all = findings();
    return countOf(all, FindingRecord::Level::Error) + countOf(all, FindingRecord::Level::Warning);
}

QString HealthPage::headline(const std::vector<FindingRecord>& findings) const {
    if (doctor_.isRunning())
        return tr("Checking. Each provider is asked, which can take a while...");
    if (findings.empty())
        return tr("Nothing was checked yet.");
    const int errors = countOf(findings, FindingRecord::Level::Error);
    const int warnings = countOf(findings, FindingRecord::Level::Warning);
    if (errors == 0 && warnings == 0)
        return tr("Everything works.");
    if (errors == 0)
        return tr("%n thing(s) to look at.", nullptr, warnings);
    if (warnings == 0)
        return tr("%n thing(s) do not work.", nullptr, errors);
    //: two sentences: "1 thing does not work." and "2 things to look at."
    return tr("%1 %2").arg(tr("%n thing(s) do not work.", nullptr, errors),
                           tr("%n thing(s) to look at.", nullptr, warnings));
}

void HealthPage::showAll() {
    const std::vector<FindingRecord> all = findings();
    progress_->setVisible(doctor_.isRunning());
    again_->setEnabled(!doctor_.isRunning());
    headline_->setText(headline(all));
    std::vector<FindingList::Row> rows;
    rows.reserve(all.size());
    for (const FindingRecord& finding : all)
        rows.push_back({finding, remedyFor(finding, mirror_.sessions(), mirror_.providers())});
    list_->present(rows);
    showFacts();
    Q_EMIT changed();
}

void HealthPage::showFacts() {
    std::vector<HealthFact> facts = healthFacts(health_, store_, QDateTime::currentDateTimeUtc());
    for (HealthFact& fact : providerFacts(mirror_.sessions()))
        facts.push_back(std::move(fact));
    QString all;
    for (const auto& [name, value] : facts)
        all += name + u'\n' + value + u'\n';
    if (all == factsShown_)
        return;
    factsShown_ = all;
    while (facts_->rowCount() > 0)
        facts_->removeRow(0);
    for (const auto& [name, value] : facts) {
        auto* label = new QLabel(tr("%1:", "name of a fact").arg(name));
        auto* text = new QLabel(value);
        for (QLabel* each : {label, text})
            each->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        facts_->addRow(label, text);
    }
    joinLabels(*facts_);
}

void HealthPage::mend(const Remedy& remedy) {
    switch (remedy.kind) {
    case Remedy::Kind::None:
        return;
    case Remedy::Kind::Unlock:
        Q_EMIT unlockWanted();
        return;
    case Remedy::Kind::SignIn:
        Q_EMIT signInWanted(remedy.what);
        return;
    case Remedy::Kind::Start:
        client_.start();
        return;
    case Remedy::Kind::OpenConfig:
        return openConfig();
    case Remedy::Kind::Close:
        return closeToOthers(remedy.what);
    case Remedy::Kind::ShowPage:
        Q_EMIT pageWanted(remedy.what, "");
        return;
    }
}

// The broker may be down for the very fault, so the file is looked for as everywhere.
void HealthPage::openConfig() {
    const Result<Places> places = findPlaces();
    const std::string path = places ? places->config.string() : std::string();
    const QUrl file = QUrl::fromLocalFile(QString::fromStdString(path));
    const bool opened =
        places && (surroundings_.open ? surroundings_.open(file) : QDesktopServices::openUrl(file));
    if (!opened)
        Q_EMIT noticed({Notice::Kind::Problem, tr("No program opens the configuration"), shown(path)});
}

void HealthPage::closeToOthers(const std::string& directory) {
    fixer_.run({QStringLiteral("doctor"), QStringLiteral("--fix"), QString::fromStdString(directory)},
               [this](const Result<Json>& answer) {
                   if (!answer)
                       Q_EMIT noticed(
                           {Notice::Kind::Problem, tr("That did not work"), failureWords(answer.error())});
                   check();
               });
}

void HealthPage::copyReport() {
    QGuiApplication::clipboard()->setText(
        healthReport(findings(), health_, mirror_.sessions(), QDir::homePath()));
    Q_EMIT noticed({Notice::Kind::News, tr("The report is in the clipboard"),
                    tr("Read it before you give it to anybody.")});
}

void HealthPage::search(const QString& text) {
    list_->search(text);
}

int HealthPage::found() const {
    return sinceCheck_.isValid() ? list_->found() : -1;
}

void HealthPage::select(const std::string& what) {
    if (what == "check")
        check();
    else
        again_->setFocus();
}

} // namespace keybearer

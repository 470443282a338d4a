#include "app/tray/settings/BrokerSection.h"

#include "app/tray/look/Wording.h"
#include "app/tray/mirror/Records.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPointer>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>

namespace keybearer {

namespace {

constexpr int highestPort = 65'535;
constexpr int longestWait = 3'600;      // seconds
constexpr int longestThreshold = 3'600; // seconds
constexpr int longestRetention = 3'650; // days

QLabel* note(const char* name) {
    auto* label = new QLabel;
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

BrokerSection::BrokerSection(Run run, QWidget* parent)
    : QGroupBox(tr("Broker"), parent), run_(std::move(run)), mode_(new QComboBox),
      modeMeaning_(note("modeMeaning")),
      gateway_(new QCheckBox(tr("&Open the gateway when the broker starts"))),
      problem_(note("configProblem")), saying_(note("configSaying")),
      restart_(new QPushButton(tr("&Restart the broker"))), open_(new QPushButton(tr("Open config.&yaml"))) {
    auto* form = new QFormLayout(this);
    form->addRow(problem_);
    makeControls(*form);
    form->addRow(saying_);
    form->addRow(makeButtons());
    problem_->hide();
    saying_->hide();
    restart_->hide();
    setBusy(true);
}

void BrokerSection::makeControls(QFormLayout& form) {
    mode_->setObjectName(QStringLiteral("accessMode"));
    mode_->addItem(tr("Ask me about every new program"), QStringLiteral("ask"));
    mode_->addItem(tr("Only programs that were approved before"), QStringLiteral("locked"));
    mode_->addItem(tr("Every program of mine, unasked"), QStringLiteral("trusting"));
    form.addRow(tr("Who gets &access:"), mode_);
    form.addRow(modeMeaning_);
    gateway_->setObjectName(QStringLiteral("gatewayEnabled"));
    form.addRow(gateway_);
    addNumber(form, "gateway.port", tr("&Port of the gateway:"), highestPort)
        ->setSpecialValueText(tr("chosen by itself", "a port"));
    addNumber(form, "signin.wait_seconds", tr("Seconds that a call &waits for a sign-in:"), longestWait);
    addNumber(form, "refresh.threshold_seconds", tr("Seconds before its end in which a token is re&newed:"),
              longestThreshold);
    addNumber(form, "audit.retention_days", tr("&Days for which the audit log is kept:"), longestRetention);
    connect(mode_, &QComboBox::activated, this, &BrokerSection::wishMode);
    connect(gateway_, &QCheckBox::toggled, this, [this](bool on) {
        wish("gateway.enabled", on ? QStringLiteral("true") : QStringLiteral("false"));
    });
}

QSpinBox* BrokerSection::addNumber(QFormLayout& form, const char* key, const QString& label, int most) {
    auto* number = new QSpinBox;
    number->setObjectName(QLatin1String(key));
    number->setRange(0, most);
    form.addRow(label, number);
    numbers_[key] = number;
    connect(number, &QSpinBox::editingFinished, this,
            [this, number, name = std::string(key)] { wish(name, QString::number(number->value())); });
    return number;
}

QLayout* BrokerSection::makeButtons() {
    restart_->setObjectName(QStringLiteral("restartBroker"));
    open_->setObjectName(QStringLiteral("openConfig"));
    auto* row = new QHBoxLayout;
    row->addWidget(restart_);
    row->addWidget(open_);
    row->addStretch();
    connect(restart_, &QPushButton::clicked, this, &BrokerSection::restart);
    connect(open_, &QPushButton::clicked, this, [this] { Q_EMIT openWanted(path_); });
    return row;
}

void BrokerSection::load() {
    setBusy(true);
    run_({QStringLiteral("config"), QStringLiteral("show")},
         [self = QPointer(this)](const Result<Json>& answer) {
             if (self)
                 self->onShown(answer);
         });
}

void BrokerSection::onShown(const Result<Json>& answer) {
    if (!answer) {
        problem_->setText(failureWords(answer.error()));
        problem_->show();
        return;
    }
    const auto settings = answer->find("settings");
    if (settings != answer->end() && settings->is_array()) {
        for (const Json& setting : *settings)
            showValue(stringAt(setting, "key").value_or(""), stringAt(setting, "value").value_or(""));
    }
    if (const auto file = answer->find("config"); file != answer->end())
        showFile(*file);
    setBusy(false);
}

void BrokerSection::showValue(const std::string& key, const std::string& value) {
    values_[key] = value;
    const QString text = shown(value, 32);
    if (key == "access.mode") {
        mode_->setCurrentIndex(mode_->findData(text));
        describeMode();
    } else if (key == "gateway.enabled") {
        const QSignalBlocker silent(gateway_);
        gateway_->setChecked(value == "true");
    } else if (const auto number = numbers_.find(key); number != numbers_.end()) {
        number->second->setValue(text.toInt());
    }
}

// Said plainly, before somebody changes anything.
void BrokerSection::showFile(const Json& file) {
    const std::string path = stringAt(file, "path").value_or("");
    path_ = QString::fromStdString(path);
    writable_ = booleanAt(file, "writable").value_or(true);
    open_->setEnabled(booleanAt(file, "exists").value_or(false));
    open_->setToolTip(plainToolTip(shownPath(path)));
    QString text;
    if (const auto problem = stringAt(file, "problem"))
        text = tr("The broker would not start with this file. %1", "what is wrong with it")
                   .arg(asSentence(shown(*problem, 400)));
    else if (!writable_)
        text = tr("%1 cannot be written, so nothing can be changed here.", "a file").arg(shownPath(path));
    problem_->setText(text);
    problem_->setVisible(!text.isEmpty());
}

void BrokerSection::describeMode() {
    const QString mode = mode_->currentData().toString();
    modeMeaning_->setText(
        mode == u"trusting"
            ? tr("Every program that runs as you gets every token, and nobody is asked. Malware "
                 "too. Only for machines where nothing else runs.")
        : mode == u"locked" ? tr("A program that was never allowed is refused, and you are not asked.")
                            : tr("A program gets nothing until you have said yes. You choose for how long."));
}

void BrokerSection::wishMode() {
    describeMode();
    if (mode_->currentData().toString() != u"trusting" || values_["access.mode"] == "trusting")
        return wish("access.mode", mode_->currentData().toString());
    auto* sure =
        new QMessageBox(QMessageBox::Warning, tr("Give access unasked"),
                        tr("Should every program get every token, unasked?"), QMessageBox::Cancel, this);
    sure->setObjectName(QStringLiteral("trustingQuestion"));
    sure->setAttribute(Qt::WA_DeleteOnClose);
    sure->setTextFormat(Qt::PlainText);
    sure->setInformativeText(tr("This counts for all programs that run as you, now and later."));
    const QPushButton* yes = sure->addButton(tr("Give access &unasked"), QMessageBox::DestructiveRole);
    sure->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this] { wish("access.mode", QStringLiteral("trusting")); });
    connect(sure, &QDialog::rejected, this, [this] { showValue("access.mode", values_["access.mode"]); });
    sure->open();
}

void BrokerSection::wish(const std::string& key, const QString& value) {
    if (values_[key] == value.toStdString())
        return;
    setBusy(true);
    run_({QStringLiteral("config"), QStringLiteral("set"), QString::fromStdString(key), value},
         [self = QPointer(this)](const Result<Json>& answer) {
             if (self)
                 self->onSet(answer);
         });
}

void BrokerSection::onSet(const Result<Json>& answer) {
    if (!answer)
        say(tr("Nothing was changed. %1", "why").arg(asSentence(shown(answer.error().message, 400))));
    else if (const auto variable = stringAt(*answer, "overruled_by"))
        say(tr("It was changed in the file, but the environment variable %1 wins over the file.")
                .arg(shown(*variable)));
    else if (booleanAt(*answer, "restart").value_or(false))
        say(tr("Changed. The broker uses it when it starts anew."));
    restart_->setVisible(restart_->isVisibleTo(this) ||
                         (answer && booleanAt(*answer, "restart").value_or(false)));
    load(); // what was refused is shown as it is
}

void BrokerSection::restart() {
    setBusy(true);
    say(tr("The broker starts anew..."));
    run_({QStringLiteral("restart")}, [self = QPointer(this)](const Result<Json>& answer) {
        if (!self)
            return;
        self->restart_->setVisible(!answer);
        self->say(answer ? tr("The broker has started anew.") : failureWords(answer.error()));
        self->load();
    });
}

void BrokerSection::setBusy(bool busy) {
    const bool usable = !busy && writable_;
    mode_->setEnabled(usable);
    gateway_->setEnabled(usable);
    for (const auto& [key, number] : numbers_)
        number->setEnabled(usable);
    restart_->setEnabled(!busy);
}

void BrokerSection::say(const QString& text) {
    saying_->setText(text);
    saying_->setVisible(!text.isEmpty());
}

} // namespace keybearer

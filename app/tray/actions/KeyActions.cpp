#include "app/tray/actions/KeyActions.h"

#include "app/tray/actions/ShownKeyDialog.h"
#include "app/tray/look/Icons.h"
#include "app/tray/look/Wording.h"
#include "broker/base/Secret.h"
#include "broker/protocol/KeyMethods.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QRegularExpression>
#include <algorithm>

namespace keybearer {

namespace {

constexpr int longestName = 64; // the broker's own limits
constexpr int longestValue = 16384;
constexpr int longestLabel = 100;
constexpr int longestLine = 500;
constexpr qsizetype mostAllowed = 64;
constexpr int usualYears = 1; // offered for an expiry

bool isNameOk(const QLineEdit& line) {
    return isKeyName(line.text().toStdString());
}

bool isValueOk(const QString& value) {
    return !value.isEmpty() &&
           std::all_of(value.begin(), value.end(), [](QChar c) { return c > u' ' && c <= u'~'; });
}

QString expiryText(const QDateEdit& date) {
    return date.date().startOfDay(Qt::LocalTime).toUTC().toString(Qt::ISODate);
}

struct Expiry {
    QCheckBox* wanted;
    QDateEdit* date;
};

Expiry addExpiry(FormDialog& form) {
    auto* wanted = new QCheckBox(FormDialog::tr("It &expires on:"));
    wanted->setObjectName(QStringLiteral("expires"));
    auto* date = new QDateEdit(QDate::currentDate().addYears(usualYears));
    date->setObjectName(QStringLiteral("expiresOn"));
    date->setMinimumDate(QDate::currentDate().addDays(1));
    date->setCalendarPopup(true);
    date->setAccessibleName(FormDialog::tr("Expires on"));
    date->setEnabled(false);
    QObject::connect(wanted, &QCheckBox::toggled, date, &QDateEdit::setEnabled);
    form.addRow({}, wanted);
    form.addRow({}, date);
    return {wanted, date};
}

QLineEdit* addValue(FormDialog& form) {
    QLineEdit* value = form.addLine(FormDialog::tr("&Key:"), "value", longestValue,
                                    FormDialog::tr("Visible ASCII characters without spaces."));
    value->setEchoMode(QLineEdit::Password);
    value->setInputMethodHints(Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    return value;
}

QString valueProblem(const QLineEdit& value) {
    if (value.text().isEmpty())
        return QStringLiteral(" ");
    return isValueOk(value.text()) ? QString()
                                   : KeyActions::tr("A key has no spaces and no letters with accents.");
}

QStringList wordsOf(const QString& text) {
    static const QRegularExpression gap(QStringLiteral("[\\s,]+"));
    return text.split(gap, Qt::SkipEmptyParts);
}

} // namespace

KeyActions::KeyActions(BrokerClient& client, BrokerMirror& mirror, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror) {}

void KeyActions::submitKey(FormDialog* form, const char* method, Json params, const std::string& value) {
    params["value"] = value;
    const QPointer<FormDialog> held(form);
    client_.call(method, params, this, [this, held](const Result<Json>& result) {
        mirror_.loadApiKeys();
        if (held && result)
            held->accept();
        else if (held)
            held->refuse(failureWords(result.error()));
    });
    wipeJson(params);
}

void KeyActions::addApiKey(QWidget* over) {
    auto* form = new FormDialog(
        tr("Add API key"),
        tr("The key goes into the keychain. Programs get it with your permission, and it stands in no file."),
        tr("&Add"), over);
    auto* name = form->addLine(tr("&Name:"), "name", longestName,
                               tr("Letters, digits, dots, dashes and underscores."));
    auto* value = addValue(*form);
    auto* header = form->addLine(tr("&Header:"), "header", longestLine,
                                 tr("How the key goes into a request; {key} stands for it."));
    header->setPlaceholderText(QStringLiteral("Authorization: Bearer {key}"));
    auto* description = form->addLine(tr("&Description:"), "description", longestLine);
    const Expiry expiry = addExpiry(*form);
    auto* exportable = new QCheckBox(tr("&Programs may have the key itself"));
    exportable->setObjectName(QStringLiteral("exportable"));
    exportable->setChecked(true);
    form->addRow({}, exportable, tr("Else Keybearer puts it into requests, and no program ever sees it."));
    form->setCheck([name, value, header] {
        if (!name->text().isEmpty() && !isNameOk(*name))
            return tr("A name has letters, digits, dots, dashes and underscores.");
        if (!header->text().isEmpty() && !header->text().contains(QStringLiteral("{key}")))
            return tr("The header needs {key} where the key belongs.");
        return name->text().isEmpty() ? QStringLiteral(" ") : valueProblem(*value);
    });
    connect(form, &FormDialog::submitted, this, [=, this] {
        Json params{{"name", name->text().toStdString()}, {"exportable", exportable->isChecked()}};
        if (!header->text().isEmpty())
            params["header"] = header->text().toStdString();
        if (!description->text().isEmpty())
            params["description"] = description->text().toStdString();
        if (expiry.wanted->isChecked())
            params["expires_at"] = expiryText(*expiry.date).toStdString();
        submitKey(form, "apikey.add", std::move(params), value->text().toStdString());
    });
    form->present();
}

void KeyActions::rotateApiKey(const std::string& name, QWidget* over) {
    auto* form = new FormDialog(tr("New value for %1").arg(shown(name, longestName)),
                                tr("Make a new key where the old one comes from, and paste it here. Programs "
                                   "get the new one at once."),
                                tr("&Replace"), over);
    auto* value = addValue(*form);
    const Expiry expiry = addExpiry(*form);
    form->setCheck([value] { return valueProblem(*value); });
    connect(form, &FormDialog::submitted, this, [=, this] {
        Json params{{"name", name}};
        if (expiry.wanted->isChecked())
            params["expires_at"] = expiryText(*expiry.date).toStdString();
        submitKey(form, "apikey.rotate", std::move(params), value->text().toStdString());
    });
    form->present();
}

void KeyActions::setApiKeyActive(const std::string& name, bool active) {
    act(active ? "apikey.enable" : "apikey.disable", Json{{"name", name}},
        tr("The API key could not be switched"), false);
}

void KeyActions::act(const char* method, const Json& params, const QString& whatFailed, bool ofClient) {
    client_.call(method, params, this, [this, whatFailed, ofClient](const Result<Json>& result) {
        if (ofClient)
            Q_EMIT clientsChanged();
        else
            mirror_.loadApiKeys();
        if (!result)
            Q_EMIT noticed({Notice::Kind::Problem, whatFailed, failureWords(result.error()), {}, {}});
    });
}

void KeyActions::addClient(QWidget* over) {
    auto* form = new FormDialog(
        tr("Add client key"),
        tr("For a program that can be asked nothing: on a server, or in a container. It gets what you list "
           "here, without a question, and nothing else."),
        tr("&Make a key"), over);
    auto* name = form->addLine(tr("&Name:"), "name", longestName,
                               tr("Letters, digits, dots, dashes and underscores."));
    auto* allow = form->addLine(tr("&May have:"), "allow", longestLine,
                                tr("For example github, github:ana@example.com, apikey:weather."));
    allow->setPlaceholderText(QStringLiteral("github, apikey:weather"));
    auto* role = new QComboBox;
    role->setObjectName(QStringLiteral("role"));
    role->setAccessibleName(tr("Role"));
    role->addItem(tr("Gets tokens"), QStringLiteral("agent"));
    role->addItem(tr("Looks at everything, gets no token"), QStringLiteral("readonly"));
    role->addItem(tr("Manages sessions as you do"), QStringLiteral("user"));
    form->addRow(tr("&Role:"), role);
    auto* description = form->addLine(tr("&Description:"), "description", longestLine);
    const Expiry expiry = addExpiry(*form);
    form->setCheck([name, allow] {
        if (!name->text().isEmpty() && !isNameOk(*name))
            return tr("A name has letters, digits, dots, dashes and underscores.");
        if (wordsOf(allow->text()).size() > mostAllowed)
            return tr("That is more than one client may have.");
        return name->text().isEmpty() ? QStringLiteral(" ") : QString();
    });
    connect(form, &FormDialog::submitted, this, [=, this] {
        Json params{{"name", name->text().toStdString()},
                    {"role", role->currentData().toString().toStdString()}};
        for (const QString& word : wordsOf(allow->text()))
            params["allow"].push_back(word.toStdString());
        if (!description->text().isEmpty())
            params["description"] = description->text().toStdString();
        if (expiry.wanted->isChecked())
            params["expires_at"] = expiryText(*expiry.date).toStdString();
        submitClient(form, "client.add", params, over);
    });
    form->present();
}

void KeyActions::rotateClient(const ClientRecord& record, QWidget* over) {
    constexpr qint64 hour = 3600;
    auto* form = new FormDialog(
        tr("New key for %1").arg(shown(record.name, longestName)),
        tr("The new key is shown once. So that nothing breaks meanwhile, the old one can go on working."),
        tr("&Make a key"), over);
    auto* overlap = new QComboBox;
    overlap->setObjectName(QStringLiteral("overlap"));
    overlap->setAccessibleName(tr("The old key works"));
    overlap->addItem(tr("no longer"), 0);
    overlap->addItem(tr("for another hour"), hour);
    overlap->addItem(tr("for another day"), 24 * hour);
    overlap->addItem(tr("for another week"), 7 * 24 * hour);
    form->addRow(tr("&The old key works:"), overlap);
    form->setCheck([] { return QString(); });
    connect(form, &FormDialog::submitted, this, [=, this] {
        submitClient(form, "client.rotate",
                     Json{{"name", record.id}, {"overlap_seconds", overlap->currentData().toLongLong()}},
                     over);
    });
    form->present();
}

void KeyActions::submitClient(FormDialog* form, const char* method, const Json& params, QWidget* over) {
    const QPointer<FormDialog> held(form);
    const QPointer<QWidget> parent(over);
    client_.call(method, params, this, [this, held, parent](const Result<Json>& result) {
        Q_EMIT clientsChanged();
        if (held && result)
            held->accept();
        else if (held)
            held->refuse(failureWords(result.error()));
        if (result)
            showKey(*result, parent);
    });
}

void KeyActions::showKey(const Json& client, QWidget* over) {
    auto* dialog = new ShownKeyDialog(shown(stringAt(client, "name").value_or(""), longestName),
                                      shown(stringAt(client, "key").value_or("")), over);
    dialog->open();
}

void KeyActions::setClientActive(const std::string& name, bool active) {
    act(active ? "client.enable" : "client.disable", Json{{"name", name}},
        tr("The client could not be switched"), true);
}

void KeyActions::ask(const QString& title, const QString& text, const QString& detail, const QString& deed,
                     QWidget* over, const std::function<void()>& run) {
    auto* box = new QMessageBox(QMessageBox::Question, title, text, QMessageBox::NoButton, over);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(plainToolTip(detail));
    box->setWindowIcon(applicationIcon());
    box->addButton(deed, QMessageBox::AcceptRole);
    box->setDefaultButton(box->addButton(QMessageBox::Cancel));
    connect(box, &QMessageBox::accepted, this, run);
    box->open();
}

void KeyActions::removeClient(const ClientRecord& record, QWidget* over) {
    ask(tr("Remove client"), tr("Remove the client %1?").arg(shown(record.name, longestName)),
        tr("Its key stops working at once. This cannot be undone: it would need a new key."), tr("Remove"),
        over, [this, id = record.id] {
            act("client.remove", Json{{"name", id}}, tr("The client could not be removed"), true);
        });
}

void KeyActions::removeGatewayClient(const GatewayClientRecord& record, QWidget* over) {
    const QString name = record.name.isEmpty() ? shown(record.id, longestName) : record.name;
    ask(tr("Remove MCP client"), tr("Remove the MCP client %1?").arg(name),
        tr("It loses everything that was allowed to it, and is cut off at once. When it connects again, it "
           "has to "
           "ask you."),
        tr("Remove"), over, [this, id = record.id] {
            act("gateway.remove_client", Json{{"client_id", id}}, tr("The MCP client could not be removed"),
                true);
        });
}

void KeyActions::rename(const QString& before, const Rename& send, QWidget* over) {
    auto* form =
        new FormDialog(tr("Rename"),
                       tr("What the account is called here, in questions and lists. The provider does "
                          "not learn of it."),
                       tr("&Rename"), over);
    auto* label = form->addLine(tr("&Name:"), "label", longestLabel);
    label->setText(before);
    label->selectAll();
    form->setCheck([label, before] {
        const QString text = label->text();
        const bool isPlain = std::all_of(text.begin(), text.end(), [](QChar c) { return c.isPrint(); });
        if (!isPlain)
            return tr("A name has no control characters.");
        return text.trimmed().isEmpty() || text == before ? QStringLiteral(" ") : QString();
    });
    connect(form, &FormDialog::submitted, form, [form, label, send] {
        const QPointer<FormDialog> held(form);
        send(label->text().trimmed(), [held](const Result<Json>& result) {
            if (held && result)
                held->accept();
            else if (held)
                held->refuse(failureWords(result.error()));
        });
    });
    form->present();
}

} // namespace keybearer

#include "app/tray/signin/ClientIdForm.h"

#include "app/tray/look/Icons.h"
#include "app/tray/look/Labels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Symbols.h"
#include "app/tray/look/Wording.h"
#include "broker/protocol/Methods.h"
#include "broker/protocol/WebAddress.h"

#include <QApplication>
#include <QClipboard>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

namespace keybearer {

namespace {

constexpr int textCharacters = 62;
constexpr int longestId = 512;      // what the broker takes
constexpr int longestSecret = 1024; // what the command takes
constexpr std::size_t longestNote = 600;
constexpr std::size_t longestRedirect = 200;
constexpr std::chrono::seconds testDeadline{75}; // the broker's own deadlines, together

// RFC 6749 appendix A.1: visible characters. What is pasted by mistake is mostly an address or a sentence.
bool isClientId(const QString& text) {
    return !text.isEmpty() &&
           std::all_of(text.begin(), text.end(), [](QChar c) { return c > QChar(0x20) && c < QChar(0x7f); });
}

bool isSecret(const QString& text) {
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c >= QChar(0x20) && c < QChar(0x7f); }) &&
           !text.contains(QStringLiteral("${"));
}

bool isHost(const QString& text) {
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c == u'.' || c == u'-' || c == u':' || c == u'/' || c == u'_';
    });
}

} // namespace

ClientDemands ClientDemands::from(const Json& provider) {
    ClientDemands demands;
    demands.note = shown(stringAt(provider, "note").value_or(""), longestNote);
    const std::string page = stringAt(provider, "register_url").value_or("");
    if (isSafelyOpenable(page))
        demands.registerPage = QUrl(QString::fromStdString(page), QUrl::StrictMode);
    demands.redirectUri = shown(stringAt(provider, "redirect_uri").value_or(""), longestRedirect);
    if (const auto domain = provider.find("domain"); domain != provider.end() && domain->is_object()) {
        demands.wantsDomain = stringAt(*domain, "value").value_or("").empty();
        demands.domainExample = shown(stringAt(*domain, "example").value_or(""), 64);
        demands.domainNote = shown(stringAt(*domain, "note").value_or(""));
    }
    // The lines that the broker proposes have one exactly where the provider wants it.
    demands.demandsSecret =
        stringAt(provider, "config").value_or("").find("client_secret:") != std::string::npos;
    return demands;
}

ClientIdForm::ClientIdForm(BrokerClient& client, BrokerMirror& mirror, std::string provider,
                           OpenBrowser openBrowser, CommandLineTool::Options tool, QWidget* parent)
    : QDialog(parent), client_(client), mirror_(mirror), provider_(std::move(provider)),
      title_(mirror.providerTitle(provider_)), openBrowser_(std::move(openBrowser)),
      tool_(std::move(tool), nullptr), note_(quietLabel({}, "note")),
      page_(new QPushButton(tr("&Open the page"))), pageHost_(quietLabel({}, "pageHost")),
      redirect_(new QLineEdit), copy_(new QPushButton(tr("&Copy"))), domain_(new QLineEdit),
      id_(new QLineEdit), secret_(new QLineEdit), state_(new ToneLabel(Tone::Quiet)),
      go_(new QPushButton(tr("Set up and &sign in"))) {
    setWindowTitle(tr("Set up %1").arg(title_));
    setWindowIcon(applicationIcon());
    auto* picture = new QLabel;
    picture->setPixmap(providerIcon(provider_).pixmap(spacing::tileIcon));
    auto* column = new QVBoxLayout;
    column->setSpacing(spacing::medium);
    makeSteps(column);
    auto* top = new QHBoxLayout;
    top->setSpacing(spacing::medium);
    top->addWidget(picture, 0, Qt::AlignTop);
    top->addLayout(column, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::large, spacing::large, spacing::large, spacing::large);
    layout->setSpacing(spacing::large);
    layout->addLayout(top);
    layout->addLayout(makeButtons());
    layout->setSizeConstraint(QLayout::SetFixedSize);
    show(ClientDemands());
    check();
    load();
}

ClientIdForm::~ClientIdForm() {
    tool_.cancel();
}

QWidget* ClientIdForm::makeStep(int number, const QString& text, const char* name) {
    //: a numbered step: "1. Open the page ..."
    QLabel* label = plainLabel(wrappable(tr("%1. %2").arg(number).arg(text)), name);
    wrapAt(*label, textCharacters);
    return label;
}

void ClientIdForm::makeSteps(QLayout* box) {
    auto* column = static_cast<QVBoxLayout*>(box);
    QLabel* heading = headingLabel(
        wrappable(tr("%1 wants to know Keybearer before you can sign in").arg(title_)), "heading");
    wrapAt(*heading, textCharacters * 5 / 6);
    QLabel* why =
        quietLabel(tr("This is done once. Whoever runs the account there can do it, mostly you."), "why");
    wrapAt(*why, textCharacters);
    column->addWidget(heading);
    column->addWidget(why);
    column->addWidget(makeStep(
        1, tr("Open the page where %1 registers applications, and make a new one there.").arg(title_),
        "step1"));
    column->addLayout(makeRegister());
    column->addWidget(note_);
    column->addWidget(
        makeStep(2, tr("Where it asks for a redirect or callback address, enter this one:"), "step2"));
    column->addLayout(makeRedirect());
    column->addWidget(makeStep(3, tr("Copy what %1 shows then into these fields:").arg(title_), "step3"));
    column->addLayout(makeFields());
    state_->setObjectName(QStringLiteral("state"));
    column->addWidget(state_);
}

QLayout* ClientIdForm::makeRegister() {
    page_->setObjectName(QStringLiteral("page"));
    page_->setIcon(symbol(Symbol::External));
    page_->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(spacing::large, 0, 0, 0);
    row->setSpacing(spacing::small);
    row->addWidget(page_);
    row->addWidget(pageHost_);
    row->addStretch();
    connect(page_, &QPushButton::clicked, this, [this] {
        if (!openBrowser_(demands_.registerPage))
            complain(tr("No browser could be started. The page is %1.")
                         .arg(QString::fromLatin1(demands_.registerPage.toEncoded())));
    });
    return row;
}

QLayout* ClientIdForm::makeRedirect() {
    redirect_->setObjectName(QStringLiteral("redirect"));
    redirect_->setAccessibleName(tr("Redirect address to enter there"));
    redirect_->setReadOnly(true);
    copy_->setObjectName(QStringLiteral("copy"));
    copy_->setIcon(symbol(Symbol::Copy));
    copy_->setAutoDefault(false);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(spacing::large, 0, 0, 0);
    row->setSpacing(spacing::small);
    row->addWidget(redirect_, 1);
    row->addWidget(copy_);
    connect(copy_, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(redirect_->text());
        copy_->setText(tr("Copied"));
    });
    return row;
}

QLayout* ClientIdForm::makeFields() {
    domain_->setObjectName(QStringLiteral("domain"));
    id_->setObjectName(QStringLiteral("clientId"));
    id_->setMaxLength(longestId);
    secret_->setObjectName(QStringLiteral("clientSecret"));
    secret_->setMaxLength(longestSecret);
    secret_->setEchoMode(QLineEdit::Password);
    secret_->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    const auto titled = [](const QString& text, QLineEdit* field) {
        QLabel* label = plainLabel(text);
        label->setBuddy(field);
        return label;
    };
    domainTitle_ = titled(tr("&Domain:"), domain_);
    secretTitle_ = titled(tr("Client s&ecret:"), secret_);
    auto* form = new QFormLayout;
    form->setContentsMargins(spacing::large, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(domainTitle_, domain_);
    form->addRow(titled(tr("Client &ID:"), id_), id_);
    form->addRow(secretTitle_, secret_);
    for (QLineEdit* field : {domain_, id_, secret_})
        connect(field, &QLineEdit::textChanged, this, &ClientIdForm::check);
    return form;
}

QLayout* ClientIdForm::makeButtons() {
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setAutoDefault(false);
    go_->setObjectName(QStringLiteral("go"));
    go_->setDefault(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(spacing::small);
    row->addStretch();
    row->addWidget(cancel);
    row->addWidget(go_);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(go_, &QPushButton::clicked, this, [this] { written_ ? finish() : write(); });
    return row;
}

void ClientIdForm::load() {
    ProviderParams params;
    params.provider = provider_;
    client_.call("provider.show", params.toJson(), this, [this](const Result<Json>& provider) {
        if (!provider)
            return complain(provider.error());
        show(ClientDemands::from(*provider));
        check();
    });
}

void ClientIdForm::show(const ClientDemands& demands) {
    demands_ = demands;
    note_->setText(
        wrappable(demands.domainNote.isEmpty() ? demands.note : demands.note + u'\n' + demands.domainNote));
    wrapAt(*note_, textCharacters);
    note_->setVisible(!note_->text().isEmpty());
    page_->setEnabled(!demands.registerPage.isEmpty());
    pageHost_->setText(demands.registerPage.isEmpty() ? QString() : hostInBothWays(demands.registerPage));
    // Any path and port of this machine will do where the provider names none.
    redirect_->setText(demands.redirectUri.isEmpty() ? QStringLiteral("http://127.0.0.1/callback")
                                                     : demands.redirectUri);
    redirect_->setCursorPosition(0);
    domain_->setVisible(demands.wantsDomain);
    domainTitle_->setVisible(demands.wantsDomain);
    domain_->setPlaceholderText(demands.domainExample);
    secret_->setPlaceholderText(demands.demandsSecret ? QString() : tr("Only if you were given one"));
}

void ClientIdForm::check() {
    const bool hasDomain = !demands_.wantsDomain || isHost(domain_->text().trimmed());
    const QString id = id_->text().trimmed();
    const bool hasSecret = !demands_.demandsSecret || !secret_->text().isEmpty();
    QString wrong;
    if (!id.isEmpty() && !isClientId(id))
        wrong = tr("A client ID has no spaces and no special letters.");
    else if (id.startsWith(QStringLiteral("http")) && id.contains(QStringLiteral("://")) &&
             id == redirect_->text())
        wrong = tr("This is the redirect address, not the client ID.");
    else if (!isSecret(secret_->text().trimmed()))
        wrong = tr("This is no client secret: it has characters that none has.");
    else if (!id.isEmpty() && id == secret_->text().trimmed())
        wrong = tr("Client ID and client secret are not the same thing.");
    if (wrong.isEmpty())
        state_->clear();
    else
        complain(wrong);
    go_->setEnabled(wrong.isEmpty() && hasDomain && hasSecret && isClientId(id) && !tool_.isRunning());
}

QStringList ClientIdForm::arguments() const {
    QStringList words{QStringLiteral("provider"), QStringLiteral("add"), QString::fromStdString(provider_),
                      QStringLiteral("--client-id=") + id_->text().trimmed()};
    if (demands_.wantsDomain)
        words.append(QStringLiteral("--domain=") + domain_->text().trimmed());
    if (!secret_->text().isEmpty())
        words << QStringLiteral("--value-file") << QStringLiteral("-");
    return words;
}

void ClientIdForm::write() {
    const QStringList words = arguments();
    QByteArray secret = secret_->text().trimmed().toUtf8();
    busy(tr("Writing it to the configuration..."));
    tool_.run(
        words, [this](const Result<Json>& written) { onWritten(written); }, secret);
    secret.fill('\0');
}

void ClientIdForm::onWritten(const Result<Json>& written) {
    if (!written)
        return complain(written.error());
    written_ = true;
    secret_->clear();
    busy(tr("The broker is reading it..."));
    ProviderParams params;
    params.provider = provider_;
    client_.call("provider.reload", params.toJson(), this,
                 [this](const Result<Json>& provider) { onReloaded(provider); });
}

void ClientIdForm::onReloaded(const Result<Json>& provider) {
    if (!provider)
        return complain(provider.error());
    mirror_.loadProviders();
    busy(tr("Checking whether a sign-in could work..."));
    ProviderParams params;
    params.provider = provider_;
    client_.call(
        "provider.test", params.toJson(), this, [this](const Result<Json>& answer) { onTested(answer); },
        testDeadline);
}

void ClientIdForm::onTested(const Result<Json>& answer) {
    QString found;
    if (answer) {
        const auto findings = answer->find("findings");
        if (findings != answer->end() && findings->is_array()) {
            for (const Json& finding : *findings) {
                if (found.isEmpty() && stringAt(finding, "level") == "error")
                    found = asSentence(shown(stringAt(finding, "message").value_or(""))) + u' ' +
                            asSentence(shown(stringAt(finding, "action").value_or("")));
            }
        }
    }
    // What could not be tested is tried.
    if (found.isEmpty())
        return finish();
    complain(found.trimmed());
    go_->setText(tr("&Sign in anyway"));
    go_->setEnabled(true);
}

void ClientIdForm::finish() {
    accept();
    Q_EMIT ready(provider_);
}

void ClientIdForm::busy(const QString& what) {
    for (QLineEdit* field : {domain_, id_, secret_})
        field->setEnabled(false);
    go_->setEnabled(false);
    static_cast<ToneLabel*>(state_)->setTone(Tone::Quiet);
    state_->setText(what);
    wrapAt(*state_, textCharacters);
}

void ClientIdForm::complain(const Error& error) {
    for (QLineEdit* field : {domain_, id_, secret_})
        field->setEnabled(!written_);
    complain(
        (asSentence(shown(error.message, longestNote)) + u' ' + asSentence(shown(error.action))).trimmed());
    go_->setEnabled(!written_);
}

void ClientIdForm::complain(const QString& text) {
    static_cast<ToneLabel*>(state_)->setTone(Tone::Problem);
    state_->setText(wrappable(text));
    wrapAt(*state_, textCharacters);
}

} // namespace keybearer

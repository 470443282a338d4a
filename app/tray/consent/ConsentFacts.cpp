#include "app/tray/consent/ConsentFacts.h"

#include "app/tray/consent/ConsentDetails.h"
#include "app/tray/consent/ConsentPrompt.h"
#include "app/tray/look/FormLabels.h"
#include "app/tray/look/PageParts.h"
#include "app/tray/look/Spacing.h"
#include "app/tray/look/Wording.h"

#include <QFontDatabase>
#include <QFormLayout>
#include <QFrame>
#include <QLabel>
#include <QUrl>
#include <QVBoxLayout>

namespace keybearer {

namespace {

constexpr int rowCharacters = 62;
constexpr int commandCharacters = 66;         // without a title beside them
constexpr int boldRowCharacters = 54;         // their letters are wider
constexpr qsizetype longestHeadingName = 120; // what is in the heading stands whole in a row below it

QLabel* rowLabel(const QString& text, const char* name) {
    QLabel* label = plainLabel(wrappable(text), name);
    wrapAt(*label, rowCharacters);
    return label;
}

QLabel* boldRowLabel(const QString& text, const char* name) {
    QLabel* label = plainLabel(wrappable(text), name);
    QFont bold = label->font();
    bold.setBold(true);
    label->setFont(bold);
    wrapAt(*label, boldRowCharacters);
    return label;
}

QLabel* rowTitle(const QString& text) {
    QLabel* label = plainLabel(text);
    label->setAlignment(Qt::AlignTrailing | Qt::AlignTop);
    return label;
}

void addRow(QFormLayout& form, const QString& title, const QString& text, const char* name) {
    if (!text.isEmpty())
        form.addRow(rowTitle(title), rowLabel(text, name));
}

QString bullet(const QString& text) {
    return QStringLiteral("\u2022 ") + text;
}

// In our own words where there are some, for they are translated; else in the provider's.
QString scopeLines(const ConsentRequest& request) {
    if (request.scopes.isEmpty())
        return ConsentPrompt::tr("do everything this sign-in allows");
    QStringList lines;
    for (qsizetype i = 0; i < request.scopes.size(); ++i) {
        QString words = scopeWords(request.scopes[i]);
        const QString meaning = request.scopeMeanings.value(i);
        if (words == request.scopes[i] && !meaning.isEmpty())
            words = ConsentPrompt::tr("%1 (%2)", "what a scope allows, and the scope").arg(meaning, words);
        lines.append(bullet(words));
    }
    if (request.moreScopes > 0)
        lines.append(bullet(ConsentPrompt::tr("and %1 more that find no room here").arg(request.moreScopes)));
    return lines.join(u'\n');
}

// "ana at GitHub"; a server's sessions are called after the server where nobody said who it is.
QString accountWords(const ConsentRequest& request) {
    if (request.account.isEmpty() || request.account == request.provider)
        return request.provider;
    return ConsentPrompt::tr("%1 at %2", "account, provider").arg(request.account, request.provider);
}

// To hand over the access is more than to let requests through with it (security: R2).
QString whatItGets(const ConsentRequest& request) {
    if (request.isKey)
        return ConsentPrompt::tr("the key itself, as it is, until you change it there");
    return request.isProxy
               ? ConsentPrompt::tr("only the server's answers; the access itself stays with Keybearer")
               : ConsentPrompt::tr("the access itself: until it expires, nobody sees what is done with it");
}

// An address as it came, and with it how its host reads if that is another thing (T-22).
QString addressWords(const QString& address) {
    const QUrl url(address, QUrl::StrictMode);
    const QString ascii = url.host(QUrl::FullyEncoded);
    const QString both = hostInBothWays(url);
    if (!url.isValid() || ascii.isEmpty() || both == ascii)
        return address;
    return address + u'\n' +
           (mixesScripts(both.section(u'(', 1))
                ? ConsentPrompt::tr("This host is %1: a name written with letters of different alphabets.")
                      .arg(both)
                : ConsentPrompt::tr("This host is %1.").arg(both));
}

// What weakens the measurement, and what is not as it was when the person said yes: the two things to look
// at.
void addChanges(QFormLayout& form, const ConsentRequest& request) {
    if (!request.changed.empty()) {
        auto* changes = new QVBoxLayout;
        changes->setSpacing(0);
        for (const ConsentChange& change : request.changed) {
            changes->addWidget(boldRowLabel(changeWords(change.what), "changed"));
            changes->addWidget(
                rowLabel(changeValues(change.what, change.before, change.now), "changedValues"));
        }
        form.addRow(rowTitle(ConsentPrompt::tr("Changed:")), changes);
    }
    if (!request.caller.remarks.isEmpty())
        form.addRow(rowTitle(ConsentPrompt::tr("Beware:")),
                    boldRowLabel(request.caller.remarks.join(u'\n'), "remarks"));
}

// What came through the gateway is known by nothing but what it says, and by where its answers go.
void addConnection(QFormLayout& form, const ConsentRequest& request) {
    form.addRow(rowTitle(ConsentPrompt::tr("Answers to:")), boldRowLabel(request.redirect, "redirect"));
    addChanges(form, request);
    addRow(form, ConsentPrompt::tr("Server:"), request.server, "server");
    addRow(form, ConsentPrompt::tr("Account:"),
           request.account.isEmpty() ? ConsentPrompt::tr("the one that you sign in with") : request.account,
           "account");
    addRow(form, ConsentPrompt::tr("It could:"), scopeLines(request), "scopes");
    form.addRow(rowTitle(ConsentPrompt::tr("Beware:")),
                boldRowLabel(ConsentPrompt::tr("Allow it only if you have just begun this in that program."),
                             "begun"));
}

void addProgram(QFormLayout& form, const ConsentRequest& request) {
    const CallerRecord& caller = request.caller;
    addRow(form, ConsentPrompt::tr("Program:"),
           caller.executable.isEmpty()
               ? ConsentPrompt::tr("could not be determined (process %1)").arg(caller.pid)
               : caller.executable,
           "executable");
    addRow(form, ConsentPrompt::tr("Script:"), caller.script, "script");
    if (!caller.script.isEmpty()) // a part of what it is recognised by
        addRow(form, ConsentPrompt::tr("Directory:"), caller.workingDirectory, "directory");
    addRow(form, ConsentPrompt::tr("Started by:"), caller.startedBy, "startedBy");
    addRow(form, ConsentPrompt::tr("Runs in:"), caller.sandbox, "sandbox");
    addRow(form, ConsentPrompt::tr("Recognised as:"), identityWords(request.identity), "identity");
    addChanges(form, request);
    addRow(form, ConsentPrompt::tr("Server:"), request.server, "server");
    addRow(form, ConsentPrompt::tr("Sign in at:"), addressWords(request.signInAt), "signInAt");
    if (request.isSignIn) {
        if (!request.scopes.isEmpty())
            addRow(form, ConsentPrompt::tr("It could:"), scopeLines(request), "scopes");
        return;
    }
    addRow(form, ConsentPrompt::tr("Account:"), accountWords(request), "account");
    addRow(form, ConsentPrompt::tr("It could:"), scopeLines(request), "scopes");
    addRow(form, ConsentPrompt::tr("It gets:"), whatItGets(request), "gets");
}

// Set apart by its ground, too: some styles draw no frames.
QFrame* makePanel(QPalette::ColorRole ground) {
    auto* panel = new QFrame;
    panel->setFrameShape(QFrame::StyledPanel);
    panel->setAutoFillBackground(true);
    panel->setBackgroundRole(ground);
    return panel;
}

// The command line, whole, in letters that cannot be mistaken for each other.
QWidget* makeCommand(const ConsentRequest& request) {
    QFrame* frame = makePanel(QPalette::Base);
    QLabel* command = plainLabel(wrappable(request.command), "command");
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(command->font().pointSizeF());
    command->setFont(fixed);
    wrapAt(*command, commandCharacters);
    auto* layout = new QVBoxLayout(frame);
    layout->addWidget(command);
    return frame;
}

void addStart(QFormLayout& form, const ConsentRequest& request) {
    addRow(form, ConsentPrompt::tr("Directory:"), request.caller.workingDirectory, "directory");
    addRow(form, ConsentPrompt::tr("Started by:"), request.caller.startedBy, "startedBy");
    addChanges(form, request);
    QStringList lines;
    for (const QString& selector : request.scopes)
        lines.append(bullet(selector));
    addRow(form, ConsentPrompt::tr("It could use:"), lines.join(u'\n'), "scopes");
}

QWidget* makeClaims(const ConsentRequest& request) {
    QFrame* claims = makePanel(QPalette::AlternateBase);
    auto* layout = new QVBoxLayout(claims);
    layout->addWidget(quietLabel(ConsentPrompt::tr("In the program's own words, not verified:")));
    if (!request.caller.claimedName.isEmpty()) {
        QString name = ConsentPrompt::tr("It calls itself \u201C%1\u201D.").arg(request.caller.claimedName);
        if (mixesScripts(request.caller.claimedName))
            name += u' ' + ConsentPrompt::tr("This name mixes letters of different alphabets.");
        layout->addWidget(rowLabel(name, "claimedName"));
    }
    if (!request.reason.isEmpty())
        layout->addWidget(
            rowLabel(ConsentPrompt::tr("Its reason: \u201C%1\u201D").arg(request.reason), "reason"));
    return claims;
}

QString headingName(const QString& name) {
    return name.size() <= longestHeadingName ? name : name.left(longestHeadingName) + QStringLiteral("...");
}

} // namespace

QWidget* makeConsentFacts(const ConsentRequest& request) {
    auto* facts = new QWidget;
    auto* layout = new QVBoxLayout(facts);
    const int space = spacing::medium;
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space);
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(space);
    if (request.isStart) {
        layout->addWidget(makeCommand(request));
        addStart(*form, request);
    } else if (request.isConnect) {
        addConnection(*form, request);
    } else {
        addProgram(*form, request);
    }
    joinLabels(*form);
    layout->addLayout(form);
    // The reason of a start is the broker's own sentence, and the command has not said anything yet.
    if (!request.isStart && !(request.caller.claimedName.isEmpty() && request.reason.isEmpty()))
        layout->addWidget(makeClaims(request));
    if (!request.isConnect) // of what came through the gateway nothing is measured
        layout->addWidget(new ConsentDetails(request));
    layout->addStretch();
    return facts;
}

QString consentHeading(const ConsentRequest& request) {
    if (request.isStart)
        return ConsentPrompt::tr("Start this command with the run profile \u201C%1\u201D?")
            .arg(headingName(request.provider));
    if (request.isConnect)
        return ConsentPrompt::tr(
                   "A client that calls itself \u201C%1\u201D wants to connect to %2 through Keybearer")
            .arg(headingName(request.clientName), headingName(request.provider));
    const QString name = headingName(request.caller.programName());
    const QString provider = headingName(request.provider);
    const QString program = name.isEmpty() ? ConsentPrompt::tr("An unknown program") : name;
    if (request.isSignIn)
        return ConsentPrompt::tr("%1 wants to use %2 and needs you to sign in there").arg(program, provider);
    if (request.isProxy)
        return ConsentPrompt::tr("%1 wants to send requests to %2 with your sign-in").arg(program, provider);
    if (request.isKey)
        return ConsentPrompt::tr("%1 wants to have your API key \u201C%2\u201D")
            .arg(program, headingName(request.account));
    if (!request.server.isEmpty())
        return ConsentPrompt::tr("%1 wants to have access to the server %2").arg(program, provider);
    return ConsentPrompt::tr("%1 wants to use your %2 account").arg(program, provider);
}

} // namespace keybearer

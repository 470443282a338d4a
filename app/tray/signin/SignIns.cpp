#include "app/tray/signin/SignIns.h"

#include <QPointer>
#include <algorithm>

namespace keybearer {

namespace {

void bringToFront(QWidget& window) {
    window.show();
    window.raise();
    window.activateWindow();
}

} // namespace

SignIns::SignIns(BrokerClient& client, BrokerMirror& mirror, OpenBrowser openBrowser,
                 CommandLineTool::Options tool, QObject* parent)
    : QObject(parent), client_(client), mirror_(mirror), openBrowser_(std::move(openBrowser)),
      tool_(std::move(tool)) {}

SignIns::~SignIns() = default;

void SignIns::choose() {
    if (!chooser_) {
        chooser_ = std::make_unique<SignInChooser>(client_, mirror_);
        connect(chooser_.get(), &SignInChooser::chosen, this, &SignIns::start);
        connect(chooser_.get(), &SignInChooser::setupWanted, this, &SignIns::setUp);
        connect(chooser_.get(), &QDialog::finished, this, [this] { chooser_.release()->deleteLater(); });
    }
    bringToFront(*chooser_);
}

void SignIns::signIn(const std::string& provider) {
    if (provider.find("://") != std::string::npos)
        return signInTo(provider);
    const auto& all = mirror_.providers();
    const bool needsSetup = std::any_of(all.begin(), all.end(), [&](const ProviderRecord& one) {
        return one.name == provider && !one.configured;
    });
    if (needsSetup)
        return setUp(provider);
    SignInWish wish;
    wish.provider = provider;
    start(wish);
}

void SignIns::signInTo(const std::string& url) {
    SignInWish wish;
    wish.url = url;
    start(wish);
}

void SignIns::start(const SignInWish& wish) {
    const auto running = std::find_if(attempts_.begin(), attempts_.end(),
                                      [&](const auto& attempt) { return attempt->wish().sameTarget(wish); });
    if (running != attempts_.end())
        return (*running)->raise();
    attempts_.push_back(std::make_unique<SignInAttempt>(client_, mirror_, wish, openBrowser_));
    SignInAttempt* attempt = attempts_.back().get();
    connect(attempt, &SignInAttempt::signedIn, this,
            [this, wish](const Json& session) { tell(wish, session); });
    connect(attempt, &SignInAttempt::setupWanted, this, &SignIns::setUp);
    connect(attempt, &SignInAttempt::finished, this, [this, attempt] { letGo(attempt); });
    attempt->start();
}

void SignIns::setUp(const std::string& provider) {
    if (!form_ || form_->provider() != provider) {
        form_ = std::make_unique<ClientIdForm>(client_, mirror_, provider, openBrowser_, tool_);
        connect(form_.get(), &ClientIdForm::ready, this, [this](const std::string& name) {
            SignInWish wish;
            wish.provider = name;
            start(wish);
        });
        connect(form_.get(), &QDialog::finished, this, [this] { form_.release()->deleteLater(); });
    }
    bringToFront(*form_);
}

void SignIns::letGo(SignInAttempt* attempt) {
    const auto place = std::find_if(attempts_.begin(), attempts_.end(),
                                    [&](const auto& held) { return held.get() == attempt; });
    if (place == attempts_.end())
        return;
    place->release()->deleteLater(); // it is the one that is calling
    attempts_.erase(place);
}

void SignIns::tell(const SignInWish& wish, const Json& given) {
    const auto session = given.is_object() ? readSession(given) : std::nullopt;
    const QString provider =
        session ? mirror_.providerTitle(session->provider) : mirror_.providerTitle(wish.provider);
    const QString who = session ? session->account : QString();
    Notice notice;
    notice.title = who.isEmpty() || who == provider ? tr("Signed in to %1").arg(provider)
                                                    : tr("Signed in as %1").arg(who);
    notice.text = tr("Your %1 session is ready. Programs that want to use it will ask you.").arg(provider);
    notice.reason = "signed-in:" + wish.provider + wish.url;
    if (session)
        notice.actions.push_back({tr("Show"), [self = QPointer<SignIns>(this), id = session->id] {
                                      if (self)
                                          Q_EMIT self->sessionWanted(id);
                                  }});
    Q_EMIT noticed(notice);
}

} // namespace keybearer

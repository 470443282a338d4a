#include "broker/daemon/HandOver.h"

#include "broker/base/Text.h"
#include "broker/log/Log.h"

#include <algorithm>
#include <utility>

namespace keybearer {

namespace {

constexpr std::chrono::seconds checkLimit{10};      // for a program to read a configuration
constexpr std::chrono::milliseconds quietPace{200}; // between two looks
constexpr std::chrono::seconds askedPatience{20};   // a person waits at the command line
constexpr std::chrono::minutes unaskedPatience{15}; // as long as a sign-in may take
constexpr qint64 quotedBytes = 1024;                // of what the other program said

} // namespace

HandOver::HandOver(OwnProgram program, std::vector<std::string> arguments, Rooms rooms)
    : program_(std::move(program)), arguments_(std::move(arguments)), rooms_(std::move(rooms)) {
    limit_.setSingleShot(true);
    connect(&limit_, &QTimer::timeout, this, [this] { process_->kill(); });
    connect(&pace_, &QTimer::timeout, this, &HandOver::proceed);
}

HandOver::~HandOver() {
    if (!process_)
        return;
    process_->disconnect(this);
    process_->kill();
    process_->waitForFinished();
}

void HandOver::ask(Completion<void> done) {
    asked_.push_back(std::move(done));
    patient_ = false;
    if (pace_.isActive()) { // it was waiting for a quiet moment by itself
        goesAt_ = std::min(goesAt_, std::chrono::steady_clock::now() + askedPatience);
        return answer({});
    }
    if (!process_)
        check();
}

void HandOver::look() {
    const OwnProgram::State now = program_.look();
    const bool again = now == state_; // an installer may still be writing: what is new must hold for a minute
    if (!again) {
        state_ = now;
        refusal_.clear();
        rooms_.changed();
        return;
    }
    const bool busy = process_ || pace_.isActive();
    if (now == OwnProgram::State::Replaced && program_.isTheSystems() && !busy && refusal_.empty())
        check();
}

void HandOver::check() {
    process_ = std::make_unique<QProcess>();
    process_->setProcessChannelMode(QProcess::MergedChannels);
    process_->setStandardInputFile(QProcess::nullDevice());
    connect(process_.get(), &QProcess::finished, this, &HandOver::checked);
    connect(process_.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            checked();
    });
    QStringList words{QStringLiteral("--check-config")};
    for (const std::string& argument : arguments_)
        words.append(QString::fromStdString(argument));
    limit_.start(checkLimit);
    process_->start(QString::fromStdString(program_.path().string()), words);
}

void HandOver::checked() {
    limit_.stop();
    QProcess* const process = process_.release(); // we are inside its last act
    process->deleteLater();
    const bool agreed = process->error() != QProcess::FailedToStart &&
                        process->exitStatus() == QProcess::NormalExit && process->exitCode() == 0;
    const QByteArray said = process->error() == QProcess::FailedToStart
                                ? process->errorString().toUtf8()
                                : process->readAll().left(quotedBytes);
    process->disconnect(this);
    refusal_ = agreed ? std::string() : displaySafe(said.trimmed().toStdString(), quotedBytes);
    if (!agreed) {
        if (refusal_.empty())
            refusal_ = "it did not say why";
        qCWarning(logDaemon).noquote()
            << "the program on the disk does not go on:" << QString::fromStdString(refusal_);
        rooms_.changed();
        return answer(failure(ErrorCode::InvalidParams,
                              "the broker goes on as it is; the program on the disk refuses: " + refusal_,
                              "Correct what it says, then: keybearer restart"));
    }
    goesAt_ =
        std::chrono::steady_clock::now() + (patient_ ? std::chrono::seconds(unaskedPatience) : askedPatience);
    answer({});
    pace_.start(quietPace);
}

void HandOver::answer(const Result<void>& outcome) {
    for (const Completion<void>& done : std::exchange(asked_, {}))
        done(outcome);
}

void HandOver::proceed() {
    if (!rooms_.quiet() && std::chrono::steady_clock::now() < goesAt_)
        return;
    pace_.stop();
    due_ = true;
    rooms_.leave();
}

Json HandOver::findings() const {
    const auto finding = [](const char* level, const char* name, std::string message, const char* action) {
        return Json{{"level", level}, {"name", name}, {"message", std::move(message)}, {"action", action}};
    };
    Json out = Json::array();
    if (!refusal_.empty())
        out.push_back(finding("warning", "program_refused",
                              "the program on the disk does not take over: " + refusal_,
                              "Correct what it says, then: keybearer restart"));
    else if (state_ == OwnProgram::State::Replaced)
        out.push_back(finding("warning", "program_replaced",
                              "another version of keybearerd is on the disk than the one that runs",
                              "Run the new version with: keybearer restart"));
    else if (state_ == OwnProgram::State::Gone)
        out.push_back(finding("warning", "program_gone",
                              "the program that runs is not on the disk any more: " +
                                  displaySafe(program_.path().string(), 512),
                              "Install Keybearer again, or end the broker with: keybearer stop"));
    return out;
}

} // namespace keybearer

#include "app/tray/desktop/CommandLineTool.h"

#include "app/client/ProgramPath.h"
#include "broker/base/Text.h"
#include "broker/protocol/RpcError.h"

#include <utility>

namespace keybearer {

namespace {

constexpr qsizetype longestAnswer = 32 * 1024 * 1024; // the differences of many large settings files
constexpr std::size_t mostValues = 2'000'000;
constexpr qsizetype longestWords = 64 * 1024;
constexpr int mercy = 2000; // milliseconds from the plea to end to the end

QString foundProgram() {
    return QString::fromStdString(findProgram("keybearer").string());
}

// A reader that is as strict as elsewhere, with room for what the tool may say.
Result<Json> readAnswer(const QByteArray& bytes) {
    JsonLimits limits;
    limits.values = mostValues;
    limits.keys = mostValues;
    return parseJson(std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size())), limits);
}

} // namespace

CommandLineTool::CommandLineTool(QObject* parent) : CommandLineTool(Options(), parent) {}

CommandLineTool::CommandLineTool(Options options, QObject* parent)
    : QObject(parent), options_(std::move(options)) {
    deadline_.setSingleShot(true);
    connect(&deadline_, &QTimer::timeout, this,
            [this] { finish(failure(Error(ErrorCode::TimedOut, "keybearer did not answer in time"))); });
    connect(&process_, &QProcess::readyReadStandardOutput, this, &CommandLineTool::onOutput);
    connect(&process_, &QProcess::readyReadStandardError, this, &CommandLineTool::onOutput);
    connect(&process_, &QProcess::finished, this, &CommandLineTool::onEnd);
    connect(&process_, &QProcess::errorOccurred, this, &CommandLineTool::onProblem);
}

CommandLineTool::~CommandLineTool() {
    cancel();
}

void CommandLineTool::run(const QStringList& arguments, Answer answer, const QByteArray& input) {
    cancel();
    output_.clear();
    words_.clear();
    answer_ = std::move(answer);
    const QString program = options_.program.isEmpty() ? foundProgram() : options_.program;
    deadline_.start(options_.deadline);
    process_.start(program, QStringList{QStringLiteral("--json")} + arguments);
    if (!process_.isOpen())
        return; // it did not start, and that has been said
    process_.write(input);
    process_.closeWriteChannel();
}

void CommandLineTool::cancel() {
    deadline_.stop();
    answer_ = nullptr;
    if (process_.state() == QProcess::NotRunning)
        return;
    process_.disconnect(this);
    process_.terminate();
    if (!process_.waitForFinished(mercy)) {
        process_.kill();
        process_.waitForFinished(mercy);
    }
    connect(&process_, &QProcess::readyReadStandardOutput, this, &CommandLineTool::onOutput);
    connect(&process_, &QProcess::readyReadStandardError, this, &CommandLineTool::onOutput);
    connect(&process_, &QProcess::finished, this, &CommandLineTool::onEnd);
    connect(&process_, &QProcess::errorOccurred, this, &CommandLineTool::onProblem);
}

void CommandLineTool::onOutput() {
    output_ += process_.readAllStandardOutput();
    words_ += process_.readAllStandardError();
    words_.truncate(longestWords);
    if (output_.size() > longestAnswer)
        finish(failure(Error(ErrorCode::InternalError, "keybearer answered more than can be shown")));
}

void CommandLineTool::onProblem(QProcess::ProcessError error) {
    // A crash is told by finished() as well; a program that does not start by nothing else.
    if (error == QProcess::FailedToStart)
        finish(failure(Error(ErrorCode::NotFound, "the program keybearer was not found",
                             "Install it beside keybearer-tray, or put it into PATH")));
}

void CommandLineTool::onEnd(int, QProcess::ExitStatus how) {
    onOutput();
    if (how == QProcess::CrashExit)
        return finish(failure(Error(ErrorCode::InternalError, "keybearer ended unexpectedly")));
    // An answer is an answer, whatever the exit status: findings of doctor come with one of their own.
    if (auto document = readAnswer(output_); document && document->is_object())
        return finish(std::move(document));
    if (const auto problem = readAnswer(words_); problem && problem->is_object()) {
        if (const auto error = problem->find("error"); error != problem->end() && error->is_object())
            return finish(tl::unexpected(fromRpcError(*error)));
    }
    finish(failure(Error(ErrorCode::InternalError, "keybearer gave no answer that can be read")));
}

void CommandLineTool::finish(const Result<Json>& result) {
    deadline_.stop();
    const Answer answer = std::exchange(answer_, nullptr);
    if (!answer)
        return;
    if (process_.state() != QProcess::NotRunning)
        cancel();
    answer(result);
}

} // namespace keybearer

#include "app/cli/CommandLine.h"

#include "app/cli/Arguments.h"
#include "app/cli/Help.h"
#include "app/cli/Invocation.h"
#include "app/cli/Output.h"
#include "broker/protocol/RpcError.h"

#include <algorithm>
#include <cstring>

namespace keybearer {

namespace {

// For a command line that could not be read: whether the answer was wanted as JSON.
bool looksLikeJson(std::span<const char* const> words) {
    return std::any_of(words.begin(), words.end(),
                       [](const char* word) { return std::strcmp(word, "--json") == 0; });
}

int refuse(Output& output, const Error& error) {
    output.problem(error);
    return exitStatus(error.code);
}

int runVerb(const Arguments& arguments, Output& output) {
    Invocation invocation(arguments, output);
    if (const Result<void> prepared = invocation.prepare(); !prepared)
        return refuse(output, prepared.error());
    const Result<int> status = arguments.verb()->run(invocation);
    if (!status)
        return refuse(output, status.error());
    return *status;
}

} // namespace

int runCommandLine(std::span<const char* const> words) {
    Output output;
    output.setManner({looksLikeJson(words), false, false});
    const Result<Arguments> arguments = Arguments::parse(words, allVerbs());
    if (!arguments)
        return refuse(output, arguments.error());
    output.setManner({arguments->has("--json"), arguments->has("--quiet"), arguments->has("--verbose")});
    int status = 0;
    if (arguments->has("--version")) {
        output.answer("keybearer " KEYBEARER_VERSION "\n");
    } else if (arguments->has("--help")) {
        output.answer(helpFor(arguments->path()));
    } else if (arguments->verb() == nullptr) {
        output.say(overview());
        status = exitStatus(ErrorCode::InvalidParams);
    } else {
        status = runVerb(*arguments, output);
    }
    if (status == 0 && output.answerFailed())
        return refuse(output,
                      Error(ErrorCode::InternalError,
                            std::string("cannot write the answer: ") + std::strerror(output.answerErrno()),
                            "Check where standard output leads."));
    return status;
}

} // namespace keybearer

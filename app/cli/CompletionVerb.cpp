#include "app/cli/CompletionScripts.h"
#include "app/cli/Invocation.h"
#include "app/cli/Verbs.h"
#include "broker/base/Text.h"

#include <array>

namespace keybearer {

namespace {

Result<int> run(Invocation& invocation) {
    const std::string shell = invocation.arguments().operand(0);
    for (const auto& [name, script] : completionScripts) {
        if (shell == name) {
            invocation.output().answer(script);
            return 0;
        }
    }
    Error error(ErrorCode::InvalidParams,
                "there are completions for bash, zsh and fish, not for \"" + displaySafe(shell, 32) + "\"",
                "See: keybearer completion --help");
    if (std::string meant = nearest(shell, {"bash", "zsh", "fish"}); !meant.empty())
        error.details.emplace_back("did_you_mean", std::move(meant));
    return failure(std::move(error));
}

constexpr std::array examples{
    Example{"source <(keybearer completion bash)", "In ~/.bashrc."},
    Example{"keybearer completion zsh > \"${fpath[1]}/_keybearer\"", "Once, for zsh."},
    Example{"keybearer completion fish > ~/.config/fish/completions/keybearer.fish", "Once, for fish."}};

} // namespace

const Verb completionVerb{
    "completion", "bash|zsh|fish", "Print the completions for a shell.", "", 1, 1, {}, examples, {}, run};

} // namespace keybearer

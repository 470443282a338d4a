#include "app/cli/ForeignCode.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace keybearer {

namespace {

constexpr std::array<std::string_view, 38> names{"LD_PRELOAD",
                                                 "LD_LIBRARY_PATH",
                                                 "LD_AUDIT",
                                                 "DYLD_INSERT_LIBRARIES",
                                                 "DYLD_LIBRARY_PATH",
                                                 "DYLD_FRAMEWORK_PATH",
                                                 "GCONV_PATH",
                                                 "OPENSSL_CONF",
                                                 "OPENSSL_MODULES",
                                                 "OPENSSL_ENGINES",
                                                 "NODE_OPTIONS",
                                                 "NODE_PATH",
                                                 "ELECTRON_RUN_AS_NODE",
                                                 "PYTHONPATH",
                                                 "PYTHONHOME",
                                                 "PYTHONSTARTUP",
                                                 "PYTHONUSERBASE",
                                                 "PERL5OPT",
                                                 "PERL5LIB",
                                                 "PERLLIB",
                                                 "PERL5DB",
                                                 "RUBYOPT",
                                                 "RUBYLIB",
                                                 "JAVA_TOOL_OPTIONS",
                                                 "_JAVA_OPTIONS",
                                                 "JDK_JAVA_OPTIONS",
                                                 "CLASSPATH",
                                                 "BASH_ENV",
                                                 "ENV",
                                                 "SHELLOPTS",
                                                 "BASHOPTS",
                                                 "PS4",
                                                 "ZDOTDIR",
                                                 "LUA_INIT",
                                                 "PHPRC",
                                                 "PHP_INI_SCAN_DIR",
                                                 "DOTNET_STARTUP_HOOKS",
                                                 "JULIA_LOAD_PATH"};

constexpr std::string_view shellFunction = "BASH_FUNC_"; // takes the place of a command in shell scripts

} // namespace

std::vector<std::string> foreignCodeIn(const char* const* environment) {
    std::vector<std::string> out;
    for (; environment != nullptr && *environment != nullptr; ++environment) {
        const std::string_view entry = *environment;
        const std::size_t equals = entry.find('=');
        if (equals == std::string_view::npos || equals + 1 == entry.size())
            continue;
        const std::string_view name = entry.substr(0, equals);
        if (std::find(names.begin(), names.end(), name) != names.end() ||
            name.substr(0, shellFunction.size()) == shellFunction)
            out.emplace_back(entry);
    }
    return out;
}

} // namespace keybearer

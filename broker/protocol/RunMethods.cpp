#include "broker/protocol/RunMethods.h"

#include "broker/protocol/ParamsReader.h"

#include <limits>

namespace keybearer {

namespace {

constexpr std::size_t longestPath = 4096;
constexpr std::size_t mostArguments = 4096; // what is too long to be shown is refused later, and says so
constexpr std::size_t longestArgument = 128UL * 1024; // as Linux has it
constexpr std::size_t mostVariables = 64;

void texts(ParamsReader& reader, const char* key, std::vector<std::string>& out, std::size_t most) {
    reader.items(key, out, most, "must hold texts without NUL", [](const std::string& text) {
        return text.size() <= longestArgument && text.find('\0') == std::string::npos;
    });
}

void absolutePath(ParamsReader& reader, const char* key, std::string& out) {
    reader.required(key, out, longestPath);
    if (!out.empty() && (out.front() != '/' || out.find('\0') != std::string::npos))
        reader.complain(key, "must be an absolute path");
}

} // namespace

Result<CapabilityOpenParams> CapabilityOpenParams::from(const Json& params) {
    CapabilityOpenParams open;
    ParamsReader reader(params);
    reader.required("profile", open.profile, 64);
    reader.number("pid", open.pid, 1, std::numeric_limits<std::int32_t>::max());
    if (open.pid == 0)
        reader.complain("pid", "is missing");
    reader.number("start_time", open.startTime, 0, std::numeric_limits<std::int64_t>::max());
    absolutePath(reader, "executable", open.executable);
    texts(reader, "arguments", open.arguments, mostArguments);
    absolutePath(reader, "working_directory", open.workingDirectory);
    texts(reader, "environment", open.environment, mostVariables);
    reader.flag("in_environment", open.inEnvironment);
    return reader.finish(std::move(open));
}

Json CapabilityOpenParams::toJson() const {
    Json params{{"profile", profile},        {"pid", pid},
                {"start_time", startTime},   {"executable", executable},
                {"arguments", arguments},    {"working_directory", workingDirectory},
                {"environment", environment}};
    if (startTime > 0)
        params["start_time"] = startTime;
    if (inEnvironment)
        params["in_environment"] = true;
    return params;
}

} // namespace keybearer

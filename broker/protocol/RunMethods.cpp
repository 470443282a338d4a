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
    const Json* value = reader.look(key);
    if (value == nullptr)
        return;
    if (!value->is_array() || value->size() > most)
        return reader.complain(key, "must be a list of at most " + std::to_string(most) + " texts");
    for (const Json& item : *value) {
        if (!item.is_string() || item.get_ref<const std::string&>().size() > longestArgument ||
            item.get_ref<const std::string&>().find('\0') != std::string::npos)
            return reader.complain(key, "must hold texts without NUL");
        out.push_back(item.get<std::string>());
    }
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

#include "broker/protocol/KeyMethods.h"

#include "broker/protocol/ParamsReader.h"

namespace keybearer {

namespace {

constexpr std::size_t longestKeyName = 64;
constexpr std::size_t longestKeyValue = std::size_t{16} << 10; // has to fit into every store
constexpr std::size_t longestKeyFile = std::size_t{64} << 10;

void keyValue(ParamsReader& reader, std::string& out) {
    reader.required("value", out, longestKeyValue);
    if (!std::all_of(out.begin(), out.end(), [](char c) { return c > 0x20 && c < 0x7F; }))
        reader.complain("value", "must be visible ASCII characters without spaces");
}

} // namespace

bool isKeyName(std::string_view name) {
    return !name.empty() && name.size() <= longestKeyName && name.front() != '-' && name.front() != '.' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '.' || c == '-' || c == '_';
           });
}

void readKeyName(ParamsReader& reader, std::string& out) {
    reader.required("name", out);
    if (!out.empty() && !isKeyName(out))
        reader.complain("name", "must be letters, digits, dots, dashes and underscores, at most 64");
}

Result<ApiKeyAddParams> ApiKeyAddParams::from(const Json& params) {
    ApiKeyAddParams out;
    ParamsReader reader(params);
    readKeyName(reader, out.name);
    keyValue(reader, out.value);
    reader.optionalText("header", out.header);
    reader.optionalText("description", out.description);
    reader.time("expires_at", out.expiresAt);
    reader.flag("exportable", out.exportable);
    return reader.finish(std::move(out));
}

Result<ApiKeyRotateParams> ApiKeyRotateParams::from(const Json& params) {
    ApiKeyRotateParams out;
    ParamsReader reader(params);
    readKeyName(reader, out.name);
    keyValue(reader, out.value);
    reader.time("expires_at", out.expiresAt);
    return reader.finish(std::move(out));
}

Result<ApiKeyParams> ApiKeyParams::from(const Json& params) {
    ApiKeyParams out;
    ParamsReader reader(params);
    reader.required("name", out.name);
    return reader.finish(std::move(out));
}

Result<ServiceAccountAddParams> ServiceAccountAddParams::from(const Json& params) {
    ServiceAccountAddParams out;
    ParamsReader reader(params);
    reader.required("provider", out.provider);
    reader.required("key", out.key, longestKeyFile);
    reader.optionalText("subject", out.subject);
    reader.list("scopes", out.scopes);
    reader.optionalText("name", out.name);
    return reader.finish(std::move(out));
}

Result<ServiceAccountParams> ServiceAccountParams::from(const Json& params) {
    ServiceAccountParams out;
    ParamsReader reader(params);
    reader.required("name", out.name);
    return reader.finish(std::move(out));
}

} // namespace keybearer

// bench_seed HOME COUNT: a state directory with COUNT stored sign-ins, as a broker that was used for years
// has it.
#include "broker/base/PrivateFile.h"
#include "broker/stores/state/StateDatabase.h"

#include <cstdio>
#include <cstdlib>
#include <string>

namespace {

using namespace keybearer;

CredentialRecord recordNumber(int number, WallTime now) {
    CredentialRecord record;
    record.id = "s_seed" + std::to_string(number);
    record.provider = number % 2 == 0 ? "github" : "gitlab";
    record.issuer = number % 2 == 0 ? "https://github.com" : "https://gitlab.com";
    record.account = {std::to_string(number), "person" + std::to_string(number) + "@example.com"};
    record.scopes = {"read:user", "user:email"};
    record.generation = 7;
    record.createdAt = record.refreshedAt = now;
    record.accessIssuedAt = now;
    record.accessExpiresAt = now + std::chrono::hours(8);
    record.refreshable = true;
    return record;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        std::fputs("usage: bench_seed HOME COUNT\n", stderr);
        return 2;
    }
    const std::filesystem::path state = std::filesystem::path(argv[1]) / "state";
    std::error_code ignored;
    std::filesystem::remove_all(state, ignored);
    const Result<void> made = makePrivateDirectory(state);
    const auto database = StateDatabase::open(state / "state.sqlite");
    if (!made || !database)
        return 1;
    const WallTime now = SystemClock().wall();
    const long count = std::strtol(argv[2], nullptr, 10);
    for (int number = 0; number < count; ++number) {
        if (!(*database)->putRecord(recordNumber(number, now)))
            return 1;
    }
    return 0;
}

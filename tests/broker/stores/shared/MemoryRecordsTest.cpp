#include "tests/support/MemoryRecords.h"
#include "tests/broker/stores/RemoteRecordsContract.h"

namespace keybearer {
namespace {

std::shared_ptr<MemoryServer>& server() {
    static std::shared_ptr<MemoryServer> one;
    return one;
}

INSTANTIATE_TEST_SUITE_P(Memory, RemoteRecordsContract,
                         ::testing::Values(RecordsMaker{
                             "Memory",
                             [](bool clean) {
                                 if (clean)
                                     server() = std::make_shared<MemoryServer>();
                                 return std::make_unique<MemoryRecords>(server());
                             },
                             [](std::chrono::milliseconds by) { server()->pass(by); }}),
                         recordsMakerName);

} // namespace
} // namespace keybearer

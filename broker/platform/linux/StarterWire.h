#pragma once

#include "broker/platform/ProcessStart.h"
#include "broker/platform/linux/ProcLook.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What the broker and its starter say to each other: one datagram a request and one an answer. A broker that
// was replaced by a newer one keeps the starter of the older one, so what stands here is only ever added to.
namespace keybearer {

namespace starter {
inline constexpr std::size_t longestRequest = std::size_t{192} * 1024; // arguments and environment
inline constexpr std::size_t longestAnswer = std::size_t{192} * 1024;  // a path a question, a command line
inline constexpr std::size_t mostDescriptors = ProcessPlan::mostNumbers;

enum class Wish : std::uint32_t {
    Start = 1,  // a program; its descriptors come along
    Look = 2,   // at other processes
    Holder = 3, // the process that has a socket open
    Refuse = 4, // programs below these places
};
} // namespace starter

// A datagram with descriptors of ours (sent) or for us to close (received).
struct Datagram {
    std::string bytes;
    std::vector<int> descriptors;
};
[[nodiscard]] bool sendDatagram(int socket, std::string_view bytes, const std::vector<int>& descriptors);
// Waits. Nothing: the other end is closed, or what came is longer than `limit`.
[[nodiscard]] std::optional<Datagram> receiveDatagram(int socket, std::size_t limit);

class WireWriter {
public:
    WireWriter& number(std::uint64_t value);
    WireWriter& text(std::string_view value);
    WireWriter& texts(const std::vector<std::string>& values);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

// Reads what a WireWriter wrote; what is not there reads as nothing and `whole()` says so.
class WireReader {
public:
    explicit WireReader(std::string_view bytes) : rest_(bytes) {}
    [[nodiscard]] std::uint64_t number();
    [[nodiscard]] std::string text();
    [[nodiscard]] std::vector<std::string> texts();
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] bool whole() const { return good_ && rest_.empty(); } // all of it, and nothing more

private:
    std::string_view rest_;
    bool good_ = true;
};

// The numbers of the descriptors are in the plan, the descriptors themselves in the datagram.
[[nodiscard]] std::string startRequest(const ProcessPlan& plan);
// `wire` stands behind the kind of the request. Nothing: it is not what startRequest() writes.
[[nodiscard]] std::optional<ProcessPlan> planIn(WireReader& wire, const std::vector<int>& descriptors);

[[nodiscard]] std::string lookAnswer(const ProcLook& look);
// For each question its answer; takes the descriptors.
[[nodiscard]] std::vector<ProcLook> looksIn(std::string_view answer, std::size_t questions,
                                            const std::vector<int>& descriptors);

} // namespace keybearer

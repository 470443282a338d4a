#include "broker/platform/linux/StarterWire.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <sys/socket.h>
#include <unistd.h>

namespace keybearer {

bool sendDatagram(int socket, std::string_view bytes, const std::vector<int>& descriptors) {
    iovec part{const_cast<char*>(bytes.data()), bytes.size()}; // as sendmsg(2) wants it
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * starter::mostDescriptors)> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (descriptors.size() > starter::mostDescriptors) {
        errno = E2BIG;
        return false;
    }
    if (!descriptors.empty()) {
        const std::size_t size = sizeof(int) * descriptors.size();
        message.msg_control = control.data();
        message.msg_controllen = CMSG_SPACE(size);
        cmsghdr* const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(size);
        std::memcpy(CMSG_DATA(header), descriptors.data(), size);
    }
    ssize_t sent = 0;
    do {
        sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    } while (sent < 0 && errno == EINTR);
    return sent == static_cast<ssize_t>(bytes.size());
}

// One system call: the room for the longest datagram is kept, and what of it was never needed is no memory.
std::optional<Datagram> receiveDatagram(int socket, std::size_t limit) {
    static thread_local std::size_t room = 0;
    static thread_local std::unique_ptr<char[]> place;
    if (room < limit)
        place.reset(new char[limit]);
    room = std::max(room, limit);
    Datagram out;
    iovec part{place.get(), limit};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * starter::mostDescriptors)> control{};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    ssize_t got = 0;
    do {
        got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    } while (got < 0 && errno == EINTR);
    for (cmsghdr* header = got > 0 ? CMSG_FIRSTHDR(&message) : nullptr; header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
            continue;
        std::vector<int> more((header->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        std::memcpy(more.data(), CMSG_DATA(header), more.size() * sizeof(int));
        out.descriptors.insert(out.descriptors.end(), more.begin(), more.end());
    }
    if (got <= 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
        for (const int fd : out.descriptors)
            ::close(fd);
        return std::nullopt;
    }
    out.bytes.assign(place.get(), static_cast<std::size_t>(got));
    ::explicit_bzero(place.get(), static_cast<std::size_t>(got)); // environments of programs are among it
    return out;
}

WireWriter& WireWriter::number(std::uint64_t value) {
    std::array<char, sizeof(value)> raw{};
    std::memcpy(raw.data(), &value, sizeof(value));
    bytes_.append(raw.data(), raw.size());
    return *this;
}

WireWriter& WireWriter::text(std::string_view value) {
    number(value.size());
    bytes_.append(value);
    return *this;
}

WireWriter& WireWriter::texts(const std::vector<std::string>& values) {
    number(values.size());
    for (const std::string& value : values)
        text(value);
    return *this;
}

std::uint64_t WireReader::number() {
    std::uint64_t value = 0;
    good_ = good_ && rest_.size() >= sizeof(value);
    if (!good_)
        return 0;
    std::memcpy(&value, rest_.data(), sizeof(value));
    rest_.remove_prefix(sizeof(value));
    return value;
}

std::string WireReader::text() {
    const std::uint64_t size = number();
    good_ = good_ && size <= rest_.size();
    if (!good_)
        return {};
    std::string out(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return out;
}

std::vector<std::string> WireReader::texts() {
    const std::uint64_t count = number();
    std::vector<std::string> out;
    for (std::uint64_t i = 0; i < count && good_; ++i)
        out.push_back(text());
    return out;
}

std::string startRequest(const ProcessPlan& plan) {
    WireWriter wire;
    wire.number(static_cast<std::uint64_t>(starter::Wish::Start)).text(plan.program.native());
    wire.texts(plan.words).texts(plan.variables).text(plan.directory.native());
    wire.number(plan.mask).number(plan.endsWithUs ? 1 : 0).number(plan.descriptors.size());
    for (const ProcessPlan::Descriptor& each : plan.descriptors)
        wire.number(static_cast<std::uint64_t>(each.number));
    return wire.bytes();
}

std::optional<ProcessPlan> planIn(WireReader& wire, const std::vector<int>& descriptors) {
    constexpr std::uint64_t widestMask = 0777;
    ProcessPlan plan;
    plan.program = wire.text();
    plan.words = wire.texts();
    plan.variables = wire.texts();
    plan.directory = wire.text();
    const std::uint64_t mask = wire.number();
    const std::uint64_t ends = wire.number();
    const std::uint64_t count = wire.number();
    if (!wire.good() || mask > widestMask || ends > 1 || count != descriptors.size())
        return std::nullopt;
    plan.mask = static_cast<unsigned>(mask);
    plan.endsWithUs = ends == 1;
    for (const int descriptor : descriptors) {
        const std::uint64_t number = wire.number();
        if (number >= ProcessPlan::mostNumbers)
            return std::nullopt;
        plan.descriptors.push_back({descriptor, static_cast<int>(number)});
    }
    const bool named = plan.program.is_absolute() && !plan.words.empty() &&
                       plan.program.native().find('\0') == std::string::npos;
    return wire.whole() && named ? std::optional(std::move(plan)) : std::nullopt;
}

std::string lookAnswer(const ProcLook& look) {
    WireWriter wire;
    wire.number(static_cast<std::uint64_t>(look.code)).text(look.text).number(look.file ? 1 : 0);
    const ProcFile file = look.file.value_or(ProcFile());
    wire.number(file.device).number(file.inode).number(file.links).number(file.regular ? 1 : 0);
    wire.number(file.size).number(static_cast<std::uint64_t>(file.modified));
    wire.number(static_cast<std::uint64_t>(file.changed)).number(look.fd >= 0 ? 1 : 0);
    return wire.bytes();
}

namespace {

ProcLook lookIn(WireReader& wire, bool& opened) {
    ProcLook look;
    look.code = static_cast<int>(wire.number());
    look.text = wire.text();
    const bool hasFile = wire.number() == 1;
    ProcFile file;
    file.device = wire.number();
    file.inode = wire.number();
    file.links = wire.number();
    file.regular = wire.number() == 1;
    file.size = wire.number();
    file.modified = static_cast<std::int64_t>(wire.number());
    file.changed = static_cast<std::int64_t>(wire.number());
    opened = wire.number() == 1;
    if (hasFile)
        look.file = file;
    return look;
}

} // namespace

std::vector<ProcLook> looksIn(std::string_view answer, std::size_t questions,
                              const std::vector<int>& descriptors) {
    WireReader wire(answer);
    std::vector<ProcLook> out;
    std::size_t taken = 0;
    while (out.size() < questions) {
        bool opened = false;
        out.push_back(lookIn(wire, opened));
        if (wire.good() && opened && taken < descriptors.size())
            out.back().fd = descriptors[taken++];
    }
    if (wire.whole() && taken == descriptors.size())
        return out;
    for (const int descriptor : descriptors)
        ::close(descriptor);
    return std::vector<ProcLook>(questions, ProcLook{EBADMSG, {}, {}, -1});
}

} // namespace keybearer

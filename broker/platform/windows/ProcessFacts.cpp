#include "broker/platform/ProcessFacts.h"

#include "broker/base/windows/Handle.h"
#include "broker/platform/InterpreterScript.h"
#include "broker/platform/PeerCredentials.h"

#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <softpub.h>
#include <wintrust.h>

// <appmodel.h>, which mingw-w64 has from version 11 on.
extern "C" LONG WINAPI GetPackageFamilyName(HANDLE process, UINT32* length, PWSTR name);

namespace keybearer {

namespace {

constexpr std::size_t longestChain = 16;
constexpr std::uint64_t ticksToUnixEpoch = 116'444'736'000'000'000; // of 100 ns, from 1601 to 1970

// A packaged application: the system keeps its files from its user.
std::string packageOf(HANDLE process) {
    UINT32 length = 0;
    if (::GetPackageFamilyName(process, &length, nullptr) != ERROR_INSUFFICIENT_BUFFER)
        return {};
    std::wstring name(length, L'\0');
    if (::GetPackageFamilyName(process, &length, name.data()) != ERROR_SUCCESS || length == 0)
        return {};
    return utf8(name.data(), static_cast<int>(length - 1));
}

// Authenticode of the file, without asking the network and without a window.
bool isSigned(const std::string& path) {
    const std::wstring name = wide(path);
    WINTRUST_FILE_INFO file{};
    file.cbStruct = sizeof file;
    file.pcwszFilePath = name.c_str();
    WINTRUST_DATA data{};
    data.cbStruct = sizeof data;
    data.dwUIChoice = WTD_UI_NONE;
    data.fdwRevocationChecks = WTD_REVOKE_NONE;
    data.dwUnionChoice = WTD_CHOICE_FILE;
    data.pFile = &file;
    data.dwStateAction = WTD_STATEACTION_VERIFY;
    data.dwProvFlags = WTD_CACHE_ONLY_URL_RETRIEVAL;
    GUID action = WINTRUST_ACTION_GENERIC_VERIFY_V2;
    const LONG outcome = ::WinVerifyTrust(nullptr, &action, &data);
    data.dwStateAction = WTD_STATEACTION_CLOSE;
    ::WinVerifyTrust(nullptr, &action, &data);
    return outcome == ERROR_SUCCESS;
}

FileMark markOfFile(const std::string& path) {
    const int fd = openForReading(path);
    const FileMark mark = fd < 0 ? FileMark() : fileMark(fd);
    if (fd >= 0)
        ::_close(fd);
    return mark;
}

} // namespace

// Command lines and environments of others lie in their own memory and are not read: a script stays unknown,
// and an interpreter with it. A running program's file cannot be deleted here.
ProcessFacts measureProcess(std::int64_t pid) {
    ProcessFacts facts;
    const Handle process(
        pid > 0 ? ::OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, static_cast<DWORD>(pid)) : nullptr);
    if (!process)
        return facts;
    const ProcessEvidence evidence = describeProcess(pid);
    facts.startTime = evidence.startTime;
    facts.parentPid = evidence.parentPid;
    facts.executable = evidence.executable;
    facts.executableFile = markOfFile(evidence.executable);
    facts.interpreter = isInterpreter(evidence.executable);
    facts.relay = isNetworkRelay(evidence.executable);
    facts.foreignCode = isRelay(evidence.executable);
    facts.signer = packageOf(process.get());
    if (facts.signer.empty() && !isSigned(evidence.executable))
        facts.remarks.emplace_back("The program is not signed.");
    std::uint64_t before = evidence.startTime;
    for (std::int64_t next = evidence.parentPid; next > 0 && facts.ancestors.size() < longestChain;) {
        const ProcessEvidence step = describeProcess(next);
        if (step.startTime == 0 || step.startTime > before)
            break;
        facts.ancestors.push_back({next, step.startTime, step.executable});
        before = step.startTime;
        next = step.parentPid;
    }
    return facts;
}

int openForReading(const std::string& path) {
    int fd = -1;
    ::_wsopen_s(&fd, wide(path).c_str(), _O_RDONLY | _O_BINARY | _O_NOINHERIT, _SH_DENYNO, 0);
    return fd;
}

int openExecutable(std::int64_t pid) {
    return openForReading(describeProcess(pid).executable);
}

FileMark fileMark(int fd) {
    FILE_ID_INFO id{};
    FILE_BASIC_INFO times{};
    FILE_STANDARD_INFO size{};
    const auto file = reinterpret_cast<HANDLE>(::_get_osfhandle(fd));
    if (::GetFileInformationByHandleEx(file, FileIdInfo, &id, sizeof id) == 0 ||
        ::GetFileInformationByHandleEx(file, FileBasicInfo, &times, sizeof times) == 0 ||
        ::GetFileInformationByHandleEx(file, FileStandardInfo, &size, sizeof size) == 0 ||
        size.Directory != FALSE)
        return {};
    std::uint64_t number = 0;
    for (const BYTE byte : id.FileId.Identifier)
        number = (number << 7U) ^ (number >> 57U) ^ byte; // 128 bits folded
    const auto since = [](const LARGE_INTEGER& time) {
        return (time.QuadPart - static_cast<std::int64_t>(ticksToUnixEpoch)) * 100;
    };
    return {id.VolumeSerialNumber, number, static_cast<std::uint64_t>(size.EndOfFile.QuadPart),
            since(times.LastWriteTime), since(times.ChangeTime)};
}

} // namespace keybearer

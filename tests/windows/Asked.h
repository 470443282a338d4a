#pragma once

#include "broker/base/windows/Handle.h"

#include <string>
#include <vector>

namespace keybearer {

// What the system was asked for, as it was asked. Wine does not do all of it, so what comes of it there shows
// little.
struct AskedPipe { // CreateNamedPipe
    std::wstring name;
    DWORD open = 0;
    DWORD mode = 0;
    std::string list; // owner and access list, SDDL
};
struct Asked {
    std::vector<AskedPipe> pipes;
    std::vector<DWORD> openedPipes; // flags of CreateFile, for names of pipes
    SECURITY_INFORMATION set = 0;   // of the last SetSecurityInfo
};
[[nodiscard]] Asked& asked();

[[nodiscard]] std::string sddlOf(PSECURITY_DESCRIPTOR descriptor);

} // namespace keybearer

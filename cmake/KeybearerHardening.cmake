# What makes a defect of memory harder to use, for optimized builds (with sanitizers there is something better):
#   canaries in functions with buffers, guard pages touched one by one (stack clash), sizes known at run time checked
#   in string and memory functions (_FORTIFY_SOURCE=3), bounds of std::vector and its like (_GLIBCXX_ASSERTIONS),
#   tables of the linker read-only before main (relro, now), no executable stack, addresses chosen anew at each start
#   (PIE, the static command line too), landing pads for indirect jumps and a shadow stack where processor, kernel and
#   C library have them (CET on x86, BTI and PAC on ARM).
# tests/packages/check_hardening reads from the binaries that they are there.
include(CheckCXXCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C CXX)

function(kb_harden option variable)
    check_cxx_compiler_flag(${option} ${variable})
    if(${variable})
        target_compile_options(keybearer_flags INTERFACE ${option})
    endif()
endfunction()

kb_harden(-fstack-protector-strong KEYBEARER_HAS_STACK_PROTECTOR)
kb_harden(-fstack-clash-protection KEYBEARER_HAS_STACK_CLASH)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
    kb_harden(-fcf-protection=full KEYBEARER_HAS_CF_PROTECTION)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "aarch64|arm64")
    kb_harden(-mbranch-protection=standard KEYBEARER_HAS_BRANCH_PROTECTION)
endif()
# The third level is the second where the compiler is too old for it. It needs an optimizer to know sizes.
target_compile_options(keybearer_flags INTERFACE -U_FORTIFY_SOURCE
                       $<IF:$<BOOL:$<TARGET_PROPERTY:KEYBEARER_UNOPTIMIZED>>,-O0,-D_FORTIFY_SOURCE=3>)
target_compile_definitions(keybearer_flags INTERFACE _GLIBCXX_ASSERTIONS)
if(NOT APPLE AND NOT WIN32)
    target_link_options(keybearer_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)
endif()

# Link-time optimization: what a request runs through lies in a dozen rooms, and the compiler sees one at a time.
#   kb_optimize_at_link_time(PROGRAM room ...)   the program, and the rooms (without kb_) that it is linked from
# The objects of those rooms hold both: code for the programs that are linked as ever (tests, which are linked often), and
# what the compiler knows of it for this one. Only where the compiler can, and only for what people run: a sanitizer
# wants to see functions as they were written.
option(KEYBEARER_LTO "Optimize across rooms when a program is linked (GCC, release builds)" ON)
set(KEYBEARER_LTO_OPTIONS "")
if(KEYBEARER_LTO AND CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT APPLE AND NOT WIN32
   AND NOT KEYBEARER_SANITIZE AND NOT KEYBEARER_FUZZ)
    include(CheckIPOSupported)
    check_ipo_supported(RESULT KEYBEARER_HAS_LTO OUTPUT reason LANGUAGES CXX)
    if(KEYBEARER_HAS_LTO)
        set(KEYBEARER_LTO_OPTIONS -flto=auto -ffat-lto-objects)
        # Every other program is linked from the code that is there: the linker would else see what is beside it.
        target_link_options(keybearer_flags INTERFACE $<$<NOT:$<BOOL:$<TARGET_PROPERTY:KEYBEARER_LTO>>>:-fno-lto>)
    else()
        message(STATUS "No link-time optimization: ${reason}")
    endif()
endif()

function(kb_optimize_at_link_time program)
    if(NOT KEYBEARER_LTO_OPTIONS)
        return()
    endif()
    foreach(room IN LISTS ARGN)
        target_compile_options(kb_${room} PRIVATE ${KEYBEARER_LTO_OPTIONS})
    endforeach()
    set_target_properties(${program} PROPERTIES KEYBEARER_LTO ON)
    target_compile_options(${program} PRIVATE ${KEYBEARER_LTO_OPTIONS})
    # The code is made when the program is linked: with what it would else be compiled with, hardening too.
    target_link_options(${program} PRIVATE -flto=auto -O2 $<TARGET_PROPERTY:keybearer_flags,INTERFACE_COMPILE_OPTIONS>)
endfunction()

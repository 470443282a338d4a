# What every target of this tree shares: language, warnings, hardening, sanitizers, ccache, and add_room().

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()
# -O3 makes nothing here faster and everything slower to build.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

# Debian keeps libraries by architecture under its own /usr/local, too; GNUInstallDirs only under /usr. Said before any
# find_package(), as some of those include GNUInstallDirs, which decides once.
if(CMAKE_LIBRARY_ARCHITECTURE AND EXISTS /etc/debian_version AND NOT DEFINED CMAKE_INSTALL_LIBDIR)
    set(CMAKE_INSTALL_LIBDIR "lib/${CMAKE_LIBRARY_ARCHITECTURE}" CACHE PATH "Where libraries go, below the prefix")
endif()

set(CMAKE_UNITY_BUILD_BATCH_SIZE 0) # the whole room: what is in one text does not hang on how many files there are

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
    set(CMAKE_C_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

add_library(keybearer_flags INTERFACE)
target_include_directories(keybearer_flags INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(keybearer_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
target_compile_definitions(keybearer_flags INTERFACE
    KEYBEARER_VERSION="${PROJECT_VERSION}"
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_KEYWORDS QT_NO_NARROWING_CONVERSIONS_IN_CONNECT)
if(KEYBEARER_FAULT_POINTS)
    target_compile_definitions(keybearer_flags INTERFACE KEYBEARER_FAULT_POINTS)
endif()
if(CMAKE_UNITY_BUILD)
    # GCC 12 sees members of moved tl::expected unset where it can look through a whole room; the preset dev asks for it.
    target_compile_options(keybearer_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()
if(KEYBEARER_SANITIZE)
    string(REPLACE ";" "," kb_sanitize "${KEYBEARER_SANITIZE}")
    target_compile_options(keybearer_flags INTERFACE -fsanitize=${kb_sanitize} -fno-omit-frame-pointer -g1
                           -fno-sanitize-recover=all)
    # With its sanitizers on, GCC 12 warns of what is not there (std::regex, std::function, "text" + std::string).
    target_compile_options(keybearer_flags INTERFACE
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized> $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
    # Asio has fences for threads that share an io_context, which ThreadSanitizer does not know; ours never do.
    if(KEYBEARER_SANITIZE STREQUAL "thread")
        target_compile_options(keybearer_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
    endif()
    target_link_options(keybearer_flags INTERFACE -fsanitize=${kb_sanitize})
    # Where reports go whatever the environment of a program is: nobody reads the standard error of all of them.
    set(KEYBEARER_SANITIZER_REPORTS "${PROJECT_BINARY_DIR}/sanitizer-reports")
    file(MAKE_DIRECTORY "${KEYBEARER_SANITIZER_REPORTS}")
    target_compile_definitions(keybearer_flags INTERFACE
        KEYBEARER_SANITIZER_REPORTS="${KEYBEARER_SANITIZER_REPORTS}")
    add_library(kb_sanitizer_options OBJECT "${PROJECT_SOURCE_DIR}/tests/sanitizers/Options.cpp")
    target_compile_definitions(kb_sanitizer_options PRIVATE
        KEYBEARER_SANITIZER_REPORTS="${KEYBEARER_SANITIZER_REPORTS}"
        KEYBEARER_SANITIZER_ADDRESSES="${PROJECT_SOURCE_DIR}/tests/sanitizers/address.supp"
        KEYBEARER_SANITIZER_LEAKS="${PROJECT_SOURCE_DIR}/tests/sanitizers/leak.supp")
    target_link_libraries(keybearer_flags INTERFACE $<TARGET_OBJECTS:kb_sanitizer_options>)
    # Such a program is less confined, as a sanitizer needs it (broker/base/UnderSanitizer.h).
    install(CODE "message(FATAL_ERROR \"built with KEYBEARER_SANITIZE: for tests, not to be installed\")")
elseif(CMAKE_BUILD_TYPE MATCHES "Rel")
    include(KeybearerHardening)
endif()

include(KeybearerLinkTime)

# The same bytes from every folder: what the compiler writes of paths starts at the top of the tree. Off by default, as
# a debugger then finds the sources only when it is told where they are.
if(KEYBEARER_REPRODUCIBLE)
    add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}=." "-ffile-prefix-map=${PROJECT_BINARY_DIR}=./build")
    # rcc writes the times of the files from its second format on.
    set(KEYBEARER_RCC_OPTIONS --format-version 1)
    set(CMAKE_AUTORCC_OPTIONS ${KEYBEARER_RCC_OPTIONS})
    # A run path is a build path; installed programs need none.
    set(CMAKE_SKIP_RPATH ON)
endif()

# add_room(NAME SOURCES a.cpp ... LINKS other_target ...): one folder, one static library kb_NAME.
# Include paths start at the top of the tree ("broker/base/Result.h"), so that an include line shows its arrow.
#
# With CMAKE_UNITY_BUILD a room is compiled as one text, as most of the time goes into reading the same headers again.
# APART a.cpp ... keeps files out of it whose own names are another file's names too; FILE_BY_FILE keeps all out.
function(add_room name)
    cmake_parse_arguments(ROOM "QT;FILE_BY_FILE" "" "SOURCES;LINKS;APART" ${ARGN})
    add_library(kb_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(kb_${name} PUBLIC keybearer_flags ${ROOM_LINKS})
    if(ROOM_QT)
        set_target_properties(kb_${name} PROPERTIES AUTOMOC ON)
    endif()
    kb_keep_apart(kb_${name} "${ROOM_FILE_BY_FILE}" "${ROOM_APART}")
endfunction()

function(kb_keep_apart target all files)
    if(all)
        set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    elseif(files)
        set_source_files_properties(${files} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
endfunction()

# add_room_tests(NAME SOURCES ... LINKS ... [QT]): one GoogleTest program a room, each case its own ctest test.
# With QT the program has a QCoreApplication (tests/support/QtTestMain.cpp).
function(add_room_tests name)
    cmake_parse_arguments(T "QT;FILE_BY_FILE" "" "SOURCES;LINKS;ENVIRONMENT;APART" ${ARGN})
    add_executable(${name}_tests ${T_SOURCES})
    # What tests is run once and read by the compiler each time: to optimize it costs more than it gives.
    set_target_properties(${name}_tests PROPERTIES KEYBEARER_UNOPTIMIZED ON)
    kb_keep_apart(${name}_tests "${T_FILE_BY_FILE}" "${T_APART}")
    target_link_libraries(${name}_tests PRIVATE keybearer_flags ${T_LINKS} GTest::gtest GTest::gmock)
    if(T_QT)
        set_target_properties(${name}_tests PROPERTIES AUTOMOC ON)
        target_sources(${name}_tests PRIVATE "${PROJECT_SOURCE_DIR}/tests/support/QtTestMain.cpp")
        target_link_libraries(${name}_tests PRIVATE Qt6::Core)
    else()
        target_link_libraries(${name}_tests PRIVATE GTest::gtest_main)
    endif()
    gtest_discover_tests(${name}_tests TEST_PREFIX "${name}." DISCOVERY_MODE PRE_TEST
                         PROPERTIES LABELS unit TIMEOUT 120 ENVIRONMENT "${T_ENVIRONMENT}")
endfunction()

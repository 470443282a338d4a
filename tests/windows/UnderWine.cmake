# A build of its own in this one, with another compiler, and its tests as one test.
option(KEYBEARER_WINDOWS_TESTS "Cross-compile for Windows what needs no Qt, and run its tests under Wine" OFF)
if(KEYBEARER_WINDOWS_TESTS)
    find_program(KEYBEARER_MINGW x86_64-w64-mingw32-g++-posix REQUIRED)
    find_program(KEYBEARER_WINE wine REQUIRED)
    add_test(NAME windows.under_wine COMMAND "${CMAKE_CURRENT_LIST_DIR}/run" "${PROJECT_BINARY_DIR}/windows")
    set_tests_properties(windows.under_wine PROPERTIES LABELS windows TIMEOUT 1800 PROCESSORS 2)
endif()

# The targets as programs that replay their corpora, a test for each target. A few texts for all of them, as most of the
# time goes into reading the same headers; the name that all share gets a name of its own around each. Which text a target
# is in hangs on its name alone, so that a new one moves no other.
#
# kb_add_replay(PROGRAM TEXTS TARGET ...)
function(kb_add_replay program texts)
    set(folder "${CMAKE_CURRENT_BINARY_DIR}/${program}")
    set(rooms "")
    set(declarations "")
    set(table "")
    foreach(name IN LISTS ARGN)
        string(MD5 digest ${name})
        string(SUBSTRING ${digest} 0 4 digest)
        math(EXPR text "0x${digest} % ${texts}")
        string(APPEND text_${text} "#define LLVMFuzzerTestOneInput fuzz_${name}\n#include \"tests/fuzz/${name}.cpp\"\n"
                                   "#undef LLVMFuzzerTestOneInput\n")
        string(APPEND declarations "extern \"C\" int fuzz_${name}(const std::uint8_t*, std::size_t);\n")
        string(APPEND table "    {\"${name}\", fuzz_${name}},\n")
        get_property(own GLOBAL PROPERTY KB_FUZZ_ROOMS_${name})
        list(APPEND rooms ${own})
        add_test(NAME fuzz_corpus.${name} COMMAND ${program} ${name} "${CMAKE_CURRENT_SOURCE_DIR}/corpus/${name}")
        set_tests_properties(fuzz_corpus.${name} PROPERTIES LABELS unit TIMEOUT 120)
    endforeach()
    list(REMOVE_DUPLICATES rooms)
    set(sources Replay.cpp)
    math(EXPR last "${texts} - 1")
    foreach(text RANGE ${last})
        file(GENERATE OUTPUT "${folder}/targets_${text}.cpp" CONTENT "${text_${text}}")
        list(APPEND sources "${folder}/targets_${text}.cpp")
    endforeach()
    file(GENERATE OUTPUT "${folder}/include/FuzzFunctions.inc" CONTENT "${declarations}")
    file(GENERATE OUTPUT "${folder}/include/FuzzTargets.inc" CONTENT "${table}")
    add_executable(${program} ${sources})
    set_target_properties(${program} PROPERTIES UNITY_BUILD OFF KEYBEARER_UNOPTIMIZED ON)
    target_include_directories(${program} PRIVATE "${folder}/include")
    target_link_libraries(${program} PRIVATE keybearer_flags ${rooms})
endfunction()

# Rooms of the broker and of the programs beside it never meet in one program, and some have the same names.
set(beside "")
foreach(name IN LISTS targets)
    get_property(rooms GLOBAL PROPERTY KB_FUZZ_ROOMS_${name})
    if(rooms MATCHES "kb_(cli|client|import|tray_setup)|keybearer_c")
        list(APPEND beside ${name})
    endif()
endforeach()
list(REMOVE_ITEM targets ${beside})
kb_add_replay(fuzz_corpus_tests 3 ${targets})
kb_add_replay(fuzz_corpus_app_tests 1 ${beside})

# A while of fuzzing, in the build that tests/run --fuzz makes beside this one.
option(KEYBEARER_FUZZ_TESTS "Run the fuzz targets of build-fuzz as well" OFF)
set(KEYBEARER_FUZZ_SECONDS 60 CACHE STRING "How long such a test runs its target")
if(KEYBEARER_FUZZ_TESTS)
    math(EXPR patience "${KEYBEARER_FUZZ_SECONDS} + 240")
    get_property(checked GLOBAL PROPERTY KB_FUZZ_CHECKED)
    foreach(name IN LISTS checked)
        # The same guesses each time: what a commit did not touch does not fail because of it.
        add_test(NAME fuzz.${name} COMMAND "${CMAKE_CURRENT_SOURCE_DIR}/run" --seconds ${KEYBEARER_FUZZ_SECONDS}
                 --seed 1 ${name})
        # After all others: it takes a whole processor, and others look at clocks.
        set_tests_properties(fuzz.${name} PROPERTIES LABELS fuzz TIMEOUT ${patience} COST -1)
    endforeach()
endif()

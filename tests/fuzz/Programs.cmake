# Each target as a program of its own, which tests/fuzz/run runs. The target `fuzzers` builds those of the set that is
# checked, `all_fuzzers` all of them.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "KEYBEARER_FUZZ needs clang: -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++")
endif()

# The rooms are instrumented too, else the fuzzer is blind. Left out are the checks that make most of the code and find
# what AddressSanitizer sees as well. Warnings are the other builds' matter.
target_compile_options(keybearer_flags INTERFACE -gline-tables-only -w -fsanitize=fuzzer-no-link)
if(KEYBEARER_FUZZ_LONG)
    target_compile_options(keybearer_flags INTERFACE -O2 -fno-sanitize-coverage=trace-cmp)
else()
    target_compile_options(keybearer_flags INTERFACE -O1 -fno-omit-frame-pointer -fsanitize=address,undefined
                           -fno-sanitize=null,alignment,vptr,object-size,pointer-overflow -fno-sanitize-recover=all)
    target_link_options(keybearer_flags INTERFACE -fsanitize=address,undefined)
endif()
target_compile_definitions(keybearer_flags INTERFACE _GLIBCXX_ASSERTIONS)

get_property(checked GLOBAL PROPERTY KB_FUZZ_CHECKED)
set(files "")
foreach(name IN LISTS checked)
    get_property(own GLOBAL PROPERTY KB_FUZZ_FILES_${name})
    list(APPEND files ${own})
endforeach()
list(REMOVE_DUPLICATES files)
list(TRANSFORM files PREPEND "${PROJECT_SOURCE_DIR}/")
find_package(Boost 1.81 REQUIRED) # Beast, headers alone
add_library(kb_fuzzed STATIC ${files})
# With CMAKE_UNITY_BUILD a text for each room, but for files whose own names are another file's names too.
set_target_properties(kb_fuzzed PROPERTIES UNITY_BUILD_MODE GROUP)
set(apart AuthorizationAnswer AuthorizationRequest JwkSet Jws PrivateKey ProtectedResource RequestChecks ResponseReader)
foreach(file IN LISTS files)
    cmake_path(GET file STEM stem)
    if(NOT stem IN_LIST apart)
        cmake_path(GET file PARENT_PATH room)
        string(MAKE_C_IDENTIFIER "${room}" group)
        set_source_files_properties("${file}" PROPERTIES UNITY_GROUP ${group})
    endif()
endforeach()
target_link_libraries(kb_fuzzed PUBLIC keybearer_flags kb_base kb_config_tree Qt6::Core Qt6::Network Qt6::NetworkAuth
                      PkgConfig::CJOSE OpenSSL::Crypto Boost::headers)

foreach(name IN LISTS targets)
    add_executable(${name} ${name}.cpp)
    get_property(files GLOBAL PROPERTY KB_FUZZ_FILES_${name})
    get_property(rooms GLOBAL PROPERTY KB_FUZZ_ROOMS_${name})
    if(files)
        set(rooms kb_fuzzed)
    endif()
    target_link_libraries(${name} PRIVATE keybearer_flags ${rooms})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endforeach()

add_custom_target(fuzzers DEPENDS ${checked})
add_custom_target(all_fuzzers DEPENDS ${targets})

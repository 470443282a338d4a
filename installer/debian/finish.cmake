# CPack runs this between copying and packing. Man pages and changelogs are compressed without a name and a time in
# them, programs and the library lose what only their makers need, and every file gets the time of the release, so
# that the same sources make the same bytes.

# everywhere(COMMAND ARGUMENT... WHERE TEST...): find hands what passes its tests to the command.
function(everywhere)
    cmake_parse_arguments(E "" "" "COMMAND;WHERE" ${ARGN})
    execute_process(COMMAND find "${CPACK_TEMPORARY_DIRECTORY}" ${E_WHERE} -exec ${E_COMMAND} {} +
                    COMMAND_ERROR_IS_FATAL ANY)
endfunction()

everywhere(COMMAND gzip -9nf WHERE -type f -path "*/share/man/*.1")
everywhere(COMMAND gzip -9nf WHERE -type f -path "*/share/doc/*/changelog*" -not -name "*.gz")
everywhere(COMMAND strip --strip-all --remove-section=.comment --remove-section=.note WHERE -type f -path "*/usr/bin/*")
everywhere(COMMAND strip --strip-debug --enable-deterministic-archives --remove-section=.comment --remove-section=.note
           WHERE -type f -name "*.a")
if(DEFINED ENV{SOURCE_DATE_EPOCH})
    everywhere(COMMAND touch --no-dereference "--date=@$ENV{SOURCE_DATE_EPOCH}" WHERE -true)
endif()

# The .deb files: keybearer (broker, gateway, command line), keybearer-tray and libkeybearer-dev.

set(kb_debian "${CMAKE_CURRENT_SOURCE_DIR}/debian")
set(kb_packages broker=keybearer dev=libkeybearer-dev)
if(TARGET keybearer-tray)
    list(APPEND kb_packages tray=keybearer-tray)
endif()

# --- files that only a .deb has ---------------------------------------------------------------------------------

foreach(pair IN LISTS kb_packages)
    string(REGEX MATCH "^([a-z]+)=(.+)$" pair "${pair}")
    set(component "${CMAKE_MATCH_1}")
    set(package "${CMAKE_MATCH_2}")
    list(APPEND kb_components ${component} debian_${component})
    install(FILES "${kb_debian}/copyright" DESTINATION share/doc/${package}
            COMPONENT debian_${component} EXCLUDE_FROM_ALL)
    # The packing compresses both: debian/finish.cmake.
    install(FILES "${kb_debian}/changelog" DESTINATION share/doc/${package} RENAME changelog.Debian
            COMPONENT debian_${component} EXCLUDE_FROM_ALL)
    install(FILES "${PROJECT_SOURCE_DIR}/CHANGELOG.md" DESTINATION share/doc/${package} RENAME changelog
            COMPONENT debian_${component} EXCLUDE_FROM_ALL)
    if(EXISTS "${kb_debian}/${package}.lintian-overrides")
        install(FILES "${kb_debian}/${package}.lintian-overrides" DESTINATION share/lintian/overrides
                RENAME ${package} COMPONENT debian_${component} EXCLUDE_FROM_ALL)
    endif()
endforeach()
install(FILES "${PROJECT_BINARY_DIR}/sbom.cdx.json" DESTINATION share/doc/keybearer
        COMPONENT debian_broker EXCLUDE_FROM_ALL OPTIONAL)
if(TARGET keybearer-tray)
    # For every person of the machine; who does not want it turns it off in the settings of the tray. /etc lies beside
    # the prefix /usr, and an absolute destination would leave the folder that is packed.
    install(FILES "${PROJECT_SOURCE_DIR}/resources/keybearer-autostart.desktop" DESTINATION ../etc/xdg/autostart
            RENAME keybearer.desktop COMPONENT debian_tray EXCLUDE_FROM_ALL)
endif()

# --- what is the same for all -----------------------------------------------------------------------------------

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME keybearer)
set(CPACK_PACKAGE_VENDOR Keybearer)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "") # else it stands before the one of each package
set(CPACK_PACKAGE_CONTACT "Keybearer maintainers <maintainers@keybearer.example>")
set(CPACK_PACKAGE_HOMEPAGE_URL "https://keybearer.example/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_THREADS 1) # xz cuts its output by the number of its threads
set(CPACK_PRE_BUILD_SCRIPTS "${kb_debian}/finish.cmake")
set(CPACK_COMPONENTS_ALL ${kb_components})
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

# --- keybearer --------------------------------------------------------------------------------------------------

set(CPACK_DEBIAN_BROKER_PACKAGE_NAME keybearer)
set(CPACK_DEBIAN_BROKER_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_BROKER_PACKAGE_SHLIBDEPS ON)
# QtKeychain loads libsecret when it is used, so nothing that is linked tells of it.
set(CPACK_DEBIAN_BROKER_PACKAGE_DEPENDS "libsecret-1-0")
set(CPACK_DEBIAN_BROKER_PACKAGE_RECOMMENDS
    "ca-certificates, dbus-user-session | dbus-x11, gnome-keyring | org.freedesktop.secrets, xdg-utils")
set(CPACK_DEBIAN_BROKER_PACKAGE_SUGGESTS "keybearer-tray")
set(CPACK_DEBIAN_BROKER_DESCRIPTION "credential broker for local MCP servers and clients
You sign in once to each service, in your own browser. A small daemon keeps
the tokens in the keychain of the desktop, refreshes them in the background,
and hands out short-lived access tokens, and nothing else, to the programs
that you have allowed: MCP servers and clients, scripts, anything that can
open a Unix socket.

This package has the daemon, the gateway to remote MCP servers, the command
line, and systemd user units for socket activation.")

# --- keybearer-tray ---------------------------------------------------------------------------------------------

set(CPACK_DEBIAN_TRAY_PACKAGE_NAME keybearer-tray)
set(CPACK_DEBIAN_TRAY_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_TRAY_PACKAGE_SHLIBDEPS ON)
# The icons of the desktop's theme are drawn by a plugin of libqt6svg6.
set(CPACK_DEBIAN_TRAY_PACKAGE_DEPENDS "keybearer (= ${PROJECT_VERSION}-1), libqt6svg6")
set(CPACK_DEBIAN_TRAY_PACKAGE_RECOMMENDS "qt6-qpa-plugins, qt6-translations-l10n, qt6-wayland")
set(CPACK_DEBIAN_TRAY_PACKAGE_CONTROL_EXTRA "${kb_debian}/conffiles")
set(CPACK_DEBIAN_TRAY_DESCRIPTION "status icon and windows of the Keybearer credential broker
Keybearer keeps the tokens of your sign-ins and hands short-lived access
tokens to the programs that you have allowed.

This package has the status icon, the questions that it asks when a program
wants a token, and the window where you sign in, see who got what, and take
access away again.")

# --- libkeybearer-dev -------------------------------------------------------------------------------------------

set(CPACK_DEBIAN_DEV_PACKAGE_NAME libkeybearer-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "keybearer, nodejs, pkgconf, python3")
set(CPACK_DEBIAN_DEV_DESCRIPTION "ask the Keybearer credential broker for tokens: C, Node, Python
Keybearer keeps the tokens of your sign-ins and hands short-lived access
tokens to the programs that you have allowed.

This package has a static C library with its header, and the modules for Node
and Python, each with an example of an MCP server that uses them.")

foreach(pair IN LISTS kb_packages)
    string(REGEX REPLACE "=.*" "" component "${pair}")
    string(TOUPPER ${component} upper)
    set(CPACK_COMPONENT_${upper}_GROUP ${component})
    set(CPACK_COMPONENT_DEBIAN_${upper}_GROUP ${component})
endforeach()

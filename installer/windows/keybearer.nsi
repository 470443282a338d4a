; The installer for one person of a Windows machine: no administrator, no service. Compiled by installer/windows/build,
; which writes files.nsh and defines VERSION, OUTPUT, FILES and ICON.
Unicode true
!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "${FILES}"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Keybearer"
!define PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"

Name "Keybearer"
OutFile "${OUTPUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Keybearer"
InstallDirRegKey HKCU "Software\Keybearer" "folder"
SetCompressor /SOLID lzma
SetDateSave off
ManifestDPIAware true
ManifestSupportedOS all
BrandingText "Keybearer ${VERSION}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Keybearer"
VIAddVersionKey "FileDescription" "Installs the Keybearer credential broker"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Keybearer developers, GPL-3.0-or-later"

!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\keybearer-tray.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"

LangString programs ${LANG_ENGLISH} "Programs"
LangString programs ${LANG_GERMAN} "Programme"
LangString programs_long ${LANG_ENGLISH} "The broker, the command line, the gateway and the tray."
LangString programs_long ${LANG_GERMAN} "Der Broker, die Befehlszeile, das Gateway und das Tray-Programm."
LangString menu ${LANG_ENGLISH} "Start menu"
LangString menu ${LANG_GERMAN} "Startmenü"
LangString menu_long ${LANG_ENGLISH} "An entry in the start menu."
LangString menu_long ${LANG_GERMAN} "Ein Eintrag im Startmenü."
LangString logon ${LANG_ENGLISH} "Start when I log on"
LangString logon ${LANG_GERMAN} "Bei der Anmeldung starten"
LangString logon_long ${LANG_ENGLISH} "A task that starts the broker when you log on. Without it the first program that asks for a token starts it."
LangString logon_long ${LANG_GERMAN} "Eine Aufgabe, die den Broker bei der Anmeldung startet. Ohne sie startet ihn das erste Programm, das ein Token will."
LangString no_task ${LANG_ENGLISH} "The task could not be made; the broker starts when it is needed."
LangString no_task ${LANG_GERMAN} "Die Aufgabe konnte nicht angelegt werden; der Broker startet, wenn er gebraucht wird."
LangString kept ${LANG_ENGLISH} "Your sign-ins, settings and the audit log are kept. They are in $APPDATA\keybearer, $LOCALAPPDATA\keybearer and the Credential Manager."
LangString kept ${LANG_GERMAN} "Ihre Anmeldungen, Einstellungen und das Protokoll bleiben erhalten. Sie liegen in $APPDATA\keybearer, $LOCALAPPDATA\keybearer und der Anmeldeinformationsverwaltung."

; A program that runs cannot be replaced. The broker writes down what it has before it ends.
!macro StopWhatRuns
    ${If} ${FileExists} "$INSTDIR\bin\keybearer.exe"
        nsExec::Exec '"$INSTDIR\bin\keybearer.exe" --no-spawn --quiet stop'
        Pop $0
        ReadEnvStr $0 USERNAME
        nsExec::Exec '"$SYSDIR\taskkill.exe" /F /IM keybearer-tray.exe /FI "USERNAME eq $0"'
        Pop $0
        Sleep 1000
    ${EndIf}
!macroend

Section "$(programs)" programs
    SectionIn RO
    !insertmacro StopWhatRuns
    !insertmacro InstallFiles
    SetOutPath "$INSTDIR"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "Software\Keybearer" "folder" "$INSTDIR"
    WriteRegStr HKCU "${PATHS}\keybearer.exe" "" "$INSTDIR\bin\keybearer.exe"
    WriteRegStr HKCU "${PATHS}\keybearer-tray.exe" "" "$INSTDIR\bin\keybearer-tray.exe"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Keybearer"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Keybearer developers"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\bin\keybearer-tray.exe"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
SectionEnd

Section "$(menu)" menu
    CreateShortcut "$SMPROGRAMS\Keybearer.lnk" "$INSTDIR\bin\keybearer-tray.exe"
SectionEnd

Section "$(logon)" logon
    nsExec::ExecToLog '"$INSTDIR\bin\keybearer.exe" autostart enable'
    Pop $0
    ${If} $0 != 0
        DetailPrint "$(no_task)"
    ${EndIf}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${programs} "$(programs_long)"
    !insertmacro MUI_DESCRIPTION_TEXT ${menu} "$(menu_long)"
    !insertmacro MUI_DESCRIPTION_TEXT ${logon} "$(logon_long)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Section "Uninstall"
    nsExec::Exec '"$INSTDIR\bin\keybearer.exe" autostart disable'
    Pop $0
    !insertmacro StopWhatRuns
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "Keybearer"
    ; File by file: a person may have chosen a folder in which other things lie.
    !insertmacro RemoveFiles
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Keybearer.lnk"
    DeleteRegKey HKCU "${PATHS}\keybearer.exe"
    DeleteRegKey HKCU "${PATHS}\keybearer-tray.exe"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "Software\Keybearer"
    DetailPrint "$(kept)"
SectionEnd

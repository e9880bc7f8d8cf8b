; The installer for Windows: for one user, without administrator rights.
;
; devtools/building/windows/nsis.py compiles it. It writes build.nsh (what is built) and files.nsh (what is packed) into the
; folder STAGE.
;
; Everything that belongs to the program lies in $INSTDIR\program, so that a new version is unpacked beside the old one
; and takes its place by a rename: what fails before that leaves the old version as it was.
;
; Exit status: 0 done, 1 cancelled, 2 failed, 3 a newer version is installed, 4 the program is running,
; 5 the folder has something else in it, 6 some of the user's data could not be erased.

!include "${STAGE}/build.nsh"
Target ${TARGET}
SetCompressor /SOLID lzma
CRCCheck force
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS all
ManifestLongPathAware true
AllowSkipFiles off

!define NAME "HyperSpot Desktop"
!define EXECUTABLE "hyperspot-desktop.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\HyperSpot Desktop"
!define SHORTCUT "$SMPROGRAMS\${NAME}.lnk"

!define CODE_FAILED 2
!define CODE_NEWER_INSTALLED 3
!define CODE_RUNNING 4
!define CODE_FOREIGN_FOLDER 5
!define CODE_DATA_LEFT 6

Name "${NAME}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
VIProductVersion "${VERSION_OF_FOUR}"
VIFileVersion "${VERSION_OF_FOUR}"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME} Setup"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${PUBLISHER}"

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"

Var Installed        ; the folder of this user's installation, "" when there is none
Var InstalledVersion
Var Situation        ; what the first page says
Var UserData         ; the folder of the user's data
Var EraseData        ; 1 when the uninstaller is to erase it

!include "telling.nsh"
!include "erase_tree.nsh"
!include "running.nsh"
!include "association.nsh"
!include "install.nsh"
!include "uninstall.nsh"

!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TEXT "$Situation"
!define MUI_FINISHPAGE_RUN "$INSTDIR\program\${EXECUTABLE}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.AskAboutData un.HearAboutData
!insertmacro MUI_UNPAGE_INSTFILES
!include "messages.nsh"

; Installs, upgrades and repairs: all three are the same, but for the sentence on the first page.

Function .onInit
  StrCpy $Situation "$(FRESH)"
  ReadRegStr $Installed HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ${IfNot} ${FileExists} "$Installed\uninstall.exe"
    StrCpy $Installed "" ; deleted by hand, so there is nothing to be older than
    Return
  ${EndIf}
  ReadRegStr $InstalledVersion HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "VersionOrder"
  ${VersionCompare} "$0" "${VERSION_ORDER}" $1
  ${If} $1 = 1
    ${Refuse} ${CODE_NEWER_INSTALLED} "$(NEWER_INSTALLED)"
    Quit
  ${ElseIf} $1 = 0
    StrCpy $Situation "$(REPAIR)"
  ${Else}
    StrCpy $Situation "$(UPGRADE)"
  ${EndIf}
FunctionEnd

Function IsOurs ; in: a folder; out: 1 when it is not there, empty or the program's, 0 when it is somebody else's
  Exch $0
  ${If} ${FileExists} "$0\${EXECUTABLE}"
  ${OrIf} $Installed == "$INSTDIR"
    StrCpy $0 1
    Goto done
  ${EndIf}
  ClearErrors
  RMDir "$0" ; only an empty one goes
  ${If} ${FileExists} "$0\*.*"
    StrCpy $0 0
  ${Else}
    StrCpy $0 1
  ${EndIf}
done:
  Exch $0
FunctionEnd

!macro StopIfForeign FOLDER
  Push "${FOLDER}"
  Call IsOurs
  Pop $0
  ${If} $0 = 0
    ${Refuse} ${CODE_FOREIGN_FOLDER} "$(FOREIGN_FOLDER)"
    Abort
  ${EndIf}
!macroend

; Moves a program out of the way, as program.old. It cannot be moved while anything in it is open.
!macro MoveAway FOLDER
  ${If} ${FileExists} "${FOLDER}\program\*.*"
    ${EraseTree} "${FOLDER}\program.old"
    ClearErrors
    Rename "${FOLDER}\program" "${FOLDER}\program.old"
    ${If} ${Errors}
      ${EraseTree} "$INSTDIR\program.new"
      ${Refuse} ${CODE_RUNNING} "$(RUNNING)"
      Abort
    ${EndIf}
  ${EndIf}
!macroend

Section
  ${If} $Installed != ""
    Push $Installed
    Call WaitUntilClosed
  ${EndIf}
  !insertmacro StopIfForeign "$INSTDIR\program"
  !insertmacro StopIfForeign "$INSTDIR\program.new"
  !insertmacro StopIfForeign "$INSTDIR\program.old"
  ${EraseTree} "$INSTDIR\program.new"
  ClearErrors
  SetOverwrite try
  !include "${STAGE}/files.nsh" ; unpacks into $INSTDIR\program.new
  ; Windows moves no folder that a process, this one too, works in.
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
    ${EraseTree} "$INSTDIR\program.new"
    ${Refuse} ${CODE_FAILED} "$(NOT_WRITTEN)"
    Abort
  ${EndIf}

  ${If} $Installed != ""
  ${AndIf} $Installed != "$INSTDIR"
    !insertmacro MoveAway "$Installed"
  ${EndIf}
  !insertmacro MoveAway "$INSTDIR"
  ClearErrors
  Rename "$INSTDIR\program.new" "$INSTDIR\program"
  ${If} ${Errors}
    Rename "$INSTDIR\program.old" "$INSTDIR\program"
    ${EraseTree} "$INSTDIR\program.new"
    ${Refuse} ${CODE_FAILED} "$(NOT_WRITTEN)"
    Abort
  ${EndIf}
  ${If} $Installed != ""
  ${AndIf} $Installed != "$INSTDIR"
    ${EraseTree} "$Installed\program.old"
    Delete "$Installed\uninstall.exe"
    RMDir "$Installed"
  ${EndIf}
  ${EraseTree} "$INSTDIR\program.old"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "VersionOrder" "${VERSION_ORDER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\program\${EXECUTABLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KIB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  ; The shortcut starts the program in this folder: one that is there as long as the user is.
  SetOutPath "$PROFILE"
  CreateShortcut "${SHORTCUT}" "$INSTDIR\program\${EXECUTABLE}"
  !insertmacro Associate
SectionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  ${EraseTree} "$INSTDIR\program.new"
  RMDir "$INSTDIR" ; unless something was there before
FunctionEnd

; Takes away what was installed, and the user's data only when that is asked for.

Function un.onInit
  ; Where src/hyperspot_desktop/profile.py keeps them: ~/.hyperspot, and ~ is what this variable says.
  ReadEnvStr $UserData "USERPROFILE"
  ${If} $UserData == ""
    StrCpy $UserData "$PROFILE"
  ${EndIf}
  StrCpy $UserData "$UserData\.hyperspot"
  StrCpy $EraseData 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/ERASE-DATA" $1
  ${IfNot} ${Errors}
    StrCpy $EraseData 1
  ${EndIf}
FunctionEnd

Var EraseChoice

Function un.AskAboutData
  ${IfNot} ${FileExists} "$UserData\*.*"
    Abort ; the page
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(DATA_TITLE)" "$(DATA_SUBTITLE)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 40u "$(DATA_WHERE)"
  Pop $0
  ${NSD_CreateRadioButton} 0 48u 100% 12u "$(DATA_KEEP)"
  Pop $0
  ${NSD_CreateRadioButton} 0 64u 100% 12u "$(DATA_ERASE)"
  Pop $EraseChoice
  ${If} $EraseData = 1
    StrCpy $0 $EraseChoice
  ${EndIf}
  ${NSD_Check} $0
  nsDialogs::Show
FunctionEnd

Function un.HearAboutData
  ${NSD_GetState} $EraseChoice $EraseData
FunctionEnd

Section "un."
  SetOutPath "$TEMP" ; Windows removes no folder that a process works in
  Push $INSTDIR
  Call un.WaitUntilClosed
  ReadRegStr $Installed HKCU "${UNINSTALL_KEY}" "InstallLocation"
  ; A folder named program may be anybody's where this file was copied to.
  ${If} ${FileExists} "$INSTDIR\program\${EXECUTABLE}"
    ${un.EraseTree} "$INSTDIR\program.old"
    ClearErrors
    Rename "$INSTDIR\program" "$INSTDIR\program.old" ; it cannot be moved while anything in it is open
    ${If} ${Errors}
      ${un.Refuse} ${CODE_RUNNING} "$(RUNNING)"
      Abort
    ${EndIf}
    ${un.EraseTree} "$INSTDIR\program.old"
  ${EndIf}
  ${If} $Installed == "$INSTDIR"
    ${un.EraseTree} "$INSTDIR\program"
    ${un.EraseTree} "$INSTDIR\program.new"
    ${un.EraseTree} "$INSTDIR\program.old"
  ${EndIf}
  ; An installation that lies elsewhere, and is complete, keeps its entries.
  ${If} $Installed == "$INSTDIR"
  ${OrIfNot} ${FileExists} "$Installed\uninstall.exe"
    Delete "${SHORTCUT}"
    !insertmacro Dissociate
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ${EndIf}
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays when the user put something there

  ${If} $EraseData = 1
    ${un.EraseTree} "$UserData"
    ${If} $NotErased != ""
      ${un.Refuse} ${CODE_DATA_LEFT} "$(DATA_LEFT)"
    ${EndIf}
  ${EndIf}
SectionEnd

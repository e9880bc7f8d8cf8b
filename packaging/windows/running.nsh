; Finds out whether the program of an installation is running, and asks to close it.

!macro RUNNING UN
Function ${UN}Runs ; in: the folder of an installation; out: 1 when one of its programs runs, else 0
  Exch $0
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  StrCpy $4 0
  FindFirst $1 $2 "$0\program\*.exe"
  ${DoWhile} $2 != ""
    ; Windows lets nobody write to a program that runs: error 32, a sharing violation. Everything may be shared with
    ; whoever reads it, so that a virus scanner is not taken for the program.
    StrCpy $5 "$0\program\$2"
    System::Call 'kernel32::CreateFileW(w r5, i 0x40000000, i 7, p 0, i 3, i 0, p 0) p .r3 ?e'
    Pop $5
    ${If} $3 <> -1
      System::Call 'kernel32::CloseHandle(p r3)'
    ${ElseIf} $5 = 32
      StrCpy $4 1
    ${EndIf}
    FindNext $1 $2
  ${Loop}
  FindClose $1
  StrCpy $0 $4
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Exch $0
FunctionEnd

Function ${UN}WaitUntilClosed ; in: the folder of an installation. Ends everything when nobody closes the program.
  Exch $0
  Push $1
  ${Do}
    Push $0
    Call ${UN}Runs
    Pop $1
    ${If} $1 = 0
      ${Break}
    ${EndIf}
    ${If} ${Silent}
      !insertmacro Refuse "${UN}" ${CODE_RUNNING} "$(RUNNING)"
      Abort
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" IDCANCEL`
      SetErrorLevel ${CODE_RUNNING}
      Abort
    ${EndIf}
  ${Loop}
  Pop $1
  Pop $0
FunctionEnd
!macroend
!insertmacro RUNNING ""
!insertmacro RUNNING "un."

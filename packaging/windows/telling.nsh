; Says a sentence to whoever installs: in a box, or on standard output when nobody looks.

!macro TELLING UN
Function ${UN}Tell ; the sentence is on the stack
  Exch $0
  ${IfNot} ${Silent}
    MessageBox MB_OK|MB_ICONSTOP "$0"
  ${Else}
    Push $1
    Push $2
    Push $3
    Push $4
    StrCpy $0 "$0$\r$\n"
    ; A program with windows has no console of its own; it may use that of the shell that started it.
    System::Call 'kernel32::AttachConsole(i -1)'
    System::Call 'kernel32::GetStdHandle(i -11) p .r1'
    StrLen $2 $0
    System::Call 'kernel32::WriteConsoleW(p r1, w r0, i r2, *i .r3, p 0) i .r4'
    ${If} $4 = 0
      ; It is a file or a pipe: those get UTF-8.
      System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i r2, p 0, i 0, p 0, p 0) i .r3'
      System::Alloc $3
      Pop $4
      System::Call 'kernel32::WideCharToMultiByte(i 65001, i 0, w r0, i r2, p r4, i r3, p 0, p 0)'
      System::Call 'kernel32::WriteFile(p r1, p r4, i r3, *i .r2, p 0)'
      System::Free $4
    ${EndIf}
    Pop $4
    Pop $3
    Pop $2
    Pop $1
  ${EndIf}
  Pop $0
FunctionEnd
!macroend
!insertmacro TELLING ""
!insertmacro TELLING "un."

; Says why this goes no further, and sets the exit status. What follows is Quit or Abort.
!macro Refuse UN CODE SENTENCE
  Push "${SENTENCE}"
  Call ${UN}Tell
  SetErrorLevel ${CODE}
!macroend
!define Refuse "!insertmacro Refuse ''"
!define un.Refuse "!insertmacro Refuse 'un.'"

; Erases a file or a folder with everything in it. Links and junctions go, and what they lead to stays.
; NSIS's own RMDir /r does not promise that, and it gives up on long paths.

Var NotErased ; the first thing that could not be erased, "" when there is none

!macro ERASE_TREE UN
Function ${UN}EraseTree ; the path is on the stack, at least a drive and a folder
  Exch $0
  StrCpy $NotErased ""
  Push $1
  StrCpy $1 $0 1 1
  ${If} $1 == ":"
    StrCpy $0 "\\?\$0" ; paths of any length
  ${EndIf}
  Pop $1
  Push $0
  Call ${UN}EraseBranch
  Pop $0
FunctionEnd

Function ${UN}EraseBranch
  Exch $0 ; path
  Push $1 ; its attributes, -1 when it is not there
  Push $2 ; search
  Push $3 ; name of what is in it
  System::Call 'kernel32::GetFileAttributesW(w r0) i .r1'
  ${If} $1 = -1
    Goto done
  ${EndIf}
  IntOp $2 $1 & 0x410
  ${If} $2 = 0x10 ; a folder, and no reparse point
    FindFirst $2 $3 "$0\*"
    ${DoWhile} $3 != ""
      ${If} $3 != "."
      ${AndIf} $3 != ".."
        Push "$0\$3"
        Call ${UN}EraseBranch
      ${EndIf}
      FindNext $2 $3
    ${Loop}
    FindClose $2
  ${EndIf}
  IntOp $2 $1 & 0x1
  ${If} $2 <> 0
    System::Call 'kernel32::SetFileAttributesW(w r0, i 0x80)' ; write-protected files cannot be erased
  ${EndIf}
  IntOp $2 $1 & 0x10
  ${If} $2 <> 0
    System::Call 'kernel32::RemoveDirectoryW(w r0) i .r3'
  ${Else}
    System::Call 'kernel32::DeleteFileW(w r0) i .r3'
  ${EndIf}
  ${If} $3 = 0
  ${AndIf} $NotErased == ""
    StrCpy $NotErased $0 "" 4 ; as people write it
  ${EndIf}
done:
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd
!macroend
!insertmacro ERASE_TREE ""
!insertmacro ERASE_TREE "un."

!macro EraseTree UN PATH
  Push "${PATH}"
  Call ${UN}EraseTree
!macroend
!define EraseTree "!insertmacro EraseTree ''"
!define un.EraseTree "!insertmacro EraseTree 'un.'"

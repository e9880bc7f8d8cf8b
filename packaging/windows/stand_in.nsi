; A small program for Windows that stands for the real one where that cannot be made: on Linux.
;
; It adds a line to stand-in.txt in the user's temporary folder, with how it was called. With /HOLD it runs until
; stand-in.stop is there, for two minutes at most.

!include "LogicLib.nsh"
!include "FileFunc.nsh"
Target amd64-unicode
SilentInstall silent
RequestExecutionLevel user
Name "stand-in"
OutFile "${OUTPUT}"
VIProductVersion "0.0.0.0"
VIAddVersionKey /LANG=0 "FileDescription" "Stands for the real program"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductName" "stand-in"
VIAddVersionKey /LANG=0 "LegalCopyright" "none"

Section
  SetOutPath "$TEMP" ; nothing is held but this file
  FileOpen $0 "$TEMP\stand-in.txt" a
  FileSeek $0 0 END
  FileWriteUTF16LE $0 "$CMDLINE$\r$\n"
  FileClose $0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/HOLD" $1
  ${IfNot} ${Errors}
    ${For} $1 1 1200
      ${If} ${FileExists} "$TEMP\stand-in.stop"
        ${Break}
      ${EndIf}
      Sleep 100
    ${Next}
  ${EndIf}
SectionEnd

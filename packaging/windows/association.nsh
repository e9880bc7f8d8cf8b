; Models (.gguf) can be opened with the program. What another program does with them stays as it was.

!define CLASSES "Software\Classes"
!define PROGRAM_ID "HyperSpot.Model"

!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; SHCNE_ASSOCCHANGED
!macroend

!macro Associate
  WriteRegStr HKCU "${CLASSES}\${PROGRAM_ID}" "" "$(MODEL)"
  WriteRegStr HKCU "${CLASSES}\${PROGRAM_ID}\DefaultIcon" "" '"$INSTDIR\program\${EXECUTABLE}",0'
  WriteRegStr HKCU "${CLASSES}\${PROGRAM_ID}\shell\open\command" "" '"$INSTDIR\program\${EXECUTABLE}" "%1"'
  WriteRegStr HKCU "${CLASSES}\.gguf\OpenWithProgids" "${PROGRAM_ID}" ""
  ReadRegStr $0 HKCU "${CLASSES}\.gguf" ""
  ReadRegStr $1 HKCR ".gguf" "" ; what holds for everybody (and in Windows, unlike in Wine 8, for this user)
  ${If} "$0$1" == ""
    WriteRegStr HKCU "${CLASSES}\.gguf" "" "${PROGRAM_ID}"
  ${EndIf}
  !insertmacro TellExplorer
!macroend

!macro Dissociate
  DeleteRegKey HKCU "${CLASSES}\${PROGRAM_ID}"
  DeleteRegValue HKCU "${CLASSES}\.gguf\OpenWithProgids" "${PROGRAM_ID}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\.gguf\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\.gguf" ""
  ${If} $0 == "${PROGRAM_ID}"
    DeleteRegValue HKCU "${CLASSES}\.gguf" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\.gguf"
  !insertmacro TellExplorer
!macroend

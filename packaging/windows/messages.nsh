; What people read. English, German and Chinese, as in the program itself; Windows says which.

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "SimpChinese"

!macro Message ID ENGLISH GERMAN CHINESE
  LangString ${ID} ${LANG_ENGLISH} "${ENGLISH}"
  LangString ${ID} ${LANG_GERMAN} "${GERMAN}"
  LangString ${ID} ${LANG_SIMPCHINESE} "${CHINESE}"
!macroend
!define Message "!insertmacro Message"

${Message} FRESH \
  "${NAME} ${VERSION} will be installed for you alone. This needs no administrator." \
  "${NAME} ${VERSION} wird für Sie allein installiert. Dazu braucht es keinen Administrator." \
  "将仅为您安装 ${NAME} ${VERSION}，不需要管理员权限。"
${Message} UPGRADE \
  "Version $InstalledVersion is installed and will be replaced by ${VERSION}. Your data stay as they are." \
  "Version $InstalledVersion ist installiert und wird durch ${VERSION} ersetzt. Ihre Daten bleiben, wie sie sind." \
  "已安装版本 $InstalledVersion，将升级到 ${VERSION}。您的数据保持不变。"
${Message} REPAIR \
  "Version ${VERSION} is installed. Its files will be replaced by new ones. Your data stay as they are." \
  "Version ${VERSION} ist installiert. Ihre Dateien werden durch neue ersetzt. Ihre Daten bleiben, wie sie sind." \
  "已安装版本 ${VERSION}，程序文件将重新写入。您的数据保持不变。"
${Message} NEWER_INSTALLED \
  "${NAME} $InstalledVersion is installed, and this is the older version ${VERSION}. To go back, uninstall the newer one first; your data can stay." \
  "${NAME} $InstalledVersion ist installiert, und dies ist die ältere Version ${VERSION}. Um zurückzugehen, deinstallieren Sie zuerst die neuere; Ihre Daten können bleiben." \
  "已安装较新的 ${NAME} $InstalledVersion，而此安装程序是较旧的版本 ${VERSION}。如需回退，请先卸载较新的版本；数据可以保留。"
${Message} RUNNING \
  "${NAME} is running. Close it and try again." \
  "${NAME} läuft gerade. Schließen Sie es und versuchen Sie es noch einmal." \
  "${NAME} 正在运行。请关闭后重试。"
${Message} FOREIGN_FOLDER \
  "$INSTDIR has a folder named program that belongs to something else. Choose another folder." \
  "In $INSTDIR liegt ein Ordner namens program, der zu etwas anderem gehört. Wählen Sie einen anderen Ordner." \
  "$INSTDIR 中名为 program 的文件夹属于其他程序。请选择另一个文件夹。"
${Message} NOT_WRITTEN \
  "The files could not be written to $INSTDIR; what was there before is unchanged. Make room or choose another folder, then try again." \
  "Die Dateien konnten nicht nach $INSTDIR geschrieben werden; was vorher dort war, ist unverändert. Schaffen Sie Platz oder wählen Sie einen anderen Ordner und versuchen Sie es noch einmal." \
  "无法将文件写入 $INSTDIR；原有内容未改变。请释放空间或选择其他文件夹后重试。"
${Message} MODEL "Language model (GGUF)" "Sprachmodell (GGUF)" "语言模型 (GGUF)"

${Message} DATA_TITLE "Your data" "Ihre Daten" "您的数据"
${Message} DATA_SUBTITLE "Keep them or erase them?" "Behalten oder löschen?" "保留还是删除？"
${Message} DATA_WHERE \
  "Your chats, models, settings and what was read from your documents lie in $UserData. Your documents themselves are not touched, nor are models that lie elsewhere." \
  "Ihre Gespräche, Modelle und Einstellungen, und was aus Ihren Dokumenten gelesen wurde, liegen in $UserData. Ihre Dokumente selbst werden nicht berührt, auch nicht Modelle, die anderswo liegen." \
  "您的对话、模型、设置以及从文档中读取的内容位于 $UserData。您的文档本身以及存放在其他位置的模型不受影响。"
${Message} DATA_KEEP "Keep my data" "Meine Daten behalten" "保留我的数据"
${Message} DATA_ERASE "Erase my data for good" "Meine Daten endgültig löschen" "永久删除我的数据"
${Message} DATA_LEFT \
  "$NotErased could not be erased. Close what uses it and erase $UserData by hand." \
  "$NotErased konnte nicht gelöscht werden. Schließen Sie, was darauf zugreift, und löschen Sie $UserData von Hand." \
  "无法删除 $NotErased。请关闭正在使用它的程序，然后手动删除 $UserData。"

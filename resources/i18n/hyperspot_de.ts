<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ActivityPage</name>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Jobs</source>
        <translation>Aufgaben</translation>
    </message>
    <message>
        <source>One job is under way. It goes on while you chat, and after a restart.</source>
        <translation>Eine Aufgabe läuft. Sie geht weiter, während Sie chatten, und auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>%1 jobs are under way. They go on while you chat, and after a restart.</source>
        <translation>%1 Aufgaben laufen. Sie gehen weiter, während Sie chatten, und auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>Nothing is running. Downloads, measurements and indexing show up here.</source>
        <translation>Zurzeit läuft nichts. Downloads, Messungen und Indexierung erscheinen hier.</translation>
    </message>
    <message>
        <source>When you add documents, or download or measure a model, its progress is here.</source>
        <translation>Wenn Sie Dokumente hinzufügen oder ein Modell herunterladen oder messen, sehen Sie hier den Fortschritt.</translation>
    </message>
    <message>
        <source>Clear finished</source>
        <translation>Erledigte entfernen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>All quiet</source>
        <translation>Alles ruhig</translation>
    </message>
</context>
<context>
    <name>AddSheet</name>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Name of a collection</source>
        <translation>Name einer Sammlung</translation>
    </message>
    <message>
        <source>They are added to what is in it.</source>
        <translation>Sie kommen zum bisherigen Inhalt hinzu.</translation>
    </message>
    <message>
        <source>A new collection.</source>
        <translation>Eine neue Sammlung.</translation>
    </message>
    <message>
        <source>Notice changes</source>
        <translation>Änderungen bemerken</translation>
    </message>
    <message>
        <source>New and changed files are read by themselves, also after a restart.</source>
        <translation>Neue und geänderte Dateien werden von selbst gelesen, auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>BackupLine</name>
    <message>
        <source>Reading every page …</source>
        <translation>Jede Seite wird gelesen …</translation>
    </message>
    <message>
        <source>Also in the second folder</source>
        <translation>Auch im zweiten Ordner</translation>
    </message>
    <message>
        <source>Look inside</source>
        <translation>Hineinsehen</translation>
    </message>
    <message>
        <source>More about the backup of %1</source>
        <translation>Mehr zur Sicherung von %1</translation>
    </message>
    <message>
        <source>Check every page</source>
        <translation>Jede Seite prüfen</translation>
    </message>
    <message>
        <source>Restore everything at the next start</source>
        <translation>Beim nächsten Start alles wiederherstellen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Move to the trash</source>
        <translation>In den Papierkorb</translation>
    </message>
</context>
<context>
    <name>BackupSheet</name>
    <message>
        <source>Inside the backup</source>
        <translation>In der Sicherung</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Find a conversation in the backup</source>
        <translation>Eine Unterhaltung in der Sicherung finden</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>Eine Unterhaltung finden</translation>
    </message>
    <message>
        <source>Conversations in the backup</source>
        <translation>Unterhaltungen in der Sicherung</translation>
    </message>
    <message>
        <source>No conversation has this in its title.</source>
        <translation>Keine Unterhaltung hat das im Titel.</translation>
    </message>
    <message>
        <source>There is no conversation in it.</source>
        <translation>Sie enthält keine Unterhaltung.</translation>
    </message>
    <message>
        <source>Messages in the backup</source>
        <translation>Nachrichten in der Sicherung</translation>
    </message>
    <message>
        <source>Choose a conversation to read it</source>
        <translation>Wählen Sie eine Unterhaltung, um sie zu lesen</translation>
    </message>
    <message>
        <source>It has no messages</source>
        <translation>Sie hat keine Nachrichten</translation>
    </message>
    <message>
        <source>Looking changes nothing.</source>
        <translation>Hineinsehen ändert nichts.</translation>
    </message>
    <message>
        <source>What is here now is never overwritten; it is backed up first.</source>
        <translation>Was jetzt hier ist, wird nie überschrieben; vorher wird es gesichert.</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>Choose what is not here</source>
        <translation>Auswählen, was hier fehlt</translation>
    </message>
    <message>
        <source>Restoring …</source>
        <translation>Wird wiederhergestellt …</translation>
    </message>
    <message>
        <source>Restore %1 chosen</source>
        <translation>%1 ausgewählte wiederherstellen</translation>
    </message>
    <message>
        <source>Restore this one</source>
        <translation>Diese wiederherstellen</translation>
    </message>
</context>
<context>
    <name>BackupsHead</name>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Making a backup …</source>
        <translation>Sicherung wird erstellt …</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>What is here now was backed up, and its file is kept. What you write until then is in that file.</source>
        <translation>Was jetzt hier ist, wurde gesichert, und seine Datei bleibt erhalten. Was Sie bis dahin schreiben, ist in dieser Datei.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Back up automatically</source>
        <translation>Automatisch sichern</translation>
    </message>
    <message>
        <source>Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.</source>
        <translation>Jede Stunde, in der sich etwas geändert hat. Behalten werden 24 Stunden, 7 Tage, 4 Wochen und 12 Monate.</translation>
    </message>
    <message>
        <source>Second folder</source>
        <translation>Zweiter Ordner</translation>
    </message>
    <message>
        <source>None. A folder on another drive gets a copy of the newest backup.</source>
        <translation>Keiner. Ein Ordner auf einem anderen Laufwerk bekommt eine Kopie der neuesten Sicherung.</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
</context>
<context>
    <name>BackupsPage</name>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>No backup yet</source>
        <translation>Noch keine Sicherung</translation>
    </message>
    <message>
        <source>The first one is made by itself within an hour in which something changed. It is encrypted like everything here.</source>
        <translation>Die erste entsteht von selbst binnen einer Stunde, in der sich etwas geändert hat. Sie ist verschlüsselt wie alles hier.</translation>
    </message>
    <message>
        <source>A folder for second copies</source>
        <translation>Ein Ordner für zweite Kopien</translation>
    </message>
</context>
<context>
    <name>BackupsTrash</name>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>There is no way back.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Zurücknehmen</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>CandidateLine</name>
    <message>
        <source>%1, %2: %3. %4</source>
        <translation>%1, %2: %3. %4</translation>
    </message>
</context>
<context>
    <name>ChatList</name>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
</context>
<context>
    <name>ChatPage</name>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Show the side bar</source>
        <translation>Seitenleiste einblenden</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Private: in memory only</source>
        <translation>Privat: nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Conversation settings</source>
        <translation>Einstellungen der Unterhaltung</translation>
    </message>
    <message>
        <source>Hide the source (Ctrl+I)</source>
        <translation>Quelle ausblenden (Strg+I)</translation>
    </message>
    <message>
        <source>Show the source (Ctrl+I)</source>
        <translation>Quelle einblenden (Strg+I)</translation>
    </message>
    <message>
        <source>What shall we look at?</source>
        <translation>Womit wollen wir uns beschäftigen?</translation>
    </message>
    <message>
        <source>%1 answers here, on this computer. What you write stays on it.</source>
        <translation>%1 antwortet hier, auf diesem Computer. Was Sie schreiben, bleibt auf ihm.</translation>
    </message>
    <message>
        <source>Answers come from %1, each with the places it rests on.</source>
        <translation>Antworten kommen aus %1, jede mit den Stellen, auf die sie sich stützt.</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Ask about your documents…</source>
        <translation>Fragen Sie zu Ihren Dokumenten …</translation>
    </message>
    <message>
        <source>Ask anything</source>
        <translation>Fragen Sie, was Sie möchten</translation>
    </message>
    <message>
        <source>Running on this computer</source>
        <translation>Läuft auf diesem Computer</translation>
    </message>
    <message>
        <source>Context used</source>
        <translation>Belegter Kontext</translation>
    </message>
</context>
<context>
    <name>CitePeek</name>
    <message>
        <source>%1, %2: %3</source>
        <translation>%1, %2: %3</translation>
    </message>
</context>
<context>
    <name>CodeBlock</name>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Copy code</source>
        <translation>Code kopieren</translation>
    </message>
</context>
<context>
    <name>CollectionCard</name>
    <message>
        <source>New name of %1</source>
        <translation>Neuer Name von %1</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr zu %1</translation>
    </message>
    <message>
        <source>Ask about it</source>
        <translation>Dazu fragen</translation>
    </message>
    <message>
        <source>Search in it</source>
        <translation>Darin suchen</translation>
    </message>
    <message>
        <source>Look for changes</source>
        <translation>Nach Änderungen suchen</translation>
    </message>
    <message>
        <source>Try again what could not be read</source>
        <translation>Nicht Lesbares erneut versuchen</translation>
    </message>
    <message>
        <source>Read everything again</source>
        <translation>Alles neu lesen</translation>
    </message>
    <message>
        <source>Changes are noticed</source>
        <translation>Änderungen werden bemerkt</translation>
    </message>
    <message>
        <source>Notice changes from now on</source>
        <translation>Änderungen ab jetzt bemerken</translation>
    </message>
    <message>
        <source>Show in the file manager</source>
        <translation>Im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>What belongs to it</source>
        <translation>Was dazugehört</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Remove (your files stay)</source>
        <translation>Entfernen (Ihre Dateien bleiben)</translation>
    </message>
</context>
<context>
    <name>CollectionPill</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Answers from: %1</source>
        <translation>Antworten aus: %1</translation>
    </message>
    <message>
        <source>Answer from documents</source>
        <translation>Aus Dokumenten antworten</translation>
    </message>
    <message>
        <source>No documents</source>
        <translation>Keine Dokumente</translation>
    </message>
    <message>
        <source>Add documents…</source>
        <translation>Dokumente hinzufügen …</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask anything</source>
        <translation>Fragen Sie, was Sie möchten</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>Nachricht</translation>
    </message>
    <message>
        <source>Stop the answer (Esc)</source>
        <translation>Antwort anhalten (Esc)</translation>
    </message>
    <message>
        <source>Send (Enter)</source>
        <translation>Senden (Eingabe)</translation>
    </message>
    <message>
        <source>Send (Ctrl+Enter)</source>
        <translation>Senden (Strg+Eingabe)</translation>
    </message>
</context>
<context>
    <name>ConversationItem</name>
    <message>
        <source>New title</source>
        <translation>Neuer Titel</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr zu %1</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>In den Papierkorb legen</translation>
    </message>
</context>
<context>
    <name>ConversationSheet</name>
    <message>
        <source>The default model</source>
        <translation>Das Standardmodell</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>0 to 2; low is predictable</source>
        <translation>0 bis 2; niedrig ist vorhersehbar</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>0 to 1; share of likely words</source>
        <translation>0 bis 1; Anteil der wahrscheinlichen Wörter</translation>
    </message>
    <message>
        <source>Longest answer, in tokens</source>
        <translation>Längste Antwort, in Token</translation>
    </message>
    <message>
        <source>As long as it needs</source>
        <translation>So lang wie nötig</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Another one each time</source>
        <translation>Jedes Mal ein anderer</translation>
    </message>
    <message>
        <source>Conversation settings</source>
        <translation>Einstellungen der Unterhaltung</translation>
    </message>
    <message>
        <source>They count from the next answer on. An empty field leaves it to the model.</source>
        <translation>Sie gelten ab der nächsten Antwort. Ein leeres Feld überlässt es dem Modell.</translation>
    </message>
    <message>
        <source>System prompt</source>
        <translation>Systemprompt</translation>
    </message>
    <message>
        <source>How the model should answer: its role, its tone, what to leave out</source>
        <translation>Wie das Modell antworten soll: seine Rolle, sein Ton, was es weglässt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model: %1</source>
        <translation>Modell: %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
</context>
<context>
    <name>CrashSheet</name>
    <message>
        <source>Report on the last run</source>
        <translation>Bericht über den letzten Lauf</translation>
    </message>
    <message>
        <source>This is all that is saved: times, versions, and places in the program. None of your words, titles, file names, and no name of yours is in it.</source>
        <translation>Das ist alles, was gespeichert wird: Zeiten, Versionen und Stellen im Programm. Keine Ihrer Worte, Titel und Dateinamen und kein Name von Ihnen steht darin.</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Save the report as a text file</source>
        <translation>Den Bericht als Textdatei speichern</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Den Bericht speichern</translation>
    </message>
</context>
<context>
    <name>DamageChoices</name>
    <message>
        <source>Your profile is being repaired</source>
        <translation>Ihr Profil wird repariert</translation>
    </message>
    <message>
        <source>The backup is being restored</source>
        <translation>Die Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Your profile is damaged</source>
        <translation>Ihr Profil ist beschädigt</translation>
    </message>
    <message>
        <source>Your profile is missing</source>
        <translation>Ihr Profil fehlt</translation>
    </message>
    <message>
        <source>This may take some minutes. Every page is checked before it counts, and what was there before is kept.</source>
        <translation>Das kann einige Minuten dauern. Jede Seite wird geprüft, bevor sie zählt, und was vorher da war, bleibt erhalten.</translation>
    </message>
    <message>
        <source>Repair it</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>What can be read is put together again; what cannot comes from the newest whole backup.</source>
        <translation>Was lesbar ist, wird wieder zusammengesetzt; was nicht, kommt aus der neuesten unversehrten Sicherung.</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Reparieren</translation>
    </message>
    <message>
        <source>Restore the newest whole backup</source>
        <translation>Die neueste unversehrte Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>There is none that can be used with the key of this profile.</source>
        <translation>Es gibt keine, die mit dem Schlüssel dieses Profils benutzt werden kann.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>DeletedBlock</name>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
</context>
<context>
    <name>DocumentsHead</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Folders and files you have added. Everything is read and indexed on this computer.</source>
        <translation>Ordner und Dateien, die Sie hinzugefügt haben. Alles wird auf diesem Computer gelesen und indexiert.</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>No search model is installed: passages are found by their words only.</source>
        <translation>Es ist kein Suchmodell installiert: Passagen werden nur nach ihren Wörtern gefunden.</translation>
    </message>
    <message>
        <source>With one they are found by what they mean as well; nothing has to be added again.</source>
        <translation>Mit einem werden sie auch nach ihrer Bedeutung gefunden; nichts muss erneut hinzugefügt werden.</translation>
    </message>
    <message>
        <source>Choose a search model</source>
        <translation>Suchmodell auswählen</translation>
    </message>
    <message>
        <source>Collections</source>
        <translation>Sammlungen</translation>
    </message>
    <message>
        <source>Filter by name</source>
        <translation>Nach Namen filtern</translation>
    </message>
    <message>
        <source>No file is like that.</source>
        <translation>Keine Datei passt dazu.</translation>
    </message>
    <message>
        <source>No file in this collection yet.</source>
        <translation>Noch keine Datei in dieser Sammlung.</translation>
    </message>
    <message>
        <source>Show all files</source>
        <translation>Alle Dateien zeigen</translation>
    </message>
</context>
<context>
    <name>DocumentsPage</name>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Files of %1</source>
        <translation>Dateien von %1</translation>
    </message>
    <message>
        <source>Folders and files you have added. Everything is read and indexed on this computer.</source>
        <translation>Ordner und Dateien, die Sie hinzugefügt haben. Alles wird auf diesem Computer gelesen und indexiert.</translation>
    </message>
    <message>
        <source>No documents yet</source>
        <translation>Noch keine Dokumente</translation>
    </message>
    <message>
        <source>Add files or a folder, or drop them here. You can search them, and answers will cite them; they never leave this computer.</source>
        <translation>Fügen Sie Dateien oder einen Ordner hinzu oder ziehen Sie sie hierher. Sie können sie durchsuchen, und Antworten zitieren sie; sie verlassen diesen Computer nie.</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
    <message>
        <source>Try with the sample documents</source>
        <translation>Mit den Beispieldokumenten ausprobieren</translation>
    </message>
    <message>
        <source>Choose files to add</source>
        <translation>Dateien zum Hinzufügen auswählen</translation>
    </message>
    <message>
        <source>Choose a folder to watch</source>
        <translation>Ordner zum Überwachen auswählen</translation>
    </message>
</context>
<context>
    <name>DoneLine</name>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>DropFace</name>
    <message>
        <source>Drop files and folders to add them</source>
        <translation>Dateien und Ordner hier ablegen, um sie hinzuzufügen</translation>
    </message>
    <message>
        <source>They stay where they are and are only read.</source>
        <translation>Sie bleiben, wo sie sind, und werden nur gelesen.</translation>
    </message>
</context>
<context>
    <name>ErrorNote</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>ExchangePage</name>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Your conversations are yours: take them out into files that any program can read, and bring in those from elsewhere.</source>
        <translation>Ihre Unterhaltungen gehören Ihnen: Holen Sie sie heraus in Dateien, die jedes Programm lesen kann, und bringen Sie welche von anderswo herein.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ExportCard</name>
    <message>
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message>
        <source>What to export</source>
        <translation>Was exportiert wird</translation>
    </message>
    <message>
        <source>All conversations</source>
        <translation>Alle Unterhaltungen</translation>
    </message>
    <message>
        <source>Some</source>
        <translation>Einige</translation>
    </message>
    <message>
        <source>Whole profile</source>
        <translation>Ganzes Profil</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>HTML</source>
        <translation>HTML</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>It is not encrypted: keep it where only you can read it.</source>
        <translation>Die Datei ist nicht verschlüsselt: Bewahren Sie sie auf, wo nur Sie sie lesen können.</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Wird exportiert</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>There are no conversations to export yet.</source>
        <translation>Es gibt noch keine Unterhaltungen zum Exportieren.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Export into a new folder in</source>
        <translation>In einen neuen Ordner exportieren in</translation>
    </message>
    <message>
        <source>One archive of all conversations, also those in the trash, the collections with what belongs to them, and your settings. It can be imported again without loss. Models and documents are not in it.</source>
        <translation>Ein Archiv aller Unterhaltungen, auch derer im Papierkorb, der Sammlungen mit allem, was dazugehört, und Ihrer Einstellungen. Es kann ohne Verlust wieder importiert werden. Modelle und Dokumente sind nicht darin.</translation>
    </message>
    <message>
        <source>Everything: all versions of every message, its sources and settings. It can be imported again without loss.</source>
        <translation>Alles: alle Fassungen jeder Nachricht, ihre Quellen und Einstellungen. Es kann ohne Verlust wieder importiert werden.</translation>
    </message>
    <message>
        <source>To be read: the version of each conversation that you see, with its sources.</source>
        <translation>Zum Lesen: die Fassung jeder Unterhaltung, die Sie sehen, mit ihren Quellen.</translation>
    </message>
</context>
<context>
    <name>ExportChoices</name>
    <message>
        <source>Find a conversation</source>
        <translation>Eine Unterhaltung finden</translation>
    </message>
    <message>
        <source>%1 of %2 chosen</source>
        <translation>%1 von %2 ausgewählt</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Alle auswählen</translation>
    </message>
    <message>
        <source>All that are listed</source>
        <translation>Alle, die in der Liste stehen</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>Nichts auswählen</translation>
    </message>
    <message>
        <source>None of those that are listed</source>
        <translation>Keine von denen in der Liste</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
</context>
<context>
    <name>FileHead</name>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
</context>
<context>
    <name>FileHeadCell</name>
    <message>
        <source>Sort by this column</source>
        <translation>Nach dieser Spalte sortieren</translation>
    </message>
    <message>
        <source>Sorted, falling</source>
        <translation>Absteigend sortiert</translation>
    </message>
    <message>
        <source>Sorted, rising</source>
        <translation>Aufsteigend sortiert</translation>
    </message>
</context>
<context>
    <name>FileLine</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr zu %1</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Search in this file</source>
        <translation>In dieser Datei suchen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Copy the reason</source>
        <translation>Grund kopieren</translation>
    </message>
</context>
<context>
    <name>FindBar</name>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>Vorheriger Treffer</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>Nächster Treffer</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>Suche schließen</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Choose a model to talk to</source>
        <translation>Wählen Sie ein Modell zum Chatten</translation>
    </message>
    <message>
        <source>It runs on this computer and works without a network. These fit well here; you can change your mind at any time.</source>
        <translation>Es läuft auf diesem Computer und braucht kein Netz. Diese hier passen gut; Sie können sich jederzeit anders entscheiden.</translation>
    </message>
    <message>
        <source>Use a file I have</source>
        <translation>Eigene Datei verwenden</translation>
    </message>
    <message>
        <source>See all models</source>
        <translation>Alle Modelle ansehen</translation>
    </message>
</context>
<context>
    <name>FooterBlock</name>
    <message>
        <source>Continue</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cut at the length limit</source>
        <translation>An der Längengrenze abgeschnitten</translation>
    </message>
    <message>
        <source>Copy answer</source>
        <translation>Antwort kopieren</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>Neu antworten</translation>
    </message>
    <message>
        <source>Delete answer</source>
        <translation>Antwort löschen</translation>
    </message>
    <message>
        <source>How this was found</source>
        <translation>Wie das gefunden wurde</translation>
    </message>
    <message>
        <source>Previous answer</source>
        <translation>Vorherige Antwort</translation>
    </message>
    <message>
        <source>Next answer</source>
        <translation>Nächste Antwort</translation>
    </message>
</context>
<context>
    <name>HyperSpot</name>
    <message>
        <source>%1 came in, %2 went, %3 stayed.</source>
        <translation>Neu: %1, entfallen: %2, geblieben: %3.</translation>
    </message>
    <message>
        <source>%1 collections</source>
        <translation>%1 Sammlungen</translation>
    </message>
    <message>
        <source>%1 conversations</source>
        <translation>%1 Unterhaltungen</translation>
    </message>
    <message>
        <source>%1 conversations are back</source>
        <translation>%1 Unterhaltungen sind zurück</translation>
    </message>
    <message>
        <source>%1 conversations are in the trash.</source>
        <translation>%1 Unterhaltungen sind im Papierkorb.</translation>
    </message>
    <message>
        <source>%1 cores</source>
        <translation>%1 Kerne</translation>
    </message>
    <message>
        <source>%1 files</source>
        <translation>%1 Dateien</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1 aus %2</translation>
    </message>
    <message>
        <source>%1 h ago</source>
        <translation>vor %1 h</translation>
    </message>
    <message>
        <source>%1 h left</source>
        <translation>noch %1 h</translation>
    </message>
    <message>
        <source>%1 here</source>
        <translation>hier %1</translation>
    </message>
    <message>
        <source>%1 is being read. You can ask about it as it grows.</source>
        <translation>%1 wird gelesen. Sie können schon währenddessen dazu fragen.</translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>%1 liegt im Papierkorb.</translation>
    </message>
    <message>
        <source>%1 is in the trash. Its file stays until it is deleted for ever.</source>
        <translation>%1 ist im Papierkorb. Die Datei bleibt, bis das Modell endgültig gelöscht wird.</translation>
    </message>
    <message>
        <source>%1 is in the trash. Your files were not touched.</source>
        <translation>%1 liegt im Papierkorb. Ihre Dateien wurden nicht angetastet.</translation>
    </message>
    <message>
        <source>%1 is not there now. It may have been moved, or its drive taken away.</source>
        <translation>%1 ist gerade nicht da. Vielleicht wurde es verschoben oder sein Laufwerk entfernt.</translation>
    </message>
    <message>
        <source>%1 is ready.</source>
        <translation>%1 ist bereit.</translation>
    </message>
    <message>
        <source>%1 memory, %2 free</source>
        <translation>%1 Arbeitsspeicher, %2 frei</translation>
    </message>
    <message>
        <source>%1 messages</source>
        <translation>%1 Nachrichten</translation>
    </message>
    <message>
        <source>%1 messages are in the trash.</source>
        <translation>%1 Nachrichten sind im Papierkorb.</translation>
    </message>
    <message>
        <source>%1 messages were missing</source>
        <translation>%1 Nachrichten fehlten</translation>
    </message>
    <message>
        <source>%1 min ago</source>
        <translation>vor %1 min</translation>
    </message>
    <message>
        <source>%1 min left</source>
        <translation>noch %1 min</translation>
    </message>
    <message>
        <source>%1 more characters are not shown</source>
        <translation>%1 weitere Zeichen werden nicht gezeigt</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 need attention</source>
        <translation>%1 brauchen Aufmerksamkeit</translation>
    </message>
    <message>
        <source>%1 new conversations</source>
        <translation>%1 neue Unterhaltungen</translation>
    </message>
    <message>
        <source>%1 new messages</source>
        <translation>%1 neue Nachrichten</translation>
    </message>
    <message>
        <source>%1 no longer belongs to %2. Your files were not touched.</source>
        <translation>%1 gehört nicht mehr zu %2. Ihre Dateien wurden nicht angetastet.</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1 of %2 conversations</source>
        <translation>%1 von %2 Unterhaltungen</translation>
    </message>
    <message>
        <source>%1 of “%2”</source>
        <translation>%1 aus „%2“</translation>
    </message>
    <message>
        <source>%1 pages</source>
        <translation>%1 Seiten</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Passagen</translation>
    </message>
    <message>
        <source>%1 s left</source>
        <translation>noch %1 s</translation>
    </message>
    <message>
        <source>%1 settings</source>
        <translation>%1 Einstellungen</translation>
    </message>
    <message>
        <source>%1 sheets</source>
        <translation>%1 Blätter</translation>
    </message>
    <message>
        <source>%1 slides</source>
        <translation>%1 Folien</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1 written, %2.</source>
        <translation>%1 geschrieben, %2.</translation>
    </message>
    <message>
        <source>%1, deleted %2</source>
        <translation>%1, gelöscht %2</translation>
    </message>
    <message>
        <source>%1: trying again.</source>
        <translation>%1: neuer Versuch.</translation>
    </message>
    <message>
        <source>1 collection</source>
        <translation>1 Sammlung</translation>
    </message>
    <message>
        <source>1 conversation</source>
        <translation>1 Unterhaltung</translation>
    </message>
    <message>
        <source>1 conversation is back</source>
        <translation>1 Unterhaltung ist zurück</translation>
    </message>
    <message>
        <source>1 conversation is in the trash.</source>
        <translation>1 Unterhaltung ist im Papierkorb.</translation>
    </message>
    <message>
        <source>1 file</source>
        <translation>1 Datei</translation>
    </message>
    <message>
        <source>1 message</source>
        <translation>1 Nachricht</translation>
    </message>
    <message>
        <source>1 message was missing</source>
        <translation>1 Nachricht fehlte</translation>
    </message>
    <message>
        <source>1 needs attention</source>
        <translation>1 braucht Aufmerksamkeit</translation>
    </message>
    <message>
        <source>1 new conversation</source>
        <translation>1 neue Unterhaltung</translation>
    </message>
    <message>
        <source>1 new message</source>
        <translation>1 neue Nachricht</translation>
    </message>
    <message>
        <source>1 page</source>
        <translation>1 Seite</translation>
    </message>
    <message>
        <source>1 passage</source>
        <translation>1 Passage</translation>
    </message>
    <message>
        <source>1 setting</source>
        <translation>1 Einstellung</translation>
    </message>
    <message>
        <source>1 sheet</source>
        <translation>1 Blatt</translation>
    </message>
    <message>
        <source>1 slide</source>
        <translation>1 Folie</translation>
    </message>
    <message>
        <source>1 token</source>
        <translation>1 Token</translation>
    </message>
    <message>
        <source>A good everyday model for laptops without a graphics card. Many languages.</source>
        <translation>Ein gutes Alltagsmodell für Notebooks ohne Grafikkarte. Viele Sprachen.</translation>
    </message>
    <message>
        <source>A model that was not used for so long frees its memory. 0: never.</source>
        <translation>Ein Modell, das so lange nicht benutzt wurde, gibt seinen Speicher frei. 0: nie.</translation>
    </message>
    <message>
        <source>A number from %1 to %2.</source>
        <translation>Eine Zahl von %1 bis %2.</translation>
    </message>
    <message>
        <source>A report without your words was written on this computer. It is sent nowhere.</source>
        <translation>Auf diesem Computer wurde ein Bericht ohne Ihre Worte geschrieben. Er wird nirgendwohin gesendet.</translation>
    </message>
    <message>
        <source>A second file is being made and measured. Activity shows both speeds when it is done.</source>
        <translation>Eine zweite Datei wird erstellt und gemessen. Danach zeigt „Aktivität“ beide Geschwindigkeiten.</translation>
    </message>
    <message>
        <source>A whole number from %1 to %2.</source>
        <translation>Eine ganze Zahl von %1 bis %2.</translation>
    </message>
    <message>
        <source>About %1:</source>
        <translation>Zu %1:</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>%1 hinzufügen</translation>
    </message>
    <message>
        <source>Add %1 files</source>
        <translation>%1 Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add %1 files and folders</source>
        <translation>%1 Dateien und Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add %1 folders</source>
        <translation>%1 Ordner hinzufügen</translation>
    </message>
    <message>
        <source>Add files</source>
        <translation>Dateien hinzufügen</translation>
    </message>
    <message>
        <source>Add the folder %1</source>
        <translation>Ordner %1 hinzufügen</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>All collections</source>
        <translation>Alle Sammlungen</translation>
    </message>
    <message>
        <source>All loaded models together stay below this. 0: three quarters of this computer&apos;s memory.</source>
        <translation>Alle geladenen Modelle zusammen bleiben darunter. 0: drei Viertel des Arbeitsspeichers dieses Computers.</translation>
    </message>
    <message>
        <source>All messages of this chat are in the trash.</source>
        <translation>Alle Nachrichten dieses Chats sind im Papierkorb.</translation>
    </message>
    <message>
        <source>An empty message</source>
        <translation>Eine leere Nachricht</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Any language</source>
        <translation>Jede Sprache</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Beliebige Zeit</translation>
    </message>
    <message>
        <source>Any type</source>
        <translation>Jeder Typ</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>Darstellung</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>Archiv</translation>
    </message>
    <message>
        <source>As many better ones are used as are wanted.</source>
        <translation>Es werden schon so viele bessere verwendet wie gewünscht.</translation>
    </message>
    <message>
        <source>At least %1 characters; several words are easy to remember.</source>
        <translation>Mindestens %1 Zeichen; mehrere Wörter lassen sich leicht merken.</translation>
    </message>
    <message>
        <source>At the next start, a backup takes the place of everything.</source>
        <translation>Beim nächsten Start tritt eine Sicherung an die Stelle von allem.</translation>
    </message>
    <message>
        <source>At the next start, the backup from %1 takes the place of everything.</source>
        <translation>Beim nächsten Start tritt die Sicherung von %1 an die Stelle von allem.</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>Nicht erreichbar</translation>
    </message>
    <message>
        <source>Away: its folder is not there now</source>
        <translation>Nicht erreichbar: Der Ordner ist gerade nicht da</translation>
    </message>
    <message>
        <source>Back up automatically</source>
        <translation>Automatisch sichern</translation>
    </message>
    <message>
        <source>Back up now</source>
        <translation>Jetzt sichern</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Before a deletion</source>
        <translation>Vor einem Löschen</translation>
    </message>
    <message>
        <source>Before a restore</source>
        <translation>Vor einer Wiederherstellung</translation>
    </message>
    <message>
        <source>Before an import</source>
        <translation>Vor einem Import</translation>
    </message>
    <message>
        <source>Before an update</source>
        <translation>Vor einer Aktualisierung</translation>
    </message>
    <message>
        <source>Better search in longer English texts.</source>
        <translation>Bessere Suche in längeren englischen Texten.</translation>
    </message>
    <message>
        <source>By words only</source>
        <translation>Nur nach Wörtern</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Careful, well-phrased answers in European languages. 32 GB of memory, better with a graphics card.</source>
        <translation>Sorgfältige, gut formulierte Antworten in europäischen Sprachen. 32 GB Arbeitsspeicher, besser mit Grafikkarte.</translation>
    </message>
    <message>
        <source>Changes are noticed</source>
        <translation>Änderungen werden bemerkt</translation>
    </message>
    <message>
        <source>Changes in %1 are noticed from now on.</source>
        <translation>Änderungen in %1 werden ab jetzt bemerkt.</translation>
    </message>
    <message>
        <source>Chat</source>
        <translation>Chat</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Clearly better answers, for computers with 16 GB of memory.</source>
        <translation>Deutlich bessere Antworten, für Computer mit 16 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Collection %1: %2</source>
        <translation>Sammlung %1: %2</translation>
    </message>
    <message>
        <source>Collection of %1</source>
        <translation>Sammlung mit %1</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Context length</source>
        <translation>Kontextlänge</translation>
    </message>
    <message>
        <source>Continue goes on where it ended.</source>
        <translation>„Fortsetzen“ macht dort weiter, wo sie endete.</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Could not be read</source>
        <translation>Nicht lesbar</translation>
    </message>
    <message>
        <source>Damaged: %1</source>
        <translation>Beschädigt: %1</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Dark, light, or whatever the system uses.</source>
        <translation>Dunkel, hell oder wie das System.</translation>
    </message>
    <message>
        <source>Decided for the next start: the backup from %1.</source>
        <translation>Für den nächsten Start entschieden: die Sicherung von %1.</translation>
    </message>
    <message>
        <source>Default chat model</source>
        <translation>Standardmodell für Chats</translation>
    </message>
    <message>
        <source>Default embedding model</source>
        <translation>Standardmodell für die Suche</translation>
    </message>
    <message>
        <source>Default reranking model</source>
        <translation>Standardmodell zum Neuordnen</translation>
    </message>
    <message>
        <source>Delete all conversations</source>
        <translation>Alle Unterhaltungen löschen</translation>
    </message>
    <message>
        <source>Delete all messages of this chat</source>
        <translation>Alle Nachrichten dieses Chats löschen</translation>
    </message>
    <message>
        <source>Deleted for ever. Backups made before still have it until they are replaced.</source>
        <translation>Endgültig gelöscht. Frühere Sicherungen enthalten es noch, bis sie ersetzt werden.</translation>
    </message>
    <message>
        <source>Deleted. Its last traces in the files are removed later, by itself.</source>
        <translation>Gelöscht. Die letzten Spuren in den Dateien werden später von selbst entfernt.</translation>
    </message>
    <message>
        <source>Deutsch</source>
        <translation>Deutsch</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Double</source>
        <translation>Doppelt</translation>
    </message>
    <message>
        <source>Downloading</source>
        <translation>Lädt herunter</translation>
    </message>
    <message>
        <source>Drop one file or folder at a time.</source>
        <translation>Legen Sie eine Datei oder einen Ordner auf einmal ab.</translation>
    </message>
    <message>
        <source>E-book</source>
        <translation>E-Book</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>E-Mail</translation>
    </message>
    <message>
        <source>E-mails</source>
        <translation>E-Mails</translation>
    </message>
    <message>
        <source>English</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Enter sends</source>
        <translation>Eingabetaste sendet</translation>
    </message>
    <message>
        <source>Enter sends the message and Shift+Enter breaks the line; off, Ctrl+Enter sends.</source>
        <translation>Eingabe sendet die Nachricht, Umschalt+Eingabe bricht die Zeile um; ausgeschaltet sendet Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Every connection is refused</source>
        <translation>Jede Verbindung wird abgelehnt</translation>
    </message>
    <message>
        <source>Every hour in which something changed. Kept are 24 hours, 7 days, 4 weeks and 12 months.</source>
        <translation>Jede Stunde, in der sich etwas geändert hat. Behalten werden 24 Stunden, 7 Tage, 4 Wochen und 12 Monate.</translation>
    </message>
    <message>
        <source>Every start asks for the passphrase.</source>
        <translation>Jeder Start fragt nach der Passphrase.</translation>
    </message>
    <message>
        <source>Everything in %1 is read again. Until then you find what is there now.</source>
        <translation>Alles in %1 wird neu gelesen. Bis dahin finden Sie, was jetzt da ist.</translation>
    </message>
    <message>
        <source>Everything in it is here already.</source>
        <translation>Alles darin ist schon hier.</translation>
    </message>
    <message>
        <source>Everything of it was here already.</source>
        <translation>Alles davon war schon hier.</translation>
    </message>
    <message>
        <source>Everything stays as it is.</source>
        <translation>Alles bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Fehlgeschlagen</translation>
    </message>
    <message>
        <source>Few passages have all the words; those with some of them follow.</source>
        <translation>Wenige Passagen enthalten alle Wörter; es folgen solche mit einigen davon.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File is missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Files of this type are not opened from here: their folder is shown.</source>
        <translation>Dateien dieses Typs werden von hier nicht geöffnet: Stattdessen wird ihr Ordner gezeigt.</translation>
    </message>
    <message>
        <source>Files read</source>
        <translation>Gelesene Dateien</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>Passt</translation>
    </message>
    <message>
        <source>Fits easily</source>
        <translation>Passt gut</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Gefunden</translation>
    </message>
    <message>
        <source>Free %1 on the disk of your profile (%2 are needed). This goes on by itself then.</source>
        <translation>Geben Sie %1 auf dem Datenträger Ihres Profils frei (%2 werden gebraucht). Dann geht es von selbst weiter.</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Fully open: data and training are published. Six European languages, long context.</source>
        <translation>Völlig offen: Daten und Training sind veröffentlicht. Sechs europäische Sprachen, langer Kontext.</translation>
    </message>
    <message>
        <source>Gentle</source>
        <translation>Schonend</translation>
    </message>
    <message>
        <source>Gone: a private chat has no trash.</source>
        <translation>Weg: Ein privater Chat hat keinen Papierkorb.</translation>
    </message>
    <message>
        <source>Good short answers on old and small computers.</source>
        <translation>Gute kurze Antworten auf alten und kleinen Computern.</translation>
    </message>
    <message>
        <source>Here already</source>
        <translation>Schon hier</translation>
    </message>
    <message>
        <source>Here now</source>
        <translation>Jetzt hier</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>Hoher Kontrast</translation>
    </message>
    <message>
        <source>How long the trash keeps a conversation or message before it is deleted for ever.</source>
        <translation>Wie lange der Papierkorb eine Unterhaltung oder Nachricht behält, bevor sie endgültig gelöscht wird.</translation>
    </message>
    <message>
        <source>How many parts of a model are downloaded at the same time.</source>
        <translation>Wie viele Teile eines Modells gleichzeitig heruntergeladen werden.</translation>
    </message>
    <message>
        <source>How much of a conversation a model sees at once; more needs more memory. A model&apos;s own limit still holds.</source>
        <translation>Wie viel einer Unterhaltung ein Modell auf einmal sieht; mehr braucht mehr Speicher. Die Grenze des Modells gilt weiterhin.</translation>
    </message>
    <message>
        <source>How much of this computer indexing may take. On battery it is always gentle.</source>
        <translation>Wie stark die Indexierung diesen Computer beanspruchen darf. Im Akkubetrieb ist sie immer schonend.</translation>
    </message>
    <message>
        <source>HyperSpot conversations %1</source>
        <translation>HyperSpot-Unterhaltungen %1</translation>
    </message>
    <message>
        <source>HyperSpot crashed when it last ran; nothing that was saved is lost.</source>
        <translation>HyperSpot ist beim letzten Mal abgestürzt; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>HyperSpot was stopped before it could end when it last ran; nothing that was saved is lost.</source>
        <translation>HyperSpot wurde beim letzten Mal angehalten, bevor es sich beenden konnte; nichts Gespeichertes ist verloren.</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>GGUF-Datei importieren</translation>
    </message>
    <message>
        <source>Import and export conversations</source>
        <translation>Unterhaltungen importieren und exportieren</translation>
    </message>
    <message>
        <source>Imported: %1, %2.</source>
        <translation>Importiert: %1, %2.</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>Indexed</source>
        <translation>Indexiert</translation>
    </message>
    <message>
        <source>Indexed by words</source>
        <translation>Nach Wörtern indexiert</translation>
    </message>
    <message>
        <source>Indexing</source>
        <translation>Wird indexiert</translation>
    </message>
    <message>
        <source>Instructions</source>
        <translation>Anweisungen</translation>
    </message>
    <message>
        <source>It did not fit into the context window.</source>
        <translation>Sie passte nicht ins Kontextfenster.</translation>
    </message>
    <message>
        <source>It has too little to do with the question.</source>
        <translation>Sie hat zu wenig mit der Frage zu tun.</translation>
    </message>
    <message>
        <source>It is no longer in its folder.</source>
        <translation>Es ist nicht mehr in seinem Ordner.</translation>
    </message>
    <message>
        <source>It is not there any more.</source>
        <translation>Es ist nicht mehr da.</translation>
    </message>
    <message>
        <source>It is small, and search answers at once when it is there.</source>
        <translation>Es ist klein, und die Suche antwortet sofort, wenn es bereitliegt.</translation>
    </message>
    <message>
        <source>It waits to be read.</source>
        <translation>Es wartet darauf, gelesen zu werden.</translation>
    </message>
    <message>
        <source>It was joined with the passage beside it.</source>
        <translation>Sie wurde mit der Passage daneben verbunden.</translation>
    </message>
    <message>
        <source>Its folder is not there now; what was read is kept.</source>
        <translation>Sein Ordner ist gerade nicht da; was gelesen wurde, bleibt.</translation>
    </message>
    <message>
        <source>Its text is in a passage that is used.</source>
        <translation>Ihr Text steht in einer verwendeten Passage.</translation>
    </message>
    <message>
        <source>Joined</source>
        <translation>Verbunden</translation>
    </message>
    <message>
        <source>Keep deleted conversations</source>
        <translation>Gelöschte Unterhaltungen aufbewahren</translation>
    </message>
    <message>
        <source>Keep the embedding model loaded</source>
        <translation>Suchmodell geladen lassen</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys and lock</source>
        <translation>Schlüssel und Sperre</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Language of the window.</source>
        <translation>Sprache des Fensters.</translation>
    </message>
    <message>
        <source>Large knowledge at the speed of a 3B model: only 3 of 30 billion weights work on each token. 32 GB of memory.</source>
        <translation>Großes Wissen, so schnell wie ein 3B-Modell: An jedem Token arbeiten nur 3 von 30 Milliarden Gewichten. 32 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Last 12 months</source>
        <translation>Letzte 12 Monate</translation>
    </message>
    <message>
        <source>Last 24 hours</source>
        <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Loaded</source>
        <translation>Geladen</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
    <message>
        <source>Local only</source>
        <translation>Nur lokal</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>Fenster sperren</translation>
    </message>
    <message>
        <source>Lock the window after so long without use; 0 never does. Needs a passphrase: see Keys and lock.</source>
        <translation>Das Fenster nach so langer Zeit ohne Benutzung sperren; 0 sperrt nie. Braucht eine Passphrase: siehe Schlüssel und Sperre.</translation>
    </message>
    <message>
        <source>Lock when idle</source>
        <translation>Sperren, wenn unbenutzt</translation>
    </message>
    <message>
        <source>Looking for changes in %1.</source>
        <translation>Sucht nach Änderungen in %1.</translation>
    </message>
    <message>
        <source>Looking for files</source>
        <translation>Sucht nach Dateien</translation>
    </message>
    <message>
        <source>Made by hand</source>
        <translation>Von Hand erstellt</translation>
    </message>
    <message>
        <source>Mailbox</source>
        <translation>Postfach</translation>
    </message>
    <message>
        <source>Match %1</source>
        <translation>Übereinstimmung %1</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Measuring has started.</source>
        <translation>Die Messung hat begonnen.</translation>
    </message>
    <message>
        <source>Memory for models</source>
        <translation>Speicher für Modelle</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>MiB</source>
        <translation>MiB</translation>
    </message>
    <message>
        <source>Model, %1 on the disk</source>
        <translation>Modell, %1 auf dem Datenträger</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models folder</source>
        <translation>Modellordner</translation>
    </message>
    <message>
        <source>My documents</source>
        <translation>Meine Dokumente</translation>
    </message>
    <message>
        <source>Needs %1</source>
        <translation>Braucht %1</translation>
    </message>
    <message>
        <source>Needs text recognition</source>
        <translation>Braucht Texterkennung</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>Neuer privater Chat</translation>
    </message>
    <message>
        <source>No document is read until this is switched off.</source>
        <translation>Es wird kein Dokument gelesen, bis dies ausgeschaltet wird.</translation>
    </message>
    <message>
        <source>No room</source>
        <translation>Kein Platz</translation>
    </message>
    <message>
        <source>Not checked</source>
        <translation>Nicht geprüft</translation>
    </message>
    <message>
        <source>Not downloaded</source>
        <translation>Nicht heruntergeladen</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>Nicht gefunden</translation>
    </message>
    <message>
        <source>Not here</source>
        <translation>Nicht hier</translation>
    </message>
    <message>
        <source>Not relevant</source>
        <translation>Nicht relevant</translation>
    </message>
    <message>
        <source>Nothing can be changed: %1</source>
        <translation>Nichts kann geändert werden: %1</translation>
    </message>
    <message>
        <source>Nothing leaves this computer</source>
        <translation>Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>Nothing to read in it yet</source>
        <translation>Noch nichts zu lesen</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>Offline</translation>
    </message>
    <message>
        <source>Older</source>
        <translation>Älter</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Auf der Festplatte</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be added.</source>
        <translation>Nur Dateien und Ordner dieses Computers können hinzugefügt werden.</translation>
    </message>
    <message>
        <source>Only files and folders of this computer can be imported.</source>
        <translation>Nur Dateien und Ordner dieses Computers können importiert werden.</translation>
    </message>
    <message>
        <source>Only model downloads</source>
        <translation>Nur Modell-Downloads</translation>
    </message>
    <message>
        <source>Only your passphrase or recovery code opens your data. Every start asks for it.</source>
        <translation>Nur Ihre Passphrase oder Ihr Wiederherstellungscode öffnet Ihre Daten. Jeder Start fragt danach.</translation>
    </message>
    <message>
        <source>OpenDocument sheet</source>
        <translation>OpenDocument-Tabelle</translation>
    </message>
    <message>
        <source>OpenDocument slides</source>
        <translation>OpenDocument-Folien</translation>
    </message>
    <message>
        <source>Others were better</source>
        <translation>Andere besser</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>Pace of indexing</source>
        <translation>Tempo der Indexierung</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Parallel connections</source>
        <translation>Parallele Verbindungen</translation>
    </message>
    <message>
        <source>Pause indexing</source>
        <translation>Indexierung pausieren</translation>
    </message>
    <message>
        <source>Pause or resume indexing</source>
        <translation>Indexierung pausieren oder fortsetzen</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Pausiert</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Pleasant writing in more than a hundred languages, on 8 GB of memory.</source>
        <translation>Angenehme Texte in mehr als hundert Sprachen, mit 8 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Precise search in many languages and in source code; slower than the small ones.</source>
        <translation>Genaue Suche in vielen Sprachen und in Quelltext; langsamer als die kleinen.</translation>
    </message>
    <message>
        <source>Previous 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Previous 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Privacy</source>
        <translation>Datenschutz</translation>
    </message>
    <message>
        <source>Private chat</source>
        <translation>Privater Chat</translation>
    </message>
    <message>
        <source>Private, not kept</source>
        <translation>Privat, wird nicht behalten</translation>
    </message>
    <message>
        <source>Puts found passages into a better order before a question is answered. Over a hundred languages.</source>
        <translation>Bringt gefundene Passagen in eine bessere Reihenfolge, bevor eine Frage beantwortet wird. Über hundert Sprachen.</translation>
    </message>
    <message>
        <source>Quick rewriting and summaries, with a long context.</source>
        <translation>Schnelles Umschreiben und Zusammenfassen, mit langem Kontext.</translation>
    </message>
    <message>
        <source>Ratings below are for this computer.</source>
        <translation>Die Einschätzungen unten gelten für diesen Computer.</translation>
    </message>
    <message>
        <source>Reasons in steps; only a part of it works on each token, so it is quick for its size. 24 GB of memory.</source>
        <translation>Denkt schrittweise; an jedem Token arbeitet nur ein Teil, daher ist es schnell für seine Größe. 24 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>Weniger Bewegung</translation>
    </message>
    <message>
        <source>Refuse every connection. Off, the program still connects only when you start a download.</source>
        <translation>Jede Verbindung ablehnen. Auch ausgeschaltet verbindet sich das Programm nur, wenn Sie einen Download starten.</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>Entfernt</translation>
    </message>
    <message>
        <source>Restored</source>
        <translation>Wiederhergestellt</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>Rich Text</translation>
    </message>
    <message>
        <source>Rich writing and translation, for computers with 16 GB of memory.</source>
        <translation>Reichhaltiges Schreiben und Übersetzen, für Computer mit 16 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Sample documents</source>
        <translation>Beispieldokumente</translation>
    </message>
    <message>
        <source>Search across more than a hundred languages.</source>
        <translation>Suche in mehr als hundert Sprachen.</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>In Dokumenten suchen</translation>
    </message>
    <message>
        <source>Search in documents for “%1”</source>
        <translation>In Dokumenten nach „%1“ suchen</translation>
    </message>
    <message>
        <source>Second folder for backups</source>
        <translation>Zweiter Ordner für Sicherungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Sheet %1</source>
        <translation>Blatt %1</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>Shell</translation>
    </message>
    <message>
        <source>Show changes at once instead of animating them.</source>
        <translation>Änderungen sofort zeigen, statt sie zu animieren.</translation>
    </message>
    <message>
        <source>Show or hide the side bar</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Show speed under answers</source>
        <translation>Geschwindigkeit unter Antworten zeigen</translation>
    </message>
    <message>
        <source>Size of all text in the window.</source>
        <translation>Größe aller Texte im Fenster.</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>Übersprungen</translation>
    </message>
    <message>
        <source>Slide %1</source>
        <translation>Folie %1</translation>
    </message>
    <message>
        <source>Slides</source>
        <translation>Folien</translation>
    </message>
    <message>
        <source>Small and surprisingly able; thinks before it answers when asked to. Many languages.</source>
        <translation>Klein und erstaunlich fähig; denkt auf Wunsch nach, bevor es antwortet. Viele Sprachen.</translation>
    </message>
    <message>
        <source>Solid answers and summaries on 8 GB of memory.</source>
        <translation>Solide Antworten und Zusammenfassungen mit 8 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>Source code</source>
        <translation>Quelltext</translation>
    </message>
    <message>
        <source>Starts no longer ask for the passphrase.</source>
        <translation>Der Start fragt nicht mehr nach der Passphrase.</translation>
    </message>
    <message>
        <source>Stay offline</source>
        <translation>Offline bleiben</translation>
    </message>
    <message>
        <source>Strong at reasoning and mathematics for its size.</source>
        <translation>Für seine Größe stark im Schließen und in Mathematik.</translation>
    </message>
    <message>
        <source>Stronger lines and text.</source>
        <translation>Kräftigere Linien und Texte.</translation>
    </message>
    <message>
        <source>Switch between light and dark</source>
        <translation>Zwischen Hell und Dunkel wechseln</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>Textgröße</translation>
    </message>
    <message>
        <source>Texts</source>
        <translation>Texte</translation>
    </message>
    <message>
        <source>The %1 oldest messages no longer fit and will be left out.</source>
        <translation>Die %1 ältesten Nachrichten passen nicht mehr und werden weggelassen.</translation>
    </message>
    <message>
        <source>The %1 oldest messages no longer fit into the model&apos;s context and were left out of this answer.</source>
        <translation>Die %1 ältesten Nachrichten passen nicht mehr in den Kontext des Modells und blieben bei dieser Antwort außen vor.</translation>
    </message>
    <message>
        <source>The answer was deleted for ever.</source>
        <translation>Die Antwort wurde endgültig gelöscht.</translation>
    </message>
    <message>
        <source>The answer was deleted.</source>
        <translation>Die Antwort wurde gelöscht.</translation>
    </message>
    <message>
        <source>The answer was interrupted.</source>
        <translation>Die Antwort wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The backup %1 is in the trash.</source>
        <translation>Die Sicherung %1 ist im Papierkorb.</translation>
    </message>
    <message>
        <source>The backup is damaged: nothing can be restored from it.</source>
        <translation>Die Sicherung ist beschädigt: Nichts kann daraus wiederhergestellt werden.</translation>
    </message>
    <message>
        <source>The backup is made, and every page of it was checked.</source>
        <translation>Die Sicherung ist erstellt, und jede Seite davon wurde geprüft.</translation>
    </message>
    <message>
        <source>The backup is whole: every page of it was read.</source>
        <translation>Die Sicherung ist unversehrt: Jede Seite davon wurde gelesen.</translation>
    </message>
    <message>
        <source>The best balance of quality and speed on 8 GB of memory.</source>
        <translation>Die beste Balance aus Qualität und Tempo mit 8 GB Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The clipboard holds no files. Copy some in your file manager first.</source>
        <translation>Die Zwischenablage enthält keine Dateien. Kopieren Sie zuerst welche im Dateimanager.</translation>
    </message>
    <message>
        <source>The disk is full: nothing new can be stored. An answer under way is kept in memory.</source>
        <translation>Der Datenträger ist voll: Nichts Neues kann gespeichert werden. Eine laufende Antwort bleibt im Arbeitsspeicher.</translation>
    </message>
    <message>
        <source>The download has started. Activity shows how far it is.</source>
        <translation>Der Download hat begonnen. „Aktivität“ zeigt, wie weit er ist.</translation>
    </message>
    <message>
        <source>The file has changed since. This is what the answer was made from.</source>
        <translation>Die Datei wurde seitdem geändert. Hieraus entstand die Antwort.</translation>
    </message>
    <message>
        <source>The file is away now. This is what was read of it.</source>
        <translation>Die Datei ist gerade nicht erreichbar. Das wurde von ihr gelesen.</translation>
    </message>
    <message>
        <source>The file is no longer in the collection. This is what was read of it.</source>
        <translation>Die Datei ist nicht mehr in der Sammlung. Das wurde von ihr gelesen.</translation>
    </message>
    <message>
        <source>The full path of a folder on another drive; it gets a copy of the newest backup. Empty: none.</source>
        <translation>Der volle Pfad eines Ordners auf einem anderen Laufwerk; er bekommt eine Kopie der neuesten Sicherung. Leer: keiner.</translation>
    </message>
    <message>
        <source>The import was undone. Its conversations are in the trash.</source>
        <translation>Der Import wurde rückgängig gemacht. Seine Unterhaltungen sind im Papierkorb.</translation>
    </message>
    <message>
        <source>The import was undone. You have written in %1 since: they stay.</source>
        <translation>Der Import wurde rückgängig gemacht. In %1 haben Sie seitdem geschrieben: Das bleibt.</translation>
    </message>
    <message>
        <source>The key of your data can only be reached by hand.</source>
        <translation>Der Schlüssel Ihrer Daten ist nur von Hand zu erreichen.</translation>
    </message>
    <message>
        <source>The key of your data is kept in a file that only your account can read: %1</source>
        <translation>Der Schlüssel Ihrer Daten liegt in einer Datei, die nur Ihr Konto lesen kann: %1</translation>
    </message>
    <message>
        <source>The key of your data is kept in the keyring of the operating system.</source>
        <translation>Der Schlüssel Ihrer Daten liegt im Schlüsselbund des Betriebssystems.</translation>
    </message>
    <message>
        <source>The message is in the trash.</source>
        <translation>Die Nachricht ist im Papierkorb.</translation>
    </message>
    <message>
        <source>The model new conversations use. Empty: the best one there is.</source>
        <translation>Das Modell für neue Unterhaltungen. Leer: das beste vorhandene.</translation>
    </message>
    <message>
        <source>The model that puts found passages into a better order. Empty: the one installed.</source>
        <translation>Das Modell, das gefundene Passagen in eine bessere Reihenfolge bringt. Leer: das installierte.</translation>
    </message>
    <message>
        <source>The model that search uses. Empty: the one installed.</source>
        <translation>Das Modell für die Suche. Leer: das installierte.</translation>
    </message>
    <message>
        <source>The model was given this passage.</source>
        <translation>Das Modell hat diese Passage bekommen.</translation>
    </message>
    <message>
        <source>The model would be given the same passages.</source>
        <translation>Das Modell bekäme dieselben Passagen.</translation>
    </message>
    <message>
        <source>The newest checked backup is from %1.</source>
        <translation>Die neueste geprüfte Sicherung ist von %1.</translation>
    </message>
    <message>
        <source>The newest whole backup is from %1 and has %2.</source>
        <translation>Die neueste unversehrte Sicherung ist von %1 und enthält %2.</translation>
    </message>
    <message>
        <source>The newest whole backup is from %1.</source>
        <translation>Die neueste unversehrte Sicherung ist von %1.</translation>
    </message>
    <message>
        <source>The old recovery code no longer works.</source>
        <translation>Der alte Wiederherstellungscode gilt nicht mehr.</translation>
    </message>
    <message>
        <source>The passphrase no longer opens anything.</source>
        <translation>Die Passphrase öffnet nichts mehr.</translation>
    </message>
    <message>
        <source>The passphrase was changed.</source>
        <translation>Die Passphrase wurde geändert.</translation>
    </message>
    <message>
        <source>The passphrase works from now on.</source>
        <translation>Die Passphrase gilt von jetzt an.</translation>
    </message>
    <message>
        <source>The question is about all files: %1 of %2 were read for it.</source>
        <translation>Die Frage betrifft alle Dateien: Dafür wurden %1 von %2 gelesen.</translation>
    </message>
    <message>
        <source>The report could not be saved there.</source>
        <translation>Der Bericht konnte dort nicht gespeichert werden.</translation>
    </message>
    <message>
        <source>The report is saved: %1</source>
        <translation>Der Bericht ist gespeichert: %1</translation>
    </message>
    <message>
        <source>The starter for search: small, quick, English.</source>
        <translation>Der Einstieg für die Suche: klein, schnell, Englisch.</translation>
    </message>
    <message>
        <source>The starter&apos;s model for search in full precision, for llama.cpp: half as fast.</source>
        <translation>Das Einstiegsmodell für die Suche in voller Genauigkeit, für llama.cpp: halb so schnell.</translation>
    </message>
    <message>
        <source>The starter: tiny and instant, for trying things out. It knows little and errs often.</source>
        <translation>Der Einstieg: winzig und sofort da, zum Ausprobieren. Es weiß wenig und irrt oft.</translation>
    </message>
    <message>
        <source>The two are not the same.</source>
        <translation>Die beiden sind nicht gleich.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>There is no checked backup yet.</source>
        <translation>Es gibt noch keine geprüfte Sicherung.</translation>
    </message>
    <message>
        <source>There was nothing to take back.</source>
        <translation>Es gab nichts zurückzunehmen.</translation>
    </message>
    <message>
        <source>This address is not opened: only web addresses are.</source>
        <translation>Diese Adresse wird nicht geöffnet: Das gilt nur für Webadressen.</translation>
    </message>
    <message>
        <source>This search did not find it.</source>
        <translation>Diese Suche hat sie nicht gefunden.</translation>
    </message>
    <message>
        <source>Tight</source>
        <translation>Knapp</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens, tokens per second and time to the first token under each answer.</source>
        <translation>Token, Token pro Sekunde und Zeit bis zum ersten Token unter jeder Antwort.</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unload idle models after</source>
        <translation>Ungenutzte Modelle entladen nach</translation>
    </message>
    <message>
        <source>Untitled</source>
        <translation>Ohne Titel</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>Aktuell</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>Verwendet</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Watch a folder</source>
        <translation>Ordner überwachen</translation>
    </message>
    <message>
        <source>Web pages</source>
        <translation>Webseiten</translation>
    </message>
    <message>
        <source>Where downloaded and copied models are kept. Empty: in the home folder.</source>
        <translation>Wo heruntergeladene und kopierte Modelle liegen. Leer: im Profilordner.</translation>
    </message>
    <message>
        <source>Whole, checked %1</source>
        <translation>Unversehrt, geprüft %1</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Words and meaning</source>
        <translation>Wörter und Bedeutung</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>Gestern</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
    <message>
        <source>You stopped this answer.</source>
        <translation>Sie haben diese Antwort angehalten.</translation>
    </message>
    <message>
        <source>Your message was deleted for ever.</source>
        <translation>Ihre Nachricht wurde endgültig gelöscht.</translation>
    </message>
    <message>
        <source>Your message was deleted.</source>
        <translation>Ihre Nachricht wurde gelöscht.</translation>
    </message>
    <message>
        <source>about %1 min at 100 Mbit/s</source>
        <translation>etwa %1 min bei 100 Mbit/s</translation>
    </message>
    <message>
        <source>by the conversation</source>
        <translation>nach der Unterhaltung</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>context %1 / %2</source>
        <translation>Kontext %1 / %2</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>deleted by itself %1</source>
        <translation>wird von selbst gelöscht %1</translation>
    </message>
    <message>
        <source>exact phrase</source>
        <translation>genaue Wortfolge</translation>
    </message>
    <message>
        <source>first token %1 s</source>
        <translation>erstes Token nach %1 s</translation>
    </message>
    <message>
        <source>for search</source>
        <translation>für die Suche</translation>
    </message>
    <message>
        <source>keyword</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>licence: %1</source>
        <translation>Lizenz: %1</translation>
    </message>
    <message>
        <source>meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>meaning %1</source>
        <translation>Bedeutung %1</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>no GPU found</source>
        <translation>keine GPU gefunden</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>now</source>
        <translation>gerade eben</translation>
    </message>
    <message>
        <source>p. %1</source>
        <translation>S. %1</translation>
    </message>
    <message>
        <source>passages/s</source>
        <translation>Passagen/s</translation>
    </message>
    <message>
        <source>percent</source>
        <translation>Prozent</translation>
    </message>
    <message>
        <source>reads %1</source>
        <translation>liest %1</translation>
    </message>
    <message>
        <source>reranked</source>
        <translation>neu geordnet</translation>
    </message>
    <message>
        <source>sheet %1</source>
        <translation>Blatt %1</translation>
    </message>
    <message>
        <source>slide %1</source>
        <translation>Folie %1</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>Tok/s</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>up to %1 passages</source>
        <translation>bis zu %1 Passagen</translation>
    </message>
    <message>
        <source>was in the trash</source>
        <translation>war im Papierkorb</translation>
    </message>
    <message>
        <source>with neighbours</source>
        <translation>mit Nachbarn</translation>
    </message>
    <message>
        <source>words: %1</source>
        <translation>Wörter: %1</translation>
    </message>
    <message>
        <source>writes %1</source>
        <translation>schreibt %1</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>中文</translation>
    </message>
</context>
<context>
    <name>ImportCard</name>
    <message>
        <source>Import</source>
        <translation>Import</translation>
    </message>
    <message>
        <source>Histories of ChatGPT, Claude, Open WebUI, LM Studio, Jan and GPT4All, and exports of HyperSpot: a file, a ZIP or a folder. First you see what would come in.</source>
        <translation>Verläufe von ChatGPT, Claude, Open WebUI, LM Studio, Jan und GPT4All sowie Exporte von HyperSpot: eine Datei, ein ZIP oder ein Ordner. Zuerst sehen Sie, was hereinkäme.</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>Ordner wählen</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>%1 wird geprüft</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>%1 wird importiert</translation>
    </message>
    <message>
        <source>Left out: %1</source>
        <translation>Ausgelassen: %1</translation>
    </message>
    <message>
        <source>Undo the import</source>
        <translation>Import rückgängig machen</translation>
    </message>
    <message>
        <source>Choose what to import</source>
        <translation>Wählen, was importiert wird</translation>
    </message>
    <message>
        <source>Histories (*.json *.zip *.chat)</source>
        <translation>Verläufe (*.json *.zip *.chat)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose the folder of a history</source>
        <translation>Den Ordner eines Verlaufs wählen</translation>
    </message>
</context>
<context>
    <name>ImportPreview</name>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>Nicht importieren</translation>
    </message>
    <message>
        <source>Would be left out: %1</source>
        <translation>Würde ausgelassen: %1</translation>
    </message>
    <message>
        <source>What would come in</source>
        <translation>Was hereinkäme</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>und %1 weitere</translation>
    </message>
</context>
<context>
    <name>Inspector</name>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>No source is open</source>
        <translation>Keine Quelle geöffnet</translation>
    </message>
    <message>
        <source>Choose a number in an answer, or a card below it.</source>
        <translation>Wählen Sie eine Nummer in einer Antwort oder eine Karte darunter.</translation>
    </message>
    <message>
        <source>Close the source</source>
        <translation>Quelle schließen</translation>
    </message>
    <message>
        <source>Previous source</source>
        <translation>Vorherige Quelle</translation>
    </message>
    <message>
        <source>Next source</source>
        <translation>Nächste Quelle</translation>
    </message>
    <message>
        <source>Show as</source>
        <translation>Anzeigen als</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Show the page large</source>
        <translation>Seite groß zeigen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Above is what the answer was made from.</source>
        <translation>Oben steht, woraus die Antwort entstand.</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Copy the quote</source>
        <translation>Zitat kopieren</translation>
    </message>
    <message>
        <source>How this was found</source>
        <translation>Wie das gefunden wurde</translation>
    </message>
</context>
<context>
    <name>JobCard</name>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 abbrechen</translation>
    </message>
    <message>
        <source>Remove %1 from the list</source>
        <translation>%1 aus der Liste entfernen</translation>
    </message>
</context>
<context>
    <name>KeysSheet</name>
    <message>
        <source>Keys and lock</source>
        <translation>Schlüssel und Sperre</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>Opens your data on any computer, and this window when it is locked.</source>
        <translation>Öffnet Ihre Daten auf jedem Computer und dieses Fenster, wenn es gesperrt ist.</translation>
    </message>
    <message>
        <source>Not set. It would open your data when the keyring is lost, and lets you lock the window.</source>
        <translation>Nicht gesetzt. Sie würde Ihre Daten öffnen, wenn der Schlüsselbund verloren ist, und lässt Sie das Fenster sperren.</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Set a passphrase</source>
        <translation>Passphrase setzen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Ask at every start</source>
        <translation>Bei jedem Start fragen</translation>
    </message>
    <message>
        <source>Then the keyring no longer opens your data: only the passphrase or the recovery code does.</source>
        <translation>Dann öffnet der Schlüsselbund Ihre Daten nicht mehr: nur die Passphrase oder der Wiederherstellungscode.</translation>
    </message>
    <message>
        <source>Recovery code</source>
        <translation>Wiederherstellungscode</translation>
    </message>
    <message>
        <source>You have kept it. A new one makes the old one useless.</source>
        <translation>Sie haben ihn aufbewahrt. Ein neuer macht den alten unbrauchbar.</translation>
    </message>
    <message>
        <source>Not kept yet. If the keyring is lost, only it or the passphrase opens your data.</source>
        <translation>Noch nicht aufbewahrt. Wenn der Schlüsselbund verloren ist, öffnet nur er oder die Passphrase Ihre Daten.</translation>
    </message>
    <message>
        <source>New recovery code</source>
        <translation>Neuer Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>Sperre</translation>
    </message>
    <message>
        <source>Ctrl Shift L locks the window. Settings, Privacy says after how long without use it locks itself.</source>
        <translation>Ctrl Shift L sperrt das Fenster. Unter Einstellungen, Privatsphäre steht, nach wie langer Zeit ohne Benutzung es sich selbst sperrt.</translation>
    </message>
    <message>
        <source>Needs a passphrase.</source>
        <translation>Braucht eine Passphrase.</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>Jetzt sperren</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
</context>
<context>
    <name>LinkSheet</name>
    <message>
        <source>Open your mail program?</source>
        <translation>E-Mail-Programm öffnen?</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>HyperSpot is locked</source>
        <translation>HyperSpot ist gesperrt</translation>
    </message>
    <message>
        <source>What runs goes on behind it: answers, indexing, downloads.</source>
        <translation>Was läuft, geht dahinter weiter: Antworten, Indizieren, Downloads.</translation>
    </message>
    <message>
        <source>Passphrase or recovery code</source>
        <translation>Passphrase oder Wiederherstellungscode</translation>
    </message>
    <message>
        <source>One moment …</source>
        <translation>Einen Moment …</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>Main</name>
    <message>
        <source>To lock the window, set a passphrase first: it opens the window again.</source>
        <translation>Um das Fenster zu sperren, setzen Sie zuerst eine Passphrase: Sie öffnet das Fenster wieder.</translation>
    </message>
</context>
<context>
    <name>ModelCard</name>
    <message>
        <source>Load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Unload</source>
        <translation>Entladen</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Cancel the download of %1</source>
        <translation>Download von %1 abbrechen</translation>
    </message>
    <message>
        <source>More about %1</source>
        <translation>Mehr zu %1</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Erneut messen</translation>
    </message>
    <message>
        <source>Measure on this computer</source>
        <translation>Auf diesem Computer messen</translation>
    </message>
    <message>
        <source>Optimise for this computer</source>
        <translation>Für diesen Computer optimieren</translation>
    </message>
    <message>
        <source>Forget (the file stays)</source>
        <translation>Vergessen (die Datei bleibt)</translation>
    </message>
    <message>
        <source>Delete from disk</source>
        <translation>Von der Festplatte löschen</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Import a GGUF file</source>
        <translation>GGUF-Datei importieren</translation>
    </message>
    <message>
        <source>Copy into the profile</source>
        <translation>Ins Profil kopieren</translation>
    </message>
    <message>
        <source>Use where it is</source>
        <translation>Am jetzigen Ort verwenden</translation>
    </message>
    <message>
        <source>Do not import</source>
        <translation>Nicht importieren</translation>
    </message>
    <message>
        <source>%1 is stored in a form that this computer reads slowly.</source>
        <translation>%1 liegt in einer Form vor, die dieser Computer langsam liest.</translation>
    </message>
    <message>
        <source>A converted copy answers faster; both are measured and neither is deleted.</source>
        <translation>Eine umgewandelte Kopie antwortet schneller; beide werden gemessen, keine wird gelöscht.</translation>
    </message>
    <message>
        <source>Optimise</source>
        <translation>Optimieren</translation>
    </message>
    <message>
        <source>From an address</source>
        <translation>Von einer Adresse</translation>
    </message>
    <message>
        <source>https://… of a GGUF file, or owner/repository/file.gguf</source>
        <translation>https://… einer GGUF-Datei oder Besitzer/Repository/Datei.gguf</translation>
    </message>
    <message>
        <source>Address of a model</source>
        <translation>Adresse eines Modells</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
    <message>
        <source>No models yet</source>
        <translation>Noch keine Modelle</translation>
    </message>
    <message>
        <source>Import a GGUF file that you have, or give the address of one.</source>
        <translation>Importieren Sie eine vorhandene GGUF-Datei oder geben Sie die Adresse einer solchen an.</translation>
    </message>
    <message>
        <source>Choose a GGUF file</source>
        <translation>GGUF-Datei auswählen</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>Modelle (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Save report…</source>
        <translation>Bericht speichern…</translation>
    </message>
    <message>
        <source>Put the note on the last run away</source>
        <translation>Die Notiz über den letzten Lauf weglegen</translation>
    </message>
    <message>
        <source>Reading, searching and exporting work.</source>
        <translation>Lesen, Suchen und Exportieren gehen.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Put the note on the repair away</source>
        <translation>Den Hinweis auf die Reparatur weglegen</translation>
    </message>
</context>
<context>
    <name>PaceCard</name>
    <message>
        <source>Gentle</source>
        <translation>Schonend</translation>
    </message>
    <message>
        <source>One file at a time, with rests. What a battery gets by itself.</source>
        <translation>Eine Datei nach der anderen, mit Pausen. Gilt im Akkubetrieb von selbst.</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Steady, and out of the way while an answer is written.</source>
        <translation>Stetig, und zurückhaltend, während eine Antwort entsteht.</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>As fast as this computer can. Other programs may feel it.</source>
        <translation>So schnell dieser Computer kann. Andere Programme können das spüren.</translation>
    </message>
    <message>
        <source>Pace of indexing</source>
        <translation>Tempo der Indexierung</translation>
    </message>
    <message>
        <source>Reading documents</source>
        <translation>Lesen der Dokumente</translation>
    </message>
    <message>
        <source>Paused until you resume it, also after a restart.</source>
        <translation>Pausiert, bis Sie es fortsetzen, auch nach einem Neustart.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pausieren</translation>
    </message>
</context>
<context>
    <name>PagePicture</name>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
</context>
<context>
    <name>PageSheet</name>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>PageTurner</name>
    <message>
        <source>Previous page</source>
        <translation>Vorherige Seite</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Page %1</source>
        <translation>Seite %1</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Nächste Seite</translation>
    </message>
</context>
<context>
    <name>PaletteSheet</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Search chats, messages, documents, commands and settings</source>
        <translation>Chats, Nachrichten, Dokumente, Befehle und Einstellungen durchsuchen</translation>
    </message>
    <message>
        <source>Searching messages and files…</source>
        <translation>Nachrichten und Dateien werden durchsucht …</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Nothing found. Fewer or shorter words find more.</source>
        <translation>Nichts gefunden. Weniger oder kürzere Wörter finden mehr.</translation>
    </message>
</context>
<context>
    <name>PassagePreview</name>
    <message>
        <source>The passage in its place</source>
        <translation>Die Passage an ihrer Stelle</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Show as</source>
        <translation>Anzeigen als</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Show the page large</source>
        <translation>Seite groß zeigen</translation>
    </message>
    <message>
        <source>Found by %1</source>
        <translation>Gefunden über: %1</translation>
    </message>
    <message>
        <source>Ask about this</source>
        <translation>Hierzu fragen</translation>
    </message>
    <message>
        <source>Open file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>PassphraseForm</name>
    <message>
        <source>Current passphrase, or the recovery code</source>
        <translation>Aktuelle Passphrase oder Wiederherstellungscode</translation>
    </message>
    <message>
        <source>New passphrase</source>
        <translation>Neue Passphrase</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Passphrase</translation>
    </message>
    <message>
        <source>The same again</source>
        <translation>Noch einmal dieselbe</translation>
    </message>
    <message>
        <source>Remove the passphrase</source>
        <translation>Passphrase entfernen</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>PreviewLine</name>
    <message>
        <source>Do not restore %1</source>
        <translation>%1 nicht wiederherstellen</translation>
    </message>
    <message>
        <source>Restore %1</source>
        <translation>%1 wiederherstellen</translation>
    </message>
</context>
<context>
    <name>PrivacyCard</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>in progress</source>
        <translation>läuft</translation>
    </message>
</context>
<context>
    <name>QuoteView</name>
    <message>
        <source>Passage</source>
        <translation>Passage</translation>
    </message>
</context>
<context>
    <name>RecommendedCard</name>
    <message>
        <source>Download</source>
        <translation>Herunterladen</translation>
    </message>
</context>
<context>
    <name>RecoveryReminder</name>
    <message>
        <source>Your recovery code is not kept yet. It opens your data when the keyring is lost.</source>
        <translation>Ihr Wiederherstellungscode ist noch nicht aufbewahrt. Er öffnet Ihre Daten, wenn der Schlüsselbund verloren ist.</translation>
    </message>
    <message>
        <source>Show a new one</source>
        <translation>Einen neuen zeigen</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>The next start reminds again.</source>
        <translation>Der nächste Start erinnert wieder.</translation>
    </message>
</context>
<context>
    <name>RecoverySheet</name>
    <message>
        <source>Your recovery code</source>
        <translation>Ihr Wiederherstellungscode</translation>
    </message>
    <message>
        <source>Everything here is encrypted on this computer. If its keyring is ever lost, only this code opens your data. It is shown now and never again: write it down, or keep it in a password manager.</source>
        <translation>Alles hier ist auf diesem Computer verschlüsselt. Geht dessen Schlüsselbund einmal verloren, öffnet nur dieser Code Ihre Daten. Er wird jetzt und nie wieder angezeigt: Schreiben Sie ihn auf oder bewahren Sie ihn in einem Passwortmanager auf.</translation>
    </message>
    <message>
        <source>Recovery code: %1</source>
        <translation>Wiederherstellungscode: %1</translation>
    </message>
    <message>
        <source>I have kept it</source>
        <translation>Ich habe ihn aufbewahrt</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>Später</translation>
    </message>
    <message>
        <source>You will be reminded; a new code is made then.</source>
        <translation>Sie werden erinnert; dann entsteht ein neuer Code.</translation>
    </message>
</context>
<context>
    <name>RepairSheet</name>
    <message>
        <source>What was repaired</source>
        <translation>Was repariert wurde</translation>
    </message>
    <message>
        <source>The file from before is kept: %1</source>
        <translation>Die Datei von vorher bleibt erhalten: %1</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>I have read it</source>
        <translation>Ich habe es gelesen</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
</context>
<context>
    <name>RetrievalForm</name>
    <message>
        <source>Try again with</source>
        <translation>Erneut versuchen mit</translation>
    </message>
    <message>
        <source>Search by</source>
        <translation>Suchen nach</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>Beides</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Fewer passages</source>
        <translation>Weniger Passagen</translation>
    </message>
    <message>
        <source>%1 passages</source>
        <translation>%1 Passagen</translation>
    </message>
    <message>
        <source>More passages</source>
        <translation>Mehr Passagen</translation>
    </message>
    <message>
        <source>Rerank</source>
        <translation>Neu ordnen</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Nachbarn</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>Unterhaltung</translation>
    </message>
    <message>
        <source>Searching…</source>
        <translation>Sucht …</translation>
    </message>
    <message>
        <source>Search again</source>
        <translation>Erneut suchen</translation>
    </message>
    <message>
        <source>Back to the answer&apos;s</source>
        <translation>Zurück zum Stand der Antwort</translation>
    </message>
</context>
<context>
    <name>RetrievalSheet</name>
    <message>
        <source>How this was found</source>
        <translation>Wie das gefunden wurde</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>Passage</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Wörter</translation>
    </message>
    <message>
        <source>Meaning</source>
        <translation>Bedeutung</translation>
    </message>
    <message>
        <source>Reranked</source>
        <translation>Neuer Rang</translation>
    </message>
    <message>
        <source>In the answer</source>
        <translation>In der Antwort</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Jetzt</translation>
    </message>
    <message>
        <source>What became of it</source>
        <translation>Was daraus wurde</translation>
    </message>
    <message>
        <source>Passages that were found</source>
        <translation>Gefundene Passagen</translation>
    </message>
    <message>
        <source>Nothing was found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Nothing is known about this answer</source>
        <translation>Über diese Antwort ist nichts bekannt</translation>
    </message>
    <message>
        <source>Every file was gone through</source>
        <translation>Jede Datei wurde durchgegangen</translation>
    </message>
    <message>
        <source>No passage of the chosen documents has to do with the question.</source>
        <translation>Keine Passage der gewählten Dokumente hat mit der Frage zu tun.</translation>
    </message>
    <message>
        <source>It was not made from documents, or what was kept of it is gone.</source>
        <translation>Sie entstand nicht aus Dokumenten, oder das dazu Aufbewahrte ist nicht mehr da.</translation>
    </message>
</context>
<context>
    <name>RunningLine</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>SearchPage</name>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Passages in your documents, by their words and by what they mean.</source>
        <translation>Passagen in Ihren Dokumenten, nach ihren Wörtern und nach ihrer Bedeutung.</translation>
    </message>
    <message>
        <source>Search in your documents</source>
        <translation>In Ihren Dokumenten suchen</translation>
    </message>
    <message>
        <source>Words, &quot;an exact phrase&quot;, or a question</source>
        <translation>Wörter, &quot;eine genaue Wortfolge&quot; oder eine Frage</translation>
    </message>
    <message>
        <source>Search by</source>
        <translation>Suchen nach</translation>
    </message>
    <message>
        <source>Only in %1; press to search everywhere</source>
        <translation>Nur in %1; drücken, um überall zu suchen</translation>
    </message>
    <message>
        <source>Collection</source>
        <translation>Sammlung</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter entfernen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Passages</source>
        <translation>Passagen</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>Mehr zeigen</translation>
    </message>
    <message>
        <source>Nothing to search yet</source>
        <translation>Noch nichts zu durchsuchen</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>Nichts gefunden</translation>
    </message>
    <message>
        <source>Type to search</source>
        <translation>Zum Suchen tippen</translation>
    </message>
    <message>
        <source>Add files or a folder; what stands in them is found here within seconds.</source>
        <translation>Fügen Sie Dateien oder einen Ordner hinzu; was darin steht, wird hier in Sekunden gefunden.</translation>
    </message>
    <message>
        <source>Other words may find it, or fewer filters.</source>
        <translation>Andere Wörter oder weniger Filter finden es vielleicht.</translation>
    </message>
    <message>
        <source>Other words may find it, or fewer of them.</source>
        <translation>Andere oder weniger Wörter finden es vielleicht.</translation>
    </message>
    <message>
        <source>Results come as you type. Quotes find an exact phrase, a star ends a beginning: contr*.</source>
        <translation>Treffer erscheinen beim Tippen. Anführungszeichen finden eine genaue Wortfolge, ein Stern steht nach einem Wortanfang: Vertr*.</translation>
    </message>
    <message>
        <source>Add documents</source>
        <translation>Dokumente hinzufügen</translation>
    </message>
</context>
<context>
    <name>SettingLine</name>
    <message>
        <source>Back to the default: %1</source>
        <translation>Zurück zum Standard: %1</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Changes are kept at once. The arrow beside a value takes it back to its default.</source>
        <translation>Änderungen werden sofort übernommen. Der Pfeil neben einem Wert setzt ihn auf den Standard zurück.</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>Sicherungen</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>Keys and lock</source>
        <translation>Schlüssel und Sperre</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>ShortcutsSheet</name>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Search everything</source>
        <translation>Alles durchsuchen</translation>
    </message>
    <message>
        <source>Find in this chat</source>
        <translation>In diesem Chat suchen</translation>
    </message>
    <message>
        <source>Write a message</source>
        <translation>Nachricht schreiben</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>New line</source>
        <translation>Neue Zeile</translation>
    </message>
    <message>
        <source>Stop the answer</source>
        <translation>Antwort anhalten</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Show or hide the side bar</source>
        <translation>Seitenleiste ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Move the selected conversation to the trash</source>
        <translation>Ausgewählte Unterhaltung in den Papierkorb legen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>This list</source>
        <translation>Diese Liste</translation>
    </message>
    <message>
        <source>Show or hide the source</source>
        <translation>Quelle ein- oder ausblenden</translation>
    </message>
    <message>
        <source>Search in documents</source>
        <translation>In Dokumenten suchen</translation>
    </message>
    <message>
        <source>Chat, Documents, Search, Models, Activity</source>
        <translation>Chat, Dokumente, Suchen, Modelle, Aktivität</translation>
    </message>
    <message>
        <source>Add copied files (on the Documents page)</source>
        <translation>Kopierte Dateien hinzufügen (auf der Seite „Dokumente“)</translation>
    </message>
    <message>
        <source>Rename the selected conversation or collection</source>
        <translation>Ausgewählte Unterhaltung oder Sammlung umbenennen</translation>
    </message>
    <message>
        <source>New private chat</source>
        <translation>Neuer privater Chat</translation>
    </message>
    <message>
        <source>Lock the window</source>
        <translation>Fenster sperren</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
</context>
<context>
    <name>SideBar</name>
    <message>
        <source>Side bar</source>
        <translation>Seitenleiste</translation>
    </message>
    <message>
        <source>Show all conversations</source>
        <translation>Alle Unterhaltungen anzeigen</translation>
    </message>
    <message>
        <source>Find a conversation</source>
        <translation>Unterhaltung suchen</translation>
    </message>
    <message>
        <source>New chat</source>
        <translation>Neuer Chat</translation>
    </message>
    <message>
        <source>Ctrl N</source>
        <translation>Strg N</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Ctrl 3</source>
        <translation>Strg 3</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>Aktivität</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>Unterhaltungen</translation>
    </message>
    <message>
        <source>No conversation has this in its title.</source>
        <translation>Keine Unterhaltung hat das im Titel.</translation>
    </message>
    <message>
        <source>Your conversations will be listed here.</source>
        <translation>Hier erscheinen Ihre Unterhaltungen.</translation>
    </message>
</context>
<context>
    <name>Skeleton</name>
    <message>
        <source>Loading</source>
        <translation>Wird geladen</translation>
    </message>
</context>
<context>
    <name>SourceCard</name>
    <message>
        <source>Source %1: %2</source>
        <translation>Quelle %1: %2</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>Datei öffnen</translation>
    </message>
    <message>
        <source>Show in its folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
</context>
<context>
    <name>SourcesBlock</name>
    <message>
        <source>Sources</source>
        <translation>Quellen</translation>
    </message>
    <message>
        <source>No passage is cited here.</source>
        <translation>Hier wird keine Passage zitiert.</translation>
    </message>
</context>
<context>
    <name>SourcesSheet</name>
    <message>
        <source>What belongs to %1</source>
        <translation>Was zu %1 gehört</translation>
    </message>
    <message>
        <source>Nothing any more. Add files or a folder to it.</source>
        <translation>Nichts mehr. Fügen Sie Dateien oder einen Ordner hinzu.</translation>
    </message>
    <message>
        <source>Notice changes</source>
        <translation>Änderungen bemerken</translation>
    </message>
    <message>
        <source>Stop noticing</source>
        <translation>Nicht mehr bemerken</translation>
    </message>
    <message>
        <source>Show %1 in the file manager</source>
        <translation>%1 im Dateimanager zeigen</translation>
    </message>
    <message>
        <source>Take %1 out of the collection</source>
        <translation>%1 aus der Sammlung nehmen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
</context>
<context>
    <name>StartProblem</name>
    <message>
        <source>The profile could not be opened</source>
        <translation>Das Profil konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Your profile is locked</source>
        <translation>Ihr Profil ist gesperrt</translation>
    </message>
    <message>
        <source>Your profile could not be opened</source>
        <translation>Ihr Profil konnte nicht geöffnet werden</translation>
    </message>
    <message>
        <source>Your files have not been changed.</source>
        <translation>Ihre Dateien wurden nicht verändert.</translation>
    </message>
    <message>
        <source>HyperSpot asks for your passphrase at every start. The recovery code works, too.</source>
        <translation>HyperSpot fragt bei jedem Start nach Ihrer Passphrase. Der Wiederherstellungscode geht auch.</translation>
    </message>
    <message>
        <source>Recovery code or passphrase</source>
        <translation>Wiederherstellungscode oder Passphrase</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>Entsperren</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
</context>
<context>
    <name>ThinkingBlock</name>
    <message>
        <source>Reading your message</source>
        <translation>Liest Ihre Nachricht</translation>
    </message>
</context>
<context>
    <name>TrashPage</name>
    <message>
        <source>Trash</source>
        <translation>Papierkorb</translation>
    </message>
    <message>
        <source>In the trash</source>
        <translation>Im Papierkorb</translation>
    </message>
    <message>
        <source>Everything here is deleted for ever. There is no way back.</source>
        <translation>Alles hier wird endgültig gelöscht. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>What you delete stays here for 30 days. Deleting for ever removes it from every file, and from all later backups.</source>
        <translation>Was Sie löschen, bleibt 30 Tage hier. Endgültiges Löschen entfernt es aus jeder Datei und aus allen späteren Sicherungen.</translation>
    </message>
    <message>
        <source>Deleting…</source>
        <translation>Wird gelöscht …</translation>
    </message>
    <message>
        <source>Empty the trash</source>
        <translation>Papierkorb leeren</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Delete everything for ever</source>
        <translation>Alles endgültig löschen</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>There is no way back.</source>
        <translation>Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Delete for ever</source>
        <translation>Endgültig löschen</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
        <source>Deleted conversations, messages, collections and models wait here for 30 days.</source>
        <translation>Gelöschte Unterhaltungen, Nachrichten, Sammlungen und Modelle warten hier 30 Tage.</translation>
    </message>
</context>
<context>
    <name>UserBlock</name>
    <message>
        <source>You: %1</source>
        <translation>Sie: %1</translation>
    </message>
    <message>
        <source>Edit your message</source>
        <translation>Ihre Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Previous version</source>
        <translation>Vorherige Fassung</translation>
    </message>
    <message>
        <source>Next version</source>
        <translation>Nächste Fassung</translation>
    </message>
    <message>
        <source>Copy message</source>
        <translation>Nachricht kopieren</translation>
    </message>
    <message>
        <source>Edit message</source>
        <translation>Nachricht bearbeiten</translation>
    </message>
    <message>
        <source>Delete message and its answers</source>
        <translation>Nachricht und ihre Antworten löschen</translation>
    </message>
</context>
</TS>

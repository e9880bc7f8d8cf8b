pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.pages

// The boxes above the window. Nothing of them is read before the first of them is opened.
Item {
    id: root

    required property Main main

    function openPalette(): void {
        paletteSheet.open();
    }
    function openConversationSettings(): void {
        (conversationSheet.made() as ConversationSheet).edit();
    }
    function openRetrieval(): void {
        retrievalSheet.open();
    }
    function openKeys(note: string): void {
        (keysSheet.made() as KeysSheet).show(note);
    }
    function openShortcuts(): void {
        shortcuts.open();
    }
    function askForMail(address: string): void {
        (linkSheet.made() as LinkSheet).ask(address);
    }
    function openReport(): void {
        report.open();
    }
    function openRepairs(): void {
        repairs.open();
    }

    LazyPopup {
        id: paletteSheet

        sourceComponent: PaletteSheet {
            parent: Overlay.overlay
            viewModel: root.main.finder
            onClosed: root.main.focusChat()
        }
    }
    LazyPopup {
        id: conversationSheet

        sourceComponent: ConversationSheet {
            parent: Overlay.overlay
            chat: root.main.chat
            models: root.main.models
        }
    }
    LazyPopup {
        id: retrievalSheet

        asynchronous: true
        onLoaded: open()
        sourceComponent: RetrievalSheet {
            parent: Overlay.overlay
            viewModel: root.main.retrieval
        }
    }
    LazyPopup {
        id: keysSheet

        sourceComponent: KeysSheet {
            parent: Overlay.overlay
            viewModel: root.main.keys
            onLockWanted: root.main.lock.lock()
        }
    }
    LazyPopup {
        wanted: root.main.app.recoveryCode !== ""
        sourceComponent: RecoverySheet {
            parent: Overlay.overlay
            app: root.main.app
            keys: root.main.keys
        }
    }
    LazyPopup {
        id: shortcuts

        sourceComponent: ShortcutsSheet {
            parent: Overlay.overlay
        }
    }
    LazyPopup {
        id: linkSheet

        sourceComponent: LinkSheet {
            parent: Overlay.overlay
            onConfirmed: address => root.main.app.openConfirmed(address)
        }
    }
    LazyPopup {
        id: report

        sourceComponent: CrashSheet {
            parent: Overlay.overlay
            viewModel: root.main.crash
        }
    }
    LazyPopup {
        id: repairs

        sourceComponent: RepairSheet {
            parent: Overlay.overlay
            viewModel: root.main.storage
            onFolderWanted: path => root.main.app.showInFolder(path)
            onBackupsWanted: root.main.app.page = "backups"
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import hyperspot.pages

// Every page but the chat. Nothing of them is read before the first of them is shown.
Item {
    id: root

    required property Main main

    function documentsShown(): DocumentsPage {
        main.app.page = "documents";
        return documentsPage.item as DocumentsPage;
    }
    function chooseFiles(): void {
        documentsShown().chooseFiles();
    }
    function chooseFolder(): void {
        documentsShown().chooseFolder();
    }
    function scrollFiles(row: var): void {
        (documentsPage.item as DocumentsPage).showRow(row);
    }
    function showSources(name: string): void {
        (documentsPage.item as DocumentsPage).showSources(main.documents.currentId, name);
    }
    function showPassagePage(): void {
        (searchPage.item as SearchPage).showPage();
    }
    function searchIn(fileId: string, fileName: string, collection: string): void {
        main.app.page = "search";
        main.search.widen();
        if (fileId !== "")
            main.search.searchInFile(fileId, fileName);
        if (collection !== "")
            main.search.narrow("collection", collection);
        (searchPage.item as SearchPage).take();
    }
    function lookInside(name: string): void {
        (backupsPage.item as BackupsPage).lookInside(name, name);
    }
    function chooseModelFile(): void {
        main.app.page = "models";
        (modelsPage.item as ModelsPage).chooseFile();
    }
    function showSetting(key: string): void {
        main.app.page = "settings";
        (settingsPage.item as SettingsPage).show(key);
    }

    LazyPage {
        id: documentsPage

        anchors.fill: parent
        shown: root.main.app.page === "documents"
        sourceComponent: DocumentsPage {
            viewModel: root.main.documents
            files: root.main.files
            adding: root.main.adding
            searchModelMissing: !root.main.models.hasSearchModel
            onModelsWanted: root.main.app.page = "models"
            onOpenWanted: path => root.main.app.openFile(path)
            onFolderWanted: path => root.main.app.showInFolder(path)
            onCopyWanted: text => root.main.app.copy(text)
            onSearchWanted: (fileId, fileName) => root.main.searchIn(fileId, fileName, "")
            onCollectionSearchWanted: name => root.main.searchIn("", "", name)
            onCollectionAskWanted: collectionId => root.main.documents.askAbout(collectionId)
        }
    }
    LazyPage {
        id: searchPage

        anchors.fill: parent
        shown: root.main.app.page === "search"
        sourceComponent: SearchPage {
            viewModel: root.main.search
            passage: root.main.passage
            pageView: root.main.passagePage
            hasDocuments: !root.main.documents.known || root.main.documents.count > 0
            onDocumentsWanted: root.main.app.page = "documents"
            onOpenWanted: path => root.main.app.openFile(path)
            onFolderWanted: path => root.main.app.showInFolder(path)
        }
    }
    LazyPage {
        id: modelsPage

        anchors.fill: parent
        shown: root.main.app.page === "models"
        sourceComponent: ModelsPage {
            viewModel: root.main.models
        }
    }
    LazyPage {
        anchors.fill: parent
        shown: root.main.app.page === "activity"
        sourceComponent: ActivityPage {
            viewModel: root.main.activity
            pace: root.main.pace
        }
    }
    LazyPage {
        anchors.fill: parent
        shown: root.main.app.page === "trash"
        sourceComponent: TrashPage {
            viewModel: root.main.trash
        }
    }
    LazyPage {
        id: settingsPage

        anchors.fill: parent
        shown: root.main.app.page === "settings"
        sourceComponent: SettingsPage {
            viewModel: root.main.settings
            onTrashWanted: root.main.app.page = "trash"
            onShortcutsWanted: root.main.openShortcuts()
            onKeysWanted: root.main.openKeys("")
            onExchangeWanted: root.main.app.page = "exchange"
            onBackupsWanted: root.main.app.page = "backups"
        }
    }
    LazyPage {
        anchors.fill: parent
        shown: root.main.app.page === "exchange"
        sourceComponent: ExchangePage {
            exporting: root.main.exporting
            importing: root.main.importing
            onFolderWanted: path => root.main.app.showInFolder(path)
            onSettingsWanted: root.main.app.page = "settings"
        }
    }
    LazyPage {
        id: backupsPage

        anchors.fill: parent
        shown: root.main.app.page === "backups"
        sourceComponent: BackupsPage {
            viewModel: root.main.backups
            preview: root.main.backupPreview
            onSettingsWanted: root.main.app.page = "settings"
            onQuitWanted: root.main.app.quit()
            onFolderWanted: path => root.main.app.showInFolder(path)
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Dialogs
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Copies of everything, by day: looked into, checked, brought back.
FocusScope {
    id: root

    required property BackupsViewModel viewModel
    required property BackupPreviewViewModel preview

    signal settingsWanted
    signal quitWanted
    signal folderWanted(string path)

    function lookInside(name: string, called: string): void {
        preview.look(name, called);
        sheet.open();
    }

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Backups")
    onVisibleChanged: if (visible) viewModel.refresh()
    Component.onCompleted: viewModel.refresh()

    ListView {
        id: list

        readonly property real columnWidth: Math.min(width - Theme.gap6 * 2, Theme.pageWidth)

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap6
        flickableDirection: Flickable.VerticalFlick
        spacing: Theme.gap2
        model: root.viewModel.rows
        section.property: "day"
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Backups")
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        ScrollBar.vertical: ScrollLine {}

        header: BackupsHead {
            width: list.columnWidth
            viewModel: root.viewModel
            onSettingsWanted: root.settingsWanted()
            onQuitWanted: root.quitWanted()
            onFolderWanted: folderDialog.open()
        }
        section.delegate: Words {
            required property string section

            width: list.columnWidth
            height: Theme.size(36)
            text: section
            muted: true
            verticalAlignment: Text.AlignBottom
            bottomPadding: Theme.gap2
            font.pixelSize: Theme.sizeCaption
            font.weight: Font.Medium
            Accessible.role: Accessible.Heading
        }
        delegate: BackupLine {
            required property string path

            width: list.columnWidth
            onLookWanted: root.lookInside(name, title + "  ·  " + reason)
            onCheckWanted: root.viewModel.verify(name)
            onEverythingWanted: root.viewModel.restoreEverything(name)
            onFolderWanted: root.folderWanted(path)
            onRemoveWanted: root.viewModel.remove(name)
        }
        footer: Item {
            width: list.columnWidth
            height: trash.visible ? trash.height : 0

            BackupsTrash {
                id: trash

                width: parent.width
                viewModel: root.viewModel
            }
        }
    }
    Skeleton {
        anchors.top: parent.top
        anchors.topMargin: Theme.size(130)
        x: Theme.gap6
        width: list.columnWidth
        lines: 5
        lineHeight: 56
        active: root.viewModel.loading
    }
    EmptyState {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: Theme.size(90)
        visible: list.count === 0 && root.viewModel.known
        iconName: "hard-drive"
        text: qsTr("No backup yet")
        detail: qsTr("The first one is made by itself within an hour in which something changed. It is encrypted like everything here.")
    }
    FolderDialog {
        id: folderDialog

        title: qsTr("A folder for second copies")
        onAccepted: root.viewModel.chooseSecondFolder(selectedFolder)
    }
    BackupSheet {
        id: sheet

        parent: Overlay.overlay
        viewModel: root.preview
    }
}

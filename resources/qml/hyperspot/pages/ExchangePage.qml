pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Conversations out of the program and into it, in the open.
FocusScope {
    id: root

    required property ExportViewModel exporting
    required property ImportViewModel importing

    signal folderWanted(string path)
    signal settingsWanted

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Import and export")
    Component.onCompleted: exporting.load()
    onVisibleChanged: if (visible) exporting.load()

    Flickable {
        id: flick

        readonly property real columnWidth: Math.min(width - Theme.gap6 * 2, Theme.pageWidth)

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        flickableDirection: Flickable.VerticalFlick
        contentWidth: width
        contentHeight: column.height + Theme.gap6 + Theme.gap5

        ScrollBar.vertical: ScrollLine {}

        Column {
            id: column

            x: Theme.gap6
            y: Theme.gap5 + Theme.gap3
            width: flick.columnWidth
            spacing: Theme.gap4

            PageHeader {
                width: parent.width
                title: qsTr("Import and export")
                detail: qsTr("Your conversations are yours: take them out into files that any program can read, and bring in those from elsewhere.")

                ActionButton {
                    iconName: "settings"
                    text: qsTr("Settings")
                    onClicked: root.settingsWanted()
                }
            }
            ImportCard {
                width: parent.width
                viewModel: root.importing
            }
            ExportCard {
                width: parent.width
                viewModel: root.exporting
                leading: !root.importing.hasPreview
                onFolderWanted: path => root.folderWanted(path)
            }
        }
    }
    DropArea {
        anchors.fill: parent
        keys: ["text/uri-list"]
        onDropped: drop => {
            root.importing.lookAt(drop.urls);
            drop.accept(Qt.CopyAction);
        }
    }
}

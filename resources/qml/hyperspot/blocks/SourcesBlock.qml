pragma ComponentBehavior: Bound

import QtQuick
import hyperspot.components
import hyperspot.theme

// What an answer from documents rests on; or that it rests on none of them.
Item {
    id: root

    required property list<var> sources
    property string currentAddress: ""

    signal chosen(string address)
    signal fileWanted(string path)
    signal folderWanted(string path)

    implicitHeight: (sources.length > 0 ? flow.implicitHeight : none.implicitHeight) + Theme.gap3

    Flow {
        id: flow

        width: parent.width
        spacing: Theme.gap2
        visible: root.sources.length > 0
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Sources")

        Repeater {
            model: root.sources

            SourceCard {
                required property var modelData

                width: Math.min(implicitWidth, flow.width)
                number: modelData.number
                fileName: modelData.fileName
                place: modelData.place
                current: modelData.address === root.currentAddress
                onClicked: root.chosen(modelData.address)
                onFileWanted: root.fileWanted(modelData.path)
                onFolderWanted: root.folderWanted(modelData.path)
            }
        }
    }
    Row {
        id: none

        visible: root.sources.length === 0
        spacing: Theme.gap2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "file-search"
            extent: 15
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, root.width - Theme.gap5)
            text: qsTr("No passage is cited here.")
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
    }
}

import QtQuick
import HyperSpot.ViewModels
import hyperspot.theme

// The head of the file table; it stays in sight while the lines scroll below it.
Rectangle {
    id: root

    required property FileColumns columns
    required property FileTableViewModel files
    property bool sticky: false

    height: columns.rowHeight
    color: Theme.surface2
    border.color: Theme.line
    topLeftRadius: sticky ? 0 : Theme.radiusCard
    topRightRadius: sticky ? 0 : Theme.radiusCard
    Accessible.role: Accessible.Row
    Accessible.name: qsTr("Columns")

    FileHeadCell {
        x: root.columns.nameX
        width: root.columns.nameWidth
        text: qsTr("Name")
        sorted: root.files.order === "name"
        descending: root.files.descending
        onClicked: root.files.sortBy("name")
    }
    FileHeadCell {
        x: root.columns.typeX
        width: root.columns.typeWidth
        visible: width > 0
        text: qsTr("Type")
        sorted: root.files.order === "type"
        descending: root.files.descending
        onClicked: root.files.sortBy("type")
    }
    FileHeadCell {
        x: root.columns.passagesX
        width: root.columns.passagesWidth
        visible: width > 0
        text: qsTr("Passages")
        sorted: root.files.order === "passages"
        descending: root.files.descending
        onClicked: root.files.sortBy("passages")
    }
    FileHeadCell {
        x: root.columns.statusX
        width: root.columns.statusWidth
        text: qsTr("Status")
        sorted: root.files.order === "state"
        descending: root.files.descending
        onClicked: root.files.sortBy("state")
    }
    FileHeadCell {
        x: root.columns.changedX
        width: root.columns.changedWidth
        text: qsTr("Changed")
        sorted: root.files.order === "changed"
        descending: root.files.descending
        onClicked: root.files.sortBy("changed")
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Backups in the trash: back, or gone for good.
Column {
    id: root

    required property BackupsViewModel viewModel

    visible: repeater.count > 0
    spacing: Theme.gap2

    Words {
        height: Theme.size(32)
        text: qsTr("Trash")
        muted: true
        verticalAlignment: Text.AlignBottom
        font.pixelSize: Theme.sizeCaption
        font.weight: Font.Medium
        Accessible.role: Accessible.Heading
    }
    Card {
        width: parent.width
        height: lines.height

        Column {
            id: lines

            width: parent.width

            Repeater {
                id: repeater

                model: root.viewModel.trashed

                RowLayout {
                    id: line

                    required property string name
                    required property string title
                    required property string detail

                    // There is no way back from deleting.
                    property bool asking: false

                    width: lines.width
                    height: Theme.size(52)
                    spacing: Theme.gap2

                    Icon {
                        Layout.leftMargin: Theme.gap4
                        name: "trash-2"
                        extent: 16
                    }
                    ColumnLayout {
                        Layout.fillWidth: true
                        spacing: 1

                        Words {
                            Layout.fillWidth: true
                            text: line.title
                            font.pixelSize: Theme.sizeSmall
                        }
                        Words {
                            Layout.fillWidth: true
                            text: line.asking ? qsTr("There is no way back.") : line.detail
                            muted: true
                            font.pixelSize: Theme.sizeCaption
                        }
                    }
                    ActionButton {
                        visible: !line.asking
                        text: qsTr("Take back")
                        iconName: "undo-2"
                        description: line.title
                        onClicked: root.viewModel.takeBack(line.name)
                    }
                    IconButton {
                        id: ask

                        Layout.rightMargin: Theme.gap4
                        visible: !line.asking
                        iconName: "trash-2"
                        text: qsTr("Delete for ever")
                        description: line.title
                        onClicked: {
                            line.asking = true;
                            keep.forceActiveFocus(Qt.TabFocusReason);
                        }
                    }
                    ActionButton {
                        id: keep

                        visible: line.asking
                        text: qsTr("Cancel")
                        description: line.title
                        onClicked: {
                            line.asking = false;
                            ask.forceActiveFocus(Qt.TabFocusReason);
                        }
                        Keys.onEscapePressed: clicked()
                    }
                    ActionButton {
                        Layout.rightMargin: Theme.gap4
                        visible: line.asking
                        text: qsTr("Delete for ever")
                        description: line.title
                        onClicked: {
                            line.asking = false;
                            root.viewModel.deleteForEver(line.name);
                        }
                        Keys.onEscapePressed: keep.clicked()
                    }
                }
            }
        }
    }
}

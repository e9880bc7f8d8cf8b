pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What was repaired at a start, what could be saved of it, and where the damaged file is.
Sheet {
    id: root

    required property StorageViewModel viewModel

    signal folderWanted(string path)
    signal backupsWanted

    anchors.centerIn: parent
    width: Math.min(Theme.size(680), parent ? parent.width - Theme.gap6 : Theme.size(680))

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap4
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("What was repaired")

        Words {
            text: qsTr("What was repaired")
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        ListView {
            id: list

            width: root.width - Theme.gap5 * 2
            implicitHeight: Math.min(contentHeight, Theme.size(360))
            clip: true
            spacing: Theme.gap4
            activeFocusOnTab: contentHeight > height
            boundsBehavior: Flickable.StopAtBounds
            model: root.viewModel.repairs
            Accessible.role: Accessible.List
            Accessible.name: qsTr("What was repaired")
            Keys.onUpPressed: flick(0, 600)
            Keys.onDownPressed: flick(0, -600)

            ScrollBar.vertical: ScrollLine {}

            delegate: Column {
                id: note

                required property string moment
                required property string sentence
                required property string details
                required property string kept

                width: list.width - Theme.gap3
                spacing: Theme.gap1

                Words {
                    text: note.moment
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                }
                Words {
                    width: parent.width
                    text: note.sentence
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                    font.weight: Font.Medium
                }
                Words {
                    width: parent.width
                    visible: text !== ""
                    text: note.details
                    muted: true
                    wrapMode: Text.Wrap
                    font.family: Theme.monoFamily
                    font.pixelSize: Theme.sizeTiny
                }
                RowLayout {
                    width: parent.width
                    visible: note.kept !== ""
                    spacing: Theme.gap2

                    Words {
                        Layout.fillWidth: true
                        text: qsTr("The file from before is kept: %1").arg(note.kept)
                        muted: true
                        elide: Text.ElideMiddle
                        font.pixelSize: Theme.sizeCaption
                    }
                    ActionButton {
                        iconName: "folder-open"
                        text: qsTr("Show in its folder")
                        description: note.kept
                        onClicked: root.folderWanted(note.kept)
                    }
                }
            }
        }
        Row {
            spacing: Theme.gap2

            ActionButton {
                primary: true
                focus: true
                text: qsTr("I have read it")
                onClicked: {
                    root.viewModel.putAway();
                    root.close();
                }
            }
            ActionButton {
                iconName: "hard-drive"
                text: qsTr("Backups")
                onClicked: {
                    root.close();
                    root.backupsWanted();
                }
            }
        }
    }
}

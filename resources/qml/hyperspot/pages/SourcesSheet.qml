pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What was added to a collection, each with its own way out.
Sheet {
    id: root

    required property DocumentsViewModel viewModel
    property string name: ""

    signal showWanted(string path)

    function showFor(collectionId: string, collectionName: string): void {
        name = collectionName;
        viewModel.inspect(collectionId);
        open();
    }

    anchors.centerIn: parent
    width: Math.min(Theme.size(600), parent ? parent.width - Theme.gap6 : Theme.size(600))

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap3
        Accessible.role: Accessible.Dialog
        Accessible.name: heading.text

        Words {
            id: heading

            width: root.width - Theme.gap5 * 2
            text: qsTr("What belongs to %1").arg(root.name)
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Words {
            width: root.width - Theme.gap5 * 2
            visible: list.count === 0
            text: qsTr("Nothing any more. Add files or a folder to it.")
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
        ListView {
            id: list

            width: root.width - Theme.gap5 * 2
            implicitHeight: Math.min(contentHeight, Theme.size(320))
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.viewModel.sources
            Accessible.role: Accessible.List
            Accessible.name: heading.text

            ScrollBar.vertical: ScrollLine {}

            delegate: RowLayout {
                id: line

                required property string path
                required property string name
                required property string stateText
                required property bool watched
                required property bool away

                width: list.width
                height: Theme.size(52)
                spacing: Theme.gap2

                Icon {
                    name: line.watched ? "folder-sync" : "folder"
                    color: line.away ? Theme.warning : Theme.muted
                    extent: 18
                }
                ColumnLayout {
                    Layout.fillWidth: true
                    spacing: 1

                    Words {
                        Layout.fillWidth: true
                        text: line.name + (line.stateText !== "" ? "   " + line.stateText : "")
                        font.pixelSize: Theme.sizeSmall
                        font.weight: Font.Medium
                    }
                    Words {
                        Layout.fillWidth: true
                        text: line.path
                        muted: true
                        elide: Text.ElideMiddle
                        font.pixelSize: Theme.sizeCaption
                    }
                }
                ActionButton {
                    text: line.watched ? qsTr("Stop noticing") : qsTr("Notice changes")
                    description: line.path
                    onClicked: root.viewModel.setWatched(line.path, !line.watched)
                }
                IconButton {
                    side: 34
                    iconName: "folder-open"
                    text: qsTr("Show %1 in the file manager").arg(line.name)
                    onClicked: root.showWanted(line.path)
                }
                IconButton {
                    side: 34
                    iconName: "x"
                    text: qsTr("Take %1 out of the collection").arg(line.name)
                    onClicked: root.viewModel.removeSource(line.path)
                }
            }
        }
        ActionButton {
            text: qsTr("Close")
            onClicked: root.close()
        }
    }
}

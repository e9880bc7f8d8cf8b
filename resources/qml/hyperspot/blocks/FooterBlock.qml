import QtQuick
import hyperspot.components
import hyperspot.theme

// Below an answer: what it cost, what can be done with it, and what is to be said about it.
Item {
    id: root

    required property string stats
    required property string status
    required property string notice
    required property string action
    required property int sibling
    required property int siblings
    required property bool canContinue
    required property bool cut
    required property bool fromDocuments
    property bool busy: false
    property bool showStats: true

    signal copied
    signal regenerated
    signal continued
    signal deleted
    signal explained
    signal switched(int step)

    implicitHeight: column.implicitHeight + Theme.gap4

    Column {
        id: column

        width: parent.width
        spacing: Theme.gap2

        ErrorNote {
            width: parent.width
            sentence: root.notice
            action: root.action
            warning: root.status !== "failed"
            buttonText: root.canContinue && !root.cut ? qsTr("Continue") : ""
            onTriggered: root.continued()
        }
        Row {
            visible: root.cut
            spacing: Theme.gap3

            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: qsTr("Cut at the length limit")
                muted: true
                font.pixelSize: Theme.sizeSmall
            }
            ActionButton {
                enabled: !root.busy
                visible: root.canContinue
                text: qsTr("Continue")
                onClicked: root.continued()
            }
        }
        Row {
            spacing: Theme.gap1
            leftPadding: -Theme.gap1 - 1

            IconButton {
                iconName: "copy"
                extent: 15
                text: qsTr("Copy answer")
                onClicked: root.copied()
            }
            IconButton {
                iconName: "refresh-cw"
                extent: 15
                enabled: !root.busy
                text: qsTr("Answer again")
                onClicked: root.regenerated()
            }
            IconButton {
                iconName: "trash-2"
                extent: 15
                enabled: !root.busy
                text: qsTr("Delete answer")
                onClicked: root.deleted()
            }
            IconButton {
                visible: root.fromDocuments
                iconName: "text-search"
                extent: 15
                text: qsTr("How this was found")
                onClicked: root.explained()
            }
            IconButton {
                visible: root.siblings > 1
                enabled: root.sibling > 0 && !root.busy
                iconName: "chevron-left"
                extent: 15
                text: qsTr("Previous answer")
                onClicked: root.switched(-1)
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.siblings > 1
                text: (root.sibling + 1) + " / " + root.siblings
                muted: true
                font.pixelSize: Theme.sizeTiny
            }
            IconButton {
                visible: root.siblings > 1
                enabled: root.sibling < root.siblings - 1 && !root.busy
                iconName: "chevron-right"
                extent: 15
                text: qsTr("Next answer")
                onClicked: root.switched(1)
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                leftPadding: Theme.gap2
                text: root.showStats ? root.stats : ""
                muted: true
                font.pixelSize: Theme.sizeTiny
                font.weight: Font.Medium
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What must be known about the last run and the files that hold everything; no height while all is well.
Column {
    id: root

    required property StorageViewModel viewModel
    required property CrashViewModel crash

    signal reportWanted
    signal repairsWanted

    readonly property bool shown: ended.visible || full.visible || readOnly.visible || repaired.visible

    height: shown ? implicitHeight : 0
    topPadding: shown ? Theme.gap3 : 0
    bottomPadding: topPadding
    leftPadding: Theme.gap4
    spacing: Theme.gap2

    ErrorNote {
        id: ended

        width: root.width - Theme.gap4 * 2
        warning: true
        closable: true
        sentence: root.crash.sentence
        action: root.crash.action
        buttonText: qsTr("Save report…")
        closeText: qsTr("Put the note on the last run away")
        onTriggered: root.reportWanted()
        onClosed: root.crash.dismiss()
    }
    ErrorNote {
        id: full

        width: root.width - Theme.gap4 * 2
        warning: true
        sentence: root.viewModel.fullSentence
        action: root.viewModel.fullAction
    }
    ErrorNote {
        id: readOnly

        width: root.width - Theme.gap4 * 2
        warning: true
        sentence: root.viewModel.readOnlySentence
        action: qsTr("Reading, searching and exporting work.")
    }
    Card {
        id: repaired

        width: root.width - Theme.gap4 * 2
        height: line.implicitHeight + Theme.gap3 * 2
        visible: root.viewModel.repairCount > 0
        border.color: Qt.alpha(Theme.warning, 0.55)
        Accessible.role: Accessible.AlertMessage
        Accessible.name: root.viewModel.repairSentence

        LazyPart {
            id: line

            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.gap3
            anchors.rightMargin: Theme.gap3
            wanted: root.viewModel.repairCount > 0
            sourceComponent: RowLayout {
                spacing: Theme.gap3

                Icon {
                    name: "shield-check"
                    color: Theme.warning
                }
                Words {
                    Layout.fillWidth: true
                    text: root.viewModel.repairSentence
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                    font.weight: Font.Medium
                }
                ActionButton {
                    text: qsTr("Details")
                    description: root.viewModel.repairSentence
                    onClicked: root.repairsWanted()
                }
                IconButton {
                    iconName: "x"
                    text: qsTr("Put the note on the repair away")
                    onClicked: root.viewModel.putAway()
                }
            }
        }
    }
}

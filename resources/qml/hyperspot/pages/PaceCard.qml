pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// How much of the computer reading documents may take, and why nothing is read now.
Card {
    id: root

    required property PaceViewModel viewModel

    readonly property var paces: [
        {
            value: "gentle",
            text: qsTr("Gentle"),
            icon: "leaf",
            detail: qsTr("One file at a time, with rests. What a battery gets by itself.")
        },
        {
            value: "balanced",
            text: qsTr("Balanced"),
            icon: "gauge",
            detail: qsTr("Steady, and out of the way while an answer is written.")
        },
        {
            value: "full",
            text: qsTr("Full"),
            icon: "zap",
            detail: qsTr("As fast as this computer can. Other programs may feel it.")
        }
    ]
    readonly property var chosen: paces.find(pace => pace.value === viewModel.pace) ?? paces[1]

    readonly property bool failed: viewModel.errorSentence !== ""
    readonly property bool held: viewModel.paused || viewModel.waitsFor !== ""

    visible: viewModel.pace !== ""
    implicitHeight: layout.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Pace of indexing")

    GridLayout {
        id: layout

        anchors.fill: parent
        anchors.margins: Theme.gap4
        columns: root.width > Theme.size(700) ? 2 : 1
        columnSpacing: Theme.gap4
        rowSpacing: Theme.gap3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap4

            IconTile {
                side: 36
                iconName: root.viewModel.paused ? "pause" : "library"
                ink: root.held ? Theme.warning : Theme.accent
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Words {
                    Layout.fillWidth: true
                    text: qsTr("Reading documents")
                    font.weight: Font.DemiBold
                }
                Words {
                    Layout.fillWidth: true
                    text: root.failed ? root.viewModel.errorSentence + " " + root.viewModel.errorAction : root.viewModel.paused ? qsTr("Paused until you resume it, also after a restart.") : root.viewModel.waitsFor !== "" ? root.viewModel.waitsFor : root.chosen.detail
                    color: root.failed ? Theme.bad : root.held ? Theme.warning : Theme.muted
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                }
            }
        }
        Row {
            Layout.leftMargin: layout.columns === 1 ? Theme.size(36) + Theme.gap4 : 0
            spacing: Theme.gap2

            Repeater {
                model: root.paces

                Pill {
                    required property var modelData

                    anchors.verticalCenter: parent?.verticalCenter
                    iconName: modelData.icon
                    text: modelData.text
                    accented: root.viewModel.pace === modelData.value
                    Accessible.role: Accessible.RadioButton
                    Accessible.checked: accented
                    Accessible.description: modelData.detail
                    onClicked: root.viewModel.choose(modelData.value)
                }
            }
            ActionButton {
                primary: root.viewModel.paused
                text: root.viewModel.paused ? qsTr("Resume") : qsTr("Pause")
                description: qsTr("Reading documents")
                onClicked: root.viewModel.togglePause()
            }
        }
    }
}

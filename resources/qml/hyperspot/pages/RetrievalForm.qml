pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What another search is made with.
Flow {
    id: root

    required property RetrievalViewModel viewModel

    readonly property list<string> modes: ["hybrid", "keyword", "vector"]

    spacing: Theme.gap3

    Words {
        height: Theme.size(30)
        text: qsTr("Try again with")
        muted: true
        font.pixelSize: Theme.sizeCaption
    }
    Segments {
        name: qsTr("Search by")
        options: [qsTr("Both"), qsTr("Words"), qsTr("Meaning")]
        index: Math.max(0, root.modes.indexOf(root.viewModel.form.mode ?? "hybrid"))
        onPicked: index => root.viewModel.set("mode", root.modes[index])
    }
    Row {
        height: Theme.size(30)
        spacing: Theme.gap1

        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-left"
            text: qsTr("Fewer passages")
            onClicked: root.viewModel.set("passages", (root.viewModel.form.passages ?? 8) - 1)
        }
        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("%1 passages").arg(root.viewModel.form.passages ?? 8)
            font.pixelSize: Theme.sizeCaption
        }
        IconButton {
            anchors.verticalCenter: parent.verticalCenter
            iconName: "chevron-right"
            text: qsTr("More passages")
            onClicked: root.viewModel.set("passages", (root.viewModel.form.passages ?? 8) + 1)
        }
    }
    Repeater {
        model: [
            {
                name: "rerank",
                text: qsTr("Rerank")
            },
            {
                name: "neighbours",
                text: qsTr("Neighbours")
            },
            {
                name: "use_history",
                text: qsTr("Conversation")
            }
        ]

        Row {
            id: line

            required property var modelData

            height: Theme.size(30)
            spacing: Theme.gap2

            Toggle {
                anchors.verticalCenter: parent.verticalCenter
                text: line.modelData.text
                checked: root.viewModel.form[line.modelData.name] ?? false
                onToggled: root.viewModel.set(line.modelData.name, checked)
            }
            Words {
                anchors.verticalCenter: parent.verticalCenter
                text: line.modelData.text
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
    }
    ActionButton {
        implicitHeight: Theme.size(30)
        enabled: !root.viewModel.trying
        iconName: "refresh-cw"
        text: root.viewModel.trying ? qsTr("Searching…") : qsTr("Search again")
        onClicked: root.viewModel.search()
    }
    ActionButton {
        implicitHeight: Theme.size(30)
        visible: root.viewModel.tried
        iconName: "undo-2"
        text: qsTr("Back to the answer's")
        onClicked: root.viewModel.back()
    }
}

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Words to find in a conversation, and the way from match to match.
Card {
    id: root

    required property ChatViewModel viewModel

    signal closed

    function take(): void {
        field.forceActiveFocus();
        field.selectAll();
    }
    function stop(): void {
        field.clear();
        closed();
    }

    width: Theme.size(340)
    height: Theme.size(48)

    Field {
        id: field

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width - tools.width - Theme.gap4
        iconName: "search"
        placeholderText: qsTr("Find in this chat")
        onTextChanged: root.viewModel.find(text)
        onAccepted: root.viewModel.findNext(1)
        Keys.onEscapePressed: root.stop()
    }
    Row {
        id: tools

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: root.viewModel.findText
            muted: true
            font.pixelSize: Theme.sizeTiny
            rightPadding: Theme.gap1
        }
        IconButton {
            iconName: "chevron-left"
            text: qsTr("Previous match")
            onClicked: root.viewModel.findNext(-1)
        }
        IconButton {
            iconName: "chevron-right"
            text: qsTr("Next match")
            onClicked: root.viewModel.findNext(1)
        }
        IconButton {
            iconName: "x"
            text: qsTr("Close the search")
            onClicked: root.stop()
        }
    }
}

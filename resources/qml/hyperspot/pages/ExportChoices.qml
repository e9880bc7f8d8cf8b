pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The conversations, to be ticked.
ColumnLayout {
    id: root

    required property ExportViewModel viewModel

    spacing: Theme.gap2

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap2

        Field {
            Layout.fillWidth: true
            iconName: "search"
            placeholderText: qsTr("Find a conversation")
            onTextChanged: root.viewModel.filter = text
        }
        Words {
            text: qsTr("%1 of %2 chosen").arg(root.viewModel.chosenCount).arg(root.viewModel.total)
            muted: true
            font.pixelSize: Theme.sizeSmall
        }
    }
    Row {
        spacing: Theme.gap2

        ActionButton {
            text: qsTr("Choose all")
            description: qsTr("All that are listed")
            onClicked: root.viewModel.chooseShown(true)
        }
        ActionButton {
            text: qsTr("Choose none")
            description: qsTr("None of those that are listed")
            onClicked: root.viewModel.chooseShown(false)
        }
    }
    ListView {
        id: list

        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(Math.max(contentHeight, Theme.rowHeight), Theme.size(300))
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0
        Keys.onSpacePressed: (currentItem as CheckLine)?.clicked()
        Keys.onReturnPressed: (currentItem as CheckLine)?.clicked()
        highlightMoveDuration: 0
        model: root.viewModel.choices
        Accessible.role: Accessible.List
        Accessible.name: qsTr("Conversations")

        ScrollBar.vertical: ScrollLine {}

        delegate: CheckLine {
            required property int index
            required property string conversationId
            required property string title
            required property string day
            required property bool chosen

            width: list.width
            text: title
            detail: day
            ticked: chosen
            focused: list.activeFocus && ListView.isCurrentItem
            onClicked: {
                list.currentIndex = index;
                root.viewModel.choose(conversationId, !chosen);
            }
        }
    }
}

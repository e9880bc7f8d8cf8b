pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Everything that was deleted: back, or gone for good.
FocusScope {
    id: root

    required property TrashViewModel viewModel

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Trash")

    ListView {
        id: list

        readonly property real columnWidth: Math.min(width - Theme.gap6 * 2, Theme.pageWidth)

        // Until somebody scrolls, what arrives late must not push the title away.
        property bool untouched: true

        anchors.fill: parent
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        spacing: Theme.gap2
        leftMargin: Theme.gap6
        rightMargin: Theme.gap6
        topMargin: Theme.gap5 + Theme.gap3
        bottomMargin: Theme.gap5
        flickableDirection: Flickable.VerticalFlick
        model: root.viewModel.rows
        Accessible.role: Accessible.List
        Accessible.name: qsTr("In the trash")
        onWidthChanged: contentX = -leftMargin
        onMovementStarted: untouched = false
        onContentHeightChanged: Qt.callLater(toTop)
        onOriginYChanged: Qt.callLater(toTop)

        function toTop(): void {
            if (untouched)
                contentY = originY - topMargin;
        }

        ScrollBar.vertical: ScrollLine {}

        header: Column {
            width: list.columnWidth
            bottomPadding: Theme.gap4
            spacing: Theme.gap4

            PageHeader {
                id: head

                // There is no way back from emptying: it asks, where everything else can be undone.
                property bool asking: false

                width: parent.width
                title: qsTr("Trash")
                detail: head.asking ? qsTr("Everything here is deleted for ever. There is no way back.") : qsTr("What you delete stays here for 30 days. Deleting for ever removes it from every file, and from all later backups.")

                ActionButton {
                    visible: root.viewModel.count > 0 && !head.asking
                    enabled: !root.viewModel.emptying
                    iconName: "trash-2"
                    text: root.viewModel.emptying ? qsTr("Deleting…") : qsTr("Empty the trash")
                    onClicked: head.asking = true
                }
                ActionButton {
                    visible: head.asking
                    text: qsTr("Cancel")
                    onClicked: head.asking = false
                }
                ActionButton {
                    visible: head.asking
                    primary: true
                    text: qsTr("Delete everything for ever")
                    onClicked: {
                        head.asking = false;
                        root.viewModel.empty();
                    }
                }
            }
            ErrorNote {
                width: parent.width
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
                buttonText: qsTr("Try again")
                onTriggered: root.viewModel.refresh()
            }
        }
        delegate: Card {
            id: line

            required property string kind
            required property string itemId
            required property string iconName
            required property string title
            required property string detail

            // There is no way back from this either.
            property bool asking: false

            width: list.columnWidth
            height: Math.max(Theme.size(60), words.implicitHeight + Theme.gap3 * 2)
            Accessible.role: Accessible.ListItem
            Accessible.name: title + ", " + detail

            RowLayout {
                anchors.fill: parent
                anchors.leftMargin: Theme.gap4
                anchors.rightMargin: Theme.gap4
                spacing: Theme.gap3

                Icon {
                    name: line.iconName
                    extent: 16
                }
                Column {
                    id: words

                    Layout.fillWidth: true
                    spacing: 2

                    Words {
                        width: parent.width
                        text: line.title
                        wrapMode: Text.Wrap
                        maximumLineCount: 2
                        elide: Text.ElideRight
                    }
                    Words {
                        width: parent.width
                        text: line.asking ? qsTr("There is no way back.") : line.detail
                        muted: true
                        font.pixelSize: Theme.sizeTiny
                    }
                }
                ActionButton {
                    visible: !line.asking
                    enabled: !root.viewModel.emptying
                    text: qsTr("Restore")
                    iconName: "undo-2"
                    description: line.title
                    onClicked: root.viewModel.restore(line.kind, line.itemId)
                }
                IconButton {
                    id: ask

                    visible: !line.asking
                    enabled: !root.viewModel.emptying
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
                    visible: line.asking
                    enabled: !root.viewModel.emptying
                    text: qsTr("Delete for ever")
                    description: line.title
                    onClicked: {
                        line.asking = false;
                        root.viewModel.deleteForEver(line.kind, line.itemId);
                    }
                    Keys.onEscapePressed: keep.clicked()
                }
            }
        }
    }
    Skeleton {
        anchors.top: parent.top
        anchors.topMargin: Theme.size(130)
        x: Theme.gap6
        width: list.columnWidth
        lines: 3
        lineHeight: 56
        active: root.viewModel.loading
    }
    EmptyState {
        anchors.centerIn: parent
        visible: list.count === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
        iconName: "trash-2"
        text: qsTr("The trash is empty")
        detail: qsTr("Deleted conversations, messages, collections and models wait here for 30 days.")
    }
}

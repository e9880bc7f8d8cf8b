pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// An own message: a bubble, its versions, and editing in place.
Item {
    id: root

    required property string plain
    required property string html
    required property string notice
    required property int sibling
    required property int siblings
    property bool busy: false
    property bool editing: false
    property string fullText: ""

    signal edited(string text)
    signal copied
    signal switched(int step)
    signal editRequested
    signal deleted

    implicitHeight: bubble.height + tools.height + Theme.gap4 + Theme.gap2

    HoverHandler {
        id: hover
    }
    Rectangle {
        id: bubble

        anchors.right: parent.right
        y: Theme.gap4
        width: root.editing ? root.width * 0.85 : text.width + Theme.gap4 * 2
        height: root.editing ? editor.height + Theme.size(44) + Theme.gap4 : text.height + Theme.gap3 * 2 - 4
        radius: Theme.radiusBubble
        color: Theme.surface3

        Markup {
            id: text

            x: Theme.gap4
            y: Theme.gap3 - 1
            width: Math.min(root.width * 0.68 - Theme.gap4 * 2, measure.implicitWidth + 2)
            visible: !root.editing
            html: root.html
            plain: root.plain
            Accessible.name: qsTr("You: %1").arg(root.plain)
        }
        Text {
            id: measure

            visible: false
            text: root.plain
            textFormat: Text.PlainText
            font: text.font
            Accessible.ignored: true
        }
        Loader {
            id: editor

            x: Theme.gap4
            y: Theme.gap3
            width: parent.width - Theme.gap4 * 2
            active: root.editing
            height: active ? (item as TextArea)?.implicitHeight ?? 0 : 0

            sourceComponent: TextArea {
                text: root.fullText
                textFormat: TextEdit.PlainText
                color: Theme.text
                font.family: Theme.family
                font.pixelSize: Theme.sizeBody
                wrapMode: TextEdit.Wrap
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                background: null
                padding: 0
                Accessible.name: qsTr("Edit your message")
                Component.onCompleted: forceActiveFocus()
                Keys.onEscapePressed: root.editing = false
                Keys.onReturnPressed: event => {
                    if (event.modifiers & Qt.ShiftModifier)
                        event.accepted = false;
                    else
                        root.submit(text);
                }
            }
        }
        Row {
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gap3
            spacing: Theme.gap2
            visible: root.editing

            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.editing = false
            }
            ActionButton {
                primary: true
                text: qsTr("Send")
                onClicked: root.submit((editor.item as TextArea)?.text ?? "")
            }
        }
    }
    Row {
        id: tools

        anchors.right: parent.right
        anchors.top: bubble.bottom
        anchors.topMargin: 2
        height: Theme.size(26)
        spacing: Theme.gap1
        opacity: hover.hovered || copy.activeFocus || edit.activeFocus || remove.activeFocus || root.siblings > 1 ? 1 : 0

        Words {
            anchors.verticalCenter: parent.verticalCenter
            visible: text !== ""
            text: root.notice
            muted: true
            font.pixelSize: Theme.sizeTiny
        }
        IconButton {
            visible: root.siblings > 1
            enabled: root.sibling > 0 && !root.busy
            side: 24
            extent: 14
            iconName: "chevron-left"
            text: qsTr("Previous version")
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
            side: 24
            extent: 14
            iconName: "chevron-right"
            text: qsTr("Next version")
            onClicked: root.switched(1)
        }
        IconButton {
            id: copy

            side: 24
            extent: 14
            iconName: "copy"
            text: qsTr("Copy message")
            onClicked: root.copied()
        }
        IconButton {
            id: edit

            side: 24
            extent: 14
            enabled: !root.busy
            iconName: "pencil"
            text: qsTr("Edit message")
            onClicked: root.editRequested()
        }
        IconButton {
            id: remove

            side: 24
            extent: 14
            enabled: !root.busy
            iconName: "trash-2"
            text: qsTr("Delete message and its answers")
            onClicked: root.deleted()
        }
    }

    function submit(text: string): void {
        root.editing = false;
        root.edited(text);
    }
}

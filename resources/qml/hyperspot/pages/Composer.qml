pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// Where one writes: Enter sends, Shift+Enter breaks, Esc stops. Grows to eight lines.
Rectangle {
    id: root

    property alias text: area.text
    property bool answering: false
    property bool canSend: true
    property bool sendWithEnter: true
    property string prompt: qsTr("Ask anything")
    default property alias tools: toolRow.data

    signal submitted(string text)
    signal stopped

    function take(): void {
        area.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    readonly property real lineHeight: metrics.height
    readonly property bool ready: canSend && !answering && area.text.trim() !== ""

    function submit(): void {
        if (ready)
            submitted(area.text);
    }

    implicitHeight: scroll.height + bar.height + Theme.gap2
    radius: Theme.radiusBubble
    color: Theme.surface2
    border.color: area.activeFocus ? Qt.tint(Theme.line, Qt.alpha(Theme.accent, Theme.highContrast ? 1 : 0.45)) : Theme.line

    FontMetrics {
        id: metrics

        font: area.font
    }
    ScrollView {
        id: scroll

        width: parent.width
        height: Math.min(Math.max(area.implicitHeight, root.lineHeight + Theme.gap4 + Theme.gap2), root.lineHeight * 8 + Theme.gap4 + Theme.gap2)
        ScrollBar.vertical: ScrollLine {
            parent: scroll
            x: scroll.width - width
            height: scroll.height
        }

        TextArea {
            id: area

            leftPadding: Theme.gap4 + 2
            rightPadding: Theme.gap4
            topPadding: Theme.gap4
            bottomPadding: Theme.gap2
            placeholderText: root.prompt
            placeholderTextColor: Theme.muted
            textFormat: TextEdit.PlainText
            color: Theme.text
            font.family: Theme.family
            font.pixelSize: Theme.sizeBody
            wrapMode: TextEdit.Wrap
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            background: null
            Accessible.role: Accessible.EditableText
            Accessible.name: qsTr("Message")
            Keys.onReturnPressed: event => root.enter(event)
            Keys.onEnterPressed: event => root.enter(event)
            Keys.onEscapePressed: event => {
                if (root.answering)
                    root.stopped();
                else
                    event.accepted = false;
            }
            // A tab is no part of a message here: it leads on, to what stands below.
            Keys.onTabPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
            Keys.onBacktabPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.BacktabFocusReason)
        }
    }
    Item {
        id: bar

        anchors.top: scroll.bottom
        width: parent.width
        height: Theme.size(48)

        Row {
            id: toolRow

            anchors.left: parent.left
            anchors.leftMargin: Theme.gap3 + 2
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap2
        }
        IconButton {
            id: button

            anchors.right: parent.right
            anchors.rightMargin: Theme.gap3
            anchors.verticalCenter: parent.verticalCenter
            side: 36
            extent: 18
            corner: width / 2
            enabled: root.answering || root.ready
            iconName: root.answering ? "square" : "arrow-up"
            text: root.answering ? qsTr("Stop the answer (Esc)") : (root.sendWithEnter ? qsTr("Send (Enter)") : qsTr("Send (Ctrl+Enter)"))
            ink: Theme.accentInk
            fill: Theme.accent
            onClicked: root.answering ? root.stopped() : root.submit()
        }
    }

    function enter(event: KeyEvent): void {
        const breaks = sendWithEnter ? event.modifiers & Qt.ShiftModifier : !(event.modifiers & Qt.ControlModifier);
        if (breaks)
            event.accepted = false;
        else
            submit();
    }
}

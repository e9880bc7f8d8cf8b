import QtQuick
import hyperspot.theme

// A sentence at the bottom for a few seconds, with a way back if there is one.
Card {
    id: root

    property string sentence: ""
    property string undoText: ""

    signal undone

    function show(text: string, undo: string): void {
        sentence = text;
        undoText = undo;
        visible = true;
        timer.restart();
    }

    function undo(): void {
        visible = false;
        undone();
    }

    visible: false
    implicitWidth: row.implicitWidth + Theme.gap4 * 2
    implicitHeight: Math.max(Theme.size(44), sentenceLine.implicitHeight + Theme.gap3 * 2)
    color: Theme.surface3
    Accessible.role: Accessible.AlertMessage
    Accessible.name: sentence

    Timer {
        id: timer

        interval: root.undoText === "" ? 3000 : 8000
        onTriggered: root.visible = false
    }
    Row {
        id: row

        anchors.centerIn: parent
        spacing: Theme.gap4

        Words {
            id: sentenceLine

            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, Theme.size(420))
            text: root.sentence
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            font.pixelSize: Theme.sizeSmall
        }
        ActionButton {
            visible: root.undoText !== ""
            implicitHeight: Theme.size(28)
            text: root.undoText
            iconName: "undo-2"
            onClicked: root.undo()
        }
    }
}

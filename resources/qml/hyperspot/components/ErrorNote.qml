pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.theme

// What went wrong, what to do about it, and the code to ask about.
Card {
    id: root

    required property string sentence
    property string action: ""
    property string code: ""
    property bool warning: false
    property bool closable: false
    property string buttonText: ""
    property string closeText: qsTr("Dismiss")

    signal triggered
    signal closed

    readonly property color tone: warning ? Theme.warning : Theme.bad

    visible: sentence !== ""
    implicitHeight: content.implicitHeight + Theme.gap3 * 2
    border.color: Qt.alpha(tone, 0.55)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: sentence + " " + action

    LazyPart {
        id: content

        anchors.fill: parent
        anchors.margins: Theme.gap3
        wanted: root.sentence !== ""
        sourceComponent: RowLayout {
            spacing: Theme.gap3

            Icon {
                Layout.alignment: Qt.AlignTop
                Layout.topMargin: 1
                name: root.warning ? "triangle-alert" : "circle-alert"
                color: root.tone
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Words {
                    Layout.fillWidth: true
                    text: root.sentence
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                    font.weight: Font.Medium
                }
                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.action
                    wrapMode: Text.Wrap
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                }
                Words {
                    visible: text !== ""
                    text: root.code
                    muted: true
                    font.family: Theme.monoFamily
                    font.pixelSize: Theme.sizeTiny
                }
            }
            ActionButton {
                visible: text !== ""
                text: root.buttonText
                onClicked: root.triggered()
            }
            IconButton {
                visible: root.closable
                iconName: "x"
                text: root.closeText
                onClicked: root.closed()
            }
        }
    }
}

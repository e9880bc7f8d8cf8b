import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Covers the whole window, and whatever lies above it, until the passphrase or recovery code is given.
Popup {
    id: root

    required property AppViewModel app
    required property LockViewModel lock

    parent: Overlay.overlay
    width: parent ? parent.width : 0
    height: parent ? parent.height : 0
    // Above every other box, also one that opens after it.
    z: 1000
    padding: 0
    margins: 0
    modal: true
    dim: false
    focus: true
    closePolicy: Popup.NoAutoClose
    onOpened: secret.forceActiveFocus()
    onClosed: secret.clear()

    Connections {
        target: root.lock

        function onProblemChanged(): void {
            if (root.lock.problem !== "") {
                secret.clear();
                secret.forceActiveFocus();
            }
        }
    }

    background: Rectangle {
        color: Theme.background
    }
    contentItem: Item {
        Accessible.role: Accessible.Pane
        Accessible.name: qsTr("HyperSpot is locked")

        Column {
            anchors.centerIn: parent
            width: Math.min(parent.width - Theme.gap6 * 2, Theme.size(360))
            spacing: Theme.gap4

            IconTile {
                anchors.horizontalCenter: parent.horizontalCenter
                iconName: "lock"
                side: 48
            }
            Words {
                width: parent.width
                text: qsTr("HyperSpot is locked")
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.sizeTitle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Words {
                width: parent.width
                text: qsTr("What runs goes on behind it: answers, indexing, downloads.")
                muted: true
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.sizeSmall
            }
            Field {
                id: secret

                width: parent.width
                label: qsTr("Passphrase or recovery code")
                placeholderText: label
                echoMode: TextInput.Password
                inputMethodHints: Qt.ImhSensitiveData | Qt.ImhNoPredictiveText
                bad: root.lock.problem !== ""
                focus: true
                onAccepted: root.lock.unlock(text)
            }
            Words {
                width: parent.width
                // Its place is kept, so that nothing jumps when there is something to say.
                text: root.lock.checking ? qsTr("One moment …") : root.lock.problem
                color: root.lock.checking ? Theme.muted : Theme.bad
                wrapMode: Text.Wrap
                horizontalAlignment: Text.AlignHCenter
                font.pixelSize: Theme.sizeSmall
                height: Math.max(implicitHeight, Theme.size(18))
                Accessible.role: Accessible.AlertMessage
            }
            Row {
                anchors.horizontalCenter: parent.horizontalCenter
                spacing: Theme.gap2

                ActionButton {
                    primary: true
                    enabled: secret.text !== "" && !root.lock.checking
                    text: qsTr("Unlock")
                    onClicked: root.lock.unlock(secret.text)
                }
                ActionButton {
                    text: qsTr("Quit")
                    onClicked: root.app.quit()
                }
            }
        }
    }
}

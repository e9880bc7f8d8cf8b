pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The recovery code has not been kept yet.
Card {
    id: root

    required property KeysViewModel keys

    readonly property string sentence: qsTr("Your recovery code is not kept yet. It opens your data when the keyring is lost.")

    visible: keys.codeReminder
    implicitHeight: content.implicitHeight + Theme.gap3 * 2
    radius: Theme.radiusCard - 4
    border.color: Qt.alpha(Theme.warning, 0.55)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: sentence

    LazyPart {
        id: content

        x: Theme.gap3
        y: Theme.gap3
        width: parent.width - Theme.gap3 * 2
        wanted: root.keys.codeReminder
        sourceComponent: Column {
            spacing: Theme.gap2

            Words {
                width: parent.width
                text: root.sentence
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
            Flow {
                width: parent.width
                spacing: Theme.gap2

                ActionButton {
                    implicitHeight: Theme.size(28)
                    text: qsTr("Show a new one")
                    onClicked: root.keys.newCode()
                }
                ActionButton {
                    implicitHeight: Theme.size(28)
                    text: qsTr("Later")
                    description: qsTr("The next start reminds again.")
                    onClicked: root.keys.putOffCode()
                }
            }
        }
    }
}

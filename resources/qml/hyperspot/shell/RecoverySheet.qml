import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The one way back to the data when the keyring is lost: shown when it was made, and never again.
Sheet {
    id: root

    required property AppViewModel app
    required property KeysViewModel keys

    anchors.centerIn: parent
    width: Math.min(Theme.size(520), parent ? parent.width - Theme.gap6 : Theme.size(520))
    visible: app.recoveryCode !== ""
    closePolicy: Popup.NoAutoClose

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap3
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Your recovery code")

        IconTile {
            iconName: "shield-check"
        }
        Words {
            text: qsTr("Your recovery code")
            font.pixelSize: Theme.size(17)
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Words {
            width: root.width - Theme.gap5 * 2
            text: qsTr("Everything here is encrypted on this computer. If its keyring is ever lost, only this code opens your data. It is shown now and never again: write it down, or keep it in a password manager.")
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
        Rectangle {
            width: root.width - Theme.gap5 * 2
            height: code.implicitHeight + Theme.gap3 * 2
            radius: Theme.radiusButton
            color: Theme.codeSurface
            border.color: Theme.line

            TextEdit {
                id: code

                anchors.fill: parent
                anchors.margins: Theme.gap3
                text: root.app.recoveryCode
                textFormat: TextEdit.PlainText
                color: Theme.text
                font.family: Theme.monoFamily
                font.pixelSize: Theme.sizeBody
                wrapMode: TextEdit.Wrap
                horizontalAlignment: TextEdit.AlignHCenter
                readOnly: true
                selectByMouse: true
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                Accessible.role: Accessible.StaticText
                Accessible.name: qsTr("Recovery code: %1").arg(text)
            }
        }
        Row {
            spacing: Theme.gap2

            ActionButton {
                primary: true
                focus: true
                text: qsTr("I have kept it")
                onClicked: {
                    root.keys.confirmCode();
                    root.app.forgetRecoveryCode();
                }
            }
            ActionButton {
                iconName: "copy"
                text: qsTr("Copy")
                onClicked: root.app.copyRecoveryCode()
            }
            ActionButton {
                text: qsTr("Later")
                description: qsTr("You will be reminded; a new code is made then.")
                onClicked: {
                    root.keys.putOffCode();
                    root.app.forgetRecoveryCode();
                }
            }
        }
    }
}

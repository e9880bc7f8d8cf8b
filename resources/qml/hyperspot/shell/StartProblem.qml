import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The profile could not be opened: why, and the choices. Nothing is created in its place.
Rectangle {
    id: root

    required property AppViewModel app

    color: Theme.background
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("The profile could not be opened")

    DamageChoices {
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.gap6 * 2, Theme.size(560))
        visible: root.app.damaged || root.app.recovering !== ""
        app: root.app
    }
    Column {
        visible: !root.app.damaged && root.app.recovering === ""
        anchors.centerIn: parent
        width: Math.min(parent.width - Theme.gap6 * 2, Theme.size(520))
        spacing: Theme.gap4

        IconTile {
            iconName: root.app.keyNeeded ? "lock" : "circle-alert"
            ink: root.app.keyNeeded ? Theme.accent : Theme.bad
            side: 48
        }
        Words {
            width: parent.width
            text: root.app.keyNeeded ? qsTr("Your profile is locked") : qsTr("Your profile could not be opened")
            font.pixelSize: Theme.sizeTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        ErrorNote {
            width: parent.width
            visible: !root.app.keyAsked
            sentence: root.app.errorSentence
            action: root.app.errorAction
            code: root.app.errorCode
        }
        Words {
            width: parent.width
            text: root.app.keyAsked ? qsTr("HyperSpot asks for your passphrase at every start. The recovery code works, too.") : qsTr("Your files have not been changed.")
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
        Field {
            id: secret

            width: parent.width
            visible: root.app.keyNeeded
            label: qsTr("Recovery code or passphrase")
            placeholderText: label
            echoMode: TextInput.Password
            focus: true
            onAccepted: again.clicked()
            onVisibleChanged: if (visible) forceActiveFocus()
            Component.onCompleted: if (visible) forceActiveFocus()
        }
        Row {
            spacing: Theme.gap2

            ActionButton {
                id: again

                primary: true
                text: root.app.keyAsked || (root.app.keyNeeded && secret.text !== "") ? qsTr("Unlock") : qsTr("Try again")
                onClicked: {
                    root.app.openAgain(secret.text);
                    secret.clear();
                }
            }
            ActionButton {
                text: qsTr("Quit")
                onClicked: root.app.quit()
            }
        }
    }
}

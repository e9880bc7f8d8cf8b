import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What leaves this computer right now, and the way to the settings.
Card {
    id: root

    required property AppViewModel app

    implicitHeight: Math.max(Theme.size(48), words.implicitHeight + Theme.gap3)
    radius: Theme.radiusCard - 4
    Accessible.role: Accessible.Grouping
    Accessible.name: app.privacyTitle + ". " + app.privacyText

    Icon {
        id: icon

        anchors.left: parent.left
        anchors.leftMargin: Theme.gap3 - 1
        anchors.verticalCenter: parent.verticalCenter
        name: root.app.online ? "download" : "lock"
        color: root.app.online ? Theme.warning : Theme.good
    }
    Column {
        id: words

        anchors.left: icon.right
        anchors.leftMargin: Theme.gap2 + 2
        anchors.right: button.left
        anchors.rightMargin: Theme.gap1
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            text: root.app.privacyTitle
            font.pixelSize: Theme.sizeSmall
            font.weight: Font.DemiBold
        }
        Words {
            width: parent.width
            text: root.app.privacyText
            muted: true
            font.pixelSize: Theme.sizeTiny
        }
    }
    IconButton {
        id: button

        anchors.right: parent.right
        anchors.rightMargin: Theme.gap2 - 2
        anchors.verticalCenter: parent.verticalCenter
        iconName: "settings"
        text: qsTr("Settings")
        onClicked: root.app.page = "settings"
    }
}

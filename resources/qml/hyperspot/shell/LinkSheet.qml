import QtQuick
import hyperspot.components
import hyperspot.theme

// Asks before a letter is begun: mailto links open another program.
Sheet {
    id: root

    property string address: ""

    signal confirmed(string address)

    function ask(wanted: string): void {
        address = wanted;
        open();
    }

    anchors.centerIn: parent
    width: Math.min(Theme.size(440), parent ? parent.width - Theme.gap6 : Theme.size(440))

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap3
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Open your mail program?")

        Words {
            text: qsTr("Open your mail program?")
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
        }
        Words {
            width: root.width - Theme.gap5 * 2
            text: root.address
            muted: true
            wrapMode: Text.WrapAnywhere
            maximumLineCount: 5
            font.pixelSize: Theme.sizeSmall
        }
        Row {
            spacing: Theme.gap2

            ActionButton {
                primary: true
                focus: true
                text: qsTr("Open")
                onClicked: {
                    root.close();
                    root.confirmed(root.address);
                }
            }
            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }
        }
    }
}

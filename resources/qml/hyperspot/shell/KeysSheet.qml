pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Who can open the data: keyring, passphrase, recovery code; and the lock of the window.
Sheet {
    id: root

    required property KeysViewModel viewModel
    property string note: ""
    property bool editing: false

    readonly property real lineWidth: width - Theme.gap5 * 2

    signal lockWanted

    function show(why: string): void {
        note = why;
        editing = false;
        viewModel.dismissError();
        open();
        if (why !== "")
            edit(false);
    }
    function edit(removing: bool): void {
        editing = true;
        form.begin(removing);
    }

    anchors.centerIn: parent
    width: Math.min(Theme.size(520), parent ? parent.width - Theme.gap6 : Theme.size(520))
    height: Math.min(implicitHeight, parent ? parent.height - Theme.gap6 : implicitHeight)
    onClosed: form.clear()

    Connections {
        target: root.viewModel

        function onPassphraseStored(): void {
            root.editing = false;
            root.note = "";
            form.clear();
        }
    }

    contentItem: Flickable {
        implicitHeight: column.implicitHeight
        contentHeight: column.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Keys and lock")

        ScrollBar.vertical: ScrollLine {}

        Column {
            id: column

            width: root.width
            padding: Theme.gap5
            spacing: Theme.gap4

            Words {
                text: qsTr("Keys and lock")
                font.pixelSize: Theme.size(17)
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Words {
                width: root.lineWidth
                visible: text !== ""
                text: root.note !== "" ? root.note : root.viewModel.stateText
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
            }
            ErrorNote {
                width: root.lineWidth
                sentence: root.viewModel.errorSentence
                action: root.viewModel.errorAction
                code: root.viewModel.errorCode
            }
            KeyLine {
                width: root.lineWidth
                visible: !root.editing
                title: qsTr("Passphrase")
                detail: root.viewModel.hasPassphrase ? qsTr("Opens your data on any computer, and this window when it is locked.") : qsTr("Not set. It would open your data when the keyring is lost, and lets you lock the window.")

                ActionButton {
                    text: root.viewModel.hasPassphrase ? qsTr("Change") : qsTr("Set a passphrase")
                    onClicked: root.edit(false)
                }
                ActionButton {
                    visible: root.viewModel.hasPassphrase
                    text: qsTr("Remove")
                    onClicked: root.edit(true)
                }
            }
            PassphraseForm {
                id: form

                width: root.lineWidth
                visible: root.editing
                viewModel: root.viewModel
                onCancelled: root.editing = false
            }
            KeyLine {
                width: root.lineWidth
                visible: root.viewModel.hasPassphrase && !root.editing
                title: qsTr("Ask at every start")
                detail: qsTr("Then the keyring no longer opens your data: only the passphrase or the recovery code does.")

                Toggle {
                    text: qsTr("Ask at every start")
                    enabled: !root.viewModel.busy
                    checked: root.viewModel.asks
                    onToggled: {
                        root.viewModel.askAtStart(checked);
                        checked = Qt.binding(() => root.viewModel.asks);
                    }
                }
            }
            KeyLine {
                width: root.lineWidth
                visible: !root.editing
                title: qsTr("Recovery code")
                detail: root.viewModel.codeKept ? qsTr("You have kept it. A new one makes the old one useless.") : qsTr("Not kept yet. If the keyring is lost, only it or the passphrase opens your data.")

                ActionButton {
                    text: qsTr("New recovery code")
                    onClicked: root.viewModel.newCode()
                }
            }
            KeyLine {
                width: root.lineWidth
                visible: !root.editing
                title: qsTr("Lock")
                detail: root.viewModel.hasPassphrase ? qsTr("Ctrl Shift L locks the window. Settings, Privacy says after how long without use it locks itself.") : qsTr("Needs a passphrase.")

                ActionButton {
                    iconName: "lock"
                    enabled: root.viewModel.hasPassphrase
                    text: qsTr("Lock now")
                    onClicked: root.lockWanted()
                }
            }
            ActionButton {
                visible: !root.editing
                text: qsTr("Done")
                onClicked: root.close()
            }
        }
    }
}

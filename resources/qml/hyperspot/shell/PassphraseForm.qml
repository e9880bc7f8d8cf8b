import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Sets, changes or removes the passphrase.
Column {
    id: root

    required property KeysViewModel viewModel
    property bool removing: false

    readonly property bool changing: viewModel.hasPassphrase
    readonly property string problem: removing ? "" : viewModel.passphraseProblem(fresh.text, again.text)
    readonly property bool ready: !viewModel.busy && (!changing || current.text !== "") && (removing || (fresh.text !== "" && fresh.text === again.text && problem === ""))

    signal cancelled

    function begin(remove: bool): void {
        removing = remove;
        clear();
        (changing ? current : fresh).forceActiveFocus(Qt.TabFocusReason);
    }
    function clear(): void {
        current.clear();
        fresh.clear();
        again.clear();
    }
    function submit(): void {
        if (!ready)
            return;
        if (removing)
            viewModel.removePassphrase(current.text);
        else
            viewModel.setPassphrase(current.text, fresh.text);
    }

    spacing: Theme.gap2

    Field {
        id: current

        width: parent.width
        visible: root.changing
        label: qsTr("Current passphrase, or the recovery code")
        placeholderText: label
        echoMode: TextInput.Password
        onAccepted: root.removing ? root.submit() : fresh.forceActiveFocus(Qt.TabFocusReason)
    }
    Field {
        id: fresh

        width: parent.width
        visible: !root.removing
        label: root.changing ? qsTr("New passphrase") : qsTr("Passphrase")
        placeholderText: label
        echoMode: TextInput.Password
        onAccepted: again.forceActiveFocus(Qt.TabFocusReason)
    }
    Field {
        id: again

        width: parent.width
        visible: !root.removing
        label: qsTr("The same again")
        placeholderText: label
        echoMode: TextInput.Password
        bad: text !== "" && root.problem !== ""
        onAccepted: root.submit()
    }
    Words {
        width: parent.width
        visible: text !== ""
        text: root.problem
        muted: true
        wrapMode: Text.Wrap
        font.pixelSize: Theme.sizeCaption
    }
    Row {
        spacing: Theme.gap2
        topPadding: Theme.gap1

        ActionButton {
            primary: true
            enabled: root.ready
            text: root.removing ? qsTr("Remove the passphrase") : qsTr("Store")
            onClicked: root.submit()
        }
        ActionButton {
            text: qsTr("Cancel")
            onClicked: root.cancelled()
        }
    }
}

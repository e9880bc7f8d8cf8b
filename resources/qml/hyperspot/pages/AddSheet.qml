pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Into which collection files go: a new one, or one that is there.
Sheet {
    id: root

    required property AddingViewModel viewModel
    required property list<string> collections

    readonly property real innerWidth: width - Theme.gap5 * 2
    readonly property bool known: collections.includes(field.text.trim())

    function add(): void {
        if (field.text.trim() !== "")
            viewModel.addOffered(field.text, watching.visible && watching.checked);
    }

    anchors.centerIn: parent
    width: Math.min(Theme.size(480), parent ? parent.width - Theme.gap6 : Theme.size(480))

    Connections {
        target: root.viewModel

        function onOfferMade(): void {
            field.text = root.viewModel.offerName;
            watching.checked = root.viewModel.offerHasFolder;
            root.open();
            field.forceActiveFocus();
            field.selectAll();
        }
        function onAdded(): void {
            root.close();
        }
    }

    contentItem: Column {
        padding: Theme.gap5
        spacing: Theme.gap3
        Accessible.role: Accessible.Dialog
        Accessible.name: root.viewModel.offerTitle

        Words {
            width: root.innerWidth
            text: root.viewModel.offerTitle
            elide: Text.ElideMiddle
            font.pixelSize: Theme.sizeHeading
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Words {
            width: root.innerWidth
            text: qsTr("Collection")
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
        Field {
            id: field

            width: root.innerWidth
            label: qsTr("Collection")
            placeholderText: qsTr("Name of a collection")
            maximumLength: 100
            bad: root.viewModel.offerProblem !== ""
            onAccepted: root.add()
        }
        Flow {
            width: root.innerWidth
            visible: root.collections.length > 0
            spacing: Theme.gap2

            Repeater {
                model: root.collections.slice(0, 8)

                Pill {
                    required property string modelData

                    iconName: "folder"
                    text: modelData
                    accented: field.text.trim() === modelData
                    onClicked: field.text = modelData
                }
            }
        }
        Words {
            width: root.innerWidth
            visible: text !== ""
            text: root.viewModel.offerProblem !== "" ? root.viewModel.offerProblem : field.text.trim() === "" ? "" : root.known ? qsTr("They are added to what is in it.") : qsTr("A new collection.")
            color: root.viewModel.offerProblem !== "" ? Theme.bad : Theme.muted
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
        }
        Item {
            width: root.innerWidth
            height: visible ? Math.max(Theme.size(40), watchWords.height) : 0
            visible: root.viewModel.offerHasFolder

            Column {
                id: watchWords

                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - watching.width - Theme.gap3

                Words {
                    width: parent.width
                    text: qsTr("Notice changes")
                    font.pixelSize: Theme.sizeSmall
                    font.weight: Font.Medium
                }
                Words {
                    width: parent.width
                    text: qsTr("New and changed files are read by themselves, also after a restart.")
                    muted: true
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeCaption
                }
            }
            Toggle {
                id: watching

                anchors.right: parent.right
                anchors.verticalCenter: parent.verticalCenter
                visible: parent.visible
                text: qsTr("Notice changes")
            }
        }
        Row {
            topPadding: Theme.gap1
            spacing: Theme.gap2

            ActionButton {
                primary: true
                enabled: field.text.trim() !== ""
                text: qsTr("Add")
                onClicked: root.add()
            }
            ActionButton {
                text: qsTr("Cancel")
                onClicked: root.close()
            }
        }
    }
}

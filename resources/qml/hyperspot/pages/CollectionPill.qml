pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQml.Models
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Which documents this conversation is answered from.
Pill {
    id: root

    required property ChatViewModel viewModel
    property bool upwards: false

    signal documentsWanted

    iconName: "library"
    accented: viewModel.collectionText !== ""
    text: accented ? viewModel.collectionText : qsTr("Documents")
    Accessible.role: Accessible.ButtonMenu
    Accessible.name: accented ? qsTr("Answers from: %1").arg(text) : qsTr("Answer from documents")
    onClicked: menu.open()
    Keys.onDownPressed: menu.open()
    Keys.onUpPressed: menu.open()

    LazyPopup {
        id: menu

        sourceComponent: PopupMenu {
            id: entries

            parent: root
            y: root.upwards ? -height - Theme.gap1 : root.height + Theme.gap1
            x: root.upwards ? 0 : root.width - width

            PopupItem {
                text: qsTr("No documents")
                checkable: true
                checked: !root.accented
                onTriggered: root.viewModel.chooseNoCollection()
            }
            MenuSeparator {
                padding: Theme.gap1
                contentItem: Rectangle {
                    implicitHeight: 1
                    color: Theme.line
                }
            }
            Instantiator {
                model: root.viewModel.collectionChoices
                delegate: PopupItem {
                    required property var modelData

                    text: modelData.name
                    checkable: true
                    checked: modelData.chosen
                    onTriggered: root.viewModel.toggleCollection(modelData.collectionId)
                }
                onObjectAdded: (index, object) => entries.insertItem(index + 2, object as PopupItem)
                onObjectRemoved: (index, object) => entries.removeItem(object as PopupItem)
            }
            MenuSeparator {
                padding: Theme.gap1
                visible: root.viewModel.collectionChoices.length > 0
                height: visible ? implicitHeight : 0
                contentItem: Rectangle {
                    implicitHeight: 1
                    color: Theme.line
                }
            }
            PopupItem {
                iconName: "plus"
                text: qsTr("Add documents…")
                onTriggered: root.documentsWanted()
            }
        }
    }
}

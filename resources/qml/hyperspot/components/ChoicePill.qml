pragma ComponentBehavior: Bound

import QtQuick
import QtQml.Models
import hyperspot.theme

// A pill with a menu: one of several values; it is tinted while it is not the first, which stands for no choice.
Pill {
    id: root

    required property string label
    // Objects with value and text.
    required property var choices
    required property string value
    property bool plain: false

    readonly property var chosen: choices.find(choice => choice.value === value) ?? choices[0]

    signal picked(string value)

    text: chosen?.text ?? ""
    accented: !plain && choices.length > 0 && value !== choices[0].value
    trailingIconName: "chevron-down"
    Accessible.role: Accessible.ComboBox
    Accessible.name: label + ": " + text
    onClicked: menu.open()
    Keys.onDownPressed: menu.open()

    LazyPopup {
        id: menu

        sourceComponent: PopupMenu {
            id: entries

            parent: root
            y: root.height + Theme.gap1

            Instantiator {
                model: root.choices
                delegate: PopupItem {
                    required property var modelData

                    text: modelData.text
                    checkable: true
                    checked: modelData.value === root.value
                    onTriggered: root.picked(modelData.value)
                }
                onObjectAdded: (index, object) => entries.insertItem(index, object as PopupItem)
                onObjectRemoved: (index, object) => entries.removeItem(object as PopupItem)
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// One setting: what it does, and its value.
Item {
    id: root

    required property string key
    required property string title
    required property string description
    required property string type
    required property string text
    required property bool checked
    required property string unit
    required property list<string> choices
    required property list<string> choiceLabels
    required property bool isDefault
    required property string rangeText
    required property string error

    signal textGiven(string text)
    signal checkedGiven(bool checked)
    signal resetWanted

    implicitHeight: layout.implicitHeight + Theme.gap4 * 2

    RowLayout {
        id: layout

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.gap4
        anchors.rightMargin: Theme.gap4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap3

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: root.title
                font.weight: Font.Medium
            }
            Words {
                Layout.fillWidth: true
                text: root.description
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.error
                color: Theme.bad
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
            }
        }
        IconButton {
            visible: !root.isDefault
            iconName: "rotate-ccw"
            text: qsTr("Back to the default: %1").arg(root.title)
            onClicked: root.resetWanted()
        }
        Loader {
            Layout.preferredWidth: root.type === "bool" ? Theme.size(44) : Theme.size(220)
            sourceComponent: root.type === "bool" ? toggle : root.type === "choice" ? choice : field
        }
    }
    Component {
        id: toggle

        Toggle {
            checked: root.checked
            text: root.title
            description: root.description
            onToggled: root.checkedGiven(checked)
        }
    }
    Component {
        id: choice

        ActionButton {
            id: button

            implicitWidth: Theme.size(220)
            text: root.choiceLabels[root.choices.indexOf(root.text)] ?? root.text
            description: root.title
            Accessible.role: Accessible.ComboBox
            Accessible.name: root.title + ": " + text
            onClicked: menu.open()

            Icon {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap3
                anchors.verticalCenter: parent.verticalCenter
                name: "chevron-down"
                extent: 15
            }
            LazyPopup {
                id: menu

                sourceComponent: PopupMenu {
                    id: entries

                    parent: button
                    y: button.height + Theme.gap1
                    width: button.width

                    Instantiator {
                        model: root.choices
                        delegate: PopupItem {
                            required property string modelData

                            required property int index

                            text: root.choiceLabels[index] ?? modelData
                            checkable: true
                            checked: modelData === root.text
                            onTriggered: root.textGiven(modelData)
                        }
                        onObjectAdded: (index, object) => entries.insertItem(index, object as PopupItem)
                        onObjectRemoved: (index, object) => entries.removeItem(object as PopupItem)
                    }
                }
            }
        }
    }
    Component {
        id: field

        Field {
            id: input

            implicitWidth: Theme.size(220)
            text: root.text
            label: root.title
            bad: root.error !== ""
            placeholderText: root.rangeText
            rightPadding: unitWords.width + Theme.gap3 * 2
            onEditingFinished: {
                if (text !== root.text)
                    root.textGiven(text);
            }

            Words {
                id: unitWords

                anchors.right: parent.right
                anchors.rightMargin: Theme.gap3
                anchors.verticalCenter: parent.verticalCenter
                text: root.unit
                muted: true
                font.pixelSize: Theme.sizeSmall
            }
        }
    }
}

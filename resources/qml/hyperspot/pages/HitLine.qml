pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A found passage: where it stands, its words, and why it was found.
AbstractButton {
    id: root

    required property string fileName
    required property string iconName
    required property string path
    required property string place
    required property string collection
    required property string changedText
    required property string html
    required property string plain
    required property var reasons
    property bool current: false
    property bool focused: false

    padding: Theme.gap3
    implicitHeight: contentItem.implicitHeight + padding * 2
    focusPolicy: Qt.NoFocus
    text: fileName
    Accessible.role: Accessible.ListItem
    Accessible.name: [fileName, place, plain].filter(part => part !== "").join(", ")
    Accessible.description: reasons.join(", ")
    Accessible.selected: current

    contentItem: Column {
        spacing: Theme.gap2 - 2

        Item {
            width: parent.width
            height: title.height

            Icon {
                id: glyph

                anchors.verticalCenter: parent.verticalCenter
                name: root.iconName
                color: root.current ? Theme.accent : Theme.muted
                extent: 16
            }
            Words {
                id: title

                anchors.left: glyph.right
                anchors.leftMargin: Theme.gap2
                width: Math.min(implicitWidth, (parent.width - glyph.width - when.width) * 0.55)
                text: root.fileName
                elide: Text.ElideMiddle
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Words {
                anchors.left: title.right
                anchors.leftMargin: Theme.gap3
                anchors.right: when.left
                anchors.rightMargin: Theme.gap2
                anchors.baseline: title.baseline
                text: root.place
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
            Words {
                id: when

                anchors.right: parent.right
                anchors.baseline: title.baseline
                text: root.changedText
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
        Text {
            width: parent.width
            text: root.html.replace(/<b>/g, "<b><font color='" + Theme.accent + "'>").replace(/<\/b>/g, "</font></b>")
            textFormat: Text.StyledText
            color: Theme.text
            font.family: Theme.family
            font.pixelSize: Theme.sizeSmall
            lineHeight: 1.3
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        Row {
            spacing: Theme.gap2 - 2

            Repeater {
                model: root.reasons

                Rectangle {
                    id: chip

                    required property string modelData

                    width: words.width + Theme.gap3
                    height: Theme.size(20)
                    radius: height / 2
                    color: root.current ? Theme.surface2 : Theme.surface3

                    Words {
                        id: words

                        anchors.centerIn: parent
                        width: Math.min(implicitWidth, Theme.size(200))
                        text: chip.modelData
                        muted: true
                        font.pixelSize: Theme.sizeTiny
                        Accessible.ignored: true
                    }
                }
            }
            Words {
                height: Theme.size(20)
                leftPadding: Theme.gap1
                text: root.collection
                muted: true
                font.pixelSize: Theme.sizeTiny
                Accessible.ignored: true
            }
        }
    }
    background: Rectangle {
        radius: Theme.radiusButton
        color: root.current ? Theme.surface3 : root.hovered ? Qt.alpha(Theme.surface3, 0.5) : "transparent"

        FocusRing {
            anchors.margins: 0
            radius: Theme.radiusButton
            shown: root.focused
        }
    }
}

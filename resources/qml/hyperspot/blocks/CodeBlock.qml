import QtQuick
import QtQuick.Controls.Basic
import hyperspot.components
import hyperspot.theme

// A piece of a code block: the first one has the language and the copy button.
FramedBlock {
    id: root

    required property string html
    required property string plain
    required property string language
    required property bool first
    required property bool last

    gap: last ? Theme.gap3 : 0

    signal copied

    Item {
        width: parent ? parent.width : 0
        height: header.height + scroll.height
        clip: true

        // Pieces share one frame: inner edges are drawn outside of the clip.
        Rectangle {
            y: root.first ? 0 : -Theme.radiusCard
            width: parent.width
            height: parent.height + (root.first ? 0 : Theme.radiusCard) + (root.last ? 0 : Theme.radiusCard)
            radius: Theme.radiusButton + 1
            color: Theme.codeSurface
            border.color: Theme.line
        }
        Item {
            id: header

            width: parent.width
            height: root.first ? Theme.size(32) : 0
            visible: root.first

            Words {
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap4
                text: root.language !== "" ? root.language : qsTr("text")
                muted: true
                font.pixelSize: Theme.sizeCaption
            }
            IconButton {
                anchors.verticalCenter: parent.verticalCenter
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap2
                iconName: "copy"
                extent: 14
                side: 26
                text: qsTr("Copy code")
                onClicked: root.copied()
            }
        }
        Flickable {
            id: scroll

            anchors.top: header.bottom
            width: parent.width
            height: code.implicitHeight + (root.last ? Theme.gap2 + 2 : 0)
            contentWidth: code.implicitWidth + Theme.gap4 * 2
            contentHeight: height
            boundsBehavior: Flickable.StopAtBounds
            flickableDirection: Flickable.HorizontalFlick
            interactive: contentWidth > width
            clip: true

            ScrollBar.horizontal: ScrollLine {
                visible: scroll.contentWidth > scroll.width
            }

            TextEdit {
                id: code

                x: Theme.gap4
                color: Theme.text
                font.family: Theme.monoFamily
                font.pixelSize: Theme.sizeSmall
                textFormat: TextEdit.RichText
                text: Theme.styleSheet + "<pre style=\"line-height:140%;font-family:'" + Theme.monoFamily + "'\">" + root.html + "</pre>"
                readOnly: true
                selectByMouse: true
                selectionColor: Theme.selection
                selectedTextColor: Theme.text
                activeFocusOnTab: false
                Accessible.role: Accessible.StaticText
                Accessible.name: root.plain
            }
        }
    }
}

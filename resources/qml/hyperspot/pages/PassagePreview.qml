import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The selected passage in its surroundings, and what can be done with it.
Rectangle {
    id: root

    required property SearchViewModel viewModel
    property bool closable: false

    signal openWanted
    signal folderWanted
    signal closed

    function take(): void {
        flick.forceActiveFocus();
    }

    color: Theme.surface1
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("The passage in its place")
    Keys.onEscapePressed: root.closed()

    // What lies below is not for clicks.
    MouseArea {
        anchors.fill: parent
    }
    Rectangle {
        width: 1
        height: parent.height
        color: Theme.line
    }
    Item {
        id: head

        x: Theme.gap5
        y: Theme.gap5
        width: parent.width - Theme.gap5 * 2
        height: names.height

        Icon {
            id: glyph

            y: 1
            name: root.viewModel.currentIcon
            extent: 16
        }
        Column {
            id: names

            anchors.left: glyph.right
            anchors.leftMargin: Theme.gap2
            anchors.right: close.visible ? close.left : parent.right
            spacing: Theme.gap1

            Words {
                width: parent.width
                text: root.viewModel.currentFile
                elide: Text.ElideMiddle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Words {
                width: parent.width
                visible: text !== ""
                text: root.viewModel.currentPlace
                muted: true
                wrapMode: Text.Wrap
                maximumLineCount: 2
                elide: Text.ElideRight
                font.pixelSize: Theme.sizeCaption
            }
        }
        IconButton {
            id: close

            anchors.right: parent.right
            anchors.top: parent.top
            anchors.topMargin: -Theme.gap1
            visible: root.closable
            iconName: "x"
            text: qsTr("Close")
            onClicked: root.closed()
        }
    }
    Card {
        id: card

        anchors.top: head.bottom
        anchors.topMargin: Theme.gap4
        anchors.bottom: foot.top
        anchors.bottomMargin: Theme.gap4
        x: Theme.gap5
        width: parent.width - Theme.gap5 * 2

        Flickable {
            id: flick

            anchors.fill: parent
            anchors.margins: 1
            clip: true
            activeFocusOnTab: true
            boundsBehavior: Flickable.StopAtBounds
            contentWidth: width
            contentHeight: text.height + Theme.gap4 * 2
            Keys.onDownPressed: contentY = Math.min(Math.max(0, contentHeight - height), contentY + Theme.size(60))
            Keys.onUpPressed: contentY = Math.max(0, contentY - Theme.size(60))

            // The passage stands in the upper third.
            function toPassage(): void {
                const top = text.positionToRectangle(root.viewModel.previewBefore).y + Theme.gap4;
                contentY = Math.max(0, Math.min(contentHeight - height, top - height * 0.25));
            }

            ScrollBar.vertical: ScrollLine {}

            Markup {
                id: text

                x: Theme.gap4
                y: Theme.gap4
                width: flick.width - Theme.gap4 * 2
                font.pixelSize: Theme.sizeSmall
                html: root.viewModel.previewHtml
                plain: root.viewModel.previewPlain
                onHtmlChanged: Qt.callLater(flick.toPassage)
                onWidthChanged: Qt.callLater(flick.toPassage)
            }
        }
        Words {
            anchors.fill: parent
            anchors.margins: Theme.gap4
            visible: text !== ""
            text: root.viewModel.previewProblem
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeSmall
        }
        FocusRing {
            radius: Theme.radiusCard + 3
            shown: flick.activeFocus
        }
    }
    Column {
        id: foot

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap5
        x: Theme.gap5
        width: parent.width - Theme.gap5 * 2
        spacing: Theme.gap3

        Words {
            width: parent.width
            text: root.viewModel.currentReasons !== "" ? qsTr("Found by %1").arg(root.viewModel.currentReasons) : ""
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
        }
        Flow {
            width: parent.width
            spacing: Theme.gap2

            ActionButton {
                primary: true
                iconName: "message-square-quote"
                text: qsTr("Ask about this")
                onClicked: root.viewModel.askAbout()
            }
            ActionButton {
                iconName: "external-link"
                text: qsTr("Open file")
                onClicked: root.openWanted()
            }
            IconButton {
                side: 34
                iconName: "folder-open"
                text: qsTr("Show in its folder")
                onClicked: root.folderWanted()
            }
        }
    }
}

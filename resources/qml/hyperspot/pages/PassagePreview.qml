pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The selected passage in its surroundings, as text or on its page, and what can be done with it.
Rectangle {
    id: root

    required property PassageViewModel viewModel
    required property PageViewModel pageView
    property bool closable: false
    property bool asPage: false

    readonly property bool drawing: visible && asPage && viewModel.hasPages

    signal openWanted
    signal folderWanted
    signal closed

    function take(): void {
        quote.forceActiveFocus();
    }

    color: Theme.surface1
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("The passage in its place")
    onDrawingChanged: pageView.want(drawing, false)
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
    ColumnLayout {
        anchors.fill: parent
        anchors.margins: Theme.gap5
        spacing: Theme.gap3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap2

            Icon {
                name: root.viewModel.icon
                extent: 16
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.fileName
                elide: Text.ElideMiddle
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            IconButton {
                visible: root.closable
                iconName: "x"
                text: qsTr("Close")
                onClicked: root.closed()
            }
        }
        Words {
            Layout.fillWidth: true
            Layout.topMargin: -Theme.gap2
            visible: text !== ""
            text: root.viewModel.place
            muted: true
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.sizeCaption
        }
        RowLayout {
            Layout.fillWidth: true
            visible: root.viewModel.hasPages
            spacing: Theme.gap2

            Segments {
                name: qsTr("Show as")
                options: [qsTr("Text"), qsTr("Page")]
                index: root.asPage ? 1 : 0
                onPicked: index => root.asPage = index === 1
            }
            Item {
                Layout.fillWidth: true
            }
            IconButton {
                visible: root.drawing
                iconName: "maximize-2"
                extent: 15
                text: qsTr("Show the page large")
                onClicked: large.open()
            }
        }
        Card {
            Layout.fillWidth: true
            Layout.fillHeight: true

            QuoteView {
                id: quote

                anchors.fill: parent
                anchors.margins: 1
                visible: !root.drawing
                padding: Theme.gap4
                html: root.viewModel.html
                plain: root.viewModel.plain
                quoteAt: root.viewModel.quoteAt
            }
            Flickable {
                anchors.fill: parent
                anchors.margins: Theme.gap2
                visible: root.drawing && root.pageView.errorSentence === ""
                contentHeight: page.height
                boundsBehavior: Flickable.StopAtBounds
                clip: true

                PagePicture {
                    id: page

                    width: parent.width
                    height: implicitHeight
                    viewModel: root.pageView

                    TapHandler {
                        onTapped: large.open()
                    }
                    HoverHandler {
                        cursorShape: Qt.PointingHandCursor
                    }
                }
            }
            ErrorNote {
                anchors.left: parent.left
                anchors.right: parent.right
                anchors.bottom: parent.bottom
                anchors.margins: Theme.gap2
                sentence: root.drawing ? root.pageView.errorSentence : root.viewModel.errorSentence
                action: root.drawing ? root.pageView.errorAction : root.viewModel.errorAction
                code: root.drawing ? root.pageView.errorCode : root.viewModel.errorCode
            }
        }
        PageTurner {
            Layout.alignment: Qt.AlignHCenter
            visible: root.drawing && root.pageView.pageCount > 0
            viewModel: root.pageView
        }
        Words {
            Layout.fillWidth: true
            visible: root.viewModel.reasons !== ""
            text: qsTr("Found by %1").arg(root.viewModel.reasons)
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
        }
        Flow {
            Layout.fillWidth: true
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
    LazyPopup {
        id: large

        sourceComponent: PageSheet {
            viewModel: root.pageView
            fileName: root.viewModel.fileName
        }
    }
}

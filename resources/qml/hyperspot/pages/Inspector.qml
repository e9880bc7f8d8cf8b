pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What is cited, where it stands, and why it was found.
Rectangle {
    id: root

    required property SourcesViewModel viewModel
    required property PageViewModel pageView
    property bool closable: false

    readonly property bool drawing: visible && viewModel.asPage && viewModel.hasPages

    signal closed
    signal fileWanted(string path)
    signal folderWanted(string path)
    signal explanationWanted

    color: Theme.surface1
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Source")
    onDrawingChanged: pageView.want(drawing, false)

    Rectangle {
        anchors.left: parent.left
        width: 1
        height: parent.height
        color: Theme.line
    }
    EmptyState {
        anchors.centerIn: parent
        visible: root.viewModel.number === 0
        iconName: "quote"
        text: qsTr("No source is open")
        detail: qsTr("Choose a number in an answer, or a card below it.")
    }
    IconButton {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap3
        visible: root.closable && root.viewModel.number === 0
        iconName: "x"
        text: qsTr("Close the source")
        onClicked: root.closed()
    }
    ColumnLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap4 + 4
        anchors.rightMargin: Theme.gap4 + 4
        anchors.topMargin: Theme.gap3
        anchors.bottomMargin: Theme.gap4
        spacing: 0
        visible: root.viewModel.number > 0

        RowLayout {
            Layout.fillWidth: true
            Layout.preferredHeight: Theme.size(28)
            spacing: Theme.gap2

            Icon {
                name: root.viewModel.icon
                extent: 16
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.fileName
                elide: Text.ElideMiddle
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            IconButton {
                visible: root.viewModel.count > 1
                enabled: root.viewModel.position > 1
                side: 24
                iconName: "chevron-left"
                text: qsTr("Previous source")
                onClicked: root.viewModel.step(-1)
            }
            NumberTile {
                side: 20
                number: root.viewModel.number
            }
            IconButton {
                visible: root.viewModel.count > 1
                enabled: root.viewModel.position < root.viewModel.count
                side: 24
                iconName: "chevron-right"
                text: qsTr("Next source")
                onClicked: root.viewModel.step(1)
            }
            IconButton {
                visible: root.closable
                side: 24
                iconName: "x"
                text: qsTr("Close the source")
                onClicked: root.closed()
            }
        }
        Words {
            Layout.fillWidth: true
            Layout.topMargin: 2
            visible: text !== ""
            text: root.viewModel.place
            muted: true
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.sizeCaption
            Accessible.description: root.viewModel.headings

            HoverHandler {
                id: overPlace
            }
            Hint {
                shown: overPlace.hovered
                text: root.viewModel.headings
            }
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap3 - 2
            visible: root.viewModel.hasPages
            spacing: Theme.gap2

            Segments {
                name: qsTr("Show as")
                options: [qsTr("Text"), qsTr("Page")]
                index: root.viewModel.asPage ? 1 : 0
                onPicked: index => root.viewModel.asPage = index === 1
            }
            Item {
                Layout.fillWidth: true
            }
            IconButton {
                visible: root.drawing && root.pageView.errorSentence !== ""
                iconName: "refresh-cw"
                extent: 15
                text: qsTr("Try again")
                onClicked: root.pageView.again()
            }
            IconButton {
                visible: root.drawing
                enabled: root.pageView.errorSentence === ""
                iconName: "maximize-2"
                extent: 15
                text: qsTr("Show the page large")
                onClicked: large.open()
            }
        }
        Rectangle {
            id: frame

            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            Layout.preferredHeight: problem.visible ? problem.implicitHeight + Theme.gap2 * 2 : root.drawing ? pageBody.implicitHeight + Theme.gap2 * 2 : root.viewModel.loading ? Theme.size(240) : quote.textHeight + 4
            Layout.maximumHeight: Layout.preferredHeight
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.size(80)
            radius: Theme.radiusButton + 1
            color: Theme.surface2
            border.color: Theme.line

            QuoteView {
                id: quote

                anchors.fill: parent
                anchors.margins: 1
                visible: !root.drawing && !root.viewModel.loading
                html: root.viewModel.html
                plain: root.viewModel.plain
                quoteAt: root.viewModel.quoteAt
            }
            Skeleton {
                x: Theme.gap4
                y: Theme.gap4
                width: parent.width - Theme.gap4 * 2
                lineHeight: 12
                lines: 7
                active: root.viewModel.loading && !root.drawing
            }
            Flickable {
                id: pageBody

                readonly property real bodyHeight: page.implicitHeight

                implicitHeight: bodyHeight
                anchors.fill: parent
                anchors.margins: Theme.gap2
                visible: root.drawing && root.pageView.errorSentence === ""
                contentHeight: bodyHeight
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
                id: problem

                anchors.left: parent.left
                anchors.right: parent.right
                anchors.top: parent.top
                anchors.margins: Theme.gap2
                visible: root.drawing && sentence !== ""
                sentence: root.pageView.errorSentence
                action: root.pageView.errorAction
                code: root.pageView.errorCode
            }
        }
        PageTurner {
            Layout.alignment: Qt.AlignHCenter
            Layout.topMargin: Theme.gap1
            visible: root.drawing && root.pageView.pageCount > 0
            viewModel: root.pageView
        }
        Words {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            visible: text !== ""
            text: root.viewModel.match
            muted: true
            font.pixelSize: Theme.sizeCaption
            font.weight: Font.Medium
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            visible: root.viewModel.note !== "" && !problem.visible
            spacing: Theme.gap2

            Icon {
                Layout.alignment: Qt.AlignTop
                name: "info"
                color: Theme.warning
                extent: 15
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.note
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
        }
        ErrorNote {
            Layout.fillWidth: true
            Layout.topMargin: Theme.gap2
            warning: true
            sentence: root.viewModel.errorSentence
            action: root.viewModel.errorSentence === "" ? "" : qsTr("Above is what the answer was made from.")
            code: root.viewModel.errorCode
        }
        Row {
            Layout.topMargin: Theme.gap2
            Layout.leftMargin: -Theme.gap1 - 2
            spacing: Theme.gap1

            IconButton {
                iconName: "external-link"
                text: qsTr("Open the file")
                onClicked: root.fileWanted(root.viewModel.path)
            }
            IconButton {
                iconName: "folder-open"
                text: qsTr("Show in its folder")
                onClicked: root.folderWanted(root.viewModel.path)
            }
            IconButton {
                iconName: "copy"
                text: qsTr("Copy the quote")
                onClicked: root.viewModel.copy()
            }
            IconButton {
                iconName: "text-search"
                text: qsTr("How this was found")
                onClicked: root.explanationWanted()
            }
            IconButton {
                visible: root.viewModel.errorSentence !== ""
                iconName: "refresh-cw"
                text: qsTr("Try again")
                onClicked: root.viewModel.again()
            }
        }
        Item {
            Layout.fillHeight: true
            Layout.preferredHeight: 0
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

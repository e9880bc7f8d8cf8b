pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// Ctrl+K: commands, conversations, messages, models and settings in one box.
Sheet {
    id: root

    required property PaletteViewModel viewModel

    width: Math.min(Theme.size(640), parent ? parent.width - Theme.gap6 : Theme.size(640))
    x: parent ? Math.round((parent.width - width) / 2) : 0
    y: parent ? Math.round(parent.height * 0.12) : 0
    Connections {
        target: root.viewModel

        function onQueryChanged(): void {
            if (field.text !== root.viewModel.query)
                field.text = root.viewModel.query;
        }
    }
    onAboutToShow: {
        viewModel.reset();
        field.clear();
        list.untouched = true;
        list.currentIndex = 0;
        field.forceActiveFocus();
    }

    contentItem: Column {
        bottomPadding: Theme.gap2
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Search")

        TextField {
            id: field

            width: parent.width
            height: Theme.size(52)
            leftPadding: Theme.size(46)
            rightPadding: Theme.gap4
            placeholderText: qsTr("Search chats, messages, documents, commands and settings")
            placeholderTextColor: Theme.muted
            color: Theme.text
            selectionColor: Theme.selection
            selectedTextColor: Theme.text
            font.family: Theme.family
            font.pixelSize: Theme.sizeHeading
            background: null
            focus: true
            Accessible.name: placeholderText
            onTextChanged: {
                root.viewModel.query = text;
                list.untouched = true;
                list.currentIndex = 0;
            }
            Keys.onDownPressed: {
                list.untouched = false;
                list.incrementCurrentIndex();
            }
            Keys.onUpPressed: {
                list.untouched = false;
                list.decrementCurrentIndex();
            }
            Keys.onReturnPressed: root.choose(list.untouched ? 0 : list.currentIndex)
            Keys.onEnterPressed: root.choose(list.untouched ? 0 : list.currentIndex)

            Icon {
                x: Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                name: "search"
            }
            Rectangle {
                anchors.bottom: parent.bottom
                width: parent.width
                height: 1
                color: Theme.line
            }
        }
        ListView {
            id: list

            // The first finding is chosen until somebody chooses another: what comes in above it takes its place.
            property bool untouched: true

            onCurrentIndexChanged: if (untouched && currentIndex > 0) Qt.callLater(toFirst)
            onCountChanged: Qt.callLater(toFirst)

            function toFirst(): void {
                if (untouched)
                    currentIndex = 0;
            }
            width: parent.width
            implicitHeight: Math.min(contentHeight + topMargin + bottomMargin, Theme.size(400))
            topMargin: Theme.gap2
            bottomMargin: Theme.gap1
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: 0
            // Rows change with every letter: nothing may still be on its way to a row that is gone.
            cacheBuffer: 0
            model: root.viewModel.rows
            section.property: "section"
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Findings")

            ScrollBar.vertical: ScrollLine {}

            section.delegate: Words {
                required property string section

                width: list.width
                height: Theme.size(28)
                leftPadding: Theme.gap4
                text: section
                muted: true
                font.pixelSize: Theme.sizeTiny
                font.weight: Font.Medium
                Accessible.role: Accessible.Heading
            }
            delegate: AbstractButton {
                id: finding

                required property int index
                required property string title
                required property string html
                required property string detail
                required property string hint
                required property string iconName

                readonly property bool chosen: ListView.isCurrentItem

                width: list.width
                leftPadding: Theme.gap2
                rightPadding: Theme.gap2
                height: html !== "" ? Theme.size(50) : Theme.size(38)
                focusPolicy: Qt.NoFocus
                text: title
                Accessible.role: Accessible.ListItem
                Accessible.name: detail !== "" ? title + ", " + detail : title
                Accessible.selected: chosen
                onClicked: root.choose(index)
                onHoveredChanged: {
                    if (hovered) {
                        list.untouched = false;
                        list.currentIndex = index;
                    }
                }

                contentItem: Item {
                    Icon {
                        id: glyph

                        x: Theme.gap2
                        anchors.verticalCenter: parent.verticalCenter
                        name: finding.iconName
                        extent: 16
                        color: finding.chosen ? Theme.accent : Theme.muted
                    }
                    Column {
                        anchors.left: glyph.right
                        anchors.leftMargin: Theme.gap3
                        anchors.right: hintWords.left
                        anchors.rightMargin: Theme.gap2
                        anchors.verticalCenter: parent.verticalCenter

                        Words {
                            width: parent.width
                            visible: finding.html === ""
                            text: finding.detail !== "" ? finding.title + "   " + finding.detail : finding.title
                            font.pixelSize: Theme.sizeSmall
                            Accessible.ignored: true
                        }
                        Text {
                            width: parent.width
                            visible: finding.html !== ""
                            text: finding.html.replace(/<b>/g, "<font color='" + Theme.accent + "'>").replace(/<\/b>/g, "</font>")
                            textFormat: Text.StyledText
                            color: Theme.text
                            font.family: Theme.family
                            font.pixelSize: Theme.sizeSmall
                            elide: Text.ElideRight
                            maximumLineCount: 1
                            Accessible.ignored: true
                        }
                        Words {
                            width: parent.width
                            visible: finding.html !== ""
                            text: finding.detail
                            muted: true
                            font.pixelSize: Theme.sizeTiny
                            Accessible.ignored: true
                        }
                    }
                    Words {
                        id: hintWords

                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gap2
                        anchors.verticalCenter: parent.verticalCenter
                        text: finding.hint
                        muted: true
                        font.pixelSize: Theme.sizeTiny
                        Accessible.ignored: true
                    }
                }
                background: Item {
                    Rectangle {
                        anchors.fill: parent
                        anchors.leftMargin: Theme.gap2
                        anchors.rightMargin: Theme.gap2
                        radius: Theme.radiusRow
                        color: finding.chosen ? Theme.surface3 : "transparent"
                    }
                }
            }
        }
        Words {
            id: note

            width: parent.width
            height: text === "" ? 0 : Theme.size(40)
            leftPadding: Theme.gap4
            text: root.viewModel.errorSentence !== "" ? root.viewModel.errorSentence + " " + root.viewModel.errorAction : root.viewModel.loading ? qsTr("Searching messages and files…") : list.count === 0 ? qsTr("Nothing found. Fewer or shorter words find more.") : ""
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
    }

    function choose(row: int): void {
        root.close();
        root.viewModel.choose(row);
    }
}

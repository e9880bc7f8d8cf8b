pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// How the passages of an answer were found, and what another search would find.
Sheet {
    id: root

    required property RetrievalViewModel viewModel

    // With large text in a small window the table needs the room.
    readonly property bool tight: height < Theme.size(420)
    readonly property bool ranksShown: width > Theme.size(560)

    anchors.centerIn: parent
    width: Math.min(Theme.size(1040), parent ? parent.width - Theme.gap6 : Theme.size(1040))
    height: Math.min(Theme.size(720), parent ? parent.height - Theme.gap6 : Theme.size(720))

    onClosed: viewModel.leave()

    contentItem: ColumnLayout {
        spacing: 0
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("How this was found")

        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap3
            Layout.topMargin: Theme.gap3
            Layout.preferredHeight: Theme.size(36)

            Words {
                Layout.fillWidth: true
                text: qsTr("How this was found")
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            IconButton {
                iconName: "x"
                text: qsTr("Close")
                focus: true
                onClicked: root.close()
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            visible: root.viewModel.known
            spacing: Theme.gap2

            Repeater {
                model: root.tight ? [] : root.viewModel.queries

                RowLayout {
                    id: query

                    required property string modelData

                    Layout.fillWidth: true
                    spacing: Theme.gap2

                    Icon {
                        Layout.alignment: Qt.AlignTop
                        Layout.topMargin: 1
                        name: "search"
                        extent: 14
                    }
                    Words {
                        Layout.fillWidth: true
                        text: query.modelData
                        wrapMode: Text.Wrap
                        maximumLineCount: 2
                        elide: Text.ElideRight
                        font.pixelSize: Theme.sizeSmall
                    }
                }
            }
            Words {
                Layout.fillWidth: true
                visible: !root.tight
                text: root.viewModel.settingsText
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
            Row {
                Layout.topMargin: Theme.gap1
                visible: !root.tight
                spacing: Theme.gap5

                Repeater {
                    model: root.viewModel.figures

                    Column {
                        id: figure

                        required property var modelData

                        spacing: 1

                        Words {
                            text: figure.modelData.value
                            font.pixelSize: Theme.sizeHeading
                            font.weight: Font.DemiBold
                        }
                        Words {
                            text: figure.modelData.label
                            muted: true
                            font.pixelSize: Theme.sizeTiny
                        }
                    }
                }
            }
            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.viewModel.note
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeCaption
            }
        }
        ErrorNote {
            Layout.fillWidth: true
            Layout.margins: Theme.gap5
            Layout.bottomMargin: 0
            sentence: root.viewModel.errorSentence
            action: root.viewModel.errorAction
            code: root.viewModel.errorCode
            buttonText: root.viewModel.known ? "" : qsTr("Try again")
            closable: root.viewModel.known
            onTriggered: root.viewModel.again()
            onClosed: root.viewModel.dismissError()
        }
        RowLayout {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            Layout.topMargin: Theme.gap3
            visible: root.viewModel.tried
            spacing: Theme.gap2

            Icon {
                name: "arrow-up-down"
                color: Theme.accent
                extent: 15
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.comparison
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.Medium
            }
        }
        Rectangle {
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.size(90)
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            Layout.topMargin: Theme.gap3
            radius: Theme.radiusButton + 1
            color: Theme.background
            border.color: Theme.line
            clip: true

            RowLayout {
                id: head

                anchors.left: parent.left
                anchors.leftMargin: Theme.gap3
                width: parent.width - Theme.gap3 * 2
                height: Theme.size(34)
                spacing: Theme.gap3
                visible: table.count > 0

                Words {
                    Layout.fillWidth: true
                    Layout.leftMargin: Theme.size(24) + Theme.gap3
                    text: qsTr("Passage")
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                    font.weight: Font.Medium
                }
                Repeater {
                    model: !root.ranksShown ? [] : root.viewModel.reranked ? [qsTr("Words"), qsTr("Meaning"), qsTr("Reranked")] : [qsTr("Words"), qsTr("Meaning")]

                    Words {
                        required property string modelData

                        Layout.preferredWidth: Theme.size(72)
                        text: modelData
                        muted: true
                        font.pixelSize: Theme.sizeCaption
                        font.weight: Font.Medium
                    }
                }
                Words {
                    Layout.preferredWidth: Theme.size(122)
                    visible: root.viewModel.tried
                    text: qsTr("In the answer")
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                    font.weight: Font.Medium
                }
                Words {
                    Layout.preferredWidth: Theme.size(122)
                    text: root.viewModel.tried ? qsTr("Now") : qsTr("What became of it")
                    muted: true
                    font.pixelSize: Theme.sizeCaption
                    font.weight: Font.Medium
                }
            }
            ListView {
                id: table

                anchors.top: head.bottom
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 1
                x: 1
                width: parent.width - 2
                model: root.viewModel.rows
                clip: true
                reuseItems: true
                cacheBuffer: 0
                activeFocusOnTab: true
                boundsBehavior: Flickable.StopAtBounds
                opacity: root.viewModel.trying ? 0.5 : 1
                Accessible.role: Accessible.List
                Accessible.name: qsTr("Passages that were found")

                ScrollBar.vertical: ScrollLine {}

                Keys.onUpPressed: flick(0, 600)
                Keys.onDownPressed: flick(0, -600)

                delegate: CandidateLine {
                    width: table.width
                    comparing: root.viewModel.tried
                    ranksShown: root.ranksShown
                    rerankShown: root.viewModel.reranked
                }
            }
            FocusRing {
                anchors.margins: 0
                radius: Theme.radiusButton
                shown: table.activeFocus
            }
            Skeleton {
                x: Theme.gap4
                y: Theme.gap4
                width: parent.width - Theme.gap4 * 2
                lines: 8
                active: root.viewModel.loading
            }
            EmptyState {
                anchors.centerIn: parent
                visible: table.count === 0 && !root.viewModel.loading && root.viewModel.errorSentence === ""
                iconName: "file-search"
                text: root.viewModel.wholeText !== "" ? qsTr("Every file was gone through") : root.viewModel.known ? qsTr("Nothing was found") : qsTr("Nothing is known about this answer")
                detail: root.viewModel.wholeText !== "" ? root.viewModel.wholeText : root.viewModel.known ? qsTr("No passage of the chosen documents has to do with the question.") : qsTr("It was not made from documents, or what was kept of it is gone.")
            }
        }
        RetrievalForm {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.gap5
            Layout.rightMargin: Theme.gap5
            Layout.topMargin: Theme.gap3
            Layout.bottomMargin: Theme.gap4
            visible: root.viewModel.known
            viewModel: root.viewModel
        }
    }
}

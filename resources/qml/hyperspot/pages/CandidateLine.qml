pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// One passage that was found: where, its place in every ranking, and what became of it.
Item {
    id: root

    required property int number
    required property string fileName
    required property string icon
    required property string place
    required property string snippet
    required property string words
    required property string meaning
    required property string reranked
    required property string fate
    required property string fateText
    required property string fateReason
    required property string before
    required property string beforeText
    required property string change
    property bool comparing: false
    property bool ranksShown: true
    property bool rerankShown: false
    property int rankWidth: Theme.size(72)
    property int fateWidth: Theme.size(122)

    readonly property bool given: fate === "used" || fate === "joined"

    implicitHeight: Theme.size(54)
    Accessible.role: Accessible.ListItem
    Accessible.name: qsTr("%1, %2: %3. %4").arg(fileName).arg(place).arg(fateText).arg(snippet)

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: 1
        visible: root.change !== ""
        color: Qt.alpha(root.change === "in" ? Theme.good : Theme.bad, 0.08)
    }
    Rectangle {
        width: parent.width
        height: 1
        color: Theme.line
    }
    RowLayout {
        anchors.fill: parent
        anchors.leftMargin: Theme.gap3
        anchors.rightMargin: Theme.gap3
        spacing: Theme.gap3
        opacity: root.given ? 1 : 0.72

        Item {
            Layout.preferredWidth: Theme.size(24)
            Layout.preferredHeight: Theme.size(22)

            NumberTile {
                visible: root.number > 0
                number: root.number
            }
            Icon {
                anchors.centerIn: parent
                visible: root.number === 0
                name: root.icon
                extent: 15
            }
        }
        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            RowLayout {
                Layout.fillWidth: true
                spacing: Theme.gap2

                Words {
                    Layout.maximumWidth: Theme.size(220)
                    text: root.fileName
                    elide: Text.ElideMiddle
                    font.pixelSize: Theme.sizeCaption
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }
                Words {
                    Layout.fillWidth: true
                    text: root.place
                    muted: true
                    font.pixelSize: Theme.sizeTiny
                    Accessible.ignored: true
                }
            }
            Words {
                Layout.fillWidth: true
                text: root.snippet
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
        Repeater {
            model: !root.ranksShown ? [] : root.rerankShown ? [root.words, root.meaning, root.reranked] : [root.words, root.meaning]

            Words {
                required property string modelData

                Layout.preferredWidth: root.rankWidth
                text: modelData !== "" ? modelData : "–"
                muted: modelData === ""
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
        }
        Words {
            Layout.preferredWidth: root.fateWidth
            visible: root.comparing
            text: root.beforeText
            muted: true
            font.pixelSize: Theme.sizeCaption
            Accessible.ignored: true
        }
        Row {
            Layout.preferredWidth: root.fateWidth
            spacing: Theme.gap1 + 2

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.change !== ""
                name: root.change === "in" ? "plus" : "x"
                color: root.change === "in" ? Theme.good : Theme.bad
                extent: 13
            }
            Words {
                id: fateWords

                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, root.fateWidth)
                text: root.fateText
                color: root.given ? Theme.good : Theme.muted
                font.pixelSize: Theme.sizeCaption
                font.weight: root.given ? Font.Medium : Font.Normal
                Accessible.ignored: true

                HoverHandler {
                    id: hover
                }
                Hint {
                    shown: hover.hovered
                    text: root.fateReason
                }
            }
        }
    }
}

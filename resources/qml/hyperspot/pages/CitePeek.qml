pragma ComponentBehavior: Bound

import QtQuick
import hyperspot.components
import hyperspot.theme

// What a number in an answer stands for, while the pointer rests on it.
Card {
    id: root

    // As SourcesViewModel.card gives it; empty hides it.
    property var source: ({})
    property point place

    readonly property bool wanted: source.number !== undefined

    function point(card: var, at: point): void {
        if (card.number === undefined) {
            timer.stop();
            source = {};
        } else {
            place = at;
            timer.card = card;
            timer.restart();
        }
    }

    readonly property real below: place.y + Theme.gap4
    readonly property real above: place.y - height - Theme.gap4

    x: Math.max(Theme.gap2, Math.min(place.x - width / 2, (parent ? parent.width : 0) - width - Theme.gap2))
    y: below + height < (parent ? parent.height : 0) ? below : above
    z: 6
    width: Theme.size(330)
    height: content.implicitHeight + Theme.gap3 * 2
    visible: opacity > 0
    opacity: wanted ? 1 : 0
    Accessible.role: Accessible.ToolTip
    Accessible.name: wanted ? qsTr("%1, %2: %3").arg(source.fileName).arg(source.place).arg(source.quote) : ""

    Behavior on opacity {
        NumberAnimation {
            duration: Theme.motionFast
            easing.type: Easing.OutQuad
        }
    }
    Timer {
        id: timer

        property var card: ({})

        interval: 250
        onTriggered: root.source = card
    }
    LazyPart {
        id: content

        anchors.fill: parent
        anchors.margins: Theme.gap3
        wanted: root.wanted
        sourceComponent: Column {
            spacing: Theme.gap2

            Row {
                spacing: Theme.gap2

                NumberTile {
                    anchors.verticalCenter: parent.verticalCenter
                    number: root.source.number ?? 0
                    side: 20
                }
                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(implicitWidth, Theme.size(190))
                    text: root.source.fileName ?? ""
                    elide: Text.ElideMiddle
                    font.pixelSize: Theme.sizeCaption
                    font.weight: Font.DemiBold
                }
                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Math.min(implicitWidth, Theme.size(80))
                    text: root.source.place ?? ""
                    muted: true
                    font.pixelSize: Theme.sizeTiny
                }
            }
            Words {
                width: parent.width
                text: root.source.quote ?? ""
                muted: true
                wrapMode: Text.Wrap
                maximumLineCount: 4
                elide: Text.ElideRight
                lineHeight: 1.35
                font.pixelSize: Theme.sizeCaption
            }
        }
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// A piece of a table; the first row of the first piece is the heading.
FramedBlock {
    id: root

    required property list<var> cells
    required property list<var> weights
    required property list<var> aligns
    required property bool first
    required property bool last

    readonly property real total: sum()

    gap: last ? Theme.gap3 : 0

    signal linkOpened(string address)
    signal linkPointed(string address, point place)

    function sum(): real {
        let all = 0;
        for (const weight of weights)
            all += weight;
        return Math.max(all, 1);
    }

    Item {
        id: frame

        width: parent ? parent.width : 0
        height: lines.height
        clip: true

        Rectangle {
            y: root.first ? 0 : -Theme.radiusCard
            width: parent.width
            height: parent.height + (root.first ? 0 : Theme.radiusCard) + (root.last ? 0 : Theme.radiusCard)
            radius: Theme.radiusButton + 1
            color: Theme.surface2
            border.color: Theme.line
        }
        Column {
            id: lines

            width: parent.width

            Repeater {
                model: root.cells

                Item {
                    id: line

                    required property int index
                    required property list<var> modelData
                    readonly property bool heading: root.first && index === 0

                    width: lines.width
                    height: row.implicitHeight

                    Rectangle {
                        width: parent.width
                        height: 1
                        visible: line.index > 0
                        color: Theme.line
                    }
                    RowLayout {
                        id: row

                        width: parent.width
                        spacing: 0

                        Repeater {
                            model: line.modelData

                            Markup {
                                required property int index
                                required property string modelData
                                // Cells that are put away may outlive their line for a moment.
                                readonly property bool heading: line?.heading ?? false

                                Layout.preferredWidth: frame.width * (root.weights[index] ?? 1) / root.total
                                Layout.maximumWidth: Layout.preferredWidth
                                Layout.alignment: Qt.AlignTop
                                leftPadding: Theme.gap4
                                rightPadding: Theme.gap3
                                topPadding: Theme.gap2 + 1
                                bottomPadding: Theme.gap1
                                html: modelData
                                plain: getText(0, length)
                                align: root.aligns[index] === "right" ? Text.AlignRight : root.aligns[index] === "center" ? Text.AlignHCenter : Text.AlignLeft
                                color: heading ? Theme.muted : Theme.text
                                font.pixelSize: Theme.sizeSmall
                                font.weight: heading ? Font.Medium : Font.Normal
                                onLinkOpened: address => root.linkOpened(address)
                                onLinkPointed: (address, place) => root.linkPointed(address, place)
                            }
                        }
                    }
                }
            }
        }
    }
}

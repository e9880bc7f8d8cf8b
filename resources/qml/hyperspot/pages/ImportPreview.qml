pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Controls.Basic
import QtQuick.Layouts
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// What a file holds: nothing of it is stored yet.
ColumnLayout {
    id: root

    required property ImportViewModel viewModel

    spacing: Theme.gap3

    RowLayout {
        Layout.fillWidth: true
        spacing: Theme.gap2

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: root.viewModel.previewTitle
                font.weight: Font.Medium
            }
            Words {
                Layout.fillWidth: true
                text: root.viewModel.fileName + "  ·  " + root.viewModel.previewDetail
                muted: true
                wrapMode: Text.Wrap
                font.pixelSize: Theme.sizeSmall
            }
        }
        ActionButton {
            primary: true
            enabled: root.viewModel.hasNews
            text: qsTr("Import")
            description: root.viewModel.previewTitle
            onClicked: root.viewModel.store()
        }
        ActionButton {
            text: qsTr("Do not import")
            onClicked: root.viewModel.discard()
        }
    }
    Repeater {
        model: root.viewModel.previewNotes

        Words {
            required property string modelData

            Layout.fillWidth: true
            text: qsTr("Would be left out: %1").arg(modelData)
            muted: true
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
        }
    }
    Repeater {
        model: root.viewModel.previewCollections

        Words {
            required property string modelData

            Layout.fillWidth: true
            text: modelData
            wrapMode: Text.Wrap
            font.pixelSize: Theme.sizeCaption
        }
    }
    ListView {
        id: list

        Layout.fillWidth: true
        Layout.preferredHeight: Math.min(contentHeight, Theme.size(300))
        visible: count > 0
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: true
        activeFocusOnTab: true
        keyNavigationEnabled: true
        highlightMoveDuration: 0
        model: root.viewModel.rows
        Accessible.role: Accessible.List
        Accessible.name: qsTr("What would come in")
        onActiveFocusChanged: if (activeFocus && currentIndex < 0) currentIndex = 0

        ScrollBar.vertical: ScrollLine {}

        delegate: Item {
            id: line

            required property int index
            required property string title
            required property string detail
            required property string kind
            required property string stateText

            width: list.width
            height: Theme.rowHeight
            Accessible.role: Accessible.ListItem
            Accessible.name: [title, detail, stateText].join(", ")

            FocusRing {
                radius: Theme.radiusRow
                anchors.margins: 1
                shown: list.activeFocus && line.ListView.isCurrentItem
            }
            Words {
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap2
                anchors.right: details.left
                anchors.rightMargin: Theme.gap3
                anchors.verticalCenter: parent.verticalCenter
                text: line.title
                muted: line.kind === "known"
                font.pixelSize: Theme.sizeSmall
                Accessible.ignored: true
            }
            Words {
                id: details

                anchors.right: pill.left
                anchors.rightMargin: Theme.gap3
                anchors.verticalCenter: parent.verticalCenter
                text: line.detail
                muted: true
                font.pixelSize: Theme.sizeCaption
                Accessible.ignored: true
            }
            Words {
                id: pill

                anchors.right: parent.right
                anchors.rightMargin: Theme.gap4
                anchors.verticalCenter: parent.verticalCenter
                width: Theme.size(120)
                horizontalAlignment: Text.AlignRight
                text: line.stateText
                color: line.kind === "known" ? Theme.muted : line.kind === "more" ? Theme.accent : Theme.good
                font.pixelSize: Theme.sizeCaption
                font.weight: Font.Medium
                Accessible.ignored: true
            }
        }
    }
    Words {
        visible: root.viewModel.notListed > 0
        text: qsTr("and %1 more").arg(root.viewModel.notListed)
        muted: true
        font.pixelSize: Theme.sizeCaption
    }
}

import QtQuick
import QtQuick.Controls.Basic
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// A page of a document, large.
Sheet {
    id: root

    required property PageViewModel viewModel
    required property string fileName

    readonly property real room: parent ? parent.height - Theme.gap6 : 600

    parent: Overlay.overlay
    anchors.centerIn: parent
    width: Math.min(Theme.size(880), parent ? parent.width - Theme.gap6 : Theme.size(880))
    height: Math.min(room, bar.height + page.implicitHeight + Theme.gap5)
    onAboutToShow: viewModel.want(true, true)
    onClosed: viewModel.want(true, false)

    contentItem: Item {
        Accessible.role: Accessible.Dialog
        Accessible.name: qsTr("Page %1 of %2").arg(root.viewModel.page).arg(root.fileName)

        Item {
            id: bar

            width: parent.width
            height: Theme.size(48)

            Words {
                anchors.verticalCenter: parent.verticalCenter
                anchors.left: parent.left
                anchors.leftMargin: Theme.gap4
                width: parent.width * 0.5
                text: root.fileName
                elide: Text.ElideMiddle
                font.pixelSize: Theme.sizeSmall
                font.weight: Font.DemiBold
            }
            Row {
                anchors.right: parent.right
                anchors.rightMargin: Theme.gap3
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gap2

                PageTurner {
                    viewModel: root.viewModel
                }
                IconButton {
                    iconName: "x"
                    text: qsTr("Close")
                    onClicked: root.close()
                }
            }
        }
        Flickable {
            anchors.top: bar.bottom
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 1
            x: Theme.gap4
            width: parent.width - Theme.gap4 * 2
            contentHeight: page.height + Theme.gap4
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            ScrollBar.vertical: ScrollLine {}

            PagePicture {
                id: page

                width: parent.width
                height: implicitHeight
                viewModel: root.viewModel
            }
        }
    }
}

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// The page before, which one it is, the next one.
Row {
    id: root

    required property PageViewModel viewModel

    spacing: Theme.gap1

    IconButton {
        anchors.verticalCenter: parent.verticalCenter
        enabled: root.viewModel.page > 1 && root.viewModel.pageCount > 0
        iconName: "chevron-left"
        text: qsTr("Previous page")
        onClicked: root.viewModel.turn(-1)
    }
    Words {
        anchors.verticalCenter: parent.verticalCenter
        text: root.viewModel.pageCount > 0 ? qsTr("Page %1 of %2").arg(root.viewModel.page).arg(root.viewModel.pageCount) : qsTr("Page %1").arg(root.viewModel.page)
        muted: true
        font.pixelSize: Theme.sizeCaption
    }
    IconButton {
        anchors.verticalCenter: parent.verticalCenter
        enabled: root.viewModel.page < root.viewModel.pageCount
        iconName: "chevron-right"
        text: qsTr("Next page")
        onClicked: root.viewModel.turn(1)
    }
}

pragma ComponentBehavior: Bound

import QtQuick
import HyperSpot.ViewModels
import hyperspot.components
import hyperspot.theme

// A page as the file shows it, with what is cited marked; it fills the width.
Item {
    id: root

    required property PageViewModel viewModel

    implicitHeight: Math.round(width * viewModel.ratio)
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("Page %1").arg(viewModel.page)

    Rectangle {
        anchors.fill: parent
        visible: picture.status !== Image.Ready
        radius: Theme.radiusRow / 2
        color: Theme.surface3
    }
    Skeleton {
        x: Theme.gap5
        y: Theme.gap5
        width: parent.width - Theme.gap5 * 2
        lines: 7
        active: root.viewModel.loading && picture.status !== Image.Ready
        opacity: 0.6
    }
    Image {
        id: picture

        anchors.fill: parent
        source: root.viewModel.source
        fillMode: Image.PreserveAspectFit
        smooth: true
        mipmap: true
        cache: false
        opacity: root.viewModel.loading ? 0.6 : 1
        Accessible.ignored: true

        Repeater {
            model: root.viewModel.loading ? [] : root.viewModel.marks

            Rectangle {
                required property list<real> modelData

                x: modelData[0] * picture.width - 2
                y: modelData[1] * picture.height - 1
                width: modelData[2] * picture.width + 4
                height: modelData[3] * picture.height + 2
                radius: 2
                color: Qt.alpha(Theme.accent, 0.3)
            }
        }
    }
}

import QtQuick
import hyperspot.components
import hyperspot.theme

// The answer has begun, but no text has come yet.
Item {
    implicitHeight: Theme.size(32)

    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gap2

        Repeater {
            model: 3

            Rectangle {
                id: dot

                required property int index

                anchors.verticalCenter: parent ? parent.verticalCenter : undefined
                width: Theme.size(6)
                height: width
                radius: width / 2
                color: Theme.accent
                opacity: 0.35 + 0.25 * index

                SequentialAnimation on opacity {
                    running: !Theme.reducedMotion && dot.visible
                    loops: Animation.Infinite

                    PauseAnimation {
                        duration: dot.index * Theme.motionFast
                    }
                    NumberAnimation {
                        to: 1
                        duration: 360
                    }
                    NumberAnimation {
                        to: 0.3
                        duration: 360
                    }
                    PauseAnimation {
                        duration: (2 - dot.index) * Theme.motionFast
                    }
                }
            }
        }
        Words {
            text: qsTr("Reading your message")
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
    }
}

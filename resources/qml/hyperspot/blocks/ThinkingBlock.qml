import QtQuick
import hyperspot.components
import hyperspot.theme

// The answer has begun, but no text has come yet: what is done for it, as far as that is known.
Item {
    id: root

    required property string notice
    required property int done
    required property int total

    implicitHeight: Theme.size(32)
    Accessible.role: Accessible.StatusBar
    Accessible.name: words.text

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
            id: words

            text: root.notice !== "" ? root.notice : qsTr("Reading your message")
            muted: true
            font.pixelSize: Theme.sizeCaption
        }
        ProgressLine {
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.size(96)
            visible: root.total > 0
            value: root.total > 0 ? root.done / root.total : 0
            name: words.text
        }
    }
}

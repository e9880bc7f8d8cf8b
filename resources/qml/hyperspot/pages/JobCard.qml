import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// One job: how far it is, what can be done about it, and what became of it.
Card {
    id: root

    required property string title
    required property string status
    required property string statusText
    required property string detail
    required property real progress
    required property bool progressKnown
    required property bool canPause
    required property bool canResume
    required property bool canCancel
    required property bool canRetry
    required property string error
    required property string errorAction

    readonly property bool active: status === "running" || status === "queued" || status === "paused"
    readonly property var icons: ({
            "running": "play",
            "queued": "ellipsis",
            "paused": "pause",
            "succeeded": "check",
            "failed": "circle-alert",
            "cancelled": "x"
        })

    signal pauseWanted
    signal resumeWanted
    signal cancelWanted
    signal retryWanted
    signal removeWanted

    implicitHeight: column.implicitHeight + Theme.gap4 * 2
    Accessible.role: Accessible.ListItem
    Accessible.name: [title, statusText, detail, error].filter(part => part !== "").join(", ")

    ColumnLayout {
        id: column

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.gap4
        spacing: Theme.gap3

        RowLayout {
            Layout.fillWidth: true
            spacing: Theme.gap4

            IconTile {
                side: 36
                iconName: root.icons[root.status] ?? "activity"
                ink: root.status === "failed" ? Theme.bad : root.status === "succeeded" ? Theme.good : root.active ? Theme.accent : Theme.muted
            }
            ColumnLayout {
                Layout.fillWidth: true
                spacing: 2

                Words {
                    Layout.fillWidth: true
                    text: root.title
                    font.weight: Font.DemiBold
                }
                Words {
                    Layout.fillWidth: true
                    text: root.detail !== "" ? root.statusText + "  ·  " + root.detail : root.statusText
                    muted: true
                    font.pixelSize: Theme.sizeSmall
                }
                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.error
                    color: Theme.bad
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                }
                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: root.errorAction
                    muted: true
                    wrapMode: Text.Wrap
                    font.pixelSize: Theme.sizeSmall
                }
            }
            ActionButton {
                visible: root.canPause
                text: qsTr("Pause")
                description: root.title
                onClicked: root.pauseWanted()
            }
            ActionButton {
                visible: root.canResume
                text: qsTr("Resume")
                description: root.title
                onClicked: root.resumeWanted()
            }
            ActionButton {
                visible: root.canRetry
                text: qsTr("Try again")
                description: root.title
                onClicked: root.retryWanted()
            }
            IconButton {
                visible: root.canCancel || !root.active
                side: 34
                iconName: "x"
                text: root.canCancel ? qsTr("Cancel %1").arg(root.title) : qsTr("Remove %1 from the list").arg(root.title)
                onClicked: root.canCancel ? root.cancelWanted() : root.removeWanted()
            }
        }
        ProgressLine {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.size(52)
            visible: root.active && root.status !== "queued"
            value: root.progress
            known: root.progressKnown
            name: root.title
        }
    }
}

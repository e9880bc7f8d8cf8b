pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import hyperspot.components
import hyperspot.theme

// A model: what it is, how it fits here, and the next thing to do with it.
Card {
    id: root

    required property string modelId
    required property string name
    required property string detail
    required property string licence
    required property string purpose
    // "state" itself is taken by Item.
    required property string status
    required property string statusText
    required property string fit
    required property string fitText
    required property string speedText
    required property real progress
    required property bool progressKnown
    required property string jobId
    required property bool pausable
    required property bool linked
    required property bool slow
    required property bool measured

    readonly property bool here: status === "loaded" || status === "on_disk" || status === "loading" || status === "missing"
    readonly property bool narrow: width < Theme.size(760)

    signal loadWanted
    signal unloadWanted
    signal downloadWanted
    signal pauseWanted
    signal resumeWanted
    signal cancelWanted
    signal measureWanted
    signal optimiseWanted
    signal removeWanted

    implicitHeight: Math.max(Theme.size(84), layout.implicitHeight + Theme.gap4 * 2)
    Accessible.role: Accessible.ListItem
    Accessible.name: [name, detail, fitText, speedText, statusText].filter(part => part !== "").join(", ")

    RowLayout {
        id: layout

        anchors.fill: parent
        anchors.leftMargin: Theme.gap4 + 2
        anchors.rightMargin: Theme.gap4 + 1
        spacing: Theme.gap4

        IconTile {
            iconName: root.purpose === "embedding" ? "search" : "cpu"
        }
        ColumnLayout {
            Layout.fillWidth: false
            Layout.preferredWidth: root.width * (root.narrow ? 0.36 : 0.34)
            Layout.maximumWidth: Layout.preferredWidth
            spacing: 2

            Words {
                Layout.fillWidth: true
                text: root.name
                font.pixelSize: Theme.sizeHeading
                font.weight: Font.DemiBold
            }
            Words {
                Layout.fillWidth: true
                text: (root.narrow ? root.statusText.replace("\n", "  ·  ") + "  ·  " : "") + root.detail + (root.licence !== "" && !root.narrow ? "  ·  " + root.licence : "")
                muted: true
                font.pixelSize: Theme.sizeSmall
            }
        }
        Flow {
            Layout.fillWidth: false
            Layout.preferredWidth: root.width * (root.narrow ? 0.2 : 0.27)
            Layout.maximumWidth: Layout.preferredWidth
            spacing: root.narrow ? 2 : Theme.gap2

            Pill {
                visible: root.fitText !== ""
                interactive: false
                iconName: "gauge"
                text: root.fitText
                accented: root.fit === "fits_easily" || root.fit === "fits"
            }
            Words {
                height: Theme.size(root.narrow ? 20 : 30)
                text: root.speedText !== "" ? root.speedText : root.fitText !== "" ? "—" : ""
                muted: true
                font.pixelSize: Theme.sizeSmall
            }
        }
        Words {
            Layout.fillWidth: true
            opacity: root.narrow ? 0 : 1
            text: root.narrow ? "" : root.statusText
            color: root.status === "missing" ? Theme.bad : Theme.muted
            horizontalAlignment: Text.AlignRight
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            font.pixelSize: Theme.sizeCaption
        }
        Row {
            spacing: Theme.gap1

            ActionButton {
                visible: root.status === "on_disk"
                primary: root.purpose === "chat"
                text: qsTr("Load")
                description: root.name
                onClicked: root.loadWanted()
            }
            ActionButton {
                visible: root.status === "loading"
                enabled: false
                text: qsTr("Loading…")
            }
            ActionButton {
                visible: root.status === "loaded"
                text: qsTr("Unload")
                description: root.name
                onClicked: root.unloadWanted()
            }
            ActionButton {
                visible: root.status === "missing"
                text: qsTr("Forget")
                description: root.name
                onClicked: root.removeWanted()
            }
            ActionButton {
                visible: root.status === "available"
                text: qsTr("Download")
                description: root.name
                onClicked: root.downloadWanted()
            }
            ActionButton {
                visible: root.status === "downloading" && root.pausable
                text: qsTr("Pause")
                description: root.name
                onClicked: root.pauseWanted()
            }
            ActionButton {
                visible: root.status === "paused"
                primary: true
                text: qsTr("Resume")
                description: root.name
                onClicked: root.resumeWanted()
            }
            IconButton {
                visible: root.status === "downloading" || root.status === "paused"
                side: 34
                iconName: "x"
                text: qsTr("Cancel the download of %1").arg(root.name)
                onClicked: root.cancelWanted()
            }
            IconButton {
                id: more

                visible: root.here && root.status !== "missing"
                side: 34
                iconName: "ellipsis"
                text: qsTr("More about %1").arg(root.name)
                onClicked: menu.open()

                LazyPopup {
                    id: menu

                    sourceComponent: PopupMenu {
                        parent: more
                        x: more.width - width
                        y: more.height + Theme.gap1

                        PopupItem {
                            iconName: "gauge"
                            text: root.measured ? qsTr("Measure again") : qsTr("Measure on this computer")
                            onTriggered: root.measureWanted()
                        }
                        PopupItem {
                            iconName: "wand-sparkles"
                            text: qsTr("Optimise for this computer")
                            enabled: root.purpose === "chat"
                            onTriggered: root.optimiseWanted()
                        }
                        PopupItem {
                            iconName: "trash-2"
                            text: root.linked ? qsTr("Forget (the file stays)") : qsTr("Delete from disk")
                            ink: Theme.bad
                            onTriggered: root.removeWanted()
                        }
                    }
                }
            }
        }
    }
    ProgressLine {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.gap2
        x: Theme.size(74)
        width: parent.width - x - Theme.gap4
        visible: root.jobId !== ""
        value: root.progress
        known: root.progressKnown
        name: root.statusText
    }
}
